"""Has a store changed since it was looked at? Told without opening it."""

from collections.abc import Iterable
from pathlib import Path

from cookietui.model.profile import Profile

_BESIDE = ("", "-wal", "-journal")
_SESSION_FILES = ("sessionstore.jsonlz4", "sessionstore-backups/recovery.jsonlz4")

Signature = tuple[tuple[str, int, int], ...]


def signature(profiles: Iterable[Profile]) -> Signature:
    """What changes when a browser writes its cookies: time and size of each file that may hold any.

    Args:
        profiles: Whose stores are watched.
    """
    found = []
    for profile in profiles:
        store = profile.store
        files = [store.with_name(store.name + end) for end in _BESIDE]
        files += [store.parent / name for name in _SESSION_FILES]
        found += [look for file in files if (look := _look(file)) is not None]
    return tuple(found)


def _look(file: Path) -> tuple[str, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return str(file), status.st_mtime_ns, status.st_size
