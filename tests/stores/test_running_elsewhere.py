"""What tells on macOS and Windows whether a browser runs, as far as it can be had on Linux."""

import sys
from pathlib import Path

import pytest

from cookietui.model.profile import Activity, Profile, Usage
from cookietui.stores import running
from cookietui.stores.running import holder_of, usage_of
from tests.builders import child, chromium_store, ended_pid, firefox_store, profile
from tests.stores.locking import LOCK

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stands in for the other systems")

OPEN = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"


@pytest.fixture
def chromium(tmp_path: Path) -> Profile:
    return profile(chromium_store(tmp_path / "User Data" / "Default"))


@pytest.fixture
def macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_WINDOWS", True)


@pytest.mark.usefixtures("macos")
@pytest.mark.parametrize("end", ["", "-wal", "-journal"])
def test_on_macos_a_process_that_has_the_store_open_is_found(chromium: Profile, end: str) -> None:
    path = chromium.store.with_name(f"Cookies{end}")
    path.touch()
    with child(OPEN, path) as process:
        usage = holder_of(chromium.store)
        assert (usage.activity, usage.pid) == (Activity.RUNNING, process.pid)
    assert holder_of(chromium.store) == Usage(Activity.CLOSED)


@pytest.mark.usefixtures("macos")
def test_on_macos_locks_tell_as_they_do_on_linux(chromium: Profile, tmp_path: Path) -> None:
    (chromium.folder.parent / "SingletonLock").symlink_to(f"elsewhere-{ended_pid()}")
    assert usage_of(chromium).activity is Activity.UNKNOWN
    firefox = profile(firefox_store(tmp_path / "a.default"))
    lock = firefox.folder / ".parentlock"
    lock.touch()
    with child(LOCK, lock) as process:
        usage = usage_of(firefox)
        assert (usage.activity, usage.pid) == (Activity.RUNNING, process.pid)
    assert usage_of(firefox) == Usage(Activity.CLOSED)


@pytest.mark.usefixtures("windows")
def test_on_windows_chromiums_lock_file_is_there_while_it_runs(chromium: Profile) -> None:
    assert usage_of(chromium) == Usage(Activity.CLOSED)
    lock = chromium.folder.parent / "lockfile"
    lock.touch()
    usage = usage_of(chromium)
    assert (usage.activity, usage.pid) == (Activity.RUNNING, None)
    assert "lock file" in usage.reason
    lock.unlink()
    assert usage_of(chromium) == Usage(Activity.CLOSED)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("end", ["", "-wal", "-journal"])
def test_on_windows_a_store_that_somebody_keeps_for_itself_is_in_use(
    chromium: Profile, end: str
) -> None:
    path = chromium.store.with_name(f"Cookies{end}")
    path.touch()
    with child(LOCK, path):
        usage = holder_of(chromium.store)
    assert (usage.activity, usage.pid) == (Activity.RUNNING, None)
    assert path.name in usage.reason
    assert holder_of(chromium.store) == Usage(Activity.CLOSED)


@pytest.mark.usefixtures("windows")
def test_on_windows_a_store_that_cannot_be_opened_tells_nothing(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "missing") == Usage(Activity.CLOSED)
    (tmp_path / "Cookies").mkdir()
    assert holder_of(tmp_path / "Cookies").activity is Activity.UNKNOWN
