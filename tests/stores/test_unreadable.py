"""Files that are no store, or are not to be read, are one error of one line."""

import os
from pathlib import Path

import pytest

from cookietui.errors import StoreError, UnknownSchemaError
from tests.builders import (
    chromium_row,
    chromium_store,
    open_store,
    profile,
    read,
)

Traces = dict[str, tuple[bytes, int, int, int]]


def test_a_store_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        read(tmp_path / "Default" / "Cookies", tmp_path)


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "Default" / "Cookies").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read"):
        read(tmp_path / "Default" / "Cookies", tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_store_without_the_right_to_read_it_says_so(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default")
    store.chmod(0)
    with pytest.raises(StoreError, match="may not be read"):
        read(store, tmp_path)


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Cookies").write_bytes(b"")
    with pytest.raises(UnknownSchemaError):
        read(tmp_path / "Default" / "Cookies", tmp_path)


@pytest.mark.parametrize("content", [b"hello", b"\x00" * 4096, b"SQLite format 2\x00" * 10])
def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Cookies").write_bytes(content)
    with pytest.raises(StoreError, match="is not a database"):
        read(tmp_path / "Default" / "Cookies", tmp_path)


@pytest.mark.parametrize("kept", [20, 100, 4096, 10_000])
def test_a_file_that_was_cut_short_is_an_error_and_not_half_a_list(
    tmp_path: Path, kept: int
) -> None:
    rows = [chromium_row(name=f"{n}" * 500) for n in range(100, 200)]
    store = chromium_store(tmp_path / "Default", rows)
    os.truncate(store, kept)
    with pytest.raises(StoreError):
        read(store, tmp_path)


def test_a_place_where_no_copy_can_be_made_is_an_error_of_one_line(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default")
    (tmp_path / "scratch").write_text("in the way")
    with pytest.raises(StoreError, match="no private copy can be made"):
        open_store(profile(store), tmp_path).read()


def test_a_path_with_any_characters_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "odd?%41#\udce9 [x]" / "Default"
    (cookie,) = read(chromium_store(folder, [chromium_row()]), tmp_path)
    assert cookie.name == "id"
