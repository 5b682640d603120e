"""A list with what is known about the line under the cursor: every view but the main one."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen

from cookietui.text import visible
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.bars import KeyBar, StatusLine, TitleBar
from cookietui.tui.widgets.columns import Cell, Column, Rows
from cookietui.tui.widgets.details import Details
from cookietui.tui.widgets.empty import Empty
from cookietui.tui.widgets.rows import RowList

CLOSING = Binding("escape,q", "close", "Back", key_display="esc")


class Item(msgspec.Struct, frozen=True):
    """One line, and what is known about it.

    Attributes:
        cells: What stands in the columns.
        badge: A word or two above the explanation.
        tone: The theme variable of its colour.
        title: What is explained.
        aside: A remark beside the title.
        summary: A paragraph.
        facts: Labels and texts.
        heading: Whether the line begins a group.
        subject: What it is about, for what can be done with it.
    """

    cells: tuple[Cell, ...]
    badge: str = ""
    tone: str = "quiet"
    title: str = ""
    aside: str = ""
    summary: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    heading: bool = False
    subject: object = None


class ListScreen(Screen[object]):
    """A title, a list, and what is known about the line under the cursor.

    Args:
        signs: The characters to draw with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [CLOSING]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012 - so typed by the library
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - so typed by the library

    heading: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self._items: Sequence[Item] = ()

    def compose(self) -> ComposeResult:
        """Bars above and below, the list and its details between."""
        with Vertical():
            yield TitleBar(self._signs.cut)
            with Container(id="right", classes="listing"):
                with Container(id="cookies-pane"):
                    yield RowList(
                        columns=self.columns, id="items", cut=self._signs.cut, marks=False
                    )
                    yield Empty(id="empty")
                yield Details(id="details")
            yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Name the panes."""
        self.items.border_title = self.heading
        self.query_one(Details).border_title = "Details"
        self.items.focus()

    @property
    def items(self) -> RowList:
        """The list."""
        return self.query_one("#items", RowList)

    @property
    def item(self) -> Item | None:
        """What the cursor is on."""
        cursor = self.items.cursor
        return self._items[cursor] if cursor < len(self._items) else None

    def tell(self, place: str, figures: str, empty: tuple[str, ...]) -> None:
        """Say where the person is, what that holds, and what an empty list means."""
        self.query_one(TitleBar).tell(Content(visible(place)), Content(visible(figures)))
        self.query_one(Empty).say(() if self._items else empty)

    def list(self, items: Sequence[Item]) -> None:
        """Show other lines."""
        self._items = items
        self.items.show(
            Rows(
                len(items),
                lambda index: items[index].cells,
                lambda index: items[index].heading,
                lambda index: (items[index].title, index),
            )
        )

    def say(self, news: str) -> None:
        """Tell what happened, in the status line."""
        self.query_one(StatusLine).tell(Content(visible(news)))

    @on(RowList.Highlighted)
    def _explain(self) -> None:
        item = self.item
        details = self.query_one(Details)
        if item is None:
            details.clear()
            return
        details.explain(
            badge=item.badge,
            tone=item.tone,
            title=item.title,
            aside=item.aside,
            summary=item.summary,
            facts=item.facts,
        )
        self.refresh_bindings()

    @on(RowList.Chosen)
    def _read_on(self) -> None:
        self.add_class("-reading")
        self.query_one(Details).focus()

    def on_key(self, event: events.Key) -> None:
        """Let tab change between list and details wherever there is room for one only."""
        if event.key == "tab":
            self.toggle_class("-reading")

    def action_close(self) -> None:
        """Go back: from the details to the list, from there to where the person came from."""
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.items.focus()
        else:
            self.dismiss(None)
