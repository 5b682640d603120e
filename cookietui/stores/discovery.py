"""Brands and the file system make profiles, with the names people gave them."""

import stat
from collections.abc import Iterator
from pathlib import Path

from cookietui.errors import CookieTuiError, StoreError
from cookietui.model.profile import AddedFolder, Family, Profile
from cookietui.paths import Environment
from cookietui.stores.brands import BRANDS, Brand
from cookietui.stores.profile_names import chromium_names, firefox_names
from cookietui.stores.snapshot import Snapshots

CHROMIUM_STORES = ("Network/Cookies", "Cookies")
FIREFOX_STORE = "cookies.sqlite"
SAFARI_STORE = "Cookies.binarycookies"
_NOT_PROFILES = {"System Profile", "Guest Profile", "Network"}

Wrong = tuple[str, CookieTuiError]
"""A path that leads to no store, and what is wrong with it."""


def find_profiles(
    environment: Environment, added: tuple[AddedFolder, ...] = ()
) -> tuple[tuple[Profile, ...], tuple[Wrong, ...]]:
    """Find every profile of every known browser that has a cookie store.

    Args:
        environment: Where to look.
        added: Folders to look in beside those that are known.

    Returns:
        The profiles; and the folders that may not be entered, or were added but hold no profile.
    """
    search = _Search(Snapshots(environment.scratch))
    bases = {family: _bases(family, environment) for family in Family}
    for brand in BRANDS:
        for root in _roots(brand, environment, bases[brand.family]):
            search.look_in(root, brand)
    brands = {brand.slug: brand for brand in BRANDS}
    for folder in added:
        root = _expanded(folder.path, environment.home)
        if not search.look_in(root, brands[folder.browser]) and not search.blocked(root):
            hint = "correct it in the settings, or bring the folder back"
            search.wrong[root] = StoreError(f"{root} holds no profile", hint)
    return tuple(search.found.values()), tuple((str(p), e) for p, e in search.wrong.items())


def _expanded(path: str, home: Path) -> Path:
    """A path of the settings, in which ``~`` stands for the home folder."""
    start, slash, rest = path.partition("/")
    return home / (rest.lstrip("/") if start == "~" else start + slash + rest)


class _Search:
    """What was found so far, and what could not be looked at.

    Args:
        snapshots: Makes private copies of the databases in which Firefox lists profiles.

    Attributes:
        found: Profiles by the real path of their store.
        wrong: Folders that may not be entered, and what is wrong with them.
    """

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self.found: dict[Path, Profile] = {}
        self.wrong: dict[Path, CookieTuiError] = {}
        self._taken: set[str] = set()

    def look_in(self, root: Path, brand: Brand) -> bool:
        """Add a folder's profiles that are not found yet; whether there are any at all."""
        if _missing(root):
            return False  # like most: nobody has fifty browsers
        finders = {
            Family.CHROMIUM: self._chromium,
            Family.FIREFOX: self._firefox,
            Family.SAFARI: self._safari,
        }
        there = False
        for store, folder, name in finders[brand.family](root):
            there = True
            real = store.resolve()
            if real not in self.found:
                profile = _profile(brand, folder, store, name, self._taken)
                self._taken.add(profile.id)
                self.found[real] = profile
        return there

    def _chromium(self, user_data: Path) -> Iterator[tuple[Path, Path, str]]:
        names = chromium_names(user_data)
        # Older Operas keep the only profile in the folder itself.
        for folder in (*self._folders(user_data), user_data):
            stores = (folder / name for name in CHROMIUM_STORES)
            store = next((store for store in stores if self._is_file(store)), None)
            if store and folder.name not in _NOT_PROFILES:
                yield store, folder, names.get(folder.name) or folder.name

    def _firefox(self, root: Path) -> Iterator[tuple[Path, Path, str]]:
        names = firefox_names(root, self._snapshots)
        others = [folder for above in (root, root / "Profiles") for folder in self._folders(above)]
        for folder in dict.fromkeys([*names, *others, root]):
            if self._is_file(folder / FIREFOX_STORE):
                yield folder / FIREFOX_STORE, folder, names.get(folder) or folder.name

    def _safari(self, folder: Path) -> Iterator[tuple[Path, Path, str]]:
        store = folder / SAFARI_STORE
        try:
            there = store.lstat() is not None
        except PermissionError:
            there = True  # macOS protects it: reading it will tell how to change that
        except (OSError, ValueError):
            there = False
        if there:
            yield store, folder, _safari_name(folder)

    def blocked(self, folder: Path) -> bool:
        """Whether a folder is one that may not be entered, or below one."""
        return any(place in self.wrong for place in (folder, *folder.parents))

    def _folders(self, above: Path) -> list[Path]:
        try:
            return sorted(entry for entry in above.iterdir() if entry.is_dir())
        except PermissionError:
            self._note(above)
            return []
        except (OSError, ValueError):
            return []

    def _is_file(self, path: Path) -> bool:
        try:
            return stat.S_ISREG(path.stat().st_mode)
        except PermissionError:
            self._note(path)
            return False
        except (OSError, ValueError):
            return False

    def _note(self, path: Path) -> None:
        """Remember the folder on the way to ``path`` beyond which nothing can be looked at."""
        folder = next(place for place in (path, *path.parents) if _visible(place))
        self.wrong[folder] = StoreError(f"{folder} may not be entered", "check who owns it")


def _missing(path: Path) -> bool:
    try:
        path.stat()
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True
    return False


def _visible(path: Path) -> bool:
    try:
        path.stat()
    except OSError:
        return False
    return True


def _bases(family: Family, environment: Environment) -> dict[str, Path]:
    """The folders below which the programs of a family keep theirs, by their names in patterns."""
    chromium = family is Family.CHROMIUM
    return {
        "config": environment.chrome_config if chromium else environment.xdg_config,
        "support": environment.home / "Library" / "Application Support",
        "local": environment.windows_folder("LOCALAPPDATA", "Local"),
        "roaming": environment.windows_folder("APPDATA", "Roaming"),
    }


def _roots(brand: Brand, environment: Environment, bases: dict[str, Path]) -> Iterator[Path]:
    """The folders a brand may keep profiles in on this machine."""
    for pattern in brand.folders(environment.system):
        head, star, rest = pattern.partition("*")
        if not star:
            yield environment.home / pattern.format(**bases)
            continue
        parent, _, start = head.rpartition("/")
        for folder in _named(environment.home / parent.format(**bases), start):
            yield folder / rest.lstrip("/")


def _named(parent: Path, start: str) -> list[Path]:
    try:
        return sorted(entry for entry in parent.iterdir() if entry.name.startswith(start))
    except OSError:
        return []


def _profile(brand: Brand, folder: Path, store: Path, name: str, taken: set[str]) -> Profile:
    chromium = brand.family is Family.CHROMIUM
    candidates = (
        f"{brand.slug}:{folder.name if chromium else name}",
        f"{brand.slug}:{folder.name}",
        f"{brand.slug}:{folder}",
    )
    identifier = next(candidate for candidate in candidates if candidate not in taken)
    return Profile(identifier, brand.title, name, brand.family, folder, store)


def _safari_name(folder: Path) -> str:
    if folder.parent.parent.name == "WebsiteDataStore":
        return folder.parent.name
    return "Default" if "Containers" in folder.parts else "older Safari"
