"""Tables that are written as lines: with bars, tabs or arrows, or with nothing at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cookietui.catalogue.importing import flattened, stacked
from cookietui.catalogue.importing.elements import Cells, Element, Kind, Line, Table, table
from cookietui.catalogue.importing.names import looks_like_name
from cookietui.catalogue.importing.words import purpose_of, role_of

Known = Callable[[str], bool]
_Found = tuple[int, Table | None]  # where it ends, and what it holds

_BAR = "|"
_BARS = 3  # in one line that are enough to take it for a table
_BAR_BETWEEN = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:+=-]+$")
_TABS = re.compile(r"\t+| {4,}")
_ARROW = re.compile(r"(?<!\s)\s+(?:->|→|=>|»|::)\s+")


def with_tables(elements: Iterable[Element], known: Known) -> Iterator[Element]:
    """Replace lines that make a table by it.

    Args:
        elements: What a document is made of; where paragraphs end is left out.
        known: Whether a word is a name of a cookie that providers declare.
    """
    section = _Section(known)
    for element in elements:
        if isinstance(element, Line) and element.kind is not Kind.HEADING:
            section.add(element)
            continue
        yield from section.read()
        section = _Section(known)
        yield element
    yield from section.read()


class _Section:
    """The lines between two headings or tables.

    Args:
        known: Whether a word is a name of a cookie that providers declare.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lines: list[Line] = []
        self._without_bars: list[Line] = []
        self._breaks = 0
        self._far: set[int] = set()  # lines that stand at some distance from the one above
        # What has been looked through in vain need not be looked through again from each line.
        self._boxed_until = self._no_arrows_until = 0

    def add(self, line: Line) -> None:
        """Add the next line."""
        if line.kind is Kind.BREAK:
            self._breaks += 1
            return
        if self._breaks > 1:
            self._far.add(len(self._lines))
        self._breaks = 0
        self._lines.append(line)
        bare = line
        if _BAR in line.text:
            bare = Line(line.number, line.text.strip().strip(_BAR).strip())
        self._without_bars.append(bare)

    def read(self) -> Iterator[Element]:
        """The lines, and the tables that some of them make."""
        readers = (self._bars, self._tabs, self._arrows, self._stacked, self._flattened)
        place = 0
        while place < len(self._lines):
            for reader in readers:
                end, made = reader(place)
                if made is not None:
                    yield made
                    place = end
                    break
            else:
                yield self._lines[place]
                place += 1

    def _bars(self, place: int) -> _Found:
        lines = self._lines
        if place < self._boxed_until:
            return self._boxed(place)
        end = place
        while end < len(lines) and _BAR in lines[end].text:
            if end > place and end in self._far:
                break
            end += 1
        if end == place or (end == place + 1 and lines[place].text.count(_BAR) < _BARS):
            return place, None
        if not any(_BAR in line.text for line in self._without_bars[place:end]):
            self._boxed_until = end
            return self._boxed(place)
        rows = [
            Cells(line.number, _from_headings(_between_bars(line.text)))
            for line in lines[place:end]
            if not _RULE.match(line.text)
        ]
        return end, table(lines[place].number, rows)

    def _boxed(self, place: int) -> _Found:
        """Read lines that have a bar at either end: a cell a line."""
        return stacked.read(self._without_bars, place, self._boxed_until, fewest=2)

    def _tabs(self, place: int) -> _Found:
        text = self._lines[place].text
        return (
            self._separated(place, _TABS.split) if "\t" in text or "    " in text else (place, None)
        )

    def _arrows(self, place: int) -> _Found:
        if place < self._no_arrows_until:
            return place, None
        end, found = self._separated(place, _ARROW.split)
        if found is None:
            return place, None
        first = [row.cells[0] for row in found.rows]
        if any(looks_like_name(cell) or self._known(cell) for cell in first):
            return end, found
        self._no_arrows_until = end
        return place, None

    def _separated(self, place: int, split: Callable[[str], list[str]]) -> _Found:
        rows: list[Cells] = []
        end = place
        aside: Cells | None = None
        for at in range(place, len(self._lines)):
            line = self._lines[at]
            cells = tuple(cell.strip() for cell in split(line.text))
            row = Cells(line.number, cells)
            if len(cells) > 1:
                rows += [row] if aside is None else [aside, row]
                aside = None
                end = at + 1
            elif rows and aside is None and purpose_of(line.text) is not None:
                aside = row  # A category may stand alone between the rows.
            else:
                break
        return (end, table(rows[0].line, rows)) if len(rows) > 1 else (place, None)

    def _stacked(self, place: int) -> _Found:
        return stacked.read(self._lines, place, len(self._lines), fewest=3)

    def _flattened(self, place: int) -> _Found:
        return flattened.read(self._lines, place, self._known)


def _from_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Leave out what stands before the headings on the same line, such as a link."""
    slipped = len(cells) > _BARS and role_of(cells[0]) is None and all(map(role_of, cells[1:]))
    return tuple(cells[1:] if slipped else cells)


def _between_bars(text: str) -> list[str]:
    bare = text.strip().removeprefix(_BAR).removesuffix(_BAR)
    return [cell.strip() for cell in _BAR_BETWEEN.split(bare)]
