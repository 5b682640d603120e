"""What was deleted, row by row and byte for byte, so that it can be put back.

One file for each deletion, written before the first row goes. It is a list of events, one JSON
object on each line, only ever added to: a line that a crash cut short is the last one and is passed
over. The files hold live secrets, so they are for their owner only.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cookietui.errors import BackupError, NothingFoundError, UndoError
from cookietui.model.deletion import SavedRow, SavedRows
from cookietui.model.profile import Profile
from cookietui.paths import private_folder, sync_folder

_SUFFIX = ".jsonl"


class Saved(msgspec.Struct, frozen=True, tag="saved"):
    """Rows are about to be deleted from one store.

    Attributes:
        at: Microseconds since the Unix epoch.
        site: The site the person looked at.
        profile: Whose store.
        rows: The rows.
    """

    at: int
    site: str
    profile: Profile
    rows: SavedRows


class Deleted(msgspec.Struct, frozen=True, tag="deleted"):
    """The rows of a store are gone, which was verified."""

    at: int
    store: str


class Void(msgspec.Struct, frozen=True, tag="void"):
    """Nothing was deleted from a store after all."""

    at: int
    store: str


class PutBack(msgspec.Struct, frozen=True, tag="put-back"):
    """The rows of a store were put back, but for some.

    Attributes:
        at: Microseconds since the Unix epoch.
        store: The path of the store.
        restored: How many.
    """

    at: int
    store: str
    restored: int


Event = Saved | Deleted | Void | PutBack


class Part(msgspec.Struct, frozen=True):
    """What became of one store in a deletion.

    Attributes:
        profile: Whose store.
        rows: What was saved.
        deleted: Whether the rows are known to be gone; false after a crash in the middle.
        put_back: How many were put back; None if that was not done.
    """

    profile: Profile
    rows: SavedRows
    deleted: bool
    put_back: int | None


class Entry(msgspec.Struct, frozen=True):
    """One deletion.

    Attributes:
        id: Under which it can be undone.
        at: Microseconds since the Unix epoch.
        site: The site the person looked at.
        parts: What became of each store.
    """

    id: str
    at: int
    site: str
    parts: tuple[Part, ...]

    @property
    def undone(self) -> bool:
        """Whether all of it was put back."""
        return all(part.put_back is not None for part in self.parts)

    @property
    def unfinished(self) -> bool:
        """Whether the program ended in the middle of it."""
        return any(not part.deleted and part.put_back is None for part in self.parts)

    @property
    def rows(self) -> tuple[SavedRow, ...]:
        """Every saved row."""
        return tuple(row for part in self.parts for row in part.rows.rows)


class Journal:
    """The deletions of one person.

    Args:
        folder: Where they are recorded; made when needed, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_id(self, stamp: str) -> str:
        """Find an id for a deletion.

        Args:
            stamp: The time, as it should read in the id.
        """
        taken = {path.stem for path in self._files()}
        candidates = (f"{stamp}-{number}" for number in range(1, len(taken) + 2))
        return next(candidate for candidate in candidates if candidate not in taken)

    def save(self, entry: str, event: Saved) -> None:
        """Record rows before they are deleted, and read the record back.

        Raises:
            BackupError: They are not safely on disk; nothing may be deleted.
        """
        try:
            self._append(entry, event)
            recorded = self._events(entry)
        except (OSError, ValueError) as error:
            raise BackupError(
                f"what is to be deleted cannot be saved in {self._folder}: {error};"
                " nothing was changed",
                "make room there, or give the folder back to yourself",
            ) from error
        if not recorded or recorded[-1] != event:
            raise BackupError(
                f"what was saved in {self._folder} does not read back as it was;"
                " nothing was changed",
                "check the disk",
            )

    def record(self, entry: str, event: Deleted | Void | PutBack) -> None:
        """Record what became of saved rows.

        Raises:
            BackupError: It cannot be written; the rows are saved all the same.
        """
        try:
            self._append(entry, event)
        except OSError as error:
            raise BackupError(
                f"the journal in {self._folder} cannot be written: {error.strerror}",
                "the rows themselves are saved there",
            ) from error

    def discard(self, entry: str) -> None:
        """Remove the record of a deletion that did not happen, or that is to be forgotten.

        Raises:
            NothingFoundError: There is none.
        """
        try:
            self._path(entry).unlink()
        except FileNotFoundError as error:
            raise _unknown(entry) from error

    def entries(self) -> tuple[Entry, ...]:
        """Every deletion, the newest first; files that cannot be understood are passed over."""
        found = [entry for path in self._files() if (entry := self._entry(path.stem))]
        return tuple(sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True))

    def entry(self, name: str) -> Entry:
        """One deletion.

        Raises:
            NothingFoundError: There is none by that id.
            UndoError: Its record cannot be understood.
        """
        if self._path(name) not in self._files():
            raise _unknown(name)
        entry = self._entry(name)
        if entry is None:
            raise UndoError(f"the record {self._path(name)} cannot be understood", "")
        return entry

    def _entry(self, name: str) -> Entry | None:
        try:
            events = self._events(name)
        except (OSError, ValueError):
            return None
        saved = [event for event in events if isinstance(event, Saved)]
        parts = tuple(part for event in saved if (part := _part(event, events)))
        return Entry(name, saved[0].at, saved[0].site, parts) if parts else None

    def _events(self, entry: str) -> list[Event]:
        lines = self._path(entry).read_bytes().split(b"\n")
        # What follows the last line feed was cut short, and did not happen.
        return [_DECODER.decode(line) for line in lines[:-1]]

    def _append(self, entry: str, event: Event) -> None:
        private_folder(self._folder)
        path = self._path(entry)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(_ENCODER.encode(event) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._folder)

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob(f"*{_SUFFIX}"))
        except OSError:
            return []

    def _path(self, entry: str) -> Path:
        return self._folder / f"{entry}{_SUFFIX}"


def _part(saved: Saved, events: Iterable[Event]) -> Part | None:
    later = [event for event in events if not isinstance(event, Saved)]
    own = [event for event in later if event.store == saved.rows.store]
    if any(isinstance(event, Void) for event in own):
        return None
    back = [event.restored for event in own if isinstance(event, PutBack)]
    deleted = any(isinstance(event, Deleted) for event in own)
    return Part(saved.profile, saved.rows, deleted, sum(back) if back else None)


def _unknown(entry: str) -> NothingFoundError:
    return NothingFoundError(
        f"no deletion is recorded as {entry!r}", "`cookietui history` lists them"
    )


def _encode(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError


def _decode(shape: type, value: Any) -> object:  # noqa: ANN401 - msgspec's own signature
    if shape is Path:
        return Path(value)
    raise NotImplementedError


_ENCODER = msgspec.json.Encoder(enc_hook=_encode)
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event, dec_hook=_decode)
