"""Safari's ``Cookies.binarycookies``, read only.

A file is the word ``cook``, the number of pages and their sizes (big-endian), the pages, and a
trailer. A page holds a mark, the number of its records and where each begins (little-endian). A
record holds its size, flags, where its texts begin, and its times in seconds since 2001-01-01 as
doubles; texts end with a zero byte. As described by the BinaryCookies project and by the readers of
yt-dlp and browser-cookie3. What the file says of partitions and SameSite is not known.
"""

import math
import struct
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from cookietui.errors import CookieTuiError, StoreError
from cookietui.model.cookie import MICROSECONDS, Cookie, CookieKey
from cookietui.model.profile import Profile
from cookietui.stores.file_store import Contents
from cookietui.stores.rows import lossless_text
from cookietui.text import plural

READ_ONLY = "Safari keeps its cookies in memory and writes the file anew as it likes"

_MAGIC = b"cook"
_PAGE_MARK = b"\x00\x00\x01\x00"
_RECORD = struct.Struct("<4I6Idd")
_EPOCH = 978_307_200  # seconds from 1970 to 2001
_SECURE, _HTTP_ONLY = 1, 4
_SAID = 3  # damaged pages that are named
_LAST_YEARS = 1e12  # seconds; anything beyond is no time


class _Damaged(Exception):
    """A page or record is not what it should be."""


class _Reading(msgspec.Struct):
    """What went wrong so far."""

    damaged: list[str] = []
    lost: int = 0


def parse(content: bytes, profile: Profile) -> Contents:
    """Read every cookie that is whole.

    Raises:
        StoreError: It is not such a file.
    """
    if not content.startswith(_MAGIC):
        raise StoreError(
            f"{profile.store} is not a cookie file of Safari", "name a Cookies.binarycookies"
        )
    reading = _Reading()
    cookies = tuple(_cookies(content, profile, reading))
    return Contents(cookies, _problems(profile, reading))


def _cookies(content: bytes, profile: Profile, reading: _Reading) -> Iterator[tuple[Cookie, str]]:
    for number, page in enumerate(_pages(content, reading), 1):
        try:
            offsets = _offsets(page)
        except _Damaged:
            reading.damaged.append(f"page {number}")
            continue
        for offset, end in pairwise((*offsets, len(page))):
            try:
                yield _cookie(_record(page, offset, min(end, len(page))), profile)
            except _Damaged:
                reading.lost += 1


def _problems(profile: Profile, reading: _Reading) -> tuple[CookieTuiError, ...]:
    parts = list(reading.damaged[:_SAID])
    if len(reading.damaged) > _SAID:
        parts.append(f"{len(reading.damaged) - _SAID} other pages")
    if reading.lost:
        parts.append(plural(reading.lost, "cookie"))
    if not parts:
        return ()
    what = ", ".join(parts)
    return (
        StoreError(f"{profile.store} is damaged: {what} could not be read", "the rest is shown"),
    )


def _pages(content: bytes, reading: _Reading) -> Iterator[bytes]:
    header = len(_MAGIC) + 4
    if len(content) < header:
        reading.damaged.append("the header")
        return
    (count,) = struct.unpack_from(">I", content, len(_MAGIC))
    start = header + 4 * count
    if start > len(content):
        reading.damaged.append("the header")
        return
    for number, (size,) in enumerate(struct.iter_unpack(">I", content[header:start]), 1):
        if start + size > len(content):
            reading.damaged.append(f"the end of page {number} and what follows")
            yield content[start:]
            return
        yield content[start : start + size]
        start += size


def _offsets(page: bytes) -> tuple[int, ...]:
    head = len(_PAGE_MARK) + 4
    if not page.startswith(_PAGE_MARK) or len(page) < head:
        raise _Damaged
    (count,) = struct.unpack_from("<I", page, len(_PAGE_MARK))
    if head + 4 * count > len(page):
        raise _Damaged
    # One record cannot be two cookies, and ends where the next begins, whatever the page says.
    return tuple(sorted(set(struct.unpack_from(f"<{count}I", page, head))))


def _record(page: bytes, offset: int, end: int) -> bytes:
    if offset + _RECORD.size > end:
        raise _Damaged
    (size,) = struct.unpack_from("<I", page, offset)
    if not _RECORD.size <= size <= len(page) - offset:
        raise _Damaged
    return page[offset : min(offset + size, end)]


def _cookie(record: bytes, profile: Profile) -> tuple[Cookie, str]:
    _, _, flags, _, domain, name, path, value, _, _, expires, created = _RECORD.unpack_from(record)
    texts = [_text(record, start) for start in (domain, name, path, value)]
    host, called, where, secret = (lossless_text(text) for text in texts)
    when = _moment(expires)
    cookie = Cookie(
        key=CookieKey(profile.id, (host, called, where), _moment(created)),
        name=called,
        host=host,
        path=where,
        partition=None,
        container=None,
        created=_moment(created),
        expires=when,
        last_used=None,
        session=not expires,
        secure=bool(flags & _SECURE),
        http_only=bool(flags & _HTTP_ONLY),
        same_site=None,
        size=len(texts[1]) + len(texts[3]),
        encryption=None,
    )
    return cookie, secret


def _text(record: bytes, start: int) -> bytes:
    end = record.find(b"\x00", start)
    if not _RECORD.size <= start < len(record) or end < 0:
        raise _Damaged
    return record[start:end]


def _moment(seconds: float) -> int | None:
    if not seconds or not math.isfinite(seconds) or abs(seconds) > _LAST_YEARS:
        return None
    return round((seconds + _EPOCH) * MICROSECONDS)
