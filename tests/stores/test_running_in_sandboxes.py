"""Profiles of browsers in sandboxes: in flatpaks, locks name numbers of another world."""

import os
import socket
import sys
from pathlib import Path

import pytest

from cookietui.errors import BrowserRunningError
from cookietui.model.profile import Activity, Profile, Usage
from cookietui.stores.running import usage_of
from tests.builders import child, chromium_row, chromium_store, ended_pid, firefox_store, profile
from tests.stores.changes import begin, opened
from tests.stores.locking import LOCK

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux offers")

OPEN = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
SILENT = "open('/proc/self/comm', 'w').write('chromium'); print('named', flush=True)"
FLATPAK = ".var/app/org.chromium.Chromium/config/chromium"
SNAP = "snap/chromium/common/chromium"


@pytest.fixture
def chromium(tmp_path: Path) -> Profile:
    return profile(chromium_store(tmp_path / FLATPAK / "Default", [chromium_row()]))


@pytest.fixture
def firefox(tmp_path: Path) -> Profile:
    whose = profile(firefox_store(tmp_path / "snap/firefox/common/.mozilla/firefox/a.default"))
    (whose.folder / ".parentlock").touch()
    return whose


def lock(chromium: Profile, pid: int) -> None:
    (chromium.folder.parent / "SingletonLock").symlink_to(f"{socket.gethostname()}-{pid}")


def test_without_locks_it_is_closed(chromium: Profile, firefox: Profile) -> None:
    assert usage_of(chromium) == Usage(Activity.CLOSED)
    assert usage_of(firefox) == Usage(Activity.CLOSED)


def test_a_lock_that_names_a_living_browsers_number_is_not_believed(chromium: Profile) -> None:
    with child(SILENT) as process:
        lock(chromium, process.pid)
        usage = usage_of(chromium)
    assert usage.activity is Activity.UNKNOWN
    assert usage.pid is None
    assert "sandbox" in usage.reason


@pytest.mark.parametrize("whose", ["nobody's", "another program's"])
def test_a_lock_whose_number_means_nothing_out_here_does_not_prove_it_closed(
    chromium: Profile, whose: str
) -> None:
    lock(chromium, ended_pid() if whose == "nobody's" else os.getpid())
    assert usage_of(chromium).activity is Activity.UNKNOWN


def test_a_snap_has_the_numbers_of_the_machine(tmp_path: Path) -> None:
    snapped = profile(chromium_store(tmp_path / SNAP / "Default"))
    lock(snapped, ended_pid())
    assert usage_of(snapped) == Usage(Activity.CLOSED)


def test_who_has_the_store_open_is_named_whatever_the_lock_names(chromium: Profile) -> None:
    with child(SILENT) as named, child(OPEN, chromium.store) as holding:
        lock(chromium, named.pid)
        usage = usage_of(chromium)
    assert (usage.activity, usage.pid) == (Activity.RUNNING, holding.pid)


def test_nothing_is_changed_while_it_cannot_be_told(chromium: Profile, tmp_path: Path) -> None:
    before = chromium.store.read_bytes()
    with child(SILENT) as process:
        lock(chromium, process.pid)
        with pytest.raises(BrowserRunningError, match="nothing was changed"):
            begin(opened(chromium.store, tmp_path))
    assert chromium.store.read_bytes() == before


def test_a_firefox_that_holds_its_lock_in_a_snap_is_running(
    firefox: Profile, tmp_path: Path
) -> None:
    # The system itself names who holds a lock, in numbers of out here.
    with child(LOCK, firefox.folder / ".parentlock") as process:
        usage = usage_of(firefox)
        assert (usage.activity, usage.pid) == (Activity.RUNNING, process.pid)
        with pytest.raises(BrowserRunningError):
            begin(opened(firefox.store, tmp_path))
    assert usage_of(firefox) == Usage(Activity.CLOSED)
