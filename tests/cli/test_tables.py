"""Tables for people: purposes as on the screen, names whole; for programs nothing but the text."""

import io
import re
import sys

import pytest

from cookietui.cli.output import Cell, Output, _whole
from cookietui.judging.tones import ASCII_SIGNS, COLORS, SIGNS
from cookietui.model.policy import Purpose
from cookietui.tui.theme import ASCII, TERMINAL, UNICODE
from tests.cli.conftest import Cli, Ran
from tests.cli.test_terminal import ESCAPE, Terminal

SITE = "opendatasoft.com"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*3\d[\d;]*m")


class Ascii(Terminal):
    """A terminal that knows no other characters."""

    encoding = "ascii"


def shown(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, *words: str, columns: int = 100,
    screen: Terminal | None = None, term: str = "xterm-256color",
) -> str:  # fmt: skip
    """What a command prints on a terminal."""
    screen = screen or Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", term)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        ran: Ran = cli(*words)
    assert ran.code == 0
    return screen.getvalue()


def test_both_front_ends_have_the_same_signs_and_colours() -> None:
    assert UNICODE.purposes == SIGNS
    assert ASCII.purposes == ASCII_SIGNS
    assert set(SIGNS) == set(ASCII_SIGNS) == set(COLORS) == set(Purpose)
    assert {TERMINAL[f"cat-{each.value}"] for each in Purpose} == {
        f"ansi_{color}" for color in COLORS.values()
    }


def test_a_purpose_has_its_sign_and_colour(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(cli, monkeypatch, "list", SITE)
    assert "\x1b[35m✖ marketing" in told
    assert "\x1b[33m■ statistics" in told
    assert "\x1b[32m◆ necessary" in told


@pytest.mark.parametrize(
    "words",
    [("list", SITE), ("clean", SITE), ("sites",), ("config",), ("explain", SITE, "_ga"),
     ("policy", "show", "opendatasoft")],
)  # fmt: skip
def test_without_colours_the_signs_are_left(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    with_colours = shown(cli, monkeypatch, *words)
    without = shown(cli, monkeypatch, *words, "--no-color")
    assert not COLOUR.search(without)
    assert ESCAPE.sub("", without) == ESCAPE.sub("", with_colours)
    assert words == ("config",) or COLOUR.search(with_colours)
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(cli, monkeypatch, *words) == without


def test_a_dumb_terminal_gets_no_escapes(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("list", SITE), ("explain", SITE, "_ga"), ("doctor",)):
        assert "\x1b" not in shown(cli, monkeypatch, *words, term="dumb")


def test_a_terminal_without_the_signs_gets_letters(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ESCAPE.sub("", shown(cli, monkeypatch, "list", SITE, screen=Ascii()))
    assert "M marketing" in told
    assert "N necessary" in told


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_no_name_is_cut_or_broken(cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    names = {row[0] for row in cli("list", SITE).rows}
    told = ESCAPE.sub("", shown(cli, monkeypatch, "list", SITE, columns=columns))
    assert names == {line.split()[0] for line in told.splitlines() if line[:2].strip()} & names
    assert max(map(len, told.splitlines())) <= columns
    assert "…" not in told
    told = ESCAPE.sub("", shown(cli, monkeypatch, "clean", SITE, columns=columns))
    assert {row[1] for row in cli("clean", SITE).rows} <= set(told.split())
    sites = {row[0] for row in cli("sites").rows}
    told = ESCAPE.sub("", shown(cli, monkeypatch, "sites", columns=columns))
    assert sites <= set(told.split())


def test_nothing_of_a_host_is_lost_where_it_is_folded(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ESCAPE.sub("", shown(cli, monkeypatch, "list", SITE, "--name", "sessionid",
                                "--profile", "chromium:Default", columns=60))  # fmt: skip
    lines = told.splitlines()
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("sessionid"))
    at = lines[start].index("datam")
    folded = "".join(
        line[at:].split("  ")[0].split(" ")[0] for line in lines[start:] if line.strip()
    )
    assert folded == "datamidsouth.opendatasoft.com"


def test_figures_stand_below_each_other(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ESCAPE.sub("", shown(cli, monkeypatch, "sites", columns=160)).splitlines()
    rows = [line for line in told if ".example" in line]
    assert len({re.search(r"\d+", line[26:]).end() for line in rows}) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "words", [("list", SITE), ("sites",), ("clean", SITE), ("profiles",),
              ("explain", SITE, "_ga"), ("policy", "show", "opendatasoft"), ("config",)],
)  # fmt: skip
def test_a_pipe_gets_text_alone(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = cli(*words).out
    assert "\x1b" not in out
    assert not set(out) & {sign for sign in SIGNS.values() if not sign.isascii()}
    if words[0] not in ("explain", "config"):
        assert len({line.count("\t") for line in out.splitlines()}) == 1


def test_a_cell_in_a_pipe_is_its_text() -> None:
    pipe = io.StringIO()
    output = Output(pipe, io.StringIO())
    output.table(("A", Cell("B", Purpose.MARKETING)), [("x", Cell("y\n", Purpose.UNKNOWN))])
    output.line(Cell("z", Purpose.NECESSARY, strong=True))
    assert pipe.getvalue() == "x\ty\\x0a\nz\n"


def test_a_strangers_line_stays_text_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = Terminal()
    Output(screen, io.StringIO()).line(Cell("[red]x[/]\x1b[2J\n" + "y" * 300, Purpose.MARKETING))
    assert "[red]x[/]\\x1b[2J\\x0a" + "y" * 300 in screen.getvalue()
    assert screen.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("widths", "width", "whole"),
    [
        ({0: 10, 1: 10}, 80, {0, 1}),
        ({0: 40, 1: 60}, 80, {0}),
        ({0: 200, 1: 10}, 80, {1}),
        ({2: 30, 4: 8, 5: 8}, 60, {2, 4, 5}),
        ({}, 80, set()),
        ({0: 50, 1: 50}, 10, set()),
    ],
)
def test_the_first_columns_are_not_broken(
    widths: dict[int, int], width: int, whole: set[int]
) -> None:
    assert _whole(widths, width, next(iter(widths), None)) == whole
