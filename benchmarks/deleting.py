"""Deleting 1,000 of 100,000 cookies, journalled and proven, beside copying and a bare DELETE.

Run as ``python -m benchmarks.deleting``.
"""

import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from cookietui.model.cookie import Cookie
from cookietui.safety.events import Saved
from cookietui.safety.journal import Journal
from tests.builders import NOW, chromium_row, chromium_store, open_store, profile

COOKIES, GOING, ROUNDS = 100_000, 1_000, 7
_BARE = """
    DELETE FROM cookies WHERE host_key = ? AND top_frame_site_key = ?
    AND has_cross_site_ancestor = ? AND name = ? AND path = ? AND source_scheme = ?
    AND source_port = ?
"""


def rows() -> Iterator[dict[str, object]]:
    """Cookies as on the web: fifty to a site, with values of a usual length."""
    for number in range(COOKIES):
        value = b"v10" + bytes((number * 7 + place) % 256 for place in range(96))
        host = f"site{number // 50}.example"
        yield chromium_row(host_key=host, name=f"name{number % 50}", encrypted_value=value)


def bare(store: Path, copy: Path, chosen: list[Cookie]) -> None:
    """Copy the store, then delete: what somebody in a hurry would do."""
    shutil.copyfile(store, copy)
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_BARE, [cookie.key.columns for cookie in chosen])
        connection.execute("COMMIT")


def proven(store: Path, folder: Path, chosen: list[Cookie]) -> None:
    """Delete as this program does."""
    journal, whose = Journal(folder / "journal"), profile(store)
    entry = journal.begin("benchmark")
    with open_store(whose, folder).edit() as edit:
        saved = edit.rows(cookie.key for cookie in chosen)
        journal.save(entry, Saved(NOW, 0, "", whose, saved))
        edit.delete(saved)
        edit.commit()


def main() -> int:
    """Measure both in turn, and print one line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = chromium_store(folder / "Default", rows())
        content = store.read_bytes()
        cookies = open_store(profile(store), folder).read().cookies
        chosen = [cookie for cookie in cookies if cookie.name == "name7"][:GOING]
        ways: dict[str, Callable[[], None]] = {
            "copy and bare DELETE": lambda: bare(store, folder / "copy", chosen),
            "journalled and proven": lambda: proven(store, folder, chosen),
        }
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, work in ways.items():
                store.write_bytes(content)
                time.sleep(0.05)  # the file's time must not be of this very moment
                start = time.perf_counter()
                work()
                seconds[way].append(time.perf_counter() - start)
    medians = {way: statistics.median(taken) for way, taken in seconds.items()}
    first, second = medians.values()
    told = ", ".join(f"{way} {median * 1000:.0f} ms" for way, median in medians.items())
    sys.stdout.write(f"{GOING} of {COOKIES} cookies: {told}: {second / first:.1f} times\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
