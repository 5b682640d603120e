"""What one browser family does its own way; all else about a store is the same for all."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from cookietui.errors import UnknownSchemaError, UnreadableValueError
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile
from cookietui.model.site import Site


class Schema(msgspec.Struct, frozen=True):
    """The layout of a store's table.

    Attributes:
        version: As the store says.
        columns: The columns in the table's order.
        key: The columns of the store's unique key.
        created: The column that holds the creation time.
        read_only: Why a store of this layout is read but never written to; empty if it may be.
    """

    version: int
    columns: tuple[str, ...]
    key: tuple[str, ...]
    created: str
    read_only: str = ""


def newer_layout(version: int, newest: int) -> str:
    """Why a layout that came after the newest one that is known is only read; empty if it is not.

    It is read by the columns that are known. What else it holds, and what must be the same when a
    row is put back, nobody knows yet.
    """
    if version <= newest:
        return ""
    return f"its layout {version} is newer than this version of cookietui knows"


def check_columns(columns: tuple[str, ...], needed: set[str], version: int, newest: int) -> None:
    """Be sure that a table has the columns its layout should have.

    Raises:
        UnknownSchemaError: It lacks some.
    """
    missing = ", ".join(sorted(needed - set(columns)))
    if not missing:
        return
    if version > newest:
        raise UnknownSchemaError(
            f"its layout {version} is newer than any this version knows and lacks {missing}",
            "look for a newer cookietui; nothing is guessed about unknown layouts",
        )
    raise UnknownSchemaError(
        f"it says layout {version} but lacks {missing}",
        "the file is damaged or was changed by another program",
    )


class Dialect(Protocol):
    """What one browser family does its own way."""

    @property
    def family(self) -> Family:
        """The family."""

    @property
    def table(self) -> str:
        """The table that holds the cookies."""

    @property
    def of_values(self) -> tuple[str, ...]:
        """The columns from which a value is had."""

    @property
    def rowid(self) -> str | None:
        """A column that only numbers the rows, which need not be the same after an undo."""

    def schema(self, connection: sqlite3.Connection) -> Schema:
        """Recognise the layout.

        Raises:
            UnknownSchemaError: It is not one this program knows.
        """

    def cookies(
        self,
        connection: sqlite3.Connection,
        schema: Schema,
        profile: Profile,
        site: Site | None = None,
    ) -> Iterator[Cookie]:
        """Read every row as a cookie, without its value; of a site, at least those of the site."""

    def expires(self, schema: Schema, row: dict[str, Cell]) -> int | None:
        """Say when a row expires, in microseconds since the Unix epoch; None for never."""

    def witnesses(self, connection: sqlite3.Connection, schema: Schema) -> dict[str, bytes]:
        """For some hosts, what the store's keys make of them, where that can be had."""

    def why_unfit(
        self, connection: sqlite3.Connection, schema: Schema, saved: SavedRows
    ) -> tuple[str, ...]:
        """For every saved row, why the browser might not be able to load it; empty if it will."""

    def values(
        self, rows: Iterable[dict[str, Cell]], schema: Schema
    ) -> list[str | UnreadableValueError]:
        """Reveal values from their columns, and in the place of a value why it cannot be had."""
