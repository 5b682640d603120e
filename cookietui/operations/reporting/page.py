"""A report as one page that needs nothing but itself."""

from collections.abc import Iterable, Iterator

from cookietui.judging.explain import PURPOSE_TITLES
from cookietui.model.policy import Purpose
from cookietui.operations.reporting.blocks import (
    Bar,
    Block,
    Cell,
    Chart,
    Facts,
    Inline,
    Name,
    Names,
    Number,
    Numbers,
    Paragraph,
    Report,
    Section,
    Sign,
    Table,
)
from cookietui.operations.reporting.html import Element, Node, document, element
from cookietui.operations.reporting.style import SHEET

SIGNS = {
    Purpose.NECESSARY: "◆",
    Purpose.PREFERENCES: "▲",
    Purpose.STATISTICS: "■",
    Purpose.MARKETING: "✖",
    Purpose.UNKNOWN: "?",
}
# How wide columns are beside each other. Left to themselves, one long name would take all the room.
_WIDTHS = {
    "Cookie": 20, "Purpose": 14.5, "What it does": 24, "Provider": 12, "Known by": 15,
    "Time left": 9.5, "Flags": 12.5, "Known from elsewhere": 30, "Declared": 18, "Really": 18,
    "Lifetime": 12, "Cookies there": 16, "Kind and consent": 34, "Finding": 34, "Weight": 12,
    "How many": 9, "Cookies": 36, "Kind": 16, "What it is": 40, "Consent": 34,
}  # fmt: skip
_RULES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
    " form-action 'none'"
)


def written(report: Report) -> str:
    """Write a report as a page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_RULES),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{report.title}: {report.site}"),
        element("style", SHEET),
    )
    header = element(
        "header",
        element("p", report.title, class_="kicker"),
        element("h1", report.site),
        element("p", report.lead, class_="lead"),
        _facts(report.facts),
    )
    links = (element("li", _link(section)) for section in report.sections)
    nav = element("nav", element("ul", *links), aria_label="Contents")
    main = element("main", *(_section(section, 2) for section in report.sections))
    return document(element("html", head, element("body", header, nav, main), lang="en"))


def _link(section: Section) -> Element:
    return element("a", section.title, *_count(section.count), href=f"#{section.id}")


def _section(section: Section, level: int) -> Element:
    title = f"{section.id}-title"
    return element(
        "section",
        element(f"h{level}", section.title, *_count(section.count), id=title),
        *(_block(block) for block in section.blocks),
        *(_section(part, level + 1) for part in section.parts),
        id=section.id,
        aria_labelledby=title,
    )


def _count(count: int | None) -> Iterator[Node]:
    if count is not None:
        yield from (" ", element("span", str(count), class_="count"))


def _block(block: Block) -> Element:
    match block:
        case Paragraph(text, quiet):
            return element("p", text, class_="quiet" if quiet else None)
        case Facts():
            return _facts(block)
        case Numbers(rows):
            return element("ul", *map(_number, rows), class_="numbers")
        case Chart():
            return _chart(block)
        case Table():
            return _folding(block)


def _facts(facts: Facts) -> Element:
    rows = (
        element("div", element("dt", label), element("dd", *_lines(cell)))
        for label, cell in facts.rows
    )
    return element("dl", *rows)


def _number(number: Number) -> Element:
    unknown = number.count is None
    weight = "unknown" if unknown else "alarm" if number.alarming and number.count else None
    count = element("b", "?" if unknown else str(number.count))
    label = element("span", f"{number.label}: not known" if unknown else number.label)
    return element("li", element("a", count, " ", label, href=f"#{number.target}", class_=weight))


def _chart(chart: Chart) -> Element:
    most = max((bar.count for bar in chart.bars), default=0)
    rows = (_bar(bar, most, chart.headings) for bar in chart.bars)
    return _table(chart.caption, map(_head, chart.headings), rows, "chart")


def _bar(bar: Bar, most: int, headings: tuple[str, ...]) -> Element:
    parts = (
        element("span", SIGNS[purpose], class_=f"part {purpose.value}", style=f"flex-grow:{count}")
        for purpose, count in bar.parts
        if count
    )
    width = f"width:{100 * bar.count / most:.2f}%" if most else None
    track = element("span", *parts, class_="bar", style=width, aria_hidden="true")
    return element(
        "tr",
        element("th", *_inline(bar.label), scope="row", role="rowheader"),
        element("td", track, class_="track", role="cell"),
        element("td", bar.said, class_="said", role="cell"),
        *_cells(bar.more, headings[3:]),
        role="row",
    )


def _folding(table: Table) -> Element:
    rows = (_row(row, table.headings) for row in table.rows)
    drawn = _table(table.caption, _heads(table.headings), rows)
    if not table.folded:
        return drawn
    return element("details", element("summary", f"Show all {len(table.rows)}"), drawn)


def _heads(headings: tuple[str, ...]) -> Iterator[Element]:
    whole = sum(_WIDTHS[heading] for heading in headings)
    for heading in headings:
        yield _head(heading, f"width:{100 * _WIDTHS[heading] / whole:.2f}%")


def _head(heading: str, style: str | None = None) -> Element:
    return element("th", heading, scope="col", role="columnheader", style=style)


def _table(
    caption: str, heads: Iterable[Element], rows: Iterable[Element], kind: str | None = None
) -> Element:
    # On narrow screens rows are laid out as blocks, and only roles keep it a table for those who
    # have it read to them.
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *heads, role="row"), role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        class_=kind,
        role="table",
    )


def _row(cells: tuple[Cell, ...], headings: tuple[str, ...]) -> Element:
    name = element("th", *_lines(cells[0]), scope="row", role="rowheader")
    return element("tr", name, *_cells(cells[1:], headings[1:]), role="row")


def _cells(cells: tuple[Cell, ...], headings: tuple[str, ...]) -> Iterator[Element]:
    for cell, heading in zip(cells, headings, strict=True):
        yield element("td", *_lines(cell), data_label=heading, role="cell")


def _lines(cell: Cell) -> Iterator[Node]:
    # One element for all lines: on narrow screens it stands beside the cell's label.
    first, *rest = cell
    lines = (element("small", *_inline(inline)) for inline in rest)
    yield element("div", *_inline(first), *lines)


def _inline(inline: Inline) -> Iterator[Node]:
    match inline:
        case Name(text):
            yield _name(text)
        case Names(counts):
            for number, (text, count) in enumerate(counts):
                yield from (", ",) if number else ()
                yield _name(text)
                yield from (f" ×{count}",) if count > 1 else ()  # noqa: RUF001 - meant as it is
        case Sign(purpose):
            sign = element("span", SIGNS[purpose], aria_hidden="true")
            yield element("span", sign, PURPOSE_TITLES[purpose], class_=f"sign {purpose.value}")
        case text:
            yield text


def _name(text: str) -> Element:
    return element("code", text) if text else element("em", "(no name)")
