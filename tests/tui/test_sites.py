"""The list of sites: all of them first, with a bar of purposes each; sorted and searched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.policy import Purpose
from cookietui.operations.site_list import SiteOrder
from cookietui.tui import drawing
from cookietui.tui.theme import ASCII, UNICODE
from tests.tui.driving import (
    NEWS,
    SHOP,
    Driver,
    all_sites,
    app_in,
    go_to_site,
    main_screen,
    marked,
    narrow,
    panes,
    press,
    running,
    scope,
    seen,
    selection,
    settled,
    status,
    workspace_in,
)

WIDE = (120, 40)


def shown_sites(pilot: Driver) -> list[str]:
    return [each.site for each in main_screen(pilot)._sites.shown]


async def test_the_first_line_is_all_sites_with_every_cookie_once(home: Path) -> None:
    async with running(app_in(home), WIDE) as pilot:
        await all_sites(pilot)
        cookies = [cookie.key for cookie in workspace_in(home).scan().cookies]
        assert scope(pilot) == ""
        assert sorted(each.cookie.key.columns for each in selection(pilot).judged) == sorted(
            key.columns for key in cookies
        )
        total = main_screen(pilot)._found
        assert total is not None
        assert total.total.cookies == len(cookies)
        line = next(line for line in seen(pilot).splitlines() if "All sites" in line)
        assert f"{selection(pilot).removable}/{len(cookies)}" in line


async def test_marks_of_a_site_do_not_follow_to_all_sites(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        assert marked(pilot)
        await all_sites(pilot)
        assert selection(pilot).marked == frozenset()
        await press(pilot, "a")
        everything = marked(pilot)
        await go_to_site(pilot, SHOP)
        assert everything
        assert selection(pilot).marked == frozenset()


async def test_s_sorts_the_sites_and_the_cursor_stays_on_its_site(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "1", "s")
        counts = [each.cookies for each in main_screen(pilot)._sites.shown]
        assert counts == sorted(counts, reverse=True)
        assert "cookies" in status(pilot)
        await press(pilot, "s")
        assert shown_sites(pilot) == sorted(shown_sites(pilot))
        assert scope(pilot) == SHOP
        assert shown_sites(pilot)[panes(pilot).sites.cursor - 1] == SHOP
        await press(pilot, "s")
        assert main_screen(pilot)._sites.order is SiteOrder.REMOVABLE


async def test_the_slash_among_sites_searches_them_and_leaves_cookies_alone(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "1", "slash", *"hrbbooks")
        assert shown_sites(pilot) == [SHOP]
        assert not selection(pilot).filter
        assert "All sites" in seen(pilot)
        await press(pilot, "enter")
        assert panes(pilot).sites.has_focus
        assert panes(pilot).filter.display
        assert shown_sites(pilot) == [SHOP]
        await press(pilot, "escape")
        assert len(shown_sites(pilot)) > 5
        assert not panes(pilot).filter.display
        assert scope(pilot) == SHOP


async def test_a_key_right_after_the_one_for_sites_is_for_the_sites(home: Path) -> None:
    async with running(app_in(home, NEWS), WIDE) as pilot:
        for key in ("1", "s"):
            pilot.app.simulate_key(key)  # so fast that nothing is drawn in between
        await settled(pilot)
        assert "sites sorted by" in status(pilot)


async def test_enter_goes_to_the_best_match_of_a_search(home: Path) -> None:
    async with running(app_in(home, NEWS), WIDE) as pilot:
        await press(pilot, "1", "slash", *"o")
        best, *others = shown_sites(pilot)
        assert len(others) > 5
        await press(pilot, "enter")
        assert scope(pilot) == best
        assert panes(pilot).sites.has_focus
        await press(pilot, "slash", *"pendata", "enter")
        assert scope(pilot) == "opendatasoft.com"


@pytest.mark.parametrize("leave", ["enter", "escape"])
async def test_a_search_that_finds_none_leaves_all_sites_and_a_way_out(
    home: Path, leave: str
) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "1", "slash", *"zzzzqq")
        assert shown_sites(pilot) == []
        assert panes(pilot).sites.count == 1
        await press(pilot, leave, "escape")
        assert len(shown_sites(pilot)) > 5


async def test_a_filter_of_cookies_is_still_in_sight_after_a_search_of_sites(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await narrow(pilot, "gcl")
        await press(pilot, "1", "slash", *"harbour", "enter", "2", "slash")
        line = panes(pilot).filter
        assert (line.for_sites, line.value) == (False, "gcl")
        await press(pilot, "enter", "1", "escape")
        assert len(shown_sites(pilot)) > 5
        assert (line.for_sites, line.value, line.display) == (False, "gcl", True)
        await press(pilot, "2", "escape")
        assert not selection(pilot).filter
        assert line.value == ""


async def test_escape_among_cookies_clears_their_filter_and_not_the_search(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await narrow(pilot, "gcl")
        await press(pilot, "1", "slash", *"harbour", "enter", "2", "escape")
        assert not selection(pilot).filter
        assert shown_sites(pilot) == [SHOP]
        await press(pilot, "1", "escape")
        assert len(shown_sites(pilot)) > 5


async def test_sites_that_are_searched_for_stay_so_when_read_again(home: Path) -> None:
    async with running(app_in(home)) as pilot:
        await press(pilot, "1", "slash", *"post", "enter", "r")
        assert NEWS in shown_sites(pilot)
        assert SHOP not in shown_sites(pilot)


@given(st.dictionaries(st.sampled_from(list(Purpose)), st.integers(0, 10_000)))
def test_a_bar_is_six_signs_and_leaves_no_purpose_out(purposes: dict[Purpose, int]) -> None:
    parts = drawing.bar(purposes, ASCII)
    there = {purpose for purpose, number in purposes.items() if number}
    assert sum(len(text) for text, _ in parts) == (6 if there else 0)
    assert {tone for _, tone in parts} == {f"cat-{purpose.value}" for purpose in there}
    assert all(text for text, _ in parts)


def test_the_longest_part_of_a_bar_is_that_of_most_cookies() -> None:
    parts = drawing.bar({Purpose.MARKETING: 90, Purpose.NECESSARY: 10}, UNICODE)
    assert "".join(text for text, _ in parts) == "✖✖✖✖✖◆"
