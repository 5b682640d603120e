"""A folder that may not be entered is one line, and everything else is found all the same."""

import json
from pathlib import Path

import pytest

from tests.builders import chromium_store, firefox_store
from tests.unprivileged import folder_for_everybody, locked, printed

CHROMIUM = ".config/chromium"
FIREFOX = ".config/mozilla/firefox"
BEHIND = {
    "chromium:Default": f"{CHROMIUM}/Default",
    "chromium:Profile 1": f"{CHROMIUM}/Profile 1",
    "firefox:a.default": f"{FIREFOX}/a.default",
    "firefox:b.default": f"{FIREFOX}/b.default",
}
_IMPORTS = """
import json
from pathlib import Path
from cookietui.model.profile import AddedFolder
from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
"""
_FIND = """
added = tuple(AddedFolder("brave", path) for path in sys.argv[2:])
profiles, wrong = find_profiles(Environment.of_home(Path(sys.argv[1])), added)
told = [(name, error.message, error.exit_code) for name, error in wrong]
print(json.dumps([[profile.id for profile in profiles], told]))
"""

Told = list[list[object]]


def furnish(home: Path) -> None:
    """Two profiles of each family."""
    for folder in BEHIND.values():
        make = firefox_store if "firefox" in folder else chromium_store
        make(home / folder)


def found(home: Path, *added: str) -> tuple[set[str], Told]:
    """Ids of profiles, and what is wrong, as somebody who is not root sees it."""
    profiles, wrong = json.loads(printed(_IMPORTS, _FIND, home, *added))
    return set(profiles), wrong


def test_somebody_who_may_enter_everything_is_told_nothing() -> None:
    with folder_for_everybody() as home:
        furnish(home)
        assert found(home) == (set(BEHIND), [])


@pytest.mark.parametrize("folder", [CHROMIUM, FIREFOX, *BEHIND.values()])
def test_a_folder_that_may_not_be_entered_is_one_line_and_hides_no_other(folder: str) -> None:
    with folder_for_everybody() as home:
        furnish(home)
        with locked(home / folder):
            profiles, wrong = found(home)
        told = str(home / folder)
    assert profiles == {name for name, path in BEHIND.items() if not path.startswith(folder)}
    assert wrong == [[told, f"{told} may not be entered", 4]]


def test_a_network_folder_that_may_not_be_entered_is_one_line() -> None:
    with folder_for_everybody() as home:
        furnish(home)
        network = home / CHROMIUM / "Profile 2" / "Network"
        chromium_store(network)
        with locked(network):
            profiles, wrong = found(home)
    assert profiles == set(BEHIND)
    assert [name for name, *_ in wrong] == [str(network)]


def test_a_folder_of_all_settings_that_may_not_be_entered_is_one_line_for_all_browsers() -> None:
    with folder_for_everybody() as home:
        furnish(home)
        firefox_store(home / ".mozilla/firefox/c.default")
        with locked(home / ".config"):
            profiles, wrong = found(home)
    assert profiles == {"firefox:c.default"}
    assert [name for name, *_ in wrong] == [str(home / ".config")]


def test_a_list_of_profiles_that_may_not_be_read_costs_the_names_only() -> None:
    with folder_for_everybody() as home:
        furnish(home)
        ini, state = home / FIREFOX / "profiles.ini", home / CHROMIUM / "Local State"
        ini.write_text("[Profile0]\nName=me\nPath=a.default\n")
        state.write_text('{"profile": {"info_cache": {"Default": {"name": "Ada"}}}}')
        assert "firefox:me" in found(home)[0]
        with locked(ini), locked(state):
            assert found(home) == (set(BEHIND), [])


def test_an_added_folder_that_may_not_be_entered_is_one_line() -> None:
    with folder_for_everybody() as home:
        furnish(home)
        chromium_store(home / "usb" / "Default")
        assert found(home, "~/usb") == (set(BEHIND) | {"brave:Default"}, [])
        with locked(home / "usb"):
            profiles, wrong = found(home, "~/usb")
    assert profiles == set(BEHIND)
    assert [name for name, *_ in wrong] == [str(home / "usb")]
