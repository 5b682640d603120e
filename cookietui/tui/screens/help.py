"""The keys and the categories, from the same tables that the program works with."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cookietui.judging.explain import PURPOSE_CONSENT, PURPOSE_MEANINGS, PURPOSE_TITLES
from cookietui.model.policy import Purpose
from cookietui.tui.commands import COMMANDS, Keys, Section, key_names
from cookietui.tui.theme import Signs, tone

_KEYS = 12
_PANES = {
    "sites": (
        "Sites",
        "Each with what is not needed of all its cookies, and a bar of their purposes. The first"
        " line is all sites together. / searches, s sorts, enter goes to the cookies.",
    ),
    "cookies": (
        "Cookies",
        "Grouped by purpose: what is not needed first. space marks, a marks all that is suggested,"
        " d asks and deletes, u puts back. / narrows: delete takes exactly what is marked.",
    ),
    "details": (
        "Details",
        "What the cookie under the cursor does, for whom, how that is known, and what happens when"
        " it is deleted. v shows its value, K keeps it for ever.",
    ),
}


class HelpScreen(ModalScreen[None]):
    """Every key, and what the categories mean.

    Args:
        signs: The characters to draw with.
        pane: The pane the person asked from, which is explained first.
        changed: Keys that the person chose for commands.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "close", "Close"),
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
    ]

    def __init__(self, signs: Signs, pane: str = "cookies", changed: Keys | None = None) -> None:
        super().__init__()
        self._signs = signs
        self._pane = pane
        self._changed = changed or {}

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="help") as text:
            text.border_title = "Help"
            text.border_subtitle = "esc closes"
            pieces = (*self._about_pane(), *self._keys(), *self._categories())
            yield Static(Content.assemble(*pieces))

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_down(self) -> None:
        """Scroll on."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll back."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def _about_pane(self) -> list[tuple[str, str]]:
        title, text = _PANES[self._pane]
        return [(f"{title}\n", "bold $primary"), (f"  {text}\n\n", "")]

    def _keys(self) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = []
        for section in Section:
            pieces.append((f"{section.value}\n", "bold $primary"))
            for command in COMMANDS:
                if command.section is section:
                    pieces.append((f"  {key_names(command, self._changed):{_KEYS}}", "bold"))
                    pieces.append((f"{command.help}\n", ""))
            pieces.append(("\n", ""))
        return pieces

    def _categories(self) -> list[tuple[str, str]]:
        pieces = [("Categories\n", "bold $primary")]
        for purpose in reversed(Purpose):
            sign, title = self._signs.purposes[purpose], PURPOSE_TITLES[purpose]
            pieces.append((f"  {sign} {title}  ", f"bold ${tone(purpose)}"))
            pieces.append((f"{PURPOSE_CONSENT[purpose]}\n", "italic $quiet"))
            pieces.append((f"    {PURPOSE_MEANINGS[purpose]}\n", ""))
        return pieces
