"""Driving the screen on sample profiles: start it, press keys, and see what came of them."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from cookietui.config import ViewState, load_view
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.selection import Group, Selection
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted
from cookietui.tui.app import CookieApp
from cookietui.tui.commands import Keys
from cookietui.tui.opening import build
from cookietui.tui.panes import Panes, View
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.listing import ListScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.widgets.bars import StatusLine
from cookietui.tui.widgets.details import Details

NOW = 1_795_000_000_000_000
SHOP = "harbour-books.example"  # one store, every purpose but preferences
NEWS = "morning-post.example"  # in both stores
OWN_POLICY = (
    "| Name | Category | Duration |\n|---|---|---|\n| session | Necessary | session |\n"
    "| _ga | Statistics | 1 minute |\n| never_there | Marketing | 1 year |\n"
)
BOATS = "paper-boats.example"  # the one with preferences
CHROMIUM = Path(".config/chromium/Default/Cookies")
FIREFOX = Path(".config/mozilla/firefox/sample.default-release/cookies.sqlite")
VIEW = Path(".local/state/cookietui/view.json")
USUAL = (80, 24)
_CALM = 2
_ROUNDS = 200
_PATIENCE = 60  # seconds

Row = tuple[object, ...]
Driver = Pilot[int]
Option = bool | str | Wanted | ViewState | Keys


def workspace_in(home: Path) -> Workspace:
    """Everything in a made-up person's home, at a moment that never passes."""
    return Workspace(Environment.of_home(home, sample=True), clock=lambda: NOW)


def app_in(home: Path, site: str = "", **options: Option) -> CookieApp:
    """The program in a made-up person's home, perhaps on one site."""
    return app_on(workspace_in(home), site, **options)


def app_on(workspace: Workspace, site: str = "", **options: Option) -> CookieApp:
    """The program on a workspace, perhaps on one site."""
    return build(workspace, site=Site.parse(site) if site else None, **options)  # type: ignore[arg-type]


@asynccontextmanager
async def running(app: CookieApp, size: tuple[int, int] = USUAL) -> AsyncIterator[Driver]:
    """Run the program until everything that it does by itself is done."""
    async with app.run_test(size=size, notifications=True) as pilot:
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await settled(pilot)
        yield pilot


async def settled(pilot: Driver) -> None:
    """Wait until no work is under way, no message is waiting, and all is drawn."""
    calm = 0
    for _ in range(_ROUNDS):
        await pilot.app.workers.wait_for_complete()
        if not await pilot._wait_for_screen():
            return  # the program has crashed; leaving `running` tells how
        pilot.app.screen._on_timer_update()
        await asyncio.sleep(0)
        calm = calm + 1 if _is_calm(pilot.app) else 0
        if calm >= _CALM:
            return
    raise AssertionError("the screen does not come to rest")


def _is_calm(app: App[int]) -> bool:
    screen = app.screen
    pumps = [app, *screen.walk_children(with_self=True)]
    waiting = any(pump.message_queue_size or pump._next_callbacks for pump in pumps)
    undrawn = screen._callbacks or screen._layout_required or screen._dirty_widgets
    working = not all(worker.is_finished for worker in app.workers)
    return not (waiting or undrawn or working)


async def press(pilot: Driver, *keys: str) -> None:
    """Press keys one after the other, each when all is done that the one before began."""
    for key in keys:
        pilot.app.simulate_key(key)
        await settled(pilot)


async def narrow(pilot: Driver, text: str) -> None:
    """Fill in the filter and go back to the list."""
    await press(pilot, "slash")
    panes(pilot).filter.value = text
    await press(pilot, "enter")


def main_screen(pilot: Driver) -> LookingScreen:
    """The screen with sites and cookies, whatever lies over it."""
    stack = reversed(pilot.app.screen_stack)
    return next(each for each in stack if isinstance(each, LookingScreen))


def panes(pilot: Driver) -> Panes:
    """Its panes."""
    return main_screen(pilot).query_one(Panes)


def view(pilot: Driver) -> View:
    """What there is to be seen."""
    return main_screen(pilot)._view


def selection(pilot: Driver) -> Selection:
    """The cookies of the chosen site, and how they are looked at."""
    return view(pilot).selection


def scope(pilot: Driver) -> str:
    """The chosen site."""
    chosen = view(pilot).scope
    return chosen.host if chosen else ""


def marked(pilot: Driver) -> set[str]:
    """The names of the marked cookies."""
    return {each.cookie.name for each in selection(pilot).chosen}


def status(pilot: Driver) -> str:
    """What the status line says."""
    return str(main_screen(pilot).query_one(StatusLine).content)


def toasts(pilot: Driver) -> str:
    """What is told over the screen for a while."""
    return "\n".join(each.message for each in pilot.app._notifications)


def line_of(pilot: Driver, wanted: str) -> int:
    """Where a group or a cookie stands, by its name."""
    return next(
        index
        for index, line in enumerate(selection(pilot).lines)
        if (line.name if isinstance(line, Group) else line.cookie.name) == wanted
    )


async def put_cursor_on(pilot: Driver, wanted: str) -> None:
    """Move the cursor to a group or a cookie."""
    panes(pilot).cookies.cursor = line_of(pilot, wanted)
    await settled(pilot)


def judged(pilot: Driver, name: str) -> JudgedCookie:
    """A cookie of the chosen site."""
    return next(each for each in selection(pilot).judged if each.cookie.name == name)


def text_of(screen: Screen[object]) -> str:
    """What is drawn, line by line, without colours."""
    lines = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def seen(pilot: Driver) -> str:
    """What a person sees now."""
    return text_of(pilot.app.screen)


def confirming(pilot: Driver) -> ConfirmScreen:
    """The question whether to delete, which must be the one thing that is asked."""
    asked = [each for each in pilot.app.screen_stack if isinstance(each, ConfirmScreen)]
    assert asked == [pilot.app.screen]
    return asked[0]


def question(pilot: Driver) -> str:
    """What the question says beside its lists, on one line."""
    asked = confirming(pilot).query_one("#warnings", Static)
    assert asked.region.area
    return " ".join(str(asked.content).split())


def button(pilot: Driver, name: str) -> Button:
    """A button of the screen on top."""
    return pilot.app.screen.query_one(f"#{name}", Button)


def rows(home: Path) -> dict[str, list[Row]]:
    """Every row of both stores, text as bytes, in no order that matters."""
    found = {}
    for path, table in ((CHROMIUM, "cookies"), (FIREFOX, "moz_cookies")):
        with closing(sqlite3.connect(f"{(home / path).as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            query = f"SELECT * FROM {table}"  # noqa: S608 - constants
            found[table] = sorted(connection.execute(query).fetchall(), key=repr)
    return found


def names_in(home: Path, site: str) -> set[str]:
    """The names of a site's cookies, read anew."""
    inventory = workspace_in(home).scan()
    return {cookie.name for cookie in inventory.of_site(Site(site, site))}


async def until(pilot: Driver, condition: Callable[[], object], what: str) -> None:
    """Wait for something that the program does by itself after a while."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        await settled(pilot)


def left_behind(home: Path) -> ViewState:
    """How the screen was left, as it was written down."""
    return load_view(home / VIEW)


async def all_sites(pilot: Driver) -> None:
    """Look at the cookies of all sites together."""
    await press(pilot, "1", "g", "enter")


async def go_to_site(pilot: Driver, site: str) -> None:
    """Put the cursor on a site in the list."""
    sites = [each.site for each in main_screen(pilot)._sites.shown]
    panes(pilot).sites.cursor = sites.index(site) + 1
    await settled(pilot)


def listed(pilot: Driver) -> list[str]:
    """The lines of the view on top, as its columns say them, without those left out."""
    shown = pilot.app.screen
    assert isinstance(shown, ListScreen)
    return [" ".join(cell.text for cell in item.cells) for item in shown._items]


def explained(pilot: Driver) -> str:
    """What the details of the screen on top say, in full."""
    return "\n".join(line.text for line in pilot.app.screen.query_one(Details)._lines)


def said(pilot: Driver) -> str:
    """What the status line of the screen on top says."""
    return str(pilot.app.screen.query_one(StatusLine).content)


async def put_cursor_on_item(pilot: Driver, start: str) -> None:
    """Move the cursor of the view on top to the first line that begins so."""
    shown = pilot.app.screen
    assert isinstance(shown, ListScreen)
    lines = [line.strip() for line in listed(pilot)]
    shown.items.cursor = next(i for i, line in enumerate(lines) if line.startswith(start))
    await settled(pilot)


def with_own_policy(home: Path, text: str = OWN_POLICY) -> Workspace:
    """The workspace of a person who has imported the policy of the shop."""
    workspace = workspace_in(home)
    file = home / "policy.md"
    file.write_text(text)
    for policy in workspace.read_policy(file, Site.parse(SHOP)).policies:
        workspace.keep_policy(policy)
    return workspace
