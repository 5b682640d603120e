"""Brands and the file system make profiles, with the names people gave them."""

import configparser
import json
import os
from collections.abc import Iterator
from pathlib import Path

from cookietui.errors import CookieTuiError, NothingFoundError, StoreError
from cookietui.model.profile import Family, Profile
from cookietui.paths import Environment
from cookietui.stores.brands import BRANDS, Brand

_CHROMIUM_STORES = ("Network/Cookies", "Cookies")
_FIREFOX_STORE = "cookies.sqlite"
_NOT_PROFILES = {"System Profile", "Guest Profile"}


def find_profiles(environment: Environment) -> tuple[Profile, ...]:
    """Find every profile of every known browser that has a cookie store."""
    found: dict[Path, Profile] = {}
    taken: set[str] = set()
    for brand in BRANDS:
        for root in _roots(brand, environment):
            finder = _chromium if brand.family is Family.CHROMIUM else _firefox
            for folder, store, name in finder(root):
                if store.resolve() in found:
                    continue
                profile = _profile(brand, folder, store, name, taken)
                taken.add(profile.id)
                found[store.resolve()] = profile
    return tuple(found.values())


def select_profiles(
    environment: Environment, selectors: tuple[str, ...] = (), browsers: tuple[str, ...] = ()
) -> tuple[tuple[Profile, ...], tuple[tuple[str, CookieTuiError], ...]]:
    """Find the profiles a person named, or all of them if none was named.

    Args:
        environment: Where to look.
        selectors: Ids, or paths of profile folders or cookie databases.
        browsers: Brands by slug or title; all their profiles.

    Returns:
        The profiles, and for every path that leads to no store, the path and what is wrong with it.

    Raises:
        NothingFoundError: No profile goes by an id, or no profile is of a brand.
    """
    found = find_profiles(environment)
    if not selectors and not browsers:
        return found, ()
    chosen: dict[Path, Profile] = {}
    wrong: list[tuple[str, CookieTuiError]] = []
    for browser in browsers:
        chosen.update({profile.store.resolve(): profile for profile in _of_brand(found, browser)})
    for selector in selectors:
        try:
            profile = _by_selector(found, selector)
        except StoreError as error:
            wrong.append((selector, error))
        else:
            chosen[profile.store.resolve()] = profile
    return tuple(chosen.values()), tuple(wrong)


def profile_at(path: Path) -> Profile:
    """Recognise a profile by the path of its folder or of its cookie database.

    Raises:
        StoreError: No cookie store is there.
    """
    try:
        path = path.expanduser().absolute()
        store = _store_in(path) if path.is_dir() else path
        if store is None or not store.is_file():
            missing = "holds no cookie store" if path.is_dir() else "is not there"
            raise StoreError(f"{path} {missing}", "name a profile folder or a cookie database")
    except (OSError, RuntimeError, ValueError) as error:  # no such person, a path too long...
        raise StoreError(f"{path} cannot be looked at: {error}", "check the path") from error
    family = Family.FIREFOX if store.name == _FIREFOX_STORE else _family_of(store)
    folder = store.parent.parent if store.parent.name == "Network" else store.parent
    slug, title = ("firefox", "Firefox") if family is Family.FIREFOX else ("chromium", "Chromium")
    names = _chromium_names(folder.parent) if family is Family.CHROMIUM else {}
    return Profile(
        id=f"{slug}:{store if path == store else folder}",
        brand=title,
        name=names.get(folder.name) or folder.name,
        family=family,
        folder=folder,
        store=store,
    )


def _roots(brand: Brand, environment: Environment) -> Iterator[Path]:
    """The folders a brand may keep profiles in on this machine."""
    bases = {
        "config": environment.xdg_config,
        "support": environment.home / "Library" / "Application Support",
        "local": environment.windows_folder("LOCALAPPDATA", "Local"),
        "roaming": environment.windows_folder("APPDATA", "Roaming"),
    }
    for pattern in brand.folders(environment.system):
        head, star, rest = pattern.partition("*")
        if not star:
            yield environment.home / pattern.format(**bases)
            continue
        parent, _, start = head.rpartition("/")
        for folder in _folders(environment.home / parent.format(**bases)):
            if folder.name.startswith(start):
                yield folder / rest.lstrip("/")


def _profile(brand: Brand, folder: Path, store: Path, name: str, taken: set[str]) -> Profile:
    chromium = brand.family is Family.CHROMIUM
    candidates = (
        f"{brand.slug}:{folder.name if chromium else name}",
        f"{brand.slug}:{folder.name}",
        f"{brand.slug}:{folder}",
    )
    identifier = next(candidate for candidate in candidates if candidate not in taken)
    return Profile(identifier, brand.title, name, brand.family, folder, store)


def _of_brand(found: tuple[Profile, ...], browser: str) -> list[Profile]:
    wanted = browser.casefold()
    profiles = [
        profile
        for profile in found
        if wanted in (profile.brand.casefold(), profile.id.partition(":")[0])
    ]
    if not profiles:
        known = sorted({profile.id.partition(":")[0] for profile in found})
        raise NothingFoundError(
            f"no profile of {browser!r} was found", f"browsers with profiles: {', '.join(known)}"
        )
    return profiles


def _by_selector(found: tuple[Profile, ...], selector: str) -> Profile:
    for profile in found:
        if profile.id == selector:
            return profile
    path = Path(selector)
    if "/" not in selector and not os.path.lexists(path):
        raise NothingFoundError(
            f"no profile is called {selector!r}", "`cookietui profiles` lists them by their ids"
        )
    named = profile_at(path)
    for profile in found:
        if profile.store.resolve() == named.store.resolve():
            return profile
    return named


def _store_in(folder: Path) -> Path | None:
    names = (*_CHROMIUM_STORES, _FIREFOX_STORE)
    return next((folder / name for name in names if _is_file(folder / name)), None)


def _family_of(store: Path) -> Family:
    """Tell a renamed database by the table its schema names, which stands on the first page."""
    try:
        with store.open("rb") as file:
            return (
                Family.FIREFOX
                if b"CREATE TABLE moz_cookies" in file.read(65536)
                else Family.CHROMIUM
            )
    except OSError as error:
        raise StoreError(f"{store} cannot be read: {error.strerror}", "check the path") from error


def _chromium(user_data: Path) -> Iterator[tuple[Path, Path, str]]:
    names = _chromium_names(user_data)
    # Older Operas keep the only profile in the folder itself.
    for folder in (*_folders(user_data), user_data):
        store = next((folder / n for n in _CHROMIUM_STORES if _is_file(folder / n)), None)
        if store and folder.name not in _NOT_PROFILES:
            yield folder, store, names.get(folder.name) or folder.name


def _chromium_names(user_data: Path) -> dict[str, str]:
    """Read the names from ``Local State``; without it folders keep their own names."""
    try:
        state = json.loads((user_data / "Local State").read_bytes())
        cache = state["profile"]["info_cache"]
        return {folder: str(entry["name"] or "") for folder, entry in cache.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _firefox(root: Path) -> Iterator[tuple[Path, Path, str]]:
    names = _firefox_names(root)
    listed = [folder for folder in names if _is_file(folder / _FIREFOX_STORE)]
    others = [
        folder
        for parent in (root, root / "Profiles")
        for folder in _folders(parent)
        if _is_file(folder / _FIREFOX_STORE)
    ]
    for folder in dict.fromkeys([*listed, *others]):
        yield folder, folder / _FIREFOX_STORE, names.get(folder) or folder.name


def _firefox_names(root: Path) -> dict[Path, str]:
    """Read ``profiles.ini``: folders and the names people gave them."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string((root / "profiles.ini").read_text("utf-8-sig", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    names = {}
    for section in parser.sections():
        path = parser.get(section, "path", fallback="")
        if section.startswith("Profile") and path:
            relative = parser.get(section, "isrelative", fallback="1") == "1"
            folder = root / path if relative else Path(path)
            names[folder] = parser.get(section, "name", fallback=folder.name)
    return names


def _folders(parent: Path) -> list[Path]:
    try:
        return sorted(entry for entry in parent.iterdir() if entry.is_dir())
    except OSError:
        return []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered hides only itself
        return False
