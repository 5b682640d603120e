"""What must hold once the program was killed in the middle of something."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli import schemas
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, furnished, values

SITE = "opendatasoft.com"
ROOT = Path(__file__).parents[2]
_STATE = Path(".local/state/cookietui")
_SECRET_KEEPERS = (_STATE / "journal", _STATE / "backups")
_SIDE_FILES = ("", "-wal", "-journal")
_SEALS = (b"v10", b"v11")

Rows = dict[str, list[tuple[object, ...]]]


def rows(home: Path) -> Rows:
    """What the stores hold, byte for byte, read elsewhere: not even a log is replayed in place."""
    return {profile: _rows(home, profile) for profile in (CHROMIUM, FIREFOX)}


def _rows(home: Path, profile: str) -> list[tuple[object, ...]]:
    store, table = STORES[profile]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / store.name
        for end in _SIDE_FILES:
            beside = home / store.with_name(store.name + end)
            if beside.exists():
                shutil.copy(beside, copy.with_name(copy.name + end))
        with closing(sqlite3.connect(copy)) as connection:
            connection.text_factory = bytes
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] in ("ok", b"ok")
            found = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - constant
    return sorted(found, key=repr)


def program(home: Path, *words: str, module: str = "cookietui") -> "subprocess.Popen[str]":
    """Start the program in a home, which has its own folder for temporary files too."""
    temporary = home / "tmp"
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={"HOME": str(home), "PATH": "", "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def secrets_of(home: Path) -> frozenset[bytes]:
    """What no other file may hold: the values in Firefox's store, and Chromium's, still sealed."""
    plain = {value.encode("utf-8", "surrogateescape") for value in values(home)}
    cells = (cell for row in rows(home)[CHROMIUM] for cell in row)
    sealed = {cell for cell in cells if isinstance(cell, bytes) and cell.startswith(_SEALS)}
    assert plain
    assert sealed
    return frozenset(plain | sealed)


def leaks(home: Path, secrets: frozenset[bytes]) -> set[str]:
    """Files with a cookie's value in them, where none may be."""
    found = set()
    for folder, _, names in os.walk(home):
        for path in (Path(folder) / name for name in names):
            relative = path.relative_to(home)
            if not _may_hold_secrets(relative) and path.is_file():
                content = path.read_bytes()
                if any(secret in content for secret in secrets):
                    found.add(str(relative))
    return found


def _may_hold_secrets(relative: Path) -> bool:
    stores = {f"{store}{end}" for store, _ in STORES.values() for end in _SIDE_FILES}
    return str(relative) in stores or any(relative.is_relative_to(each) for each in _SECRET_KEEPERS)


class Ground(NamedTuple):
    """A person's home to be killed in again and again, and what it should hold.

    Attributes:
        home: Where it is; always the same path, for the journal names it.
        untouched: A copy of it before the deletion.
        cleaned: A copy of it after the deletion.
        before: The rows before the deletion.
        finished: The rows after it.
        secrets: What may be in the stores and with what takes a deletion back only.
    """

    home: Path
    untouched: Path
    cleaned: Path
    before: Rows
    finished: Rows
    secrets: frozenset[bytes]

    def renewed(self, *, cleaned: bool = False) -> Path:
        """The home as it was before or after the deletion."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.cleaned if cleaned else self.untouched, self.home)
        return self.home


def prepared(folder: Path) -> Ground:
    """Make a home, and find out what a deletion that nobody kills makes of it."""
    home = furnished(folder / "home")
    secrets, before = secrets_of(home), rows(home)
    untouched = Path(shutil.copytree(home, folder / "untouched"))
    words = ("clean", SITE, "--apply", "--json")
    with program(home, *words) as process:
        out, err = process.communicate(timeout=60)
    schemas.check(words, out)
    assert (json.loads(out)["status"], err) == ("done", "")
    cleaned = Path(shutil.copytree(home, folder / "cleaned"))
    finished = rows(home)
    assert all(finished[profile] != before[profile] for profile in before)
    return Ground(home, untouched, cleaned, before, finished, secrets)


class Aftermath:
    """Looks at a home after a kill, and takes everything back.

    Args:
        ground: The home.
        capsys: Takes what the program prints.
    """

    def __init__(self, ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
        self._cli = Cli(ground.home, capsys)
        self._home, self._secrets = ground.home, ground.secrets
        self._before, self._finished = ground.before, ground.finished

    def holds(self, where: str, *, undoing: bool = False) -> None:
        """Every store whole or untouched, listed truly, taken back byte for byte, nothing left."""
        left = rows(self._home)
        for profile, found in left.items():
            assert found in (self._before[profile], self._finished[profile]), where
        gone = {profile for profile in left if left[profile] != self._before[profile]}
        self._is_listed(gone, where, undoing=undoing)
        assert rows(self._home) == left, where
        self._nothing_lies_about(where)
        ran = self._cli("undo")
        assert ran.code == 0 or (ran.code == 3 and not gone), f"{where}: {ran}"
        assert rows(self._home) == self._before, where
        assert {each["status"] for each in self._history()} <= {"undone"}, where
        self._nothing_lies_about(where)

    def _is_listed(self, gone: set[str], where: str, *, undoing: bool) -> None:
        entries = self._history()
        open_ones = [each for each in entries if each["status"] != "undone"]
        listed = {profile for each in open_ones for profile in each["profiles"]}
        assert gone <= listed, f"{where}: {entries}"
        for each in entries:
            if each["status"] == "deleted" and not undoing:
                assert set(each["profiles"]) == gone, f"{where}: {entries}"

    def _history(self) -> list[dict[str, Any]]:
        ran = self._cli("history", "--json")
        assert ran.code == 0
        assert ran.err.count("\n") <= 1  # what became of an unfinished deletion
        entries: list[dict[str, Any]] = json.loads(ran.out)["entries"]
        return entries

    def _nothing_lies_about(self, where: str) -> None:
        assert not list((self._home / _STATE / "scratch").glob("*")), where
        assert not list((self._home / "tmp").glob("*")), where
        assert leaks(self._home, self._secrets) == set(), where
