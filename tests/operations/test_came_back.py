"""A cookie that the person deleted and the site has set again is told."""

from pathlib import Path

import pytest

from cookietui.judging.findings import find
from cookietui.model.deletion import Status
from cookietui.operations.filtering import Filter
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.safety.events import Saved
from tests.builders import (
    DAY,
    NOW,
    Row,
    add_rows,
    change,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
)
from tests.cli.conftest import Cli

CHROMIUM, FIREFOX = Path(".config/chromium"), Path(".config/mozilla/firefox/a.default")


class Person:
    """Somebody who deletes cookies that sites set again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.chromium = chromium_store(home / CHROMIUM / "Default", [chromium_row(name="_ga")])
        self.firefox = firefox_store(home / FIREFOX, [firefox_row(name="_ga")])
        self.now = NOW
        self.workspace = Workspace(Environment.of_home(home), clock=lambda: self.now)

    def delete(self, *, host: str = "shop.example") -> str:
        """Delete every cookie of a host."""
        inventory = self.workspace.scan()
        judged = self.workspace.judge(inventory.cookies)
        chosen = [each for each in judged if each.cookie.host == host]
        receipt = self.workspace.clean(self.workspace.plan(host, judged, chosen, inventory))
        assert receipt.status is Status.DONE
        return receipt.journal or ""

    def told(self) -> list[tuple[str, str, int]]:
        """The profiles and names of cookies told to have come back, and when they were deleted."""
        judged = self.workspace.judge(self.workspace.scan().cookies)
        assert judged
        found = [(each, {finding.code for finding in find(each, self.now)}) for each in judged]
        assert all(("came-back" in codes) == (e.came_back is not None) for e, codes in found)
        return [
            (each.cookie.key.profile, each.cookie.name, each.came_back)
            for each, _ in found
            if each.came_back is not None
        ]


def again(row: Row, *, by: int = DAY) -> Row:
    """The same cookie, set again later."""
    column = "creation_utc" if "creation_utc" in row else "creationTime"
    return row | {column: int(str(row[column])) + by}


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "person")


def test_without_a_deletion_nothing_is_told(person: Person) -> None:
    assert person.told() == []


def test_a_cookie_that_is_set_again_is_told_with_the_time_of_its_deletion(person: Person) -> None:
    person.delete()
    add_rows(person.firefox, [again(firefox_row(name="_ga")), firefox_row(name="new")])
    person.now += DAY
    assert person.told() == [("firefox:a.default", "_ga", NOW)]
    add_rows(person.chromium, [again(chromium_row(name="_ga"))])
    assert len(person.told()) == 2


def test_the_last_of_several_deletions_counts(person: Person) -> None:
    person.delete()
    person.now += DAY
    add_rows(person.firefox, [again(firefox_row(name="_ga"))])
    person.delete()
    add_rows(person.firefox, [again(firefox_row(name="_ga"), by=2 * DAY)])
    person.now += DAY
    assert person.told() == [("firefox:a.default", "_ga", NOW + DAY)]


def test_after_an_undo_nothing_has_come_back(person: Person) -> None:
    person.delete()
    person.workspace.undo()
    assert person.told() == []
    change(person.firefox, "UPDATE moz_cookies SET creationTime = creationTime + 1")
    assert person.told() == []


def test_of_a_deletion_undone_in_part_the_rest_is_told(person: Person) -> None:
    add_rows(person.firefox, [firefox_row(name="_gid")])
    person.delete()
    person.workspace.undo(None, Filter(names=("_ga",)).means)
    assert person.told() == []
    add_rows(person.firefox, [again(firefox_row(name="_gid"))])
    assert [name for _, name, _ in person.told()] == ["_gid"]


def test_the_same_name_in_another_profile_has_not_come_back(person: Person) -> None:
    person.delete()
    chromium_store(person.home / CHROMIUM / "Profile 1", [again(chromium_row(name="_ga"))])
    assert person.told() == []


@pytest.mark.parametrize(
    "twin",
    [
        {"originAttributes": "^userContextId=1"},
        {"originAttributes": "^partitionKey=%28https%2Ca.test%29"},
        {"host": ".shop.example"},
        {"path": "/cart"},
        {"name": "_gb"},
    ],
    ids=["container", "partition", "host", "path", "name"],
)
def test_a_twin_has_not_come_back(person: Person, twin: Row) -> None:
    person.delete()
    add_rows(person.firefox, [again(firefox_row(name="_ga") | twin)])
    assert person.told() == []


def test_a_partitioned_twin_of_chromium_has_not_come_back(person: Person) -> None:
    person.delete()
    add_rows(person.chromium, [chromium_row(name="_ga", top_frame_site_key="https://a.example")])
    assert person.told() == []


def test_a_cookie_that_was_never_deleted_has_not_come_back(person: Person) -> None:
    add_rows(person.firefox, [firefox_row(host="other.example", name="_ga")])
    person.delete()
    change(person.firefox, "UPDATE moz_cookies SET creationTime = creationTime + 1")
    assert person.told() == []


def test_a_deletion_that_is_forgotten_is_not_told(person: Person) -> None:
    person.workspace.journal.discard(person.delete())
    add_rows(person.firefox, [again(firefox_row(name="_ga"))])
    assert person.told() == []


def test_what_may_never_have_been_deleted_is_not_told(person: Person) -> None:
    journal = person.workspace.journal
    name = journal.begin("now")
    (scanned,) = [e for e in person.workspace.scan().scanned if e.profile.brand == "Firefox"]
    with person.workspace.store(scanned.profile).edit() as edit:
        rows = edit.rows(cookie.key for cookie in scanned.cookies)
        journal.save(name, Saved(NOW, 0, "", scanned.profile, rows))
    assert journal.entry(name).unfinished
    assert person.told() == []


def test_a_store_that_was_replaced_by_its_copy_is_not_the_sites_doing(person: Person) -> None:
    person.delete()
    (copy,) = [each for each in person.workspace.backups if each.browser == "Firefox"]
    for end in ("", "-wal", "-shm"):
        person.firefox.with_name(person.firefox.name + end).unlink(missing_ok=True)
    person.firefox.write_bytes(Path(copy.path).read_bytes())
    assert person.told() == []


def test_the_command_line_tells_it(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    cli = Cli(person.home, capsys)
    person.delete()
    add_rows(person.firefox, [again(firefox_row(name="_ga"))])
    (cookie,) = cli.json("list", "shop.example")["cookies"]
    (finding,) = [each for each in cookie["findings"] if each["code"] == "came-back"]
    assert (finding["level"], bool(finding["text"])) == ("info", True)
    assert cli.json("explain", "shop.example", "_ga")["cookies"] == [cookie]
    assert finding["text"] in cli("explain", "shop.example", "_ga").out
    assert cli("undo").code == 0
    listed = cli.json("list", "shop.example", "--browser", "chromium")["cookies"]
    assert [each["code"] for e in listed for each in e["findings"] if "came" in each["code"]] == []
    assert len(listed) == 1
