"""The one-line bars: title, status, and the keys that can be pressed now."""

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.events import MouseDown
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from cookietui.operations.filtering import completions

_OF_COOKIES = "words, or purpose:marketing party:third expires:>1y came-back ..."
_BRAND = "title-bar--brand"
_LEAST = 8  # cells, or the place would hardly be more than the sign that something is cut
_OF_SITES = "letters of a site's name"
Piece = str | tuple[str, str]


class TitleBar(Widget):
    """The program's name, where the person is, and what that holds.

    Args:
        cut: What stands where a text is cut short.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {_BRAND}

    def __init__(self, cut: str) -> None:
        super().__init__(id="title")
        self._cut = cut
        self._place = self._figures = Content("")

    def tell(self, place: Content, figures: Content) -> None:
        """Say where the person is and what that holds."""
        if not (place.is_same(self._place) and figures.is_same(self._figures)):
            self._place, self._figures = place, figures
            self.refresh()

    def render(self) -> Content:
        """The place gives way to the figures."""
        look = self.get_visual_style(_BRAND)
        if self.get_component_styles(_BRAND).text_style.reverse:
            look += Style(reverse=True)  # the library forgets it
        brand = Content.styled(" cookietui ", look)
        figures = self._figures.pad(1, 1)
        room = self.size.width - brand.cell_length
        figures = _cut_to(figures, room, self._cut)
        place, left = self._place.pad(2, 2), room - figures.cell_length
        place = _cut_to(place, left, self._cut) if left >= _LEAST else Content("")
        gap = room - place.cell_length - figures.cell_length
        return Content.assemble(brand, place, " " * gap, figures)


class StatusLine(Static):
    """What is marked, whether the browser is closed, and what is going on."""

    def tell(self, content: Content) -> None:
        """Say something else."""
        before = self.content
        if not (isinstance(before, Content) and content.is_same(before)):
            self.update(content, layout=False)


class FilterLine(Input):
    """Where the person types what to show.

    The library lays out the whole screen at each letter, for there is more to scroll then. Nothing
    else depends on that here.
    """

    virtual_size = reactive(Size(0, 0), layout=False)
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


class ShownKey(NamedTuple):
    """A key on the bar.

    Attributes:
        key: Its name.
        action: What it does.
        enabled: Whether it can do anything now.
        text: How it is called, and what it does in a word.
        start: The column it begins in.
    """

    key: str
    action: str
    enabled: bool
    text: tuple[str, str]
    start: int

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.start + sum(map(cell_len, self.text))


class KeyBar(Widget):
    """The keys that can be pressed now, with help always in sight at the right.

    One line, drawn at once: the library's own is a dozen widgets, made anew at every change.
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Be told when other keys can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()

    @property
    def shown(self) -> tuple[ShownKey, ...]:
        """The keys for which there is room, from left to right."""
        shown: list[ShownKey] = []
        first: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                first.setdefault(active.binding.action, active)
        # Help by itself, so that no other key can push it out of a narrow window.
        helping = first.pop("help", None)
        room = self.size.width
        if helping:
            last = self._key(helping, 0)
            room -= last.end
            shown.append(last._replace(start=room))
        start = 0
        for active in first.values():
            key = self._key(active, start)
            if key.end > room:
                break
            shown.insert(-1 if helping else len(shown), key)
            start = key.end
        return tuple(shown)

    def _key(self, active: ActiveBinding, start: int) -> ShownKey:
        binding = active.binding
        text = (f" {self.app.get_key_display(binding)} ", f"{binding.description} ")
        return ShownKey(binding.key, binding.action, active.enabled, text, start)

    def render(self) -> Content:
        """One key after the other."""
        pieces: list[Piece] = []
        end = 0
        for shown in self.shown:
            dim = "" if shown.enabled else "dim "
            key, label = shown.text
            pieces += [
                " " * (shown.start - end),
                (key, f"{dim}bold $footer-key-foreground"),
                (label, f"{dim}$footer-description-foreground"),
            ]
            end = shown.end
        return assemble(*pieces)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Press the key that was clicked; one that is dimmed says why."""
        for shown in self.shown:
            if shown.start <= event.x < shown.end:
                self.app.simulate_key(shown.key)


def _cut_to(content: Content, width: int, cut: str) -> Content:
    """Leave as much of a text as there is room for."""
    if content.cell_length <= width:
        return content
    return content.truncate(max(width - cell_len(cut) - 1, 0)).append(cut[: max(width, 0)])


def assemble(*pieces: Piece) -> Content:
    """Put texts and styled texts together; nothing in them is read as markup."""
    return Content.assemble(*pieces)
