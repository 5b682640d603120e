"""A report in Markdown."""

from collections.abc import Iterator, Sequence

from cookietui.judging.explain import PURPOSE_TITLES
from cookietui.operations.exporting.markdown import escaped
from cookietui.operations.reporting.blocks import (
    Bar,
    Block,
    Cell,
    Chart,
    Facts,
    Inline,
    Name,
    Names,
    Numbers,
    Paragraph,
    Report,
    Section,
    Sign,
    Table,
    shortened,
)


def written(report: Report) -> str:
    """Write a report in Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_text(report.title)}: {_text(report.site)}"
    yield from ("", _text(report.lead), "", *_block(report.facts))
    for section in report.sections:
        yield from _section(section, 2)


def _section(section: Section, level: int) -> Iterator[str]:
    count = "" if section.count is None else f" ({section.count})"
    yield from ("", f"{'#' * level} {_text(section.title)}{count}")
    for block in section.blocks:
        yield from ("", *_block(block))
    for part in section.parts:
        yield from _section(part, level + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield _text(text)
        case Facts(rows):
            yield from (f"- {_text(label)}: {_cell(cell)}" for label, cell in rows)
        case Numbers(rows):
            counts = ("not known" if each.count is None else str(each.count) for each in rows)
            pairs = zip(counts, rows, strict=True)
            yield from _table(
                ("How many", "What"), [(count, _text(each.label)) for count, each in pairs]
            )
        case Chart(_, headings, bars):
            # What is drawn elsewhere stands in the words beside it.
            kept = (headings[0], *headings[2:])
            yield from _table(kept, [_bar(bar) for bar in bars])
        case Table(_, headings, rows):
            yield from _table(headings, [[_cell(cell) for cell in row] for row in rows])


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _line([_text(heading) for heading in headings])
    yield _line(["---"] * len(headings))
    yield from map(_line, rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _bar(bar: Bar) -> tuple[str, ...]:
    return (_inline(bar.label), _text(bar.said), *map(_cell, bar.more))


def _cell(cell: Cell) -> str:
    return " · ".join(map(_inline, cell))


def _inline(inline: Inline) -> str:
    match inline:
        case Name(text):
            return _name(text)
        case Names(counts):
            return ", ".join(_name(text) + _times(count) for text, count in counts)
        case Sign(purpose):
            return PURPOSE_TITLES[purpose]
        case text:
            return _text(text)


def _name(text: str) -> str:
    return _text(text) or "*(no name)*"


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""  # noqa: RUF001 - meant as it is


def _text(text: str) -> str:
    return escaped(shortened(text))
