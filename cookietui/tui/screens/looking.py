"""Looking: sites, the cookies of one, and what is known of each; nothing here changes a store."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import msgspec
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button
from textual.worker import get_current_worker

from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.filtering import Filter, parse_filter
from cookietui.operations.selection import Group, Line, Selection
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.text import visible
from cookietui.tui import drawing, messages, sentences
from cookietui.tui import work as jobs
from cookietui.tui.commands import SCREEN_BINDINGS
from cookietui.tui.panes import Panes, View
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.bars import FilterLine, KeyBar
from cookietui.tui.widgets.rows import RowList


class LookingScreen(Screen[None]):
    """Sites on the left, cookies of the chosen one, and what is known about each.

    Args:
        workspace: What to work with.
        signs: The characters to draw with.
        site: The site to begin with.
        wanted: Which profiles to read.
        read_only: Whether deleting is off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*SCREEN_BINDINGS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012 - so typed by the library
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - so typed by the library

    def __init__(
        self,
        workspace: Workspace,
        signs: Signs,
        *,
        site: Site | None = None,
        wanted: Wanted = EVERYTHING,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._signs = signs
        self._awaited = site
        self._wanted = wanted
        self._read_only = read_only
        self._found: messages.Scanned | None = None
        self._view = View()

    def compose(self) -> ComposeResult:
        """What is to be seen, above the keys that can be pressed."""
        yield Panes(self._signs, self._workspace.catalogue.kinds)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read, once every pane is there."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._panes.cookies.focus()
        self._say("")
        self.action_read()

    @property
    def _panes(self) -> Panes:
        return self.query_one(Panes)

    @property
    def _selection(self) -> Selection:
        return self._view.selection

    @property
    def _line(self) -> Line | None:
        """What the cursor is on."""
        lines, cursor = self._selection.lines, self._panes.cookies.cursor
        return lines[cursor] if cursor < len(lines) else None

    @property
    def _cookie(self) -> JudgedCookie | None:
        return self._line if isinstance(self._line, JudgedCookie) else None

    def _look_at(self, selection: Selection, **changes: object) -> None:
        """Show cookies in another way; the one place where that changes."""
        self._view = msgspec.structs.replace(self._view, selection=selection, **changes)
        self._panes.draw_cookies(self._view)
        self.refresh_bindings()

    def _say(self, news: str) -> None:
        """Tell what happened, in the status line."""
        self._view = msgspec.structs.replace(self._view, news=news)
        self._panes.draw_bars(self._view)
        self.refresh_bindings()

    def _show_value(self, value: str | None) -> None:
        self._view = msgspec.structs.replace(self._view, value=value)
        self._panes.draw_details(self._view, self._line)

    # What happened

    @on(messages.Scanned)
    def _show_sites(self, event: messages.Scanned) -> None:
        self._found = event
        self._view = msgspec.structs.replace(self._view, inventory=event.inventory)
        problems = [f"{problem.message}; {problem.hint}" for problem in event.inventory.failures]
        for text in (*event.news, *problems):
            self.notify(visible(text), severity="warning", markup=False, timeout=8)
        self._panes.sites.show(drawing.site_rows(event.counts))
        if self._awaited is not None:
            scope, self._awaited = self._awaited, None
            self._go_to(scope)
        self._show_site()

    def _go_to(self, scope: Site) -> None:
        """Put the cursor on the site that was asked for, and keep to the very host."""
        self._view = msgspec.structs.replace(self._view, scope=scope)
        names = [count.site for count in self._found.counts] if self._found else []
        if scope.registrable in names:
            self._panes.sites.cursor = names.index(scope.registrable)
        else:
            self._say(f"{scope.host} has no cookies here")

    @on(RowList.Highlighted, "#sites")
    def _show_site(self) -> None:
        """Show the cookies of the site under the cursor; marks never follow to another site."""
        if self._found is None:
            return
        counts, cursor = self._found.counts, self._panes.sites.cursor
        name = counts[cursor].site if counts else ""
        scope, selection = self._view.scope, self._selection
        if name and (scope is None or scope.registrable != name):
            scope = Site(name, name)
            selection = selection.with_changes(
                marked=frozenset(), released=frozenset(), folded=frozenset()
            )
        cookies = self._found.by_site.get(scope.registrable, []) if scope else []
        own = [cookie for cookie in cookies if scope and scope.owns(cookie)]
        judged = self._workspace.judge(own, scope.registrable if scope else None)
        self._look_at(selection.of(judged, self._found.inventory.at), scope=scope)

    @on(RowList.Highlighted, "#cookies")
    def _show_cookie(self) -> None:
        self._show_value(None)

    @on(RowList.Chosen, "#sites")
    @on(RowList.MarkToggled, "#sites")
    def _enter_site(self) -> None:
        self.action_show_cookies()

    @on(RowList.Chosen, "#cookies")
    def _open_line(self) -> None:
        if isinstance(self._line, Group):
            self._look_at(self._selection.folding(self._line))
        else:
            self.action_show_details()

    @on(RowList.MarkToggled, "#cookies")
    def _mark(self) -> None:
        line = self._line
        if line is None:
            return
        if isinstance(line, JudgedCookie) and self._selection.protected(line):
            self._say(sentences.why_protected(line))
            return
        self._look_at(self._selection.toggled(line), news="")
        if isinstance(line, JudgedCookie):
            self._panes.cookies.action_cursor_down()

    @on(FilterLine.Changed)
    def _narrow(self, event: FilterLine.Changed) -> None:
        self._look_at(self._selection.with_changes(filter=parse_filter(event.value)))

    @on(FilterLine.Submitted)
    def _leave_filter(self) -> None:
        self._panes.cookies.focus()
        if not self._selection.filter:
            self._panes.filter.display = False

    @on(messages.Failed)
    def _tell_failure(self, event: messages.Failed) -> None:
        hint = f"; {event.error.hint}" if event.error.hint else ""
        self._announce(f"{self._signs.warning} {event.error.message}{hint}", good=False)

    @on(Button.Pressed, "#samples")
    async def _open_samples(self) -> None:
        await self.app.run_action("open_samples")

    def _announce(self, news: str, *, good: bool) -> None:
        if not good:  # a long line of bad news needs more room than the status line has
            self.notify(visible(news), severity="warning", markup=False, timeout=10)
        self._say(news)

    # What the person asks for

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        del parameters
        if action == "filter" and isinstance(self.focused, FilterLine):
            return False  # there it is a character like any other
        return None if self._why_not(action) else True

    def _why_not(self, action: str) -> str:
        if action in ("delete", "undo") and self._read_only:
            return "this is a read-only look: nothing can be deleted"
        if action == "delete" and not self._selection.chosen:
            return "nothing is marked: space marks a cookie, a all that is not needed"
        if action == "undo" and (self._found is None or self._found.undoable is None):
            return "there is no deletion to undo"
        if action == "mark_suggested" and not self._selection.removable:
            return "nothing here is suggested for removal"
        return ""

    def on_key(self, event: events.Key) -> None:
        """Say why a key that is dimmed does nothing."""
        for binding in SCREEN_BINDINGS:
            if event.key in binding.key.split(",") and (why := self._why_not(binding.action)):
                self._say(why)

    def action_show_sites(self) -> None:
        """Go to the sites; where there is no room for them, over everything else."""
        self.add_class("-drawer")
        self._panes.sites.focus()

    def action_show_cookies(self) -> None:
        """Go to the cookies."""
        self.remove_class("-drawer", "-reading")
        self._panes.cookies.focus()

    def action_show_details(self) -> None:
        """Go to the details; where there is no room for them, over the cookies."""
        self.remove_class("-drawer")
        self.add_class("-reading")
        self._panes.details.focus()

    def action_back(self) -> None:
        """Go back to the cookies; from there, clear the filter."""
        if self._panes.cookies.has_focus or self._panes.filter.has_focus:
            self._panes.filter.value = ""
            self._panes.filter.display = False
            self._look_at(self._selection.with_changes(filter=Filter()))
        self.action_show_cookies()

    def action_filter(self) -> None:
        """Type what to show."""
        self.remove_class("-drawer", "-reading")
        # At once, not after the next drawing: what is typed right after the key belongs to it.
        self._panes.filter.display = True
        self.set_focus(self._panes.filter)

    def action_mark_suggested(self) -> None:
        """Mark all that is suggested for removal."""
        self._look_at(self._selection.marking_suggested(), news="")

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._look_at(self._selection.with_changes(marked=frozenset()))

    def action_sort(self) -> None:
        """Sort by the next order."""
        selection = self._selection.in_next_order()
        self._look_at(selection, news=f"sorted by {selection.order.value}")

    def action_group(self) -> None:
        """Group by the next grouping."""
        selection = self._selection.in_next_grouping()
        self._look_at(selection, news=f"grouped by {selection.grouping.value}")

    def action_read(self) -> None:
        """Read the browsers again."""
        self._work(partial(jobs.scan, self._workspace, self._wanted))

    def action_help(self) -> None:
        """Explain the keys and the categories."""
        self.app.push_screen(HelpScreen(self._signs))

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.app.theme = "light" if self.app.current_theme.dark else "dark"

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)

    @work(thread=True)
    def _work(self, job: Callable[[], Message]) -> None:
        """Do something that takes time beside the screen."""
        message = jobs.outcome(job)
        if not get_current_worker().is_cancelled:
            self.post_message(message)
