"""The folders and files of both browsers around the rows, private to their owner."""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from cookietui.operations.sample import chromium_rows as chromium
from cookietui.operations.sample import firefox_rows as firefox
from cookietui.operations.sample.jar import SECOND, SampleCookie
from cookietui.paths import BINARY

_Row = tuple[object, ...]

_PROFILE = "sample.default-release"
_INSTALL = "5A3B1E0C0FFEE123"
_PROFILES_INI = f"""[Profile0]
Name=default-release
IsRelative=1
Path={_PROFILE}
Default=1

[General]
StartWithLastProfile=1
Version=2

[Install{_INSTALL}]
Default={_PROFILE}
Locked=1
"""
_INSTALLS_INI = f"""[{_INSTALL}]
Default={_PROFILE}
Locked=1
"""


def write_chromium(home: Path, cookies: Iterable[SampleCookie], now: int) -> None:
    """Write `.config/chromium` with one profile, as a closed Chromium leaves it.

    Args:
        home: The folder that stands for the person's home.
        cookies: Those of both browsers.
        now: Microseconds since the Unix epoch, UTC.

    Raises:
        OSError: a folder or file exists already or cannot be made.
        sqlite3.Error: the database cannot be written.
    """
    user_data = _folder(home, ".config", "chromium")
    profile = _folder(user_data, "Default")
    known = {"name": "Sample person", "user_name": "", "active_time": now / SECOND}
    state = {
        "profile": {
            "info_cache": {"Default": known},
            "last_used": "Default",
            "last_active_profiles": ["Default"],
            "profiles_order": ["Default"],
        }
    }
    _file(user_data / "Local State", msgspec.json.encode(state))
    rows = chromium.chromium_rows(cookies, now)
    _database(
        profile / "Cookies",
        ("PRAGMA page_size=4096", "PRAGMA journal_mode=TRUNCATE", *chromium.TABLES),
        {
            "INSERT INTO meta VALUES (?,?)": chromium.META,
            chromium.INSERT: [msgspec.structs.astuple(row) for row in rows],
        },
    )


def write_firefox(home: Path, cookies: Iterable[SampleCookie], now: int) -> None:
    """Write `.config/mozilla/firefox` with one profile, as a closed Firefox leaves it.

    Args:
        home: The folder that stands for the person's home.
        cookies: Those of both browsers.
        now: Microseconds since the Unix epoch, UTC.

    Raises:
        OSError: a folder or file exists already or cannot be made.
        sqlite3.Error: the database cannot be written.
    """
    root = _folder(home, ".config", "mozilla", "firefox")
    profile = _folder(root, _PROFILE)
    _file(root / "profiles.ini", _PROFILES_INI.encode())
    _file(root / "installs.ini", _INSTALLS_INI.encode())
    _file(profile / "containers.json", msgspec.json.encode(firefox.containers()))
    version = f"PRAGMA user_version={firefox.VERSION}"
    rows = firefox.firefox_rows(cookies, now)
    # Closing the last connection empties the write-ahead log and takes it away: a clean quit.
    _database(
        profile / "cookies.sqlite",
        ("PRAGMA page_size=32768", "PRAGMA journal_mode=WAL", version, *firefox.TABLES),
        {firefox.INSERT: [msgspec.structs.astuple(row) for row in rows]},
    )


def _folder(above: Path, *names: str) -> Path:
    """Return the folder below `above`, each missing part made for its owner alone (0700)."""
    for name in names:
        above /= name
        above.mkdir(mode=0o700, exist_ok=True)
    return above


def _file(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, for its owner alone (0600) from the first moment."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _database(path: Path, statements: Sequence[str], rows: Mapping[str, Sequence[_Row]]) -> None:
    """Write a SQLite file of mode 0600: first the statements, then rows for each INSERT."""
    _file(path, b"")  # SQLite would make it readable for everybody.
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("BEGIN")
        for insert, values in rows.items():
            connection.executemany(insert, values)
        connection.execute("COMMIT")
