"""The cookies.txt of Netscape, as curl, wget and yt-dlp write and read it.

One cookie on a line, seven fields between tabs: domain, whether subdomains are meant, path, whether
Secure, when it expires (seconds since 1970, 0 for the session), name, value. A line that begins
with ``#HttpOnly_`` is a cookie and no comment (https://curl.se/docs/http-cookies.html).
"""

from collections.abc import Iterator

from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.model.profile import Profile
from cookietui.stores.exported.draft import drafted, told
from cookietui.stores.file_store import Contents
from cookietui.stores.rows import size_of

_HTTP_ONLY = "#HttpOnly_"
_FIELDS = 7
_FLAGS = {"TRUE": True, "FALSE": False}
_HEADINGS = ("# Netscape HTTP Cookie File", "# HTTP Cookie File")
_SECONDS_DIGITS = 15


def recognised(text: str) -> bool:
    """Whether this is such a file: by its heading, or by a line that is a cookie."""
    return text.startswith(_HEADINGS) or any(
        len(line.split("\t")) == _FIELDS and not _is_comment(line) for line in text.split("\n")
    )


def parse(text: str, profile: Profile) -> Contents:
    """Read every cookie."""
    problems: list[str] = []
    cookies = tuple(_cookies(text, profile, problems))
    return Contents(cookies, told(problems, profile))


def _cookies(text: str, profile: Profile, problems: list[str]) -> Iterator[tuple[Cookie, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or _is_comment(line):
            continue
        try:
            yield _cookie(line.removesuffix("\r"), profile)
        except ValueError as error:
            problems.append(f"line {number}: {error}")


def _is_comment(line: str) -> bool:
    return line.startswith("#") and not line.startswith(_HTTP_ONLY)


def _cookie(line: str, profile: Profile) -> tuple[Cookie, str]:
    fields = line.removeprefix(_HTTP_ONLY).split("\t")
    if len(fields) == _FIELDS - 1:
        fields.append("")  # an empty value, with the tab before it lost
    if len(fields) != _FIELDS:
        raise ValueError(f"{len(fields)} fields between tabs, not {_FIELDS}")
    domain, subdomains, path, secure, expires, name, value = fields
    if not domain.strip("."):
        raise ValueError("no domain")
    for flag in (subdomains, secure):
        if flag.upper() not in _FLAGS:
            raise ValueError("TRUE or FALSE expected in the second and fourth field")
    bare = domain.removeprefix(".")
    seconds = _seconds(expires)
    cookie = drafted(
        profile,
        name=name,
        host=f".{bare}" if _FLAGS[subdomains.upper()] else bare,
        path=path,
        expires=seconds * MICROSECONDS if seconds else None,
        session=not seconds,
        secure=_FLAGS[secure.upper()],
        http_only=line.startswith(_HTTP_ONLY),
        size=size_of(name) + size_of(value),
    )
    return cookie, value


def _seconds(text: str) -> int:
    whole = text.partition(".")[0].strip() or "0"
    if not whole.removeprefix("-").isdecimal() or len(whole) > _SECONDS_DIGITS:
        raise ValueError("the fifth field is no time in seconds")
    return max(int(whole), 0)
