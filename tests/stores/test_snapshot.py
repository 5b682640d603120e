"""A copy is whole or not at all, private, gone afterwards, and the original never notices."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cookietui.errors import BusyError, StoreError
from cookietui.stores.snapshot import Snapshots
from tests.builders import (
    aged,
    change,
    child,
    chromium_row,
    chromium_store,
    ended_pid,
    firefox_row,
    firefox_store,
    insert_rows,
    read,
)

Traces = dict[str, tuple[bytes, int, int, int]]


def traces(folder: Path) -> Traces:
    """Everything that reading could change about the files of a folder."""
    found = {}
    for path in folder.iterdir():
        status = path.stat()
        found[path.name] = (path.read_bytes(), status.st_mtime_ns, status.st_ino, status.st_mode)
    return found


def names(store: Path, tmp_path: Path) -> set[str]:
    return {cookie.name for cookie in read(store, tmp_path)}


def crash_image(store: Path, folder: Path) -> Path:
    """What is on disk when a browser dies in the middle of a large transaction."""
    folder.mkdir()
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        insert_rows(connection, [chromium_row(name=f"{n}" * 300) for n in range(1000, 1200)])
        for path in store.parent.glob("Cookies*"):
            shutil.copyfile(path, folder / path.name)
        connection.execute("ROLLBACK")
    return folder / store.name


def copying_and_then(monkeypatch: pytest.MonkeyPatch, then: Callable[[Path], None]) -> list[Path]:
    """Let something happen to each file right after it was copied; gives the files copied."""
    copied: list[Path] = []
    copyfile = shutil.copyfile

    def copy(source: Path, target: Path) -> None:
        copyfile(source, target)
        copied.append(source)
        then(source)

    monkeypatch.setattr("cookietui.stores.snapshot.shutil.copyfile", copy)
    return copied


@pytest.mark.parametrize("firefox", [False, True])
def test_reading_leaves_no_trace_on_the_original(tmp_path: Path, firefox: bool) -> None:
    folder = tmp_path / "profile"
    if firefox:
        store = firefox_store(folder, [firefox_row()])
    else:
        store = chromium_store(folder, [chromium_row()])
    before = traces(folder)
    assert len(read(store, tmp_path)) == 1
    assert traces(folder) == before


def test_reading_takes_no_lock_that_a_browser_could_meet(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "profile", [chromium_row()])
    snapshots = Snapshots(tmp_path / "scratch")
    with snapshots.copy_of(store), closing(sqlite3.connect(store, timeout=0)) as browser:
        browser.execute("BEGIN EXCLUSIVE")
        browser.execute("DELETE FROM cookies")
        browser.commit()
    assert names(store, tmp_path) == set()


def test_a_store_that_its_browser_holds_exclusively_is_read_with_its_log(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "profile", [firefox_row(name="old")])
    holding = (
        "import sqlite3; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA locking_mode=EXCLUSIVE'); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"INSERT INTO moz_cookies (name, host, path) VALUES ('new', 'a.test', '/')\")\n"
        "c.execute('COMMIT'); print('held', flush=True)"
    )
    with child(holding, store):
        with (
            closing(sqlite3.connect(store, timeout=0)) as outside,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            outside.execute("SELECT * FROM moz_cookies")
        before = traces(store.parent)
        assert before["cookies.sqlite-wal"][0]
        assert names(store, tmp_path) == {"old", "new"}
        assert traces(store.parent) == before


def test_what_is_only_in_the_write_ahead_log_is_seen(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "live", [firefox_row(name="old")])
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(store, isolation_level=None)) as browser:
        browser.execute("PRAGMA wal_autocheckpoint=0")
        insert_rows(browser, [firefox_row(name="new")])
        for end in ("", "-wal"):
            shutil.copyfile(f"{store}{end}", killed / f"cookies.sqlite{end}")
    before = traces(killed)
    assert names(killed / "cookies.sqlite", tmp_path) == {"old", "new"}
    assert traces(killed) == before


def test_a_hot_journal_is_rolled_back_in_the_copy_and_stays_beside_the_original(
    tmp_path: Path,
) -> None:
    store = chromium_store(tmp_path / "live", [chromium_row(name="old")])
    crashed = crash_image(store, tmp_path / "crashed")
    before = traces(crashed.parent)
    assert before["Cookies-journal"][0]
    assert before["Cookies"][0] != store.read_bytes()
    assert names(crashed, tmp_path) == {"old"}
    assert traces(crashed.parent) == before


def test_an_empty_journal_as_chromium_leaves_it_is_no_hindrance(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "profile", [chromium_row()])
    (tmp_path / "profile" / "Cookies-journal").write_bytes(b"")
    assert names(store, tmp_path) == {"id"}


def test_the_copy_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "profile")
    scratch = tmp_path / "scratch"
    with Snapshots(scratch).copy_of(store):
        (folder,) = scratch.iterdir()
        assert {stat.S_IMODE(path.stat().st_mode) for path in (scratch, folder)} == {0o700}
        assert (folder / "store").is_file()
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, sqlite3.OperationalError])
def test_the_copy_is_gone_after_an_exception_too(
    tmp_path: Path, error: type[BaseException]
) -> None:
    store = chromium_store(tmp_path / "profile")
    scratch = tmp_path / "scratch"
    expected = StoreError if error is sqlite3.OperationalError else error
    with pytest.raises(expected), Snapshots(scratch).copy_of(store):
        raise error
    assert list(scratch.iterdir()) == []


def test_what_a_dead_program_left_is_swept_and_what_a_live_one_uses_is_not(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "profile")
    scratch = tmp_path / "scratch"
    dead, own, other = (
        scratch / f"{pid}-x" for pid in (ended_pid(), os.getpid(), os.getppid() or 1)
    )
    for folder in (dead, own, other):
        folder.mkdir(parents=True)
        (folder / "store").write_bytes(b"secret")
    with Snapshots(scratch).copy_of(store):
        pass
    assert set(scratch.iterdir()) == {own, other}


@pytest.mark.parametrize("name", ["x", "0-x", f"{10**30}-x", "²-x"])
def test_a_stray_folder_among_the_copies_is_no_hindrance(tmp_path: Path, name: str) -> None:
    (tmp_path / "scratch" / name).mkdir(parents=True)
    assert names(chromium_store(tmp_path / "profile", [chromium_row()]), tmp_path) == {"id"}


def test_a_file_that_keeps_changing_is_busy_and_not_copied_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = aged(chromium_store(tmp_path / "profile", [chromium_row()]))
    moments = iter(range(1, 100))
    copied = copying_and_then(monkeypatch, lambda path: os.utime(path, ns=(0, next(moments))))
    waited: list[float] = []
    snapshots = Snapshots(tmp_path / "scratch", pause=waited.append)
    with pytest.raises(BusyError, match="kept changing"), snapshots.copy_of(store):
        pass
    assert len(copied) == len(waited) + 1 > 10
    assert sum(waited) <= 2.0
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_file_that_changed_just_now_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cookietui.stores.snapshot._SETTLED_NANOSECONDS", 3600 * 10**9)
    store = chromium_store(tmp_path / "profile", [chromium_row()])
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            aged(store)

    with Snapshots(tmp_path / "scratch", pause).copy_of(store) as copy:
        assert copy.execute("SELECT count(*) FROM cookies").fetchone() == (1,)
    assert len(waited) == 3


def test_a_file_from_the_future_is_not_waited_for(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "profile", [chromium_row()])
    os.utime(store, ns=(2**62, 2**62))
    waited: list[float] = []
    with Snapshots(tmp_path / "scratch", waited.append).copy_of(store) as copy:
        assert copy.execute("SELECT count(*) FROM cookies").fetchone() == (1,)
    assert waited == []


def test_a_change_while_it_is_copied_is_noticed_and_the_newer_state_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = aged(chromium_store(tmp_path / "profile", [chromium_row(name="old")]))
    shutil.copyfile(store, tmp_path / "newer")
    change(tmp_path / "newer", "UPDATE cookies SET name = 'new'")
    newer = (tmp_path / "newer").read_bytes()
    assert len(newer) == store.stat().st_size

    def commit(path: Path) -> None:
        if path.read_bytes() != newer:
            path.write_bytes(newer)  # the same size, and a time that a coarse clock may repeat
            aged(path)

    copying_and_then(monkeypatch, commit)
    with Snapshots(tmp_path / "scratch", pause=lambda _: None).copy_of(store) as copy:
        assert copy.execute("SELECT name FROM cookies").fetchone() == ("new",)


def test_a_log_that_comes_up_while_it_is_copied_is_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = firefox_store(tmp_path / "live", [firefox_row(name="old")])
    store = tmp_path / "profile" / "cookies.sqlite"
    store.parent.mkdir()
    with closing(sqlite3.connect(live, isolation_level=None)) as browser:
        insert_rows(browser, [firefox_row(name="new")])
        log = Path(f"{live}-wal").read_bytes()
        shutil.copyfile(live, store)
    aged(store)

    def write_log(path: Path) -> None:
        if path == store:
            store.with_name("cookies.sqlite-wal").write_bytes(log)
            aged(store.with_name("cookies.sqlite-wal"))

    copied = copying_and_then(monkeypatch, write_log)
    with Snapshots(tmp_path / "scratch", pause=lambda _: None).copy_of(store) as copy:
        found = {name for (name,) in copy.execute("SELECT name FROM moz_cookies")}
    assert found == {"old", "new"}
    assert len(copied) > 1
