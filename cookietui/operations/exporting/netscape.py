"""The cookies.txt of Netscape, for curl, wget and yt-dlp.

One cookie on a line, seven fields between tabs; ``#HttpOnly_`` before the host is no comment but an
attribute (https://curl.se/docs/http-cookies.html). Where a cookie's HttpOnly is not known the mark
is not written, which is how files of programs that never knew the mark are understood. wget takes
lines with the mark for comments (seen in 1.21): it never sends an HttpOnly cookie from a file.
"""

import re
import unicodedata

from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.operations.exporting.export import Export, Exported, apart, moment, sifted, unicode
from cookietui.text import visible

_HTTP_ONLY = "#HttpOnly_"
_FLAGS = {True: "TRUE", False: "FALSE"}
# Lines that begin with # or $ are comments to some.
_HOST = re.compile(r"[^\s.#$][^\s]*")
_WITHOUT_VALUES = "# Names only: the values were not asked for and are not in this file."


def write(export: Export) -> Exported:
    """Write every cookie that such a file can hold."""
    cookies, left_out = sifted(export, _obstacle)
    of_site = f" of {visible(export.site)}" if export.site else ""
    lines = [
        "# Netscape HTTP Cookie File",
        f"# Cookies{of_site}, read by cookietui at {moment(export.at)}",
        *([_WITHOUT_VALUES] if export.values is None else []),
        "",
        *(_line(cookie, value or "") for cookie, value in cookies),
    ]
    return Exported("\n".join(lines) + "\n", left_out)


def _line(cookie: Cookie, value: str) -> str:
    fields = (
        f"{_HTTP_ONLY if cookie.http_only else ''}{cookie.host}",
        _FLAGS[not cookie.host_only],
        cookie.path,
        _FLAGS[bool(cookie.secure)],
        _seconds(cookie),
        cookie.name,
        value,
    )
    return "\t".join(fields)


def _seconds(cookie: Cookie) -> str:
    if cookie.session or cookie.expires is None:
        return "0"
    # What expired in the first second of 1970 or before it would be taken for a session cookie.
    return str(max(cookie.expires // MICROSECONDS, 1))


def _obstacle(cookie: Cookie, value: str | None) -> str:
    return apart(cookie) or _unwritable(cookie, value or "") or _unknown(cookie)


def _unwritable(cookie: Cookie, value: str) -> str:
    fields = (cookie.host, cookie.path, cookie.name, value)
    if not all(unicode(field) for field in fields):
        return "it holds bytes that are not UTF-8, and yt-dlp would refuse the whole file"
    if any(unicodedata.category(character) == "Cc" for field in fields for character in field):
        return "it holds a tab, a line break or another control character"
    if ";" in cookie.name + value:
        return "it holds a semicolon, and would be sent as two cookies"
    if not cookie.name:
        return "it has no name, and curl would take its value for one"
    if not _HOST.fullmatch(cookie.domain):
        return "its host is none that can be written"
    return ""


def _unknown(cookie: Cookie) -> str:
    if not cookie.path.startswith("/"):
        return "its path is not known"
    if cookie.secure is None:
        return "whether it is Secure is not known"
    if cookie.expires is None and not cookie.session:
        return "when it expires is not known"
    return ""
