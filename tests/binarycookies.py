"""Safari's ``Cookies.binarycookies`` for tests, byte by byte as its format is described.

Anything that a damaged file could say otherwise may be given instead of what would be true.
"""

import struct
from collections.abc import Sequence

from tests.builders import DAY, LATER, NOW

MARK = b"\x00\x00\x01\x00"
TRAILER = bytes.fromhex("071720050000004b")
FIELDS = struct.Struct("<4I6Idd")
SECURE, HTTP_ONLY = 1, 4
_EPOCH = 978_307_200  # seconds from 1970 to 2001


def seconds(moment: int) -> float:
    """Microseconds since 1970 as Safari writes them."""
    return moment / 1_000_000 - _EPOCH


def record(
    name: str | bytes = "id",
    host: str | bytes = ".shop.example",
    path: str | bytes = "/",
    value: str | bytes = "s3cr3t",
    *,
    flags: int = 0,
    expires: float = seconds(LATER),
    created: float = seconds(NOW - 10 * DAY),
    size: int | None = None,
    starts: Sequence[int | None] = (None, None, None, None),
    last: bytes = b"\x00",
) -> bytes:
    """One cookie.

    Args:
        name: The name.
        host: Where it is sent; with a dot for subdomains too.
        path: The path.
        value: The value.
        flags: Of which 1 is Secure and 4 is HttpOnly.
        expires: Seconds since 2001; 0 for a session cookie.
        created: Seconds since 2001.
        size: What is said of the record's size.
        starts: What is said of where host, name, path and value begin; None for what is true.
        last: What ends the last text.
    """
    texts = b""
    true = []
    for text in (host, name, path, value):
        true.append(FIELDS.size + len(texts))
        texts += (text.encode() if isinstance(text, str) else text) + b"\x00"
    texts = texts[:-1] + last
    said = [is_so if other is None else other for is_so, other in zip(true, starts, strict=True)]
    whole = FIELDS.size + len(texts)
    head = (whole if size is None else size, 0, flags, 0, *said, 0, 0, expires, created)
    return FIELDS.pack(*head) + texts


def page(
    *records: bytes,
    mark: bytes = MARK,
    count: int | None = None,
    offsets: Sequence[int] | None = None,
) -> bytes:
    """One page of cookies."""
    start = len(MARK) + 4 + 4 * len(records if offsets is None else offsets) + 4
    true = []
    for each in records:
        true.append(start)
        start += len(each)
    said = true if offsets is None else offsets
    head = struct.pack("<I", len(said) if count is None else count)
    return mark + head + struct.pack(f"<{len(said)}I", *said) + b"\x00" * 4 + b"".join(records)


def file(*pages: bytes, count: int | None = None, sizes: Sequence[int] | None = None) -> bytes:
    """A whole file."""
    said = [len(each) for each in pages] if sizes is None else sizes
    head = struct.pack(">I", len(said) if count is None else count)
    checksum = sum(sum(each[::4]) for each in pages) % 2**32
    table = struct.pack(f">{len(said)}I", *said)
    return b"cook" + head + table + b"".join(pages) + struct.pack(">I", checksum) + TRAILER
