"""Every size, every number of rows, every kind of terminal: nothing is pushed out of sight."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorType
from rich.style import Style
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button

from cookietui.text import visible
from cookietui.tui.drawing import COOKIE_COLUMNS, SITE_COLUMNS
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.theme import DARK
from cookietui.tui.widgets.bars import KeyBar
from cookietui.tui.widgets.columns import Cell, Column, Rows, fit, fitting
from cookietui.tui.widgets.rows import RowList
from tests.builders import child
from tests.tui.driving import (
    FIREFOX,
    NEWS,
    SHOP,
    app_in,
    confirming,
    main_screen,
    narrow,
    press,
    put_cursor_on,
    running,
    seen,
    selection,
)

SIZES = [(40, 12), (60, 16), (80, 24), (100, 30), (120, 36), (200, 50)]
LARGEST = (300, 100)
SCROLLBAR = "▁▂▃▄▅▆▇█"
_LOCK = "import fcntl; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=1)"


def assert_wholly_seen(screen: Screen[object], widget: Widget) -> None:
    """A widget is on the screen, and nothing cuts a part of it off."""
    geometry = screen.find_widget(widget)
    assert geometry.region.area
    assert geometry.visible_region == geometry.region
    assert screen.region.contains_region(geometry.region)


@pytest.mark.parametrize(
    "size",
    [*SIZES, pytest.param(LARGEST, marks=pytest.mark.proof)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
async def test_nothing_that_matters_is_out_of_sight(home: Path, size: tuple[int, int]) -> None:
    async with running(app_in(home, NEWS), size) as pilot:
        screen = pilot.app.screen
        assert_wholly_seen(screen, screen.query_one(KeyBar))
        assert "? Help" in seen(pilot).splitlines()[-1]
        assert "Marketing" in seen(pilot)
        await press(pilot, "a", "d")
        asked = confirming(pilot)
        for button in asked.query(Button):
            assert_wholly_seen(asked, button)
        assert f"y Delete {len(selection(pilot).chosen)}" in seen(pilot)
        assert "n Cancel" in seen(pilot)
        await press(pilot, "n", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert_wholly_seen(pilot.app.screen, pilot.app.screen.query_one("#help"))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_many_warnings_leave_room_for_the_answers(home: Path, size: tuple[int, int]) -> None:
    with child(_LOCK, (home / FIREFOX).with_name(".parentlock")):
        async with running(app_in(home, NEWS), size) as pilot:
            await press(pilot, "a")
            await put_cursor_on(pilot, "Unknown")
            await press(pilot, "space")
            await put_cursor_on(pilot, "euconsent-v2")
            await press(pilot, "K", "space")
            await narrow(pilot, "zzzz")
            await press(pilot, "d")
            asked = confirming(pilot)
            for button in asked.query(Button):
                assert_wholly_seen(asked, button)


async def test_the_question_follows_the_terminal_when_it_shrinks(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 36)) as pilot:
        await press(pilot, "a", "d")
        await pilot.resize_terminal(40, 12)
        await press(pilot, "d")
        asked = confirming(pilot)
        for button in asked.query(Button):
            assert_wholly_seen(asked, button)


@given(width=st.integers(0, 400), columns=st.sampled_from([COOKIE_COLUMNS, SITE_COLUMNS]))
def test_columns_give_way_before_the_name_gets_too_narrow(
    width: int, columns: tuple[Column, ...]
) -> None:
    fitted = fitting(columns, width)
    assert [column for column, _ in fitted] == list(columns[: len(fitted)])
    (name,) = [(column, room) for column, room in fitted if not column.width]
    needed = sum(room for _, room in fitted) + 2 * (len(fitted) - 1)
    if name[1] >= name[0].minimum:
        assert needed == width
        following = columns[len(fitted) :]
        assert not following or name[1] - following[0].width - 2 < name[0].minimum
    else:
        assert fitted[-1] == name


texts = st.text() | st.text(st.sampled_from("言語設定ab …🍪Ａｂ가"))


@given(text=texts.map(visible), width=st.integers(0, 60), right=st.booleans())
def test_every_text_is_made_exactly_as_wide_as_its_column(
    text: str, width: int, right: bool
) -> None:
    for cut in ("…", "~"):
        fitted = fit(text, width, right=right, cut=cut)
        assert cell_len(fitted) == width
        if cell_len(text) <= width:
            assert fitted.strip() == text.strip()
        elif width:
            assert fitted.endswith(cut)


class Long(App[None]):
    """A list of many rows, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.made: list[int] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield RowList(columns=(Column("mark", width=4), Column("name")), id="list")

    def row(self, index: int) -> tuple[Cell, ...]:
        """Make a row, and remember that it was made."""
        self.made.append(index)
        return Cell(), Cell(f"row {index}")


async def test_of_a_hundred_thousand_rows_only_those_in_view_are_made() -> None:
    app = Long()
    async with app.run_test(size=(100, 30)) as pilot:
        rows = app.query_one(RowList)
        rows.focus()
        rows.show(Rows(100_000, app.row))
        await pilot.pause()
        await pilot.press("pagedown")
        assert rows.cursor > 20
        assert len(app.made) < 500
        assert max(app.made) < 200
        app.made.clear()
        await pilot.press("G")
        assert rows.cursor == 99_999
        assert 99_999 in app.made
        assert len(app.made) < 500


async def test_a_step_of_the_cursor_makes_two_rows_anew_and_not_the_list() -> None:
    app = Long()
    async with app.run_test(size=(100, 30)) as pilot:
        rows = app.query_one(RowList)
        rows.focus()
        rows.show(Rows(100, app.row))
        await pilot.pause()
        app.made.clear()
        await pilot.press("j")
        await pilot.pause()
        assert set(app.made) == {0, 1}


async def test_a_letter_of_a_filter_has_nothing_laid_out_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[Screen[object]] = []
    real = Screen._refresh_layout

    def counted(screen: Screen[object], *arguments: object, **options: object) -> None:
        laid_out.append(screen)
        real(screen, *arguments, **options)  # type: ignore[arg-type]

    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "slash", "s")
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await press(pilot, "e", "s", "backspace")
        assert selection(pilot).filter.words == ("se",)
        assert laid_out == []


async def test_a_list_keeps_its_cursor_on_the_same_row_and_in_view() -> None:
    app = Long()
    async with app.run_test(size=(100, 30)) as pilot:
        rows = app.query_one(RowList)
        rows.show(Rows(1000, app.row))
        rows.cursor = 500
        await pilot.pause()
        rows.show(Rows(300, app.row, key=lambda index: index + 400))
        await pilot.pause()
        assert rows.cursor == 100
        assert rows.scroll_offset.y <= 100 < rows.scroll_offset.y + 30
        rows.show(Rows(5, app.row, key=lambda index: -index - 1))
        await pilot.pause()
        assert rows.cursor == 4
        rows.show(Rows())
        await pilot.pause()
        assert (rows.cursor, rows.count) == (0, 0)


def styles(screen: Screen[object]) -> list[Style]:
    """Every style on the screen."""
    strips = screen._compositor.render_strips()
    return [segment.style for strip in strips for segment in strip if segment.style]


def coloured(style: Style) -> bool:
    """Whether a style asks for any colour but the terminal's own two."""
    colors = [color for color in (style.color, style.bgcolor) if color]
    return any(color.type is not ColorType.DEFAULT for color in colors)


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "terminal", "terminal-light"])
async def test_the_row_with_the_cursor_stands_out_in_every_theme(home: Path, theme: str) -> None:
    async with running(app_in(home, SHOP, theme=theme)) as pilot:
        rows = main_screen(pilot).query_one("#cookies", RowList)

        def looks() -> set[tuple[object, object]]:
            found = [each.style for each in rows.render_line(2) if each.style]
            return {(style.bgcolor, style.reverse) for style in found}

        await press(pilot, "g", "down")
        with_cursor = looks()
        await press(pilot, "down")
        assert with_cursor != looks()


async def test_the_window_does_not_change_with_what_there_is_to_scroll() -> None:
    app = Long()
    async with app.run_test(size=(100, 30)) as pilot:
        rows = app.query_one(RowList)
        region = rows.scrollable_content_region
        for count in (1000, 10, 29, 28, 0, 1000):
            rows.show(Rows(count, app.row))
            await pilot.pause()
            assert rows.scrollable_content_region == region
            assert rows.max_scroll_y == max(count + 1 - region.height, 0)
            assert rows.scroll_y <= rows.max_scroll_y
        rows.cursor = 999
        await pilot.resize_terminal(100, 60)
        assert rows.scroll_y == rows.max_scroll_y == 1001 - rows.size.height


async def test_no_color_draws_no_colour(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(app_in(home, SHOP, color=False)) as pilot:
        for keys in (("a",), ("d",), ("n", "question_mark")):
            await press(pilot, *keys)
            found = styles(pilot.app.screen)
            assert [str(style) for style in found if coloured(style)] == []
            assert any(style.reverse or style.bold for style in found)


async def test_with_colours_there_are_some(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        assert any(coloured(style) for style in styles(pilot.app.screen))


def beyond_ascii(text: str) -> set[str]:
    """The characters that an ASCII terminal lacks, but for the scroll bar's."""
    return {character for character in text if not character.isascii()} - set(SCROLLBAR)


ASCII_STEPS = {
    "a list": (),
    "a cookie": ("g", "down"),
    "the filter": ("slash", "z"),
    "the question": ("a", "d"),
    "the help": ("question_mark",),
    "what was done": ("a", "d", "y"),
}


@pytest.mark.parametrize("keys", ASCII_STEPS.values(), ids=ASCII_STEPS.keys())
async def test_ascii_only_is_ascii_only(home: Path, keys: tuple[str, ...]) -> None:
    async with running(app_in(home, SHOP, ascii_only=True), (120, 36)) as pilot:
        await press(pilot, *keys)
        assert beyond_ascii(seen(pilot)) == set()


async def test_ascii_only_holds_without_a_browser_too(tmp_path: Path) -> None:
    async with running(app_in(tmp_path, ascii_only=True)) as pilot:
        assert beyond_ascii(seen(pilot)) == set()


async def test_ascii_only_holds_for_bad_news_too(home: Path) -> None:
    (home / FIREFOX).write_bytes(b"no database at all")
    async with running(app_in(home, SHOP, ascii_only=True), (120, 36)) as pilot:
        assert "not a database" in " ".join(seen(pilot).split())
        assert beyond_ascii(seen(pilot)) == set()


async def test_the_first_picture_is_laid_out_for_the_terminal_it_is_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classes: list[frozenset[str]] = []
    read = LookingScreen.action_read

    def watched(screen: LookingScreen) -> None:
        classes.append(frozenset(screen.classes))
        read(screen)

    monkeypatch.setattr(LookingScreen, "action_read", watched)
    for size in ((80, 18), (120, 36), (200, 50)):
        async with running(app_in(home), size):
            pass
    assert [set(each) for each in classes] == [
        {"-narrow", "-short"},
        {"-medium", "-tall"},
        {"-wide", "-tall"},
    ]
