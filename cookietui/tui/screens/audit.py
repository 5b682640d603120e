"""A site's own policy against the cookies that are really there."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from cookietui.judging.explain import basis, duration, explain, provider, remaining
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Kind
from cookietui.model.verdict import Declared, JudgedCookie
from cookietui.operations.auditing import Audit
from cookietui.text import plural, visible
from cookietui.tui.screens.listing import CLOSING, Item, ListScreen
from cookietui.tui.theme import Signs, tone
from cookietui.tui.widgets.columns import Cell, Column

IMPORT = "import"


class AuditScreen(ListScreen):
    """What a site declares and what it does. It gives `IMPORT` if a policy is to be brought in.

    Args:
        signs: The characters to draw with.
        audit: What came of it.
        kinds: The four kinds of cookie, by name.
        now: Microseconds since the Unix epoch.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i", "import", "Import policy"), CLOSING]
    heading = "Policy against reality"
    columns = (
        Column("Cookie", minimum=24),
        Column("Purpose", width=13),
        Column("Declared", width=18),
        Column("Really", width=18),
        Column("Host", width=24),
    )

    def __init__(self, signs: Signs, audit: Audit, kinds: dict[str, Kind], now: int) -> None:
        super().__init__(signs)
        self._audit = audit
        self._kinds = kinds
        self._now = now

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        audit = self._audit
        self.list([*self._items_of(audit)])
        names = ", ".join(policy.title for policy in audit.policies) or "no policy is known"
        nothing = ("This site has no cookies here", "esc goes back")
        self.tell(
            f"audit of {audit.site.host}: {names}", plural(len(audit.cookies), "cookie"), nothing
        )
        told = f"{len(audit.undeclared)} not declared, {len(audit.outliving)} living too long"
        hint = "" if audit.policies else "; i brings the site's policy in"
        self.say(told + hint)

    def action_import(self) -> None:
        """Bring in the site's policy."""
        self.dismiss(IMPORT)

    def _items_of(self, audit: Audit) -> Iterable[Item]:
        yield from self._section(
            "Not declared by the site",
            "The site has set these, and its policy does not speak of them.",
            [self._cookie(each, "not declared", basis(each.verdict)) for each in audit.undeclared],
        )
        yield from self._section(
            "Living longer than declared",
            "These will still be there when, by the site's own word, they should be gone.",
            [
                self._cookie(
                    each.judged,
                    each.declared.declaration.lifetime,
                    f"{duration(each.actual_seconds * MICROSECONDS)} left",
                )
                for each in audit.outliving
            ],
        )
        yield from self._section(
            "Of another party than declared",
            "The policy names one party, the cookie belongs to the other.",
            [
                self._cookie(
                    each.judged, each.declared.declaration.party.value, f"{each.actual.value} party"
                )
                for each in audit.wrong_party
            ],
        )
        yield from self._section(
            "There although consent is needed",
            "Whether you consented is not known to this program.",
            [
                self._cookie(each, "consent needed", remaining(each.cookie, self._now))
                for each in audit.needing_consent
            ],
        )
        yield from self._section(
            "Declared and there",
            "As the site says.",
            [
                self._cookie(
                    each.cookies[0],
                    each.declared.declaration.pattern,
                    plural(len(each.cookies), "cookie"),
                )
                for each in audit.present
            ],
        )
        yield from self._section(
            "Declared but not there",
            "The policy speaks of these; none is in the profiles that were read.",
            [self._absent(each) for each in audit.absent],
        )

    def _section(self, title: str, summary: str, items: list[Item]) -> Iterable[Item]:
        # The same cookie in several profiles is told once.
        items = list({item.cells: item for item in items}.values())
        if not items:
            return
        heading = f"{self._signs.open} {title} {len(items)}"
        yield Item(
            cells=(Cell(heading, "primary", bold=True),),
            badge=str(len(items)),
            tone="primary",
            title=title,
            summary=summary,
            heading=True,
        )
        yield from items

    def _cookie(self, each: JudgedCookie, declared: str, really: str) -> Item:
        cookie, verdict = each.cookie, each.verdict
        explanation = explain(each, self._kinds, self._now)
        purpose = verdict.purpose
        return Item(
            cells=(
                Cell(f"  {visible(cookie.name) or '(no name)'}"),
                Cell(f"{self._signs.purposes[purpose]} {purpose.value}", tone(purpose)),
                Cell(visible(declared)),
                Cell(visible(really)),
                Cell(visible(cookie.host), "quiet"),
            ),
            badge=f"{self._signs.purposes[purpose]} {purpose.value}",
            tone=tone(purpose),
            title=cookie.name or "(no name)",
            aside=provider(verdict) if verdict.declared else "",
            summary=explanation.summary,
            facts=tuple((fact.label, fact.text) for fact in explanation.facts),
        )

    def _absent(self, each: Declared) -> Item:
        declaration = each.declaration
        purpose = declaration.purpose
        return Item(
            cells=(
                Cell(f"  {visible(declaration.pattern)}"),
                Cell(f"{self._signs.purposes[purpose]} {purpose.value}", tone(purpose)),
                Cell(visible(declaration.lifetime), "quiet"),
            ),
            badge=f"{self._signs.purposes[purpose]} {purpose.value}",
            tone=tone(purpose),
            title=declaration.pattern,
            summary=declaration.description or "The policy does not say what it does.",
            facts=(("Provider", each.provider), ("Policy", each.policy.title)),
        )
