"""The Firefox family's ``cookies.sqlite``: schema versions 2 to 17.

The facts are from netwerk/cookie/CookiePersistentStorage.cpp in Firefox's source, and from its
forerunner nsCookieService.cpp.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from cookietui.errors import UnknownSchemaError, UnreadableValueError
from cookietui.model.cookie import Cookie, CookieKey, SameSite
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.stores.dialect import Schema, check_columns, newer_layout
from cookietui.stores.firefox_origin import Origin, container_names, parse_origin, with_party
from cookietui.stores.rows import as_int, as_text, columns_of, quoted

OLDEST, NEWEST = 2, 17
_TABLE = "moz_cookies"
_ALWAYS = {"id", "name", "value", "host", "path", "expiry", "isSecure", "isHttpOnly"}
# By which a layout is known beside the key, and the layout that first had it.
_SINCE = {
    "lastAccessed": 2, "sameSite": 9, "schemeMap": 12, "isPartitionedAttributeSet": 13,
    "updateTime": 17,
}  # fmt: skip
_FIRST_WITH_KEY = 4
_KEYLESS = (
    "its layout, of Firefox 3 and before, has nothing that tells one cookie from its successor"
)
_APPS = ("appId", "inBrowserElement")  # what kept cookies apart in layout 5
_WITH_APPS = 5
_FIRST_IN_MILLISECONDS = 16
_SAME_SITE: dict[int | None, SameSite] = {0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}
_FIRST_WITH_UNSET = 15  # as sameSite 256; before, see below


class Firefox:
    """How the Firefox family keeps cookies."""

    family = Family.FIREFOX
    table = _TABLE
    rowid = "id"

    def schema(self, connection: sqlite3.Connection) -> Schema:
        """Recognise the layout."""
        columns = columns_of(connection, _TABLE)
        if not columns:
            raise UnknownSchemaError(
                "it has no table of cookies as Firefox writes it", "is it a cookie database?"
            )
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version < OLDEST:
            raise UnknownSchemaError(
                f"its layout {version} is older than any this version knows ({OLDEST} to {NEWEST})",
                "start the browser once: it brings its store up to date",
            )
        key, created = _key(version)
        needed = _ALWAYS | {column for column, since in _SINCE.items() if version >= since}
        check_columns(columns, {*needed, *key, created}, version, NEWEST)
        read_only = newer_layout(version, NEWEST) if version >= _FIRST_WITH_KEY else _KEYLESS
        return Schema(version, columns, key, created, read_only)

    def cookies(
        self, connection: sqlite3.Connection, schema: Schema, profile: Profile
    ) -> Iterator[Cookie]:
        """Read every row as a cookie, without its value."""
        origins = _Origins(container_names(profile.folder))
        for row in connection.execute(_query(schema)):
            yield _cookie(row, schema, profile.id, origins)

    def expires(self, schema: Schema, row: dict[str, Cell]) -> int | None:
        """Say when a row expires, in microseconds since the Unix epoch."""
        return _expiry(row["expiry"], schema)

    def witnesses(self, connection: sqlite3.Connection, schema: Schema) -> dict[str, bytes]:
        """Firefox does not encrypt."""
        del connection, schema
        return {}

    def why_unfit(
        self, connection: sqlite3.Connection, schema: Schema, saved: SavedRows
    ) -> tuple[str, ...]:
        """Firefox loads whatever is there."""
        del connection, schema
        return tuple("" for _ in saved.rows)

    def values(
        self, rows: Iterable[dict[str, Cell]], schema: Schema
    ) -> list[str | UnreadableValueError]:
        """Read the values of rows, which are plain."""
        del schema
        return [as_text(row["value"]) for row in rows]


def _key(version: int) -> tuple[tuple[str, ...], str]:
    """The columns of the unique key, and the one that holds the time of creation."""
    if version < _FIRST_WITH_KEY:
        return ("id",), "id"  # nothing else was unique, and the number was the time of creation
    apart = {4: (), _WITH_APPS: _APPS}.get(version, ("originAttributes",))
    return ("name", "host", "path", *apart), "creationTime"


class _Origins(dict[str, Origin]):
    """Origin attributes, each taken apart once; a store holds few different ones."""

    def __init__(self, names: dict[int, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, suffix: str) -> Origin:
        origin = self[suffix] = parse_origin(suffix, self._names)
        return origin


_OPTIONAL = ("originAttributes", "lastAccessed", "sameSite", "rawSameSite", *_APPS)


def _query(schema: Schema) -> str:
    """The key and what there is of the other columns; of the value only its length."""
    optional = [
        quoted(column) if column in schema.columns else f"NULL AS {quoted(column)}"
        for column in _OPTIONAL
    ]
    return f"""
        SELECT {", ".join(quoted(column) for column in schema.key)}, {quoted(schema.created)},
            name, host, path, expiry, isSecure, isHttpOnly,
            length(CAST(name AS BLOB)) + length(CAST(value AS BLOB)), {", ".join(optional)}
        FROM {_TABLE}
    """  # noqa: S608 - the names are the schema's own


def _cookie(row: tuple[Any, ...], schema: Schema, profile: str, origins: _Origins) -> Cookie:
    width = len(schema.key)
    (
        created, name, host, path, expiry, secure, http_only, size,
        suffix, used, same_site, raw_same_site, app, in_app,
    ) = row[width:]  # fmt: skip
    partition, container, isolation = origins[suffix if type(suffix) is str else as_text(suffix)]
    if schema.version == _WITH_APPS and (app or in_app):
        isolation = f"appId={app}&inBrowserElement={in_app}"
    host = host if type(host) is str else as_text(host)
    # By position, in the order of the fields: names cost as much again as the whole cookie.
    return Cookie(
        CookieKey(profile, row[:width], created),
        name if type(name) is str else as_text(name),
        host,
        path if type(path) is str else as_text(path),
        partition and with_party(partition, host),
        container,
        created if type(created) is int and created else None,
        _expiry(expiry, schema),
        used if type(used) is int and used else None,
        False,  # only persistent cookies are in this file
        bool(secure),
        bool(http_only),
        _same_site(same_site, raw_same_site, schema),
        size if type(size) is int else None,
        None,  # encryption
        None,  # set by a script: not known
        isolation,
    )


def _same_site(value: object, raw: object, schema: Schema) -> SameSite | None:
    if schema.version < _FIRST_WITH_UNSET:
        if not value:
            return None  # 0 stood for SameSite=None and for none given
        if value == 1 and raw == 0:
            return SameSite.UNSET  # treated as Lax, though the site did not ask for it
    return _SAME_SITE.get(as_int(value), SameSite.UNSET)


def _expiry(value: object, schema: Schema) -> int | None:
    number = as_int(value)
    scale = 1_000 if schema.version >= _FIRST_IN_MILLISECONDS else 1_000_000
    return None if number is None else number * scale
