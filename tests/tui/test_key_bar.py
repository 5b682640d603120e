"""The bar at the bottom: which keys it shows, and that they can be pressed with the mouse."""

from itertools import pairwise
from pathlib import Path

import pytest

from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.widgets.bars import KeyBar, ShownKey
from tests.tui.driving import (
    SHOP,
    Driver,
    app_in,
    main_screen,
    marked,
    running,
    seen,
    settled,
    status,
)


def bar(pilot: Driver) -> KeyBar:
    return main_screen(pilot).query_one(KeyBar)


async def click(pilot: Driver, action: str) -> None:
    (shown,) = [each for each in bar(pilot).shown if each.action == action]
    await pilot.click(KeyBar, offset=(shown.start + 1, 0))
    await settled(pilot)


async def test_a_click_presses_the_key(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await click(pilot, "mark_suggested")
        assert marked(pilot)
        await click(pilot, "help")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_click_beside_the_keys_presses_none(home: Path) -> None:
    async with running(app_in(home, SHOP), (300, 40)) as pilot:
        *_, last, _ = bar(pilot).shown
        await pilot.click(KeyBar, offset=(last.end + 5, 0))
        await settled(pilot)
        assert pilot.app.screen is main_screen(pilot)
        assert not marked(pilot)


async def test_a_click_on_a_dimmed_key_says_why_it_does_nothing(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await click(pilot, "delete")
        assert "nothing is marked" in status(pilot)


@pytest.mark.parametrize("width", [30, 40, 80, 120, 300])
async def test_keys_never_overlap_nor_leave_the_window(home: Path, width: int) -> None:
    async with running(app_in(home, SHOP), (width, 24)) as pilot:
        shown: tuple[ShownKey, ...] = bar(pilot).shown
        assert shown[-1].action == "help"
        assert shown[-1].end == width
        assert all(one.end <= other.start for one, other in pairwise(shown))
        line = seen(pilot).splitlines()[-1]
        assert all(each.text[1].strip() in line for each in shown)


async def test_keys_the_person_chose_are_shown_and_clicked(home: Path) -> None:
    async with running(app_in(home, SHOP, keys={"mark_suggested": ("m",)})) as pilot:
        (shown,) = [each for each in bar(pilot).shown if each.action == "mark_suggested"]
        assert shown.key == "m"
        await click(pilot, "mark_suggested")
        assert marked(pilot)
