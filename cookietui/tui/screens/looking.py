"""Looking: sites, the cookies of one or of all, and what is known of each; no store is changed."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from cookietui.config import ViewState
from cookietui.model.cookie import Cookie
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.selection import Line, Selection
from cookietui.operations.site_list import SiteList
from cookietui.operations.surveying import FirstLook, Survey
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import EVERYTHING, Wanted
from cookietui.text import visible
from cookietui.tui import drawing, messages, sentences
from cookietui.tui import work as jobs
from cookietui.tui.commands import COMMANDS, SCREEN_BINDINGS, Keys
from cookietui.tui.panes import Panes, View
from cookietui.tui.screens.reading import ReadingScreen
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.bars import KeyBar
from cookietui.tui.widgets.rows import RowList

_MANY = 3_000  # cookies that take too long to put in order between two keys


class LookingScreen(ReadingScreen):
    """Sites on the left, cookies of the chosen one, and what is known about each.

    Args:
        workspace: What to work with.
        signs: The characters to draw with.
        site: The site to begin with.
        wanted: Which profiles to read.
        read_only: Whether deleting is off.
        selection: How cookies are looked at to begin with.
        sites: How sites are.
        last_site: The site that was looked at last, to begin with if it is still there.
        keys: Keys that the person chose for commands.
        remember: Takes how the screen is left.
        first: The first look at everything, if it was begun already.
    """

    AUTO_FOCUS = "#cookies"
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
        selection: Selection | None = None,
        sites: SiteList | None = None,
        last_site: str = "",
        keys: Keys | None = None,
        remember: Callable[[ViewState], None] = lambda _: None,
        first: FirstLook | None = None,
    ) -> None:
        super().__init__(workspace, wanted, first)
        self._remember = remember
        self._last_site = last_site
        self._keys = keys or {}
        self._signs = signs
        self._awaited = site
        self._read_only = read_only
        self._found: Survey | None = None
        self._everything = Selection()
        self._view = View(selection or Selection())
        self._dimmed: frozenset[str] | None = None
        self._sites = sites or SiteList()
        self._pending: messages.WorkedOut | None = None

    def compose(self) -> ComposeResult:
        """What is to be seen, above the keys that can be pressed."""
        # The library does so after the first picture, which would be laid out for no size at all.
        width, height = self.app.size
        for size, points in (
            (width, self.HORIZONTAL_BREAKPOINTS),
            (height, self.VERTICAL_BREAKPOINTS),
        ):
            _, name = max(point for point in points if point[0] <= size)
            self.add_class(name, update=False)
        yield Panes(self._signs, self._workspace.catalogue.kinds)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read, once every pane is there."""
        self._say("")
        self.action_read()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Style everything anew, but not what was just made: that takes longer than to draw it."""
        event.refresh_styles = self.stack_updates > 0

    def on_unmount(self) -> None:
        """Remember how the screen is left."""
        self._remember(self.left)

    @property
    def _panes(self) -> Panes:
        return self.query_one(Panes)

    @property
    def _selection(self) -> Selection:
        """How cookies are looked at, or are going to be as soon as that is worked out."""
        return self._with_marks(self._pending) if self._pending else self._view.selection

    @property
    def _line(self) -> Line | None:
        """What the cursor is on."""
        lines, cursor = self._view.selection.lines, self._panes.cookies.cursor
        return lines[cursor] if cursor < len(lines) else None

    @property
    def _cookie(self) -> JudgedCookie | None:
        return self._line if isinstance(self._line, JudgedCookie) else None

    def _look_at(self, selection: Selection, **changes: object) -> None:
        """Show cookies in another way; the one place where that changes."""
        if len(selection.judged) > _MANY and not selection.ready:
            self._pending = messages.WorkedOut(selection, changes)
            self._work(partial(jobs.look, selection, changes))
            return
        if selection.groups is not self._view.selection.groups:
            self._pending = None  # marks alone are no reason to forget what was asked for
        self._view = msgspec.structs.replace(self._view, selection=selection, **changes)
        self._panes.draw_cookies(self._view)
        self._dim_keys()

    @on(messages.WorkedOut)
    def _look(self, event: messages.WorkedOut) -> None:
        if self._pending is None or event.selection is not self._pending.selection:
            return  # the person has asked for something else since
        self._pending = None
        if event.changes.get("scope", self._view.scope) is None:
            self._everything = event.selection
        self._look_at(self._with_marks(event), **event.changes)

    def _with_marks(self, asked: messages.WorkedOut) -> Selection:
        """What was asked for with the marks of now, which do not follow to another site."""
        now, selection = self._view.selection, asked.selection
        if asked.changes.get("scope", self._view.scope) != self._view.scope:
            return selection
        return selection.with_changes(released=now.released).with_marks(now.marked)

    def _say(self, news: str) -> None:
        """Tell what happened, in the status line."""
        self._view = msgspec.structs.replace(self._view, news=news)
        self._panes.draw_bars(self._view)
        self._dim_keys()

    def _announce(self, news: str, *, good: bool) -> None:
        if not good:  # a long line of bad news needs more room than the status line has
            self.notify(visible(news), severity="warning", markup=False, timeout=10)
        self._say(news)

    def _show_value(self, value: str | None) -> None:
        self._view = msgspec.structs.replace(self._view, value=value)
        self._panes.draw_details(self._view, self._line)

    @property
    def left(self) -> ViewState:
        """How the screen is left; never anything of a cookie."""
        scope, selection = self._view.scope, self._selection
        return ViewState(
            theme=self.app.theme,
            grouping=selection.grouping,
            order=selection.order,
            site_order=self._sites.order,
            # A host that is no text cannot be written down, nor found again.
            site=scope.registrable.encode(errors="ignore").decode() if scope else "",
        )

    # What was found

    @on(messages.Reading)
    def _tell_reading(self, event: messages.Reading) -> None:
        if self._found is None:
            self._say(f"reading {event.done + 1} of {event.of}: {event.name}")

    @on(messages.Scanned)
    def _show_found(self, event: messages.Scanned) -> None:
        if event.turn < self._turn and self._found is not None:
            return  # a newer reading is under way or was shown already
        first, found = self._found is None, event.survey
        self._found, self._everything = found, event.everything
        news = "" if first else self._view.news
        self._view = msgspec.structs.replace(self._view, inventory=found.inventory, news=news)
        problems = [f"{problem.message}; {problem.hint}" for problem in found.inventory.failures]
        for text in (*found.news, *problems):
            self.notify(visible(text), severity="warning", markup=False, timeout=8)
        self._sites = self._sites.of(found.counts)
        self._draw_sites()
        if self._awaited is not None:
            scope, self._awaited = self._awaited, None
            self._go_to(scope)
        elif first and found.counts:
            names = [count.site for count in self._sites.shown]
            last = self._last_site
            self._panes.sites.cursor = names.index(last) + 1 if last in names else 1
        self._show_site()

    def _draw_sites(self) -> None:
        if self._found is not None:
            rows = drawing.site_rows(self._sites, self._found.total, self._signs)
            self._panes.sites.show(rows)

    def _go_to(self, scope: Site) -> None:
        """Put the cursor on the site that was asked for, and keep to the very host."""
        self._view = msgspec.structs.replace(self._view, scope=scope)
        names = [count.site for count in self._sites.shown]
        if scope.registrable in names:
            self._panes.sites.cursor = names.index(scope.registrable) + 1
        else:
            self._say(f"{scope.host} has no cookies here")

    @on(RowList.Highlighted, "#sites")
    def _show_site(self) -> None:
        """Show the cookies of the site under the cursor; marks never follow to another site."""
        if self._found is None:
            return
        shown, cursor = self._sites.shown, self._panes.sites.cursor
        name = shown[cursor - 1].site if 0 < cursor <= len(shown) else ""
        scope, selection = self._view.scope, self._selection
        if (scope.registrable if scope else "") != name:
            scope = Site(name, name) if name else None
            selection = selection.with_changes(
                marked=frozenset(), released=frozenset(), folded=frozenset()
            )
        if scope is None:
            self._look_at(selection.like(self._everything), scope=None)
            return
        judged = self._workspace.judge(self._own(scope), scope.registrable)
        self._look_at(selection.of(judged, self._found.inventory.at), scope=scope)

    def _own(self, scope: Site) -> list[Cookie]:
        judged = self._found.by_site.get(scope.registrable, []) if self._found else []
        return [each.cookie for each in judged if scope.owns(each.cookie)]

    @on(RowList.Highlighted, "#cookies")
    def _show_cookie(self) -> None:
        self._show_value(None)

    @on(messages.Failed)
    def _tell_failure(self, event: messages.Failed) -> None:
        hint = f"; {event.error.hint}" if event.error.hint else ""
        self._announce(f"{self._signs.warning} {event.error.message}{hint}", good=False)

    # Keys that can do nothing now

    def _dim_keys(self) -> None:
        """Draw the keys anew if others can do something now: that takes longer than a row."""
        dimmed = frozenset(c.id for c in COMMANDS if self._why_not(c.id))
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        del parameters
        if action == "filter" and self.focused is self._panes.filter:
            return False  # there it is a character like any other
        return None if self._why_not(action) else True

    def _why_not(self, action: str) -> str:
        view = self._view
        undoable = self._found.undoable if self._found else None
        obstacles = (
            (("delete", "undo"), self._read_only, sentences.READ_ONLY),
            (("delete",), not view.selection.marked, sentences.NOTHING_MARKED),
            (("undo",), undoable is None, "there is no deletion to undo"),
            (("mark_suggested",), not view.selection.removable, sentences.NOTHING_TO_REMOVE),
            (("copy_value",), view.value is None, "no value is shown: v shows one"),
            (("audit",), view.scope is None, "choose one site to hold against its policy"),
        )
        return next((why for actions, holds, why in obstacles if action in actions and holds), "")

    def on_key(self, event: events.Key) -> None:
        """Say why a key that is dimmed does nothing."""
        bound = self.active_bindings.get(event.key)
        if bound is not None and (why := self._why_not(bound.binding.action)):
            self._say(why)

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.app.theme = "light" if self.app.current_theme.dark else "dark"

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)
