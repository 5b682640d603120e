"""Deleting and undoing: asked first, done as said, proven by reading the stores again."""

import threading
from collections.abc import Iterable
from pathlib import Path

import pytest

from cookietui.model.deletion import Plan, Restoration
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.inventory import Inventory
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.safety.journal import Entry
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.widgets.bars import KeyBar
from tests.tui.driving import (
    NEWS,
    NOW,
    SHOP,
    app_in,
    app_on,
    button,
    confirming,
    main_screen,
    marked,
    names_in,
    press,
    put_cursor_on,
    rows,
    running,
    seen,
    selection,
    settled,
    status,
    toasts,
)


async def test_d_with_nothing_marked_says_why_and_asks_nothing(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "nothing is marked" in status(pilot)


async def test_the_question_names_what_goes_and_what_stays(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a", "d")
        confirming(pilot)
        shown = seen(pilot)
        chosen = selection(pilot).chosen
        for each in chosen:
            assert f" {each.cookie.name} " in shown
        assert f"Will be deleted ({len(chosen)})" in shown
        assert f"Will be kept ({len(selection(pilot).judged) - len(chosen)})" in shown
        assert "OptanonConsent" in shown
        assert SHOP in shown


async def test_enter_on_the_question_cancels(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a", "d")
        confirming(pilot)
        assert button(pilot, "cancel").has_focus
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "nothing was deleted" in status(pilot)
        assert marked(pilot)
    assert rows(home) == before


async def test_other_ways_to_say_no_delete_nothing(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP)) as pilot:
        for key in ("n", "escape", "q"):
            await press(pilot, "a", "d")
            confirming(pilot)
            await press(pilot, key)
            assert isinstance(pilot.app.screen, LookingScreen)
    assert rows(home) == before


async def test_d_pressed_again_on_the_question_does_nothing(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a", "d")
        asked = confirming(pilot)
        await press(pilot, "d", "d")
        assert confirming(pilot) is asked
    assert rows(home) == before


class SlowWorkspace(Workspace):
    """Plans and undoes only when it is let go."""

    def __init__(self, home: Path) -> None:
        super().__init__(Environment.of_home(home, sample=True), clock=lambda: NOW)
        self.let_go = threading.Event()

    def plan(
        self,
        site: str,
        shown: Iterable[JudgedCookie],
        chosen: Iterable[JudgedCookie],
        inventory: Inventory,
    ) -> Plan:
        """Work out a plan, later."""
        assert self.let_go.wait(20)
        return super().plan(site, shown, chosen, inventory)

    def undo(self, entry: str | None = None) -> tuple[Entry, Restoration]:
        """Put a deletion back, later."""
        assert self.let_go.wait(20)
        return super().undo(entry)


async def test_d_pressed_twice_at_once_asks_once(home: Path) -> None:
    workspace = SlowWorkspace(home)
    async with running(app_on(workspace, SHOP)) as pilot:
        await press(pilot, "a")
        await pilot.press("d", "d")
        workspace.let_go.set()
        await settled(pilot)
        confirming(pilot)


async def test_the_question_deletes_what_it_listed_even_if_marks_have_changed_since(
    home: Path,
) -> None:
    before = names_in(home, SHOP)
    workspace = SlowWorkspace(home)
    async with running(app_on(workspace, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        await pilot.press("d", "x", "a")
        workspace.let_go.set()
        await settled(pilot)
        assert "Will be deleted (1)" in seen(pilot)
        await press(pilot, "y")
    assert names_in(home, SHOP) == before - {"_fbp"}


async def test_y_deletes_what_is_marked_and_nothing_else(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, NEWS)) as pilot:
        everything = {each.cookie.key for each in selection(pilot).judged}
        await press(pilot, "a")
        chosen = selection(pilot).marked
        await press(pilot, "d", "y")
        assert f"{len(chosen)} cookies deleted" in status(pilot)
        assert {each.cookie.key for each in selection(pilot).judged} == everything - chosen
        assert marked(pilot) == set()
    after = rows(home)
    assert sum(map(len, after.values())) == sum(map(len, before.values())) - len(chosen)
    assert all(set(after[table]) < set(before[table]) for table in before)


async def test_u_brings_all_of_it_back_as_it_was(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, NEWS)) as pilot:
        count = len(selection(pilot).judged)
        await press(pilot, "a", "d", "y")
        assert rows(home) != before
        await press(pilot, "u")
        assert "put back" in status(pilot)
        assert len(selection(pilot).judged) == count
        await press(pilot, "u")
        assert "no deletion to undo" in status(pilot)
    assert rows(home) == before


async def test_u_brings_it_back_after_a_restart_too(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, NEWS)) as pilot:
        await press(pilot, "a", "d", "y")
    assert rows(home) != before
    async with running(app_in(home, NEWS)) as pilot:
        await press(pilot, "u")
        assert "put back" in status(pilot)
    assert rows(home) == before


async def test_the_last_cookie_of_a_site_goes_and_comes_back(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, "paper-widgets.example")) as pilot:
        await press(pilot, "a", "d", "y")
        assert names_in(home, "paper-widgets.example") == set()
        await press(pilot, "u")
    assert rows(home) == before


async def test_deleting_a_necessary_cookie_is_warned_of(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "session")
        await press(pilot, "K", "space", "d")
        assert "signed out" in seen(pilot)
        await press(pilot, "y")
    assert "session" not in names_in(home, SHOP)


async def test_the_mouse_deletes_by_the_button_only(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space", "d")
        await pilot.click("#going")
        await settled(pilot)
        confirming(pilot)
        await pilot.click("#delete")
        await settled(pilot)
    assert "_fbp" not in names_in(home, SHOP)


def dimmed(screen: LookingScreen) -> set[str]:
    """The actions of the keys that the footer shows as not to be pressed."""
    return {key.action for key in screen.query_one(KeyBar).shown if not key.enabled}


async def test_keys_that_cannot_act_are_dimmed_until_they_can(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        assert dimmed(main_screen(pilot)) == {"delete", "undo"}
        await press(pilot, "a")
        assert dimmed(main_screen(pilot)) == {"undo"}
        await press(pilot, "d", "y")
        assert dimmed(main_screen(pilot)) == {"delete", "mark_suggested"}


async def test_read_only_dims_delete_and_undo_and_says_why(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a", "d", "y")
    before = rows(home)
    async with running(app_in(home, NEWS, read_only=True)) as pilot:
        await press(pilot, "a")
        assert {"delete", "undo"} <= dimmed(main_screen(pilot))
        for key in ("d", "u"):
            await press(pilot, "x", "a", key)
            assert isinstance(pilot.app.screen, LookingScreen)
            assert "read-only" in status(pilot)
    assert rows(home) == before


@pytest.mark.parametrize("label", ["Delete", "Undo"])
async def test_read_only_holds_for_the_palette_too(home: Path, label: str) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a", "d", "y")
    before = rows(home)
    async with running(app_in(home, NEWS, read_only=True)) as pilot:
        await press(pilot, "a", "ctrl+p", *label.lower())
        await press(pilot, "enter", "y")
        assert not isinstance(pilot.app.screen, ConfirmScreen)
    assert rows(home) == before


async def test_the_palette_asks_nothing_about_nothing(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "ctrl+p", *"delete", "enter")
        assert not isinstance(pilot.app.screen, ConfirmScreen)


async def test_undo_pressed_twice_at_once_undoes_one_deletion(home: Path) -> None:
    workspace = SlowWorkspace(home)
    workspace.let_go.set()
    async with running(app_on(workspace, SHOP)) as pilot:
        await press(pilot, "a", "d", "y")
        after_first = rows(home)
        await put_cursor_on(pilot, "Unknown")
        await press(pilot, "space", "d", "y")
        assert rows(home) != after_first
        workspace.let_go.clear()
        await pilot.press("u", "u")
        workspace.let_go.set()
        await settled(pilot)
        assert toasts(pilot) == ""
    assert rows(home) == after_first
