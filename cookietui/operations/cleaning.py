"""Deleting and undoing: plan, execute, put back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import msgspec

from cookietui.errors import (
    BackupError,
    CookieTuiError,
    NothingFoundError,
    StoreError,
    UndoError,
)
from cookietui.judging.explain import IN_SESSION_FILE, PURPOSE_TITLES
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
from cookietui.operations.inventory import Inventory, ScannedProfile, failure
from cookietui.safety import events
from cookietui.safety.backup import Backups
from cookietui.safety.events import Entry
from cookietui.safety.journal import Journal
from cookietui.stores.port import THERE, CookieStore, read_only_error
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
        if not each.cookie.in_session_file:
            going.setdefault(each.cookie.key.profile, []).append(each)
    parts = [
        Part(scanned.profile, tuple(going[scanned.profile.id]))
        for scanned in inventory.scanned
        if scanned.profile.id in going
    ]
    gone = {each.cookie.key for part in parts for each in part.deleting}
    keeping = [Kept(e.cookie, why_kept(e)) for e in shown if e.cookie.key not in gone]
    refused = [
        failure(part.profile.id, error)
        for part in parts
        if (error := _why_refused(inventory.profile(part.profile.id), usage_of)) is not None
    ]
    return Plan(site, tuple(parts), tuple(keeping), tuple(refused))


def _why_refused(
    scanned: ScannedProfile, usage_of: Callable[[Profile], Usage]
) -> CookieTuiError | None:
    profile, why = scanned.profile, scanned.jar.read_only
    if why:
        return read_only_error(profile, why)
    usage = usage_of(profile)
    return None if usage.activity is Activity.CLOSED else running_error(profile, usage)


def why_kept(judged: JudgedCookie) -> str:
    """Say why a cookie stays."""
    verdict = judged.verdict
    if judged.cookie.in_session_file:
        return IN_SESSION_FILE
    if verdict.kept:
        return "you said to keep it"
    if verdict.suggestion is Suggestion.KEEP:
        return "necessary"
    if verdict.suggestion is Suggestion.ASK:
        return f"{PURPOSE_TITLES[verdict.purpose].lower()}: only if you say so"
    return "not chosen"


def execute(
    plan: Plan, open_store: OpenStore, journal: Journal, backups: Backups, now: int
) -> Receipt:
    """Delete what a plan says, store by store, each wholly or not at all.

    Args:
        plan: What to do.
        open_store: Gives the store of a profile.
        journal: Where the rows are saved first.
        backups: Where a copy of each store is kept first.
        now: Microseconds since the Unix epoch.
    """
    refused = list(plan.refused)
    unable = {each.profile for each in refused}
    parts = [part for part in plan.parts if part.profile.id not in unable]
    deleted: list[JudgedCookie] = []
    entry, changed = None, False
    try:
        entry = journal.begin(_stamp(now)) if parts else None
    except CookieTuiError as error:
        refused += [failure(part.profile.id, error) for part in parts]
        parts = []
    try:
        for number, part in enumerate(parts):
            problem = _attempt(
                part.profile.id,
                partial(
                    _delete, part, open_store, number=number, site=plan.site, entry=entry or "",
                    journal=journal, backups=backups, now=now,
                ),
            )  # fmt: skip
            if problem is None:
                deleted += part.deleting
            else:
                refused.append(problem)
            changed |= problem is None or problem.changed
    finally:  # after an interruption too
        if entry:
            journal.tidy(entry)
    return Receipt(
        status=_status(changed, refused),
        journal=entry if changed else None,
        deleted=tuple(deleted),
        keeping=plan.keeping,
        refused=tuple(refused),
    )


def undo(
    name: str | None,
    journal: Journal,
    open_store: OpenStore,
    now: int,
    only: Callable[[str, str], bool] | None = None,
) -> tuple[Entry, Restoration]:
    """Put a past deletion back, in every store it was made in.

    Args:
        name: The deletion's id; None for the last one that putting back was not tried on.
        journal: Where the rows are saved.
        open_store: Gives the store of a profile.
        now: Microseconds since the Unix epoch.
        only: Tells by name and host which cookies are meant; all of them if it is not given.

    Raises:
        NothingFoundError: There is no such deletion, or no such cookie in it.
        UndoError: It was undone before.
    """
    entry = journal.entry(name) if name else last_undoable(journal)
    if entry is None:
        raise NothingFoundError("there is no deletion to undo", "`cookietui history` lists them")
    if entry.undone:
        raise UndoError(f"{entry.id} was put back before; nothing was changed", "")
    restored, unproven = 0, False
    skipped: list[Skipped] = []
    refused: list[Failure] = []
    meant = {part.number: _meant(part, only) for part in entry.parts}
    if not any(meant.values()):
        raise NothingFoundError(
            f"no cookie of {entry.id} that is still missing is like that", "`cookietui history`"
        )
    for part in entry.parts:
        wanted = meant[part.number]
        if not wanted:
            continue
        reasons: list[str] = []
        problem = _attempt(
            part.profile.id,
            partial(
                _put_back, part, wanted, open_store, reasons, entry=entry.id, journal=journal,
                now=now,
            ),
        )  # fmt: skip
        if problem is not None:
            unproven |= problem.changed
            refused.append(problem)
            continue
        restored += reasons.count("")
        rows = [part.rows.rows[number] for number in wanted]
        skipped += [
            Skipped(part.rows.name(row), part.rows.host(row), why)
            for row, why in zip(rows, reasons, strict=True)
            if why
        ]
    # What is there already was to be put back, and is: only the rest stands in the way.
    problems = [*refused, *(each for each in skipped if each.why != THERE)]
    status = _status(bool(restored) or unproven, problems)
    return entry, Restoration(status, entry.id, restored, tuple(skipped), tuple(refused))


def last_undoable(journal: Journal) -> Entry | None:
    """The newest deletion that putting back was not tried on, and of which a store is left."""
    return next(
        (
            entry
            for entry in journal.entries()
            if not entry.tried and any(part.profile.store.exists() for part in entry.parts)
        ),
        None,
    )


def _attempt(profile: str, work: Callable[[], None]) -> Failure | None:
    """Do something to one store; whatever happens there, the others' outcome must still be told."""
    try:
        work()
    except CookieTuiError as error:
        return failure(profile, error)
    except Exception as error:  # noqa: BLE001 - see above; its text could hold a value
        return failure(profile, StoreError(f"unexpected {type(error).__name__}", ""))
    return None


def _delete(
    part: Part, open_store: OpenStore, *, number: int, site: str, entry: str, journal: Journal,
    backups: Backups, now: int,
) -> None:  # fmt: skip
    saved = False
    with journal.at_work(entry), open_store(part.profile).edit() as edit:
        try:
            backups.before_change(part.profile, edit.backup, now)
            rows = edit.rows(each.cookie.key for each in part.deleting)
            journal.save(entry, events.Saved(now, number, site, part.profile, rows))
            saved = True
            edit.delete(rows)
            edit.commit()
        except BaseException:  # an interruption too: the worst moment is the middle
            # What may have been committed stays on record, so that it can be put back.
            if saved and not edit.committed:
                _note(journal, entry, events.Void(now, number))
            raise
    _note(journal, entry, events.Deleted(now, number))


def _meant(part: events.Part, only: Callable[[str, str], bool] | None) -> tuple[int, ...]:
    """The numbers of the missing rows that are to be put back."""
    if only is None:
        return part.missing
    rows = part.rows
    return tuple(n for n in part.missing if only(rows.name(rows.rows[n]), rows.host(rows.rows[n])))


def _put_back(
    part: events.Part, wanted: tuple[int, ...], open_store: OpenStore, reasons: list[str], *,
    entry: str, journal: Journal, now: int,
) -> None:  # fmt: skip
    rows = tuple(part.rows.rows[number] for number in wanted)
    with open_store(part.profile).edit() as edit:
        reasons += edit.insert(msgspec.structs.replace(part.rows, rows=rows), now)
        edit.commit()
    there = tuple(n for n, why in zip(wanted, reasons, strict=True) if why in ("", THERE))
    whole = wanted == part.missing
    _note(journal, entry, events.PutBack(now, part.number, there, whole))


def _note(
    journal: Journal, entry: str, event: events.Deleted | events.Void | events.PutBack
) -> None:
    """Record what happened. If that fails, the rows are saved all the same, and undo finds out."""
    with suppress(BackupError):
        journal.record(entry, event)


def _status(changed: bool, problems: Sequence[object]) -> Status:
    if not problems:
        return Status.DONE
    return Status.PARTIAL if changed else Status.REFUSED


def _stamp(now: int) -> str:
    return datetime.fromtimestamp(now // MICROSECONDS, UTC).strftime("%Y%m%d-%H%M%S")
