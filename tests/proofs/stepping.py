"""The program, told apart into steps, killing itself at one of them; a process of its own.

::

    python -m tests.proofs.stepping LABELS NUMBER WORDS...
    python -m tests.proofs.stepping LABELS COMMIT:WHICH:SECONDS WORDS...

Steps are: before and after every call of what a deletion is made of, and every statement that
changes a database; before every change of a file; the middle of every write. What the steps were
is written to LABELS. With a number the process is gone at that step; with ``COMMIT`` that many
seconds after the commit numbered WHICH began, while SQLite is at work.
"""

import inspect
import os
import shutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from cookietui.__main__ import main
from cookietui.safety.journal import Journal
from cookietui.stores.editing import SqliteEdit
from cookietui.stores.snapshot import Snapshots

_CHANGES_FILES = {
    "open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink",
    "os.truncate",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_ONLY_LOOKS = ("SELECT", "WITH", "EXPLAIN", "PRAGMA")
_write, _fsync, _connect = os.write, os.fsync, sqlite3.connect


class Steps:
    """Counts steps, and ends the process at one.

    Args:
        labels: The file for their names.
        fatal: Which is the last one; a commit as ``COMMIT:WHICH:SECONDS``.
    """

    def __init__(self, labels: Path, fatal: str) -> None:
        self._descriptor = os.open(labels, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        word, *when = fatal.split(":")
        self._fatal = int(word) if not when else None
        self._commit = (int(when[0]), float(when[1])) if when else None
        self._count = self._commits = 0

    def __call__(self, label: str) -> None:
        """One more step, which may be the last."""
        _write(self._descriptor, (label + "\n").encode())
        if self._count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self._count += 1

    def commit(self, run: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever SQLite gives
        """A commit, in which the process may be ended from beside."""
        began = time.perf_counter()
        if self._commit is not None and self._commits == self._commit[0]:
            until = began + self._commit[1]
            threading.Thread(target=_kill_at, args=(until,), daemon=True).start()
        self._commits += 1
        result = run()
        self(f"commit took {time.perf_counter() - began:.6f}")
        return result


def _kill_at(moment: float) -> None:
    while time.perf_counter() < moment:
        pass  # to the microsecond, which no system call would be
    os.kill(os.getpid(), signal.SIGKILL)


def _connection(step: Steps) -> type[sqlite3.Connection]:
    class Connection(sqlite3.Connection):
        """A real connection that tells what changes a database."""

        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # noqa: ANN401
            run = partial(super().execute, sql, *parameters)
            looks = sql.lstrip().upper().startswith(_ONLY_LOOKS)
            if looks and "wal_checkpoint" not in sql:
                return run()
            label = " ".join(sql.split()[:3])
            step(f"before SQL {label}")
            result: sqlite3.Cursor = step.commit(run) if label == "COMMIT" else run()
            step(f"after SQL {label}")
            return result

        def backup(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
            step("before a backup by SQLite")
            super().backup(*arguments, **options)
            step("after a backup by SQLite")

    return Connection


def _around(step: Steps, label: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        step(f"before {label}")
        result = function(*arguments, **options)
        step(f"after {label}")
        return result

    return call


def _around_copy(
    step: Steps, at_rest: Callable[..., AbstractContextManager[Any]]
) -> Callable[..., AbstractContextManager[Any]]:
    @contextmanager
    def copied(*arguments: Any, **options: Any) -> Iterator[Any]:  # noqa: ANN401
        step("before Snapshots.at_rest")
        with at_rest(*arguments, **options) as copy:
            step("within Snapshots.at_rest")
            yield copy
        step("after Snapshots.at_rest")

    return copied


def _writer(step: Steps) -> Callable[[int, bytes], int]:
    def write(descriptor: int, content: bytes) -> int:
        half = _write(descriptor, content[: len(content) // 2])
        step("amid a write")
        return half + _write(descriptor, content[half:])

    return write


def _copier(step: Steps) -> Callable[..., None]:
    def copy(source: IO[bytes], target: IO[bytes], *_: object) -> None:
        content = source.read()
        target.write(content[: len(content) // 2])
        target.flush()
        step("amid a copy")
        target.write(content[len(content) // 2 :])

    return copy


def _file_copier(step: Steps) -> Callable[[Path, Path], None]:
    copy = _copier(step)

    def copy_file(source: Path, target: Path) -> None:
        with source.open("rb") as there, target.open("wb") as here:
            copy(there, here)

    return copy_file


def _listener(step: Steps, home: str) -> Callable[[str, tuple[Any, ...]], None]:
    def told(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _CHANGES_FILES or (event == "open" and not arguments[2] & _WRITING):
            return
        path = "by number" if isinstance(arguments[0], int) else os.fsdecode(arguments[0])
        if path.startswith(home) or not path.startswith("/"):
            step(f"before {event} of {Path(path).name}")

    return told


def tell_apart(step: Steps, home: str) -> None:
    """Have every step told."""
    for owner in (Journal, SqliteEdit):
        for name, function in inspect.getmembers(owner, inspect.isfunction):
            if not name.startswith("_"):
                setattr(owner, name, _around(step, f"{owner.__name__}.{name}", function))
    replaced: list[tuple[Any, str, object]] = [
        (Snapshots, "at_rest", _around_copy(step, Snapshots.at_rest)),
        (sqlite3, "connect", partial(_connect, factory=_connection(step))),
        (os, "write", _writer(step)),
        (os, "fsync", _around(step, "os.fsync", _fsync)),
        (shutil, "copyfileobj", _copier(step)),
        (shutil, "copyfile", _file_copier(step)),
    ]
    for owner_of, name, replacement in replaced:
        setattr(owner_of, name, replacement)
    sys.addaudithook(_listener(step, home))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    _steps = Steps(Path(sys.argv[1]), sys.argv[2])
    tell_apart(_steps, os.environ["HOME"])
    sys.argv[1:] = sys.argv[3:]
    sys.exit(main())
