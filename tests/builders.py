"""Real cookie stores for tests, made by SQLite with the browsers' own tables."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import pad

from cookietui.errors import StoreError
from cookietui.model.cookie import Cookie, CookieKey, Partition, SameSite
from cookietui.model.deletion import Cell, SavedRows, TextCell
from cookietui.model.profile import Family, Profile
from cookietui.safety.backup import DEFAULT_RULES, BackupRules, Backups
from cookietui.safety.events import Saved
from cookietui.safety.journal import Journal
from cookietui.stores.opening import Stores
from cookietui.stores.port import CookieStore
from cookietui.stores.snapshot import Snapshots
from tests.layouts import CHROMIUM, FIREFOX, META

Row = dict[str, Cell | str]

EPOCH = 11_644_473_600_000_000  # microseconds from 1601 to 1970
DAY = 86_400_000_000
NOW = 1_795_000_000_000_000
LATER = NOW + 30 * DAY
# The key every Chromium on Linux derives when no keyring answers.
BASIC_KEY = bytes.fromhex("fd621fe5a2b402539dfa147ca9272778")


def chromium_row(**overrides: Cell | str) -> Row:
    """One row, with every column of every version."""
    row: Row = {
        "creation_utc": NOW - 10 * DAY + EPOCH,
        "host_key": "shop.example",
        "top_frame_site_key": "",
        "name": "id",
        "value": "",
        "encrypted_value": b"",
        "path": "/",
        "expires_utc": LATER + EPOCH,
        "is_secure": 1,
        "is_httponly": 0,
        "last_access_utc": NOW - DAY + EPOCH,
        "has_expires": 1,
        "is_persistent": 1,
        "priority": 1,
        "samesite": -1,
        "source_scheme": 2,
        "source_port": 443,
        "last_update_utc": NOW - DAY + EPOCH,
        "source_type": 1,
        "has_cross_site_ancestor": 1,
        "firstpartyonly": 0,
        "is_same_party": 0,
    }
    return row | overrides


def firefox_row(**overrides: Cell | str) -> Row:
    """One row, with every column of every version; the expiry is in milliseconds."""
    row: Row = {
        "id": None,
        "baseDomain": "shop.example",
        "originAttributes": "",
        "name": "id",
        "value": "plain",
        "host": "shop.example",
        "path": "/",
        "expiry": LATER // 1000,
        "lastAccessed": NOW - DAY,
        "creationTime": NOW - 10 * DAY,
        "isSecure": 1,
        "isHttpOnly": 0,
        "appId": 0,
        "inBrowserElement": 0,
        "sameSite": 256,
        "rawSameSite": 0,
        "schemeMap": 2,
        "isPartitionedAttributeSet": 0,
        "updateTime": NOW - DAY,
    }
    return row | overrides


def chromium_store(folder: Path, rows: Iterable[Row] = (), version: int = 24) -> Path:
    """Make ``Cookies`` in a profile folder, as a closed Chromium leaves it."""
    columns, unique = CHROMIUM[version]
    table = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    index = f"CREATE UNIQUE INDEX cookies_unique_index ON cookies({unique})"
    if version < 16:
        table, index = f"{table}, UNIQUE ({unique})", ""
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "Cookies"
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=TRUNCATE")
        for statement in (META, f"CREATE TABLE cookies({table})", index):
            connection.execute(statement)
        meta = [("version", str(version)), ("last_compatible_version", str(version))]
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
    add_rows(store, rows)
    return store


def firefox_store(folder: Path, rows: Iterable[Row] = (), version: int = 17) -> Path:
    """Make ``cookies.sqlite`` in a profile folder, as a closed Firefox leaves it."""
    columns, unique = FIREFOX[version]
    table = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    if unique:
        table = f"{table}, CONSTRAINT moz_uniqueid UNIQUE ({unique})"
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "cookies.sqlite"
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA user_version={version}")
        connection.execute(f"CREATE TABLE moz_cookies ({table})")
    add_rows(store, rows)
    return store


def add_rows(store: Path, rows: Iterable[Row]) -> None:
    """Insert rows into a store, as the browser would."""
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        insert_rows(connection, rows)
        connection.execute("COMMIT")


def insert_rows(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Insert rows on an open connection; columns that the version lacks are left out."""
    table = connection.execute(
        "SELECT name FROM sqlite_master WHERE name IN ('cookies', 'moz_cookies')"
    ).fetchone()[0]
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    for row in rows:
        cells = [row[column] for column in columns]
        marks = ["CAST(? AS TEXT)" if isinstance(cell, TextCell) else "?" for cell in cells]
        connection.execute(
            f"INSERT INTO {table} VALUES ({', '.join(marks)})",  # noqa: S608 - constants
            [cell.raw if isinstance(cell, TextCell) else cell for cell in cells],
        )


def change(store: Path, statement: str, *parameters: Cell | str) -> None:
    """Run one statement on a store, as another program would."""
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute(statement, parameters)


def contents(store: Path, table: str = "") -> list[tuple[Cell, ...]]:
    """Every row of a table with its types, text as raw bytes, in no order that matters."""
    name = table or ("moz_cookies" if store.name == "cookies.sqlite" else "cookies")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.text_factory = TextCell
        rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a constant
    return sorted(rows, key=repr)


def sealed(host: str, value: str, *, key: bytes = BASIC_KEY, tag: bytes = b"v10") -> bytes:
    """A value encrypted as schema 24 has it on Linux."""
    plain = hashlib.sha256(host.encode()).digest() + value.encode()
    return tag + AES.new(key, AES.MODE_CBC, iv=b" " * 16).encrypt(pad(plain, 16))


def profile(store: Path, **overrides: str) -> Profile:
    """The profile that a store belongs to."""
    firefox = store.name == "cookies.sqlite"
    brand = "Firefox" if firefox else "Chromium"
    return Profile(
        id=overrides.get("id", f"{brand.lower()}:{store.parent.name}"),
        brand=overrides.get("brand", brand),
        name=overrides.get("name", store.parent.name),
        family=Family.FIREFOX if firefox else Family.CHROMIUM,
        folder=store.parent,
        store=store,
    )


def open_store(whose: Profile, tmp_path: Path) -> CookieStore:
    """Open a profile's store with its own folder for copies."""
    return Stores(Snapshots(tmp_path / "scratch")).of(whose)


def read(store: Path, tmp_path: Path) -> tuple[Cookie, ...]:
    """Read every cookie of a store."""
    return open_store(profile(store), tmp_path).read().cookies


def reveal(store: CookieStore, *cookies: Cookie) -> list[str]:
    """The values of cookies; the error of one that cannot be had is raised."""
    values = store.values([cookie.key for cookie in cookies])
    for value in values.values():
        if isinstance(value, StoreError):
            raise value
    return [str(values[cookie.key]) for cookie in cookies]


def backups(folder: Path, rules: BackupRules = DEFAULT_RULES) -> Backups:
    """The copies of whole stores kept below a folder."""
    return Backups(folder / "backups", rules)


def through_a_journal(saved: SavedRows, store: Path, folder: Path) -> SavedRows:
    """What comes back of saved rows after they were recorded on disk."""
    journal = Journal(folder / "journal")
    entry = journal.begin("now")
    journal.save(entry, Saved(NOW, 0, "", profile(store), saved))
    (part,) = journal.entry(entry).parts
    return part.rows


def cookie(host: str, name: str = "id", partition: str | None = None) -> Cookie:
    """A cookie that no store holds, for questions that concern its host only."""
    return Cookie(
        key=CookieKey("chromium:Default", (host, name, "/"), 1),
        name=name,
        host=host,
        path="/",
        partition=None if partition is None else Partition(partition, None),
        container=None,
        created=NOW - DAY,
        expires=LATER,
        last_used=NOW,
        session=False,
        secure=True,
        http_only=False,
        same_site=SameSite.LAX,
        size=2,
        encryption=None,
    )


def aged(path: Path) -> Path:
    """Give a file a time well in the past, so that it counts as settled."""
    os.utime(path, ns=(NOW * 1000 - 10**15, NOW * 1000 - 10**15))
    return path


@contextmanager
def child(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs ``code`` up to a print, and lives until the block ends."""
    command = [sys.executable, "-c", f"import sys\n{code}\nsys.stdin.read()"]
    with subprocess.Popen(
        [*command, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline(), "the other process ended early"
            yield process
        finally:
            process.kill()


def ended_pid() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid
