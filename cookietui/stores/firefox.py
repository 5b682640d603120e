"""The Firefox family's ``cookies.sqlite``: schema versions 9 to 17.

The facts are from netwerk/cookie/CookiePersistentStorage.cpp and caps/OriginAttributes.cpp in
Firefox's source.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from cookietui.errors import UnknownSchemaError
from cookietui.model.cookie import Container, Cookie, CookieKey, Partition, SameSite
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.model.site import registrable_domain, site_of
from cookietui.stores.dialect import Schema
from cookietui.stores.rows import as_int, as_text, columns_of

OLDEST, NEWEST = 9, 17
_TABLE = "moz_cookies"
_KEY = ("name", "host", "path", "originAttributes")
_FIRST_IN_MILLISECONDS = 16
_SAME_SITE: dict[int | None, SameSite] = {0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}
_FIRST_WITH_UNSET = 15  # as sameSite 256; before, it was written as 0 like None
_CONTAINER_DIGITS = 10  # an unsigned 32-bit number; more is nonsense, and slow to read
_FOREIGN = "f"
_CONTAINER_TITLES = {
    "user-context-personal": "Personal",
    "user-context-work": "Work",
    "user-context-banking": "Banking",
    "user-context-shopping": "Shopping",
    "userContextPersonal.label": "Personal",
    "userContextWork.label": "Work",
    "userContextBanking.label": "Banking",
    "userContextShopping.label": "Shopping",
}


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
        if not OLDEST <= version <= NEWEST:
            raise UnknownSchemaError(
                f"its layout {version} is not one this version knows ({OLDEST} to {NEWEST})",
                "look for a newer cookietui; nothing is guessed about unknown layouts",
            )
        missing = {"id", *_KEY, "creationTime", "expiry", "sameSite"} - set(columns)
        if missing:
            raise UnknownSchemaError(
                f"it says layout {version} but lacks {', '.join(sorted(missing))}",
                "the file is damaged or was changed by another program",
            )
        return Schema(version, columns, _KEY, "creationTime")

    def cookies(
        self, connection: sqlite3.Connection, schema: Schema, profile: Profile
    ) -> Iterator[Cookie]:
        """Read every row as a cookie, without its value."""
        names = container_names(profile.folder)
        origins: dict[str, Origin] = {}
        for row in connection.execute(_QUERY):
            suffix = as_text(row[3])
            if suffix not in origins:
                origins[suffix] = parse_origin(suffix, names)
            yield _cookie(row, schema, profile, origins[suffix])

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

    def value(self, row: dict[str, Cell], schema: Schema, profile: Profile) -> str:
        """Read the value of one row, which is plain."""
        del schema, profile
        return as_text(row["value"])


Origin = tuple[Partition | None, Container | None, str]

# Only the value's length is read.
_QUERY = f"""
    SELECT name, host, path, originAttributes, creationTime, expiry, lastAccessed, isSecure,
        isHttpOnly, sameSite, length(CAST(name AS BLOB)) + length(CAST(value AS BLOB))
    FROM {_TABLE}
"""  # noqa: S608 - the table is a constant


def parse_origin(suffix: str, names: dict[int, str]) -> Origin:
    """Read origin attributes: the partition, the container, and whatever else keeps cookies apart.

    Args:
        suffix: As stored, such as ``^userContextId=6&partitionKey=%28https%2Cb.test%29``.
        names: The containers' names by their numbers.
    """
    attributes = dict(parse_qsl(suffix.removeprefix("^"), keep_blank_values=True))
    number = attributes.pop("userContextId", "")
    container = None
    if number.isdecimal() and len(number) <= _CONTAINER_DIGITS and int(number):
        container = Container(int(number), names.get(int(number)))
    partition = _partition(attributes.pop("partitionKey", ""))
    rest = "&".join(f"{name}={value}" for name, value in sorted(attributes.items()))
    return partition, container, rest


def container_names(folder: Path) -> dict[int, str]:
    """Read what the person calls the containers; without the file they have numbers only."""
    try:
        identities = json.loads((folder / "containers.json").read_bytes())["identities"]
        return {
            identity["userContextId"]: str(
                identity.get("name") or _CONTAINER_TITLES[_label(identity)]
            )
            for identity in identities
            if identity.get("public") and (identity.get("name") or _label(identity))
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _label(identity: dict[str, str]) -> str:
    label = identity.get("l10nId") or identity.get("l10nID") or ""
    return label if label in _CONTAINER_TITLES else ""


def _partition(key: str) -> Partition | None:
    """Read ``(scheme,domain[,port][,f])``, or a bare host, in which ``:`` is written ``+``."""
    if not key:
        return None
    parts = key.strip("()").split(",")
    if not key.startswith("(") or len(parts) < 2:  # noqa: PLR2004 - a scheme and a domain
        return Partition(key.replace("+", ":"), None)
    scheme, domain, *rest = parts
    port = next((f":{part}" for part in rest if part.isdecimal()), "")
    return Partition(f"{scheme}://{domain.replace('+', ':')}{port}", _FOREIGN in rest)


def _cookie(row: tuple[Any, ...], schema: Schema, profile: Profile, origin: Origin) -> Cookie:
    name, host, path, suffix, created, expiry, used, secure, http_only, same_site, size = row
    partition, container, isolation = origin
    return Cookie(
        key=CookieKey(profile.id, (name, host, path, suffix), created),
        name=as_text(name),
        host=as_text(host),
        path=as_text(path),
        partition=_with_party(partition, as_text(host)),
        container=container,
        created=as_int(created) or None,
        expires=_expiry(expiry, schema),
        last_used=as_int(used) or None,
        session=False,  # only persistent cookies are in this file
        secure=bool(secure),
        http_only=bool(http_only),
        same_site=_same_site(same_site, schema),
        size=as_int(size),
        encryption=None,
        isolation=isolation,
    )


def _with_party(partition: Partition | None, host: str) -> Partition | None:
    """The foreign bit is written only for embeds of a site in itself by way of another one."""
    if partition is None or partition.cross_site:
        return partition
    top = site_of(partition.site)
    return Partition(partition.site, registrable_domain(host) != top)


def _same_site(value: object, schema: Schema) -> SameSite:
    if value == 0 and schema.version < _FIRST_WITH_UNSET:
        return SameSite.UNSET  # 0 stood for both: no promise can be read from it
    return _SAME_SITE.get(as_int(value), SameSite.UNSET)


def _expiry(value: object, schema: Schema) -> int | None:
    number = as_int(value)
    scale = 1_000 if schema.version >= _FIRST_IN_MILLISECONDS else 1_000_000
    return None if number is None else number * scale
