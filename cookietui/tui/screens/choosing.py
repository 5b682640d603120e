"""Choosing: where the cursor is, what is shown, in which order, and what is marked."""

from functools import partial

from textual import on

from cookietui.model.cookie import CookieKey
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.filtering import Filter, completions, parse_filter
from cookietui.operations.selection import Group
from cookietui.tui import sentences
from cookietui.tui import work as jobs
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.widgets.bars import FilterLine
from cookietui.tui.widgets.rows import RowList


class ChoosingScreen(LookingScreen):
    """Panes, filter, order and marks."""

    _anchor: CookieKey | None = None
    """The cookie that was marked last: a range begins there, wherever it stands by then."""

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

    # Marks

    @on(RowList.MarkToggled, "#cookies")
    def _mark(self) -> None:
        line = self._line
        if line is None:
            return
        if isinstance(line, JudgedCookie) and self._selection.protected(line):
            self._say(sentences.why_protected(line))
            return
        self._look_at(self._view.selection.toggled(line), news="")
        if isinstance(line, JudgedCookie):
            self._anchor = line.cookie.key
            self._panes.cookies.action_cursor_down()

    def action_mark_suggested(self) -> None:
        """Mark all that is suggested for removal."""
        self._look_at(self._view.selection.marking_suggested(), news="")

    def action_mark_shown(self) -> None:
        """Mark all that is shown."""
        self._look_at(self._view.selection.marking_shown(), news="")

    def action_mark_range(self) -> None:
        """Mark from the last mark to the cursor."""
        selection, cursor = self._view.selection, self._panes.cookies.cursor
        first = next(
            (
                index
                for index, line in enumerate(selection.lines)
                if isinstance(line, JudgedCookie) and line.cookie.key == self._anchor
            ),
            None,
        )
        if first is None or self._anchor not in selection.marked:
            self._say("mark the first cookie with space, then go to the last one")
            return
        self._look_at(selection.marking_range(first, cursor), news="")

    def action_invert_marks(self) -> None:
        """Mark what is not marked, and the other way round."""
        self._look_at(self._view.selection.inverted(), news="")

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._anchor = None
        self._look_at(self._view.selection.with_changes(marked=frozenset()))

    # Panes

    def action_show_sites(self) -> None:
        """Go to the sites; where there is no room for them, over everything else."""
        self.add_class("-drawer")
        self.set_focus(self._panes.sites)

    def action_show_cookies(self) -> None:
        """Go to the cookies."""
        self.remove_class("-drawer", "-reading")
        self.set_focus(self._panes.cookies)

    def action_show_details(self) -> None:
        """Go to the details; where there is no room for them, over the cookies."""
        self.remove_class("-drawer")
        self.add_class("-reading")
        self.set_focus(self._panes.details)

    def action_back(self) -> None:
        """Go back to the cookies; from there, clear the filter."""
        line = self._panes.filter
        among_sites = self.focused is self._panes.sites
        if (line.for_sites and self.focused is line) or (among_sites and self._sites.search):
            self._leave_search("")
            return
        if self.focused is self._panes.cookies or self.focused is line:
            line.use(for_sites=False)
            line.put("")
            line.display = False
            self._look_at(self._selection.with_changes(filter=Filter()))
        self.action_show_cookies()

    # Filter and search

    def action_filter(self) -> None:
        """Type what to show: of the sites while the cursor is there, else of the cookies."""
        line = self._panes.filter
        if self.focused is self._panes.sites:
            line.use(for_sites=True)
        else:
            self.remove_class("-drawer", "-reading")
            line.use(for_sites=False)
            self._work(partial(jobs.prepare_for_words, self._selection))
        # At once, not after the next drawing: what is typed right after the key belongs to it.
        line.display = True
        self.set_focus(line)

    @on(FilterLine.Changed)
    def _narrow(self, event: FilterLine.Changed) -> None:
        if self._panes.filter.for_sites:
            self._sites = self._sites.searching(event.value)
            self._draw_sites()
            return
        self._look_at(self._selection.with_changes(filter=parse_filter(event.value)))
        could = completions(event.value)
        self._say(f"tab: {'  '.join(could)}" if could else "")

    @on(FilterLine.Submitted)
    def _leave_filter(self) -> None:
        if self._panes.filter.for_sites:
            self._leave_search(self._sites.search)
            if self._sites.search and self._sites.shown:
                self._panes.sites.cursor = 1  # the best match, below all sites
            return
        self.set_focus(self._panes.cookies)
        if not self._selection.filter:
            self._panes.filter.display = False

    def _leave_search(self, kept: str) -> None:
        """Go back to the sites, with what was searched for or without."""
        line = self._panes.filter
        if not kept:
            self._sites = self._sites.searching("")
            self._draw_sites()
            line.use(for_sites=True)
            line.put("")
            line.use(for_sites=False)  # what the cookies are narrowed to is in sight again
        line.display = bool(line.value)
        self.set_focus(self._panes.sites)

    # Order

    def action_sort(self) -> None:
        """Sort the list the cursor is in by its next order."""
        if self.focused is self._panes.sites:
            self._sites = self._sites.in_next_order()
            self._draw_sites()
            self._say(f"sites sorted by {self._sites.order.value}")
            return
        selection = self._selection.in_next_order()
        self._look_at(selection, news=f"sorted by {selection.order.value}")

    def action_group(self) -> None:
        """Group by the next grouping."""
        selection = self._selection.in_next_grouping()
        self._look_at(selection, news=f"grouped by {selection.grouping.value}")
