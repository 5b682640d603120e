"""Profiles are selected by id, brand or path, wherever the path leads."""

import json
from pathlib import Path

import pytest

from cookietui.errors import NothingFoundError, StoreError
from cookietui.model.profile import AddedFolder, Family, Profile
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted, choose_profiles, file_profile, profile_at
from tests.builders import chromium_row, chromium_store, firefox_row, firefox_store

FIREFOX = ".config/mozilla/firefox"
EXPORTED = "shop.example\tFALSE\t/\tTRUE\t0\tid\tv\n"
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
    profiles, wrong = choose_profiles(environment, Wanted(selectors, browsers))
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
    profiles, _ = choose_profiles(furnished, Wanted(("chromium:Default", "chromium:Default")))
    assert len(profiles) == 1


@pytest.mark.parametrize("name", ["nobody", "chromium", "Default", "chromium:Nobody", _LONG])
def test_a_name_that_nobody_has_is_nothing_found(furnished: Environment, name: str) -> None:
    with pytest.raises(NothingFoundError):
        choose_profiles(furnished, Wanted((name,)))


def test_a_brand_that_nobody_uses_is_nothing_found(furnished: Environment) -> None:
    with pytest.raises(NothingFoundError, match="chrome-beta") as caught:
        choose_profiles(furnished, Wanted(browsers=("chrome-beta",)))
    assert "chromium, firefox" in caught.value.hint


@pytest.mark.parametrize("path", ["{home}/missing", "{home}/.config", "~no-such-person/x"])
def test_a_path_without_a_store_is_told_beside_the_others(
    furnished: Environment, path: str
) -> None:
    selector = path.format(home=furnished.home)
    profiles, wrong = choose_profiles(furnished, Wanted(("chromium:Default", selector)))
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


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A file of cookies that somebody exported."""
    path = tmp_path / "cookies.txt"
    path.write_text(EXPORTED)
    return path


def test_a_file_stands_for_itself_and_is_of_no_browser(exported: Path) -> None:
    assert file_profile(exported) == Profile(
        f"file:{exported}", "File", "cookies.txt", Family.FILE, exported.parent, exported
    )


def test_where_files_alone_are_named_no_browser_is_looked_for(
    furnished: Environment, exported: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    missing = AddedFolder("brave", "~/missing")
    for files in ((exported,), (exported, other)):
        wanted = Wanted(files=tuple(map(str, files)))
        profiles, wrong = choose_profiles(furnished, wanted, (missing,))
        assert [profile.store for profile in profiles] == list(files)
        assert wrong == ()


def test_files_are_read_beside_profiles_that_are_named(
    furnished: Environment, exported: Path
) -> None:
    named = ("chromium:Default", str(furnished.home / "missing"))
    wanted = Wanted(profiles=named, browsers=("firefox",), files=(str(exported),))
    profiles, wrong = choose_profiles(furnished, wanted)
    assert {profile.id for profile in profiles} == {
        "chromium:Default",
        "firefox:a.default",
        f"file:{exported}",
    }
    assert [name for name, _ in wrong] == [str(furnished.home / "missing")]


@pytest.mark.parametrize("named", [{"profiles": ("nobody",)}, {"browsers": ("nobody",)}])
def test_a_name_that_nobody_has_is_nothing_found_beside_files_too(
    furnished: Environment, exported: Path, named: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(NothingFoundError):
        choose_profiles(furnished, Wanted(files=(str(exported),), **named))


def test_a_file_is_named_from_the_home_and_from_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, furnished: Environment, exported: Path
) -> None:
    monkeypatch.setenv("HOME", str(exported.parent))
    monkeypatch.chdir(exported.parent)
    for name in ("~/cookies.txt", "cookies.txt", "./cookies.txt"):
        ((profile,), _) = choose_profiles(furnished, Wanted(files=(name,)))
        assert profile.store == exported, name


def test_a_file_that_is_named_in_several_ways_is_read_once(
    monkeypatch: pytest.MonkeyPatch, furnished: Environment, exported: Path
) -> None:
    monkeypatch.chdir(exported.parent)
    (exported.parent / "link").symlink_to(exported)
    names = (
        str(exported),
        str(exported),
        "cookies.txt",
        "./cookies.txt",
        "x/../cookies.txt",
        "link",
    )
    (exported.parent / "x").mkdir()
    profiles, _ = choose_profiles(furnished, Wanted(files=names))
    assert [profile.id for profile in profiles] == [f"file:{exported}"]


def test_a_file_that_is_not_there_is_told_at_reading_beside_the_others(
    furnished: Environment, exported: Path
) -> None:
    missing = exported.with_name("missing.json")
    workspace = Workspace(furnished)
    inventory = workspace.scan(Wanted(files=(str(missing), str(exported))))
    assert [cookie.name for cookie in inventory.cookies] == ["id"]
    (failure,) = inventory.failures
    assert (failure.profile, failure.exit_code) == (f"file:{missing}", 4)
    assert f"{missing} is not there" in failure.message


@pytest.mark.parametrize("name", ["~no-such-person/cookies.txt", "a" * 300, ""])
def test_a_file_that_cannot_be_there_is_told_at_reading_too(
    furnished: Environment, exported: Path, name: str
) -> None:
    inventory = Workspace(furnished).scan(Wanted(files=(name, str(exported))))
    assert [cookie.name for cookie in inventory.cookies] == ["id"]
    assert len(inventory.failures) == 1
