"""Whether a browser is using a profile, told by real sockets, locks and open files."""

import os
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from cookietui.errors import BrowserRunningError
from cookietui.model.profile import Activity, Profile, Usage
from cookietui.stores.running import holder_of, kept_closed, running_error, usage_of
from tests.builders import child, chromium_store, ended_pid, firefox_store, profile
from tests.stores.locking import LOCK, outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux offers")


@pytest.fixture
def chromium(tmp_path: Path) -> Profile:
    return profile(chromium_store(tmp_path / "chromium" / "Default"))


@pytest.fixture
def firefox(tmp_path: Path) -> Profile:
    whose = profile(firefox_store(tmp_path / "firefox" / "a.default"))
    (whose.folder / ".parentlock").touch()
    return whose


@contextmanager
def listening(chromium: Profile) -> Iterator[None]:
    """Answer at the socket as Chromium does; its folder has a short name, as Chromium's has."""
    with (
        tempfile.TemporaryDirectory(prefix="ct", dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server,
    ):
        server.bind(f"{folder}/SingletonSocket")
        server.listen()
        link = chromium.folder.parent / "SingletonSocket"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{folder}/SingletonSocket")
        yield


def lock(chromium: Profile, target: str) -> None:
    (chromium.folder.parent / "SingletonLock").symlink_to(target)


def test_a_profile_without_locks_is_closed(chromium: Profile, firefox: Profile) -> None:
    assert usage_of(chromium) == Usage(Activity.CLOSED)
    (firefox.folder / ".parentlock").unlink()
    assert usage_of(firefox) == Usage(Activity.CLOSED)


def test_a_chromium_that_answers_at_its_socket_is_running(chromium: Profile) -> None:
    lock(chromium, f"{socket.gethostname()}-{os.getpid()}")
    with listening(chromium):
        usage = usage_of(chromium)
    assert (usage.activity, usage.pid) == (Activity.RUNNING, os.getpid())


def test_a_chromium_that_answers_is_running_whatever_its_lock_names(chromium: Profile) -> None:
    lock(chromium, f"inside-a-sandbox-{ended_pid()}")
    with listening(chromium):
        assert usage_of(chromium).activity is Activity.RUNNING


def test_a_socket_that_nobody_listens_at_any_more_does_not_count(chromium: Profile) -> None:
    lock(chromium, f"{socket.gethostname()}-{ended_pid()}")
    with listening(chromium):
        pass
    assert usage_of(chromium) == Usage(Activity.CLOSED)


def test_the_lock_counts_where_the_profile_is_the_user_data_folder_itself(tmp_path: Path) -> None:
    old_opera = profile(chromium_store(tmp_path / "opera"))
    (old_opera.folder / "SingletonLock").symlink_to(f"elsewhere-{os.getpid()}")
    assert usage_of(old_opera).activity is Activity.UNKNOWN


def test_a_lock_of_another_computer_tells_nothing(chromium: Profile) -> None:
    lock(chromium, f"another-computer-{ended_pid()}")
    usage = usage_of(chromium)
    assert usage.activity is Activity.UNKNOWN
    assert "another-computer" in usage.reason


@pytest.mark.parametrize("target", ["-", "{host}-", "{host}-x"])
def test_a_lock_that_names_no_process_tells_nothing(chromium: Profile, target: str) -> None:
    lock(chromium, target.format(host=socket.gethostname()))
    assert usage_of(chromium).activity is Activity.UNKNOWN


def test_a_lock_that_is_no_link_tells_nothing(chromium: Profile) -> None:
    (chromium.folder.parent / "SingletonLock").write_text("?")
    assert usage_of(chromium).activity is Activity.UNKNOWN


def test_a_number_that_another_program_has_now_is_a_stale_lock(chromium: Profile) -> None:
    assert "chrom" not in psutil.Process().name()
    lock(chromium, f"{socket.gethostname()}-{os.getpid()}")
    assert usage_of(chromium) == Usage(Activity.CLOSED)


def test_a_number_out_of_range_is_a_stale_lock(chromium: Profile) -> None:
    lock(chromium, f"{socket.gethostname()}-{10**30}")
    assert usage_of(chromium) == Usage(Activity.CLOSED)


def test_a_silent_chromium_that_is_alive_is_not_called_closed(chromium: Profile) -> None:
    naming = "open('/proc/self/comm', 'w').write('chromium'); print('named', flush=True)"
    with child(naming) as process:
        lock(chromium, f"{socket.gethostname()}-{process.pid}")
        usage = usage_of(chromium)
    assert (usage.activity, usage.pid) == (Activity.UNKNOWN, process.pid)


def test_a_firefox_that_holds_its_lock_is_running_with_its_number(firefox: Profile) -> None:
    with child(LOCK, firefox.folder / ".parentlock") as process:
        usage = usage_of(firefox)
        assert (usage.activity, usage.pid) == (Activity.RUNNING, process.pid)
        with pytest.raises(BrowserRunningError), kept_closed(firefox):
            pass
    assert usage_of(firefox) == Usage(Activity.CLOSED)


def test_a_lock_file_that_nobody_holds_is_stale(firefox: Profile) -> None:
    (firefox.folder / "lock").symlink_to("127.0.1.1:+4242")
    assert usage_of(firefox) == Usage(Activity.CLOSED)


def test_looking_does_not_change_the_lock_file(firefox: Profile) -> None:
    path = firefox.folder / ".parentlock"
    os.utime(path, ns=(1, 1))
    usage_of(firefox)
    with kept_closed(firefox):
        pass
    assert path.stat().st_mtime_ns == 1


def test_a_lock_that_cannot_be_opened_tells_nothing(firefox: Profile) -> None:
    (firefox.folder / ".parentlock").unlink()
    (firefox.folder / ".parentlock").mkdir()
    assert usage_of(firefox).activity is Activity.UNKNOWN


def test_a_firefox_kept_closed_cannot_take_its_lock_until_it_is_let_go(firefox: Profile) -> None:
    path = firefox.folder / ".parentlock"
    with kept_closed(firefox):
        assert outcome(path) == "refused"
        # An ordinary lock would go with the first close of the same file in this process.
        path.read_bytes()
        assert usage_of(firefox).activity is Activity.RUNNING
        assert outcome(path) == "refused"
    assert outcome(path) == "locked"


def test_a_firefox_is_let_go_after_an_exception_too(firefox: Profile) -> None:
    with pytest.raises(KeyboardInterrupt), kept_closed(firefox):
        raise KeyboardInterrupt
    assert outcome(firefox.folder / ".parentlock") == "locked"


def test_keeping_a_chromium_closed_makes_no_lock_of_our_own(chromium: Profile) -> None:
    before = set(chromium.folder.parent.rglob("*"))
    with kept_closed(chromium):
        assert set(chromium.folder.parent.rglob("*")) == before


@pytest.mark.parametrize("end", ["", "-wal", "-journal"])
def test_a_process_that_has_the_store_open_is_found(chromium: Profile, end: str) -> None:
    path = chromium.store.with_name(f"Cookies{end}")
    path.touch()
    opening = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
    with child(opening, path) as process:
        usage = holder_of(chromium.store)
        assert (usage.activity, usage.pid) == (Activity.RUNNING, process.pid)
    assert holder_of(chromium.store) == Usage(Activity.CLOSED)


def test_a_process_that_opened_the_store_by_another_name_is_found(
    chromium: Profile, tmp_path: Path
) -> None:
    (tmp_path / "link").hardlink_to(chromium.store)
    opening = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
    with child(opening, tmp_path / "link") as process:
        assert holder_of(chromium.store).pid == process.pid


def test_this_process_is_not_its_own_holder(chromium: Profile) -> None:
    with closing(sqlite3.connect(chromium.store)) as connection:
        connection.execute("SELECT * FROM cookies")
        assert holder_of(chromium.store) == Usage(Activity.CLOSED)


def test_a_store_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "missing") == Usage(Activity.CLOSED)


def test_on_other_systems_nothing_is_claimed(
    chromium: Profile, firefox: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "sunos5")
    for whose in (chromium, firefox):
        usage = usage_of(whose)
        assert usage.activity is Activity.UNKNOWN
        assert "sunos5" in usage.reason


def test_an_answering_chromium_without_a_number_is_not_called_process_none(
    chromium: Profile,
) -> None:
    lock(chromium, "-")
    with listening(chromium):
        usage = usage_of(chromium)
    assert (usage.activity, usage.pid) == (Activity.RUNNING, None)
    assert "None" not in usage.reason


def test_the_error_names_browser_profile_and_how_it_is_known_and_what_to_do(
    chromium: Profile, firefox: Profile
) -> None:
    error = running_error(chromium, Usage(Activity.UNKNOWN, reason="no lock"))
    for part in ("Default", "Chromium", "no lock", "cannot be told", "nothing was changed"):
        assert part in error.message
    assert error.hint == "close Chromium and try again"
    with child(LOCK, firefox.folder / ".parentlock") as process:
        error = running_error(firefox, usage_of(firefox))
    assert f"process {process.pid}" in error.message
    assert "nothing was changed" in error.message
