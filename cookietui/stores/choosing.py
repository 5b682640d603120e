"""Which profiles a person means: by id, by brand, by path, or all there are."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from cookietui.errors import NothingFoundError, StoreError
from cookietui.model.profile import AddedFolder, Family, Profile
from cookietui.paths import Environment
from cookietui.stores.discovery import (
    CHROMIUM_STORES,
    FIREFOX_STORE,
    SAFARI_STORE,
    Wrong,
    find_profiles,
)
from cookietui.stores.profile_names import chromium_names


class Wanted(msgspec.Struct, frozen=True):
    """What a person asked to see; everything that is found if they named nothing.

    Attributes:
        profiles: Ids, or paths of profile folders or cookie databases.
        browsers: Brands by slug or title; all their profiles.
        files: Paths of cookie files that somebody exported, to be read instead of browsers.
    """

    profiles: tuple[str, ...] = ()
    browsers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


EVERYTHING = Wanted()


def choose_profiles(
    environment: Environment, wanted: Wanted = EVERYTHING, added: tuple[AddedFolder, ...] = ()
) -> tuple[tuple[Profile, ...], tuple[Wrong, ...]]:
    """Find the profiles a person named, or all of them if none was named.

    Args:
        environment: Where to look.
        wanted: What was named.
        added: Folders to look in beside those that are known.

    Raises:
        NothingFoundError: No profile goes by an id, or no profile is of a brand.
    """
    files: dict[Path, Profile] = {}
    for profile in (file_profile(Path(name)) for name in wanted.files):
        files.setdefault(profile.store.resolve(), profile)
    if files and not (wanted.profiles or wanted.browsers):
        return tuple(files.values()), ()
    found, wrong = find_profiles(environment, added)
    if not (wanted.profiles or wanted.browsers):
        return found, wrong
    chosen: dict[Path, Profile] = {}
    problems: list[Wrong] = []
    for browser in wanted.browsers:
        chosen.update({profile.store.resolve(): profile for profile in _of_brand(found, browser)})
    for selector in wanted.profiles:
        try:
            profile = _by_selector(found, selector)
        except StoreError as error:
            problems.append((selector, error))
        else:
            chosen[profile.store.resolve()] = profile
    return tuple((chosen | files).values()), tuple(problems)


def file_profile(path: Path) -> Profile:
    """A file that somebody exported, as if it were a browser's."""
    with suppress(RuntimeError):  # no such person: reading it will tell
        path = path.expanduser()
    path = path.absolute()
    return Profile(
        id=f"file:{path}",
        brand="File",
        name=path.name,
        family=Family.FILE,
        folder=path.parent,
        store=path,
    )


def profile_at(path: Path) -> Profile:
    """Recognise a profile by the path of its folder or of its cookie store.

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
    family = _family_of(store)
    folder = store.parent.parent if store.parent.name == "Network" else store.parent
    names = chromium_names(folder.parent) if family is Family.CHROMIUM else {}
    return Profile(
        id=f"{family.value}:{store if path == store else folder}",
        brand=family.value.capitalize(),
        name=names.get(folder.name) or folder.name,
        family=family,
        folder=folder,
        store=store,
    )


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
    names = (*CHROMIUM_STORES, FIREFOX_STORE, SAFARI_STORE)
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _family_of(store: Path) -> Family:
    """Tell a renamed store by its content; a database by the table its schema names first."""
    if store.name == FIREFOX_STORE:
        return Family.FIREFOX
    try:
        with store.open("rb") as file:
            start = file.read(65536)
    except OSError as error:
        raise StoreError(f"{store} cannot be read: {error.strerror}", "check the path") from error
    if start.startswith(b"cook"):
        return Family.SAFARI
    return Family.FIREFOX if b"CREATE TABLE moz_cookies" in start else Family.CHROMIUM
