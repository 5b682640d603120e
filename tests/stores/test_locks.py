"""Locks on whole files, asked about and held, against other processes."""

import os
import stat
import sys
from pathlib import Path

import pytest

from cookietui.stores import locks
from tests.builders import child
from tests.stores.locking import LOCK, outcome

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other processes lock with fcntl")

LOCK_TO_READ = (
    "import fcntl; file = open(sys.argv[1], 'rb')\n"
    "fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB); print('locked', flush=True)"
)
LOCK_AS_OPEN_FILE = (
    "from cookietui.stores import locks; from pathlib import Path\n"
    "lock = locks.held(Path(sys.argv[1])); lock.__enter__(); print('locked', flush=True)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A lock file as a browser leaves it, long ago."""
    file = tmp_path / ".parentlock"
    file.write_bytes(b"as it was")
    os.utime(file, ns=(1, 1))
    return file


def take(path: Path) -> None:
    """Try to hold a lock that somebody else holds."""
    with locks.held(path):
        pytest.fail("two hold the same lock")


def hold_and_fail(path: Path) -> None:
    with locks.held(path):
        raise KeyboardInterrupt


def descriptors() -> int:
    """How many files this process has open."""
    return len(os.listdir("/dev/fd"))  # noqa: PTH208 - numbers, not paths


def test_a_file_that_nobody_locks_has_no_holder(path: Path) -> None:
    assert locks.holder(path) is None


@pytest.mark.parametrize("code", [LOCK, LOCK_TO_READ])
def test_the_holder_is_named_while_it_holds_the_lock(path: Path, code: str) -> None:
    with child(code, path) as process:
        assert locks.holder(path) == process.pid
    assert locks.holder(path) is None


def test_a_holder_without_a_number_is_a_holder_all_the_same(path: Path) -> None:
    with child(LOCK_AS_OPEN_FILE, path):
        assert locks.holder(path) == locks.UNNAMED
    assert locks.holder(path) is None


def test_our_own_lock_is_seen_too(path: Path) -> None:
    with locks.held(path):
        assert locks.holder(path) == locks.UNNAMED
    assert locks.holder(path) is None


def test_a_file_that_is_not_there_has_no_holder_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        locks.holder(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


def test_a_file_that_is_not_there_is_made_to_be_locked_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "missing"
    with locks.held(path):
        assert outcome(path) == "refused"
    assert path.read_bytes() == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("code", [LOCK, LOCK_TO_READ, LOCK_AS_OPEN_FILE])
def test_what_another_process_holds_cannot_be_held(path: Path, code: str) -> None:
    with child(code, path), pytest.raises(BlockingIOError):
        take(path)
    with locks.held(path):
        assert outcome(path) == "refused"


def test_another_process_cannot_lock_what_is_held_until_it_is_let_go(path: Path) -> None:
    with locks.held(path):
        assert outcome(path) == "refused"
    assert outcome(path) == "locked"


def test_it_is_let_go_after_an_exception_too(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        hold_and_fail(path)
    assert outcome(path) == "locked"


def test_two_parts_of_one_program_cannot_hold_it_at_once(path: Path) -> None:
    with locks.held(path):
        with pytest.raises(BlockingIOError):
            take(path)
        assert outcome(path) == "refused"
    with locks.held(path):
        assert outcome(path) == "refused"


def test_neither_asking_nor_holding_changes_the_file(path: Path) -> None:
    before = path.stat()
    locks.holder(path)
    with locks.held(path):
        locks.holder(path)
    after = path.stat()
    assert (after.st_ino, after.st_mode, after.st_mtime_ns) == (before.st_ino, before.st_mode, 1)
    assert path.read_bytes() == b"as it was"


def test_a_lock_outlives_the_closing_of_the_same_file_elsewhere(path: Path) -> None:
    with locks.held(path):
        path.read_bytes()
        with path.open("r+b"):
            pass
        locks.holder(path)
        with pytest.raises(BlockingIOError):
            take(path)
        assert outcome(path) == "refused"


def test_a_lock_held_elsewhere_in_the_process_outlives_our_attempt(path: Path) -> None:
    with locks.held(path):
        for _ in range(3):
            with pytest.raises(BlockingIOError):
                take(path)
        assert outcome(path) == "refused"


def test_no_file_stays_open_however_it_ends(path: Path) -> None:
    before = descriptors()
    with locks.held(path):
        locks.holder(path)
        with pytest.raises(BlockingIOError):
            take(path)
    with pytest.raises(KeyboardInterrupt):
        hold_and_fail(path)
    assert descriptors() == before


def test_a_folder_in_its_place_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        locks.holder(tmp_path)
    with pytest.raises(IsADirectoryError):
        take(tmp_path)


def test_a_lock_in_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        take(tmp_path / "missing" / ".parentlock")
