"""Everything the working screen shows, drawn from one value."""

from operator import is_

import msgspec
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content

from cookietui.judging.explain import CONSENT_TITLES, PURPOSE_TITLES
from cookietui.model.cookie import CookieKey
from cookietui.model.policy import Kind
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.arranging import Grouping
from cookietui.operations.inventory import Inventory
from cookietui.operations.selection import Group, Line, Selection
from cookietui.tui import drawing, sentences
from cookietui.tui.theme import Signs, tone
from cookietui.tui.widgets.bars import FilterLine, StatusLine, TitleBar
from cookietui.tui.widgets.details import Details
from cookietui.tui.widgets.empty import Empty
from cookietui.tui.widgets.rows import RowList


class View(msgspec.Struct, frozen=True):
    """What there is to be seen.

    Attributes:
        selection: The cookies of the chosen site, and how they are looked at.
        inventory: What the last reading found; None before the first.
        scope: The chosen site; None for all of them.
        fresh: The cookies that have come since the reading before, while stores are watched.
        value: The value of the cookie under the cursor, if the person asked for it; a secret.
        news: What happened last.
    """

    selection: Selection = Selection()
    inventory: Inventory | None = None
    scope: Site | None = None
    value: str | None = None
    news: str = ""
    fresh: frozenset[CookieKey] = frozenset()


class Panes(Vertical):
    """Title, sites, cookies, details, filter and status.

    Args:
        signs: The characters to draw with.
        kinds: The four kinds of cookie, by name.
    """

    def __init__(self, signs: Signs, kinds: dict[str, Kind]) -> None:
        super().__init__()
        self._signs = signs
        self._kinds = kinds
        self._explained: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Bars above and below, panes between."""
        yield TitleBar(self._signs.cut)
        with Horizontal(id="body"):
            yield RowList(columns=drawing.SITE_COLUMNS, id="sites", cut=self._signs.cut)
            with Container(id="right"):
                with Container(id="cookies-pane"):
                    yield RowList(columns=drawing.COOKIE_COLUMNS, id="cookies", cut=self._signs.cut)
                    yield Empty(id="empty")
                yield Details(id="details")
        yield FilterLine()
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Name the panes."""
        self.sites.border_title = "1 Sites"
        self.sites.border_subtitle = "not needed / all"
        self.cookies.border_title = "2 Cookies"
        self.details.border_title = "3 Details"

    @property
    def sites(self) -> RowList:
        """The list of sites."""
        return self.query_one("#sites", RowList)

    @property
    def cookies(self) -> RowList:
        """The list of the site's cookies."""
        return self.query_one("#cookies", RowList)

    @property
    def details(self) -> Details:
        """What is known about the line under the cursor."""
        return self.query_one(Details)

    @property
    def filter(self) -> FilterLine:
        """Where the person types what to show."""
        return self.query_one(FilterLine)

    def draw_cookies(self, view: View) -> None:
        """Draw the list of cookies, and what goes with it."""
        self.cookies.show(drawing.cookie_rows(view.selection, self._signs, view.fresh))
        self.draw_bars(view)

    def draw_bars(self, view: View) -> None:
        """Bring bars and borders up to date."""
        selection, signs = view.selection, self._signs
        self.query_one(TitleBar).tell(
            sentences.place(view.inventory, view.scope, signs), sentences.figures(selection, signs)
        )
        self.query_one(StatusLine).tell(
            sentences.status(selection, view.inventory, view.news, signs)
        )
        shown, everything = len(selection.shown), len(selection.judged)
        of_all = [(f" {shown} of {everything} shown ", "$quiet")] if shown < everything else []
        counts = drawing.purpose_figures(selection.counts, signs)
        subtitle = Content.assemble(*of_all, *counts)
        if self.cookies.border_subtitle != subtitle.markup:  # it draws the whole list anew
            self.cookies.border_subtitle = subtitle
        nothing = view.inventory is not None and not view.inventory.scanned
        self.query_one(Empty).say(sentences.why_empty(selection, view.inventory), samples=nothing)

    def draw_details(self, view: View, line: Line | None) -> None:
        """Explain the line under the cursor, unless that has been done."""
        what = line.cookies if isinstance(line, Group) else line  # folded or not
        asked = (what, view.inventory, view.value, view.selection.grouping)
        if len(asked) == len(self._explained) and all(map(is_, asked, self._explained)):
            return
        self._explained = asked
        if line is None or view.inventory is None:
            self.details.clear()
        elif isinstance(line, Group):
            self._explain_group(line, view.selection.grouping)
        else:
            self._explain_cookie(line, view.inventory, view.value)

    def _explain_group(self, group: Group, grouping: Grouping) -> None:
        aside, summary, facts = drawing.group_facts(group, grouping, self._kinds)
        by_purpose = grouping is Grouping.PURPOSE
        self.details.explain(
            badge=self._badge(group) if by_purpose else grouping.value,
            tone=tone(group.purpose) if by_purpose else "quiet",
            title="" if by_purpose else drawing.group_title(group.name, grouping),
            aside=aside,
            summary=summary,
            facts=facts,
        )

    def _explain_cookie(
        self, judged: JudgedCookie, inventory: Inventory, value: str | None
    ) -> None:
        summary, facts = drawing.cookie_facts(judged, self._kinds, inventory, value)
        self.details.explain(
            badge=self._badge(judged),
            tone=tone(judged.verdict.purpose),
            title=judged.cookie.name or "(no name)",
            aside=CONSENT_TITLES[judged.verdict.consent],
            summary=summary,
            facts=facts,
        )

    def _badge(self, line: Line) -> str:
        purpose = drawing.line_purpose(line)
        return f"{self._signs.purposes[purpose]} {PURPOSE_TITLES[purpose]}"
