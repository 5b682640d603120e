"""The JSON part of consent scripts that sites write themselves: CookieConsent, Klaro and Orejime.

CookieConsent (versions 2 and 3) lists cookies to clear for each category and shows tables with
columns of the site's own naming; Klaro and Orejime list services with the names or expressions of
their cookies.
"""

from collections.abc import Iterator

import msgspec

from cookietui.catalogue.importing.collecting import (
    Collector,
    fields,
    first_text,
    items,
    quoted,
    text_of,
    unexpected,
)
from cookietui.catalogue.importing.draft import Draft, Row
from cookietui.catalogue.importing.narrowing import host_of, hosts_in, needs_host
from cookietui.catalogue.importing.purpose_names import purpose_named
from cookietui.catalogue.importing.script_patterns import delimited, glob_of
from cookietui.catalogue.importing.table_columns import Columns
from cookietui.catalogue.importing.words import Role, is_no_cookie
from cookietui.model.policy import Purpose

_CATEGORY_KEYS = frozenset({"autoClear", "services", "readOnly", "enabled"})
_TABLE_KEYS = ("cookieTable", "cookie_table")


class _Table(msgspec.Struct, frozen=True):
    """One table and the category it stands under."""

    category: str
    title: str
    columns: Columns
    body: object


def recognised(document: object) -> bool:
    """Whether a JSON document is such a configuration, or the part of it that names cookies."""
    return bool(_categories(document) or _services(document)) or any(
        True for _ in _tables(document)
    )


def read(document: object, text: str) -> Draft:
    """Read such a configuration.

    Raises:
        CatalogueError: It is none.
    """
    if not recognised(document):
        raise unexpected("a consent script's configuration")
    collector = Collector(text)
    for service in collector.objects(_services(document) or None, "the services"):
        _add_service(service, collector)
    categories = _categories(document)
    for name, category in categories.items():
        _add_category(name, fields(category), collector)
    for table in _tables(document):
        _add_table(table, _purpose_of(categories, table), collector)
    return _without_repeats(collector.draft())


def _services(document: object) -> list[object]:
    """The services of Klaro or Orejime."""
    top = fields(document)
    services = items(top.get("services") or top.get("apps"))
    return services if any("cookies" in fields(each) for each in services) else []


def _categories(document: object) -> dict[str, object]:
    """The categories of CookieConsent, by name."""
    categories = fields(fields(document).get("categories"))
    known = any(fields(each).keys() & _CATEGORY_KEYS for each in categories.values())
    return categories if known else {}


def _tables(document: object) -> Iterator[_Table]:
    """Every table in the first language that has one: the others say the same."""
    for translation in _translations(fields(document)):
        sections = items(translation.get("sections") or translation.get("blocks"))
        tables = [
            _table(section, translation)
            for section in map(fields, sections)
            if any(key in section for key in _TABLE_KEYS)
        ]
        if tables:
            yield from tables
            return


def _translations(top: dict[str, object]) -> Iterator[dict[str, object]]:
    version_3 = fields(fields(top.get("language")).get("translations"))
    version_2 = fields(top.get("languages"))
    for translation in map(fields, [*version_3.values(), *version_2.values(), top]):
        yield fields(translation.get("preferencesModal") or translation.get("settings_modal"))
    yield top  # a translation, or the section with the table, saved on its own
    yield {"sections": [top]}
    yield {"sections": [{"cookieTable": top}] if {"headers", "body"} <= top.keys() else []}


def _table(section: dict[str, object], translation: dict[str, object]) -> _Table:
    category = text_of(section.get("linkedCategory")) or text_of(
        fields(section.get("toggle")).get("value")
    )
    title = text_of(section.get("title"))
    table = section.get("cookieTable")
    if isinstance(table, dict):
        return _Table(category, title, Columns(fields(table.get("headers"))), table.get("body"))
    headings: dict[str, object] = {}
    for heading in items(translation.get("cookie_table_headers")):
        headings.update(fields(heading))
    return _Table(category, title, Columns(headings), section.get("cookie_table"))


def _purpose_of(categories: dict[str, object], table: _Table) -> Purpose:
    if table.category:
        return _category_purpose(table.category, fields(categories.get(table.category)))
    return purpose_named(table.title)


def _category_purpose(name: str, category: dict[str, object]) -> Purpose:
    named = purpose_named(name)
    if category.get("readOnly") is not True:
        return named
    # What cannot be refused is called necessary by the site, unless its name says otherwise.
    return Purpose.UNKNOWN if named.removable else Purpose.NECESSARY


def _add_category(name: str, category: dict[str, object], collector: Collector) -> None:
    purpose = _category_purpose(name, category)
    cookies = fields(category.get("autoClear")).get("cookies")
    for cookie in collector.objects(cookies, f"the cookies of {quoted(name)}"):
        _add_cleared(cookie, purpose, "", collector)
    for key, service in fields(category.get("services")).items():
        title = text_of(fields(service).get("label")) or text_of(key)
        of_service = fields(service).get("cookies")
        for cookie in collector.objects(of_service, f"the cookies of {quoted(key)}"):
            _add_cleared(cookie, purpose, title, collector)


def _add_cleared(
    cookie: dict[str, object], purpose: Purpose, function: str, collector: Collector
) -> None:
    name = _name(cookie.get("name"), collector)
    hosts = _hosts(cookie.get("domain"), collector) if name else None
    if name and hosts is not None:
        row = Row(collector.line, name, purpose=purpose, function=function, hosts=hosts)
        collector.row(row)


def _add_table(table: _Table, purpose: Purpose, collector: Collector) -> None:
    what = f"the cookies of {quoted(table.category or table.title)}"
    for cells in collector.objects(table.body, what):
        written = table.columns.name(cells)
        name = _name(written, collector, expression=cells.get("is_regex") is True)
        kind = table.columns.text(cells, Role.TYPE)
        if name and is_no_cookie(kind):
            collector.problem(f"{quoted(name)} is not a cookie but {quoted(kind)}")
        elif name:
            domain = table.columns.text(cells, Role.HOST)
            row = Row(
                line=collector.line,
                name=name,
                purpose=purpose,
                provider=table.columns.text(cells, Role.PROVIDER) or domain,
                description=table.columns.text(cells, Role.DESCRIPTION),
                lifetime=table.columns.text(cells, Role.LIFETIME),
                # Mostly it is the provider's own, for a cookie that lies under the site's.
                hosts=hosts_in(domain) if needs_host(name) else (),
            )
            collector.row(row)


def _add_service(service: dict[str, object], collector: Collector) -> None:
    label = first_text(service, "title", "name")
    purpose = _service_purpose(service)
    for cookie in items(service.get("cookies")):
        pattern, domain = _pattern_and_domain(cookie)
        name = _name(pattern, collector)
        hosts = _hosts(domain, collector) if name else None
        if name and hosts is not None:
            row = Row(
                line=collector.line,
                name=name,
                purpose=purpose,
                function=label,
                description=text_of(service.get("description")),
                hosts=hosts,
            )
            collector.row(row)


def _pattern_and_domain(cookie: object) -> tuple[object, object]:
    """Of a cookie as Klaro allows to write it: a name, an object, or pattern, path and domain."""
    if isinstance(cookie, dict):
        return cookie.get("pattern", cookie.get("name")), cookie.get("domain")
    parts = [*(cookie if isinstance(cookie, list) else [cookie]), None, None, None]
    return parts[0], parts[2]


def _service_purpose(service: dict[str, object]) -> Purpose:
    named = {purpose_named(text_of(each)) for each in items(service.get("purposes"))}
    if service.get("required") is True:
        removable = any(each.removable for each in named)
        return Purpose.UNKNOWN if removable else Purpose.NECESSARY
    return named.pop() if len(named) == 1 else Purpose.UNKNOWN


def _name(value: object, collector: Collector, *, expression: bool = False) -> str | None:
    """A name as a name or glob; None, with a problem, if it can be neither."""
    name = collector.name(value)
    if name is None:
        return None
    inside = delimited(name)
    if inside is None and not expression and not name.startswith("^"):
        return name
    glob = glob_of(name if inside is None else inside)
    if glob is None:
        collector.problem(f"the expression {quoted(name)} cannot be written with * alone")
    return glob


def _hosts(domain: object, collector: Collector) -> tuple[str, ...] | None:
    """The host that a cookie is cleared on; empty for the site's own, None if it is no host."""
    text = text_of(domain)
    if not text:
        return ()
    host = host_of(text)
    if host is None:
        collector.problem(f"{quoted(text)} is not a host")
        return None
    return (host,)


def _without_repeats(draft: Draft) -> Draft:
    """Without rows that only say again, and less fully, what a table says."""
    told = {(row.name, row.purpose) for row in draft.rows if row.description or row.lifetime}
    rows = tuple(
        row for row in draft.rows
        if row.description or row.lifetime or (row.name, row.purpose) not in told
    )  # fmt: skip
    return msgspec.structs.replace(draft, rows=rows)
