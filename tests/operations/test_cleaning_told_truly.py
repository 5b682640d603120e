"""What a receipt says is what became of the stores, whatever becomes of the journal."""

from pathlib import Path

import pytest

from cookietui.errors import BackupError, BrowserRunningError
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Part, Plan
from cookietui.model.policy import Consent, Party, Purpose
from cookietui.model.verdict import Basis, JudgedCookie, KindName, Suggestion, Verdict
from cookietui.operations.cleaning import execute, undo
from cookietui.safety.events import Deleted, PutBack, Void
from cookietui.safety.journal import Journal
from cookietui.stores.opening import Stores
from cookietui.stores.snapshot import Snapshots
from tests.builders import NOW, backups, chromium_row, chromium_store, contents, profile


class FullDisk(Journal):
    """A journal whose disk is full once the rows are saved."""

    full = True

    def record(self, entry: str, event: Deleted | Void | PutBack) -> None:
        if self.full:
            raise BackupError("no space left")
        super().record(entry, event)


def judged(cookie: Cookie) -> JudgedCookie:
    verdict = Verdict(
        purpose=Purpose.UNKNOWN,
        kind=KindName.FIRST_PARTY,
        party=Party.FIRST,
        suggestion=Suggestion.ASK,
        consent=Consent.UNCLEAR,
        basis=Basis.NONE,
        declared=None,
        reasons=(),
    )
    return JudgedCookie(cookie, verdict)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return chromium_store(tmp_path / "Default", [chromium_row(name=name) for name in "ab"])


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    return Stores(Snapshots(tmp_path / "scratch"))


@pytest.fixture
def plan(store: Path, stores: Stores) -> Plan:
    whose = profile(store)
    cookies = stores.of(whose).read().cookies
    return Plan("shop.example", (Part(whose, tuple(map(judged, cookies))),), ())


def test_what_is_gone_is_told_as_gone_though_the_journal_takes_no_more(
    store: Path, stores: Stores, plan: Plan, tmp_path: Path
) -> None:
    receipt = execute(plan, stores.of, FullDisk(tmp_path / "journal"), backups(tmp_path), NOW)
    assert contents(store) == []
    assert len(receipt.deleted) == 2
    assert receipt.journal is not None


def test_what_is_back_is_told_as_back_though_the_journal_takes_no_more(
    store: Path, stores: Stores, plan: Plan, tmp_path: Path
) -> None:
    journal = FullDisk(tmp_path / "journal")
    journal.full = False
    execute(plan, stores.of, journal, backups(tmp_path), NOW)
    journal.full = True
    _, restoration = undo(None, journal, stores.of, NOW)
    assert len(contents(store)) == 2
    assert restoration.restored == 2


def test_why_nothing_was_deleted_is_told_though_the_journal_takes_no_more(
    store: Path, stores: Stores, plan: Plan, tmp_path: Path
) -> None:
    class Starting(FullDisk):
        """A journal in whose saving a browser starts."""

        def save(self, *arguments: object) -> None:
            super().save(*arguments)  # type: ignore[arg-type]
            (store.parent.parent / "SingletonLock").symlink_to("elsewhere-1")

    receipt = execute(plan, stores.of, Starting(tmp_path / "journal"), backups(tmp_path), NOW)
    assert len(contents(store)) == 2
    assert [failure.error for failure in receipt.refused] == [BrowserRunningError.__name__]
