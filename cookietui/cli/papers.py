"""What people read: tables and sentences, in a pipe tab-separated lines."""

from cookietui.cli.encoding import moment, state
from cookietui.cli.output import Output
from cookietui.judging.explain import (
    PURPOSE_TITLES,
    basis,
    container,
    explain,
    provider,
    remaining,
    stored_under,
)
from cookietui.model.deletion import Plan, Receipt, Restoration, Status
from cookietui.model.policy import Kind, Purpose
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.inventory import Inventory, SiteCount
from cookietui.safety.events import Entry
from cookietui.text import plural

_ACTIVITY = {True: "running", False: "closed", None: "cannot tell"}


def profiles(output: Output, inventory: Inventory) -> None:
    """Print every profile, and what is wrong with those that could not be read."""
    rows = [
        (
            scanned.profile.id,
            scanned.profile.brand,
            scanned.profile.name,
            str(len(scanned.cookies)),
            _ACTIVITY[scanned.usage.running],
            str(scanned.profile.folder),
        )
        for scanned in inventory.scanned
    ]
    rows += [(each.profile, "", "", "", "unreadable", "") for each in inventory.failures]
    output.table(("Profile", "Browser", "Name", "Cookies", "State", "Folder"), rows)


def sites(output: Output, counts: tuple[SiteCount, ...]) -> None:
    """Print every site with its counts."""
    purposes = tuple(Purpose)
    output.table(
        ("Site", "Cookies", "Removable", *(PURPOSE_TITLES[purpose] for purpose in purposes)),
        [
            (
                count.site,
                str(count.cookies),
                str(count.removable),
                *(str(count.purposes[purpose]) for purpose in purposes),
            )
            for count in counts
        ],
    )


def cookies(output: Output, judged: tuple[JudgedCookie, ...], now: int) -> None:
    """Print cookies with their verdicts."""
    purposes = list(Purpose)
    ordered = sorted(
        judged, key=lambda e: (purposes.index(e.verdict.purpose), e.cookie.name, e.cookie.host)
    )
    output.table(
        (
            "Name", "Host", "Purpose", "Suggestion", "Provider", "Known by", "Lifetime", "Party",
            "Stored under", "Container", "Profile",
        ),
        [
            (
                each.cookie.name,
                each.cookie.host,
                each.verdict.purpose.value,
                each.verdict.suggestion.value,
                provider(each.verdict),
                basis(each.verdict),
                remaining(each.cookie, now),
                each.verdict.party.value,
                stored_under(each.cookie),
                container(each.cookie),
                each.cookie.key.profile,
            )
            for each in ordered
        ],
        ("Known by", "Party", "Profile", "Provider", "Stored under", "Container"),
    )  # fmt: skip


def explanations(
    output: Output, judged: tuple[JudgedCookie, ...], kinds: dict[str, Kind], inventory: Inventory
) -> None:
    """Print cookies in full."""
    for number, each in enumerate(judged):
        if number:
            output.line()
        explanation = explain(each, kinds, inventory.at)
        profile = inventory.profile(each.cookie.key.profile).profile
        purpose = PURPOSE_TITLES[each.verdict.purpose]
        output.line(f"{each.cookie.name}  {purpose}  suggestion: {each.verdict.suggestion.value}")
        output.line(explanation.summary)
        for fact in explanation.facts:
            output.line(f"  {fact.label + ':':14}{fact.text}")
        output.line(f"  {'Profile:':14}{profile.brand}, {profile.name}")


def plan(output: Output, intended: Plan, now: int) -> None:
    """Print what would go and what would stay."""
    rows = [
        (
            "delete",
            each.cookie.name,
            each.cookie.host,
            each.verdict.purpose.value,
            remaining(each.cookie, now),
            stored_under(each.cookie),
            each.cookie.key.profile,
        )
        for each in intended.deleting
    ]
    rows += [
        ("keep", kept.cookie.name, kept.cookie.host, kept.why, "", "", kept.cookie.key.profile)
        for kept in intended.keeping
    ]
    output.table(("", "Name", "Host", "Why", "Lifetime", "Stored under", "Profile"), rows)
    for refused in intended.refused:
        output.note(f"{refused.message}; {refused.hint}")


def going(output: Output, intended: Plan) -> None:
    """Print what is about to go, for a last look."""
    for part in intended.parts:
        names = ", ".join(sorted({each.cookie.name for each in part.deleting}))
        output.note(f"{part.profile.brand} {part.profile.name}: {names}")


def receipt(output: Output, done: Receipt) -> None:
    """Print what became of a deletion."""
    if done.status is Status.REFUSED:
        output.line("nothing was deleted")
        return
    if not done.journal:
        output.line("there is nothing to delete")
        return
    output.line(f"{plural(len(done.deleted), 'cookie')} deleted and verified")
    output.line(f"`cookietui undo {done.journal}` puts back what was saved")


def restoration(output: Output, done: Restoration) -> None:
    """Print what became of an undo."""
    if done.status is Status.REFUSED:
        output.line("nothing was put back")
        return
    output.line(f"{plural(done.restored, 'cookie')} put back and verified")
    for each in done.skipped:
        output.line(f"not put back: {each.name} of {each.host}: {each.why}")


def history(output: Output, entries: tuple[Entry, ...]) -> None:
    """Print past deletions, the newest first."""
    output.table(
        ("ID", "When", "Site", "Cookies", "State", "Profiles"),
        [
            (
                entry.id,
                moment(entry.at) or "",
                entry.site,
                str(len(entry.rows)),
                state(entry),
                ", ".join(part.profile.id for part in entry.parts),
            )
            for entry in entries
        ],
    )
