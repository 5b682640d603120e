"""Tables that are drawn with rules: grids, columns between rules, columns below dashes."""

import re
from collections.abc import Callable, Iterable, Sequence

from cookietui.catalogue.importing.elements import WIDEST, Cells, Table, table

Bare = Callable[[str], str]
Found = tuple[int, Table]  # where it ends, and what it holds

_GRID = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
_RULE = re.compile(r"^\s*={2,}(?:\s+={2,})+\s*$")
_DASHES = re.compile(r"^\s*-{2,}(?:\s+-{2,})+\s*$")
_RULES_OF_A_TABLE = 3


def begins_grid(line: str) -> bool:
    """Whether a line is the upper edge of a grid of ``+---+``."""
    return _GRID.match(line) is not None and line.count("+") <= WIDEST


def begins_ruled(line: str) -> bool:
    """Whether a line is a rule of ``====  ====``."""
    return _RULE.match(line) is not None and len(line.split()) <= WIDEST


def underlines_headings(line: str) -> bool:
    """Whether a line of ``----  ----`` tells where the columns are whose headings stand above."""
    return _DASHES.match(line) is not None and len(line.split()) <= WIDEST


def grid(lines: Sequence[str], place: int, bare: Bare) -> Found:
    """Read a grid, whose cells may take several lines.

    Args:
        lines: Those of the document.
        place: Where its upper edge is.
        bare: Takes the markup out of a cell.
    """
    edges = [at for at, sign in enumerate(lines[place]) if sign == "+"]
    end = place
    while end < len(lines) and lines[end].lstrip()[:1] in ("+", "|"):
        end += 1
    a_line_each = _is_printed(lines[place:end])
    rows: list[Cells] = []
    parts: list[list[str]] = [[] for _ in edges[1:]]
    begin = place + 1
    for at in range(place, end):
        rule = _GRID.match(lines[at])
        if not rule:
            _cut(lines[at], edges, parts)
        if (rule or a_line_each) and any(map(any, parts)):
            heading = bool(rule) and "=" in lines[at]
            number = begin if rule else at
            rows.append(Cells(number + 1, tuple(bare(_joined(cell)) for cell in parts), heading))
        if rule or a_line_each:
            parts, begin = [[] for _ in edges[1:]], at + 1
    return end, table(place + 1, rows)


def _is_printed(lines: Sequence[str]) -> bool:
    """Whether a grid is drawn as database tools print it: a line a row, and no rules between."""
    rules = [at for at, line in enumerate(lines) if _GRID.match(line)]
    if len(rules) != _RULES_OF_A_TABLE or any("=" in lines[at] for at in rules):
        return False
    _, below_headings, last = rules
    return last - below_headings > 2  # noqa: PLR2004 - more than one row


def _cut(line: str, edges: Sequence[int], parts: list[list[str]]) -> None:
    """Cut a line of a grid at its edges; where no edge is drawn a cell reaches further."""
    start = 0
    for number, edge in enumerate(edges[1:]):
        if line[edge : edge + 1] in ("|", "+", ""):
            parts[start].append(line[edges[start] + 1 : edge].strip())
            start = number + 1


def below_dashes(lines: Sequence[str], place: int) -> Found:
    """Read a table whose headings have a line of dashes below them.

    Args:
        lines: Those of the document.
        place: Where the headings are.
    """
    columns = _Columns(re.finditer(r"-+", lines[place + 1]), str.strip)
    columns.add(place + 1, lines[place], heading=True)
    end = place + 2
    while end < len(lines) and lines[end].strip():
        columns.add(end + 1, lines[end], goes_on=end > place + 2)
        end += 1
    return end, table(place + 1, columns.rows())


def ruled(lines: Sequence[str], place: int, bare: Bare) -> Found:
    """Read a table between rules: one above, one below the headings, one at the end.

    Args:
        lines: Those of the document.
        place: Where its first rule is.
        bare: Takes the markup out of a cell.
    """
    columns = _Columns(re.finditer(r"=+", lines[place]), bare)
    rules, end = 1, place + 1
    while end < len(lines) and rules < _RULES_OF_A_TABLE:
        if _RULE.match(lines[end]):
            rules += 1
            if rules < _RULES_OF_A_TABLE:
                columns.are_headings()
        elif lines[end].strip():
            columns.add(end + 1, lines[end], goes_on=True)
        end += 1
    return end, table(place + 1, columns.rows())


class _Columns:
    """Gathers rows whose cells begin at the same places of each line.

    Args:
        rule: The parts of a rule, one above each column.
        bare: Takes the markup out of a cell.
    """

    def __init__(self, rule: Iterable[re.Match[str]], bare: Bare) -> None:
        self._starts = [part.start() for part in rule]
        self._ends = [*self._starts[1:], None]
        self._bare = bare
        self._rows: list[tuple[int, list[list[str]]]] = []
        self._headings = 0

    def add(self, number: int, line: str, *, heading: bool = False, goes_on: bool = False) -> None:
        """Add a line: a row, or what goes on with the last one because its first cell is empty."""
        cells = [
            self._bare(line[at:until]) for at, until in zip(self._starts, self._ends, strict=True)
        ]
        if goes_on and self._rows and not cells[0]:
            for parts, cell in zip(self._rows[-1][1], cells, strict=True):
                parts.append(cell)
            return
        self._rows.append((number, [[cell] for cell in cells]))
        self._headings += heading

    def are_headings(self) -> None:
        """Take all rows so far for headings."""
        self._headings = len(self._rows)

    def rows(self) -> list[Cells]:
        """The rows."""
        return [
            Cells(number, tuple(map(_joined, cells)), heading=place < self._headings)
            for place, (number, cells) in enumerate(self._rows)
        ]


def _joined(parts: Sequence[str]) -> str:
    return " ".join(filter(None, parts))
