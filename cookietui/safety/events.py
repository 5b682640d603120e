"""What the journal records of a deletion, and what can be read from it."""

from collections.abc import Iterable

import msgspec

from cookietui.model.deletion import SavedRow, SavedRows
from cookietui.model.profile import Profile


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """A deletion is planned: nothing is saved or deleted yet, and a lock tells who is at it."""


class Saved(msgspec.Struct, frozen=True, tag="saved"):
    """Rows are about to be deleted from one store.

    Attributes:
        at: Microseconds since the Unix epoch.
        part: A number for this store in this deletion, to which later events refer.
        site: The site the person looked at.
        profile: Whose store.
        rows: The rows.
    """

    at: int
    part: int
    site: str
    profile: Profile
    rows: SavedRows


class Deleted(msgspec.Struct, frozen=True, tag="deleted"):
    """The rows of a part are gone, which was verified."""

    at: int
    part: int


class Void(msgspec.Struct, frozen=True, tag="void"):
    """Nothing was deleted of a part after all."""

    at: int
    part: int


class PutBack(msgspec.Struct, frozen=True, tag="put-back"):
    """An attempt to put back rows of a part.

    Attributes:
        at: Microseconds since the Unix epoch.
        part: Which part.
        rows: The numbers of the rows that are in the store again.
        whole: Whether all that was missing was to be put back, or only some of it.
    """

    at: int
    part: int
    rows: tuple[int, ...]
    whole: bool = True


Event = Begun | Saved | Deleted | Void | PutBack


class Part(msgspec.Struct, frozen=True):
    """What became of one store in a deletion.

    Attributes:
        number: Its number in the deletion.
        profile: Whose store.
        rows: What was saved.
        deleted: Whether the rows are known to be gone; false after a crash in the middle.
        back: The numbers of the rows that were put back.
        tried: Whether putting back all of it was tried.
    """

    number: int
    profile: Profile
    rows: SavedRows
    deleted: bool
    back: frozenset[int]
    tried: bool

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the rows that were not put back."""
        return tuple(n for n in range(len(self.rows.rows)) if n not in self.back)


class Entry(msgspec.Struct, frozen=True):
    """One deletion.

    Attributes:
        id: Under which it can be undone.
        at: Microseconds since the Unix epoch.
        site: The site the person looked at.
        parts: What became of each store.
        begun: Whether a lock tells if somebody is at it; not so in records of earlier versions.
    """

    id: str
    at: int
    site: str
    parts: tuple[Part, ...]
    begun: bool = False

    @property
    def undone(self) -> bool:
        """Whether all of it was put back."""
        return not any(part.missing for part in self.parts)

    @property
    def tried(self) -> bool:
        """Whether putting it back was tried in every store; what is left then is left out."""
        return all(part.tried for part in self.parts)

    @property
    def unfinished(self) -> bool:
        """Whether the program ended in the middle of it."""
        return any(not part.deleted and not part.tried for part in self.parts)

    @property
    def state(self) -> str:
        """How it stands: ``deleted``, ``undone``, ``undone in part`` or ``unfinished``."""
        if self.undone:
            return "undone"
        if self.tried:
            return "undone in part"
        return "unfinished" if self.unfinished else "deleted"

    @property
    def rows(self) -> tuple[SavedRow, ...]:
        """Every saved row."""
        return tuple(row for part in self.parts for row in part.rows.rows)


def part_of(saved: Saved, events: Iterable[Event]) -> Part | None:
    """What became of saved rows; nothing if they were not deleted after all."""
    own = [e for e in events if not isinstance(e, Begun | Saved) and e.part == saved.part]
    deleted = any(isinstance(event, Deleted) for event in own)
    if not deleted and any(isinstance(event, Void) for event in own):
        return None
    attempts = [event for event in own if isinstance(event, PutBack)]
    return Part(
        number=saved.part,
        profile=saved.profile,
        rows=saved.rows,
        deleted=deleted,
        back=frozenset(row for attempt in attempts for row in attempt.rows),
        tried=any(attempt.whole for attempt in attempts),
    )
