"""Profiles are selected by id, brand or path, wherever the path leads."""

import json
from pathlib import Path

import pytest

from cookietui.errors import NothingFoundError, StoreError
from cookietui.model.profile import Family, Profile
from cookietui.paths import Environment
from cookietui.stores.discovery import profile_at, select_profiles
from tests.builders import chromium_row, chromium_store, firefox_row, firefox_store

FIREFOX = ".config/mozilla/firefox"
_LONG = pytest.param("a" * 300, id="longer-than-names-may-be")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "someone"


def write_names(user_data: Path, names: dict[str, str]) -> None:
    cache = {folder: {"name": name} for folder, name in names.items()}
    state = {"profile": {"info_cache": cache}}
    (user_data / "Local State").write_text(json.dumps(state))


@pytest.fixture
def furnished(home: Path) -> Environment:
    """A home with three profiles of two brands."""
    for folder in ("Default", "Profile 1"):
        chromium_store(home / ".config" / "chromium" / folder)
    firefox_store(home / FIREFOX / "a.default")
    return Environment.of_home(home)


def chosen(environment: Environment, *selectors: str, browsers: tuple[str, ...] = ()) -> set[str]:
    profiles, wrong = select_profiles(environment, selectors, browsers)
    assert wrong == ()
    return {profile.id for profile in profiles}


def test_without_a_name_all_profiles_are_meant(furnished: Environment) -> None:
    assert chosen(furnished) == {"chromium:Default", "chromium:Profile 1", "firefox:a.default"}


def test_a_profile_is_selected_by_its_id(furnished: Environment) -> None:
    assert chosen(furnished, "chromium:Profile 1") == {"chromium:Profile 1"}


@pytest.mark.parametrize("end", ["", "/Cookies", "/"])
def test_a_known_profile_selected_by_path_keeps_its_id(furnished: Environment, end: str) -> None:
    assert chosen(furnished, f"{furnished.home}/.config/chromium/Default{end}") == {
        "chromium:Default"
    }


@pytest.mark.parametrize("browser", ["chromium", "Chromium", "CHROMIUM"])
def test_profiles_are_selected_by_brand(furnished: Environment, browser: str) -> None:
    assert chosen(furnished, browsers=(browser,)) == {"chromium:Default", "chromium:Profile 1"}


def test_selections_add_up_and_nothing_is_selected_twice(furnished: Environment) -> None:
    both = chosen(furnished, "firefox:a.default", "chromium:Default", browsers=("chromium",))
    assert both == chosen(furnished)
    profiles, _ = select_profiles(furnished, ("chromium:Default", "chromium:Default"))
    assert len(profiles) == 1


@pytest.mark.parametrize("name", ["nobody", "chromium", "Default", "chromium:Nobody", _LONG])
def test_a_name_that_nobody_has_is_nothing_found(furnished: Environment, name: str) -> None:
    with pytest.raises(NothingFoundError):
        select_profiles(furnished, (name,))


def test_a_brand_that_nobody_uses_is_nothing_found(furnished: Environment) -> None:
    with pytest.raises(NothingFoundError, match="chrome-beta") as caught:
        select_profiles(furnished, (), ("chrome-beta",))
    assert "chromium, firefox" in caught.value.hint


@pytest.mark.parametrize("path", ["{home}/missing", "{home}/.config", "~no-such-person/x"])
def test_a_path_without_a_store_is_told_beside_the_others(
    furnished: Environment, path: str
) -> None:
    selector = path.format(home=furnished.home)
    profiles, wrong = select_profiles(furnished, ("chromium:Default", selector))
    assert [profile.id for profile in profiles] == ["chromium:Default"]
    ((name, error),) = wrong
    assert name == selector
    assert isinstance(error, StoreError)


def test_a_tilde_stands_for_the_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("HOME", str(home))
    store = chromium_store(home / "copies" / "Default")
    assert profile_at(Path("~/copies/Default")).store == store


@pytest.mark.parametrize("by_file", [False, True])
def test_a_store_outside_the_known_folders_is_recognised(tmp_path: Path, by_file: bool) -> None:
    user_data = tmp_path / "usb"
    store = chromium_store(user_data / "Profile 7")
    write_names(user_data, {"Profile 7": "Old laptop"})
    path = store if by_file else store.parent
    assert profile_at(path) == Profile(
        f"chromium:{path}", "Chromium", "Old laptop", Family.CHROMIUM, store.parent, store
    )


def test_a_firefox_store_outside_the_known_folders_is_recognised(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "usb" / "x.default")
    profile = profile_at(store.parent)
    assert (profile.family, profile.brand) == (Family.FIREFOX, "Firefox")
    assert (profile.name, profile.store) == ("x.default", store)


def test_a_renamed_store_is_recognised_by_its_table(tmp_path: Path) -> None:
    firefox = firefox_store(tmp_path / "f", [firefox_row()]).rename(tmp_path / "f" / "backup.db")
    chromium = chromium_store(tmp_path / "c").rename(tmp_path / "c" / "backup.db")
    assert profile_at(firefox).family is Family.FIREFOX
    assert profile_at(chromium).family is Family.CHROMIUM


def test_no_website_can_turn_one_browser_into_another_by_a_cookies_name(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row(name="moz_cookies")])
    assert profile_at(store).family is Family.CHROMIUM


def test_a_store_in_a_network_folder_belongs_to_the_folder_above(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "User Data" / "Default" / "Network")
    assert profile_at(store).folder == tmp_path / "User Data" / "Default"
    assert profile_at(store.parent.parent).store == store
