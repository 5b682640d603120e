"""From the words on the command line to the screen."""

import gc
from functools import partial
from pathlib import Path

import msgspec
from textual.app import InvalidThemeError
from textual.theme import BUILTIN_THEMES

from cookietui.config import Config, ViewState, load_view, save_view
from cookietui.errors import ConfigError, UsageError
from cookietui.model.site import Site
from cookietui.operations.arranging import Grouping
from cookietui.operations.selection import Selection
from cookietui.operations.site_list import SiteList
from cookietui.operations.surveying import FirstLook
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.tui.app import CookieApp
from cookietui.tui.commands import Keys, changed_keys
from cookietui.tui.screens.main import MainScreen
from cookietui.tui.theme import ASCII, OURS, TERMINAL_THEMES, UNICODE

# How often the garbage collector looks, by the age of what it looks at: thousands of small objects
# are made at each key, so often at the young. All cookies are old, and looking at them takes as
# long as a key may: once in some hundred keys, for parts of old pictures hold on to one another.
_COLLECTING = (2_000, 5, 400)


def open_screen(
    workspace: Workspace,
    config: Config,
    *,
    site: Site | None,
    wanted: Wanted,
    read_only: bool,
    theme: str | None,
    group: str | None,
    ascii_only: bool,
    no_mouse: bool,
    color: bool,
    first: FirstLook | None = None,
) -> int:
    """Open the screen and stay until the person leaves it; how it is left is remembered.

    Args:
        workspace: What to work with.
        config: The person's settings.
        site: The site to begin with; the one looked at last if none is named.
        wanted: Which profiles to read.
        read_only: Whether deleting is off.
        theme: The name of a theme.
        group: What cookies are grouped by.
        ascii_only: Whether to draw with ASCII characters only.
        no_mouse: Whether to leave the mouse to the terminal.
        color: Whether colours may be used.
        first: The first look at everything, if it was begun already.

    Returns:
        The exit status.

    Raises:
        ConfigError: Keys in the settings cannot be used.
        UsageError: There is no such theme.
    """
    left = load_view(workspace.environment.view)
    app = build(
        workspace,
        site=site,
        wanted=wanted,
        read_only=read_only,
        theme=theme or config.screen.theme,
        ascii_only=ascii_only or config.screen.ascii,
        color=color,
        left=msgspec.structs.replace(left, grouping=Grouping(group)) if group else left,
        keys=_keys(config, workspace.environment.settings),
        first=first,
    )
    collect_for_the_hand()
    result = app.run(mouse=config.screen.mouse and not no_mouse)
    return result if result is not None else app.return_code or 0


def _keys(config: Config, settings: Path) -> Keys:
    try:
        return changed_keys(config.keys)
    except ValueError as error:
        raise ConfigError(
            f"{settings}: {error} - in [keys]", "? on the screen lists them"
        ) from error


def collect_for_the_hand() -> None:
    """Have garbage collected so that neither the first picture nor a key waits for it."""
    gc.freeze()  # what is loaded and read by now stays until the end: there is nothing to look for
    gc.set_threshold(*_COLLECTING)
    gc.enable()


def build(
    workspace: Workspace,
    *,
    site: Site | None = None,
    wanted: Wanted = EVERYTHING,
    read_only: bool = False,
    theme: str = "",
    ascii_only: bool = False,
    color: bool = True,
    left: ViewState | None = None,
    keys: Keys | None = None,
    first: FirstLook | None = None,
) -> CookieApp:
    """Put the full-screen program together.

    Raises:
        UsageError: There is no such theme.
    """
    signs = ASCII if ascii_only else UNICODE
    left = left or ViewState()

    theme = theme or _still_there(left.theme)

    def remember(file: Path, view: ViewState) -> None:
        # Without colours there is one theme only, which the person did not choose.
        save_view(file, view if color else msgspec.structs.replace(view, theme=left.theme))

    def main_screen(where: Workspace) -> MainScreen:
        own = where is workspace
        return MainScreen(
            where,
            signs,
            site=site if own else None,
            last_site=left.site if own else "",
            wanted=wanted if own else EVERYTHING,
            read_only=read_only,
            selection=Selection(grouping=left.grouping, order=left.order),
            sites=SiteList(order=left.site_order),
            keys=keys or {},
            remember=partial(remember, where.environment.view),
            first=first if own else None,
        )

    def samples() -> Workspace:
        # The samples' values are encrypted; nobody else should pay for loading a cipher.
        from cookietui.operations.sample.folder import sample_home  # noqa: PLC0415

        home = sample_home(workspace.clock(), fresh=True)
        return Workspace(Environment.of_home(home, sample=True), clock=workspace.clock)

    try:
        return CookieApp(
            workspace, main_screen, samples, theme=theme, ascii_only=ascii_only, color=color,
            keys=keys,
        )  # fmt: skip
    except InvalidThemeError as error:
        raise UsageError(
            f"there is no theme called {theme!r}", "dark and light are always there"
        ) from error


def _still_there(theme: str) -> str:
    """A remembered theme, or none if it has gone since: nobody asked for it now."""
    known = {*TERMINAL_THEMES, *BUILTIN_THEMES, *(ours.name for ours in OURS)}
    return theme if theme in known else ""
