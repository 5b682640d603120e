"""What is said and what still works when a browser is missing, running, damaged or busy."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from textual.widgets import Button

from cookietui.model.site import Site
from cookietui.stores.choosing import Wanted
from cookietui.tui.app import CookieApp
from cookietui.tui.opening import build
from cookietui.tui.screens.looking import LookingScreen
from tests.builders import child
from tests.tui.driving import (
    CHROMIUM,
    FIREFOX,
    NEWS,
    SHOP,
    Driver,
    app_in,
    button,
    confirming,
    panes,
    press,
    question,
    rows,
    running,
    scope,
    seen,
    selection,
    settled,
    status,
    toasts,
    view,
    workspace_in,
)

_LOCK = (
    "import fcntl; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=True)"
)


@contextmanager
def firefox_running(home: Path) -> Iterator[None]:
    """Another process that holds the lock a running Firefox holds."""
    with child(_LOCK, (home / FIREFOX).with_name(".parentlock")):
        yield


def firefox_only(home: Path, site: str = NEWS) -> CookieApp:
    """The program on the Firefox profile alone."""
    return build(workspace_in(home), site=Site.parse(site), wanted=Wanted(browsers=("firefox",)))


def spoil(store: Path) -> None:
    """Put something that is no database where a store was."""
    store.write_bytes(b"no database at all" * 100)


def said(pilot: Driver) -> str:
    """Everything a person is told now."""
    return f"{status(pilot)}\n{toasts(pilot)}\n{seen(pilot)}"


async def test_without_a_browser_the_samples_are_offered_and_opened(tmp_path: Path) -> None:
    async with running(app_in(tmp_path)) as pilot:
        assert "No browser profile found" in seen(pilot)
        assert button(pilot, "samples").display
        await pilot.click("#samples")
        await settled(pilot)
        assert len(view(pilot).inventory.scanned) == 2  # type: ignore[union-attr]
        assert scope(pilot) == NEWS
        assert "__gads" in seen(pilot)


async def test_without_a_browser_the_button_is_reached_by_keys_too(tmp_path: Path) -> None:
    async with running(app_in(tmp_path)) as pilot:
        for _ in range(6):
            if isinstance(pilot.app.focused, Button):
                break
            await press(pilot, "tab")
        assert pilot.app.focused is button(pilot, "samples")
        await press(pilot, "enter")
        assert scope(pilot) == NEWS


async def test_samples_that_cannot_be_made_are_told_and_nothing_breaks(tmp_path: Path) -> None:
    trap = Path(tempfile.gettempdir()) / f"cookietui-demo-{os.getuid()}"
    trap.symlink_to(tmp_path)
    async with running(app_in(tmp_path)) as pilot:
        await pilot.click("#samples")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "not a folder of yours" in status(pilot) + toasts(pilot)


async def test_no_key_breaks_a_screen_without_cookies(tmp_path: Path) -> None:
    async with running(app_in(tmp_path)) as pilot:
        panes(pilot).cookies.focus()
        for key in ("a", "d", "u", "K", "v", "y", "space", "G", "s", "o"):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, LookingScreen)
            assert "No browser profile found" in seen(pilot)


async def test_an_unreadable_profile_is_told_and_the_others_work(home: Path) -> None:
    spoil(home / FIREFOX)
    async with running(app_in(home, NEWS)) as pilot:
        assert "Firefox" in toasts(pilot)
        assert "not a database" in toasts(pilot)
        assert {e.cookie.key.profile for e in selection(pilot).judged} == {"chromium:Default"}
        await press(pilot, "a", "d", "y")
        assert "deleted" in status(pilot)
        await press(pilot, "u")
        assert "put back" in status(pilot)


async def test_if_no_profile_can_be_read_every_reason_is_given(home: Path) -> None:
    spoil(home / FIREFOX)
    spoil(home / CHROMIUM)
    async with running(app_in(home), (120, 36)) as pilot:
        shown = " ".join(seen(pilot).split())
        assert "No profile can be read" in shown
        assert "Chromium Sample person" in shown
        assert "Firefox default-release" in shown
        assert selection(pilot).judged == ()
        assert button(pilot, "samples").display


async def test_reading_again_finds_a_profile_that_was_repaired(home: Path) -> None:
    whole = (home / FIREFOX).read_bytes()
    spoil(home / FIREFOX)
    async with running(firefox_only(home)) as pilot:
        assert selection(pilot).judged == ()
        (home / FIREFOX).write_bytes(whole)
        await press(pilot, "r")
        assert scope(pilot) == ""
        inventory = workspace_in(home).scan(Wanted(browsers=("firefox",)))
        everything = {cookie.key for cookie in inventory.cookies}
        assert {each.cookie.key for each in selection(pilot).judged} == everything != set()


async def test_a_running_browser_is_told_and_nothing_of_it_is_deleted(home: Path) -> None:
    before = rows(home)
    with firefox_running(home):
        async with running(firefox_only(home), (100, 30)) as pilot:
            assert "Firefox is running" in status(pilot)
            await press(pilot, "a", "d")
            assert "default-release" in question(pilot)
            assert "close Firefox" in question(pilot)
            assert "u brings it back" not in question(pilot)
            assert button(pilot, "delete").disabled
            await press(pilot, "y")
            confirming(pilot)
            await press(pilot, "n")
    assert rows(home) == before


async def test_a_browser_closed_meanwhile_is_noticed_without_reading_again(home: Path) -> None:
    async with running(firefox_only(home)) as pilot:
        with firefox_running(home):
            await press(pilot, "a", "d")
            assert button(pilot, "delete").disabled
            await press(pilot, "n")
        await press(pilot, "d")
        assert not button(pilot, "delete").disabled


async def test_a_browser_started_after_the_question_is_not_disturbed(home: Path) -> None:
    before = rows(home)
    async with running(firefox_only(home)) as pilot:
        await press(pilot, "a", "d")
        assert not button(pilot, "delete").disabled
        with firefox_running(home):
            await press(pilot, "y")
        assert "nothing was changed" in toasts(pilot)
        assert "close Firefox" in toasts(pilot)
    assert rows(home) == before


async def test_one_browser_running_does_not_stop_the_other(home: Path) -> None:
    before = rows(home)
    with firefox_running(home):
        async with running(app_in(home, NEWS)) as pilot:
            await press(pilot, "a", "d")
            assert not button(pilot, "delete").disabled
            await press(pilot, "y")
            assert "deleted, but" in toasts(pilot)
            assert "Firefox" in toasts(pilot)
    after = rows(home)
    assert after["moz_cookies"] == before["moz_cookies"]
    assert len(after["cookies"]) < len(before["cookies"])


async def test_undo_with_the_browser_running_says_so_and_can_be_done_later(home: Path) -> None:
    before = rows(home)
    async with running(firefox_only(home)) as pilot:
        await press(pilot, "a", "d", "y")
        with firefox_running(home):
            await press(pilot, "u")
            assert "close Firefox" in toasts(pilot)
            assert rows(home) != before
        await press(pilot, "u")
    assert rows(home) == before


def set_anew(home: Path) -> None:
    """What Firefox does when a site sets one of its cookies again."""
    with closing(sqlite3.connect(home / FIREFOX, isolation_level=None)) as connection:
        changed = connection.execute(
            "UPDATE moz_cookies SET creationTime = creationTime + 1"
            " WHERE name = '__gads' AND host = '.morning-post.example'"
        )
        assert changed.rowcount == 1


@pytest.mark.parametrize("asked", [False, True], ids=["before asking", "after asking"])
async def test_a_store_that_changed_since_it_was_looked_at_is_left_alone(
    home: Path, asked: bool
) -> None:
    async with running(firefox_only(home)) as pilot:
        await press(pilot, "a", *["d"] * asked)
        set_anew(home)
        before = rows(home)
        await press(pilot, *["d"] * (not asked), "y")
        assert rows(home) == before
        assert "nothing was changed" in toasts(pilot)
        await press(pilot, "u")
        assert "no deletion to undo" in status(pilot)


async def test_a_site_that_set_a_cookie_again_keeps_the_new_one_on_undo(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        panes(pilot).cookies.action_top()
        await press(pilot, "a", "d", "y")
        with closing(sqlite3.connect(home / CHROMIUM, isolation_level=None)) as connection:
            connection.execute(
                "INSERT INTO cookies SELECT creation_utc, host_key, top_frame_site_key, '_fbp',"
                " value, encrypted_value, path, expires_utc, is_secure, is_httponly,"
                " last_access_utc, has_expires, is_persistent, priority, samesite, source_scheme,"
                " source_port, last_update_utc, source_type, has_cross_site_ancestor FROM cookies"
                " WHERE name = 'OptanonConsent'"
            )
        await press(pilot, "u")
        assert "_fbp" in said(pilot)
        assert "set it again" in said(pilot)
