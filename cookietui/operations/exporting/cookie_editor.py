"""The JSON of the Cookie-Editor extension: cookies as the WebExtension API describes them.

The extension writes null for ``storeId``, and for ``sameSite`` where it is not set, because older
Firefox refuses the word ``unspecified``. It knows nothing of partitions: what it reads it stores
without them (https://github.com/Moustachauve/cookie-editor).
"""

import json
import math
from typing import Any

from cookietui.model.cookie import MICROSECONDS, Cookie, SameSite
from cookietui.operations.exporting.export import Export, Exported, apart, sifted, unicode

_SAME_SITE = {
    SameSite.NONE: "no_restriction",
    SameSite.LAX: "lax",
    SameSite.STRICT: "strict",
    SameSite.UNSET: None,
    None: None,
}


def write(export: Export) -> Exported:
    """Write every cookie that the extension can read; a value that was not asked for is null."""

    def obstacle(cookie: Cookie, value: str | None) -> str:
        return apart(cookie) or _unreadable(cookie, value or "", export.at)

    cookies, left_out = sifted(export, obstacle)
    entries = [_entry(cookie, value) for cookie, value in cookies]
    # In ASCII, so that no name in it can act on a terminal.
    return Exported(json.dumps(entries, indent=4, ensure_ascii=True) + "\n", left_out)


def _entry(cookie: Cookie, value: str | None) -> dict[str, Any]:
    ends = None if cookie.session or cookie.expires is None else _seconds(cookie.expires)
    return {
        "domain": cookie.host,
        # Session cookies have none in the API.
        **({} if ends is None else {"expirationDate": ends}),
        "hostOnly": cookie.host_only,
        "httpOnly": cookie.http_only,
        "name": cookie.name,
        "path": cookie.path,
        "sameSite": _SAME_SITE[cookie.same_site],
        "secure": cookie.secure,
        "session": cookie.session,
        "storeId": None,
        "value": value,
    }


def _seconds(microseconds: int) -> float:
    """Seconds that are not a microsecond too early for whoever cuts off fractions."""
    seconds = microseconds / MICROSECONDS
    if int(seconds * MICROSECONDS) < microseconds:
        return math.nextafter(seconds, math.inf)
    return seconds


def _unreadable(cookie: Cookie, value: str, now: int) -> str:
    if not all(unicode(text) for text in (cookie.host, cookie.path, cookie.name, value)):
        return "it holds bytes that are not UTF-8, which JSON cannot hold"
    if cookie.expired(now) and not cookie.session:
        return "it has expired: a browser that is given it deletes its own cookie of that name"
    return ""
