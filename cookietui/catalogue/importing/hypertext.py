"""HTML pages: a parsed page becomes lines and tables."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cookietui.catalogue.importing import tags
from cookietui.catalogue.importing.elements import (
    WIDEST,
    Cells,
    Element,
    Kind,
    Line,
    check_size,
    of_a_page,
    shown,
    table,
)

_TEXT = "-text"
_SKIPPED = frozenset(
    """
    script style template noscript nav svg head select iframe object canvas video audio map
    textarea datalist
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main
    ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 4, "legend": 5}
_GROUPS = frozenset({"ul", "ol", "dl", "section", "article", "details", "p"})
_KINDS = {"dt": Kind.TERM, "li": Kind.ITEM, "dd": Kind.TEXT}
_HIGHEST = 2_000  # rows that one cell may reach over
_DIGITS = 4  # of such a number
_PAGE = re.compile(
    r"<(html|body|table|div|p|ul|h[1-6]|tr|dl|section)\b[^<>]{0,400}>", re.IGNORECASE
)


def html(text: str) -> list[Element]:
    """Read an HTML page.

    Raises:
        CatalogueError: It is nested as no page is, or longer than any.
    """
    return elements_of(tags.numbered(text), text.count("\n") + 1, breaks_lines=False)


def written_in_html(text: str) -> bool:
    """Whether a document is an HTML page or a part of one."""
    return _PAGE.search(text) is not None


def elements_of(page: str, lines: int, *, breaks_lines: bool) -> list[Element]:
    """Read a page whose tags tell where they stand.

    Args:
        page: The page.
        lines: How many lines the document has.
        breaks_lines: Whether what breaks a line stands for the end of one in the document.

    Raises:
        CatalogueError: It is longer than any page.
    """
    root = LexborHTMLParser(page).root
    reader = _Reader(root, lines, breaks_lines=breaks_lines) if root is not None else None
    return of_a_page(reader.read()) if reader else []


class _Reader:
    """Walks a page once, and gathers text until a block begins or ends."""

    def __init__(self, root: LexborNode, lines: int, *, breaks_lines: bool) -> None:
        self._root = root
        self._lines = lines
        self._breaks_lines = breaks_lines
        self._layouts = _layouts(root)
        self._text: list[str] = []
        self._number = 1
        self._kind, self._level = Kind.TEXT, 0
        self._cells = 0

    def read(self) -> Iterator[Element]:
        # Nodes still to be entered, and blocks still to be left.
        waiting: list[tuple[LexborNode, bool]] = [(self._root, False)]
        while waiting:
            node, leaving = waiting.pop()
            tag = node.tag or ""
            if leaving:
                yield from self._leave(tag)
            elif tag == _TEXT:
                self._text.append(node.text_content or "")
            elif tag == "br":
                yield from self._flush()
                self._number = min(self._number + self._breaks_lines, self._lines)
            elif tag == "table" and node.mem_id not in self._layouts:
                yield from self._flush()
                self._number = self._line(node)
                yield self._table(node)
            elif tag not in _SKIPPED:
                if tag in _BLOCKS:
                    yield from self._flush()
                    self._enter(node, tag)
                    waiting.append((node, True))
                waiting += [(child, False) for child in reversed(_children(node))]
        yield from self._flush()

    def _enter(self, node: LexborNode, tag: str) -> None:
        self._number = self._line(node)
        if tag in _HEADINGS:
            self._kind, self._level = Kind.HEADING, _HEADINGS[tag]
        elif tag in _KINDS:
            self._kind = _KINDS[tag]

    def _leave(self, tag: str) -> Iterator[Line]:
        yield from self._flush()
        self._kind, self._level = Kind.TEXT, 0
        if tag in _GROUPS:
            yield Line(self._number, kind=Kind.BREAK)

    def _flush(self) -> Iterator[Line]:
        if not self._text:
            return
        text = " ".join(shown("".join(self._text)).split())
        self._text.clear()
        if text:
            yield Line(self._number, text, self._kind, self._level)
            if self._kind is Kind.ITEM:
                self._kind = Kind.TEXT

    def _line(self, node: LexborNode) -> int:
        """Where a node stands; where the last one stood, if that was not written into it."""
        written = node.attributes.get(tags.LINE) or ""
        number = (
            int(written) if written.isdecimal() and len(written) <= len(f"{self._lines}") else 0
        )
        return number if 0 < number <= self._lines else self._number

    def _table(self, node: LexborNode) -> Element:
        caption = node.css_first("caption")
        rows: list[Cells] = []
        reaching: dict[int, tuple[int, str]] = {}
        for row in node.css("tr"):
            if row.parent is not None and row.parent.tag == "tfoot":
                continue
            rows.append(self._row(row, reaching))
            self._cells += len(rows[-1].cells)
            check_size(len(rows), self._cells)
        return table(self._number, rows, _text(caption) if caption is not None else "")

    def _row(self, row: LexborNode, reaching: dict[int, tuple[int, str]]) -> Cells:
        """Read a row; cells that reach over several rows and columns stand in each of them."""
        cells: list[str] = []
        heads = bool(row.first_child)
        cell = row.first_child
        while cell is not None and len(cells) < WIDEST:
            tag = cell.tag
            if tag in ("td", "th"):
                heads = heads and tag == "th"
                _fill(cells, reaching)
                _add(cells, reaching, cell)
            cell = cell.next
        heads = heads and bool(cells)
        _fill(cells, reaching)
        return Cells(self._line(row), tuple(cells), heads)


def _add(cells: list[str], reaching: dict[int, tuple[int, str]], cell: LexborNode) -> None:
    """Add a cell to its row, and note which rows below it reaches into."""
    text = _text(cell)
    attributes = cell.attributes
    if not attributes:
        cells.append(text)
        return
    wide = min(_span(attributes.get("colspan")), WIDEST - len(cells))
    below = min(_span(attributes.get("rowspan")), _HIGHEST) - 1
    for _ in range(wide):
        if below:
            reaching[len(cells)] = below, text
        cells.append(text)


def _fill(cells: list[str], reaching: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down to here from rows above."""
    while reaching and (left := reaching.pop(len(cells), None)) is not None:
        below, text = left
        if below > 1:
            reaching[len(cells)] = below - 1, text
        cells.append(text)


def _span(written: str | None) -> int:
    return (
        max(int(written), 1) if written and written.isdecimal() and len(written) <= _DIGITS else 1
    )


def _layouts(root: LexborNode) -> set[int]:
    """The tables that hold others: such a one lays a page out."""
    layouts: set[int] = set()
    passed: set[int] = set()
    for inner in root.css("table table"):
        above = inner.parent
        while above is not None and above.mem_id not in passed:
            passed.add(above.mem_id)
            if above.tag == "table":
                layouts.add(above.mem_id)
            above = above.parent
    return layouts


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _text(node: LexborNode) -> str:
    """The text of a cell, with a line for each of its blocks and breaks."""
    child = node.first_child
    while child is not None and child.next is None:
        tag = child.tag
        if tag == _TEXT:
            return " ".join(shown(child.text_content or "").split())
        if tag == "br" or tag in _SKIPPED:
            return ""
        child = child.first_child
    return _text_of_blocks(node) if child is not None else ""


def _text_of_blocks(node: LexborNode) -> str:
    pieces: list[str] = []
    waiting: list[LexborNode | None] = [node]  # None is where a block ends
    while waiting:
        each = waiting.pop()
        tag = None if each is None else each.tag
        if each is None or tag == "br":
            pieces.append("\n")
        elif tag == _TEXT:
            pieces.append(" ".join(re.split(r"\s+", each.text_content or "")))
        elif tag not in _SKIPPED:
            if tag in _BLOCKS:
                pieces.append("\n")
                waiting.append(None)
            waiting += reversed(_children(each))
    lines = (" ".join(line.split()) for line in shown("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)
