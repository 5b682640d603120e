"""Marking many at once, and that no mark is ever where the person did not put it."""

from pathlib import Path

import pytest

from cookietui.model.policy import Purpose
from cookietui.operations.arranging import Order
from cookietui.operations.selection import Group
from cookietui.tui.screens import looking
from tests.tui.driving import (
    NEWS,
    SHOP,
    all_sites,
    app_in,
    confirming,
    go_to_site,
    line_of,
    main_screen,
    marked,
    narrow,
    panes,
    press,
    put_cursor_on,
    question,
    running,
    selection,
    settled,
    status,
)
from tests.tui.test_keeping import kept


async def test_the_asterisk_marks_all_that_is_shown_but_what_is_protected(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "asterisk")
        looked_at = selection(pilot)
        free = {e.cookie.key for e in looked_at.judged if not looked_at.protected(e)}
        assert looked_at.marked == free
        assert {each.verdict.purpose for each in looked_at.chosen} > {Purpose.UNKNOWN}
        assert Purpose.NECESSARY not in {each.verdict.purpose for each in looked_at.chosen}
        await press(pilot, "x")
        await narrow(pilot, "gcl")
        await press(pilot, "asterisk", "escape")
        assert marked(pilot) == {"_gcl_au"}


async def test_what_is_marked_with_the_unknown_is_told_before_deleting(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "asterisk", "d")
        confirming(pilot)
        assert "unknown" in question(pilot)


async def test_i_turns_marks_around(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        suggested = marked(pilot)
        await press(pilot, "i")
        rest = marked(pilot)
        await press(pilot, "asterisk")
        assert suggested
        assert rest
        assert not suggested & rest
        assert marked(pilot) == suggested | rest
        await press(pilot, "i")
        assert marked(pilot) == set()


async def test_a_range_goes_from_the_last_mark_to_the_cursor(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        lines = selection(pilot).lines
        heading = lines[line_of(pilot, "Statistics")]
        assert isinstance(heading, Group)
        names = [each.cookie.name for each in heading.cookies]
        assert len(names) >= 3
        for first, last in ((names[0], names[2]), (names[2], names[0])):
            await press(pilot, "x")
            await put_cursor_on(pilot, first)
            await press(pilot, "space")
            await put_cursor_on(pilot, last)
            await press(pilot, "V")
            assert marked(pilot) == set(names[:3])


async def test_without_a_mark_there_is_no_range(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "G", "V")
        assert marked(pilot) == set()
        assert "mark the first cookie" in status(pilot)
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space", "x", "G", "V")
        assert marked(pilot) == set()
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space", "up", "space", "G", "V")
        assert marked(pilot) == set()


async def test_a_range_does_not_begin_on_another_site(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        await go_to_site(pilot, NEWS)
        await press(pilot, "G", "V")
        assert marked(pilot) == set()
        assert "mark the first cookie" in status(pilot)


async def test_a_range_begins_at_the_cookie_wherever_it_stands_by_then(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "o", "o", "o", "o")  # one group for each profile
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        (first,) = selection(pilot).chosen
        await press(pilot, "s")
        at = line_of(pilot, first.cookie.name)
        panes(pilot).cookies.cursor = at + 1
        await settled(pilot)
        await press(pilot, "V")
        low, high = selection(pilot).lines[at : at + 2]
        assert not isinstance(low, Group)
        assert not isinstance(high, Group)
        wanted = {e.cookie.key for e in (low, high) if not selection(pilot).protected(e)}
        assert selection(pilot).marked == wanted


async def test_a_range_over_several_groups_marks_nothing_protected(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space", "G", "V")
        assert len(marked(pilot)) > 5
        assert not [e for e in selection(pilot).chosen if selection(pilot).protected(e)]


async def test_a_mark_goes_when_its_cookie_is_kept_among_all_sites_too(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await all_sites(pilot)
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        (mark,) = selection(pilot).marked
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        assert [name for name, _ in kept(home)] == ["_fbp"]
        (same,) = (each for each in selection(pilot).judged if each.cookie.key == mark)
        assert same.verdict.kept
        for keys in ((), ("r",), ("a", "asterisk")):
            await press(pilot, *keys)
            assert mark not in selection(pilot).marked


async def test_what_one_keeps_on_a_site_is_kept_among_all_sites(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        await all_sites(pilot)
        said = [e.verdict.kept for e in selection(pilot).judged if e.cookie.domain == SHOP]
        assert said.count(True) == 1


# With many cookies another order is worked out beside the screen.


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every site count as one with many cookies."""
    monkeypatch.setattr(looking, "_MANY", 3)


@pytest.mark.usefixtures("many")
async def test_many_cookies_can_be_sorted_grouped_and_narrowed(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "s")
        assert selection(pilot).order is Order.LIFETIME
        await press(pilot, "slash", *"gcl", "enter")
        assert [each.cookie.name for each in selection(pilot).shown] == ["_gcl_au"]
        assert selection(pilot).order is Order.LIFETIME


@pytest.mark.usefixtures("many")
async def test_a_mark_does_not_make_the_screen_forget_what_was_asked_for(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        main_screen(pilot).action_sort()  # type: ignore[attr-defined]
        assert selection(pilot).order is Order.NAME  # not there yet
        main_screen(pilot).action_mark_suggested()  # type: ignore[attr-defined]
        chosen = marked(pilot)
        await settled(pilot)
        assert selection(pilot).order is Order.LIFETIME
        assert "_fbp" in chosen
        assert marked(pilot) == chosen


@pytest.mark.usefixtures("many")
async def test_marks_taken_away_meanwhile_do_not_come_back(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        main_screen(pilot).action_sort()  # type: ignore[attr-defined]
        main_screen(pilot).action_clear_marks()  # type: ignore[attr-defined]
        await settled(pilot)
        assert selection(pilot).order is Order.LIFETIME
        assert marked(pilot) == set()


@pytest.mark.usefixtures("many")
async def test_marks_do_not_follow_to_many_cookies_of_another_site(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        assert marked(pilot)
        await go_to_site(pilot, NEWS)
        assert selection(pilot).marked == frozenset()
        await press(pilot, "s", "a")
        panes(pilot).sites.cursor = 0
        await settled(pilot)
        assert selection(pilot).judged
        assert selection(pilot).marked == frozenset()


@pytest.mark.usefixtures("many")
async def test_only_what_was_asked_for_last_is_shown(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        screen = main_screen(pilot)
        screen.action_sort()  # type: ignore[attr-defined]
        screen.action_sort()  # type: ignore[attr-defined]
        screen.action_group()  # type: ignore[attr-defined]
        await settled(pilot)
        assert selection(pilot).order is Order.HOST
        assert selection(pilot).grouping.value == "kind"
        assert screen._pending is None
