"""Deletions in whose middle the program ended: found out at the next start, and told.

What is deleted is deleted in one transaction: afterwards a store holds all of the saved rows or
none of them. Which of the two it is, the store itself says.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from cookietui.errors import BackupError, CookieTuiError
from cookietui.model.profile import Profile
from cookietui.safety import events
from cookietui.safety.journal import Journal
from cookietui.stores.port import CookieStore
from cookietui.text import plural


def settle(
    journal: Journal, open_store: Callable[[Profile], CookieStore], now: int
) -> Iterator[str]:
    """Find out how interrupted deletions ended, record it, and say it in one line each.

    One that cannot be told, for the store cannot be read or has changed since, stays as it is: undo
    puts back whatever is missing.

    Args:
        journal: Where deletions are recorded.
        open_store: Gives the store of a profile.
        now: Microseconds since the Unix epoch.
    """
    for entry in journal.abandoned():
        for part in entry.parts:
            if part.deleted or part.tried:
                continue
            gone = _gone(part, open_store)
            if gone is None:
                continue
            number, event = part.number, events.Deleted if gone else events.Void
            with suppress(BackupError):  # the next start will find it out again
                journal.record(entry.id, event(now, number))
                yield _told(entry.id, part, gone=gone)
        journal.tidy(entry.id)


def deleted_cookies(journal: Journal) -> dict[str, tuple[int, int | None]]:
    """The cookies that are deleted and were not put back, by their ids.

    Returns:
        When each was deleted, in microseconds since the Unix epoch, and when it was created, as its
        store writes it: one with the same id and another time was set anew.
    """
    return {
        part.rows.rows[number].id: (entry.at, part.rows.rows[number].created)
        for entry in reversed(journal.entries())
        for part in entry.parts
        if part.deleted
        for number in part.missing
        if part.rows.rows[number].id
    }


def _gone(part: events.Part, open_store: Callable[[Profile], CookieStore]) -> bool | None:
    """Whether the rows are gone; None if it cannot be told."""
    try:
        cookies = open_store(part.profile).read().cookies
    except CookieTuiError:
        return None
    there = {(cookie.id, cookie.key.created) for cookie in cookies}
    found = [(row.id, row.created) in there for row in part.rows.rows if row.id]
    if len(found) < len(part.rows.rows) or (any(found) and not all(found)):
        return None
    return bool(found) and not any(found)


def _told(entry: str, part: events.Part, *, gone: bool) -> str:
    what = f"a deletion of {plural(len(part.rows.rows), 'cookie')} from {part.profile.brand}"
    who = f"{what} {part.profile.name} was interrupted"
    if gone:
        return f"{who} when it was done; `cookietui undo {entry}` puts it back"
    return f"{who} before anything was deleted"
