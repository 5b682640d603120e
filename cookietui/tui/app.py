"""The full-screen program: themes, the palette, and what must never get out."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from cookietui.errors import CookieTuiError
from cookietui.operations.workspace import Workspace
from cookietui.text import visible
from cookietui.tui.commands import COMMANDS, Keys
from cookietui.tui.guards import with_net
from cookietui.tui.theme import DARK, OURS, TERMINAL_THEMES, defaults

WITHOUT_COLOR = "ansi-dark"


class CookieApp(App[int]):
    """The program on a terminal.

    Args:
        workspace: What to work with.
        main_screen: Makes the first screen on a workspace.
        samples: Makes a workspace of sample profiles.
        theme: The name of a theme; empty for dark.
        ascii_only: Whether to draw with ASCII characters only.
        color: Whether colours may be used.
        keys: Keys that the person chose for commands.
    """

    TITLE = "cookietui"
    CSS_PATH = "cookietui.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING: ClassVar[str] = "ctrl+p"

    def __init__(
        self,
        workspace: Workspace,
        main_screen: Callable[[Workspace], Screen[None]],
        samples: Callable[[], Workspace],
        *,
        theme: str = "",
        ascii_only: bool = False,
        color: bool = True,
        keys: Keys | None = None,
    ) -> None:
        if not color:
            os.environ["NO_COLOR"] = "1"  # the only way in which the library can be told
        super().__init__(ansi_color=None if color else True)
        self._workspace = workspace
        self._main_screen = main_screen
        self._samples = samples
        for ours in OURS:
            self.register_theme(ours)
        self.theme = TERMINAL_THEMES.get(theme, theme or DARK.name) if color else WITHOUT_COLOR
        self._keys = keys or {}
        self.set_class(ascii_only, "-ascii")
        self.set_class(not color, "-nocolor")

    def on_mount(self) -> None:
        """Give commands the keys that the person chose."""
        self.set_keymap({name: ",".join(keys) for name, keys in self._keys.items()})

    def get_default_screen(self) -> Screen[None]:
        """Begin with sites and cookies."""
        return self._main_screen(self._workspace)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; before anything is there, the one parsing to come is enough."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give themes that are not ours the colours of the categories."""
        return defaults(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character through to the terminal."""
        return with_net(super().get_line_filters())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Put every command of the table into the palette."""
        for command in COMMANDS:
            if hasattr(screen, f"action_{command.id}"):
                # As if its key were pressed: what is dimmed there does nothing here either.
                action = partial(screen.run_action, command.id)
                yield SystemCommand(command.label, command.help, action)
        yield SystemCommand("Samples", "look around on sample profiles", self.action_open_samples)
        yield SystemCommand("Theme", "choose among all themes", self.action_change_theme)

    def action_open_samples(self) -> None:
        """Look around on samples, over whatever was shown before."""
        try:
            workspace = self._samples()
        except CookieTuiError as error:
            text = visible(f"{error.message}; {error.hint}")
            self.notify(text, severity="warning", markup=False, timeout=10)
        else:
            self.push_screen(self._main_screen(workspace))

    def _fatal_error(self) -> None:
        # The library's own shows every local variable, in which values may be.
        if os.environ.get("COOKIETUI_DEBUG"):
            from rich.traceback import Traceback  # noqa: PLC0415 - takes long to load

            self._exit_renderables.append(Traceback(show_locals=False))
        else:
            hint = "COOKIETUI_DEBUG=1 shows where it comes from"
            self._exit_renderables.append(Text(f"cookietui: unexpected error; {hint}"))
        self._close_messages_no_wait()
