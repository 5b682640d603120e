"""Sites, cookies and details: the screen a person works on."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Input
from textual.worker import get_current_worker

from cookietui.judging.explain import CONSENT_TITLES, PURPOSE_TITLES
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.filtering import Filter, parse_filter
from cookietui.operations.inventory import Inventory, SiteCount
from cookietui.operations.selection import Group, Grouping, Line, Selection
from cookietui.operations.workspace import Workspace
from cookietui.text import visible
from cookietui.tui import drawing, messages, sentences
from cookietui.tui import work as jobs
from cookietui.tui.commands import SCREEN_BINDINGS
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.theme import Signs, tone
from cookietui.tui.widgets.bars import KeyBar, StatusLine, TitleBar
from cookietui.tui.widgets.details import Details
from cookietui.tui.widgets.empty import Empty
from cookietui.tui.widgets.rows import RowList


class MainScreen(Screen[None]):
    """Sites on the left, cookies of the chosen one, and what is known about each.

    Args:
        workspace: What to work with.
        signs: The characters to draw with.
        site: The site to begin with.
        profiles: Which profiles to read; all if none is named.
        browsers: Which brands to read, likewise.
        read_only: Whether deleting is off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*SCREEN_BINDINGS]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-medium"),
        (150, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(
        self,
        workspace: Workspace,
        signs: Signs,
        *,
        site: Site | None = None,
        profiles: tuple[str, ...] = (),
        browsers: tuple[str, ...] = (),
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._signs = signs
        self._wanted = site
        self._where = (profiles, browsers)
        self._read_only = read_only
        self._inventory: Inventory | None = None
        self._found: messages.Scanned | None = None
        self._scope: Site | None = None
        self._selection = Selection()
        self._value: str | None = None
        self._news = ""

    def compose(self) -> ComposeResult:
        """Bars above and below, panes between."""
        yield TitleBar(id="title")
        with Horizontal(id="body"):
            yield RowList(columns=drawing.SITE_COLUMNS, id="sites")
            with Container(id="panes"):
                with Container(id="cookies-pane"):
                    yield RowList(columns=drawing.COOKIE_COLUMNS, id="cookies")
                    yield Empty(id="empty")
                yield Details(id="details")
        yield Input(placeholder="words, or purpose:marketing party:third host:...", id="filter")
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read."""
        self._sites.border_title = "1 Sites"
        self._sites.border_subtitle = "not needed / all"
        self._cookies.border_title = "2 Cookies"
        self._details.border_title = "3 Details"
        self._cookies.focus()
        self._tell()
        self.action_read()

    # What is shown

    @property
    def _sites(self) -> RowList:
        return self.query_one("#sites", RowList)

    @property
    def _cookies(self) -> RowList:
        return self.query_one("#cookies", RowList)

    @property
    def _details(self) -> Details:
        return self.query_one(Details)

    @property
    def _line(self) -> Line | None:
        """What the cursor is on."""
        lines = self._selection.lines
        return lines[self._cookies.cursor] if self._cookies.cursor < len(lines) else None

    @property
    def _cookie(self) -> JudgedCookie | None:
        return self._line if isinstance(self._line, JudgedCookie) else None

    def _look_at(self, selection: Selection) -> None:
        """Show cookies in another way; the one place where that changes."""
        self._selection = selection
        self._cookies.show(drawing.cookie_rows(selection, self._signs))
        self._tell()

    def _tell(self) -> None:
        """Bring bars and borders up to date."""
        selection, signs = self._selection, self._signs
        self.query_one(TitleBar).tell(
            sentences.place(self._inventory, self._scope, signs),
            sentences.figures(selection, signs),
        )
        self.query_one(StatusLine).update(
            sentences.status(selection, self._inventory, self._news, signs)
        )
        shown, everything = len(selection.shown), len(selection.judged)
        of_all = [(f" {shown} of {everything} shown ", "$quiet")] if shown < everything else []
        counts = drawing.purpose_figures(selection.counts(), signs)
        self._cookies.border_subtitle = Content.assemble(*of_all, *counts)
        nothing = self._inventory is not None and not self._inventory.scanned
        self.query_one(Empty).say(self._why_empty(), samples=nothing)
        self.refresh_bindings()

    def _why_empty(self) -> tuple[str, ...]:
        if self._inventory is None:
            return ("Reading the browsers...",)
        if not self._inventory.scanned:
            problems = [f"{each.message}; {each.hint}" for each in self._inventory.failures]
            return ("No profile can be read", *problems) if problems else sentences.NO_PROFILE
        if self._selection.lines:
            return ()
        return sentences.NOTHING_SHOWN if self._selection.filter else sentences.NO_COOKIES

    def _explain(self) -> None:
        """Explain what the cursor is on."""
        line, kinds = self._line, self._workspace.catalogue.kinds
        if line is None or self._inventory is None:
            self._details.clear()
            return
        purpose = drawing.line_purpose(line)
        badge = f"{self._signs.purposes[purpose]} {PURPOSE_TITLES[purpose]}"
        color = tone(purpose)
        if isinstance(line, Group):
            grouping = self._selection.grouping
            aside, summary, facts = drawing.group_facts(line, grouping, kinds)
            title = "" if grouping is Grouping.PURPOSE else line.name
            if title:
                badge, color = grouping.value, "quiet"
        else:
            title, aside = line.cookie.name or "(no name)", CONSENT_TITLES[line.verdict.consent]
            summary, facts = drawing.cookie_facts(line, kinds, self._inventory, self._value)
        self._details.explain(
            badge=badge, tone=color, title=title, aside=aside, summary=summary, facts=facts
        )

    # What happened

    @on(messages.Scanned)
    def _show_sites(self, event: messages.Scanned) -> None:
        self._found, self._inventory = event, event.inventory
        for problem in event.inventory.failures:
            self.notify(
                f"{problem.message}; {problem.hint}", severity="warning", markup=False, timeout=8
            )
        self._sites.show(drawing.site_rows(event.counts))
        if self._wanted is not None:
            scope, self._wanted = self._wanted, None
            self._go_to(scope, event.counts)
        self._show_site()

    def _go_to(self, scope: Site, counts: tuple[SiteCount, ...]) -> None:
        """Put the cursor on the site that was asked for, and keep to the very host."""
        self._scope = scope
        names = [count.site for count in counts]
        if scope.registrable in names:
            self._sites.cursor = names.index(scope.registrable)
        else:
            self._news = f"{scope.host} has no cookies here"

    @on(RowList.Highlighted, "#sites")
    def _show_site(self) -> None:
        if self._found is None:
            return
        counts = self._found.counts
        name = counts[self._sites.cursor].site if self._sites.count else ""
        if name and (self._scope is None or self._scope.registrable != name):
            self._scope = Site(name, name)
            self._selection = self._selection.with_changes(
                marked=frozenset(), released=frozenset(), folded=frozenset()
            )
        scope = self._scope
        cookies = self._found.by_site.get(scope.registrable, []) if scope else []
        own = [cookie for cookie in cookies if scope and scope.owns(cookie)]
        judged = self._workspace.judge(own, scope.registrable if scope else None)
        self._look_at(self._selection.of(judged, self._found.inventory.at))

    @on(RowList.Highlighted, "#cookies")
    def _show_cookie(self) -> None:
        self._value = None
        self._explain()

    @on(RowList.Chosen, "#sites")
    @on(RowList.MarkToggled, "#sites")
    def _enter_site(self) -> None:
        self.action_show_cookies()

    @on(RowList.Chosen, "#cookies")
    def _open_line(self) -> None:
        line = self._line
        if isinstance(line, Group):
            self._look_at(self._selection.folding(line))
        else:
            self.action_show_details()

    @on(RowList.MarkToggled, "#cookies")
    def _mark(self) -> None:
        line = self._line
        if line is None:
            return
        if isinstance(line, JudgedCookie) and self._selection.protected(line):
            why = "you keep it" if line.verdict.kept else "it is necessary"
            self._say(f"{visible(line.cookie.name)} stays: {why}; K releases it")
            return
        self._news = ""
        self._look_at(self._selection.toggled(line))
        if isinstance(line, JudgedCookie):
            self._cookies.action_cursor_down()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._look_at(self._selection.with_changes(filter=parse_filter(event.value)))

    @on(Input.Submitted, "#filter")
    def _leave_filter(self) -> None:
        self._cookies.focus()
        if not self._selection.filter:
            self.remove_class("-filtering")

    @on(messages.Planned)
    def _ask(self, event: messages.Planned) -> None:
        plan = event.plan
        hidden = self._selection.hidden

        def answered(yes: bool | None) -> None:
            if yes:
                self._say("deleting...")
                self._work(partial(jobs.clean, self._workspace, plan))
            else:
                self._say("nothing was deleted")

        self.app.push_screen(ConfirmScreen(plan, self._signs, hidden=hidden), answered)

    @on(messages.DeletionFinished)
    def _tell_deletion(self, event: messages.DeletionFinished) -> None:
        gone = {each.cookie.key for each in event.receipt.deleted}
        self._selection = self._selection.with_changes(marked=self._selection.marked - gone)
        self._finish(sentences.deleted(event.receipt, self._signs), bad=event.receipt.refused)

    @on(messages.UndoFinished)
    def _tell_undo(self, event: messages.UndoFinished) -> None:
        done = event.restoration
        self._finish(sentences.restored(done, self._signs), bad=(*done.refused, *done.skipped))

    @on(messages.ValueRevealed)
    def _show_value(self, event: messages.ValueRevealed) -> None:
        if self._cookie is not None and self._cookie.cookie.key == event.key:
            self._value = event.value or "(empty)"
            self._explain()

    @on(messages.Failed)
    def _tell_failure(self, event: messages.Failed) -> None:
        hint = f"; {event.error.hint}" if event.error.hint else ""
        self._finish(f"{self._signs.warning} {event.error.message}{hint}", bad=(1,), read=False)

    def _finish(self, news: str, *, bad: tuple[object, ...] = (), read: bool = True) -> None:
        self.notify(visible(news), severity="warning" if bad else "information", markup=False)
        self._say(news)
        if read:
            self.action_read()

    def _say(self, news: str) -> None:
        self._news = news
        self._tell()

    # What the person asks for

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        del parameters
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
        self._sites.focus()

    def action_show_cookies(self) -> None:
        """Go to the cookies."""
        self.remove_class("-drawer")
        self._cookies.focus()

    def action_show_details(self) -> None:
        """Go to the details; where there is no room for them, over the cookies."""
        self.remove_class("-drawer")
        self.add_class("-reading")
        self._details.focus()

    def action_back(self) -> None:
        """Go back to the cookies; from there, clear the filter."""
        if self._cookies.has_focus or self.query_one("#filter", Input).has_focus:
            self.query_one("#filter", Input).value = ""
            self.remove_class("-filtering")
            self._look_at(self._selection.with_changes(filter=Filter()))
        self.remove_class("-reading")
        self.action_show_cookies()

    def action_filter(self) -> None:
        """Type what to show."""
        self.remove_class("-drawer")
        self.add_class("-filtering")
        self.query_one("#filter", Input).focus()

    def action_mark_suggested(self) -> None:
        """Mark all that is suggested for removal."""
        self._news = ""
        self._look_at(self._selection.marking_suggested())

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._look_at(self._selection.with_changes(marked=frozenset()))

    def action_sort(self) -> None:
        """Sort by the next order."""
        self._look_at(self._selection.in_next_order())
        self._say(f"sorted by {self._selection.order.value}")

    def action_group(self) -> None:
        """Group by the next grouping."""
        self._look_at(self._selection.in_next_grouping())
        self._say(f"grouped by {self._selection.grouping.value}")

    def action_delete(self) -> None:
        """Ask whether to delete what is marked."""
        if self._inventory is not None and self._scope is not None:
            everything = self._selection
            self._work(
                partial(
                    jobs.plan,
                    self._workspace,
                    self._scope.host,
                    everything.judged,
                    everything.chosen,
                    self._inventory,
                )
            )

    def action_undo(self) -> None:
        """Put the last deletion back."""
        self._say("putting back...")
        self._work(partial(jobs.undo, self._workspace))

    def action_keep(self) -> None:
        """Keep a cookie for ever, or release it."""
        judged = self._cookie
        if judged is None:
            self._say("choose one cookie to keep or release")
            return
        cookie, name = judged.cookie, visible(judged.cookie.name)
        if judged.verdict.kept:
            self._workspace.overrides.release(cookie.name, cookie.domain)
            self._say(f"{name} is no longer kept for ever")
            self._show_site()
        elif self._selection.protected(judged) or cookie.key in self._selection.released:
            self._look_at(self._selection.releasing(judged))
            free = cookie.key in self._selection.released
            self._say(f"{name} is released: space marks it" if free else f"{name} stays")
        else:
            self._workspace.overrides.keep(cookie.name, cookie.domain)
            self._say(f"{name} of {cookie.domain} is kept for ever")
            self._show_site()

    def action_copy_name(self) -> None:
        """Copy the cookie's name, made visible."""
        if self._cookie is not None:
            self.app.copy_to_clipboard(visible(self._cookie.cookie.name))
            self._say("name copied")

    def action_value(self) -> None:
        """Show the value of one cookie, or hide it."""
        if self._cookie is None or self._inventory is None:
            return
        if self._value is not None:
            self._value = None
            self._explain()
            return
        key = self._cookie.cookie.key
        profile = self._inventory.profile(key.profile).profile
        self._work(partial(jobs.reveal, self._workspace, profile, key))

    def action_read(self) -> None:
        """Read the browsers again."""
        self._work(partial(jobs.scan, self._workspace, *self._where), group="scan")

    def action_help(self) -> None:
        """Explain the keys and the categories."""
        self.app.push_screen(HelpScreen(self._signs))

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.app.theme = "light" if self.app.current_theme.dark else "dark"

    def action_quit(self) -> None:
        """End the program."""
        self.app.exit(0)

    @on(Button.Pressed, "#samples")
    async def _open_samples(self) -> None:
        await self.app.run_action("open_samples")

    @work(thread=True, exit_on_error=True)
    def _work(self, job: Callable[[], Message], group: str = "work") -> None:
        """Do something that takes time beside the screen."""
        message = jobs.outcome(job)
        if not get_current_worker().is_cancelled:
            self.post_message(message)
