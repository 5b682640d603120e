"""The settings of the screen, on a real terminal: keys, theme and signs; and what they leave."""

import sys
from pathlib import Path

import pytest

from cookietui.config import ViewState, load_view
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.sample import make_samples
from tests.tui.driving import NOW, SHOP, VIEW
from tests.tui.pseudoterminal import PseudoTerminal

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the person who starts the program."""
    make_samples(tmp_path, now=NOW)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".config/cookietui").mkdir(parents=True)
    return tmp_path


def terminal(*words: str) -> PseudoTerminal:
    command = [sys.executable, "-m", "cookietui", *words]
    return PseudoTerminal(command, cwd=_ROOT, columns=120, lines=40)


def settings(home: Path, text: str) -> None:
    (home / ".config/cookietui/config.toml").write_text(text)


def test_settings_are_honoured_and_what_is_left_is_found_again(home: Path) -> None:
    settings(home, '[screen]\ntheme = "nord"\nascii = true\nmouse = false\n[keys]\nsort = "z"\n')
    with terminal("--group", "host", SHOP) as screen:
        screen.read_until("All sites")
        screen.send("z")
        screen.read_until("sorted by lifetime")
        screen.send("q")
        assert screen.read_to_the_end() == 0
        output = screen.output
    assert "▾".encode() not in output
    assert "✖".encode() not in output
    assert b"\x1b[?1000h" not in output  # asks the terminal for the mouse
    left = ViewState("nord", Grouping.HOST, Order.LIFETIME, site=SHOP)
    assert load_view(home / VIEW) == left
    settings(home, "")
    with terminal() as screen:
        screen.read_until(SHOP)
        screen.send("s")
        screen.read_until("sorted by host")
        screen.send("q")
        assert screen.read_to_the_end() == 0
        assert b"\x1b[?1000h" in screen.output
    assert load_view(home / VIEW).site == SHOP


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[keys]\nsort = "o"\n', "is the key of both"),
        ('[keys]\ndance = "o"\n', "no command is called"),
        ('[screen]\ntheme = "puce"\n', "no theme called"),
        ('[screen]\ncolour = "red"\n', "colour"),
    ],
)
def test_settings_that_are_wrong_are_told_in_one_line(home: Path, text: str, told: str) -> None:
    settings(home, text)
    with terminal() as screen:
        assert screen.read_to_the_end() != 0
        output = screen.output.decode()
    assert told in output
    assert "Traceback" not in output
    assert len(output.strip().splitlines()) <= 2


@pytest.mark.parametrize("content", [b'{"theme": "gone"}', b"{", b'{"order": 3}'])
def test_what_was_remembered_never_keeps_the_program_from_starting(
    home: Path, content: bytes
) -> None:
    (home / VIEW).parent.mkdir(parents=True, exist_ok=True)
    (home / VIEW).write_bytes(content)
    with terminal(SHOP) as screen:
        screen.read_until("All sites")
        screen.send("q")
        assert screen.read_to_the_end() == 0
    assert load_view(home / VIEW).theme == "dark"
