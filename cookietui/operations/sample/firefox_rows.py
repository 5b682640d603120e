"""Sample cookies as rows of Firefox's `cookies.sqlite`, schema version 17, values in plain text."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import msgspec

from cookietui.operations.sample.jar import SampleCookie
from cookietui.operations.sample.moments import moments, written_value

VERSION = 17

TABLES = (
    "CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, "
    "originAttributes TEXT NOT NULL DEFAULT '', name TEXT, value TEXT, host TEXT, path TEXT, "
    "expiry INTEGER, lastAccessed INTEGER, creationTime INTEGER, isSecure INTEGER, "
    "isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0, sameSite INTEGER DEFAULT 0, "
    "schemeMap INTEGER DEFAULT 0, isPartitionedAttributeSet INTEGER DEFAULT 0, "
    "updateTime INTEGER, "
    "CONSTRAINT moz_uniqueid UNIQUE (name, host, path, originAttributes))",
)
"""Schema 17, character for character as Firefox 153 writes it."""

INSERT = "INSERT INTO moz_cookies VALUES (?,?,CAST(? AS TEXT),?,?,?,?,?,?,?,?,?,?,?,?,?)"
"""Takes a row's fields in their order; the name's bytes become text without being decoded."""

_SAME_SITE = {"": 256, "none": 0, "lax": 1, "strict": 2}

_STANDARD = (
    ("personal", "fingerprint", "blue"),
    ("work", "briefcase", "orange"),
    ("banking", "dollar", "green"),
    ("shopping", "cart", "pink"),
)
_CUSTOM = "Holiday plans"
_THUMBNAILS_ID = 5
_CUSTOM_ID = 6
_HIGHEST_ID = 4_294_967_295

_CONTAINER_IDS = {name: number for number, (name, _, _) in enumerate(_STANDARD, 1)} | {
    "": 0,
    _CUSTOM: _CUSTOM_ID,
}


class FirefoxRow(msgspec.Struct, frozen=True):
    """One row, its fields ordered as the columns and spelt in snake case.

    `expiry` is in milliseconds, the other times in microseconds, all since the Unix epoch, UTC.
    `name` is bytes because a database may hold names that are not UTF-8; it is stored as text.
    """

    id: int
    origin_attributes: str
    name: bytes
    value: str
    host: str
    path: str
    expiry: int | None
    last_accessed: int
    creation_time: int
    is_secure: bool
    is_http_only: bool
    in_browser_element: bool
    same_site: int
    scheme_map: int
    is_partitioned_attribute_set: bool
    update_time: int


def firefox_rows(cookies: Iterable[SampleCookie], now: int) -> Iterator[FirefoxRow]:
    """Yield a row for every cookie that lives in the Firefox profile, numbered from 1.

    Session cookies are left out: Firefox keeps them in its session file, not in the database.

    Args:
        cookies: Those of both browsers.
        now: Microseconds since the Unix epoch, UTC.

    Raises:
        KeyError: a cookie names a container that `containers` does not list.
        ValueError: a duration in a cookie cannot be read.
    """
    kept = (cookie for cookie in cookies if cookie.only != "chromium" and cookie.lasts != "session")
    return (_row(number, cookie, now) for number, cookie in enumerate(kept, 1))


def containers() -> dict[str, object]:
    """Return what `containers.json` holds: four standard containers, one custom, two internal."""
    standard = [
        {
            "icon": icon,
            "color": color,
            "l10nId": f"user-context-{name}",
            "public": True,
            "userContextId": _CONTAINER_IDS[name],
        }
        for name, icon, color in _STANDARD
    ]
    internal = [
        {
            "public": False,
            "icon": "",
            "color": "",
            "name": f"userContextIdInternal.{purpose}",
            "accessKey": "",
            "userContextId": number,
        }
        for purpose, number in (("thumbnail", _THUMBNAILS_ID), ("webextStorageLocal", _HIGHEST_ID))
    ]
    custom = {
        "userContextId": _CUSTOM_ID,
        "public": True,
        "icon": "vacation",
        "color": "turquoise",
        "name": _CUSTOM,
    }
    identities = [*standard, *internal, custom]
    return {"version": 6, "lastUserContextId": _CUSTOM_ID, "identities": identities}


def _row(number: int, cookie: SampleCookie, now: int) -> FirefoxRow:
    times = moments(cookie, "firefox", now)
    return FirefoxRow(
        id=number,
        origin_attributes=_origin_attributes(cookie),
        name=cookie.name.encode("utf-8", "surrogateescape"),
        value=written_value(cookie, "firefox", times.created),
        host=cookie.host,
        path=cookie.path,
        expiry=None if times.expires is None else times.expires // 1000,
        last_accessed=times.used,
        creation_time=times.created,
        is_secure=cookie.secure,
        is_http_only=cookie.http_only,
        in_browser_element=False,
        same_site=_SAME_SITE[cookie.same_site],
        scheme_map=1 if cookie.plain_http else 2,
        # Total Cookie Protection partitions what did not ask for it: then the attribute is 0.
        is_partitioned_attribute_set=cookie.chips or cookie.own,
        update_time=times.used,
    )


def _origin_attributes(cookie: SampleCookie) -> str:
    """Return container and partition as Firefox writes them, "" for neither."""
    parts = []
    if cookie.container:
        parts.append(f"userContextId={_CONTAINER_IDS[cookie.container]}")
    if cookie.partition:
        foreign = ",f" if cookie.framed else ""
        parts.append("partitionKey=" + quote(f"(https,{cookie.partition}{foreign})", safe=""))
    return "^" + "&".join(parts) if parts else ""
