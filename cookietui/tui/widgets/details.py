"""What is known about the cookie, the group or the site under the cursor."""

from typing import ClassVar

from rich.console import Group as RenderGroup
from rich.console import RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cookietui.text import visible

_ROOMY = 10  # rows


class Details(ScrollView, can_focus=True):
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
        if self._shown is None:
            self._render_lines(Text("Nothing selected", style=self._style("quiet")))
            return
        badge, tone, title, aside, summary, facts = self._shown
        head = Text.assemble(
            (f" {badge} ", self._style(tone) + Style(reverse=True, bold=True)),
            (f" {visible(title)}", "bold") if title else "",
            (f"  {visible(aside)}", self._style("quiet") + Style(italic=True)),
        )
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(min_width=11, no_wrap=True)
        table.add_column(overflow="fold")
        for label, text in facts:
            table.add_row(Text(visible(label), self._style("quiet")), Text(visible(text)))
        air = 1 if self.size.height > _ROOMY else 0
        self._render_lines(RenderGroup(head, Padding(Text(visible(summary)), (air, 0)), table))

    def _render_lines(self, renderable: RenderableType) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return  # not laid out yet: the first resize draws it
        console = self.app.console
        lines = console.render_lines(renderable, console.options.update(width=width), pad=False)
        self._lines = [Strip(line) for line in lines]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        if place >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        return self._lines[place].adjust_cell_length(width).apply_style(self.rich_style)

    def _style(self, tone: str) -> Style:
        color = Color.parse(self.app.theme_variables[tone]).rich_color
        return Style(color=color)
