"""The question waits for a browser to be closed, and never does anything about that itself."""

import asyncio
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerCancelled

from cookietui.model.deletion import Plan
from cookietui.model.site import Site
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.tui.opening import build
from cookietui.tui.screens import confirm
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.looking import LookingScreen
from tests.builders import child
from tests.tui.driving import (
    CHROMIUM,
    FIREFOX,
    NEWS,
    NOW,
    Driver,
    button,
    judged,
    put_cursor_on,
    question,
    rows,
    running,
    selection,
    settled,
    status,
    toasts,
    workspace_in,
)

_SECONDS = 20
_ROUNDS = 50
_LOCK = """
import fcntl
lock = open(sys.argv[1], "w")
ways = {"start": fcntl.LOCK_EX, "close": fcntl.LOCK_UN}
fcntl.lockf(lock, ways["start"])
print("start", flush=True)
for word in sys.stdin:
    fcntl.lockf(lock, ways[word.strip()])
    print(word, end="", flush=True)
"""
JUST_FIREFOX = Wanted(browsers=("firefox",))


class Firefox:
    """A process that uses the profile as Firefox does, or lives on without doing so."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _do(self, word: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(word, file=self._process.stdin, flush=True)
        assert self._process.stdout.readline() == f"{word}\n"

    def close(self) -> None:
        self._do("close")

    def start(self) -> None:
        self._do("start")


class Looking(Workspace):
    """Counts how often the browsers are looked at, and may take its time over it."""

    looks = 0
    takes = 0.0

    def __init__(self, home: Path) -> None:
        super().__init__(Environment.of_home(home, sample=True), clock=lambda: NOW)

    def plan(self, *arguments: Any) -> Plan:  # noqa: ANN401 - as it is
        """Work out a plan, perhaps slowly."""
        self.looks += 1
        threading.Event().wait(self.takes)
        return super().plan(*arguments)


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again sooner than a person would need."""
    monkeypatch.setattr(confirm, "_LOOK_SECONDS", 0.1)


@pytest.fixture
def firefox(home: Path) -> Iterator[Firefox]:
    """A running Firefox, which must not be harmed."""
    with child(_LOCK, (home / FIREFOX).with_name(".parentlock")) as process:
        yield Firefox(process)
        assert process.poll() is None


@asynccontextmanager
async def asked(
    home: Path, wanted: Wanted = EVERYTHING, workspace: Workspace | None = None
) -> AsyncIterator[Driver]:
    """The question whether to delete what is suggested of a site that is in both stores."""
    app = build(workspace or workspace_in(home), site=Site.parse(NEWS), wanted=wanted)
    async with running(app, (120, 36)) as pilot:
        for key in "ad":
            await press(pilot, key)
        yield pilot


async def until(condition: Callable[[], bool], seconds: float = _SECONDS) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        await asyncio.sleep(0.01)


async def looked(workspace: Looking, times: int = 3) -> None:
    """Wait until the browsers were looked at some times more."""
    wanted = workspace.looks + times
    await until(lambda: workspace.looks >= wanted)


async def press(pilot: Driver, key: str) -> None:
    """Press a key, whatever looks at the browsers are under way."""
    pilot.app.simulate_key(key)
    for _ in range(_ROUNDS):
        with suppress(WorkerCancelled):
            await settled(pilot)
            return
    raise AssertionError("it looks without end")


def said(pilot: Driver) -> str:
    return question(pilot).lower()


def possible(pilot: Driver) -> bool:
    return not button(pilot, "delete").disabled


async def test_the_browser_in_the_way_is_named_and_y_does_nothing(
    home: Path, firefox: Firefox
) -> None:
    before = rows(home)
    workspace = Looking(home)
    async with asked(home, JUST_FIREFOX, workspace) as pilot:
        assert "close firefox: " in said(pilot)
        assert not possible(pilot)
        await press(pilot, "y")
        await looked(workspace)
        await press(pilot, "y")
        assert "close firefox: " in said(pilot)
        assert not possible(pilot)
    assert rows(home) == before


async def test_that_the_browser_was_closed_is_noticed_and_y_deletes(
    home: Path, firefox: Firefox
) -> None:
    before = rows(home)
    async with asked(home, JUST_FIREFOX) as pilot:
        count = len(selection(pilot).chosen)
        firefox.close()
        await until(lambda: possible(pilot))
        assert "firefox is closed now" in said(pilot)
        assert "close firefox" not in said(pilot)
        assert "in use" not in said(pilot)
        assert button(pilot, "cancel").has_focus
        assert rows(home) == before
        await press(pilot, "y")
        assert isinstance(pilot.app.screen, LookingScreen)
        assert f"{count} cookies deleted" in status(pilot)
    assert len(rows(home)["moz_cookies"]) == len(before["moz_cookies"]) - count
    assert rows(home)["cookies"] == before["cookies"]


@pytest.mark.parametrize("key", ["n", "escape", "q", "enter"])
async def test_the_wait_can_be_given_up_and_begun_anew(
    home: Path, firefox: Firefox, key: str
) -> None:
    before = rows(home)
    workspace = Looking(home)
    async with asked(home, JUST_FIREFOX, workspace) as pilot:
        await looked(workspace)
        await press(pilot, key)
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "nothing was deleted" in status(pilot)
        looks = workspace.looks
        firefox.close()
        await press(pilot, "d")
        assert workspace.looks == looks + 1
        assert possible(pilot)
    assert rows(home) == before


async def test_a_browser_that_is_started_again_is_in_the_way_again(
    home: Path, firefox: Firefox
) -> None:
    before = rows(home)
    async with asked(home, JUST_FIREFOX) as pilot:
        firefox.close()
        await until(lambda: possible(pilot))
        firefox.start()
        await until(lambda: not possible(pilot))
        assert "close firefox: " in said(pilot)
        assert "closed now" not in said(pilot)
        await press(pilot, "y")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        firefox.close()
        await until(lambda: possible(pilot))
        assert rows(home) == before
        await press(pilot, "y")
        assert "deleted" in status(pilot)
    assert rows(home) != before


@pytest.mark.parametrize("all_closed", [True, False])
async def test_every_browser_in_the_way_is_named_until_it_is_closed(
    home: Path, firefox: Firefox, all_closed: bool
) -> None:
    before = rows(home)
    lock = (home / CHROMIUM).parent.parent / "SingletonLock"
    lock.symlink_to("another-computer-1")
    async with asked(home) as pilot:
        assert "close chromium and firefox: " in said(pilot)
        assert not possible(pilot)
        firefox.close()
        await until(lambda: possible(pilot))
        assert "close chromium: " in said(pilot)
        if all_closed:
            lock.unlink()
            await until(lambda: "closed now" in said(pilot))
            assert "chromium and firefox are closed now" in said(pilot)
        await press(pilot, "y")
        assert ("Chromium" in toasts(pilot)) is not all_closed
    gone = {table: len(before[table]) - len(each) for table, each in rows(home).items()}
    assert gone["moz_cookies"] > 0
    assert (gone["cookies"] > 0) is all_closed


async def test_looks_that_take_longer_than_the_pause_between_them_count(
    home: Path, firefox: Firefox
) -> None:
    workspace = Looking(home)
    async with asked(home, JUST_FIREFOX, workspace) as pilot:
        workspace.takes = 1.0
        firefox.close()
        await until(lambda: possible(pilot), seconds=8)


@pytest.mark.parametrize("waiting", [True, False])
async def test_what_is_kept_in_another_window_meanwhile_is_not_deleted(
    home: Path, firefox: Firefox, waiting: bool
) -> None:
    before = rows(home)
    if not waiting:
        firefox.close()
    async with asked(home, JUST_FIREFOX) as pilot:
        cookie = selection(pilot).chosen[0].cookie
        workspace_in(home).overrides.keep(cookie.name, cookie.domain)
        if waiting:
            firefox.close()
            await until(lambda: possible(pilot))
        await press(pilot, "y")
        assert f"{cookie.name} of {cookie.domain} is kept for ever since then" in toasts(pilot)
        assert "nothing was changed" in toasts(pilot)
        await press(pilot, "u")
        assert "no deletion to undo" in status(pilot)
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, ConfirmScreen)
    assert rows(home) == before


async def test_a_browser_is_not_told_as_closed_because_all_is_kept_now(
    home: Path, firefox: Firefox
) -> None:
    workspace = Looking(home)
    app = build(workspace, site=Site.parse(NEWS), wanted=JUST_FIREFOX)
    async with running(app, (120, 36)) as pilot:
        await put_cursor_on(pilot, "__gads")
        for key in ("space", "d"):
            await press(pilot, key)
        assert "close firefox: " in said(pilot)
        cookie = judged(pilot, "__gads").cookie
        workspace_in(home).overrides.keep(cookie.name, cookie.domain)
        await looked(workspace, 3)
        assert "closed now" not in said(pilot)
        assert not possible(pilot)
