"""What one browser family does its own way; all else about a store is the same for all."""

import sqlite3
from collections.abc import Iterator
from typing import Protocol

import msgspec

from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Family, Profile


class Schema(msgspec.Struct, frozen=True):
    """The layout of a store's table.

    Attributes:
        version: As the store says.
        columns: The columns in the table's order.
        key: The columns of the store's unique key.
        created: The column that holds the creation time.
    """

    version: int
    columns: tuple[str, ...]
    key: tuple[str, ...]
    created: str


class Dialect(Protocol):
    """What one browser family does its own way."""

    @property
    def family(self) -> Family:
        """The family."""

    @property
    def table(self) -> str:
        """The table that holds the cookies."""

    @property
    def rowid(self) -> str | None:
        """A column that only numbers the rows, which need not be the same after an undo."""

    def schema(self, connection: sqlite3.Connection) -> Schema:
        """Recognise the layout.

        Raises:
            UnknownSchemaError: It is not one this program knows.
        """

    def cookies(
        self, connection: sqlite3.Connection, schema: Schema, profile: Profile
    ) -> Iterator[Cookie]:
        """Read every row as a cookie, without its value."""

    def expires(self, schema: Schema, row: dict[str, Cell]) -> int | None:
        """Say when a row expires, in microseconds since the Unix epoch; None for never."""

    def witnesses(self, connection: sqlite3.Connection, schema: Schema) -> dict[str, bytes]:
        """For some hosts, what the store's keys make of them, where that can be had."""

    def why_unfit(
        self, connection: sqlite3.Connection, schema: Schema, saved: SavedRows
    ) -> tuple[str, ...]:
        """For every saved row, why the browser might not be able to load it; empty if it will."""

    def value(self, row: dict[str, Cell], schema: Schema, profile: Profile) -> str:
        """Decrypt the value of one row.

        Raises:
            UnreadableValueError: It cannot be.
        """
