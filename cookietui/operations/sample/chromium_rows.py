"""Sample cookies as rows of Chromium's `Cookies` database, schema version 24, encrypted as v10.

Written so that a Chromium 156 on Linux without a keyring (`--password-store=basic`) loads them.
"""

import hashlib
from collections.abc import Iterable, Iterator

import msgspec
from Cryptodome.Cipher import AES
from Cryptodome.Protocol.KDF import PBKDF2
from Cryptodome.Util.Padding import pad

from cookietui.operations.sample.jar import SampleCookie
from cookietui.operations.sample.moments import moments, written_value

VERSION = 24

TABLES = (
    "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR)",
    "CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,"
    "top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,"
    "encrypted_value BLOB NOT NULL,path TEXT NOT NULL,expires_utc INTEGER NOT NULL,"
    "is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,last_access_utc INTEGER NOT NULL,"
    "has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,priority INTEGER NOT NULL,"
    "samesite INTEGER NOT NULL,source_scheme INTEGER NOT NULL,source_port INTEGER NOT NULL,"
    "last_update_utc INTEGER NOT NULL,source_type INTEGER NOT NULL,"
    "has_cross_site_ancestor INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX cookies_unique_index ON cookies(host_key, top_frame_site_key, "
    "has_cross_site_ancestor, name, path, source_scheme, source_port)",
)
"""Schema 24, character for character as Chromium 156 writes it."""

INSERT = "INSERT INTO cookies VALUES (?,?,?,CAST(? AS TEXT),?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
"""Takes a row's fields in their order; the name's bytes become text without being decoded."""

META = (("mmap_status", "-1"), ("version", str(VERSION)), ("last_compatible_version", str(VERSION)))

_EPOCH_1601 = 11_644_473_600 * 1_000_000
"""Microseconds from Chromium's epoch, 1601-01-01 UTC, to the Unix epoch."""

_SAME_SITE = {"": -1, "none": 0, "lax": 1, "strict": 2}
_PRIORITY = {"low": 0, "medium": 1, "high": 2}
_SOURCE_TYPE = {"header": 1, "script": 2}


class ChromiumRow(msgspec.Struct, frozen=True):
    """One row, its fields named and ordered as the columns; times in microseconds since 1601 UTC.

    `name` is bytes because Chromium keeps names that are not UTF-8; it is stored as text.
    """

    creation_utc: int
    host_key: str
    top_frame_site_key: str
    name: bytes
    value: str
    encrypted_value: bytes
    path: str
    expires_utc: int
    is_secure: bool
    is_httponly: bool
    last_access_utc: int
    has_expires: bool
    is_persistent: bool
    priority: int
    samesite: int
    source_scheme: int
    source_port: int
    last_update_utc: int
    source_type: int
    has_cross_site_ancestor: bool


def chromium_rows(cookies: Iterable[SampleCookie], now: int) -> Iterator[ChromiumRow]:
    """Yield a row for every cookie that lives in the Chromium profile, in the order given.

    Args:
        cookies: Those of both browsers.
        now: Microseconds since the Unix epoch, UTC.

    Raises:
        ValueError: a duration in a cookie cannot be read.
    """
    key = PBKDF2("peanuts", b"saltysalt", dkLen=16, count=1)  # SHA-1 is this function's default.
    return (_row(cookie, key, now) for cookie in cookies if cookie.only != "firefox")


def _row(cookie: SampleCookie, key: bytes, now: int) -> ChromiumRow:
    times = moments(cookie, "chromium", now)
    used = times.used + _EPOCH_1601
    persistent = cookie.lasts != "session"
    return ChromiumRow(
        creation_utc=times.created + _EPOCH_1601,
        host_key=cookie.host,
        top_frame_site_key=f"https://{cookie.partition}" if cookie.partition else "",
        name=cookie.name.encode("utf-8", "surrogateescape"),
        value="",
        encrypted_value=_encrypted(cookie, key, times.created),
        path=cookie.path,
        # "unknown" gives a row that claims to persist and does not say until when.
        expires_utc=0 if times.expires is None else times.expires + _EPOCH_1601,
        is_secure=cookie.secure,
        is_httponly=cookie.http_only,
        last_access_utc=used,
        has_expires=persistent,
        is_persistent=persistent,
        priority=_PRIORITY[cookie.priority],
        samesite=_SAME_SITE[cookie.same_site],
        source_scheme=1 if cookie.plain_http else 2,
        source_port=80 if cookie.plain_http else 443,
        last_update_utc=used,
        source_type=_SOURCE_TYPE[cookie.by],
        # Chromium writes 1 for a cookie outside all partitions, where it means nothing.
        has_cross_site_ancestor=not cookie.own,
    )


def _encrypted(cookie: SampleCookie, key: bytes, created: int) -> bytes:
    """Return the value as Chromium keeps it: bound to its host by that host's digest."""
    value = written_value(cookie, "chromium", created).encode()
    plain = hashlib.sha256(cookie.host.encode()).digest() + value
    return b"v10" + AES.new(key, AES.MODE_CBC, iv=b" " * 16).encrypt(pad(plain, 16))
