"""The one-line bars: title, status, and the keys that can be pressed now."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Input, Static
from textual.widgets._footer import FooterKey  # the only way to dock one key by itself

from cookietui.operations.filtering import completions

_OF_COOKIES = "words, or purpose:marketing party:third expires:>1y came-back ..."
_OF_SITES = "letters of a site's name"
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
        Binding("tab", "complete", "Complete"),
        Binding("escape", "screen.back", "Clear"),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder=_OF_COOKIES, id="filter")
        self.for_sites = False
        self._of_the_other = ""

    def use(self, *, for_sites: bool) -> None:
        """Take it for sites or for cookies, with what was typed there; nobody is told of it."""
        if for_sites is self.for_sites:
            return
        self.for_sites = for_sites
        self.placeholder = _OF_SITES if for_sites else _OF_COOKIES
        self._of_the_other, before = self.value, self._of_the_other
        self.put(before)

    def put(self, text: str) -> None:
        """Put a text there of which nobody is told."""
        with self.prevent(Input.Changed):
            self.value = text

    def action_complete(self) -> None:
        """Complete the last word."""
        could = () if self.for_sites else completions(self.value)
        if could:
            before = self.value.rpartition(" ")[0]
            self.value = f"{before} {could[0]}".lstrip()
            self.cursor_position = len(self.value)


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
