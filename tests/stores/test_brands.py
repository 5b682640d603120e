"""Every row of the table of brands leads to a profile, on a made-up home of its system."""

from pathlib import Path

import pytest

from cookietui.model.profile import Family
from cookietui.paths import Environment
from cookietui.stores.brands import BRANDS, Brand
from cookietui.stores.discovery import find_profiles

_BASES = {
    "linux": {"config": ".config"},
    "darwin": {"support": "Library/Application Support"},
    "win32": {"local": "AppData/Local", "roaming": "AppData/Roaming"},
}
ROWS = [
    (brand, system, folder)
    for brand in BRANDS
    for system in _BASES
    for folder in brand.folders(system)
]


def _name(row: object) -> str:
    return row.slug if isinstance(row, Brand) else str(row)


def _environment(home: Path, system: str, **variables: str) -> Environment:
    return Environment(
        home=home,
        system=system,
        config=home / "settings",
        state=home / "state",
        variables=variables,
    )


def _furnish(root: Path, family: Family, system: str) -> Path:
    """Put a store where a browser of the family would on that system."""
    if family is Family.SAFARI:
        store = root / "Cookies.binarycookies"
    elif family is Family.FIREFOX:
        store = root / ("Profiles/x.work" if system != "linux" else "x.work") / "cookies.sqlite"
    else:
        store = root / "Default" / ("Network/Cookies" if system == "win32" else "Cookies")
    store.parent.mkdir(parents=True)
    store.touch()
    return store


@pytest.mark.parametrize(("brand", "system", "folder"), ROWS, ids=_name)
def test_a_profile_is_found_under_its_brand(
    tmp_path: Path, brand: Brand, system: str, folder: str
) -> None:
    root = tmp_path / folder.format(**_BASES[system]).replace("*", "_8wekyb")
    store = _furnish(root, brand.family, system)
    ((profile,), _) = find_profiles(_environment(tmp_path, system))
    assert (profile.brand, profile.family, profile.store) == (brand.title, brand.family, store)
    assert profile.id.partition(":")[0] == brand.slug


def test_every_brand_has_a_folder_and_a_name_of_its_own() -> None:
    assert all(any(brand.folders(system) for system in _BASES) for brand in BRANDS)
    assert len({brand.slug for brand in BRANDS}) == len({b.title for b in BRANDS}) == len(BRANDS)


@pytest.mark.parametrize("system", list(_BASES))
def test_no_two_brands_share_a_folder(system: str) -> None:
    folders = [folder for brand in BRANDS for folder in brand.folders(system)]
    assert len(folders) == len(set(folders))


def test_windows_folders_are_taken_from_the_environment(tmp_path: Path) -> None:
    store = _furnish(tmp_path / "elsewhere" / "Google/Chrome/User Data", Family.CHROMIUM, "win32")
    moved = _environment(tmp_path, "win32", LOCALAPPDATA=str(tmp_path / "elsewhere"))
    assert [profile.store for profile in find_profiles(moved)[0]] == [store]


def test_chromiums_settings_folder_can_be_named_apart_from_firefoxs(tmp_path: Path) -> None:
    chromium = _furnish(tmp_path / "elsewhere" / "chromium", Family.CHROMIUM, "linux")
    firefox = _furnish(tmp_path / ".config" / "mozilla" / "firefox", Family.FIREFOX, "linux")
    moved = _environment(tmp_path, "linux", CHROME_CONFIG_HOME=str(tmp_path / "elsewhere"))
    assert [profile.store for profile in find_profiles(moved)[0]] == [chromium, firefox]


def test_an_old_opera_keeps_its_profile_in_the_folder_itself(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "opera"
    folder.mkdir(parents=True)
    (folder / "Cookies").touch()
    ((profile,), _) = find_profiles(_environment(tmp_path, "linux"))
    assert (profile.brand, profile.folder) == ("Opera", folder)
