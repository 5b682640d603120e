"""Copies of whole stores, for the worst day: one of each store for each day on which it is changed.

Undo never needs them: it puts back single rows, and what other sites did since stays. A copy is for
the case that everything else fails; it replaces the store by hand, with the browser closed. The
copies hold live secrets, so they are for their owner only, and old ones are removed.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec

from cookietui.digests import sha256
from cookietui.errors import BackupError, CookieTuiError
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.profile import Profile
from cookietui.paths import private_folder, sync_folder, write_privately

_COPY, _NOTE = ".sqlite", ".json"
_DAY = 86_400 * MICROSECONDS
_LONG_SECONDS = 600.0  # no copy takes so long to be made
_MEGABYTE = 1_000_000


class BackupRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long copies of whole stores are kept.

    Attributes:
        keep_days: After so many days a copy is removed; 0 makes none.
        keep_megabytes: When all together are larger, the oldest go.
    """

    keep_days: Annotated[int, msgspec.Meta(ge=0)] = 30
    keep_megabytes: Annotated[int, msgspec.Meta(ge=0)] = 500


DEFAULT_RULES = BackupRules()


class Backup(msgspec.Struct, frozen=True):
    """A copy of a whole store.

    Attributes:
        at: When it was made, in microseconds since the Unix epoch.
        profile: The id of the profile.
        browser: Its browser.
        store: The path of the store.
        sha256: Of the copy.
        path: Where the copy is.
        size: Bytes of the copy.
    """

    at: int
    profile: str
    browser: str
    store: str
    sha256: str
    path: str
    size: int


class Backups:
    """The copies of one person's stores.

    Args:
        folder: Where they are; made when needed, for its owner only.
        rules: How long they are kept.
    """

    def __init__(self, folder: Path, rules: BackupRules) -> None:
        self._folder = folder
        self._rules = rules

    def __iter__(self) -> Iterator[Backup]:
        """Every copy, the newest first; notes that cannot be understood are passed over."""
        found = []
        with suppress(OSError):
            for note in self._folder.glob(f"*{_NOTE}"):
                with suppress(OSError, msgspec.DecodeError, ValueError):
                    found.append(msgspec.json.decode(note.read_bytes(), type=Backup))
        return iter(sorted(found, key=lambda backup: (backup.at, backup.path), reverse=True))

    def before_change(self, profile: Profile, copy: Callable[[Path], None], now: int) -> None:
        """Keep a copy of a store that is about to be changed, unless there is one of today.

        Args:
            profile: Whose store.
            copy: Writes the copy to a path at which nothing is yet.
            now: Microseconds since the Unix epoch.

        Raises:
            BackupError: No copy can be made; nothing may be changed.
        """
        if not self._rules.keep_days:
            return
        day = datetime.fromtimestamp(now // MICROSECONDS, UTC).strftime("%Y%m%d")
        store = str(profile.store)
        name = sha256(store.encode("utf-8", "surrogateescape")).hex()[:16]
        path = self._folder / f"{day}-{name}{_COPY}"
        if path.exists() and path.with_suffix(_NOTE).exists():
            return
        try:
            private_folder(self._folder)
            path.unlink(missing_ok=True)  # of a run that was killed before its note was written
            with _whole_or_not_at_all(path):
                copy(path)
                self._note(Backup(now, profile.id, profile.brand, store, "", str(path), 0), path)
        except (OSError, CookieTuiError, ValueError) as error:
            raise BackupError(
                f"no copy of {store} can be kept in {self._folder} ({error}); nothing was changed",
                "make room there, or set backups.keep_days to 0",
            ) from error
        self.purge(now)

    def purge(self, now: int) -> None:
        """Remove copies that are too old, then the oldest until the others are few enough."""
        self._sweep()
        size = 0
        for number, backup in enumerate(self):
            size += backup.size
            old = backup.at < now - self._rules.keep_days * _DAY
            # The newest stays in any case: it was made a moment ago.
            if old or (number and size > self._rules.keep_megabytes * _MEGABYTE):
                self._remove(backup)

    def forget(self, before: int) -> int:
        """Remove the copies made before a time, and say how many those were."""
        self._sweep()
        old = [backup for backup in self if backup.at < before]
        for backup in old:
            self._remove(backup)
        return len(old)

    def _sweep(self) -> None:
        """Remove what killed runs left half made: it holds secrets too."""
        with suppress(OSError):
            for copy in self._folder.glob(f"*{_COPY}"):
                half_made = not copy.with_suffix(_NOTE).exists()
                if half_made and time.time() - copy.stat().st_mtime > _LONG_SECONDS:
                    copy.unlink(missing_ok=True)

    def _note(self, backup: Backup, path: Path) -> None:
        path.chmod(0o600)
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        content = path.read_bytes()
        whole = msgspec.structs.replace(backup, sha256=sha256(content).hex(), size=len(content))
        write_privately(path.with_suffix(_NOTE), msgspec.json.encode(whole))
        sync_folder(self._folder)

    def _remove(self, backup: Backup) -> None:
        path = Path(backup.path)
        if path.parent != self._folder:  # a note that was moved here speaks of another folder
            return
        with suppress(OSError, ValueError):
            path.unlink(missing_ok=True)
            path.with_suffix(_NOTE).unlink(missing_ok=True)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[None]:
    """Leave nothing behind at ``path`` if what the block makes there is not finished."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
