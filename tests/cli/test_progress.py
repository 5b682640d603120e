"""What takes long is told on a terminal, and is gone afterwards; in pipes nothing is."""

import io
import re
import sys
import threading

import pytest

from cookietui.cli import progress
from cookietui.cli.output import Output
from cookietui.cli.progress import Progress
from tests.cli.conftest import Cli
from tests.cli.test_terminal import Terminal

SITE = "opendatasoft.com"


class Told(Terminal):
    """A terminal that says when something was printed on it."""

    def __init__(self) -> None:
        super().__init__()
        self.something = threading.Event()

    def flush(self) -> None:
        """Say so."""
        self.something.set()


def screen(printed: str) -> str:
    """What can be seen on a line after everything was printed."""
    seen: list[str] = []
    for part in printed.split("\r"):
        seen[: len(part)] = part
    return "".join(seen).rstrip()


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal, on which everything is told at once."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm-256color")
    return found


def test_what_takes_long_is_told_and_then_gone() -> None:
    terminal = Told()
    with Progress(terminal, "reading", patience=0.001):
        assert terminal.something.wait(30)
        assert screen(terminal.getvalue()) == "reading"
    assert screen(terminal.getvalue()) == ""
    assert "\n" not in terminal.getvalue()


def test_what_is_quick_is_not_told() -> None:
    terminal = Told()
    with Progress(terminal, "reading", patience=3600) as tell:
        tell(0, 1, "Chromium Person 1")
    assert terminal.getvalue() == ""


def test_what_is_told_is_always_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal()
    with Progress(terminal, "looking for a very long time", patience=0) as tell:
        tell(1, 5, "Chromium Person 1")
        assert screen(terminal.getvalue()) == "reading 2 of 5: Chromium Person 1"
        tell(2, 5, "x")
        assert screen(terminal.getvalue()) == "reading 3 of 5: x"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_it_is_gone_however_it_ends(error: type[BaseException]) -> None:
    terminal = Terminal()
    with pytest.raises(error), Progress(terminal, "reading", patience=0):
        raise error
    assert screen(terminal.getvalue()) == ""


@pytest.mark.parametrize("name", ["x" * 300, "言語" * 100, "a\x1b[31m\u202e\nb" * 30])
def test_a_long_or_hostile_name_stays_on_its_line(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    terminal = Terminal()
    with Progress(terminal, "", patience=0) as tell:
        tell(0, 1, name)
        told = screen(terminal.getvalue())
    cells = len(told) + len(re.findall("[言語]", told))
    assert 30 < cells < 40
    assert not any(sign in terminal.getvalue() for sign in "\x1b\u202e\n")


@pytest.mark.parametrize(
    "words",
    [("list", SITE), ("sites",), ("profiles",), ("doctor",), ("list", SITE, "--json"),
     ("export", SITE, "--to", "csv"), ("audit", SITE), ("clean", SITE)],
)  # fmt: skip
def test_every_command_that_reads_tells_which_profile(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    terminal = watched(monkeypatch)
    assert cli(*words).code == 0
    told = terminal.getvalue()
    assert "reading 1 of 2: Chromium Sample person" in told
    assert "reading 2 of 2: Firefox default-release" in told
    lines = told.split("\n")
    assert all(not screen(line).startswith(("reading", "looking", "judging")) for line in lines)
    assert "\x1b" not in told


def test_a_deletion_and_an_undo_are_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    assert cli("clean", SITE, "--apply").code == 0
    assert "deleting 14 cookies" in terminal.getvalue()
    assert cli("undo").code == 0
    assert "putting cookies back" in terminal.getvalue()
    assert screen(terminal.getvalue()) == ""


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_takes_nothing_back_is_told_nothing(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setenv("TERM", name)
    assert cli("list", SITE).code == 0
    assert terminal.getvalue() == ""


def test_a_pipe_is_told_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    ran = cli("list", SITE)
    assert (ran.code, ran.err) == (0, "")


def test_results_on_a_terminal_and_errors_in_a_file_tell_nothing() -> None:
    errors = io.StringIO()
    with Output(Terminal(), errors).busy("reading"):
        pass
    assert errors.getvalue() == ""


def test_without_colours_it_is_told_all_the_same(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli("list", SITE).code == 0
    assert "reading 1 of 2" in terminal.getvalue()


def test_no_thread_is_left_behind(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 3600)
    assert cli("list", SITE).code == 0
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(30)
            assert not thread.is_alive()
    assert terminal.getvalue() == ""
