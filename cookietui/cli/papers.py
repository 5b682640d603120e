"""What people read: tables and sentences, in a pipe tab-separated lines."""

from collections import Counter
from pathlib import Path

from cookietui.cli.encoding import moment
from cookietui.cli.output import Cell, Output, Shown
from cookietui.judging.explain import (
    PURPOSE_TITLES,
    Fact,
    basis,
    container,
    explain,
    provider,
    remaining,
    stored_under,
)
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Plan, Receipt, Restoration, Status
from cookietui.model.policy import Kind, Party, Purpose
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.inventory import Inventory, ScannedProfile, SiteCount
from cookietui.safety.backup import Backup
from cookietui.safety.events import Entry
from cookietui.text import plural

_ACTIVITY = {True: "running", False: "closed", None: "cannot tell"}


def profiles(output: Output, inventory: Inventory) -> None:
    """Print every profile, and what is wrong with those that could not be read."""
    rows: list[tuple[Shown, ...]] = [
        (
            scanned.profile.id,
            scanned.profile.brand,
            scanned.profile.name,
            str(len(scanned.cookies)),
            _state(scanned),
            Cell(str(scanned.profile.folder), quiet=True),
        )
        for scanned in inventory.scanned
    ]
    read = {scanned.profile.id for scanned in inventory.scanned}
    unread = [each.profile for each in inventory.failures if each.profile not in read]
    rows += [(profile, "", "", "", Cell("unreadable", strong=True), "") for profile in unread]
    output.table(("Profile", "Browser", "Name", "Cookies", "State", "Folder"), rows)
    for scanned in inventory.scanned:
        if scanned.jar.read_only:
            output.note(f"{scanned.profile.id} is only read: {scanned.jar.read_only}")


def _state(scanned: ScannedProfile) -> Shown:
    running = scanned.usage.running
    if scanned.jar.read_only:
        return "only read"
    return Cell(_ACTIVITY[running], strong=running is not False)


def sites(output: Output, counts: tuple[SiteCount, ...]) -> None:
    """Print every site with its counts."""
    purposes = tuple(Purpose)
    output.table(
        (
            "Site",
            "Cookies",
            "Removable",
            *(Cell(PURPOSE_TITLES[purpose], purpose) for purpose in purposes),
        ),
        [
            (
                count.site,
                str(count.cookies),
                _figure(count.removable),
                *(_figure(count.purposes[purpose]) for purpose in purposes),
            )
            for count in counts
        ],
        ("Preferences", "Necessary", "Unknown"),
    )


def _figure(number: int) -> Cell:
    return Cell(str(number), quiet=not number)


def cookies(
    output: Output,
    judged: tuple[JudgedCookie, ...],
    now: int,
    values: dict[CookieKey, str] | None,
) -> None:
    """Print cookies with their verdicts, and with their values if these were asked for."""
    purposes = list(Purpose)
    ordered = sorted(
        judged, key=lambda e: (purposes.index(e.verdict.purpose), e.cookie.name, e.cookie.host)
    )
    headings = (
        "Name", "Host", "Purpose", "Suggestion", "Provider", "Known by", "Lifetime", "Party",
        "Stored under", "Container", "Profile",
    )  # fmt: skip
    rows = [
        (
            each.cookie.name,
            each.cookie.host,
            Cell(each.verdict.purpose.value, each.verdict.purpose),
            Cell(
                each.verdict.suggestion.value, strong=each.verdict.suggestion is Suggestion.REMOVE
            ),
            provider(each.verdict),
            Cell(basis(each.verdict), quiet=True),
            remaining(each.cookie, now),
            Cell(each.verdict.party.value, quiet=each.verdict.party is not Party.THIRD),
            stored_under(each.cookie),
            container(each.cookie),
            Cell(each.cookie.key.profile, quiet=True),
        )
        for each in ordered
    ]
    first_to_go = ("Known by", "Party", "Profile", "Provider", "Stored under", "Container")
    if values is None:
        output.table(headings, rows, first_to_go)
        return
    shown = [values.get(each.cookie.key, "(not shown)") for each in ordered]
    with_values = [(*row, value) for row, value in zip(rows, shown, strict=True)]
    output.table((*headings, "Value"), with_values, first_to_go)


def explanations(
    output: Output,
    judged: tuple[JudgedCookie, ...],
    kinds: dict[str, Kind],
    inventory: Inventory,
    values: dict[CookieKey, str],
) -> None:
    """Print cookies in full, with the values that were asked for and what they read like."""
    # Nobody needs it for cookies without their values.
    from cookietui.judging.decoding import decode  # noqa: PLC0415

    for number, each in enumerate(judged):
        if number:
            output.line()
        explanation = explain(each, kinds, inventory.at)
        profile = inventory.profile(each.cookie.key.profile).profile
        purpose = PURPOSE_TITLES[each.verdict.purpose]
        suggestion = each.verdict.suggestion.value
        title = f"{each.cookie.name}  {purpose}  suggestion: {suggestion}"
        output.line(Cell(title, each.verdict.purpose, strong=True))
        output.line(explanation.summary)
        facts = [*explanation.facts, Fact("Profile", f"{profile.brand}, {profile.name}")]
        value = values.get(each.cookie.key)
        if value is not None:
            facts += [Fact("Value", value), *decode(value)]
        for fact in facts:
            output.line(f"  {fact.label + ':':14}{fact.text}")


def plan(output: Output, intended: Plan, now: int) -> None:
    """Print what would go and what would stay."""
    rows: list[tuple[Shown, ...]] = [
        (
            Cell("delete", strong=True),
            each.cookie.name,
            each.cookie.host,
            Cell(each.verdict.purpose.value, each.verdict.purpose),
            remaining(each.cookie, now),
            stored_under(each.cookie),
            Cell(each.cookie.key.profile, quiet=True),
        )
        for each in intended.deleting
    ]
    rows += [
        (
            Cell("keep", quiet=True),
            kept.cookie.name,
            kept.cookie.host,
            kept.why,
            "",
            "",
            Cell(kept.cookie.key.profile, quiet=True),
        )
        for kept in intended.keeping
    ]
    headings = ("", "Name", "Host", "Why", "Lifetime", "Stored under", "Profile")
    output.table(headings, rows, ("Stored under", "Profile", "Lifetime"))
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
    stores = Counter(each.cookie.key.profile for each in done.deleted)
    if len(stores) > 1 or done.refused:
        for profile, count in stores.items():
            output.line(f"  {profile}: {count}")
        for each in done.refused:
            outcome = "changed, which is not proven" if each.changed else "nothing"
            output.line(f"  {each.profile}: {outcome}")
    output.line(f"`cookietui undo {done.journal}` puts back what was saved")


def restoration(output: Output, done: Restoration) -> None:
    """Print what became of an undo."""
    if done.status is Status.REFUSED:
        output.line("nothing was put back")
    else:
        output.line(f"{plural(done.restored, 'cookie')} put back and verified")
    for each in done.skipped:
        output.line(f"not put back: {each.name} of {each.host}: {each.why}")


def history(output: Output, entries: tuple[Entry, ...], backups: tuple[Backup, ...]) -> None:
    """Print past deletions, the newest first, and where copies of whole stores are."""
    output.table(
        ("ID", "When", "Site", "Cookies", "State", "Profiles"),
        [
            (
                entry.id,
                moment(entry.at) or "",
                entry.site,
                str(len(entry.rows)),
                entry.state,
                ", ".join(part.profile.id for part in entry.parts),
            )
            for entry in entries
        ],
    )
    if backups:
        size = sum(backup.size for backup in backups)
        copies = plural(len(backups), "copy", "copies")
        folder = Path(backups[0].path).parent
        output.note(f"{copies} of whole stores, {size} bytes, in {folder}")
