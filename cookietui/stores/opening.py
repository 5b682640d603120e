"""From a profile to its store: the one place that knows which family is read by what."""

from pathlib import Path

from cookietui.model.profile import Family, Profile
from cookietui.stores.chromium import Chromium
from cookietui.stores.database import SqliteStore
from cookietui.stores.dialect import Dialect
from cookietui.stores.firefox import Firefox
from cookietui.stores.port import CookieStore
from cookietui.stores.snapshot import Snapshots

_DIALECTS: dict[Family, Dialect] = {Family.CHROMIUM: Chromium(), Family.FIREFOX: Firefox()}


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
            dialect = _DIALECTS[profile.family]
            self._opened[profile.store] = SqliteStore(profile, dialect, self._snapshots)
        return self._opened[profile.store]
