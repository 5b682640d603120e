"""What the command line prints; the only writer of standard output."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from cookietui.errors import CookieTuiError, UsageError
from cookietui.paths import replace_file
from cookietui.text import visible

_BETWEEN = 3  # cells between columns


class Output:
    """Prints for people on a terminal, for programs in a pipe.

    Args:
        out: Results.
        err: Errors and hints.
        color: Whether colours may be used on a terminal.
    """

    def __init__(self, out: TextIO, err: TextIO, *, color: bool = True) -> None:
        self._out = out
        self._err = err
        self.color = color

    @property
    def for_people(self) -> bool:
        """Whether somebody is looking at the results."""
        return self._out.isatty()

    def json(self, value: dict[str, Any]) -> None:
        """Print one JSON document."""
        self._out.write(as_json(value))

    def document(self, text: str) -> None:
        """Print a whole document as it is: whoever made it has seen to strangers' text."""
        self._out.write(text if text.endswith("\n") else text + "\n")

    def line(self, text: str = "") -> None:
        """Print one line, made visible."""
        self._out.write(visible(text) + "\n")

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        first_to_go: Sequence[str] = (),
    ) -> None:
        """Print a table for people, tab-separated lines for programs.

        Args:
            headings: One for each column; printed for people only.
            rows: Cells, which are made visible.
            first_to_go: Headings of columns that people can do without, should there be no room;
                empty columns go in any case.
        """
        shown = [[visible(cell) for cell in row] for row in rows]
        if not self.for_people:
            self._out.writelines("\t".join(row) + "\n" for row in shown)
            return
        # Costs a tenth of a second to load, and scripts do not need it.
        from rich.box import SIMPLE_HEAD  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        console = Console(file=self._out, no_color=not self.color, highlight=False)
        columns = _fitting(headings, shown, first_to_go, console.width)
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            table.add_column(headings[column], overflow="fold")
        for row in shown:
            table.add_row(*(Text(row[column]) for column in columns))
        console.print(table)

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


def standard_output(*, color: bool) -> Output:
    """Print where the program was told to."""
    # Names that are not text in the terminal's encoding are printed as escapes, never a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    return Output(sys.stdout, sys.stderr, color=color)


def _fitting(
    headings: Sequence[str], rows: Sequence[Sequence[str]], first_to_go: Sequence[str], width: int
) -> list[int]:
    """Choose the columns that people need and that fit side by side."""
    widths = [max(len(text) for text in column) for column in zip(headings, *rows, strict=True)]
    columns = [n for n, _ in enumerate(headings) if not rows or any(row[n] for row in rows)]
    for heading in first_to_go:
        if sum(widths[n] + _BETWEEN for n in columns) <= width:
            break
        columns = [n for n in columns if headings[n] != heading]
    return columns
