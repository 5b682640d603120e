"""What is going to be deleted, and what became of it."""

from enum import StrEnum

import msgspec

from cookietui.model.cookie import Cookie
from cookietui.model.profile import Family, Profile
from cookietui.model.verdict import JudgedCookie


class Kept(msgspec.Struct, frozen=True):
    """A cookie that stays, and why."""

    cookie: Cookie
    why: str


class Failure(msgspec.Struct, frozen=True):
    """A profile that could not be read or changed, and why.

    Attributes:
        profile: The profile's id.
        error: The name of the error, such as ``BrowserRunningError``.
        message: What is the matter.
        hint: What the person can do.
        exit_code: The exit status that goes with it.
        changed: Whether the store was changed all the same, which could not be proven.
    """

    profile: str
    error: str
    message: str
    hint: str
    exit_code: int
    changed: bool = False


class Part(msgspec.Struct, frozen=True):
    """What goes from one store."""

    profile: Profile
    deleting: tuple[JudgedCookie, ...]


class Plan(msgspec.Struct, frozen=True):
    """What a confirmation shows and what is then executed, nothing else.

    Attributes:
        site: The site the person looks at, for the journal.
        parts: What goes, by store.
        keeping: What stays of the site, and why.
        refused: Stores that would be changed but cannot be.
    """

    site: str
    parts: tuple[Part, ...]
    keeping: tuple[Kept, ...]
    refused: tuple[Failure, ...] = ()

    @property
    def deleting(self) -> tuple[JudgedCookie, ...]:
        """Everything that goes, from every store."""
        return tuple(judged for part in self.parts for judged in part.deleting)


class Status(StrEnum):
    """How an operation on several stores ended."""

    PLANNED = "planned"
    DONE = "done"
    PARTIAL = "partial"
    REFUSED = "refused"


class Receipt(msgspec.Struct, frozen=True):
    """What became of a plan.

    Attributes:
        status: Whether all of it, some of it or none of it was done.
        journal: The id under which it can be undone; None if nothing was deleted.
        deleted: What is gone, verified by reading the stores again.
        keeping: What was kept, and why.
        refused: Stores in which nothing was changed.
    """

    status: Status
    journal: str | None
    deleted: tuple[JudgedCookie, ...]
    keeping: tuple[Kept, ...]
    refused: tuple[Failure, ...]


class SavedRow(msgspec.Struct, frozen=True):
    """One row, byte for byte.

    Attributes:
        expires: When it expires, in microseconds since the Unix epoch; None for never.
        cells: Its columns' values in the table's order; text as bytes in `TextCell`.
        id: The cookie's id; empty in records of earlier versions.
        created: When the cookie was created, as the store writes it.
    """

    expires: int | None
    cells: tuple["Cell", ...]
    id: str = ""
    created: int | None = None


class TextCell(msgspec.Struct, frozen=True, tag="text"):
    """Text as it lies in the database, which need not be UTF-8."""

    raw: bytes


Cell = None | int | float | bytes | TextCell


class SavedRows(msgspec.Struct, frozen=True):
    """Rows of one store, with what must be the same for them to be put back.

    Attributes:
        profile: The profile's id.
        family: How the store is laid out.
        store: The path of the database.
        schema: The version of its layout.
        table: The table the rows are from.
        columns: Its columns in order.
        witnesses: For some hosts of the store, what its encryption key makes of them. A row that is
            encrypted with another key makes Chromium drop all cookies of the site, so rows are put
            back only if the witnesses still say the same.
        rows: The rows.
    """

    profile: str
    family: Family
    store: str
    schema: int
    table: str
    columns: tuple[str, ...]
    witnesses: dict[str, bytes]
    rows: tuple[SavedRow, ...]

    def name(self, row: SavedRow) -> str:
        """The cookie's name."""
        return self._text(row, "name")

    def host(self, row: SavedRow) -> str:
        """The cookie's host."""
        return self._text(row, "host_key" if "host_key" in self.columns else "host")

    def _text(self, row: SavedRow, column: str) -> str:
        cell = row.cells[self.columns.index(column)]
        raw = cell.raw if isinstance(cell, TextCell) else cell
        return raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else ""


class Skipped(msgspec.Struct, frozen=True):
    """A saved cookie that was not put back, and why."""

    name: str
    host: str
    why: str


class Restoration(msgspec.Struct, frozen=True):
    """What became of an undo.

    Attributes:
        status: Whether all, some or none of it was put back.
        journal: The id of the deletion.
        restored: How many cookies are back, verified by reading the stores again.
        skipped: What was not put back, and why.
        refused: Stores in which nothing was changed.
    """

    status: Status
    journal: str
    restored: int
    skipped: tuple[Skipped, ...]
    refused: tuple[Failure, ...]
