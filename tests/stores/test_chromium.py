"""Chromium's store, read as its source says it is meant."""

from pathlib import Path

import pytest

from cookietui.errors import StoreError, UnknownSchemaError
from cookietui.model.cookie import Cookie, Partition, SameSite
from cookietui.model.deletion import Cell, TextCell
from tests.builders import (
    LATER,
    add_rows,
    change,
    chromium_row,
    chromium_store,
    open_store,
    profile,
    read,
    sealed,
)


def one(tmp_path: Path, version: int = 24, **columns: Cell | str) -> Cookie:
    """Read the only cookie of a store made for it."""
    store = chromium_store(tmp_path / "Default", [chromium_row(**columns)], version)
    (cookie,) = read(store, tmp_path)
    return cookie


@pytest.mark.parametrize(
    ("number", "same_site"),
    [
        (-1, SameSite.UNSET),
        (0, SameSite.NONE),
        (1, SameSite.LAX),
        (2, SameSite.STRICT),
        (3, SameSite.UNSET),
        (99, SameSite.UNSET),
    ],
)
@pytest.mark.parametrize("version", [11, 15, 24])
def test_same_site_is_read_from_its_number(
    tmp_path: Path, version: int, number: int, same_site: SameSite
) -> None:
    assert one(tmp_path, version, samesite=number).same_site is same_site


def test_same_site_is_not_known_where_the_layout_does_not_keep_it(tmp_path: Path) -> None:
    assert one(tmp_path, 10, samesite=2).same_site is None


@pytest.mark.parametrize(
    ("number", "by_script"), [(0, None), (1, False), (2, True), (3, None), (77, None)]
)
def test_who_set_it_last_is_read_from_its_number(
    tmp_path: Path, number: int, by_script: bool | None
) -> None:
    assert one(tmp_path, source_type=number).set_by_script is by_script


def test_who_set_it_last_is_not_known_before_layout_22(tmp_path: Path) -> None:
    assert one(tmp_path, 20, source_type=2).set_by_script is None


@pytest.mark.parametrize(
    ("version", "site", "ancestor", "partition"),
    [
        (24, "https://shop.example", 1, Partition("https://shop.example", True)),
        (24, "https://shop.example", 0, Partition("https://shop.example", False)),
        (23, "https://shop.example", 1, Partition("https://shop.example", True)),
        (20, "https://shop.example", 1, Partition("https://shop.example", None)),
        (15, "https://shop.example", 1, Partition("https://shop.example", None)),
        (24, "", 1, None),
        (24, "", 0, None),
        (10, "https://shop.example", 1, None),
    ],
)
def test_the_ancestor_bit_means_something_only_with_a_partition(
    tmp_path: Path, version: int, site: str, ancestor: int, partition: Partition | None
) -> None:
    cookie = one(tmp_path, version, top_frame_site_key=site, has_cross_site_ancestor=ancestor)
    assert cookie.partition == partition


@pytest.mark.parametrize(
    ("has_expires", "persistent", "session"), [(1, 1, False), (0, 0, True), (1, 0, True)]
)
def test_a_session_cookie_does_not_expire_by_time(
    tmp_path: Path, has_expires: int, persistent: int, session: bool
) -> None:
    cookie = one(tmp_path, has_expires=has_expires, is_persistent=persistent)
    assert cookie.session is session
    assert cookie.expires == (None if session else LATER)


def test_times_of_zero_are_not_known(tmp_path: Path) -> None:
    cookie = one(tmp_path, creation_utc=0, last_access_utc=0, expires_utc=0)
    assert (cookie.created, cookie.last_used, cookie.expires) == (None, None, None)
    assert not cookie.session


@pytest.mark.parametrize(
    ("encrypted", "encryption", "size"),
    [
        (b"", None, 5),
        (b"v10" + b"x" * 48, "v10", None),
        (b"v11" + b"x" * 48, "v11", None),
        (b"v12" + b"x" * (12 + 32 + 7 + 16), "v12", 2 + 7),
        (b"v20" + b"x" * (12 + 32 + 7 + 16), "v20", 2 + 7),
        (b"\x01\x00\x00\x00\xd0\x8c\x9d\xdf", "dpapi", None),
        (b"\xff\xfe", "dpapi", None),
    ],
)
def test_the_encryption_is_named_and_the_size_told_only_where_it_is_exact(
    tmp_path: Path, encrypted: bytes, encryption: str | None, size: int | None
) -> None:
    cookie = one(tmp_path, value="" if encrypted else "abc", encrypted_value=encrypted)
    assert (cookie.encryption, cookie.size) == (encryption, size)


def test_before_layout_24_no_hash_of_the_host_is_taken_off_the_size(tmp_path: Path) -> None:
    assert one(tmp_path, 23, encrypted_value=b"v20" + b"x" * (12 + 7 + 16)).size == 2 + 7


def test_a_size_is_never_negative_however_short_a_damaged_value_is(tmp_path: Path) -> None:
    size = one(tmp_path, encrypted_value=b"v20").size
    assert size is None or size >= 0


def test_a_size_counts_bytes_and_not_characters(tmp_path: Path) -> None:
    assert one(tmp_path, name="é", value="a\x00ö").size == 2 + 4


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", ""),
        (b"latin-\xe9", "latin-\udce9"),
        (b"a\x00b", "a\x00b"),
        (b"\x1b[31m", "\x1b[31m"),
        (b"\xed\xa0\x80", "\udced\udca0\udc80"),
        ("\u202egnp".encode(), "\u202egnp"),
        (b"n" * 5000, "n" * 5000),
    ],
)
def test_names_come_back_as_the_bytes_that_were_stored(
    tmp_path: Path, raw: bytes, name: str
) -> None:
    cookie = one(tmp_path, name=TextCell(raw))
    assert cookie.name == name
    assert cookie.size == len(raw)


def test_null_where_an_old_layout_allows_it_is_read_as_nothing(tmp_path: Path) -> None:
    cookie = one(tmp_path, 10, encrypted_value=None, value="abc")
    assert cookie.encryption is None
    assert cookie.size == len("idabc")


def test_cells_of_the_wrong_type_do_not_stop_the_scan(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row(name="good")])
    odd = {"name": b"\xff", "host_key": b"shop.example", "path": b"/", "top_frame_site_key": b"x"}
    add_rows(store, [chromium_row(**odd, creation_utc="soon", expires_utc=1.5, samesite="lax")])
    good, bad = read(store, tmp_path)
    assert good.name == "good"
    assert (bad.name, bad.host, bad.path) == ("\udcff", "shop.example", "/")
    assert (bad.created, bad.expires, bad.same_site) == (None, None, SameSite.UNSET)


def test_twins_that_differ_in_their_partition_only_are_different_cookies(tmp_path: Path) -> None:
    partitions = ("", "https://a.example", "https://b.example")
    rows = [chromium_row(top_frame_site_key=site) for site in partitions]
    rows.append(chromium_row(top_frame_site_key="https://a.example", has_cross_site_ancestor=0))
    cookies = read(chromium_store(tmp_path / "Default", rows), tmp_path)
    assert len({cookie.id for cookie in cookies}) == len(rows)
    assert len({cookie.key for cookie in cookies}) == len(rows)


def test_no_value_is_in_what_a_reading_gives(tmp_path: Path) -> None:
    store = chromium_store(
        tmp_path / "Default",
        [
            chromium_row(value="plain-secret"),
            chromium_row(name="b", encrypted_value=sealed("shop.example", "sealed-secret")),
        ],
    )
    jar = open_store(profile(store), tmp_path).read()
    assert len(jar.cookies) == 2
    assert "secret" not in repr(jar)


@pytest.mark.parametrize("said", ["", "twenty-four", "-24", "24.0", "²", None])
def test_a_layout_that_says_no_number_is_not_chromiums(tmp_path: Path, said: str | None) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row()])
    change(store, "UPDATE meta SET value = ? WHERE key = 'version'", said)
    with pytest.raises(UnknownSchemaError, match="no table of cookies"):
        read(store, tmp_path)


@pytest.mark.parametrize("statement", ["DROP TABLE meta", "DELETE FROM meta", "DROP TABLE cookies"])
def test_a_store_without_its_tables_is_not_chromiums(tmp_path: Path, statement: str) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row()])
    change(store, statement)
    with pytest.raises(UnknownSchemaError, match="no table of cookies"):
        read(store, tmp_path)


def test_a_layout_that_lacks_what_it_should_have_is_damaged(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row()], 20)
    change(store, "UPDATE meta SET value = '24' WHERE key = 'version'")
    with pytest.raises(UnknownSchemaError, match="lacks has_cross_site_ancestor"):
        read(store, tmp_path)


@pytest.mark.parametrize("column", ["value", "last_access_utc", "is_secure", "is_persistent"])
def test_a_layout_that_lacks_a_column_outside_its_key_is_damaged_too(
    tmp_path: Path, column: str
) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row()])
    change(store, f"ALTER TABLE cookies DROP COLUMN {column}")
    with pytest.raises(StoreError, match=column):
        read(store, tmp_path)
