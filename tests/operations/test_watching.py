"""Whether a store has changed is told from its files alone."""

import os
from pathlib import Path

import pytest

from cookietui.model.profile import Profile
from cookietui.operations.watching import Signature, signature
from tests.builders import (
    add_rows,
    child,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
)
from tests.builders import profile as profile_of

ADD = """
import sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("UPDATE moz_cookies SET value = 'other'")
print("written", flush=True)
"""


@pytest.fixture
def firefox(tmp_path: Path) -> Profile:
    return profile_of(firefox_store(tmp_path / "firefox", [firefox_row()]))


@pytest.fixture
def chromium(tmp_path: Path) -> Profile:
    return profile_of(chromium_store(tmp_path / "chromium", [chromium_row()]))


def files(looked: Signature) -> list[str]:
    return [Path(name).name for name, _, _ in looked]


def test_a_store_that_nobody_writes_looks_the_same(firefox: Profile, chromium: Profile) -> None:
    before = signature([firefox, chromium])
    assert files(before) == ["cookies.sqlite", "Cookies"]
    firefox.store.read_bytes()
    assert signature([firefox, chromium]) == before


def test_a_row_more_is_a_change(firefox: Profile, chromium: Profile) -> None:
    before = signature([firefox, chromium])
    add_rows(chromium.store, [chromium_row(name="more")])
    after = signature([firefox, chromium])
    assert after != before
    assert after[0] == before[0]


def test_a_row_in_the_log_of_a_running_browser_is_a_change(firefox: Profile) -> None:
    before = signature([firefox])
    with child(ADD, firefox.store):
        after = signature([firefox])
        assert "cookies.sqlite-wal" in files(after)
        assert after != before


def test_a_change_of_the_same_size_is_told_by_its_time(chromium: Profile) -> None:
    before = signature([chromium])
    status = chromium.store.stat()
    os.utime(chromium.store, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert signature([chromium]) != before


@pytest.mark.parametrize("name", ["sessionstore.jsonlz4", "sessionstore-backups/recovery.jsonlz4"])
def test_a_file_of_session_cookies_is_watched_too(firefox: Profile, name: str) -> None:
    before = signature([firefox])
    file = firefox.folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"one")
    assert files(signature([firefox])) == ["cookies.sqlite", file.name]
    assert signature([firefox]) != before


def test_a_store_that_has_gone_is_a_change_and_no_error(firefox: Profile) -> None:
    firefox.store.unlink()
    assert signature([firefox]) == ()
