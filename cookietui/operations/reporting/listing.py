"""Every cookie, with all that is known of it but its value."""

from collections.abc import Iterable

from cookietui.judging.explain import CONSENT_TITLES, basis, explain, flags, provider, remaining
from cookietui.model.policy import Kind
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.reporting.blocks import Cell, Paragraph, Section, Sign, Table
from cookietui.operations.reporting.naming import ordered, who

_HEADINGS = ("Cookie", "Purpose", "What it does", "Provider", "Known by", "Time left", "Flags")


def listing(cookies: Iterable[JudgedCookie], kinds: dict[str, Kind], now: int) -> Section:
    """List every cookie.

    Args:
        cookies: The cookies.
        kinds: The four kinds of cookie, by name.
        now: When the cookies were read, in microseconds since the Unix epoch.
    """
    rows = tuple(_row(each, kinds, now) for each in ordered(cookies))
    table = Table("Every cookie, by purpose and name", _HEADINGS, rows)
    none = Paragraph("There is none.")
    return Section("cookies", "All cookies", (table if rows else none,), count=len(rows))


def _row(each: JudgedCookie, kinds: dict[str, Kind], now: int) -> tuple[Cell, ...]:
    cookie, verdict = each.cookie, each.verdict
    declared = verdict.declared.declaration.lifetime if verdict.declared else ""
    kept = ("you keep it for ever",) if verdict.kept else ()
    return (
        who(each),
        (Sign(verdict.purpose), CONSENT_TITLES[verdict.consent], *kept),
        (explain(each, kinds, now).summary,),
        (provider(verdict), f"{verdict.party.value} party"),
        (basis(verdict), *verdict.reasons),
        (remaining(cookie, now), *((f"declared: {declared}",) if declared else ())),
        (flags(cookie),),
    )
