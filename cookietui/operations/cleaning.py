"""Deleting and undoing: plan, execute, put back."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from cookietui.errors import CookieTuiError, NothingFoundError, UndoError
from cookietui.judging.explain import PURPOSE_TITLES
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.deletion import (
    Failure,
    Kept,
    Part,
    Plan,
    Receipt,
    Restoration,
    Skipped,
    Status,
)
from cookietui.model.profile import Activity, Profile, Usage
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.inventory import Inventory, failure
from cookietui.safety import journal as events
from cookietui.safety.journal import Entry, Journal
from cookietui.stores.port import CookieStore
from cookietui.stores.running import running_error

OpenStore = Callable[[Profile], CookieStore]


def plan(
    site: str,
    shown: Iterable[JudgedCookie],
    chosen: Iterable[JudgedCookie],
    inventory: Inventory,
    usage_of: Callable[[Profile], Usage],
) -> Plan:
    """Say what goes, what stays and why, and what cannot be changed now.

    Args:
        site: The site the person looks at; empty for all.
        shown: Everything the person looks at.
        chosen: What is to go.
        inventory: The scan that both are from.
        usage_of: Tells whether a browser is using a profile now.
    """
    going: dict[str, list[JudgedCookie]] = {}
    for each in chosen:
        going.setdefault(each.cookie.key.profile, []).append(each)
    parts = [
        Part(scanned.profile, tuple(going[scanned.profile.id]))
        for scanned in inventory.scanned
        if scanned.profile.id in going
    ]
    gone = {each.cookie.key for part in parts for each in part.deleting}
    keeping = [Kept(e.cookie, why_kept(e)) for e in shown if e.cookie.key not in gone]
    refused = [
        failure(part.profile.id, running_error(part.profile, usage))
        for part in parts
        if (usage := usage_of(part.profile)).activity is not Activity.CLOSED
    ]
    return Plan(site, tuple(parts), tuple(keeping), tuple(refused))


def why_kept(judged: JudgedCookie) -> str:
    """Say why a cookie stays."""
    verdict = judged.verdict
    if verdict.kept:
        return "you said to keep it"
    if verdict.suggestion is Suggestion.KEEP:
        return "necessary"
    if verdict.suggestion is Suggestion.ASK:
        return f"{PURPOSE_TITLES[verdict.purpose].lower()}: only if you say so"
    return "not chosen"


def execute(plan: Plan, open_store: OpenStore, journal: Journal, now: int) -> Receipt:
    """Delete what a plan says, store by store, each wholly or not at all.

    Args:
        plan: What to do.
        open_store: Gives the store of a profile.
        journal: Where the rows are saved first.
        now: Microseconds since the Unix epoch.
    """
    entry = journal.new_id(_stamp(now))
    deleted: list[JudgedCookie] = []
    refused: list[Failure] = []
    for part in plan.parts:
        try:
            store = open_store(part.profile)
            _delete(part, store, site=plan.site, entry=entry, journal=journal, now=now)
        except CookieTuiError as error:
            refused.append(failure(part.profile.id, error))
        else:
            deleted += part.deleting
    return Receipt(
        status=_status(len(deleted), len(refused)),
        journal=entry if deleted else None,
        deleted=tuple(deleted),
        keeping=plan.keeping,
        refused=tuple(refused),
    )


def undo(
    name: str | None, journal: Journal, open_store: OpenStore, now: int
) -> tuple[Entry, Restoration]:
    """Put a past deletion back, in every store it was made in.

    Args:
        name: The deletion's id; None for the last one that was not undone.
        journal: Where the rows are saved.
        open_store: Gives the store of a profile.
        now: Microseconds since the Unix epoch.

    Raises:
        NothingFoundError: There is no such deletion.
        UndoError: It was undone before.
    """
    entry = journal.entry(name) if name else last_undoable(journal)
    if entry is None:
        raise NothingFoundError("there is no deletion to undo", "`cookietui history` lists them")
    if entry.undone:
        raise UndoError(f"{entry.id} was put back before; nothing was changed", "")
    restored, skipped, refused = 0, list[Skipped](), list[Failure]()
    for part in entry.parts:
        if part.put_back is not None:
            continue
        try:
            with open_store(part.profile).edit() as edit:
                left_out = edit.insert(part.rows, now)
                edit.commit()
            count = len(part.rows.rows) - len(left_out)
            journal.record(entry.id, events.PutBack(now, part.rows.store, count))
        except CookieTuiError as error:
            refused.append(failure(part.profile.id, error))
        else:
            restored += count
            skipped += left_out
    status = _status(restored or len(skipped), len(refused))
    if status is Status.DONE and skipped:
        status = Status.PARTIAL
    return entry, Restoration(status, entry.id, restored, tuple(skipped), tuple(refused))


def last_undoable(journal: Journal) -> Entry | None:
    """The newest deletion that was not put back."""
    return next((entry for entry in journal.entries() if not entry.undone), None)


def _delete(
    part: Part, store: CookieStore, *, site: str, entry: str, journal: Journal, now: int
) -> None:
    saved = None
    try:
        with store.edit() as edit:
            rows = edit.rows(each.cookie.key for each in part.deleting)
            journal.save(entry, events.Saved(now, site, part.profile, rows))
            saved = rows
            edit.delete(rows)
            edit.commit()
    except BaseException:  # an interruption too: the worst moment is the middle
        # What may have been committed stays on record, so that it can be put back.
        if saved is not None and not edit.committed:
            journal.record(entry, events.Void(now, saved.store))
        raise
    journal.record(entry, events.Deleted(now, saved.store))


def _status(done: int, refused: int) -> Status:
    if not refused:
        return Status.DONE
    return Status.PARTIAL if done else Status.REFUSED


def _stamp(now: int) -> str:
    return datetime.fromtimestamp(now // MICROSECONDS, UTC).strftime("%Y%m%d-%H%M%S")
