"""The first look, begun before there is a screen: told while it takes, shown at once when done."""

import asyncio
import inspect
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from textual.css import stylesheet

from cookietui.operations.inventory import Inventory, Progress
from cookietui.operations.surveying import FirstLook
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.tui.app import CookieApp
from tests.tui.driving import (
    SHOP,
    app_in,
    app_on,
    running,
    selection,
    settled,
    status,
    workspace_in,
)


class Held(Workspace):
    """A workspace that tells which profile it is about to read, and then waits to be let go."""

    def __init__(self, home: Path) -> None:
        super().__init__(Environment.of_home(home, sample=True))
        self.told, self.let_go = threading.Event(), threading.Event()

    def scan(
        self, wanted: Wanted = EVERYTHING, tell: Progress | None = None, site: object = None
    ) -> Inventory:
        """Read, but not before it may."""
        assert tell is not None
        tell(0, 2, "Firefox slow")
        self.told.set()
        assert self.let_go.wait(60)
        return super().scan(wanted)


async def test_what_was_read_before_is_there_without_anything_read_again(home: Path) -> None:
    with ThreadPoolExecutor(1) as beside:
        first = FirstLook(beside, workspace_in(home), EVERYTHING)
        wait([first.future])
        async with running(app_in(home, SHOP, first=first)) as pilot:
            assert selection(pilot).judged
            found = first.future.result().inventory
            assert pilot.app.screen._view.inventory is found  # type: ignore[attr-defined]


async def test_a_look_that_takes_long_is_told_and_then_shown(home: Path) -> None:
    workspace = Held(home)
    with ThreadPoolExecutor(1) as beside:
        first = FirstLook(beside, workspace, EVERYTHING)
        assert workspace.told.wait(60)
        app = app_on(workspace, SHOP, first=first)
        async with app.run_test(size=(120, 36)) as pilot:
            async with asyncio.timeout(60):
                while "reading 1 of 2: Firefox slow" not in status(pilot):
                    await pilot.pause()
            workspace.let_go.set()
            await settled(pilot)
            assert selection(pilot).judged


async def test_our_style_sheet_is_parsed_once_before_anything_is_seen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    real = stylesheet.parse

    def counted(scope: str, css: str, *rest: object, **options: object) -> object:
        parsed.append(css)
        return real(scope, css, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(stylesheet, "parse", counted)
    ours = CookieApp.CSS_PATH
    sheet = Path(inspect.getfile(CookieApp)).with_name(str(ours)).read_text()
    async with running(app_in(home, SHOP)):
        assert parsed.count(sheet) == 1
