"""A list of rows with headings, marks and a cursor, at any size.

Only the lines in view are ever made, so a list of a hundred thousand rows is as quick as one of
ten. It knows rows and columns, and nothing about what they mean.
"""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cookietui.tui.commands import LIST_BINDINGS
from cookietui.tui.widgets.columns import GAP, Cell, Column, Rows, fit, fitting
from cookietui.tui.widgets.scrolling import LineView

_DOUBLE = 2


class RowList(LineView, can_focus=True):
    """A list of rows."""

    BINDINGS: ClassVar[list[BindingType]] = [*LIST_BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--header",
        "row-list--cursor",
        "row-list--cursor-blurred",
    }
    cursor: reactive[int] = reactive(0, repaint=False)  # two rows are drawn anew, not the list

    @dataclass(eq=False, repr=False)
    class Highlighted(Message):
        """The cursor is on another row, or the rows are other ones."""

        rows: "RowList"
        """The list."""
        index: int
        """The row."""

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Chosen(Highlighted):
        """A row was chosen."""

    class MarkToggled(Highlighted):
        """A row's mark is to be changed."""

    def __init__(
        self,
        *,
        columns: tuple[Column, ...],
        id: str,
        cut: str = "…",
        marks: bool = True,
    ) -> None:
        super().__init__(id=id)
        self._marks = marks
        self._cut = cut
        self._columns = columns
        self._rows = Rows()
        self._tones: dict[tuple[str, bool, bool], Style] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no marks where there are none."""
        return action != "toggle_mark" or self._marks

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    def show(self, rows: Rows) -> None:
        """Show other rows, with the cursor on the row it was on if that is still there."""
        before, old = self._rows, self.cursor
        key = before.key(old) if old < before.count else None
        self._rows = rows
        self.hold(rows.count + 1)
        same = old < rows.count and rows.key(old) == key
        found = old if same or key is None else rows.place(key)
        self.set_reactive(
            RowList.cursor, found if found is not None else max(min(old, rows.count - 1), 0)
        )
        self._keep_in_view()
        self.refresh()
        self._tell(self.Highlighted(self, self.cursor))

    def forget_styles(self) -> None:
        """Look colours up again after the theme has changed."""
        self._tones.clear()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(min(cursor, self.count - 1), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Move the cursor's bar."""
        if old != new:
            top = self.scroll_target_y
            self._keep_in_view()
            if top == self.scroll_target_y:
                self._refresh_rows(old, new)
            else:
                self.refresh()
            self._tell(self.Highlighted(self, new))

    def _refresh_rows(self, *indices: int) -> None:
        """Draw some rows anew, and nothing else."""
        width, top = self.scrollable_content_region.width, self.scroll_offset.y
        lines = (Region(0, index - top + 1, width, 1) for index in indices)
        self.refresh(*lines)

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.forget_styles())

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._keep_in_view()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window: the headings first, then the rows in view."""
        width = self.scrollable_content_region.width
        if y == 0:
            cells = tuple(Cell(column.title, "quiet") for column in self._columns)
            return self._strip(cells, width, self.get_component_rich_style("row-list--header"))
        index = self.scroll_offset.y + y - 1
        if index >= self.count:
            return Strip.blank(width, self.ground)
        style = self.ground
        if index == self.cursor:
            name = "row-list--cursor" if self.has_focus else "row-list--cursor-blurred"
            style = self.get_component_rich_style(name)
        return self._strip(self._rows.row(index), width, style)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; mark on the first column, choose on a double click."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y == 0:
            return
        index = self.scroll_offset.y + offset.y - 1
        if index >= self.count:
            return
        self.cursor = index
        if offset.x < self._columns[0].width:
            self.action_toggle_mark()
        elif event.chain == _DOUBLE:
            self.action_choose()

    def action_cursor_up(self) -> None:
        """One row up."""
        self.cursor -= 1

    def action_cursor_down(self) -> None:
        """One row down."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """One page up."""
        self.cursor -= self._height

    def action_page_down(self) -> None:
        """One page down."""
        self.cursor += self._height

    def action_top(self) -> None:
        """To the first row."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """To the last row."""
        self.cursor = self.count - 1

    def action_previous_group(self) -> None:
        """To the heading above."""
        above = range(self.cursor - 1, -1, -1)
        self.cursor = next((i for i in above if self._rows.heading(i)), 0)

    def action_next_group(self) -> None:
        """To the heading below."""
        below = range(self.cursor + 1, self.count)
        self.cursor = next((i for i in below if self._rows.heading(i)), self.cursor)

    def action_toggle_mark(self) -> None:
        """Change the mark of the row under the cursor."""
        if self.count:
            self._tell(self.MarkToggled(self, self.cursor))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.count:
            self._tell(self.Chosen(self, self.cursor))

    def _tell(self, message: Message) -> None:
        # On the way up, from one container to the next, it would miss the next picture.
        self.screen.post_message(message)

    @property
    def _height(self) -> int:
        return max(self.scrollable_content_region.height - 1, 1)

    def _keep_in_view(self) -> None:
        top = round(self.scroll_target_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + self._height:
            self.scroll_to(y=self.cursor - self._height + 1, animate=False)

    def _strip(self, cells: tuple[Cell, ...], width: int, style: Style) -> Strip:
        segments = []
        for (column, room), cell in zip(fitting(self._columns, width), cells, strict=False):
            if cell.parts:
                used = sum(len(text) for text, _ in cell.parts)
                segments += [
                    Segment(t, style + self._style(Cell(t, tone))) for t, tone in cell.parts
                ]
                segments.append(Segment(" " * (room - used + GAP), style))
                continue
            text = fit(cell.text, room, right=column.right, cut=self._cut)
            segments.append(Segment(text + " " * GAP, style + self._style(cell)))
        return Strip(segments).adjust_cell_length(width, style)

    def _style(self, cell: Cell) -> Style:
        key = (cell.tone, cell.bold, cell.italic)
        if key not in self._tones:
            variables = self.app.theme_variables
            color = Color.parse(variables[cell.tone]).rich_color if cell.tone else None
            self._tones[key] = Style(
                color=color, bold=cell.bold or None, italic=cell.italic or None
            )
        return self._tones[key]
