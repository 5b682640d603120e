"""The Firefox family's ``cookies.sqlite``: schema versions 2 to 17.

The facts are from netwerk/cookie/CookiePersistentStorage.cpp in Firefox's source, and from its
forerunner nsCookieService.cpp.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import repeat

from cookietui.errors import UnknownSchemaError, UnreadableValueError
from cookietui.model.cookie import Cookie, CookieKey, SameSite
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.model.site import Site
from cookietui.stores.batches import Column, Rows, batches, moments, numbers, texts, turned
from cookietui.stores.concerning import concerning
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
_IDENTIFYING = ("id", "name", "host", "path")  # in the key; the rest of it keeps them apart
_READ = ("name", "host", "path", "expiry")
_USED, _SIZE = "last used", "size"
_APPS = ("appId", "inBrowserElement")  # what kept cookies apart in layout 5
_WITH_APPS = 5
_FIRST_IN_MILLISECONDS = 16
_SAME_SITE: dict[int | None, SameSite] = {0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}
_FIRST_WITH_UNSET = 15  # as sameSite 256; before, see below


class Firefox:
    """How the Firefox family keeps cookies."""

    family = Family.FIREFOX
    table = _TABLE
    of_values = ("value",)
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
        self,
        connection: sqlite3.Connection,
        schema: Schema,
        profile: Profile,
        site: Site | None = None,
    ) -> Iterator[Cookie]:
        """Read rows as cookies, without their values; of a site, at least those of the site."""
        named, small = _columns(schema)
        width, apart = len(schema.key), [part for part in schema.key if part not in _IDENTIFYING]
        traits, origins = _Traits(schema), _Origins(container_names(profile.folder))
        partition = "originAttributes" if "originAttributes" in schema.columns else None
        which = concerning(site, "host", partition, escaped=True)
        for columns in batches(connection, Rows(_TABLE, (*named.values(), *small), *which)):
            cells = dict(zip(named, columns, strict=False))
            secure, http_only, same_site = turned(
                map(traits.__getitem__, turned(columns[len(named) :]))
            )
            hosts = texts(cells["host"])
            kept_apart = turned(cells[part] for part in apart) if apart else repeat((), len(hosts))
            partitions, containers, isolation = turned(map(origins.__getitem__, kept_apart))
            created = cells[schema.created]
            # By position, in the order of the fields.
            yield from map(
                Cookie,
                map(CookieKey, repeat(profile.id), turned(columns[:width]), created),
                texts(cells["name"]),
                hosts,
                texts(cells["path"]),
                [part and with_party(part, of) for part, of in zip(partitions, hosts, strict=True)],
                containers,
                moments(created),
                _expiries(cells["expiry"], schema),
                moments(cells[_USED]),
                repeat(False),  # only persistent cookies are in this file
                secure, http_only, same_site, numbers(cells[_SIZE]),
                repeat(None),  # encryption
                repeat(None),  # set by a script: not known
                isolation,
            )  # fmt: skip

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


class _Origins(dict[tuple[object, ...], Origin]):
    """What keeps cookies apart, each taken apart once; a store holds few that differ.

    Args:
        names: The containers' names by their numbers.
    """

    def __init__(self, names: dict[int, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, cells: tuple[object, ...]) -> Origin:
        suffix = as_text(cells[0]) if len(cells) == 1 else ""
        partition, container, isolation = parse_origin(suffix, self._names)
        if len(cells) == len(_APPS) and any(cells):
            app, in_app = cells
            isolation = f"appId={app}&inBrowserElement={in_app}"
        return self.setdefault(cells, (partition, container, isolation))


class _Traits(dict[tuple[object, ...], tuple[bool, bool, SameSite | None]]):
    """What follows from the small columns of a row; few of the rows of a store differ in them."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema

    def __missing__(self, row: tuple[object, ...]) -> tuple[bool, bool, SameSite | None]:
        secure, http_only, same_site, raw = row
        traits = (bool(secure), bool(http_only), _same_site(same_site, raw, self._schema))
        return self.setdefault(row, traits)


def _columns(schema: Schema) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is read of a row: columns by their names, the key first, and the small ones.

    None is read twice. Of the value only its length is.
    """
    used, same_site, raw = (
        quoted(column) if column in schema.columns else "NULL"
        for column in ("lastAccessed", "sameSite", "rawSameSite")
    )
    columns = {column: quoted(column) for column in (*schema.key, schema.created, *_READ)}
    columns |= {
        _USED: used,
        _SIZE: "length(CAST(name AS BLOB)) + length(CAST(value AS BLOB))",
    }
    return columns, ("isSecure", "isHttpOnly", same_site, raw)


def _same_site(value: object, raw: object, schema: Schema) -> SameSite | None:
    if schema.version < _FIRST_WITH_UNSET:
        if not value:
            return None  # 0 stood for SameSite=None and for none given
        if value == 1 and raw == 0:
            return SameSite.UNSET  # treated as Lax, though the site did not ask for it
    return _SAME_SITE.get(as_int(value), SameSite.UNSET)


def _expiry(value: object, schema: Schema) -> int | None:
    return _expiries((value,), schema)[0]


def _expiries(column: Column, schema: Schema) -> list[int | None]:
    scale = 1_000 if schema.version >= _FIRST_IN_MILLISECONDS else 1_000_000
    return [None if each is None else each * scale for each in numbers(column)]
