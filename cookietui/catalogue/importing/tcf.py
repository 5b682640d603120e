"""Vendors' disclosures of device storage, as the IAB's Transparency and Consent Framework has them.

Read after versions 1.0 (`domain`) and 1.1 (`domains`, special purposes). A vendor names purposes by
number and may claim that no consent is needed; such a claim makes nothing necessary here.
"""

from cookietui.catalogue.importing.collecting import (
    Collector,
    fields,
    quoted,
    text_of,
    unexpected,
    whole_numbers,
)
from cookietui.catalogue.importing.draft import Draft, Row
from cookietui.catalogue.importing.lifetimes import lifetime_of
from cookietui.catalogue.importing.narrowing import host_of, needs_host, would_be_missed
from cookietui.model.policy import Purpose

_ADVERTISING = frozenset({2, 3, 4, 7})
_MEASURING = frozenset({8, 9, 10})
_KEYS = frozenset({"identifier", "type"})


def recognised(document: object) -> bool:
    """Whether a JSON document is such a disclosure."""
    disclosures = fields(document).get("disclosures")
    if not isinstance(disclosures, list):
        return False
    return not disclosures or any(fields(each).keys() >= _KEYS for each in disclosures[:20])


def read(document: object, text: str) -> Draft:
    """Read a disclosure.

    Raises:
        CatalogueError: It is none.
    """
    if not recognised(document):
        raise unexpected("a vendor's disclosure of device storage")
    collector = Collector(text, catalogue=True)
    for disclosure in collector.objects(fields(document)["disclosures"], "the disclosures"):
        _add(disclosure, collector)
    return collector.draft()


def _add(disclosure: dict[str, object], collector: Collector) -> None:
    name = collector.name(disclosure.get("identifier"), "a disclosure")
    if name is None:
        return
    kind = text_of(disclosure.get("type")).lower()
    if kind != "cookie":
        collector.problem(f"{quoted(name)} is not a cookie but {quoted(kind)}")
        return
    hosts = _hosts(disclosure)
    if why := _left_out(name, hosts):
        collector.problem(f"{quoted(name)} {why}")
        return
    row = Row(
        line=collector.line,
        name=name,
        purpose=_purpose(name, disclosure, collector),
        description=text_of(disclosure.get("description")),
        lifetime=_lifetime(name, disclosure.get("maxAgeSeconds"), collector),
        hosts=hosts or (),
    )
    collector.row(row)


def _left_out(name: str, hosts: tuple[str, ...] | None) -> str:
    if not name.strip("*"):
        return "would match every cookie"
    if hosts is None:
        return "is given domains of which none is a host"
    if not hosts and needs_host(name):
        return "says too little without a host, and is declared for any"
    return ""


def _hosts(disclosure: dict[str, object]) -> tuple[str, ...] | None:
    """The hosts it is declared for; empty for any, None if they cannot be understood."""
    written = disclosure.get("domains") or disclosure.get("domain")
    if not written:
        return ()
    domains = [text_of(each) for each in (written if isinstance(written, list) else [written])]
    if "*" in domains:
        return ()
    hosts = dict.fromkeys(host for each in domains if (host := host_of(each)))
    return tuple(hosts) or None


def _purpose(name: str, disclosure: dict[str, object], collector: Collector) -> Purpose:
    purposes = whole_numbers(disclosure.get("purposes"))
    if not purposes & (_ADVERTISING | _MEASURING):
        return Purpose.UNKNOWN
    if would_be_missed(name, text_of(disclosure.get("description"))):
        collector.problem(
            f"{quoted(name)} is given purposes of advertising or measuring, but is described like "
            "a login, a protection or a choice: its purpose is left open"
        )
        return Purpose.UNKNOWN
    return Purpose.MARKETING if purposes & _ADVERTISING else Purpose.STATISTICS


def _lifetime(name: str, seconds: object, collector: Collector) -> str:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return ""
    # Comparing first keeps infinity and not-a-number from being made whole.
    whole = int(seconds) if abs(seconds) < 1e12 else -1  # noqa: PLR2004 - far beyond any lifetime
    lifetime = lifetime_of(whole)
    if lifetime is None:
        collector.problem(f"{quoted(name)} is given a lifetime of {seconds} seconds")
    return lifetime or ""
