"""What a document is made of, whatever it was written in: lines and tables, in their order."""

from collections.abc import Iterable
from enum import Enum, auto

import msgspec

from cookietui.errors import CatalogueError


class Kind(Enum):
    """What a line is."""

    TEXT = auto()
    ITEM = auto()
    TERM = auto()
    HEADING = auto()
    BREAK = auto()


class Line(msgspec.Struct, frozen=True):
    """A line of text.

    Attributes:
        number: Where it stands, counted from 1.
        text: Its text, without markup.
        kind: What it is; `BREAK` is where a paragraph or list ends, and has no text.
        level: How deep a heading is; 1 is the highest.
    """

    number: int
    text: str = ""
    kind: Kind = Kind.TEXT
    level: int = 0


class Cells(msgspec.Struct, frozen=True):
    """A row of a table.

    Attributes:
        line: Where it stands, counted from 1.
        cells: Its texts.
        heading: Whether it is marked as a heading of columns.
    """

    line: int
    cells: tuple[str, ...]
    heading: bool = False

    @property
    def filled(self) -> tuple[str, ...]:
        """Its cells that hold something; a cell that reaches over several columns counts once."""
        return tuple(
            cell
            for place, cell in enumerate(self.cells)
            if cell and (not place or cell != self.cells[place - 1])
        )


class Table(msgspec.Struct, frozen=True):
    """A table.

    Attributes:
        line: Where it begins, counted from 1.
        rows: Its rows, all as wide as the widest.
        caption: What stands above or below it as its title.
    """

    line: int
    rows: tuple[Cells, ...]
    caption: str = ""


Element = Line | Table
WIDEST = 60  # columns
MOST_LINES = 50_000  # of all pages; the longest policies have a tenth of that
MOST_CELLS = 400_000
_UNSEEN = dict.fromkeys(
    (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)


def shown(text: str) -> str:
    """Leave out what is not seen on a page, such as the places where a name may be broken."""
    return text if text.isascii() else text.translate(_UNSEEN)


def table(line: int, rows: list[Cells], caption: str = "") -> Table:
    """Make a table whose rows are all of one width.

    Rows that are wider than any table of cookies are cut, so that one of them cannot make
    millions of empty cells of all the others.
    """
    width = min(max((len(row.cells) for row in rows), default=0), WIDEST)
    full = [row if len(row.cells) == width else _of_width(row, width) for row in rows]
    return Table(line, tuple(row for row in full if any(row.cells)), caption)


def _of_width(row: Cells, width: int) -> Cells:
    cells = row.cells[:width] + ("",) * (width - len(row.cells))
    return Cells(row.line, cells, row.heading)


def of_a_page(elements: Iterable[Element]) -> list[Element]:
    """The elements of a document, if they are as many as a page can have.

    Raises:
        CatalogueError: They are more.
    """
    found: list[Element] = []
    lines = cells = 0
    for element in elements:
        found.append(element)
        if isinstance(element, Line):
            lines += 1
        else:
            lines += len(element.rows)
            cells += sum(len(row.cells) for row in element.rows)
        check_size(lines, cells)
    return found


def check_size(lines: int, cells: int = 0) -> None:
    """Refuse what would keep the reader busy for minutes.

    Raises:
        CatalogueError: There are more lines or cells than a page can have.
    """
    if lines > MOST_LINES or cells > MOST_CELLS:
        raise CatalogueError(
            f"it has more than {MOST_LINES} lines or {MOST_CELLS} cells",
            "save only the page with the table",
        )
