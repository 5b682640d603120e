"""What is known about the cookie, the group or the site under the cursor."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.containers import Lines
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.strip import Strip

from cookietui.text import visible
from cookietui.tui.widgets.scrolling import LineView

_ROOMY = 10  # rows
_LABELS = 11  # cells


class Details(LineView, can_focus=True):
    """A badge with a title, a paragraph, and labelled facts; scrolls if there is no room.

    It draws its own lines: a widget of another height for each cookie would have the whole screen
    laid out anew at each key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False),
        Binding("k,up", "scroll_up", "Up", show=False),
    ]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []
        self._shown: tuple[str, str, str, str, str, tuple[tuple[str, str], ...]] | None = None

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())

    def on_resize(self) -> None:
        """Leave air between paragraphs only where there is room."""
        self._draw()

    def explain(
        self,
        *,
        badge: str,
        tone: str,
        title: str,
        aside: str,
        summary: str,
        facts: tuple[tuple[str, str], ...],
    ) -> None:
        """Show an explanation; all texts are made visible here.

        Args:
            badge: A word or two in the colour of ``tone``.
            tone: A theme variable.
            title: What is explained.
            aside: A remark beside the title.
            summary: A paragraph.
            facts: Labels and texts.
        """
        self._shown = (badge, tone, title, aside, summary, facts)
        self._draw()
        self.scroll_home(animate=False)

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return  # not laid out yet: the first resize draws it
        console = self.app.console
        self._lines = [Strip(line.render(console)) for line in self._texts(width)]
        self.hold(len(self._lines))
        self.refresh()

    def _texts(self, width: int) -> Iterator[Text]:
        quiet = self._style("quiet")
        if self._shown is None:
            yield Text("Nothing selected", quiet)
            return
        badge, tone, title, aside, summary, facts = self._shown
        head = Text.assemble(
            (f" {badge} ", self._style(tone) + Style(reverse=True, bold=True)),
            (f" {visible(title)}", "bold") if title else "",
            (f"  {visible(aside)}", quiet + Style(italic=True)),
        )
        air = [Text()] if self.size.height > _ROOMY else []
        yield from self._wrapped(head, width)
        yield from air
        yield from self._wrapped(Text(visible(summary)), width)
        yield from air
        labels = [visible(label) for label, _ in facts]
        column = max(map(cell_len, labels), default=0)
        column = max(column, _LABELS) + 2
        for label, (_, text) in zip(labels, facts, strict=True):
            for line in self._wrapped(Text(visible(text)), max(width - column, 1)):
                yield Text.assemble((set_cell_size(label, column), quiet), line)
                label = ""  # noqa: PLW2901 - it stands beside the first line only

    def _wrapped(self, text: Text, width: int) -> Lines:
        return text.wrap(self.app.console, width, overflow="fold")

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        if place >= len(self._lines):
            return Strip.blank(width, self.ground)
        return self._lines[place].adjust_cell_length(width).apply_style(self.ground)

    def _style(self, tone: str) -> Style:
        color = Color.parse(self.app.theme_variables[tone]).rich_color
        return Style(color=color)
