"""The Chromium family's ``Cookies`` database: schema versions 10 to 24.

The facts are from net/extras/sqlite/sqlite_persistent_cookie_store.cc and
net/cookies/cookie_constants.h in Chromium's source.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import repeat

from cookietui.errors import UnknownSchemaError, UnreadableValueError
from cookietui.model.cookie import Cookie, CookieKey, Partition, SameSite
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.model.site import Site
from cookietui.stores import chromium_keys
from cookietui.stores.batches import Rows, batches, moments, texts, turned
from cookietui.stores.concerning import concerning
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
_TOP, _ANCESTOR = "top_frame_site_key", "has_cross_site_ancestor"
_EXPIRES, _BYTES = "expires", "bytes"
_FIRST_WITH_PARTITION = 15
_FIRST_WITH_SOURCE = 20
_FIRST_WITH_ANCESTOR = 23
_FIRST_WITH_HOST_PREFIX = 24
_SAME_SITE: dict[int | None, SameSite] = {0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}
_BY_SCRIPT: dict[int | None, bool] = {1: False, 2: True}
_GCM_OVERHEAD = 3 + 12 + 16  # tag of the version, nonce, authentication tag
_HOST_PREFIX = 32  # SHA-256 of the host, before the value from schema 24 on


class Chromium:
    """How the Chromium family keeps cookies.

    Args:
        profile: Whose they are, for its key.
    """

    family = Family.CHROMIUM
    table = _TABLE
    of_values = ("host_key", "value", "encrypted_value")
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
        self,
        connection: sqlite3.Connection,
        schema: Schema,
        profile: Profile,
        site: Site | None = None,
    ) -> Iterator[Cookie]:
        """Read rows as cookies, without their values; of a site, at least those of the site."""
        named, small = _columns(schema)
        width, partitions, traits = len(schema.key), _Partitions(), _Traits(schema)
        which = concerning(site, "host_key", _TOP if _TOP in named else None)
        for columns in batches(connection, Rows(_TABLE, (*named.values(), *small), *which)):
            cells = dict(zip(named, columns, strict=False))
            sessions, secure, http_only, same_site, encryption, by_script = turned(
                map(traits.__getitem__, turned(columns[len(named) :]))
            )
            hosts, created = texts(cells["host_key"]), cells["creation_utc"]
            nothing = [None] * len(hosts)
            # By position, in the order of the fields.
            yield from map(
                Cookie,
                map(CookieKey, repeat(profile.id), turned(columns[:width]), created),
                texts(cells["name"]),
                hosts,
                texts(cells["path"]),
                # The ancestor bit is 1 for every cookie without a partition: it means nothing there
                [
                    partitions[site, ancestor] if site else None
                    for site, ancestor in zip(
                        cells.get(_TOP, nothing), cells.get(_ANCESTOR, nothing), strict=True
                    )
                ],
                repeat(None),  # container
                moments(created, _EPOCH),
                moments(cells[_EXPIRES], _EPOCH),
                moments(cells["last_access_utc"], _EPOCH),
                sessions, secure, http_only, same_site, cells[_BYTES], encryption, by_script,
            )  # fmt: skip

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
    partition = (_TOP,) if version >= _FIRST_WITH_PARTITION else ()
    ancestor = (_ANCESTOR,) if version >= _FIRST_WITH_ANCESTOR else ()
    source = ("source_scheme", "source_port") if version >= _FIRST_WITH_SOURCE else ()
    return ("host_key", *partition, *ancestor, "name", "path", *source)


def _since(version: int) -> set[str]:
    return {column for column, since in _SINCE.items() if version >= since}


def _columns(schema: Schema) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is read of a row: columns by their names, the key first, and the small ones.

    None is read twice. Of a value only its length is, and the tag that tells how it is encrypted.
    """
    same_site, source = (
        quoted(column) if column in schema.columns else "NULL"
        for column in ("samesite", "source_type")
    )
    apart = (column for column in (_TOP, _ANCESTOR) if column in schema.columns)
    plain = (*schema.key, *apart, "creation_utc", "last_access_utc")
    columns = {column: quoted(column) for column in plain}
    columns |= {
        _EXPIRES: "CASE WHEN has_expires AND is_persistent THEN expires_utc END",
        _BYTES: _SIZE.format(overhead=_GCM_OVERHEAD + _HOST_PREFIX * _hashed(schema)),
    }
    session = "has_expires AND is_persistent"
    return columns, (session, "is_secure", "is_httponly", same_site, _TAG, source)


# The first letters of an encrypted value as a number, which costs less to hand over than a text.
# First what is nearly always so, compared without a function.
_TAG = """CASE
    WHEN encrypted_value >= CAST('v10' AS BLOB) AND encrypted_value < CAST('v11' AS BLOB) THEN 10
    WHEN encrypted_value >= CAST('v11' AS BLOB) AND encrypted_value < CAST('v12' AS BLOB) THEN 11
    WHEN length(encrypted_value) THEN CASE CAST(substr(encrypted_value, 1, 3) AS TEXT)
        WHEN 'v10' THEN 10 WHEN 'v11' THEN 11 WHEN 'v12' THEN 12 WHEN 'v20' THEN 20 ELSE 1
    END
END"""
_ENCRYPTIONS: dict[object, str] = {1: "dpapi", 10: "v10", 11: "v11", 12: "v12", 20: "v20"}

# Bytes of name and value. AES-CBC (v10 and v11) pads, and what DPAPI adds is not known; AES-GCM
# (v12 and v20) adds the same to all. First what is nearly always so, compared without a function.
_SIZE = """CASE
    WHEN encrypted_value >= CAST('v10' AS BLOB) AND encrypted_value < CAST('v12' AS BLOB) THEN NULL
    WHEN CAST(substr(encrypted_value, 1, 3) AS TEXT) IN ('v12', 'v20') THEN
        CASE WHEN length(encrypted_value) >= {overhead} THEN
            length(CAST(name AS BLOB)) + length(encrypted_value) - {overhead}
        END
    WHEN length(encrypted_value) THEN NULL
    ELSE length(CAST(name AS BLOB)) + length(CAST(value AS BLOB))
END"""


class _Partitions(dict[tuple[object, object], Partition]):
    """Partitions, each made once; a store holds few different ones."""

    def __missing__(self, key: tuple[object, object]) -> Partition:
        site, ancestor = key
        partition = Partition(as_text(site), None if ancestor is None else bool(ancestor))
        return self.setdefault(key, partition)


class _Traits(dict[tuple[object, ...], tuple[object, ...]]):
    """What follows from the small columns of a row; few of the rows of a store differ in them.

    Args:
        schema: The layout.
    """

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._says_same_site = "samesite" in schema.columns

    def __missing__(self, row: tuple[object, ...]) -> tuple[object, ...]:
        persistent, secure, http_only, same_site, tag, source = row
        traits = (
            not persistent,
            bool(secure),
            bool(http_only),
            _SAME_SITE.get(as_int(same_site), SameSite.UNSET) if self._says_same_site else None,
            _ENCRYPTIONS.get(tag),
            _BY_SCRIPT.get(as_int(source)),
        )
        return self.setdefault(row, traits)


def _hashed(schema: Schema) -> bool:
    """Whether values start with the hash of their host."""
    return schema.version >= _FIRST_WITH_HOST_PREFIX


def _unix(value: object) -> int | None:
    number = as_int(value)
    return number - _EPOCH if number else None
