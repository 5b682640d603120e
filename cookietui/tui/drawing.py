"""From cookies and sites to rows, badges and sentences on the screen."""

from cookietui.judging import explain
from cookietui.judging.decoding import decode
from cookietui.model.cookie import CookieKey
from cookietui.model.policy import Kind, Party, Purpose
from cookietui.model.verdict import JudgedCookie, KindName
from cookietui.operations.arranging import Grouping
from cookietui.operations.inventory import Inventory, SiteCount
from cookietui.operations.selection import Group, Line, Selection
from cookietui.operations.site_list import SiteList
from cookietui.text import visible
from cookietui.tui.theme import Signs, tone
from cookietui.tui.widgets.columns import Cell, Column, Rows

_BAR = 6
SITE_COLUMNS = (
    Column("Site", minimum=14),
    Column("", width=9, right=True),
    Column("", width=_BAR),
)
COOKIE_COLUMNS = (
    Column("", width=4),
    Column("Cookie", minimum=24),
    Column("Provider", width=18),
    Column("Lifetime", width=10, right=True),
    Column("Party", width=7),
    Column("Browser", width=10),
    Column("Known by", width=17),
    Column("Host", width=20),
)
ALL_SITES = "All sites"
_KIND_TITLES = {
    KindName.NECESSARY.value: "Necessary",
    KindName.STATISTICAL.value: "Statistical",
    KindName.FIRST_PARTY.value: "Internal (first-party)",
    KindName.THIRD_PARTY.value: "Third-party",
}


def site_rows(sites: SiteList, everything: SiteCount, signs: Signs) -> Rows:
    """The list of sites, all of them first: name, what could go of what is there, and a bar."""
    shown = sites.shown

    def row(index: int) -> tuple[Cell, ...]:
        count = shown[index - 1] if index else everything
        figures = f"{count.removable}/{count.cookies}"
        return (
            Cell(visible(count.site) if index else ALL_SITES, bold=not index),
            Cell(figures, "" if count.removable else "quiet"),
            Cell(parts=bar(count.purposes, signs)),
        )

    return Rows(len(shown) + 1, row, key=lambda index: shown[index - 1].site if index else "")


def bar(purposes: dict[Purpose, int], signs: Signs) -> tuple[tuple[str, str], ...]:
    """A bar of a few signs, as many of each purpose as is its share, and at least one."""
    there = {purpose: count for purpose, count in purposes.items() if count}
    whole = sum(there.values())
    cells = dict.fromkeys(there, 1)
    while there and sum(cells.values()) < _BAR:
        cells[max(there, key=lambda p: there[p] / whole - cells[p] / _BAR)] += 1
    return tuple((signs.purposes[p] * number, tone(p)) for p, number in cells.items())


def cookie_rows(selection: Selection, signs: Signs, fresh: frozenset[CookieKey]) -> Rows:
    """The list of cookies, grouped; those that have just come stand out."""
    lines = selection.lines

    def row(index: int) -> tuple[Cell, ...]:
        line = lines[index]
        if isinstance(line, Group):
            return _group_cells(line, selection, signs)
        return _cookie_cells(line, selection, fresh)

    def key(index: int) -> CookieKey | str:
        line = lines[index]
        return line.name if isinstance(line, Group) else line.cookie.key

    def heading(index: int) -> bool:
        return isinstance(lines[index], Group)

    return Rows(len(lines), row, heading, key, selection.line_of)


def group_title(name: str, grouping: Grouping) -> str:
    """What a group is called on the screen."""
    return visible(_KIND_TITLES.get(name, name) if grouping is Grouping.KIND else name)


def group_facts(
    group: Group, grouping: Grouping, kinds: dict[str, Kind]
) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What a group is: an aside, a paragraph and facts."""
    # Many cookies have the same verdict: told apart by identity, which takes no time.
    verdicts = {id(each.verdict): each.verdict for each in group.cookies}.values()
    providers = sorted({explain.provider(verdict) for verdict in verdicts})
    facts = [("Cookies", str(len(group.cookies))), ("Providers", ", ".join(providers))]
    if grouping is Grouping.KIND:
        kind = kinds[group.name]
        return kind.consent_note, kind.meaning, tuple(facts)
    if grouping is not Grouping.PURPOSE:
        return "", f"Everything in this group: {group.name}.", tuple(facts)
    purpose = group.purpose
    names = sorted({verdict.kind.value for verdict in verdicts})
    for name in names:
        kind = kinds[name]
        facts.append(("Kind", f"{kind.title}. {kind.meaning} {kind.consent_note}"))
    if purpose is Purpose.NECESSARY:
        facts.append(("Marking", "not as a group; K releases one cookie"))
    else:
        facts.append(("Marking", "space marks the whole group"))
    return explain.PURPOSE_CONSENT[purpose], explain.PURPOSE_MEANINGS[purpose], tuple(facts)


def cookie_facts(
    judged: JudgedCookie, kinds: dict[str, Kind], inventory: Inventory, value: str | None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a cookie is: a paragraph and facts; the value only if it was asked for."""
    cookie = judged.cookie
    explanation = explain.explain(judged, kinds, inventory.at)
    profile = inventory.profile(cookie.key.profile).profile
    facts = [(fact.label, fact.text) for fact in explanation.facts]
    facts.append(("Profile", f"{profile.brand}, {profile.name}"))
    size = f" ({cookie.size} bytes with its name)" if cookie.size is not None else ""
    if value is None:
        facts.append(("Value", f"hidden{size}; v shows it"))
    else:
        # In sight without scrolling: it was asked for.
        facts[:0] = [
            ("Value", value or "(empty)"),
            *((fact.label, fact.text) for fact in decode(value)),
        ]
    return explanation.summary, tuple(facts)


def _group_cells(group: Group, selection: Selection, signs: Signs) -> tuple[Cell, ...]:
    by_purpose = selection.grouping is Grouping.PURPOSE
    color = tone(group.purpose) if by_purpose else "quiet"
    box = "keep"
    if selection.may_mark(group):
        box = "[x]" if selection.is_marked(group) else "[ ]"
    sign = f"{signs.purposes[group.purpose]} " if by_purpose else ""
    fold = signs.folded if group.folded else signs.open
    title = group_title(group.name, selection.grouping)
    aside = explain.PURPOSE_CONSENT[group.purpose] if by_purpose else ""
    return (
        Cell(box, color, bold=True),
        Cell(f"{fold} {sign}{title} {len(group.cookies)}", color, bold=True),
        Cell(aside, color, italic=True),
    )


def _cookie_cells(
    judged: JudgedCookie, selection: Selection, fresh: frozenset[CookieKey]
) -> tuple[Cell, ...]:
    verdict, cookie = judged.verdict, judged.cookie
    marked = selection.is_marked(judged)
    color = tone(verdict.purpose)
    box = "[x]" if marked else "[ ]"
    if selection.protected(judged):
        box = "keep" if verdict.kept else ""
    third = verdict.party is Party.THIRD
    container = f" ({cookie.container.name})" if cookie.container else ""
    new = cookie.key in fresh
    return (
        Cell(box, color if marked else "quiet", bold=marked),
        Cell(
            f"{'  + ' if new else '    '}{visible(cookie.name + container) or '(no name)'}",
            "success" if new else "",
            bold=marked or new,
        ),
        Cell(visible(explain.provider(verdict))),
        Cell(explain.remaining(cookie, selection.now)),
        Cell(verdict.party.value, "" if third else "quiet"),
        Cell(cookie.key.profile.partition(":")[0].capitalize(), "quiet"),
        Cell(explain.basis(verdict), "quiet"),
        Cell(visible(cookie.host), "quiet"),
    )


def purpose_figures(counts: dict[Purpose, int], signs: Signs) -> list[tuple[str, str]]:
    """The counts that stand in the lower border."""
    figures: list[tuple[str, str]] = []
    for purpose, count in counts.items():
        if count:
            figures += [(f" {signs.purposes[purpose]} {count} ", f"${tone(purpose)}")]
    return figures


def line_purpose(line: Line) -> Purpose:
    """The purpose whose colours a line has."""
    return line.purpose if isinstance(line, Group) else line.verdict.purpose
