"""Pictures of the screen, compared byte by byte; `pytest --snapshot-update` takes new ones."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.driving import SHOP, Driver, app_in, press, settled

Compare = Callable[..., bool]
SMALL, MEDIUM, WIDE = (80, 24), (120, 36), (200, 50)


def after(*keys: str) -> Callable[[Driver], Awaitable[None]]:
    """Press keys, and wait until all is drawn."""

    async def run(pilot: Driver) -> None:
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await settled(pilot)
        await press(pilot, *keys)

    return run


@pytest.mark.parametrize("size", [SMALL, MEDIUM, WIDE], ids=["80x24", "120x36", "200x50"])
def test_main(home: Path, size: tuple[int, int], snap_compare: Compare) -> None:
    assert snap_compare(app_in(home, SHOP), terminal_size=size, run_before=after("down"))


def test_marked(home: Path, snap_compare: Compare) -> None:
    keys = ("a", "right_curly_bracket", "enter")
    assert snap_compare(app_in(home, SHOP), terminal_size=MEDIUM, run_before=after(*keys))


@pytest.mark.parametrize(
    ("size", "theme"), [(SMALL, "dark"), (MEDIUM, "light")], ids=["80x24-dark", "120x36-light"]
)
def test_confirm(home: Path, size: tuple[int, int], theme: str, snap_compare: Compare) -> None:
    app = app_in(home, SHOP, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=after("a", "d"))


def test_help(home: Path, snap_compare: Compare) -> None:
    app = app_in(home, SHOP)
    assert snap_compare(app, terminal_size=SMALL, run_before=after("question_mark"))


def test_no_browser(tmp_path: Path, snap_compare: Compare) -> None:
    assert snap_compare(app_in(tmp_path), terminal_size=SMALL, run_before=after())


def test_ascii(home: Path, snap_compare: Compare) -> None:
    app = app_in(home, SHOP, ascii_only=True)
    assert snap_compare(app, terminal_size=SMALL, run_before=after("a"))


def test_hostile_names(home: Path, snap_compare: Compare) -> None:
    app = app_in(home, "hostile-names.example")
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after("down"))


@pytest.mark.parametrize("theme", ["light", "contrast", "terminal"])
def test_themes(home: Path, theme: str, snap_compare: Compare) -> None:
    app = app_in(home, SHOP, theme=theme)
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after("a"))


def test_without_colour(home: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_in(home, SHOP, color=False)
    assert snap_compare(app, terminal_size=SMALL, run_before=after("a"))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("all_sites", ("1", "home", "2")),
        ("searching_sites", ("1", "slash", "h", "b")),
        ("filter", ("slash", *"purpose:st")),
        ("nothing_matches", ("slash", *"zzz")),
        ("by_provider", ("o", "o")),
        ("details", ("down", "down", "3")),
        ("audit", ("A",)),
        ("policies", ("P",)),
        ("doctor", ("D",)),
        ("history_empty", ("H",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_views(home: Path, name: str, keys: tuple[str, ...], snap_compare: Compare) -> None:
    del name
    app = app_in(home, SHOP)
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after(*keys))


def test_tiny(home: Path, snap_compare: Compare) -> None:
    assert snap_compare(app_in(home, SHOP), terminal_size=(40, 12), run_before=after("down"))
