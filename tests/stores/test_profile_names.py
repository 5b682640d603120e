"""The lists that browsers keep of profiles give names, and cost nothing but names when broken."""

from pathlib import Path

import pytest

from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
from tests.builders import chromium_store, firefox_store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "someone"


@pytest.fixture
def root(home: Path) -> Path:
    """Firefox's folder, with two profiles."""
    root = home / ".config/mozilla/firefox"
    for name in ("one", "two"):
        firefox_store(root / name)
    return root


def names(home: Path) -> dict[str, str]:
    """Profiles' names by their folders; their ids are unique, and nothing is told to be wrong."""
    profiles, wrong = find_profiles(Environment.of_home(home))
    assert wrong == ()
    assert len({profile.id for profile in profiles}) == len(profiles)
    return {profile.folder.name: profile.name for profile in profiles}


def write_ini(root: Path, text: str, name: str = "profiles.ini") -> None:
    (root / name).write_text(text)


def test_the_profile_an_installation_starts_with_is_found_without_the_other_list(
    home: Path, root: Path
) -> None:
    firefox_store(home / "far" / "away")
    write_ini(root, "[4F96D1932A9F858E]\nDefault=../../../far/away\nLocked=1\n", "installs.ini")
    assert names(home) == {"one": "one", "two": "two", "away": "away"}


def test_an_installations_list_takes_no_name_away(home: Path, root: Path) -> None:
    write_ini(root, "[Profile0]\nName=me\nPath=one\n")
    write_ini(
        root, "[4F96D1932A9F858E]\nDefault=one\n[308046B0AF4A39CB]\nDefault=\n", "installs.ini"
    )
    assert names(home) == {"one": "me", "two": "two"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"no section", b"[x]\nDefault", b"\x00"])
def test_a_broken_list_of_installations_costs_no_name(
    home: Path, root: Path, content: bytes
) -> None:
    write_ini(root, "[Profile0]\nName=me\nPath=one\n")
    (root / "installs.ini").write_bytes(content)
    assert names(home) == {"one": "me", "two": "two"}


@pytest.mark.parametrize(
    "ini",
    [
        b"[Profile0]\nName=M\xfcller\nPath=one\n",
        b"[Profile0]\nName=m\xc3\nPath=one\n[\xff]\nName=\xff\nPath=\xff\n",
        b"\xff\xfe[\x00P\x00]\x00\n\x00P\x00a\x00t\x00h\x00=\x00o\x00n\x00e\x00",
        b"[Profile0]\nName=me\nPath=one\n \xe9 continued\n",
        b"[DEFAULT]\nPath=one\nName=me\n",
    ],
)
def test_a_list_in_a_broken_encoding_hides_no_profile(home: Path, root: Path, ini: bytes) -> None:
    (root / "profiles.ini").write_bytes(ini)
    assert set(names(home)) == {"one", "two"}


@pytest.mark.parametrize(
    "state",
    [
        b"Default",
        b"\xef\xbb\xbf",
        b"\x00\x01",
        b"{'profile': {}}",
        b'{"profile": {"info_cache": []}}',
        b'{"profile": {"info_cache": {"Default": "me"}}}',
        b'{"profile": {"info_cache": {"Default": {"name": "\xff"}}}}',
        pytest.param(b'{"profile":' + b"9" * 5000 + b"}", id="digits"),
    ],
)
def test_a_local_state_that_is_not_what_it_should_be_costs_the_names_only(
    home: Path, state: bytes
) -> None:
    folder = chromium_store(home / ".config/chromium/Default").parent
    (folder.parent / "Local State").write_bytes(state)
    assert names(home) == {"Default": "Default"}


def test_an_entry_of_local_state_that_is_broken_costs_its_own_name_only(home: Path) -> None:
    for folder in ("Default", "Profile 1"):
        chromium_store(home / ".config/chromium" / folder)
    text = '{"profile": {"info_cache": {"Default": {"name": "Ada"}, "Profile 1": null}}}'
    (home / ".config/chromium/Local State").write_text(text)
    assert names(home) == {"Default": "Ada", "Profile 1": "Profile 1"}
