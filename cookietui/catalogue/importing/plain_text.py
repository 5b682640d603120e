"""Plain text and reStructuredText: lines, underlined titles and drawn tables."""

import re
from collections.abc import Iterator

from cookietui.catalogue.importing import ruled_tables
from cookietui.catalogue.importing.directives import directive_at, read_directive
from cookietui.catalogue.importing.elements import Element, Kind, Line, check_size, of_a_page, shown
from cookietui.catalogue.importing.inline_markup import stripped, without_markup

_BULLET = re.compile(r"^\s*(?:[-\u2013\u2014*•·▪◦‣]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_UNDERLINE = re.compile(r"^([=\-~^\"'`#*+])\1{2,}\s*$")
_SHORT_TITLE = 4  # characters that are underlined at least
# Comments, targets of links and anonymous targets: they are not shown.
_NOT_SHOWN = re.compile(r"^\s*\.\.(\s|$)|^__? ")
_INDENTED = re.compile(r"^\s+\S")
_RESTRUCTURED = re.compile(
    r"^\.\. [\w-]{1,40}::|^\.\. _[^:\n]{1,200}:|``[ \t]*$|^={2,}(?:[ \t]+={2,})+[ \t]*$|^\+=+\+",
    re.MULTILINE,
)


def plain(text: str) -> list[Element]:
    """Read plain text.

    Raises:
        CatalogueError: It is longer than any page.
    """
    return of_a_page(_Reader(text, marked_up=False).read())


def restructured(text: str) -> list[Element]:
    """Read reStructuredText: what of it can hold cookies.

    Raises:
        CatalogueError: It is longer than any page.
    """
    return of_a_page(_Reader(text, marked_up=True).read())


def written_in_restructured_text(text: str) -> bool:
    """Whether a document is reStructuredText."""
    return _RESTRUCTURED.search(text) is not None


class _Reader:
    """Reads a document line by line.

    Args:
        text: The document.
        marked_up: Whether it is reStructuredText.
    """

    def __init__(self, text: str, *, marked_up: bool) -> None:
        self._lines = shown(text).splitlines()
        check_size(len(self._lines))
        self._marked_up = marked_up
        self._bare = without_markup if marked_up else stripped
        # Which sign underlines titles of which level is told by which comes first.
        self._levels: dict[str, int] = {}

    def read(self) -> Iterator[Element]:
        place = 0
        while place < len(self._lines):
            end, elements = self._table(place) or self._title(place) or self._special(place)
            if end > place:
                yield from elements
                place = end
                continue
            place += 1
            yield self._line(place)

    def _table(self, place: int) -> tuple[int, list[Element]] | None:
        lines = self._lines
        if ruled_tables.begins_grid(lines[place]):
            end, table = ruled_tables.grid(lines, place, self._bare)
        elif lines[place].strip() and ruled_tables.underlines_headings(self._following(place)):
            end, table = ruled_tables.below_dashes(lines, place)
        elif self._marked_up and ruled_tables.begins_ruled(lines[place]):
            end, table = ruled_tables.ruled(lines, place, self._bare)
        else:
            return None
        return end, [table]

    def _title(self, place: int) -> tuple[int, list[Element]] | None:
        title, under = self._lines[place].rstrip(), self._following(place).rstrip()
        underlined = _UNDERLINE.match(under)
        if not underlined or not title or title[0].isspace() or _UNDERLINE.match(title):
            return None
        if len(under) < min(len(title), _SHORT_TITLE):
            return None
        level = self._levels.setdefault(under[0], len(self._levels) + 1)
        return place + 2, [Line(place + 1, self._bare(title), Kind.HEADING, level)]

    def _special(self, place: int) -> tuple[int, list[Element]]:
        """Read what only reStructuredText has; it ends where it begins if it is nothing of it."""
        line = self._lines[place]
        if not self._marked_up:
            return place, []
        if directive := directive_at(line):
            return read_directive(self._lines, place, directive)
        if _NOT_SHOWN.match(line) or _UNDERLINE.match(line):
            return place + 1, []
        if line.rstrip().endswith("::") and place + 1 < len(self._lines):
            return self._literal(place)
        return place, []

    def _literal(self, place: int) -> tuple[int, list[Element]]:
        """Leave an example out: what is in it is no declaration."""
        lines = self._lines
        end = place + 1
        while end < len(lines) and (not lines[end].strip() or lines[end][0].isspace()):
            end += 1
        return end, [Line(place + 1, lines[place].rstrip()[:-1].strip())]

    def _line(self, number: int) -> Line:
        text = self._lines[number - 1]
        if not text.strip():
            return Line(number, kind=Kind.BREAK)
        if bullet := _BULLET.match(text):
            return Line(number, self._bare(text[bullet.end() :]), Kind.ITEM)
        defined = _INDENTED.match(self._following(number - 1))
        term = self._marked_up and not text[0].isspace() and defined
        return Line(number, self._bare(text), Kind.TERM if term else Kind.TEXT)

    def _following(self, place: int) -> str:
        return self._lines[place + 1] if place + 1 < len(self._lines) else ""
