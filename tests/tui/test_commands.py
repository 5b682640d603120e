"""The other commands: sort, group, value, copy, theme, help, palette, quit."""

from pathlib import Path

from textual.command import CommandPalette

from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.selection import Group
from cookietui.tui.commands import COMMANDS, LIST_BINDINGS, SCREEN_BINDINGS, key_names
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.widgets.details import Details
from tests.tui.driving import (
    SHOP,
    app_in,
    main_screen,
    marked,
    narrow,
    panes,
    press,
    put_cursor_on,
    running,
    seen,
    selection,
    settled,
    status,
)


async def test_s_sorts_by_one_thing_after_the_other(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        seen_orders = []
        for _ in Order:
            await press(pilot, "s")
            seen_orders.append(selection(pilot).order)
        assert seen_orders == [Order.LIFETIME, Order.HOST, Order.NAME]
        await press(pilot, "s")
        lines = selection(pilot).lines
        group = lines[0]
        assert isinstance(group, Group)
        ends = [each.cookie.expires for each in group.cookies if each.cookie.expires]
        assert ends == sorted(ends, reverse=True)
        assert "lifetime" in status(pilot)


async def test_o_groups_by_one_thing_after_the_other(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        groupings = []
        for _ in Grouping:
            await press(pilot, "o")
            groupings.append(selection(pilot).grouping)
            names = [each.name for each in selection(pilot).lines if isinstance(each, Group)]
            assert names
            assert len(names) == len(set(names))
        assert groupings == [*list(Grouping)[1:], Grouping.PURPOSE]


async def test_marks_and_details_work_in_every_grouping(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        for _ in Grouping:
            await press(pilot, "o", "g", "x", "space")
            group = selection(pilot).lines[0]
            assert isinstance(group, Group)
            free = {e.cookie.key for e in group.cookies if not selection(pilot).protected(e)}
            assert selection(pilot).marked == free
            assert str(len(group.cookies)) in details(pilot.app.screen)


def details(screen: object) -> str:
    """What the details say."""
    assert isinstance(screen, LookingScreen)
    return "\n".join(line.text for line in screen.query_one(Details)._lines)


async def test_v_shows_one_value_until_the_cursor_moves(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 50)) as pilot:
        await put_cursor_on(pilot, "currency")
        assert "GBP" not in details(pilot.app.screen)
        await press(pilot, "v")
        assert "GBP" in details(pilot.app.screen)
        await press(pilot, "down")
        assert "GBP" not in details(pilot.app.screen)
        await press(pilot, "up")
        assert "GBP" not in details(pilot.app.screen)


async def test_v_again_hides_the_value(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 50)) as pilot:
        await put_cursor_on(pilot, "currency")
        await press(pilot, "v", "v")
        assert "GBP" not in details(pilot.app.screen)
        assert "hidden" in details(pilot.app.screen)


async def test_a_value_is_hidden_by_whatever_draws_the_list_anew(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 50)) as pilot:
        for key in "osxra":
            await put_cursor_on(pilot, "currency")
            await press(pilot, "v")
            assert "GBP" in details(pilot.app.screen)
            await press(pilot, key)
            assert "GBP" not in seen(pilot)


async def test_a_value_that_comes_late_is_not_shown_under_another_cookie(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 50)) as pilot:
        await put_cursor_on(pilot, "currency")
        main_screen(pilot).action_value()  # type: ignore[attr-defined]
        panes(pilot).cookies.cursor += 1
        await settled(pilot)
        assert "GBP" not in seen(pilot)


async def test_y_copies_the_name_made_visible(home: Path) -> None:
    async with running(app_in(home, "tampered-names.example")) as pilot:
        await put_cursor_on(pilot, "x_trk\x1b[31m")
        await press(pilot, "y")
        assert pilot.app.clipboard == "x_trk\\x1b[31m"
        assert "copied" in status(pilot)


async def test_t_changes_between_dark_and_light(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        themes = []
        for _ in range(2):
            await press(pilot, "t")
            themes.append((pilot.app.theme, pilot.app.current_theme.dark))
        assert themes == [("light", False), ("dark", True)]


async def test_the_theme_is_chosen_at_the_start_too(home: Path) -> None:
    async with running(app_in(home, SHOP, theme="nord")) as pilot:
        assert pilot.app.theme == "nord"
        await press(pilot, "a")
        assert "_fbp" in seen(pilot)


async def test_help_tells_every_command_with_its_keys(home: Path) -> None:
    async with running(app_in(home, SHOP), (100, 110)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        lines = [" ".join(line.split()) for line in seen(pilot).splitlines()]
        for command in COMMANDS:
            wanted = f"{key_names(command, {})} {command.help}"
            assert any(wanted in line for line in lines), wanted


async def test_help_closes_without_ending_the_program(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        for key in ("escape", "question_mark", "q"):
            await press(pilot, "question_mark")
            assert isinstance(pilot.app.screen, HelpScreen)
            await press(pilot, key)
            assert isinstance(pilot.app.screen, LookingScreen)
            assert pilot.app.is_running


async def test_the_palette_lists_the_commands_of_the_screen(home: Path) -> None:
    async with running(app_in(home, SHOP), (100, 140)) as pilot:
        await press(pilot, "ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        shown = seen(pilot)
        for command in COMMANDS:
            if not command.in_list and command.id != "command_palette":
                assert f" {command.label} " in shown
                assert command.help in shown


async def test_a_command_chosen_in_the_palette_is_done(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "ctrl+p", *"unneeded", "enter")
        assert marked(pilot)


async def test_no_key_means_two_things() -> None:
    keys = [key for each in (*LIST_BINDINGS, *SCREEN_BINDINGS) for key in each.key.split(",")]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys if key.startswith(("ctrl+", "cmd+", "super+"))]


async def test_every_command_does_something(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        for command in COMMANDS:
            where = panes(pilot).cookies if command.in_list else pilot.app.screen
            found = hasattr(where, f"action_{command.id}")
            assert found or hasattr(pilot.app, f"action_{command.id}")


async def test_q_ends_the_program(home: Path) -> None:
    app = app_in(home, SHOP)
    async with running(app) as pilot:
        await pilot.press("q")
    assert app.return_value == 0


async def test_keys_typed_right_after_the_slash_go_into_the_filter(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        for key in ("slash", *"maroux"):
            pilot.app.simulate_key(key)
        await settled(pilot)
        assert panes(pilot).filter.value == "maroux"
        assert marked(pilot) == set()
        assert selection(pilot).grouping is Grouping.PURPOSE


async def test_q_typed_into_the_filter_is_a_letter(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "slash", "q", "d", "u")
        assert panes(pilot).filter.value == "qdu"
        assert isinstance(pilot.app.screen, LookingScreen)


async def test_three_reads_the_details_and_escape_comes_back(home: Path) -> None:
    async with running(app_in(home, SHOP), (100, 16)) as pilot:
        assert not panes(pilot).details.display
        await press(pilot, "3")
        assert panes(pilot).details.has_focus
        assert panes(pilot).details.display
        await press(pilot, "escape")
        assert panes(pilot).cookies.has_focus


async def test_details_explain_what_the_cursor_is_on(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 50)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        assert "_fbp" in details(pilot.app.screen)
        assert "consent needed" in details(pilot.app.screen)
        await put_cursor_on(pilot, "Necessary")
        assert "no consent needed" in details(pilot.app.screen)
        await narrow(pilot, "zzzz")
        assert "Nothing selected" in details(pilot.app.screen)
