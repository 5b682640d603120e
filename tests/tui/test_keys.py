"""Every command of the table does what it says when its key is pressed; keys can be changed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette

from cookietui.config import load_config
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.selection import Group
from cookietui.tui.commands import COMMANDS, CONFIRMING, Command, changed_keys, key_names
from cookietui.tui.screens.audit import AuditScreen
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.doctor import DoctorScreen
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.screens.history import HistoryScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.screens.policies import PoliciesScreen
from tests.tui.driving import (
    SHOP,
    Driver,
    app_in,
    judged,
    line_of,
    main_screen,
    marked,
    names_in,
    panes,
    press,
    put_cursor_on,
    running,
    seen,
    selection,
    settled,
    status,
    view,
)

Flow = Callable[[Driver, Path, str], Awaitable[None]]


def cursor(pilot: Driver) -> int:
    return panes(pilot).cookies.cursor


async def at(pilot: Driver, line: int) -> None:
    panes(pilot).cookies.cursor = line
    await settled(pilot)


async def cursor_up(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, 3)
    await press(pilot, key)
    assert cursor(pilot) == 2


async def cursor_down(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, 3)
    await press(pilot, key)
    assert cursor(pilot) == 4


async def page_up(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, panes(pilot).cookies.count - 1)
    before = cursor(pilot)
    await press(pilot, key)
    assert 0 < cursor(pilot) < before - 1


async def page_down(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, 0)
    await press(pilot, key)
    assert 1 < cursor(pilot) < panes(pilot).cookies.count - 1


async def top(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, 7)
    await press(pilot, key)
    assert cursor(pilot) == 0


async def bottom(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert cursor(pilot) == panes(pilot).cookies.count - 1 > 10


async def previous_group(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, line_of(pilot, "Statistics"))
    await press(pilot, key)
    assert cursor(pilot) == line_of(pilot, "Marketing")


async def next_group(pilot: Driver, home: Path, key: str) -> None:
    await at(pilot, line_of(pilot, "Marketing") + 1)
    await press(pilot, key)
    assert cursor(pilot) == line_of(pilot, "Statistics")


async def show_sites(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert panes(pilot).sites.has_focus


async def show_cookies(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, "1", key)
    assert panes(pilot).cookies.has_focus


async def show_details(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert panes(pilot).details.has_focus


async def back(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, "slash", *"gcl")
    assert len(selection(pilot).shown) == 1
    await press(pilot, key)
    assert len(selection(pilot).shown) > 1
    assert panes(pilot).cookies.has_focus


async def toggle_mark(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "_fbp")
    await press(pilot, key)
    assert marked(pilot) == {"_fbp"}


async def mark_suggested(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert {e.cookie.key for e in selection(pilot).judged if e.removable} == selection(pilot).marked


async def mark_shown(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    free = {e.cookie.key for e in selection(pilot).judged if not selection(pilot).protected(e)}
    assert free == selection(pilot).marked


async def mark_range(pilot: Driver, home: Path, key: str) -> None:
    heading = selection(pilot).lines[line_of(pilot, "Statistics")]
    assert isinstance(heading, Group)
    await at(pilot, line_of(pilot, "Statistics") + 1)
    await press(pilot, "space")
    await at(pilot, line_of(pilot, "Statistics") + len(heading.cookies))
    await press(pilot, key)
    assert selection(pilot).marked == {each.cookie.key for each in heading.cookies}
    assert len(selection(pilot).marked) > 1


async def invert_marks(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, "a")
    before = selection(pilot).marked
    await press(pilot, key)
    assert selection(pilot).marked
    assert not selection(pilot).marked & before


async def clear_marks(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, "a", key)
    assert marked(pilot) == set()


async def choose(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "Marketing")
    await press(pilot, key)
    heading = selection(pilot).lines[line_of(pilot, "Marketing")]
    assert isinstance(heading, Group)
    assert heading.folded


async def filter_(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert panes(pilot).filter.has_focus
    assert panes(pilot).filter.display
    await press(pilot, key)
    assert panes(pilot).filter.has_focus


async def sort(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert selection(pilot).order is Order.LIFETIME


async def group(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert selection(pilot).grouping is Grouping.KIND


async def delete(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "_fbp")
    await press(pilot, "space", key)
    assert isinstance(pilot.app.screen, ConfirmScreen)
    await press(pilot, key)  # twice deletes nothing
    assert "_fbp" in names_in(home, SHOP)
    await press(pilot, CONFIRMING)
    assert "_fbp" not in names_in(home, SHOP)


async def undo(pilot: Driver, home: Path, key: str) -> None:
    before = names_in(home, SHOP)
    await press(pilot, "a", "d", "y")
    assert names_in(home, SHOP) < before
    await press(pilot, key)
    assert names_in(home, SHOP) == before


async def keep(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "_fbp")
    await press(pilot, key)
    assert judged(pilot, "_fbp").verdict.kept


async def copy_name(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "_fbp")
    await press(pilot, key)
    assert pilot.app.clipboard == "_fbp"


async def value(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "currency")
    await press(pilot, key)
    assert view(pilot).value == "GBP"


async def copy_value(pilot: Driver, home: Path, key: str) -> None:
    await put_cursor_on(pilot, "currency")
    await press(pilot, key)
    assert pilot.app.clipboard == ""
    assert "no value is shown" in status(pilot)
    await press(pilot, "v", key)
    assert pilot.app.clipboard == "GBP"
    assert "secret" in status(pilot)


async def read(pilot: Driver, home: Path, key: str) -> None:
    before = view(pilot).inventory
    await press(pilot, key)
    assert view(pilot).inventory is not before


async def watch(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert "watching" in status(pilot)
    await press(pilot, key)
    assert "no longer watching" in status(pilot)


def opens(kind: type) -> Flow:
    async def flow(pilot: Driver, home: Path, key: str) -> None:
        await press(pilot, key)
        assert isinstance(pilot.app.screen, kind)

    return flow


async def toggle_theme(pilot: Driver, home: Path, key: str) -> None:
    await press(pilot, key)
    assert pilot.app.theme == "light"


async def quit_(pilot: Driver, home: Path, key: str) -> None:
    await pilot.press(key)
    assert pilot.app.return_value == 0


FLOWS: dict[str, Flow] = {
    "cursor_up": cursor_up,
    "cursor_down": cursor_down,
    "page_up": page_up,
    "page_down": page_down,
    "top": top,
    "bottom": bottom,
    "previous_group": previous_group,
    "next_group": next_group,
    "show_sites": show_sites,
    "show_cookies": show_cookies,
    "show_details": show_details,
    "back": back,
    "toggle_mark": toggle_mark,
    "mark_suggested": mark_suggested,
    "mark_shown": mark_shown,
    "mark_range": mark_range,
    "invert_marks": invert_marks,
    "clear_marks": clear_marks,
    "choose": choose,
    "filter": filter_,
    "sort": sort,
    "group": group,
    "delete": delete,
    "undo": undo,
    "keep": keep,
    "copy_name": copy_name,
    "value": value,
    "copy_value": copy_value,
    "read": read,
    "watch": watch,
    "audit": opens(AuditScreen),
    "history": opens(HistoryScreen),
    "policies": opens(PoliciesScreen),
    "doctor": opens(DoctorScreen),
    "toggle_theme": toggle_theme,
    "help": opens(HelpScreen),
    "command_palette": opens(CommandPalette),
    "quit": quit_,
}
PRESSED = [
    # Those that the footer shows in every run, the others in the long one.
    pytest.param(
        each,
        key,
        id=f"{each.id} {key}",
        marks=() if each.footer and key == each.keys[0] else pytest.mark.proof,
    )
    for each in COMMANDS
    for key in each.keys
]


def test_every_command_has_a_flow() -> None:
    assert set(FLOWS) == {command.id for command in COMMANDS}


@pytest.mark.parametrize(("command", "key"), PRESSED)
async def test_a_key_does_what_its_command_says(home: Path, command: Command, key: str) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await FLOWS[command.id](pilot, home, key)


# Keys that a person chose


async def test_a_key_of_one_s_own_works_and_the_one_before_no_longer(home: Path) -> None:
    keys = changed_keys({"sort": "z", "group": "ctrl+g f6", "cursor_down": "n"})
    async with running(app_in(home, SHOP, keys=keys), (100, 110)) as pilot:
        await press(pilot, "s", "o")
        assert (selection(pilot).order, selection(pilot).grouping) == (Order.NAME, Grouping.PURPOSE)
        await press(pilot, "z", "ctrl+g", "f6")
        assert selection(pilot).order is Order.LIFETIME
        assert selection(pilot).grouping is Grouping.PROVIDER
        await at(pilot, 0)
        await press(pilot, "j", "n")
        assert cursor(pilot) == 1
        await press(pilot, "question_mark")
        lines = [" ".join(line.split()) for line in seen(pilot).splitlines()]
        assert any("z sort the list" in line for line in lines)
        assert any("ctrl+g f6 group by" in line for line in lines)


async def test_two_commands_can_change_places(home: Path) -> None:
    keys = changed_keys({"sort": "o", "group": "s"})
    async with running(app_in(home, SHOP, keys=keys)) as pilot:
        await press(pilot, "s")
        assert (selection(pilot).order, selection(pilot).grouping) == (Order.NAME, Grouping.KIND)
        await press(pilot, "o")
        assert selection(pilot).order is Order.LIFETIME


@pytest.mark.parametrize("written", [",", ".", "+", "?", "{", "/", "*", "ä", "F"])
async def test_a_sign_is_a_key_as_it_is_written(home: Path, written: str) -> None:
    others = {"help": "f1", "previous_group": "f2", "filter": "f3", "mark_shown": "f4"}
    keys = changed_keys({**others, "sort": written})
    async with running(app_in(home, SHOP, keys=keys)) as pilot:
        await pilot.press(written)
        await settled(pilot)
        assert selection(pilot).order is Order.LIFETIME
    command = next(each for each in COMMANDS if each.id == "sort")
    assert key_names(command, keys) == written


async def test_a_letter_for_the_filter_is_a_letter_inside_it(home: Path) -> None:
    keys = changed_keys({"filter": "f"})
    async with running(app_in(home, SHOP, keys=keys)) as pilot:
        await press(pilot, "f", *"fbp")
        assert panes(pilot).filter.value == "fbp"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"dance": "z"}, "no command is called 'dance'"),
        ({"sort": ""}, "no key is named for 'sort'"),
        ({"sort": "  "}, "no key is named for 'sort'"),
        ({"sort": "o"}, "'o' is the key of both 'sort' and 'group'"),
        ({"sort": "z", "group": "z"}, "'z' is the key of both 'sort' and 'group'"),
        ({"copy_name": "c", "delete": "y"}, "'y' confirms a deletion"),
        ({"copy_name": "c", "delete": "d y"}, "'y' confirms a deletion"),
    ],
)
def test_keys_that_cannot_be_used_are_told(settings: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("(", ".")):
        changed_keys(settings)


def test_no_key_of_the_table_begins_and_confirms_a_deletion() -> None:
    command = next(each for each in COMMANDS if each.id == "delete")
    assert CONFIRMING not in command.keys
    bound = [key for each in ConfirmScreen.BINDINGS for key in each.key.split(",")]  # type: ignore[union-attr]
    assert CONFIRMING in bound
    assert not set(bound) & set(command.keys)


def test_keys_and_screen_are_read_from_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[screen]\ntheme = "nord"\nascii = true\nmouse = false\n\n[keys]\nsort = "z"\n')
    config = load_config(file)
    assert (config.screen.theme, config.screen.ascii, config.screen.mouse) == ("nord", True, False)
    assert changed_keys(config.keys) == {"sort": ("z",)}


async def test_escape_and_q_leave_every_screen_whatever_is_changed(home: Path) -> None:
    keys = changed_keys({"quit": "Z", "back": "B", "delete": "D", "doctor": "d"})
    async with running(app_in(home, SHOP, keys=keys)) as pilot:
        for opening in ("H", "P", "d", "question_mark", "A"):
            await press(pilot, opening)
            assert not isinstance(pilot.app.screen, LookingScreen)
            await press(pilot, "escape")
            assert pilot.app.screen is main_screen(pilot)
