"""What a list of rows shows: columns, and the cells of a row when it comes into view."""

from collections.abc import Callable
from typing import Any

import msgspec
from rich.cells import cell_len, set_cell_size

GAP = 2
"""Cells between two columns."""

_LOOKED_AT = 20_000  # rows in which the one under the cursor is found again


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        title: Its heading.
        width: In cells; 0 for the one column that takes what is left.
        minimum: What the column that takes the rest must have, or later columns give way.
        right: Whether it is set flush right.
    """

    title: str
    width: int = 0
    minimum: int = 28
    right: bool = False


class Cell(msgspec.Struct, frozen=True):
    """What stands in one column of one row.

    Attributes:
        text: Visible text; strangers' text must have been made visible before.
        tone: The theme variable of its colour; empty for the ordinary one.
        bold: Whether it is bold.
        italic: Whether it is italic.
        parts: Texts with tones of their own that stand instead of ``text``, narrower than the
            column together.
    """

    text: str = ""
    tone: str = ""
    bold: bool = False
    italic: bool = False
    parts: tuple[tuple[str, str], ...] = ()


class Rows(msgspec.Struct, frozen=True):
    """What a list shows.

    Attributes:
        count: How many rows.
        row: Makes the cells of one row, when it comes into view.
        heading: Whether a row begins a group.
        key: What tells a row from every other, to find it again in other rows.
        find: Where the row with a key is, if anybody knows better than to look at each.
    """

    count: int = 0
    row: Callable[[int], tuple[Cell, ...]] = lambda _: ()
    heading: Callable[[int], bool] = lambda _: False
    key: Callable[[int], Any] = lambda index: index
    find: Callable[[Any], int | None] | None = None

    def place(self, key: object) -> int | None:
        """Where the row with a key is."""
        if self.find is not None:
            return self.find(key)
        return next((i for i in range(min(self.count, _LOOKED_AT)) if self.key(i) == key), None)


def fitting(columns: tuple[Column, ...], width: int) -> list[tuple[Column, int]]:
    """The columns that fit side by side, with the room that each has.

    Columns are left out from the right until the one that takes the rest has its minimum.
    """
    left = list(columns)
    while True:
        fixed = sum(column.width + GAP for column in left) - GAP
        rest = width - fixed
        least = next(column.minimum for column in left if not column.width)
        if rest >= least or not left[-1].width:
            return [(column, column.width or max(rest, 1)) for column in left]
        left.pop()


def fit(text: str, width: int, *, right: bool = False, cut: str = "…") -> str:
    """Cut or fill a text to an exact number of cells; ``cut`` stands where something is missing."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, max(width - 1, 0)) + cut[:width]
    return " " * (width - length) + text if right else text + " " * (width - length)
