"""From the words on the command line to the screen."""

import os
import sys

from textual.app import InvalidThemeError

from cookietui.errors import UsageError
from cookietui.model.site import Site
from cookietui.operations.sample.folder import sample_home
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.tui.app import CookieApp
from cookietui.tui.screens.main import MainScreen
from cookietui.tui.theme import ASCII, UNICODE


def open_screen(
    workspace: Workspace,
    *,
    site: Site | None,
    wanted: Wanted,
    read_only: bool,
    theme: str | None,
    ascii_only: bool,
    no_mouse: bool,
    color: bool,
) -> int:
    """Open the screen and stay until the person leaves it.

    Args:
        workspace: What to work with.
        site: The site to begin with.
        wanted: Which profiles to read.
        read_only: Whether deleting is off.
        theme: The name of a theme.
        ascii_only: Whether to draw with ASCII characters only.
        no_mouse: Whether to leave the mouse to the terminal.
        color: Whether colours may be used.

    Returns:
        The exit status.

    Raises:
        UsageError: This is no terminal, or there is no such theme.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("the screen needs a terminal", "`cookietui list` prints instead")
    app = build(
        workspace,
        site=site,
        wanted=wanted,
        read_only=read_only,
        theme=theme or "",
        ascii_only=ascii_only,
        color=color,
    )
    result = app.run(mouse=not no_mouse)
    return result if result is not None else app.return_code or 0


def build(
    workspace: Workspace,
    *,
    site: Site | None = None,
    wanted: Wanted = EVERYTHING,
    read_only: bool = False,
    theme: str = "",
    ascii_only: bool = False,
    color: bool = True,
) -> CookieApp:
    """Put the full-screen program together.

    Raises:
        UsageError: There is no such theme.
    """
    signs = ASCII if ascii_only else UNICODE

    def main_screen(where: Workspace) -> MainScreen:
        own = where is workspace
        return MainScreen(
            where,
            signs,
            site=site if own else None,
            wanted=wanted if own else EVERYTHING,
            read_only=read_only,
        )

    def samples() -> Workspace:
        home = sample_home(workspace.clock(), fresh=True)
        return Workspace(Environment.of_home(home, sample=True), clock=workspace.clock)

    try:
        return CookieApp(
            workspace, main_screen, samples, theme=theme, ascii_only=ascii_only, color=color
        )
    except InvalidThemeError as error:
        raise UsageError(
            f"there is no theme called {theme!r}", "dark and light are always there"
        ) from error
