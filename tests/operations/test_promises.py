"""What README promises about deleting, held against what can go wrong."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cookietui.catalogue.overrides import Overrides
from cookietui.errors import BackupError, NothingFoundError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Part, Plan, Receipt, SavedRows, Status
from cookietui.model.policy import Consent, Party, Purpose
from cookietui.model.profile import Profile
from cookietui.model.verdict import Basis, JudgedCookie, KindName, Suggestion, Verdict
from cookietui.operations import cleaning
from cookietui.safety.events import Deleted, Saved
from cookietui.safety.journal import Journal
from cookietui.stores.opening import Stores
from cookietui.stores.port import CookieStore, Edit
from cookietui.stores.snapshot import Snapshots
from tests.builders import (
    DAY,
    LATER,
    NOW,
    add_rows,
    backups,
    change,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
    profile,
)

_VERDICT = Verdict(
    purpose=Purpose.MARKETING,
    kind=KindName.FIRST_PARTY,
    party=Party.FIRST,
    suggestion=Suggestion.REMOVE,
    consent=Consent.NEEDED,
    basis=Basis.CATALOGUE,
    declared=None,
    reasons=("because",),
)


class FailingSnapshots(Snapshots):
    """Private copies that can be made to fail in a way nobody foresaw."""

    failing = False

    def at_rest(self, database: Path) -> AbstractContextManager[Path]:
        if self.failing:
            raise MemoryError("secret")
        return super().at_rest(database)


class Desk:
    """Stores, a journal, and what is done with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / "journal")
        self.snapshots = FailingSnapshots(folder / "scratch")
        self._stores = Stores(self.snapshots)

    def store(self, who: Profile) -> CookieStore:
        return self._stores.of(who)

    def clean(self, paths: Iterable[Path], now: int = NOW) -> Receipt:
        """Delete every cookie whose name begins with ``x``."""
        parts = []
        for path in paths:
            who = profile(path)
            cookies = [c for c in self.store(who).read().cookies if c.name.startswith("x")]
            parts.append(Part(who, tuple(JudgedCookie(c, _VERDICT) for c in cookies)))
        plan = Plan("", tuple(parts), ())
        return cleaning.execute(plan, self.store, self.journal, backups(self.folder), now)

    def undo(self, name: str | None = None, now: int = NOW) -> tuple[int, list[str]]:
        """Undo; how many went back, and why others did not."""
        _, done = cleaning.undo(name, self.journal, self.store, now)
        return done.restored, [skipped.why for skipped in done.skipped]

    @property
    def record(self) -> Path:
        """The file of the only deletion."""
        (path,) = self.journal_files
        return path

    @property
    def journal_files(self) -> list[Path]:
        return sorted((self.folder / "journal").glob("*.jsonl"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def chromium(tmp_path: Path) -> Path:
    return chromium_store(
        tmp_path / "Default", [chromium_row(name=name) for name in ("x1", "x2", "keep")]
    )


@pytest.fixture
def firefox(tmp_path: Path) -> Path:
    return firefox_store(
        tmp_path / "work", [firefox_row(name=name) for name in ("x1", "x2", "keep")]
    )


@pytest.mark.parametrize(
    "trigger",
    [
        "CREATE TRIGGER t AFTER DELETE ON cookies BEGIN UPDATE cookies SET path = '/z'; END",
        "CREATE TRIGGER t AFTER DELETE ON cookies BEGIN UPDATE meta SET value = '99'; END",
    ],
)
def test_a_store_with_triggers_is_not_changed(desk: Desk, chromium: Path, trigger: str) -> None:
    change(chromium, trigger)
    before = contents(chromium)
    receipt = desk.clean([chromium])
    assert (receipt.status, receipt.journal) == (Status.REFUSED, None)
    assert "triggers" in receipt.refused[0].message
    assert contents(chromium) == before
    assert desk.journal_files == []


def test_a_line_cut_short_in_the_journal_hides_no_other_store(
    desk: Desk, chromium: Path, firefox: Path
) -> None:
    before = contents(chromium), contents(firefox)
    receipt = desk.clean([chromium, firefox])
    assert receipt.status is Status.DONE
    lines = desk.record.read_bytes().split(b"\n")
    torn = [lines[0], lines[1], lines[2][: len(lines[2]) // 2]]
    desk.record.write_bytes(b"\n".join(torn))
    (part,) = desk.journal.entry(receipt.journal or "").parts
    assert part.profile.store == chromium
    desk.journal.record(receipt.journal or "", Deleted(NOW, 0))
    assert desk.undo()[0] == 2
    assert contents(chromium) == before[0]
    assert len(contents(firefox)) == 1


def test_two_runs_in_the_same_second_never_share_a_record(desk: Desk, tmp_path: Path) -> None:
    other = Journal(tmp_path / "journal")
    ids = [desk.journal.begin("20261123-120000"), other.begin("20261123-120000")]
    assert len(set(ids)) == 2


def test_what_an_undo_left_out_can_be_put_back_later(desk: Desk, firefox: Path) -> None:
    before = contents(firefox)
    receipt = desk.clean([firefox])
    restored, reasons = desk.undo(now=LATER + DAY)
    assert (restored, set(reasons)) == (0, {"it has expired"})
    with pytest.raises(NothingFoundError):
        desk.undo()
    assert desk.undo(receipt.journal)[0] == 2
    assert contents(firefox) == before


def test_a_cookie_set_again_is_not_overwritten_and_can_still_be_put_back(
    desk: Desk, firefox: Path
) -> None:
    receipt = desk.clean([firefox])
    add_rows(firefox, [firefox_row(name="x1", value="newer", creationTime=NOW)])
    assert desk.undo() == (1, ["the site has set it again since"])
    change(firefox, "DELETE FROM moz_cookies WHERE name = 'x1'")
    assert desk.undo(receipt.journal)[0] == 1


def test_an_undo_after_a_crash_before_the_deletion_puts_nothing_in_twice(
    desk: Desk, chromium: Path
) -> None:
    before, who = contents(chromium), profile(chromium)
    entry = desk.journal.begin("crash")
    with desk.store(who).edit() as edit:  # left without a commit, as by a power cut
        saved = edit.rows(cookie.key for cookie in desk.store(who).read().cookies)
        desk.journal.save(entry, Saved(NOW, 0, "", who, saved))
    assert desk.journal.entry(entry).unfinished
    assert desk.undo() == (0, ["it is there already"] * 3)
    assert contents(chromium) == before
    assert desk.journal.entry(entry).undone


def test_a_journal_that_cannot_be_written_stops_everything(
    desk: Desk, chromium: Path, firefox: Path
) -> None:
    (desk.folder / "journal").write_text("in the way")
    before = contents(chromium), contents(firefox)
    receipt = desk.clean([chromium, firefox])
    assert receipt.status is Status.REFUSED
    assert {each.error for each in receipt.refused} == {BackupError.__name__}
    assert (contents(chromium), contents(firefox)) == before


class _Interrupted:
    """A store whose person presses Ctrl-C right after the rows are saved."""

    def __init__(self, store: CookieStore) -> None:
        self._store = store

    @contextmanager
    def edit(self) -> Iterator[Edit]:
        with self._store.edit() as edit:
            yield _InterruptedEdit(edit)


class _InterruptedEdit:
    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self.committed = False

    def backup(self, target: Path) -> None:
        self._edit.backup(target)

    def rows(self, keys: Iterable[CookieKey]) -> SavedRows:
        return self._edit.rows(keys)

    def delete(self, saved: SavedRows) -> None:
        raise KeyboardInterrupt


def test_an_interruption_changes_nothing_and_leaves_no_secrets_behind(
    desk: Desk, chromium: Path
) -> None:
    before, who = contents(chromium), profile(chromium, name="A name with spaces")
    cookies = [c for c in desk.store(who).read().cookies if c.name.startswith("x")]
    part = Part(who, tuple(JudgedCookie(cookie, _VERDICT) for cookie in cookies))
    interrupted: Any = lambda someone: _Interrupted(desk.store(someone))  # noqa: E731
    with pytest.raises(KeyboardInterrupt):
        cleaning.execute(
            Plan("", (part,), ()), interrupted, desk.journal, backups(desk.folder), NOW
        )
    assert contents(chromium) == before
    assert desk.journal_files == []


class _Broken:
    """A store that fails in a way nobody foresaw."""

    def edit(self) -> object:
        raise MemoryError("secret")


def test_what_went_from_one_store_is_told_when_another_fails_unforeseen(
    desk: Desk, chromium: Path, firefox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = desk.store
    broken: Callable[[Profile], object] = lambda who: (  # noqa: E731
        _Broken() if who.store == firefox and broken_now else real(who)
    )
    broken_now = False
    monkeypatch.setattr(desk, "store", broken)
    plan_parts = []
    for path in (chromium, firefox):
        who = profile(path)
        cookies = [c for c in real(who).read().cookies if c.name.startswith("x")]
        plan_parts.append(Part(who, tuple(JudgedCookie(c, _VERDICT) for c in cookies)))
    broken_now = True
    receipt = cleaning.execute(
        Plan("", tuple(plan_parts), ()), desk.store, desk.journal, backups(desk.folder), NOW
    )
    assert (receipt.status, len(receipt.deleted)) == (Status.PARTIAL, 2)
    assert receipt.journal
    assert "secret" not in receipt.refused[0].message


def test_a_store_that_is_gone_does_not_stand_in_the_way_of_older_deletions(
    desk: Desk, chromium: Path, firefox: Path
) -> None:
    desk.clean([chromium])
    desk.clean([firefox], now=NOW + DAY)
    for left in firefox.parent.iterdir():
        left.unlink()
    assert desk.undo()[0] == 2
    assert len(contents(chromium)) == 3


def test_what_was_changed_but_not_proven_is_never_told_as_unchanged(
    desk: Desk, chromium: Path
) -> None:
    before, who = contents(chromium), profile(chromium)
    cookies = [c for c in desk.store(who).read().cookies if c.name.startswith("x")]
    part = Part(who, tuple(JudgedCookie(cookie, _VERDICT) for cookie in cookies))
    desk.snapshots.failing = True
    receipt = cleaning.execute(
        Plan("", (part,), ()), desk.store, desk.journal, backups(desk.folder), NOW
    )
    desk.snapshots.failing = False
    assert (receipt.status, receipt.deleted) == (Status.PARTIAL, ())
    assert receipt.refused[0].error == "UnprovenError"
    assert "secret" not in receipt.refused[0].message
    assert len(contents(chromium)) == 1
    assert receipt.journal is not None
    assert desk.undo(receipt.journal) == (2, [])
    assert contents(chromium) == before


def test_what_is_kept_in_one_window_is_kept_in_another(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    one, other = Overrides(path), Overrides(path)
    one.keep("sid", "shop.example")
    other.keep("basket", "shop.example")
    names = {each["name"] for each in json.loads(path.read_text())["overrides"]}
    assert names == {"sid", "basket"}
