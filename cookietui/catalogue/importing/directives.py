"""Tables that reStructuredText writes as directives."""

import csv
import re
from collections.abc import Sequence

import msgspec

from cookietui.catalogue.importing import ruled_tables
from cookietui.catalogue.importing.elements import WIDEST, Cells, Element, table
from cookietui.catalogue.importing.inline_markup import without_markup

_DIRECTIVE = re.compile(r"^(\s*)\.\. ([\w-]{1,40})::\s*(.*)$")
_OPTION = re.compile(r"^\s+:([\w-]{1,40}):\s*(.*)$")
_DIGITS = 4


class Directive(msgspec.Struct, frozen=True):
    """How a directive begins.

    Attributes:
        indent: How far it is indented; what belongs to it is indented further.
        name: What it is.
        argument: What stands behind that.
    """

    indent: int
    name: str
    argument: str


def directive_at(line: str) -> Directive | None:
    """The directive that a line begins; None if it is something else."""
    found = _DIRECTIVE.match(line)
    return Directive(len(found[1]), found[2], found[3]) if found else None


def read_directive(
    lines: Sequence[str], place: int, directive: Directive
) -> tuple[int, list[Element]]:
    """Read a directive: where it ends, and the table that it holds, if it holds one."""
    end = place + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > directive.indent
    ):
        end += 1
    body = [(number + 1, lines[number]) for number in range(place + 1, end)]
    if directive.name == "list-table":
        return end, [table(place + 1, _list_table(body), directive.argument)]
    if directive.name == "csv-table":
        return end, [table(place + 1, _csv_table(body), directive.argument)]
    return end, _drawn(lines, place + 1, end) if directive.name == "table" else []


def _drawn(lines: Sequence[str], start: int, end: int) -> list[Element]:
    """Read a table that is drawn within a directive."""
    # Lines above it stay, empty, so that those of the table keep their numbers.
    inner = [""] * start + [line.strip() for line in lines[start:end]]
    for place in range(start, end):
        if ruled_tables.begins_ruled(inner[place]):
            return [ruled_tables.ruled(inner, place, without_markup)[1]]
        if ruled_tables.begins_grid(inner[place]):
            return [ruled_tables.grid(inner, place, without_markup)[1]]
    return []


def _list_table(body: Sequence[tuple[int, str]]) -> list[Cells]:
    """Read a table each row of which is a list in a list."""
    rows: list[tuple[int, list[list[str]]]] = []
    headings = 0
    for number, line in body:
        option = _OPTION.match(line)
        text = line.strip()
        if option and not rows:
            if option[1] == "header-rows":
                headings = _number(option[2])
        elif text.startswith("* -"):
            rows.append((number, [[text.removeprefix("* -").strip()]]))
        elif rows and (text.startswith("- ") or text == "-"):
            rows[-1][1].append([text.removeprefix("-").strip()])
        elif rows:
            rows[-1][1][-1].append(text)
    return [
        Cells(number, tuple(map(_joined, cells)), heading=place < headings)
        for place, (number, cells) in enumerate(rows)
    ]


def _joined(parts: Sequence[str]) -> str:
    return without_markup(" ".join(filter(None, parts)))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) <= _DIGITS else 0


def _csv_table(body: Sequence[tuple[int, str]]) -> list[Cells]:
    """Read a table whose cells stand between commas, or another sign."""
    rows: list[Cells] = []
    options = [option for _, line in body if (option := _OPTION.match(line))]
    signs = [option[2].strip() for option in options if option[1] == "delim"]
    sign = next((sign for sign in signs if len(sign) == 1), ",")
    for number, line in body:
        option = _OPTION.match(line)
        if option and option[1] == "header":
            rows.append(Cells(number, _separated(option[2], sign), heading=True))
        elif not option and line.strip():
            rows.append(Cells(number, _separated(line.strip(), sign)))
    return rows


def _separated(line: str, sign: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=sign, skipinitialspace=True), [])
    except (csv.Error, ValueError, TypeError):  # a cell of megabytes, or a sign that cannot be one
        return ()
    return tuple(map(without_markup, cells[:WIDEST]))
