"""A made-up person's home with the sample profiles, and a browser that is using one of them."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cookietui.operations.sample import make_samples

CHROMIUM = "chromium:Default"
FIREFOX = "firefox:default-release"
CHROMIUM_FOLDER = Path(".config/chromium/Default")
FIREFOX_FOLDER = Path(".config/mozilla/firefox/sample.default-release")
STORES = {
    CHROMIUM: (CHROMIUM_FOLDER / "Cookies", "cookies"),
    FIREFOX: (FIREFOX_FOLDER / "cookies.sqlite", "moz_cookies"),
}
# What the Chromium profile is called, and a value too.
PERSON = "Sample person"
# As long as a value may be before it says something by chance.
_TELLING = 6
_HOLD = """
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def furnished(home: Path) -> Path:
    """Make the sample profiles in a folder."""
    home.mkdir(parents=True, exist_ok=True)
    make_samples(home, now=time.time_ns() // 1_000)
    return home


def contents(home: Path, profile: str) -> list[tuple[object, ...]]:
    """Every row of a sample store, byte for byte, in the order of its key."""
    path, table = STORES[profile]
    with closing(sqlite3.connect(home / path)) as connection:
        connection.text_factory = bytes
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a constant
    return sorted(rows, key=repr)


def values(home: Path) -> set[str]:
    """The values that the Firefox samples hold and that nothing else on them reads like."""
    path, table = STORES[FIREFOX]
    with closing(sqlite3.connect(home / path)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        rows = connection.execute(
            f"SELECT value, name, host, path FROM {table}"  # noqa: S608 - a constant
        ).fetchall()
    others = {field for row in rows for field in row[1:]} | {PERSON}
    return {row[0] for row in rows if len(row[0]) > _TELLING} - others


@contextmanager
def firefox_running(home: Path) -> Iterator[None]:
    """Hold the lock of the sample Firefox profile, as a running Firefox does."""
    command = [sys.executable, "-c", _HOLD, str(home / FIREFOX_FOLDER / ".parentlock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as browser:
        try:
            assert browser.stdout is not None
            assert browser.stdout.readline() == "held\n"
            yield
        finally:
            browser.kill()
