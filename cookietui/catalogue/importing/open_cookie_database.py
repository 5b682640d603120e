"""The Open Cookie Database, as its CSV, its JSON and the JSON made for the EDPB's audit tool.

It serves advertisers, so that some of what it says cannot be taken at its word here: its domain is
often the provider's for a cookie that lies under the site's own, its names are prefixes as short as
`_s`, "Functional" holds the necessary and the merely convenient alike, and logins of large sites
stand under "Marketing".
"""

import csv
import io
import re
from collections.abc import Iterator

import msgspec

from cookietui.catalogue.importing.collecting import (
    Collector,
    fields,
    items,
    quoted,
    text_of,
    unexpected,
)
from cookietui.catalogue.importing.draft import Draft, Row
from cookietui.catalogue.importing.narrowing import hosts_in, needs_host, would_be_missed
from cookietui.model.policy import Purpose

_WHAT = "the Open Cookie Database"
COLUMNS = (
    "ID", "Platform", "Category", "Cookie / Data Key name", "Domain", "Description",
    "Retention period", "Data Controller", "User Privacy & GDPR Rights Portals", "Wildcard match",
)  # fmt: skip
_NEEDED = frozenset({"platform", "category", "cookie / data key name", "wildcard match"})
_HEADER_WITHIN = 2000
_DELIMITERS = (",", ";", "\t")
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff]")
_PURPOSES = {
    "security": Purpose.NECESSARY,
    "necessary": Purpose.NECESSARY,
    "personalization": Purpose.PREFERENCES,
    "analytics": Purpose.STATISTICS,
    "marketing": Purpose.MARKETING,
    # Neither "keep" nor "delete" follows from it.
    "functional": Purpose.UNKNOWN,
}


class _Entry(msgspec.Struct, frozen=True):
    """One entry, whichever form it was read from."""

    name: str
    platform: str
    category: str
    domain: str
    description: str
    retention: str
    wildcard: bool


def recognised_csv(text: str) -> bool:
    """Whether a text is the database's CSV."""
    return _delimiter(text) is not None


def read_csv(text: str) -> Draft:
    """Read the database's CSV.

    Raises:
        CatalogueError: It is not this CSV.
    """
    delimiter = _delimiter(text)
    if delimiter is None:
        raise unexpected(f"{_WHAT}: the heading row is missing")
    collector = Collector(text, catalogue=True, searched=False)
    columns: list[str] = []
    for cells in _rows(text, delimiter, collector):
        if not columns:
            columns = [_plain(cell).lower() for cell in cells]
        elif len(cells) != len(columns):
            collector.problem(f"a row has {len(cells)} cells where {len(columns)} belong")
        else:
            _add_cells(dict(zip(columns, cells, strict=True)), collector)
    return collector.draft()


def recognised(document: object) -> bool:
    """Whether a JSON document is the database, in either form."""
    if _knowledges(document):
        return True
    return any(
        _is_entry(entry) for entries in fields(document).values() for entry in items(entries)
    )


def read(document: object, text: str) -> Draft:
    """Read the database's JSON, in either form.

    Raises:
        CatalogueError: It is neither form.
    """
    if not recognised(document):
        raise unexpected(_WHAT)
    collector = Collector(text, catalogue=True)
    knowledges = _knowledges(document)
    for knowledge in collector.objects(knowledges, "the knowledges"):
        _add_knowledge(knowledge, collector)
    for platform, entries in fields(document).items() if not knowledges else ():
        for entry in collector.objects(entries, f"the entries of {quoted(platform)}"):
            _add_json(platform, entry, collector)
    return collector.draft()


def plain_name(name: str) -> str:
    """A name without the blanks and invisible characters that were copied along with it."""
    return _ZERO_WIDTH.sub("", name).strip()


def _plain(text: str) -> str:
    return plain_name(text.removeprefix("\ufeff"))


def _delimiter(text: str) -> str | None:
    heading = text[:_HEADER_WITHIN].removeprefix("\ufeff").lstrip().splitlines()
    for delimiter in _DELIMITERS if heading else ():
        cells = {_plain(cell).strip('"').lower() for cell in heading[0].split(delimiter)}
        if cells >= _NEEDED:
            return delimiter
    return None


def _rows(text: str, delimiter: str, collector: Collector) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        collector.line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # What follows may be the inside of a cell, so it must not be read as rows.
            collector.problem(f"this and everything after it cannot be read: {error}")
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield cells


def _add_cells(cells: dict[str, str], collector: Collector) -> None:
    name = collector.name(cells["cookie / data key name"])
    if name is None:
        return
    entry = _Entry(
        name=name,
        platform=text_of(cells["platform"]),
        category=text_of(cells["category"]),
        domain=text_of(cells.get("domain")),
        description=text_of(cells.get("description")),
        retention=text_of(cells.get("retention period")),
        wildcard=text_of(cells["wildcard match"]) == "1",
    )
    _add(entry, collector)


def _add_json(platform: str, entry: dict[str, object], collector: Collector) -> None:
    name = collector.name(entry.get("cookie"), f"an entry of {quoted(platform)}")
    if name is None:
        return
    read_entry = _Entry(
        name=name,
        platform=text_of(platform),
        category=text_of(entry.get("category")),
        domain=text_of(entry.get("domain")),
        description=text_of(entry.get("description")),
        retention=text_of(entry.get("retentionPeriod")),
        wildcard=entry.get("wildcardMatch") in ("1", 1),
    )
    _add(read_entry, collector)


def _add_knowledge(entry: dict[str, object], collector: Collector) -> None:
    name = collector.name(entry.get("name"))
    if name is None:
        return
    kind = text_of(entry.get("kind"))
    if kind not in ("", "cookie"):
        collector.problem(f"{quoted(name)} is not a cookie but {quoted(kind)}")
        return
    read_entry = _Entry(
        name=name,
        platform=text_of(entry.get("source")),
        category=text_of(entry.get("category")),
        domain=text_of(entry.get("domain")),
        description=text_of(entry.get("comment")),
        retention="",
        wildcard=False,  # this form does not say
    )
    _add(read_entry, collector)


def _add(entry: _Entry, collector: Collector) -> None:
    name = _with_wildcard(entry)
    if not name.strip("*"):
        collector.problem(f"{quoted(entry.name)} would match every cookie")
        return
    hosts = hosts_in(_ZERO_WIDTH.sub("", entry.domain)) if needs_host(name) else ()
    if needs_host(name) and not hosts:
        collector.problem(f"{quoted(name)} says too little without a host, and none is given")
        return
    row = Row(
        line=collector.line,
        name=name,
        purpose=_purpose(name, entry, collector),
        provider=entry.platform,
        description=entry.description,
        lifetime=entry.retention,
        hosts=hosts,
    )
    collector.row(row)


def _with_wildcard(entry: _Entry) -> str:
    name = plain_name(entry.name)
    return name.rstrip("*") + "*" if entry.wildcard or name.endswith("*") else name


def _purpose(name: str, entry: _Entry, collector: Collector) -> Purpose:
    purpose = _PURPOSES.get(entry.category.lower())
    if purpose is None:
        collector.problem(f"{quoted(name)} is of the unknown category {quoted(entry.category)}")
        return Purpose.UNKNOWN
    if purpose.removable and would_be_missed(name, entry.description):
        collector.problem(
            f"{quoted(name)} is filed under {entry.category}, but is described like a login, "
            "a protection or a choice: its purpose is left open"
        )
        return Purpose.UNKNOWN
    return purpose


def _knowledges(document: object) -> list[object]:
    """Everything in the EDPB's form of the database."""
    bases = document if isinstance(document, list) else [document]
    return [knowledge for base in bases for knowledge in items(fields(base).get("knowledges"))]


def _is_entry(entry: object) -> bool:
    return {"cookie", "category", "wildcardMatch"} <= fields(entry).keys()
