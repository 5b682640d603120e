"""Looking, marking and narrowing: what a person does before anything is deleted."""

from pathlib import Path

from cookietui.model.policy import Purpose
from cookietui.model.verdict import Suggestion
from cookietui.operations.selection import Group
from tests.tui.driving import (
    BOATS,
    NEWS,
    SHOP,
    app_in,
    confirming,
    judged,
    line_of,
    marked,
    names_in,
    narrow,
    panes,
    press,
    put_cursor_on,
    running,
    scope,
    seen,
    selection,
    settled,
    status,
    workspace_in,
)


async def test_sites_and_cookies_are_shown_after_the_start(home: Path) -> None:
    async with running(app_in(home), (100, 30)) as pilot:
        assert scope(pilot) == NEWS
        assert "opendatasoft.com" in seen(pilot)
        assert "__gads" in seen(pilot)
        assert {each.cookie.name for each in selection(pilot).judged} == names_in(home, NEWS)
        assert panes(pilot).cookies.has_focus


async def test_the_program_begins_on_the_site_it_was_given(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        assert scope(pilot) == SHOP
        assert {each.cookie.name for each in selection(pilot).judged} == names_in(home, SHOP)


async def test_a_site_without_cookies_is_told_and_all_sites_are_shown(home: Path) -> None:
    async with running(app_in(home, "nothing-here.example")) as pilot:
        assert "nothing-here.example" in status(pilot)
        assert scope(pilot) == ""
        everything = {cookie.key for cookie in workspace_in(home).scan().cookies}
        assert {each.cookie.key for each in selection(pilot).judged} == everything


async def test_moving_in_the_sites_shows_the_cookies_of_each(home: Path) -> None:
    async with running(app_in(home)) as pilot:
        await press(pilot, "1")
        assert panes(pilot).sites.has_focus
        for key, site in (
            ("down", "opendatasoft.com"),
            ("j", "doubleclick.net"),
            ("k", "opendatasoft.com"),
        ):
            await press(pilot, key)
            assert scope(pilot) == site
            assert {each.cookie.name for each in selection(pilot).judged} == names_in(home, site)
        await press(pilot, "enter")
        assert panes(pilot).cookies.has_focus


async def test_a_folded_group_shows_its_heading_only_until_opened(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        before = selection(pilot).lines
        await put_cursor_on(pilot, "Marketing")
        await press(pilot, "enter")
        heading = selection(pilot).lines[line_of(pilot, "Marketing")]
        assert isinstance(heading, Group)
        assert panes(pilot).cookies.count == len(before) - len(heading.cookies)
        assert "_fbp" not in seen(pilot)
        await press(pilot, "enter")
        assert "_fbp" in seen(pilot)
        assert panes(pilot).cookies.count == len(before)


async def test_braces_go_from_group_to_group(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "g", "right_curly_bracket")
        assert panes(pilot).cookies.cursor == line_of(pilot, "Statistics")
        await press(pilot, "left_curly_bracket")
        assert panes(pilot).cookies.cursor == line_of(pilot, "Marketing")


async def test_space_marks_one_cookie_and_goes_on_to_the_next(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        at = panes(pilot).cookies.cursor
        await press(pilot, "space")
        assert marked(pilot) == {"_fbp"}
        assert panes(pilot).cookies.cursor == at + 1
        await press(pilot, "up", "space")
        assert marked(pilot) == set()


async def test_space_on_a_heading_marks_its_group_and_takes_the_marks_away(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "Statistics")
        await press(pilot, "space")
        purposes = {each.verdict.purpose for each in selection(pilot).chosen}
        assert purposes == {Purpose.STATISTICS}
        assert len(selection(pilot).chosen) == selection(pilot).counts[Purpose.STATISTICS]
        await press(pilot, "space")
        assert marked(pilot) == set()


async def test_unknown_cookies_are_marked_by_hand_only(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "Unknown")
        await press(pilot, "space")
        assert {each.verdict.purpose for each in selection(pilot).chosen} == {Purpose.UNKNOWN}


async def test_a_marks_what_is_suggested_and_nothing_else(home: Path) -> None:
    everything = set()
    for site in (SHOP, "facebook.com"):
        async with running(app_in(home, site)) as pilot:
            await press(pilot, "a")
            looked_at = selection(pilot)
            wanted = [e for e in looked_at.judged if e.verdict.suggestion is Suggestion.REMOVE]
            assert list(looked_at.chosen) == wanted
            purposes = {each.verdict.purpose for each in looked_at.chosen}
            assert Purpose.MARKETING in purposes <= {Purpose.MARKETING, Purpose.STATISTICS}
            everything |= {each.verdict.purpose for each in looked_at.judged}
    assert everything == set(Purpose)


async def test_a_leaves_preferences_alone_and_says_why_it_does_nothing(home: Path) -> None:
    async with running(app_in(home, BOATS)) as pilot:
        assert selection(pilot).counts[Purpose.PREFERENCES]
        await press(pilot, "a")
        assert marked(pilot) == set()
        assert "nothing here is suggested" in status(pilot)


async def test_x_takes_all_marks_away(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        assert marked(pilot)
        await press(pilot, "x")
        assert marked(pilot) == set()


async def test_marks_do_not_follow_to_another_site_nor_come_back(home: Path) -> None:
    async with running(app_in(home)) as pilot:
        await press(pilot, "a", "1", "down")
        assert selection(pilot).marked == frozenset()
        await press(pilot, "up")
        assert scope(pilot) == NEWS
        assert selection(pilot).marked == frozenset()


async def test_marks_and_the_cursor_stay_when_the_browsers_are_read_again(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        at = panes(pilot).cookies.cursor
        await press(pilot, "r")
        assert marked(pilot) == {"_fbp"}
        assert panes(pilot).cookies.cursor == at


async def test_the_filter_narrows_with_every_letter(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        everything = len(selection(pilot).judged)
        await press(pilot, "slash")
        assert panes(pilot).filter.has_focus
        shown = []
        for key in "_ga_":
            await press(pilot, key)
            shown.append({each.cookie.name for each in selection(pilot).shown})
        assert len(shown[0]) < everything
        assert shown[3] == {"_ga_3VH7MZ0PLC"}
        assert f"1 of {everything} shown" in seen(pilot)


async def test_the_filter_understands_a_purpose(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await narrow(pilot, "purpose:marketing")
        assert {each.verdict.purpose for each in selection(pilot).shown} == {Purpose.MARKETING}
        assert panes(pilot).cookies.has_focus


async def test_escape_clears_the_filter_from_the_field_and_from_the_list(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        everything = selection(pilot).ordered
        for leave in ((), ("enter",)):
            await press(pilot, "slash")
            panes(pilot).filter.value = "gcl"
            await press(pilot, *leave)
            await settled(pilot)
            assert len(selection(pilot).shown) == 1
            await press(pilot, "escape")
            assert selection(pilot).shown == everything
            assert panes(pilot).filter.value == ""
            assert panes(pilot).cookies.has_focus


async def test_a_filter_that_nothing_matches_says_how_to_get_out(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await narrow(pilot, "zzzz")
        assert selection(pilot).shown == ()
        assert "Nothing matches the filter" in seen(pilot)
        assert "esc" in seen(pilot)
        assert not pilot.app.screen.query("#samples")


async def test_marks_hidden_by_the_filter_are_counted_and_listed_before_deleting(
    home: Path,
) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        count, names = len(selection(pilot).chosen), marked(pilot)
        await narrow(pilot, "gcl")
        assert f"{count} marked" in status(pilot)
        assert f"{count - 1} of them hidden by the filter" in status(pilot)
        await press(pilot, "d")
        confirming(pilot)
        shown = seen(pilot)
        assert f"Will be deleted ({count})" in shown
        assert f"{count - 1} hidden by the filter" in shown
        for name in names:
            assert f" {name} " in shown


async def test_a_marks_only_what_the_filter_shows(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await narrow(pilot, "gcl")
        await press(pilot, "a", "escape")
        assert marked(pilot) == {"_gcl_au"}


async def test_a_necessary_cookie_is_marked_only_after_it_was_released(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "session")
        assert judged(pilot, "session").verdict.purpose is Purpose.NECESSARY
        await press(pilot, "space")
        assert marked(pilot) == set()
        assert "necessary" in status(pilot)
        await press(pilot, "K", "space")
        assert marked(pilot) == {"session"}
        await put_cursor_on(pilot, "session")
        await press(pilot, "K")
        assert marked(pilot) == set()
        await press(pilot, "space")
        assert marked(pilot) == set()


async def test_a_group_of_necessary_cookies_cannot_be_marked(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "Necessary")
        await press(pilot, "space")
        assert marked(pilot) == set()
