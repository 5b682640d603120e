"""What keeps a store from being changed at all."""

import os
import sqlite3
import stat
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from cookietui.errors import BrowserRunningError, StoreError, UnprovenError
from tests.builders import (
    change,
    child,
    chromium_row,
    chromium_store,
    contents,
    ended_pid,
    sealed,
)
from tests.stores.changes import begin, delete, delete_but_for, delete_in, opened


def test_a_linked_store_is_refused(store: Path, tmp_path: Path) -> None:
    link = tmp_path / "linked" / store.name
    link.parent.mkdir()
    link.symlink_to(store)
    before = contents(store)
    with pytest.raises(StoreError, match="symbolic link"):
        begin(opened(link, tmp_path))
    assert contents(store) == before


def test_a_store_that_is_gone_is_an_error_and_none_is_made(store: Path, tmp_path: Path) -> None:
    store.unlink()
    with pytest.raises(StoreError, match="is not there"):
        begin(opened(store, tmp_path))
    assert not store.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_store_without_the_right_to_write_is_refused(
    store: Path, tmp_path: Path, what: str
) -> None:
    before = contents(store)
    path = store if what == "file" else store.parent
    rights = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="may not be written"):
            begin(opened(store, tmp_path))
    finally:
        path.chmod(rights)
    assert contents(store) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_store_of_another_person_is_refused(store: Path, tmp_path: Path) -> None:
    os.chown(store, 65534, 65534)
    with pytest.raises(StoreError, match="another person"):
        begin(opened(store, tmp_path))


def test_a_damaged_store_is_not_changed(chromium: Path, tmp_path: Path) -> None:
    change(chromium, "CREATE INDEX more ON cookies(value)")
    whose = opened(chromium, tmp_path)
    cookies = whose.read().cookies
    with chromium.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(b"\x0a" + b"\x00" * 4095)
    before = chromium.read_bytes()
    with pytest.raises(StoreError, match=r"damaged|could not be changed"):
        delete(whose, cookies[0])
    assert chromium.read_bytes() == before


@pytest.mark.parametrize("mode", ["delete", "wal", "truncate"])
def test_the_journal_mode_the_rights_and_the_file_itself_stay(
    store: Path, tmp_path: Path, mode: str
) -> None:
    change(store, f"PRAGMA journal_mode={mode}")
    store.chmod(0o640)
    header, before = store.read_bytes()[18:20], store.stat()
    whose = opened(store, tmp_path)
    delete(whose, whose.read().cookies[0])
    assert store.read_bytes()[18:20] == header
    after = store.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_the_meta_table_is_never_touched(chromium: Path, tmp_path: Path) -> None:
    before = contents(chromium, "meta")
    whose = opened(chromium, tmp_path)
    delete(whose, *whose.read().cookies)
    assert contents(chromium, "meta") == before


def test_a_running_chromium_is_refused(chromium: Path, tmp_path: Path) -> None:
    (chromium.parent.parent / "SingletonLock").symlink_to(f"elsewhere-{ended_pid()}")
    with pytest.raises(BrowserRunningError):
        begin(opened(chromium, tmp_path))


def test_a_running_firefox_is_refused(firefox: Path, tmp_path: Path) -> None:
    lock = firefox.parent / ".parentlock"
    lock.touch()
    holding = (
        "import fcntl; file = open(sys.argv[1], 'r+b')\n"
        "fcntl.lockf(file, fcntl.LOCK_EX); print('locked', flush=True)"
    )
    with child(holding, lock) as process, pytest.raises(BrowserRunningError) as caught:
        begin(opened(firefox, tmp_path))
    assert str(process.pid) in caught.value.message


def test_a_store_that_any_process_has_open_is_refused(store: Path, tmp_path: Path) -> None:
    opening = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
    with child(opening, store), pytest.raises(BrowserRunningError):
        begin(opened(store, tmp_path))


def test_a_chromium_that_starts_in_the_middle_stops_the_deletion(
    chromium: Path, tmp_path: Path
) -> None:
    whose = opened(chromium, tmp_path)
    before, cookies = contents(chromium), whose.read().cookies
    lock = chromium.parent.parent / "SingletonLock"
    with pytest.raises(BrowserRunningError):
        delete_but_for(whose, lambda: lock.symlink_to(f"elsewhere-{ended_pid()}"), *cookies)
    assert contents(chromium) == before


def test_a_commit_that_the_file_does_not_take_changes_nothing(
    chromium: Path, tmp_path: Path
) -> None:
    whose = opened(chromium, tmp_path)
    before, cookies = contents(chromium), whose.read().cookies
    with closing(sqlite3.connect(chromium, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM cookies").fetchone()
        with (
            pytest.raises(StoreError, match="could not be changed") as caught,
            whose.edit() as edit,
        ):
            delete_in(edit, *cookies)
    assert not edit.committed
    assert not isinstance(caught.value, UnprovenError)
    assert contents(chromium) == before


def test_a_path_with_any_characters_can_be_changed(tmp_path: Path) -> None:
    folder = tmp_path / "odd?mode=ro&%41#\udce9" / "Default"
    store = chromium_store(folder, [chromium_row()])
    whose = opened(store, tmp_path)
    delete(whose, *whose.read().cookies)
    assert contents(store) == []


def test_a_host_that_is_no_text_hinders_no_deletion(tmp_path: Path) -> None:
    odd = chromium_row(host_key=b"shop.example", encrypted_value=sealed("shop.example", "x"))
    store = chromium_store(tmp_path / "Default", [odd, chromium_row(name="wanted")])
    whose = opened(store, tmp_path)
    (wanted,) = (cookie for cookie in whose.read().cookies if cookie.name == "wanted")
    delete(whose, wanted)
    assert [cookie.host for cookie in whose.read().cookies] == ["shop.example"]


def test_a_computed_column_is_refused_as_an_unknown_layout_or_handled(
    store: Path, tmp_path: Path
) -> None:
    table = "cookies" if store.name == "Cookies" else "moz_cookies"
    change(store, f"ALTER TABLE {table} ADD COLUMN computed TEXT AS (name || 'x')")
    before = contents(store)
    try:
        whose = opened(store, tmp_path)
        delete(whose, *whose.read().cookies)
    except StoreError:
        assert contents(store) == before
    else:
        assert contents(store) == []


def test_a_program_that_only_reads_the_store_for_a_moment_leaves_a_deletion_proven(
    chromium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose = opened(chromium, tmp_path)
    opening = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
    looks = []
    with ExitStack() as reading:

        def meanwhile(_folder: Path) -> None:
            looks.append(reading.enter_context(child(opening, chromium)))

        def done(_seconds: float) -> None:
            reading.close()

        monkeypatch.setattr("cookietui.stores.editing.sync_folder", meanwhile)
        monkeypatch.setattr("cookietui.stores.editing.time.sleep", done)
        delete(whose, whose.read().cookies[0])
    assert len(looks) == 1


def test_what_is_not_proven_because_a_browser_started_does_not_say_that_nothing_changed(
    chromium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose = opened(chromium, tmp_path)
    lock = chromium.parent.parent / "SingletonLock"

    def meanwhile(_folder: Path) -> None:
        lock.symlink_to(f"elsewhere-{ended_pid()}")

    monkeypatch.setattr("cookietui.stores.editing.sync_folder", meanwhile)
    with pytest.raises(UnprovenError) as caught:
        delete(whose, whose.read().cookies[0])
    assert "nothing was changed" not in caught.value.message
