"""The line in which filters are typed: completion, and the words of the filter on the screen."""

from pathlib import Path

from cookietui.model.policy import Purpose
from cookietui.operations.inventory import Inventory
from tests.tui.driving import (
    SHOP,
    app_in,
    panes,
    press,
    running,
    selection,
    status,
    view,
)


async def test_tab_completes_the_last_word_and_the_list_follows(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "slash", *"gcl pur")
        assert "purpose:" in status(pilot)
        await press(pilot, "tab")
        assert panes(pilot).filter.value == "gcl purpose:"
        assert panes(pilot).filter.has_focus
        await press(pilot, "m", "tab")
        assert panes(pilot).filter.value == "gcl purpose:marketing"
        assert [each.cookie.name for each in selection(pilot).shown] == ["_gcl_au"]
        assert selection(pilot).filter.purposes == (Purpose.MARKETING,)
        await press(pilot, "tab")
        assert panes(pilot).filter.value == "gcl purpose:marketing"


async def test_tab_completes_nothing_among_sites(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "1", "slash", *"pur", "tab")
        assert panes(pilot).filter.value == "pur"


async def test_how_long_cookies_live_narrows_on_the_screen(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "slash")
        panes(pilot).filter.value = "expires:>30d"
        await press(pilot, "enter")
        shown = selection(pilot).shown
        inventory = view(pilot).inventory
        assert isinstance(inventory, Inventory)
        month = 30 * 86_400_000_000
        assert shown
        assert len(shown) < len(selection(pilot).judged)
        assert all((each.cookie.expires or 0) > inventory.at + month for each in shown)
