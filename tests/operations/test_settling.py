"""Deletions in whose middle the program ended are found out, recorded and told, once."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cookietui.errors import BackupError
from cookietui.model.deletion import SavedRows
from cookietui.operations.settling import settle
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment, private_folder
from cookietui.safety.events import Begun, Deleted, PutBack, Saved, Void
from cookietui.safety.journal import Journal
from tests.builders import (
    NOW,
    add_rows,
    change,
    child,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
)
from tests.cli.conftest import Cli
from tests.tui.driving import app_on, press, running, toasts

NAMES = ("x1", "x2", "keep")
ENTRY = "20261118-120000-1"


class Person:
    """Somebody with cookies in two browsers, and a deletion in whose middle the program ended."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.chromium = chromium_store(
            home / ".config/chromium/Default", [chromium_row(name=name) for name in NAMES]
        )
        self.firefox = firefox_store(
            home / ".config/mozilla/firefox/a.default", [firefox_row(name=name) for name in NAMES]
        )
        self.workspace = Workspace(Environment.of_home(home), clock=lambda: NOW)
        self.journal = self.workspace.journal
        self.record = private_folder(self.workspace.environment.journal) / f"{ENTRY}.jsonl"

    @property
    def stores(self) -> tuple[list[tuple[object, ...]], ...]:
        return list(contents(self.chromium)), list(contents(self.firefox))

    def interrupted(
        self,
        who: str = "firefox",
        *,
        done: bool,
        ids: bool = True,
        part: int = 0,
        meanwhile: Callable[[], object] = tuple,
    ) -> None:
        """Delete what begins with ``x`` from a store, and end before that is recorded."""
        if not part:
            self.record.write_bytes(msgspec.json.encode(Begun()) + b"\n")
        (scanned,) = (
            each for each in self.workspace.scan().scanned if each.profile.id.startswith(who)
        )
        keys = [each.key for each in scanned.cookies if each.name.startswith("x")]
        edit_it = self.workspace.store(scanned.profile).edit
        with self.journal.at_work(ENTRY), edit_it() as edit:
            rows = edit.rows(keys)
            saved = rows if ids else _of_an_earlier_version(rows)
            self.journal.save(ENTRY, Saved(NOW, part, "shop.example", scanned.profile, saved))
            meanwhile()
            if done:
                edit.delete(rows)
                edit.commit()


def _of_an_earlier_version(saved: SavedRows) -> SavedRows:
    rows = (msgspec.structs.replace(row, id="", created=None) for row in saved.rows)
    return msgspec.structs.replace(saved, rows=tuple(rows))


def states(person: Person) -> list[tuple[str, bool, bool]]:
    """Of each listed store: whose it is, whether rows are known to be gone, and all are back."""
    parts = [part for entry in person.journal.entries() for part in entry.parts]
    return [(part.profile.brand, part.deleted, not part.missing) for part in parts]


_HOLD = (
    "import fcntl; file = open(sys.argv[1], 'w'); fcntl.lockf(file, fcntl.LOCK_EX)\n"
    "print('held', flush=True)"
)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "person")


@pytest.fixture
def cli(person: Person, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line in that person's home."""
    return Cli(person.home, capsys)


@pytest.mark.parametrize("who", ["firefox", "chromium"])
def test_what_ended_before_anything_was_deleted_is_told_and_not_listed(
    person: Person, who: str
) -> None:
    before = person.stores
    person.interrupted(who, done=False)
    (line,) = person.workspace.settle()
    assert line.lower().startswith(f"a deletion of 2 cookies from {who}")
    assert line.endswith("was interrupted before anything was deleted")
    assert "\n" not in line
    assert person.journal.entries() == ()
    assert not person.record.exists()
    assert person.stores == before


@pytest.mark.parametrize("who", ["firefox", "chromium"])
def test_what_ended_after_the_deletion_is_told_and_can_be_undone(person: Person, who: str) -> None:
    before = person.stores
    person.interrupted(who, done=True)
    assert person.journal.entry(ENTRY).unfinished
    (line,) = person.workspace.settle()
    assert f"`cookietui undo {ENTRY}`" in line
    entry = person.journal.entry(ENTRY)
    assert (entry.unfinished, len(entry.rows), entry.parts[0].deleted) == (False, 2, True)
    _, done = person.workspace.undo()
    assert (done.restored, done.skipped) == (2, ())
    assert person.stores == before
    assert person.journal.entry(ENTRY).undone


@pytest.mark.parametrize("recorded", [True, False])
def test_each_store_has_an_end_of_its_own(person: Person, recorded: bool) -> None:
    before = person.stores
    person.interrupted("chromium", done=True)
    if recorded:
        person.journal.record(ENTRY, Deleted(NOW, 0))
    person.interrupted("firefox", done=False, part=1)
    lines = person.workspace.settle()
    assert ["undo" in line for line in lines if "Chromium" in line] == [True] * (not recorded)
    assert ["before anything" in line for line in lines if "Firefox" in line] == [True]
    assert states(person) == [("Chromium", True, False)]
    assert person.workspace.undo()[1].restored == 2
    assert person.stores == before


@pytest.mark.parametrize("done", [True, False])
def test_it_is_said_once_only(person: Person, done: bool) -> None:
    person.interrupted(done=done)
    assert len(person.workspace.settle()) == 1
    again = Workspace(Environment.of_home(person.home), clock=lambda: NOW)
    assert person.workspace.settle() == again.settle() == ()


@pytest.mark.parametrize("done", [True, False])
def test_a_deletion_that_somebody_is_still_at_is_left_alone(person: Person, done: bool) -> None:
    person.interrupted(done=done)
    before = person.record.read_bytes()
    with child(_HOLD, person.record.with_suffix(".lock")) as other:
        assert person.journal.abandoned() == ()
        assert person.workspace.settle() == ()
        assert person.record.read_bytes() == before
    other.wait()
    assert len(person.workspace.settle()) == 1
    assert not person.record.with_suffix(".lock").exists()


def test_a_lock_that_a_killed_run_left_behind_means_nobody(person: Person) -> None:
    person.interrupted(done=False)
    person.record.with_suffix(".lock").touch()
    assert [entry.id for entry in person.journal.abandoned()] == [ENTRY]
    assert len(person.workspace.settle()) == 1


@pytest.mark.parametrize("who", ["firefox", "chromium"])
def test_a_deletion_at_work_is_not_taken_for_ended_by_another_window(
    person: Person, who: str
) -> None:
    other = Workspace(Environment.of_home(person.home), clock=lambda: NOW)  # as in a container
    person.interrupted(who, done=True, meanwhile=other.settle)
    assert person.workspace.undo()[1].restored == 2


@pytest.mark.parametrize("done", [True, False])
def test_a_store_that_cannot_be_read_leaves_it_open_until_it_can(
    person: Person, done: bool
) -> None:
    person.interrupted(done=done)
    whole, record = person.firefox.read_bytes(), person.record.read_bytes()
    person.firefox.write_bytes(b"no database at all" * 100)
    assert person.workspace.settle() == ()
    assert person.record.read_bytes() == record
    person.firefox.write_bytes(whole)
    assert len(person.workspace.settle()) == 1


def test_a_store_that_changed_since_leaves_it_open_and_undo_finds_out(person: Person) -> None:
    before = person.stores
    person.interrupted(done=False)
    change(person.firefox, "DELETE FROM moz_cookies WHERE name = 'x1'")
    record = person.record.read_bytes()
    assert person.workspace.settle() == ()
    assert person.record.read_bytes() == record
    assert person.journal.entry(ENTRY).unfinished
    _, done = person.workspace.undo()
    assert (done.restored, [each.why for each in done.skipped]) == (1, ["it is there already"])
    assert person.stores == before


def test_cookies_that_the_site_has_set_again_are_not_those_that_were_saved(person: Person) -> None:
    person.interrupted(done=True)
    add_rows(person.firefox, [firefox_row(name=n, creationTime=NOW) for n in ("x1", "x2")])
    assert "undo" in person.workspace.settle()[0]
    assert states(person) == [("Firefox", True, False)]


@pytest.mark.parametrize("done", [True, False])
def test_records_of_earlier_versions_are_left_as_they_are(person: Person, done: bool) -> None:
    before = person.stores
    person.interrupted(done=done, ids=False)
    lines = person.record.read_bytes().splitlines(keepends=True)
    person.record.write_bytes(b"".join(lines[1:]))
    record = person.record.read_bytes()
    assert b"begun" not in record
    assert person.workspace.settle() == ()
    assert person.record.read_bytes() == record
    assert person.journal.entry(ENTRY).unfinished
    assert person.workspace.undo()[1].restored == 2 * done
    assert person.stores == before


class FullDisk(Journal):
    """A journal that nothing can be added to."""

    def record(self, entry: str, event: Deleted | Void | PutBack) -> None:
        raise BackupError("no space left")


@pytest.mark.parametrize("done", [True, False])
def test_what_cannot_be_recorded_is_found_out_at_the_next_start(person: Person, done: bool) -> None:
    person.interrupted(done=done)
    full = FullDisk(person.workspace.environment.journal)
    assert list(settle(full, person.workspace.store, NOW)) == []
    assert len(person.workspace.settle()) == 1


@pytest.mark.parametrize(
    "words", [("list",), ("sites",), ("profiles",), ("clean", "shop.example"), ("history",)]
)
@pytest.mark.parametrize("json", [(), ("--json",)], ids=["table", "json"])
def test_the_command_line_tells_it_once_beside_its_output(
    person: Person, cli: Cli, words: tuple[str, ...], json: tuple[str, ...]
) -> None:
    person.interrupted(done=False)
    ran, again = cli(*words, *json), cli(*words, *json)
    (line,) = [line for line in ran.err.splitlines() if line.startswith("cookietui: ")]
    assert line.endswith("was interrupted before anything was deleted")
    assert "interrupted" not in again.err + again.out + ran.out
    assert ran.code == again.code == 0


def test_undo_on_the_command_line_knows_how_it_ended(person: Person, cli: Cli) -> None:
    before = person.stores
    person.interrupted(done=True)
    ran = cli("undo")
    assert (ran.code, ran.out) == (0, "2 cookies put back and verified\n")
    assert "was interrupted when it was done" in ran.err
    assert person.stores == before
    person.record.unlink()
    person.interrupted(done=False)
    ran = cli("undo")
    assert ran.code == 3
    assert "before anything was deleted" in ran.err
    assert person.journal.entries() == ()


async def test_the_screen_tells_it_at_the_first_reading(person: Person) -> None:
    person.interrupted(done=True)
    async with running(app_on(person.workspace)) as pilot:
        assert toasts(pilot).count("was interrupted when it was done") == 1
        assert f"cookietui undo {ENTRY}" in toasts(pilot)
        await press(pilot, "r")
        assert toasts(pilot).count("was interrupted") <= 1
        await press(pilot, "u")
    assert person.journal.entry(ENTRY).undone
