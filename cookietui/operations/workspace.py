"""Everything the front ends work with, put together once."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cookietui.catalogue.loading import Catalogue, load_catalogue
from cookietui.catalogue.overrides import Overrides
from cookietui.errors import CookieTuiError, SafetyError, StoreError
from cookietui.judging.judge import Judge
from cookietui.model.cookie import Cookie, CookieKey
from cookietui.model.deletion import Plan, Receipt, Restoration
from cookietui.model.policy import Policy
from cookietui.model.profile import AddedFolder, Profile
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations import cleaning
from cookietui.operations.inventory import Inventory, Progress, scan
from cookietui.operations.policies import read_policy, remove_policy, save_policy
from cookietui.operations.settling import deleted_cookies, settle
from cookietui.paths import Environment
from cookietui.safety.backup import DEFAULT_RULES, BackupRules, Backups
from cookietui.safety.events import Entry
from cookietui.safety.journal import Journal
from cookietui.stores.choosing import EVERYTHING, Wanted, choose_profiles
from cookietui.stores.opening import Stores
from cookietui.stores.port import CookieStore, Values
from cookietui.stores.snapshot import Snapshots

if TYPE_CHECKING:
    from cookietui.catalogue.importing.opening import Imported
    from cookietui.operations.auditing import Audit


def wall_clock() -> int:
    """Microseconds since the Unix epoch."""
    return time.time_ns() // 1_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many values without the garbage collector looking through all of them now and then.

    None of them refers to itself, so there is nothing for it to find.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Workspace:
    """One person's stores, catalogue, word and journal.

    Args:
        environment: Where everything is.
        folders: Folders of profiles that the person added to those that are known.
        backups: How long copies of whole stores are kept.
        clock: Gives microseconds since the Unix epoch.

    Raises:
        CatalogueError: A policy file is wrong.
        ConfigError: The kept cookies cannot be understood.
    """

    def __init__(
        self,
        environment: Environment,
        folders: tuple[AddedFolder, ...] = (),
        backups: BackupRules = DEFAULT_RULES,
        clock: Callable[[], int] = wall_clock,
    ) -> None:
        self.environment = environment
        self._folders = folders
        self.clock = clock
        self.overrides = Overrides(environment.kept)
        self.journal = Journal(environment.journal)
        self.backups = Backups(environment.backups, backups)
        self._deleted: dict[str, tuple[int, int | None]] = {}
        self._use(load_catalogue(environment.policies))
        snapshots = Snapshots(environment.scratch)
        snapshots.sweep()
        self._stores = Stores(snapshots)

    def _use(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._judge = Judge(catalogue, self.overrides)

    def add_policies(self, files: Iterable[Path], site: Site | None) -> "tuple[Imported, ...]":
        """Let policies count until the program ends.

        Args:
            files: Documents of any kind that can be read.
            site: The site whose they are, where they do not say so.

        Raises:
            CatalogueError: One of them cannot be read or declares nothing.
        """
        added = tuple(self.read_policy(file, site) for file in files)
        own = [policy for each in added for policy in each.policies]
        if own:
            self._use(msgspec.structs.replace(self.catalogue, own=(*own, *self.catalogue.own)))
        return added

    def read_policy(self, file: Path, site: Site | None) -> "Imported":
        """Read a document that declares cookies, and keep nothing.

        Raises:
            CatalogueError: It cannot be read or declares nothing.
        """
        return read_policy(file, site, self.catalogue, self.clock())

    def keep_policy(self, policy: Policy) -> Path:
        """Keep a policy as the person's own, and judge by it from now on.

        Raises:
            CatalogueError: It cannot be written.
        """
        file = save_policy(self.environment.policies, policy)
        self._use(load_catalogue(self.environment.policies))
        return file

    def remove_policy(self, name: str) -> Path:
        """Remove a policy of the person's own.

        Raises:
            CatalogueError: It cannot be removed.
            NothingFoundError: There is none by that name.
        """
        file = remove_policy(self.environment.policies, name)
        self._use(load_catalogue(self.environment.policies))
        return file

    def audit(self, site: Site, inventory: Inventory) -> "Audit":
        """Hold a site's own policy against its cookies."""
        from cookietui.operations.auditing import audit  # noqa: PLC0415 - few commands need it

        judged = self.judge(inventory.of_site(site), site.registrable)
        policies = (*self.catalogue.own, *self.catalogue.builtin)
        return audit(site, policies, judged, inventory.at)

    def scan(
        self,
        wanted: Wanted = EVERYTHING,
        tell: Progress | None = None,
        site: Site | None = None,
    ) -> Inventory:
        """Read the profiles a person named, or all.

        Args:
            wanted: Which.
            tell: Is told about every profile before it is read.
            site: The one that was asked about: cookies of others may be left out.

        Raises:
            NothingFoundError: No profile goes by a name.
        """
        profiles, missing = choose_profiles(self.environment, wanted, self._folders)
        return self.read(profiles, missing, tell, site)

    def read(
        self,
        profiles: Iterable[Profile],
        missing: Iterable[tuple[str, CookieTuiError]] = (),
        tell: Progress | None = None,
        site: Site | None = None,
    ) -> Inventory:
        """Read profiles, and again what the person said.

        Raises:
            ConfigError: The kept cookies cannot be understood.
        """
        self.overrides.reload()
        self._deleted = deleted_cookies(self.journal)
        with uncollected():
            return scan(profiles, self._stores.of, self.clock(), missing, tell, site=site)

    def settle(self) -> tuple[str, ...]:
        """Find out how deletions ended in whose middle the program did; a line for each."""
        return tuple(settle(self.journal, self._stores.of, self.clock()))

    def judge(self, cookies: Iterable[Cookie], site: str | None = None) -> tuple[JudgedCookie, ...]:
        """Judge cookies as looked at under a registrable domain, if under one."""
        cookies = tuple(cookies)
        with uncollected():
            verdicts = self._judge.judge_all(cookies, self.clock(), site)
            came_back = map(self._came_back, cookies) if self._deleted else repeat(None)
            return tuple(map(JudgedCookie, cookies, verdicts, came_back))

    def _came_back(self, cookie: Cookie) -> int | None:
        if (deleted := self._deleted.get(cookie.id)) is None:
            return None
        at, created = deleted
        return at if cookie.key.created != created else None

    def store(self, profile: Profile) -> CookieStore:
        """The store of a profile."""
        return self._stores.of(profile)

    def values(self, cookies: Iterable[Cookie], inventory: Inventory) -> Values:
        """Reveal values, on the person's request only; one that cannot be is told in its place."""
        found: Values = {}
        by_profile: dict[str, list[CookieKey]] = {}
        for cookie in cookies:
            by_profile.setdefault(cookie.key.profile, []).append(cookie.key)
        for name, keys in by_profile.items():
            try:
                found |= self.store(inventory.profile(name).profile).values(keys)
            except StoreError as error:
                found |= dict.fromkeys(keys, error)
        return found

    def plan(
        self,
        site: str,
        shown: Iterable[JudgedCookie],
        chosen: Iterable[JudgedCookie],
        inventory: Inventory,
    ) -> Plan:
        """Say what goes and what stays, with a fresh look at browsers and at what is kept.

        Raises:
            ConfigError: The kept cookies cannot be understood.
        """
        self.overrides.reload()
        chosen = tuple(each for each in chosen if each.verdict.kept or not self._kept(each.cookie))
        return cleaning.plan(site, shown, chosen, inventory, lambda who: self.store(who).usage())

    def _kept(self, cookie: Cookie) -> bool:
        said = self.overrides.about(cookie)
        return said is not None and said.keep

    def clean(self, plan: Plan) -> Receipt:
        """Delete what a plan says, unless the person has said to keep some of it since.

        Raises:
            ConfigError: The kept cookies cannot be understood.
            SafetyError: One of the cookies is to be kept now; nothing was changed.
        """
        self.overrides.reload()
        for each in plan.deleting:
            if self._kept(each.cookie) and not each.verdict.kept:
                raise SafetyError(
                    f"{each.cookie.name} of {each.cookie.domain} is kept for ever since then;"
                    " nothing was changed",
                    "look at what is to be deleted once more",
                )
        return cleaning.execute(plan, self._stores.of, self.journal, self.backups, self.clock())

    def undo(
        self, entry: str | None = None, only: Callable[[str, str], bool] | None = None
    ) -> tuple[Entry, Restoration]:
        """Put a past deletion back, or the last one; all of it, or some by name and host.

        Raises:
            NothingFoundError: There is no such deletion, or no such cookie in it.
            UndoError: It was undone before.
        """
        return cleaning.undo(entry, self.journal, self._stores.of, self.clock(), only)
