"""Reading profiles: what can be had is there, and what cannot is one failure beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cookietui.errors import NothingFoundError
from cookietui.model.cookie import Partition
from cookietui.model.policy import Purpose
from cookietui.model.profile import Activity
from cookietui.model.site import Site
from cookietui.operations.inventory import Inventory, by_site, count_sites
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted
from tests.homes import (
    CHROMIUM,
    FIREFOX,
    FIREFOX_FOLDER,
    STORES,
    contents,
    firefox_running,
    furnished,
)
from tests.making import judged

SITE = "opendatasoft.com"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return furnished(tmp_path / "home")


@pytest.fixture
def workspace(home: Path) -> Workspace:
    return Workspace(Environment.of_home(home))


def ids(inventory: Inventory) -> list[str]:
    return [scanned.profile.id for scanned in inventory.scanned]


def test_both_sample_profiles_are_read_whole(workspace: Workspace, home: Path) -> None:
    inventory = workspace.scan()
    assert ids(inventory) == [CHROMIUM, FIREFOX]
    assert inventory.failures == ()
    for scanned in inventory.scanned:
        assert len(scanned.cookies) == len(contents(home, scanned.profile.id))
        assert scanned.usage.activity is Activity.CLOSED
        assert all(each.key.profile == scanned.profile.id for each in scanned.cookies)
    assert inventory.profile(FIREFOX).profile.brand == "Firefox"


def test_reading_changes_no_file_of_the_browsers_and_leaves_no_copy(
    workspace: Workspace, home: Path
) -> None:
    def look() -> dict[Path, tuple[int, bytes]]:
        found = (home / ".config").rglob("*")
        return {
            file: (file.stat().st_mtime_ns, file.read_bytes()) for file in found if file.is_file()
        }

    before = look()
    workspace.scan()
    assert look() == before
    assert list(workspace.environment.scratch.iterdir()) == []


def test_a_running_browser_is_read_and_told_as_running(workspace: Workspace, home: Path) -> None:
    with firefox_running(home):
        inventory = workspace.scan()
    activities = {s.profile.id: s.usage.activity for s in inventory.scanned}
    assert activities == {CHROMIUM: Activity.CLOSED, FIREFOX: Activity.RUNNING}


@pytest.mark.parametrize(
    "damage", ["text", "truncated", "too old", "not cookies", "empty"], ids=str
)
def test_a_broken_profile_is_told_and_the_other_is_read(
    workspace: Workspace, home: Path, damage: str
) -> None:
    store = home / STORES[FIREFOX][0]
    if damage == "text":
        store.write_text("these are not cookies")
    elif damage == "truncated":
        store.write_bytes(store.read_bytes()[:3000])
    elif damage == "empty":
        store.write_bytes(b"")
    else:
        with closing(sqlite3.connect(store)) as connection:
            change = "PRAGMA user_version = 1" if damage == "too old" else "DROP TABLE moz_cookies"
            connection.execute(change)
    inventory = workspace.scan()
    assert ids(inventory) == [CHROMIUM]
    [failure] = inventory.failures
    assert failure.profile == FIREFOX
    assert failure.exit_code == 4
    assert failure.error == (
        "StoreError" if damage in ("text", "truncated") else "UnknownSchemaError"
    )
    assert failure.message.startswith("Firefox default-release: ")
    assert failure.hint


def test_a_named_path_that_leads_nowhere_is_told_beside_the_others(workspace: Workspace) -> None:
    inventory = workspace.scan(Wanted((FIREFOX, "/nowhere/at/all")))
    assert ids(inventory) == [FIREFOX]
    assert [failure.profile for failure in inventory.failures] == ["/nowhere/at/all"]


def test_the_same_profile_named_twice_is_read_once(workspace: Workspace, home: Path) -> None:
    folder = str(home / FIREFOX_FOLDER)
    assert ids(workspace.scan(Wanted((FIREFOX, folder, f"{folder}/cookies.sqlite")))) == [FIREFOX]


@pytest.mark.parametrize(("selectors", "browsers"), [(("firefox:nobody",), ()), ((), ("Safari",))])
def test_a_name_nothing_goes_by_is_told(
    workspace: Workspace, selectors: tuple[str, ...], browsers: tuple[str, ...]
) -> None:
    with pytest.raises(NothingFoundError):
        workspace.scan(Wanted(selectors, browsers))


def test_the_cookies_of_a_site_are_its_own_and_those_kept_under_it(workspace: Workspace) -> None:
    inventory = workspace.scan()
    found = list(inventory.of_site(Site.parse(SITE)))
    domains = {each.domain for each in found}
    assert domains == {
        "opendatasoft.com", "datamidsouth.opendatasoft.com", "doubleclick.net", "facebook.com",
        "youtube.com",
    }  # fmt: skip
    assert all(
        each.domain.endswith(SITE) or each.partition == Partition(f"https://{SITE}", True)
        for each in found
    )
    assert len(list(inventory.of_site(None))) == len(list(inventory.cookies))


def test_sites_are_counted_with_what_others_keep_under_them() -> None:
    apart = Partition("https://shop.example", cross_site=True)
    cookies = [
        judged("sid", Purpose.NECESSARY),
        judged("_ga", Purpose.STATISTICS),
        judged("id", Purpose.MARKETING, host=".ads.example", partition=apart),
        judged("own", partition=Partition("https://shop.example", None)),
    ]
    counts = count_sites(by_site(cookies))
    assert [(c.site, c.cookies, c.removable) for c in counts] == [
        ("shop.example", 4, 2),
        ("ads.example", 1, 1),
    ]
    assert counts[0].purposes == {
        Purpose.MARKETING: 1,
        Purpose.STATISTICS: 1,
        Purpose.PREFERENCES: 0,
        Purpose.UNKNOWN: 1,
        Purpose.NECESSARY: 1,
    }


def test_sites_with_most_to_remove_come_first_then_larger_then_by_name() -> None:
    cookies = [judged("a", host=host) for host in ("c.example", "b.example", "big.example")]
    cookies += [
        judged("b", host="big.example"),
        judged("_ga", Purpose.STATISTICS, host="z.example"),
    ]
    counts = count_sites(by_site(cookies))
    assert [c.site for c in counts] == ["z.example", "big.example", "b.example", "c.example"]


def test_ids_are_the_same_on_every_reading_and_different_for_every_cookie(
    workspace: Workspace, home: Path
) -> None:
    first = [each.id for each in workspace.scan().cookies]
    second = [each.id for each in Workspace(Environment.of_home(home)).scan().cookies]
    assert first == second
    assert len(set(first)) == len(first)
