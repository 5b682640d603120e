"""What the command line prints; the only writer of standard output."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from cookietui.cli.progress import Progress
from cookietui.errors import CookieTuiError, UsageError
from cookietui.judging.tones import ASCII_SIGNS, COLORS, SIGNS
from cookietui.model.policy import Purpose
from cookietui.paths import replace_file
from cookietui.text import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_BETWEEN = 3  # cells between columns
_NARROW = (8, 5)  # cells that a column can do with, if it is folded; if need be


class Cell(msgspec.Struct, frozen=True):
    """A text that people see with more than its letters; for programs it is its text.

    Attributes:
        text: What it says.
        purpose: The purpose whose sign and colour it has, if any.
        strong: Whether it stands out.
        quiet: Whether it stands back.
    """

    text: str
    purpose: Purpose | None = None
    strong: bool = False
    quiet: bool = False


Shown = str | Cell


class Output:
    """Prints for people on a terminal, for programs in a pipe.

    Args:
        out: Results.
        err: Errors, hints and progress.
        color: Whether colours may be used on a terminal.
        moving: Whether the terminal can take back what was printed on a line.
    """

    def __init__(
        self, out: TextIO, err: TextIO, *, color: bool = True, moving: bool = True
    ) -> None:
        self._out = out
        self._err = err
        self.color = color
        self._moving = moving

    @property
    def for_people(self) -> bool:
        """Whether somebody is looking at the results."""
        return self._out.isatty()

    def busy(self, text: str) -> Progress:
        """Say what is being done, should it take long, to whoever is looking."""
        return Progress(self._err if self._moving and self._err.isatty() else None, text)

    def json(self, value: dict[str, Any]) -> None:
        """Print one JSON document."""
        self._out.write(as_json(value))

    def document(self, text: str) -> None:
        """Print a whole document as it is: whoever made it has seen to strangers' text."""
        self._out.write(text if text.endswith("\n") else text + "\n")

    def answer(self, text: str) -> None:
        """Print what a shell is told, if there is anything."""
        if text:
            self.document(text)

    def line(self, shown: Shown = "") -> None:
        """Print one line, made visible."""
        if isinstance(shown, Cell) and self.for_people:
            self._console().print(self._drawn(shown), soft_wrap=True)
        else:
            self._out.write(visible(_text(shown)) + "\n")

    def table(
        self,
        headings: Sequence[Shown],
        rows: Sequence[Sequence[Shown]],
        first_to_go: Sequence[str] = (),
    ) -> None:
        """Print a table for people, tab-separated lines for programs.

        Args:
            headings: One for each column; printed for people only.
            rows: Cells, which are made visible.
            first_to_go: Headings of columns that people can do without, should there be no room;
                empty columns go in any case.
        """
        if not self.for_people:
            self._out.writelines(
                "\t".join(visible(_text(cell)) for cell in row) + "\n" for row in rows
            )
            return
        from rich.box import SIMPLE_HEAD  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        console = self._console()
        titles = [self._drawn(heading) for heading in headings]
        shown = [[self._drawn(cell) for cell in row] for row in rows]
        names = [title.plain for title in titles]
        by_name = {_text(each): title.plain for each, title in zip(headings, titles, strict=True)}
        gone = [by_name[name] for name in first_to_go]
        columns = _fitting(names, [[cell.plain for cell in row] for row in shown], gone,
                           console.width)  # fmt: skip
        widths = {
            n: max(text.cell_len for text in (titles[n], *(row[n] for row in shown)))
            for n in columns
        }
        known_by = next((n for n in columns if names[n]), None)
        whole = _whole(widths, console.width, known_by)
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for n in columns:
            figures = bool(rows) and all(_text(row[n]).isdecimal() for row in rows)
            table.add_column(
                titles[n],
                overflow="fold",
                no_wrap=n in whole,
                justify="right" if figures else "left",
            )
        for drawn in shown:
            table.add_row(*(drawn[n] for n in columns))
        console.print(table)

    def _console(self) -> "Console":
        # Costs a tenth of a second to load, and scripts do not need it.
        from rich.console import Console  # noqa: PLC0415

        return Console(file=self._out, no_color=not self.color, highlight=False)

    def _drawn(self, shown: Shown) -> "Text":
        """A cell as people see it; never markup, whatever is in it."""
        from rich.text import Text  # noqa: PLC0415

        if isinstance(shown, str):
            return Text(visible(shown))
        styles = [name for name, on in (("bold", shown.strong), ("dim", shown.quiet)) if on]
        if shown.purpose is None:
            return Text(visible(shown.text), " ".join(styles))
        sign = self._signs[shown.purpose]
        return Text(f"{sign} {visible(shown.text)}", " ".join([*styles, COLORS[shown.purpose]]))

    @property
    def _signs(self) -> dict[Purpose, str]:
        """The signs that the terminal can show."""
        try:
            "".join(SIGNS.values()).encode(getattr(self._out, "encoding", None) or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return ASCII_SIGNS
        return SIGNS

    def note(self, text: str) -> None:
        """Print a line beside the results, made visible."""
        self._err.write(visible(text) + "\n")

    def error(self, error: CookieTuiError) -> None:
        """Print an error and its hint on one line."""
        self.problem(error.message, error.hint)

    def problem(self, message: str, hint: str) -> None:
        """Print what is wrong and what to do on one line."""
        self.note(f"cookietui: {message}{'; ' + hint if hint else ''}")


def as_json(value: dict[str, Any]) -> str:
    """Write a JSON document in ASCII, so that no name in it can act on a terminal."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def write_file(target: Path, text: str) -> None:
    """Write a document to a file that only its owner may read.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        if target.exists() and not target.is_file():  # a pipe or a device
            with target.open("wb") as opened:
                opened.write(text.encode("utf-8", "backslashreplace"))
        else:
            replace_file(target.absolute(), text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror}", "name another file with -o"
        ) from error


def standard_output(*, color: bool, moving: bool) -> Output:
    """Print where the program was told to."""
    # Names that are not text in the terminal's encoding are printed as escapes, never a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Output(sys.stdout, sys.stderr, color=color, moving=moving)


def _text(shown: Shown) -> str:
    return shown if isinstance(shown, str) else shown.text


def _fitting(
    headings: Sequence[str], rows: Sequence[Sequence[str]], first_to_go: Sequence[str], width: int
) -> list[int]:
    """Choose the columns that people need and that fit side by side."""
    from rich.cells import cell_len  # noqa: PLC0415

    widths = [max(map(cell_len, column)) for column in zip(headings, *rows, strict=True)]
    columns = [n for n, _ in enumerate(headings) if not rows or any(row[n] for row in rows)]
    for heading in first_to_go:
        if sum(widths[n] + _BETWEEN for n in columns) <= width:
            break
        columns = [n for n in columns if headings[n] != heading]
    return columns


def _whole(widths: dict[int, int], width: int, known_by: int | None) -> set[int]:
    """Choose the columns whose lines are not broken: the first matter most, as names stand there.

    What is left to the others, in which long texts go on below, must be of some use to them.

    Args:
        widths: How wide each column would be.
        width: How wide all may be.
        known_by: The column that a row is known by.
    """
    whole: set[int] = set()
    for narrow in _NARROW:
        whole = _unbroken(widths, width, narrow)
        if known_by in whole:
            break
    return whole


def _unbroken(widths: dict[int, int], width: int, narrow: int) -> set[int]:
    left = width - sum(min(each, narrow) + _BETWEEN for each in widths.values())
    unbroken: set[int] = set()
    for column, each in widths.items():
        more = each - min(each, narrow)
        if more <= left:
            unbroken.add(column)
            left -= more
    return unbroken
