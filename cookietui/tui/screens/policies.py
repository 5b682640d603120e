"""What sites and providers declare: the policies in use, and bringing in one's own."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cookietui.catalogue.loading import Catalogue
from cookietui.errors import CookieTuiError
from cookietui.model.policy import Declaration, Policy
from cookietui.model.site import Site
from cookietui.text import plural, visible
from cookietui.tui.screens.listing import CLOSING, Item, ListScreen
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.columns import Cell, Column

if TYPE_CHECKING:
    from cookietui.catalogue.importing.opening import Imported

_SHOWN = 400
Asked = tuple[Path, Site | None]


class PoliciesScreen(ListScreen):
    """Every policy in use, one's own first.

    Args:
        signs: The characters to draw with.
        catalogue: Gives the policies in use.
        bring_in: Reads a document and keeps it; may raise a `CookieTuiError`.
        take_out: Removes a policy by its name; may raise one too.
        host: The site the person looks at; empty for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", "Import"),
        Binding("X", "remove", "Remove"),
        CLOSING,
    ]
    heading = "Policies"
    columns = (
        Column("Policy", minimum=24),
        Column("Declares", width=8, right=True),
        Column("From", width=9),
        Column("Site", width=28),
        Column("Written", width=10),
    )

    def __init__(
        self,
        signs: Signs,
        catalogue: Callable[[], Catalogue],
        bring_in: Callable[[Path, Site | None], "Imported"],
        take_out: Callable[[str], object],
        host: str,
    ) -> None:
        super().__init__(signs)
        self._catalogue = catalogue
        self._bring_in = bring_in
        self._take_out = take_out
        self._host = host

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self._draw()
        self.say("i imports a saved policy page; what you import wins over what is built in")

    def _draw(self) -> None:
        catalogue = self._catalogue()
        own = [_item(policy, own=True) for policy in catalogue.own]
        self.list([*own, *(_item(policy, own=False) for policy in catalogue.builtin)])
        declared = sum(len(p.declarations) for p in (*catalogue.own, *catalogue.builtin))
        self.tell("policies", plural(declared, "declaration"), ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        del parameters
        if action == "remove" and (self.item is None or self.item.badge != "yours"):
            return None
        return True

    def action_import(self) -> None:
        """Ask for a document."""
        self.app.push_screen(ImportScreen(self._host), self._imported)

    def _imported(self, asked: Asked | None) -> None:
        if asked is None:
            return
        file, site = asked
        try:
            imported = self._bring_in(file, site)
        except CookieTuiError as error:
            self._fail(error)
            return
        self._draw()
        policy = imported.policies[0]
        told = f"{plural(len(policy.declarations), 'declaration')} of {policy.name} imported"
        self.say(told)
        for problem in imported.problems[:3]:
            text = visible(f"line {problem.line}: {problem.text}")
            self.notify(text, severity="warning", markup=False, timeout=10)

    def action_remove(self) -> None:
        """Remove a policy of one's own."""
        policy = self.item.subject if self.item else None
        if not isinstance(policy, Policy):
            return
        try:
            self._take_out(policy.name)
        except CookieTuiError as error:
            self._fail(error)
        else:
            self._draw()
            self.say(f"{policy.name} is removed")

    def _fail(self, error: CookieTuiError) -> None:
        text = visible(f"{error.message}; {error.hint}")
        self.notify(text, severity="warning", markup=False, timeout=10)
        self.say(text)


class ImportScreen(ModalScreen[Asked]):
    """Asks for a document and the site whose policy it is.

    Args:
        host: The site that is proposed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host

    def compose(self) -> ComposeResult:
        """Two lines to type in."""
        with Vertical(id="dialog", classes="asking") as dialog:
            dialog.border_title = "Import a policy"
            yield Static("A saved page (HTML, Markdown, text) or a catalogue. File:")
            yield Input(placeholder="~/Downloads/cookies.html", id="file")
            yield Static("The site whose policy it is; empty for a catalogue of providers:")
            yield Input(self._host, placeholder="example.com", id="site")
            yield Static("enter imports, tab changes the line, esc cancels", classes="quiet")

    @on(Input.Submitted)
    def _answer(self) -> None:
        file = self.query_one("#file", Input).value.strip()
        host = self.query_one("#site", Input).value.strip()
        if not file:
            self.query_one("#file", Input).focus()
            return
        try:
            site = Site.parse(host) if host else None
            path = Path(file).expanduser()
            if b"\0" in os.fsencode(path):
                raise ValueError("no file has such a name")
        except (ValueError, RuntimeError) as error:  # the latter for a home that nobody has
            self.notify(visible(str(error)), severity="warning", markup=False)
            return
        self.dismiss((path, site))

    def action_cancel(self) -> None:
        """Import nothing."""
        self.dismiss(None)


def _item(policy: Policy, *, own: bool) -> Item:
    site = policy.hosts[0] if policy.hosts else ""
    count = len(policy.declarations)
    return Item(
        cells=(
            Cell(visible(policy.title), bold=own),
            Cell(str(count)),
            Cell("yours" if own else "built in", "primary" if own else "quiet"),
            Cell(visible(site), "quiet"),
            Cell(policy.written.isoformat(), "quiet"),
        ),
        badge="yours" if own else "built in",
        tone="primary" if own else "quiet",
        title=policy.title,
        aside=plural(count, "declaration"),
        summary=f"Written down on {policy.written.isoformat()} after {policy.source}",
        facts=tuple(map(_fact, policy.declarations[:_SHOWN])),
        subject=policy,
    )


def _fact(declaration: Declaration) -> tuple[str, str]:
    lifetime = f" {declaration.lifetime}." if declaration.lifetime else ""
    text = f"{declaration.purpose.value}.{lifetime} {declaration.description}"
    return declaration.pattern, text
