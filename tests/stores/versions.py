"""Stores of every layout, with twins that only its own unique key tells apart."""

from pathlib import Path

from cookietui.model.deletion import Cell
from tests.builders import (
    DAY,
    LATER,
    NOW,
    Row,
    change,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
)
from tests.layouts import CHROMIUM, FIREFOX

CREATED = NOW - 10 * DAY
LAYOUTS = [*(("chromium", v) for v in CHROMIUM), *(("firefox", v) for v in FIREFOX)]
KEYLESS = [("firefox", version) for version, (_, unique) in FIREFOX.items() if not unique]
CHANGEABLE = [layout for layout in LAYOUTS if layout not in KEYLESS]
_FIRST_IN_MILLISECONDS = 16
_OTHERS: Row = {
    "host_key": "other.example",
    "host": "other.example",
    "top_frame_site_key": "https://other.example",
    "has_cross_site_ancestor": 0,
    "name": "other",
    "path": "/other",
    "source_scheme": 1,
    "source_port": 80,
    "originAttributes": "^userContextId=1",
    "appId": 5,
    "inBrowserElement": 1,
}


def row_of(family: str, version: int, **overrides: Cell | str) -> Row:
    """A row of a layout; up to Firefox 3 its number is its time of creation."""
    if family == "chromium":
        return chromium_row(**overrides)
    per_second = 1_000 if version >= _FIRST_IN_MILLISECONDS else 1
    row = firefox_row(expiry=LATER // 1_000_000 * per_second)
    if not FIREFOX[version][1]:
        row["id"] = CREATED
    return row | overrides


def store_of(family: str, folder: Path, rows: list[Row], version: int) -> Path:
    """A store of a layout."""
    make = chromium_store if family == "chromium" else firefox_store
    return make(folder / family / "Default", rows, version)


def twins(family: str, version: int) -> list[Row]:
    """A row, and for every column of the unique key one that differs in nothing else."""
    unique = (CHROMIUM if family == "chromium" else FIREFOX)[version][1]
    if not unique:
        return [row_of(family, version, id=CREATED + number) for number in range(3)]
    columns = unique.split(", ")
    alone = [row_of(family, version, **{column: _OTHERS[column]}) for column in columns]
    return [row_of(family, version), *alone]


def say(store: Path, version: int) -> None:
    """Let a store say that it has another layout."""
    if store.name == "Cookies":
        change(store, "UPDATE meta SET value = ? WHERE key = 'version'", str(version))
    else:
        change(store, f"PRAGMA user_version={version}")


def table_of(store: Path) -> str:
    """The table of cookies in a store."""
    return "cookies" if store.name == "Cookies" else "moz_cookies"
