"""Profiles are found wherever browsers keep them, under the names people gave them."""

import json
import os
from pathlib import Path

import pytest

from cookietui.model.profile import Family, Profile
from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
from tests.builders import chromium_store, firefox_store

FIREFOX = ".config/mozilla/firefox"
_LONG = pytest.param("a" * 300, id="longer-than-names-may-be")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "someone"


def found(home: Path) -> dict[str, Profile]:
    profiles, wrong = find_profiles(Environment.of_home(home))
    assert wrong == ()
    by_id = {profile.id: profile for profile in profiles}
    assert len(by_id) == len(profiles), "ids are not unique"
    return by_id


def named(home: Path) -> dict[str, str]:
    return {identifier: profile.name for identifier, profile in found(home).items()}


def write_ini(root: Path, text: str | bytes) -> None:
    root.mkdir(parents=True, exist_ok=True)
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (root / "profiles.ini").write_bytes(content)


def write_names(user_data: Path, names: dict[str, str]) -> None:
    cache = {folder: {"name": name} for folder, name in names.items()}
    state = {"profile": {"info_cache": cache}}
    (user_data / "Local State").write_text(json.dumps(state))


def test_nobody_without_a_browser_has_a_profile(home: Path) -> None:
    assert find_profiles(Environment.of_home(home)) == ((), ())


@pytest.mark.parametrize(
    ("folder", "identifier", "brand"),
    [
        (".config/chromium", "chromium:Default", "Chromium"),
        ("snap/chromium/common/chromium", "chromium:Default", "Chromium"),
        (".var/app/org.chromium.Chromium/config/chromium", "chromium:Default", "Chromium"),
        (".config/google-chrome", "chrome:Default", "Chrome"),
        (".var/app/com.google.Chrome/config/google-chrome", "chrome:Default", "Chrome"),
        (".config/google-chrome-beta", "chrome-beta:Default", "Chrome Beta"),
        (".config/google-chrome-unstable", "chrome-dev:Default", "Chrome Dev"),
    ],
)
def test_chromiums_folders_of_every_kind_are_known(
    home: Path, folder: str, identifier: str, brand: str
) -> None:
    store = chromium_store(home / folder / "Default")
    assert found(home) == {
        identifier: Profile(
            identifier, brand, "Default", Family.CHROMIUM, home / folder / "Default", store
        )
    }


@pytest.mark.parametrize(
    "folder",
    [
        FIREFOX,
        ".mozilla/firefox",
        "snap/firefox/common/.mozilla/firefox",
        ".var/app/org.mozilla.firefox/config/mozilla/firefox",
        ".var/app/org.mozilla.firefox/.mozilla/firefox",
    ],
)
def test_firefoxs_folders_old_and_new_are_known(home: Path, folder: str) -> None:
    store = firefox_store(home / folder / "abc.default-release")
    write_ini(home / folder, "[Profile0]\nName=me\nIsRelative=1\nPath=abc.default-release\n")
    assert found(home) == {
        "firefox:me": Profile("firefox:me", "Firefox", "me", Family.FIREFOX, store.parent, store)
    }


def test_the_folder_for_settings_may_be_elsewhere(home: Path, tmp_path: Path) -> None:
    chromium_store(tmp_path / "settings" / "chromium" / "Default")
    chromium_store(home / ".config" / "chromium" / "Default")
    environment = Environment(
        home=home,
        system="linux",
        config=tmp_path,
        state=tmp_path,
        variables={"XDG_CONFIG_HOME": str(tmp_path / "settings")},
    )
    ((profile,), _) = find_profiles(environment)
    assert profile.store == tmp_path / "settings" / "chromium" / "Default" / "Cookies"


def test_several_chromium_profiles_have_the_names_from_local_state(home: Path) -> None:
    user_data = home / ".config" / "chromium"
    for folder in ("Default", "Profile 1", "Profile 2", "System Profile", "Guest Profile"):
        chromium_store(user_data / folder)
    (user_data / "Crashpad").mkdir()
    write_names(user_data, {"Default": "Ada", "Profile 1": "Ada", "Profile 9": "gone"})
    assert named(home) == {
        "chromium:Default": "Ada",
        "chromium:Profile 1": "Ada",
        "chromium:Profile 2": "Profile 2",
    }


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe{}",
        b'{"profile": []}',
        b'{"profile": {"info_cache": {"Default": {}}}}',
        b'{"profile": {"info_cache": {"Default": {"name": ""}}}}',
        b'{"profile": {"info_cache": {"Default": {"name": null}}}}',
        b"[" * 100_000,
    ],
)
def test_a_broken_local_state_costs_the_names_only(home: Path, state: bytes) -> None:
    user_data = home / ".config" / "chromium"
    chromium_store(user_data / "Default")
    (user_data / "Local State").write_bytes(state)
    assert named(home) == {"chromium:Default": "Default"}


def test_a_network_folder_goes_before_an_older_store_beside_it(home: Path) -> None:
    folder = home / ".config" / "chromium" / "Default"
    chromium_store(folder)
    store = chromium_store(folder / "Network")
    profile = found(home)["chromium:Default"]
    assert (profile.store, profile.folder) == (store, folder)


def test_firefox_profiles_are_found_listed_absolute_and_unlisted(
    home: Path, tmp_path: Path
) -> None:
    root = home / FIREFOX
    for folder in (root / "a.default", root / "b.unlisted", root / "Profiles" / "c.other"):
        firefox_store(folder)
    firefox_store(tmp_path / "elsewhere" / "work")
    write_ini(
        root,
        "[Install1]\nDefault=a.default\n"
        "[Profile0]\nName=me 100%\nIsRelative=1\nPath=a.default\n"
        f"[Profile1]\nName=work\nIsRelative=0\nPath={tmp_path}/elsewhere/work\n"
        "[Profile2]\nName=gone\nIsRelative=1\nPath=gone\n"
        "[Profile3]\nName=no path\n",
    )
    assert named(home) == {
        "firefox:me 100%": "me 100%",
        "firefox:work": "work",
        "firefox:b.unlisted": "b.unlisted",
        "firefox:c.other": "c.other",
    }


@pytest.mark.parametrize(
    "ini",
    [
        b"",
        b"no section",
        b"\xff\xfe\x00",
        b"[Profile0]\nPath",
        b"[Profile0",
        b"[Profile0]\nPath=a\x00b\n",
        pytest.param(f"[Profile0]\nPath={'a' * 300}\n".encode(), id="longer-than-names-may-be"),
        b"[Profile0]\nPath=\xe9\n[Profile0]\nPath=\xe9\n",
    ],
)
def test_a_broken_profiles_ini_costs_the_names_only(home: Path, ini: bytes) -> None:
    firefox_store(home / FIREFOX / "a.default")
    write_ini(home / FIREFOX, ini)
    assert named(home) == {"firefox:a.default": "a.default"}


def test_a_byte_order_mark_is_no_hindrance(home: Path) -> None:
    firefox_store(home / FIREFOX / "a.default")
    write_ini(home / FIREFOX, b"\xef\xbb\xbf[Profile0]\nName=me\nPath=a.default\n")
    assert named(home) == {"firefox:me": "me"}


def test_the_same_store_is_listed_once_however_it_is_reached(home: Path) -> None:
    firefox_store(home / FIREFOX / "a.default")
    (home / ".mozilla").mkdir()
    (home / ".mozilla" / "firefox").symlink_to(home / FIREFOX)
    write_ini(
        home / FIREFOX,
        "[Profile0]\nName=me\nPath=a.default\n[Profile1]\nName=again\nPath=./x/../a.default\n",
    )
    assert len(found(home)) == 1


def test_ids_are_unique_when_names_clash(home: Path) -> None:
    for root in (home / FIREFOX, home / ".mozilla" / "firefox"):
        for folder in ("a.default", "b.default"):
            firefox_store(root / folder)
        write_ini(
            root,
            "[Profile0]\nName=default\nPath=a.default\n[Profile1]\nName=default\nPath=b.default\n",
        )
    for root in (home / ".config" / "chromium", home / "snap/chromium/common/chromium"):
        chromium_store(root / "Default")
    profiles = found(home)
    assert len(profiles) == 6
    assert {"firefox:default", "firefox:b.default", "chromium:Default"} < profiles.keys()


def test_a_folder_with_any_name_is_listed(home: Path) -> None:
    chromium_store(home / ".config" / "chromium" / "Pro\udcfffile \x1b[31m")
    assert list(found(home)) == ["chromium:Pro\udcfffile \x1b[31m"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_profile_folder_that_may_not_be_entered_hides_no_other(home: Path) -> None:
    chromium_store(home / ".config" / "chromium" / "Default")
    locked = chromium_store(home / ".config" / "chromium" / "Profile 1").parent
    locked.chmod(0)
    try:
        assert named(home) == {"chromium:Default": "Default"}
    finally:
        locked.chmod(0o700)
