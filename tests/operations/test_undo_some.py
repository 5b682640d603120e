"""Single cookies of a deletion can be put back; the rest can still be put back later."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cookietui.errors import NothingFoundError, UndoError
from cookietui.model.deletion import Status
from cookietui.operations.filtering import Filter
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.safety.events import Entry
from tests.builders import (
    DAY,
    LATER,
    NOW,
    add_rows,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
)
from tests.cli.conftest import Cli
from tests.homes import firefox_running

HOSTS = ("shop.example", ".shop.example", "www.shop.example", "other.example")
NAMES = ("_ga", "_gid", "sid")


class Person:
    """Somebody with cookies in two browsers."""

    def __init__(self, home: Path) -> None:
        self.home = home
        rows = [(host, name) for host in HOSTS for name in NAMES]
        self.chromium = chromium_store(
            home / ".config/chromium/Default",
            [chromium_row(host_key=host, name=name) for host, name in rows],
        )
        self.firefox = firefox_store(
            home / ".config/mozilla/firefox/sample.default-release",
            [firefox_row(host=host, name=name) for host, name in rows],
        )
        self.now = NOW
        self.workspace = Workspace(Environment.of_home(home), clock=lambda: self.now)

    @property
    def stores(self) -> list[list[tuple[object, ...]]]:
        return [list(contents(self.chromium)), list(contents(self.firefox))]

    @property
    def cookies(self) -> set[tuple[str, str, str]]:
        """The brand, host and name of everything that is there."""
        return {
            (cookie.key.profile.partition(":")[0], cookie.host, cookie.name)
            for cookie in self.workspace.scan().cookies
        }

    def clean(self) -> str:
        """Delete everything."""
        inventory = self.workspace.scan()
        judged = self.workspace.judge(inventory.cookies)
        receipt = self.workspace.clean(self.workspace.plan("", judged, judged, inventory))
        assert receipt.status is Status.DONE
        assert self.cookies == set()
        return receipt.journal or ""

    def entry(self, name: str) -> Entry:
        return self.workspace.journal.entry(name)


def like(*names: str, hosts: tuple[str, ...] = ()) -> Callable[[str, str], bool]:
    return Filter(names=names, hosts=hosts).means


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "person")


@pytest.fixture
def cli(person: Person, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line in that person's home."""
    return Cli(person.home, capsys)


@pytest.mark.parametrize(
    ("names", "hosts", "back"),
    [
        (("sid",), (), {(host, "sid") for host in HOSTS}),
        (("_g*",), ("other.example",), {("other.example", "_ga"), ("other.example", "_gid")}),
        (("_ga", "sid"), ("www.shop.example",), {("www.shop.example", n) for n in ("_ga", "sid")}),
        ((), ("shop.example",), {(host, name) for host in HOSTS[:3] for name in NAMES}),
        ((), (".Shop.Example.",), {(host, name) for host in HOSTS[:3] for name in NAMES}),
    ],
)
def test_exactly_what_is_meant_is_put_back_in_every_store(
    person: Person, names: tuple[str, ...], hosts: tuple[str, ...], back: set[tuple[str, str]]
) -> None:
    before = person.stores
    journal = person.clean()
    entry, done = person.workspace.undo(journal, like(*names, hosts=hosts))
    assert (entry.id, done.status, done.restored) == (journal, Status.DONE, 2 * len(back))
    assert (done.skipped, done.refused) == ((), ())
    assert person.cookies == {(who, *each) for who in ("chromium", "firefox") for each in back}
    for now, then in zip(person.stores, before, strict=True):
        assert [row for row in then if row in now] == now


@pytest.mark.parametrize("by_id", [True, False], ids=["by its id", "as the last one"])
def test_the_rest_is_put_back_later(person: Person, by_id: bool) -> None:
    before = person.stores
    journal = person.clean()
    first = person.workspace.undo(journal, like("_ga"))[1]
    assert not person.entry(journal).undone
    entry, rest = person.workspace.undo(journal if by_id else None)
    assert entry.id == journal
    assert (first.restored, rest.restored, rest.skipped) == (8, 16, ())
    assert person.stores == before
    assert person.entry(journal).undone


def test_it_is_undone_once_all_of_it_is_back_piece_by_piece(person: Person) -> None:
    before = person.stores
    journal = person.clean()
    for name in NAMES:
        assert not person.entry(journal).undone
        assert person.workspace.undo(None, like(name))[0].id == journal
    assert person.stores == before
    assert person.entry(journal).undone
    with pytest.raises(UndoError, match="put back before"):
        person.workspace.undo(journal, like("_ga"))
    with pytest.raises(NothingFoundError):
        person.workspace.undo()


def test_what_is_back_is_not_meant_any_more(person: Person) -> None:
    journal = person.clean()
    person.workspace.undo(journal, like("_ga"))
    before = person.stores
    with pytest.raises(NothingFoundError) as caught:
        person.workspace.undo(journal, like("_ga"))
    assert caught.value.exit_code == 3
    assert person.stores == before


def test_nothing_like_that_is_nothing_found_and_changes_nothing(person: Person) -> None:
    journal = person.clean()
    record = person.workspace.environment.journal / f"{journal}.jsonl"
    before = record.read_bytes()
    for only in (like("no_such"), like("sid", hosts=("stranger.example",)), like("SID")):
        with pytest.raises(NothingFoundError, match=journal):
            person.workspace.undo(journal, only)
    assert record.read_bytes() == before
    assert person.cookies == set()


def test_the_store_of_another_browser_is_not_touched(person: Person) -> None:
    journal = person.clean()
    add_rows(person.firefox, [firefox_row(host="only.example", name="here")])
    person.workspace.undo(journal)
    later = person.clean()
    empty = person.chromium.read_bytes()
    _, done = person.workspace.undo(later, like("here"))
    assert (done.restored, person.cookies) == (1, {("firefox", "only.example", "here")})
    assert person.chromium.read_bytes() == empty
    assert person.workspace.undo()[0].id == later


def test_what_has_expired_is_told_and_the_deletion_stays_the_last_one(person: Person) -> None:
    journal = person.clean()
    person.now = LATER + DAY
    _, done = person.workspace.undo(journal, like("_ga", hosts=("other.example",)))
    assert (done.restored, person.cookies) == (0, set())
    assert {(each.name, each.host) for each in done.skipped} == {("_ga", "other.example")}
    assert all("expired" in each.why for each in done.skipped)
    person.now = NOW
    assert person.workspace.undo()[0].id == journal
    assert person.entry(journal).undone


def test_a_running_browser_is_left_alone_and_its_share_can_follow(person: Person) -> None:
    before = person.stores
    journal = person.clean()
    with firefox_running(person.home):
        _, done = person.workspace.undo(journal, like("sid"))
    assert (done.status, done.restored) == (Status.PARTIAL, 4)
    assert [each.error for each in done.refused] == ["BrowserRunningError"]
    assert person.cookies == {("chromium", host, "sid") for host in HOSTS}
    _, again = person.workspace.undo(journal, like("sid"))
    assert (again.status, again.restored) == (Status.DONE, 4)
    person.workspace.undo()
    assert person.stores == before


def test_the_command_line_puts_back_what_is_named(person: Person, cli: Cli) -> None:
    before = person.stores
    journal = person.clean()
    ran = cli("undo", journal, "--name", "_g*", "--host", "other.example")
    assert (ran.code, ran.out) == (0, "4 cookies put back and verified\n")
    assert {each[1:] for each in person.cookies} == {
        ("other.example", "_ga"),
        ("other.example", "_gid"),
    }
    ((*_, state, _),) = cli("history").rows
    assert state != "undone"
    document = cli.json("undo", "--name", "sid")
    assert (document["journal"], document["restored"]) == (journal, 8)
    assert cli("undo").code == 0
    assert person.stores == before
    assert cli.json("history")["entries"][0]["status"] == "undone"
    assert cli("undo", journal, "--name", "sid").code == 6


@pytest.mark.parametrize(
    "words", [("--name", "no_such"), ("--host", "stranger.example"), ("--name", "")]
)
def test_the_command_line_says_if_nothing_is_like_that(
    person: Person, cli: Cli, words: tuple[str, ...]
) -> None:
    person.clean()
    ran = cli("undo", *words)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.count("\n") == 1
    assert person.cookies == set()
