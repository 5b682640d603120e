"""On a terminal: tables for people, strangers' text as text, and one more question."""

import io
import re
import sys

import pytest

from cookietui.cli.output import Output, _fitting
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, contents

SITE = "opendatasoft.com"
NASTY = ["[bold red]sale[/]", "[/]", "esc\x1b[31m", "two\nlines", ":cookie:", "\u202egnp", "言語"]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says somebody is looking at it, or typing into it."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def table(monkeypatch: pytest.MonkeyPatch, columns: int = 100, *, color: bool = True) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = Terminal()
    output = Output(screen, io.StringIO(), color=color)
    output.table(("Name", "Host"), [(name, f"h{n}.example") for n, name in enumerate(NASTY)])
    return screen.getvalue()


def test_people_see_headings_and_strangers_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ESCAPE.sub("", table(monkeypatch))
    lines = [line.split() for line in told.splitlines() if line.strip()]
    assert lines[0] == ["Name", "Host"]
    assert [line[0] for line in lines[2:]] == [
        "[bold", "[/]", "esc\\x1b[31m", "two\\x0alines", ":cookie:", "\\u202egnp", "言語",
    ]  # fmt: skip
    assert "[bold red]sale[/]" in told


def test_no_stranger_adds_an_escape_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in ESCAPE.sub("", table(monkeypatch))
    assert "\x1b[31m" not in table(monkeypatch)


def test_without_colours_there_are_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    colours = re.compile(r"\x1b\[[0-9;]*[349][0-7][0-9;]*m")
    assert colours.search(table(monkeypatch, color=False)) is None


@pytest.mark.parametrize("columns", [30, 60, 200])
def test_the_width_of_the_terminal_is_honoured(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    told = ESCAPE.sub("", table(monkeypatch, columns))
    assert max(len(line) for line in told.splitlines()) <= columns


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(text))


@pytest.mark.parametrize("text", ["n\n", "\n", "N\n"])
def test_a_no_deletes_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    before = contents(cli.home, CHROMIUM)
    answer(monkeypatch, text)
    ran = cli("clean", SITE, "--apply")
    assert ran.code == 0
    assert ran.err.splitlines()[-1].endswith("nothing was deleted")
    assert contents(cli.home, CHROMIUM) == before
    assert cli("history").out == ""


def test_a_yes_deletes_what_was_asked_about(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "y\n")
    ran = cli("clean", SITE, "--apply")
    assert ran.out.splitlines()[0].endswith("14 cookies deleted and verified")
    assert "IDE, VISITOR_INFO1_LIVE, _fbp" in ran.err


def test_no_answer_is_an_interruption(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(cli.home, CHROMIUM)
    answer(monkeypatch, "")
    assert cli("clean", SITE, "--apply").code == 130
    assert contents(cli.home, CHROMIUM) == before


def test_yes_answers_in_advance_and_nothing_to_delete_needs_no_answer(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    assert cli("clean", SITE, "--apply", "--yes").code == 0
    assert cli("clean", SITE, "--apply").code == 0


def test_a_question_leaves_json_alone_on_standard_output(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "y\n")
    assert cli.json("clean", SITE, "--apply")["status"] == "done"


def test_a_no_leaves_valid_json_on_standard_output(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "n\n")
    assert cli.json("clean", SITE, "--apply")["applied"] is False


def test_a_table_leaves_out_columns_rather_than_cutting_names() -> None:
    headings = ("Name", "Empty", "Host", "Small print")
    rows = [("a-long-name-" * 2, "", "www.shop.example", "something nobody misses")]
    assert _fitting(headings, rows, ("Small print",), 100) == [0, 2, 3]
    assert _fitting(headings, rows, ("Small print",), 60) == [0, 2]
    assert _fitting(headings, [], ("Small print",), 100) == [0, 1, 2, 3]
