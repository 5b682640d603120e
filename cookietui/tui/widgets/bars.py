"""The one-line bars: title, status, and the keys that can be pressed now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Input, Static
from textual.widgets._footer import FooterKey  # the only way to dock one key by itself

Piece = str | tuple[str, str]


class TitleBar(Horizontal):
    """The program's name, where the person is, and what that holds."""

    def compose(self) -> ComposeResult:
        """Name, place and figures."""
        yield Static(" cookietui ", id="brand")
        yield Static(id="place")
        yield Static(id="figures")

    def tell(self, place: Content, figures: Content) -> None:
        """Say where the person is and what that holds."""
        self.query_one("#place", Static).update(place)
        self.query_one("#figures", Static).update(figures)


class StatusLine(Static):
    """What is marked, whether the browser is closed, and what is going on."""


class FilterLine(Input):
    """Where the person types what to show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Done", key_display="enter"),
        Binding("escape", "screen.back", "Clear"),
    ]

    def __init__(self) -> None:
        super().__init__(
            placeholder="words, or purpose:marketing party:third host:...", id="filter"
        )


class KeyBar(Footer):
    """The keys that can be pressed now, with help always in sight at the right."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Dock help by itself, so that no other key can push it out of a narrow window."""
        for key in super().compose():
            if isinstance(key, FooterKey) and key.action == "help":
                key.add_class("-help")
            yield key


def assemble(*pieces: Piece) -> Content:
    """Put texts and styled texts together; nothing in them is read as markup."""
    return Content.assemble(*pieces)
