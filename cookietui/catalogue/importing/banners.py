"""What banners load about a site's cookies: Cookiebot's script, OneTrust's and Termly's JSON.

These are the site's own words in the banner's own form, so that they can be read exactly.
"""

import re
from collections.abc import Iterator

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
from cookietui.catalogue.importing.lifetimes import lifetime_of
from cookietui.catalogue.importing.narrowing import host_of, hosts_in, needs_host
from cookietui.catalogue.importing.purpose_names import purpose_named
from cookietui.catalogue.importing.script_arrays import ArrayReader, Element, ScriptError, is_string
from cookietui.model.policy import Party, Purpose

_TABLE = re.compile(
    r"CookieConsentDialog\.cookieTable"
    r"(Necessary|Preference|Statistics|Advertising|Unclassified)\s*+=(?!=)\s*+(?=(\[?))"
)
_TABLE_PURPOSES = {
    "Necessary": Purpose.NECESSARY,
    "Preference": Purpose.PREFERENCES,
    "Statistics": Purpose.STATISTICS,
    "Advertising": Purpose.MARKETING,
    "Unclassified": Purpose.UNKNOWN,
}
_HTTP_COOKIE = "1"
_DAY = 86400
_IN_DAYS = (None, 1, "1")
_GROUP_PURPOSES = {
    "C0001": Purpose.NECESSARY,
    "C0002": Purpose.STATISTICS,
    "C0003": Purpose.PREFERENCES,
    "C0004": Purpose.MARKETING,
    "C0005": Purpose.MARKETING,
}
_GROUP_KEYS = frozenset({"FirstPartyCookies", "Hosts", "OptanonGroupId", "CustomGroupId"})
_TERMLY_PURPOSES = {
    "essential": Purpose.NECESSARY,
    "performance": Purpose.PREFERENCES,  # its banner calls it "performance and functionality"
    "analytics": Purpose.STATISTICS,
    "advertising": Purpose.MARKETING,
    "social_networking": Purpose.MARKETING,
    "unclassified": Purpose.UNKNOWN,
}
_TERMLY_COOKIES = ("", "http_cookie", "server_cookie")


def recognised_script(text: str) -> bool:
    """Whether a text is the script that Cookiebot's banner loads."""
    return _TABLE.search(text) is not None


def read_script(text: str) -> Draft:
    """Read Cookiebot's script.

    Raises:
        CatalogueError: It holds none of Cookiebot's tables.
    """
    table = _TABLE.search(text)
    if table is None:
        raise unexpected("Cookiebot's list of a site's cookies")
    collector = Collector(text, searched=False)
    while table is not None:
        collector.move_to(table.start())
        end = table.end()
        if table[2]:
            end = _add_table(table[1], text, end, collector)
        else:
            collector.problem(f"Cookiebot's table {table[1]} is not written out")
        # On after the table, so that nothing inside one of its strings is taken for another.
        table = _TABLE.search(text, end)
    return collector.draft()


def recognised(document: object) -> bool:
    """Whether a JSON document is OneTrust's or Termly's."""
    return bool(_groups(document)) or _is_termly(document)


def read(document: object, text: str) -> Draft:
    """Read OneTrust's or Termly's JSON.

    Raises:
        CatalogueError: It is neither.
    """
    if not recognised(document):
        raise unexpected("a consent banner's list of a site's cookies")
    collector = Collector(text)
    groups = _groups(document)
    for group in collector.objects(groups, "the groups"):
        _add_group(group, collector)
    for category, entries in fields(fields(document).get("cookies")).items() if not groups else ():
        for entry in collector.objects(entries, f"the cookies of {quoted(category)}"):
            _add_termly(category, entry, collector)
    return collector.draft()


def _add_table(table: str, text: str, begin: int, collector: Collector) -> int:
    """Add the rows of one of Cookiebot's tables; where it ends."""
    reader, elements = ArrayReader(text, begin), list[Element]()
    fault = ""
    try:
        reader.elements(elements)
    except ScriptError as error:
        fault = f"Cookiebot's table {table} {error}: the rest of it is left out"
    for element in elements:
        collector.move_to(element.position)
        _add_cookiebot(_TABLE_PURPOSES[table], element.value, collector)
    collector.move_to(reader.position)
    if fault:
        collector.problem(fault)
    return reader.position


def _add_cookiebot(purpose: Purpose, value: object, collector: Collector) -> None:
    # Name, where it is from, what it is for, how long it lives, its kind in words and as a number.
    cells = [*items(value), *[""] * 6][:6]
    name = collector.name(cells[0] if is_string(cells[0]) else None)
    if name is None:
        return
    origin, meaning, lifetime, kind, number = (text_of(cell) for cell in cells[1:])
    if (number != _HTTP_COOKIE) if number else (kind and not kind.lower().startswith("http")):
        collector.problem(f"{quoted(name)} is not a cookie but {quoted(kind or number)}")
        return
    row = Row(
        line=collector.line,
        name=name,
        purpose=purpose,
        provider=origin,
        description=meaning,
        lifetime=lifetime,
        hosts=_hosts(name, origin),
    )
    collector.row(row)


def _hosts(name: str, origin: str) -> tuple[str, ...]:
    """The hosts where a banner's scan met a cookie."""
    hosts = hosts_in(origin)
    if needs_host(name):
        return hosts
    # A scan of www.example.com meets the cookies of example.com, and says the former.
    bare = (host_of(host.removeprefix("www.")) or host for host in hosts)
    return tuple(dict.fromkeys(bare))


def _groups(document: object) -> list[object]:
    """OneTrust's groups of cookies."""
    top = fields(document)
    groups = items(top.get("Groups") or fields(top.get("DomainData")).get("Groups"))
    return groups if any(fields(group).keys() & _GROUP_KEYS for group in groups) else []


def _add_group(group: dict[str, object], collector: Collector) -> None:
    purpose = _group_purpose(group, collector)
    for cookie in collector.objects(group.get("FirstPartyCookies"), "first-party cookies"):
        _add_onetrust(cookie, purpose, "", Party.FIRST, collector)
    for host in collector.objects(group.get("Hosts"), "the hosts"):
        provider = first_text(host, "DisplayName", "HostName")
        for cookie in collector.objects(host.get("Cookies"), "the cookies of a host"):
            _add_onetrust(cookie, purpose, provider, Party.THIRD, collector)


def _group_purpose(group: dict[str, object], collector: Collector) -> Purpose:
    title = text_of(group.get("GroupName"))
    by_name = purpose_named(title)
    by_id = next((_GROUP_PURPOSES[each] for each in _ids(group) if each in _GROUP_PURPOSES), None)
    if by_id is None or by_id is by_name:
        return by_name
    if by_name is Purpose.UNKNOWN:
        return by_id
    # Sites rename groups and keep the numbers, or the reverse.
    collector.problem(f"the group {quoted(title)} has the number of another purpose: left open")
    return Purpose.UNKNOWN


def _ids(group: dict[str, object]) -> Iterator[str]:
    for key in ("CustomGroupId", "OptanonGroupId", "Parent"):
        yield text_of(group.get(key))


def _add_onetrust(
    cookie: dict[str, object], purpose: Purpose, provider: str, party: Party, collector: Collector
) -> None:
    name = collector.name(cookie.get("Name"))
    if name is None:
        return
    if text_of(cookie.get("SdkId")):
        collector.problem(f"{quoted(name)} is not a cookie but a part of an app")
        return
    third = cookie.get("isThirdParty")
    if isinstance(third, bool):
        party = Party.THIRD if third else Party.FIRST
    row = Row(
        line=collector.line,
        name=name,
        purpose=purpose,
        provider=provider,
        description=first_text(cookie, "description", "Description", "thirdPartyDescription"),
        lifetime=_onetrust_lifetime(cookie),
        hosts=hosts_in(text_of(cookie.get("Host"))),
        party=party,
    )
    collector.row(row)


def _onetrust_lifetime(cookie: dict[str, object]) -> str:
    if cookie.get("IsSession") is True:
        return "session"
    length = str(cookie.get("Length", ""))
    if cookie.get("DurationType") not in _IN_DAYS or not re.fullmatch("[1-9][0-9]{0,4}", length):
        return ""
    return lifetime_of(int(length) * _DAY) or ""


def _is_termly(document: object) -> bool:
    categories = fields(fields(document).get("cookies"))
    return any(isinstance(categories.get(each), list) for each in _TERMLY_PURPOSES)


def _add_termly(category: str, cookie: dict[str, object], collector: Collector) -> None:
    name = collector.name(cookie.get("name"))
    if name is None:
        return
    kind = text_of(cookie.get("tracker_type"))
    if kind not in _TERMLY_COOKIES:
        collector.problem(f"{quoted(name)} is not a cookie but {quoted(kind)}")
        return
    row = Row(
        line=collector.line,
        name=name,
        purpose=_TERMLY_PURPOSES.get(category, Purpose.UNKNOWN),
        provider=text_of(cookie.get("service")),
        description=first_text(cookie, "en_us", "en_uk", "de", "fr"),
        lifetime=text_of(cookie.get("expire")),
        hosts=_hosts(name, text_of(cookie.get("domain"))),
        party=_termly_party(text_of(cookie.get("party_provider_type"))),
    )
    collector.row(row)


def _termly_party(text: str) -> Party:
    known = {"first": Party.FIRST, "third": Party.THIRD}
    return known.get(text.lower()[:5], Party.UNKNOWN)
