"""Firefox's store, read as its source says it is meant."""

from pathlib import Path

import pytest

from cookietui.errors import StoreError, UnknownSchemaError
from cookietui.model.cookie import Cookie, SameSite
from cookietui.model.deletion import Cell, TextCell
from tests.builders import (
    Row,
    change,
    chromium_store,
    firefox_row,
    firefox_store,
    read,
)


def one(tmp_path: Path, version: int = 17, **columns: Cell | str) -> Cookie:
    """Read the only cookie of a store made for it."""
    store = firefox_store(tmp_path / "default", [firefox_row(**columns)], version)
    (cookie,) = read(store, tmp_path)
    return cookie


@pytest.mark.parametrize(
    ("version", "number", "raw", "same_site"),
    [
        (17, 0, 0, SameSite.NONE),
        (15, 0, 0, SameSite.NONE),
        (17, 1, 0, SameSite.LAX),
        (17, 2, 0, SameSite.STRICT),
        (17, 256, 0, SameSite.UNSET),
        (17, 7, 0, SameSite.UNSET),
        (17, None, 0, SameSite.UNSET),
        (14, 0, 0, None),  # stood for SameSite=None and for none given
        (14, None, None, None),
        (14, 1, 0, SameSite.UNSET),  # treated as Lax, though the site asked for nothing
        (14, 1, 1, SameSite.LAX),
        (14, 2, 2, SameSite.STRICT),
        (10, 0, 0, None),
        (10, 1, 0, SameSite.UNSET),
        (10, 1, 1, SameSite.LAX),
        (10, 2, 2, SameSite.STRICT),
        (9, 0, 0, None),
        (9, 1, 0, SameSite.LAX),  # there is no other column to tell more
        (9, 2, 0, SameSite.STRICT),
        (8, 2, 2, None),
        (2, 2, 2, None),
    ],
)
def test_same_site_is_read_as_its_layout_means_it(
    tmp_path: Path, version: int, number: int | None, raw: int | None, same_site: SameSite | None
) -> None:
    cookie = one(tmp_path, version, sameSite=number, rawSameSite=raw)
    assert cookie.same_site is same_site


def test_null_in_every_cell_that_may_be_null_is_read_as_nothing(tmp_path: Path) -> None:
    row: Row = dict.fromkeys(firefox_row(), None) | {"originAttributes": ""}
    (cookie,) = read(firefox_store(tmp_path / "default", [row]), tmp_path)
    assert (cookie.name, cookie.host, cookie.path) == ("", "", "")
    assert (cookie.created, cookie.expires, cookie.last_used) == (None, None, None)
    assert cookie.size is None
    assert not cookie.secure


@pytest.mark.parametrize(
    "raw", [b"", b"latin-\xe9", b"a\x00b", b"\x1b[31m", b"\xed\xa0\x80", b"n" * 5000]
)
def test_names_come_back_as_the_bytes_that_were_stored(tmp_path: Path, raw: bytes) -> None:
    cookie = one(tmp_path, name=TextCell(raw), value=TextCell(b"\xff\x00"))
    assert cookie.name.encode("utf-8", "surrogateescape") == raw
    assert cookie.size == len(raw) + 2


def test_no_value_is_in_what_a_reading_gives(tmp_path: Path) -> None:
    assert "secret" not in repr(one(tmp_path, value="plain-secret"))


def test_a_store_of_another_family_is_not_firefoxs(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "default").rename(tmp_path / "default" / "cookies.sqlite")
    with pytest.raises(UnknownSchemaError, match="no table of cookies"):
        read(store, tmp_path)


@pytest.mark.parametrize(
    "column", ["sameSite", "creationTime", "expiry", "value", "lastAccessed", "isHttpOnly"]
)
def test_a_layout_that_lacks_what_it_should_have_is_damaged(tmp_path: Path, column: str) -> None:
    store = firefox_store(tmp_path / "default", [firefox_row()])
    change(store, f"ALTER TABLE moz_cookies DROP COLUMN {column}")
    with pytest.raises(StoreError, match=column):
        read(store, tmp_path)
