"""The Chromium family's ``Cookies`` database: schema versions 10 to 24.

The facts are from net/extras/sqlite/sqlite_persistent_cookie_store.cc and
net/cookies/cookie_constants.h in Chromium's source.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from cookietui.errors import UnknownSchemaError, UnreadableValueError
from cookietui.model.cookie import Cookie, CookieKey, Partition, SameSite
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.stores import chromium_keys
from cookietui.stores.dialect import Schema, check_columns, newer_layout
from cookietui.stores.reveal import ChromiumValues
from cookietui.stores.rows import as_int, as_text, columns_of, quoted

OLDEST, NEWEST = 10, 24
_TABLE = "cookies"
_EPOCH = 11_644_473_600_000_000  # microseconds from 1601-01-01, where Chromium counts from, to 1970
_VERSION_DIGITS = 6  # more is nonsense, and slow to read
_ALWAYS = {
    "creation_utc", "value", "encrypted_value", "expires_utc", "is_secure", "is_httponly",
    "last_access_utc", "has_expires", "is_persistent",
}  # fmt: skip
# By which a layout is known beside the key, and the layout that first had it.
_SINCE = {"samesite": 11, "last_update_utc": 18, "source_type": 22}
_FIRST_WITH_PARTITION = 15
_FIRST_WITH_SOURCE = 20
_FIRST_WITH_ANCESTOR = 23
_FIRST_WITH_HOST_PREFIX = 24
_SAME_SITE: dict[int | None, SameSite] = {0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}
_BY_SCRIPT: dict[int | None, bool] = {1: False, 2: True}
_GCM_OVERHEAD = 3 + 12 + 16  # tag of the version, nonce, authentication tag
_HOST_PREFIX = 32  # SHA-256 of the host, before the value from schema 24 on
_EXACT_LENGTH = {"v12", "v20"}  # AES-GCM; AES-CBC pads


class Chromium:
    """How the Chromium family keeps cookies.

    Args:
        profile: Whose they are, for its key.
    """

    family = Family.CHROMIUM
    table = _TABLE
    rowid = None

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._values = ChromiumValues(profile)

    def schema(self, connection: sqlite3.Connection) -> Schema:
        """Recognise the layout."""
        columns = columns_of(connection, _TABLE)
        version = _version(connection) if columns else None
        if version is None:
            raise UnknownSchemaError(
                "it has no table of cookies as Chromium writes it", "is it a cookie database?"
            )
        if version < OLDEST:
            raise UnknownSchemaError(
                f"its layout {version} is older than any this version knows ({OLDEST} to {NEWEST})",
                "start the browser once: it brings its store up to date",
            )
        key = _key(version)
        check_columns(columns, {*_ALWAYS, *key, *_since(version)}, version, NEWEST)
        return Schema(version, columns, key, "creation_utc", newer_layout(version, NEWEST))

    def cookies(
        self, connection: sqlite3.Connection, schema: Schema, profile: Profile
    ) -> Iterator[Cookie]:
        """Read every row as a cookie, without its value."""
        width, places = len(schema.key), tuple(map(schema.key.index, _IN_KEY))
        partitions = _Partitions()
        for row in connection.execute(_query(schema)):
            yield _cookie(row, width, places, schema, profile.id, partitions)

    def expires(self, schema: Schema, row: dict[str, Cell]) -> int | None:
        """Say when a row expires, in microseconds since the Unix epoch; None for never."""
        return _unix(row["expires_utc"]) if row["has_expires"] else None

    def witnesses(self, connection: sqlite3.Connection, schema: Schema) -> dict[str, bytes]:
        """For some hosts, what the store's keys make of them, where that can be had."""
        if not _hashed(schema):
            return {}
        return chromium_keys.witnesses(connection, chromium_keys.state_witnesses(self._profile))

    def why_unfit(
        self, connection: sqlite3.Connection, schema: Schema, saved: SavedRows
    ) -> tuple[str, ...]:
        """For every saved row, why the browser might not be able to load it; empty if it will."""
        if not _hashed(schema):
            return tuple("" for _ in saved.rows)
        return chromium_keys.why_unfit(connection, saved, self.witnesses(connection, schema))

    def values(
        self, rows: Iterable[dict[str, Cell]], schema: Schema
    ) -> list[str | UnreadableValueError]:
        """Decrypt the values of rows."""
        return self._values.reveal(rows, hashed=_hashed(schema))


def _version(connection: sqlite3.Connection) -> int | None:
    if not columns_of(connection, "meta"):
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    text = as_text(row[0]) if row and not isinstance(row[0], int) else str(row[0] if row else "")
    return int(text) if text.isdecimal() and len(text) <= _VERSION_DIGITS else None


def _key(version: int) -> tuple[str, ...]:
    """The columns of the unique key, which grew with what keeps cookies apart."""
    partition = ("top_frame_site_key",) if version >= _FIRST_WITH_PARTITION else ()
    ancestor = ("has_cross_site_ancestor",) if version >= _FIRST_WITH_ANCESTOR else ()
    source = ("source_scheme", "source_port") if version >= _FIRST_WITH_SOURCE else ()
    return ("host_key", *partition, *ancestor, "name", "path", *source)


def _since(version: int) -> set[str]:
    return {column for column, since in _SINCE.items() if version >= since}


# What the key holds too, so that no text is read twice.
_IN_KEY = ("name", "host_key", "path")
_ENCRYPTIONS = {tag.encode(): tag for tag in ("v10", "v11", "v12", "v20")}


def _query(schema: Schema) -> str:
    optional = ("samesite", "top_frame_site_key", "has_cross_site_ancestor", "source_type")
    present = [
        quoted(column) if column in schema.columns else f"NULL AS {quoted(column)}"
        for column in optional
    ]
    # Lengths and the encryption's tag tell enough; the values themselves are not read.
    return f"""
        SELECT {", ".join(quoted(column) for column in schema.key)}, creation_utc,
            expires_utc, last_access_utc, is_secure, is_httponly,
            has_expires AND is_persistent, length(CAST(name AS BLOB)), length(CAST(value AS BLOB)),
            length(encrypted_value), CAST(substr(encrypted_value, 1, 3) AS BLOB),
            {", ".join(present)}
        FROM {_TABLE}
    """  # noqa: S608 - the names are the schema's own


class _Partitions(dict[tuple[object, object], Partition | None]):
    """Partitions, each made once; a store holds few different ones."""

    def __missing__(self, key: tuple[object, object]) -> Partition | None:
        partition = self[key] = _partition(*key)
        return partition


def _cookie(  # noqa: PLR0917 - called for every row: what stays the same is handed over
    row: tuple[Any, ...],
    width: int,
    places: tuple[int, ...],
    schema: Schema,
    profile: str,
    partitions: _Partitions,
) -> Cookie:
    (
        created, expires, used, secure, http_only, persistent,
        name_length, value_length, encrypted_length, tag,
        same_site, partition, ancestor, source,
    ) = row[width:]  # fmt: skip
    name, host, path = (row[place] for place in places)
    encryption = _ENCRYPTIONS.get(tag, "dpapi") if encrypted_length else None
    # By position, in the order of the fields: names cost as much again as the whole cookie.
    return Cookie(
        CookieKey(profile, row[:width], created),
        name if type(name) is str else as_text(name),
        host if type(host) is str else as_text(host),
        path if type(path) is str else as_text(path),
        # The ancestor bit is 1 for every cookie without a partition: it means nothing there.
        partitions[partition, ancestor] if partition else None,
        None,  # container
        created - _EPOCH if type(created) is int and created else None,
        expires - _EPOCH if persistent and type(expires) is int and expires else None,
        used - _EPOCH if type(used) is int and used else None,
        not persistent,
        bool(secure),
        bool(http_only),
        _same_site(same_site, schema),
        _size(name_length, value_length, encrypted_length, encryption, schema),
        encryption,
        _BY_SCRIPT.get(source) if type(source) is int else None,
    )


def _same_site(value: object, schema: Schema) -> SameSite | None:
    if "samesite" not in schema.columns:
        return None
    return _SAME_SITE.get(as_int(value), SameSite.UNSET)


def _partition(site: object, ancestor: object) -> Partition | None:
    if not site:
        return None
    return Partition(as_text(site), None if ancestor is None else bool(ancestor))


def _size(
    name: int | None, plain: int | None, encrypted: int, encryption: str | None, schema: Schema
) -> int | None:
    if name is None or plain is None:
        return None
    if encryption is None:
        return name + plain
    if encryption not in _EXACT_LENGTH:
        return None
    prefix = _HOST_PREFIX if _hashed(schema) else 0
    value = encrypted - _GCM_OVERHEAD - prefix
    return name + value if value >= 0 else None


def _hashed(schema: Schema) -> bool:
    """Whether values start with the hash of their host."""
    return schema.version >= _FIRST_WITH_HOST_PREFIX


def _unix(value: object) -> int | None:
    number = as_int(value)
    return number - _EPOCH if number else None
