"""From a profile to its store: the one place that knows which family is read by what."""

from pathlib import Path

from cookietui.model.profile import Activity, Family, Profile, Usage
from cookietui.stores import safari
from cookietui.stores.chromium import Chromium
from cookietui.stores.database import SqliteStore
from cookietui.stores.file_store import FileStore
from cookietui.stores.firefox import Firefox
from cookietui.stores.port import CookieStore
from cookietui.stores.session_files import WithSessionFiles
from cookietui.stores.snapshot import Snapshots

_SAFARI_USAGE = Usage(Activity.UNKNOWN, reason="Safari is not asked: its cookies are only read")
_FILE_USAGE = Usage(Activity.CLOSED)


class Stores:
    """Opens stores, each path once, so that no two parts of the program work on one side by side.

    Args:
        snapshots: Where private copies are made.
    """

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self._opened: dict[Path, CookieStore] = {}

    def of(self, profile: Profile) -> CookieStore:
        """Open the store of a profile; nothing is read yet."""
        if profile.store not in self._opened:
            self._opened[profile.store] = self._open(profile)
        return self._opened[profile.store]

    def _open(self, profile: Profile) -> CookieStore:
        match profile.family:
            case Family.CHROMIUM:
                return SqliteStore(profile, Chromium(profile), self._snapshots)
            case Family.FIREFOX:
                return WithSessionFiles(SqliteStore(profile, Firefox(), self._snapshots))
            case Family.SAFARI:
                return FileStore(profile, safari.parse, safari.READ_ONLY, _SAFARI_USAGE)
            case Family.FILE:
                from cookietui.stores import exported  # noqa: PLC0415 - few people have any

                return FileStore(profile, exported.parse, exported.READ_ONLY, _FILE_USAGE)
