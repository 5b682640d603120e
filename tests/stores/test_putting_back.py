"""What was deleted comes back as it was, or not at all, and never over something newer."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from cookietui.errors import StoreError, UnknownSchemaError
from cookietui.model.deletion import SavedRows, TextCell
from cookietui.stores.port import THERE, CookieStore
from tests.builders import (
    EPOCH,
    LATER,
    NOW,
    Row,
    add_rows,
    change,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
    open_store,
    profile,
    sealed,
    through_a_journal,
)

HOST = "shop.example"


def delete(whose: CookieStore, names: Sequence[str] = ()) -> SavedRows:
    """Delete the cookies of these names, or all."""
    keys = [c.key for c in whose.read().cookies if not names or c.name in names]
    with whose.edit() as edit:
        rows = edit.rows(keys)
        edit.delete(rows)
        edit.commit()
    return rows


def put_back(whose: CookieStore, saved: SavedRows, now: int = NOW) -> dict[str, str]:
    """Put rows back, and give why some were left out."""
    with whose.edit() as edit:
        reasons = edit.insert(saved, now)
        edit.commit()
    return {saved.name(row): why for row, why in zip(saved.rows, reasons, strict=True) if why}


def put_back_and_be_interrupted(whose: CookieStore, saved: SavedRows) -> None:
    with whose.edit() as edit:
        edit.insert(saved, NOW)
        raise KeyboardInterrupt


def both(folder: Path, *changes: Row) -> list[Path]:
    """A store of each family with rows that differ in these columns."""
    return [
        chromium_store(folder / "c" / "Default", [chromium_row() | row for row in changes]),
        firefox_store(folder / "f" / "a.default", [firefox_row() | row for row in changes]),
    ]


def test_rows_come_back_byte_for_byte(tmp_path: Path) -> None:
    odd: list[Row] = [
        {"name": TextCell(b"latin-\xe9"), "value": TextCell(b"\xff\x00\xfe")},
        {"name": b"a blob", "value": TextCell(b"")},
        {"name": "a\x00b", "path": "/\u202e"},
        {"name": "real", "priority": 1.5, "schemeMap": 0.1},
        {"name": "number as text", "priority": "soon", "schemeMap": "2x"},
        {"name": "sealed", "encrypted_value": sealed(HOST, "v")},
    ]
    for store in both(tmp_path, *odd):
        whose = open_store(profile(store), tmp_path)
        before = contents(store)
        saved = delete(whose)
        assert contents(store) == []
        assert put_back(whose, saved) == {}
        assert contents(store) == before


def test_saved_rows_tell_their_name_and_host_as_they_are(tmp_path: Path) -> None:
    for store in both(tmp_path, {"name": "\x1b[31m", "value": "secret"}):
        saved = delete(open_store(profile(store), tmp_path))
        (row,) = saved.rows
        assert (saved.name(row), saved.host(row), row.expires) == ("\x1b[31m", HOST, LATER)


def test_a_cookie_the_site_set_again_is_not_overwritten(tmp_path: Path) -> None:
    for store in both(tmp_path, {"name": "again"}, {"name": "gone"}):
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose)
        row = chromium_row if store.name == "Cookies" else firefox_row
        add_rows(store, [row(name="again", creation_utc=NOW + EPOCH, creationTime=NOW)])
        (newer,) = contents(store)
        assert put_back(whose, saved) == {"again": "the site has set it again since"}
        assert newer in contents(store)
        assert len(contents(store)) == 2


def test_an_expired_cookie_is_not_revived(tmp_path: Path) -> None:
    for store in both(tmp_path, {"name": "a"}):
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose)
        assert put_back(whose, saved, now=LATER) == {"a": "it has expired"}
        assert contents(store) == []
        assert put_back(whose, saved, now=LATER - 1) == {}
        assert len(contents(store)) == 1


def test_a_cookie_that_never_expires_can_come_back_at_any_time(tmp_path: Path) -> None:
    session: Row = {"has_expires": 0, "is_persistent": 0, "expires_utc": 0, "expiry": None}
    for store in both(tmp_path, session):
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose)
        assert put_back(whose, saved, now=2**62) == {}
        assert len(contents(store)) == 1


def test_what_was_never_deleted_is_said_to_be_there(tmp_path: Path) -> None:
    for store in both(tmp_path, {"name": "a"}):
        whose = open_store(profile(store), tmp_path)
        with whose.edit() as edit:
            saved = edit.rows(cookie.key for cookie in whose.read().cookies)
        before = contents(store)
        assert put_back(whose, saved) == {"a": THERE}
        assert contents(store) == before


def test_rows_of_another_layout_are_not_put_back(tmp_path: Path) -> None:
    chromium, firefox = both(tmp_path, {})
    updates = {
        chromium: "UPDATE meta SET value = '23' WHERE key = 'version'",
        firefox: "PRAGMA user_version=16",
    }
    for store, update in updates.items():
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose)
        change(store, update)
        with pytest.raises(UnknownSchemaError, match="changed its layout"):
            put_back(whose, saved)
        assert contents(store) == []


def test_rows_are_not_put_back_into_a_table_with_other_columns(tmp_path: Path) -> None:
    for store in both(tmp_path, {}):
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose)
        table = "cookies" if store.name == "Cookies" else "moz_cookies"
        change(store, f"ALTER TABLE {table} ADD COLUMN extra")
        with pytest.raises(UnknownSchemaError):
            put_back(whose, saved)
        assert contents(store) == []


@pytest.mark.parametrize("same_key", [True, False])
def test_rows_of_another_key_are_not_put_back(tmp_path: Path, same_key: bool) -> None:
    store = chromium_store(
        tmp_path / "Default",
        [
            chromium_row(name="going", encrypted_value=sealed(HOST, "a")),
            chromium_row(name="staying", encrypted_value=sealed(HOST, "a longer value " * 3)),
        ],
    )
    whose = open_store(profile(store), tmp_path)
    saved = delete(whose, ["going"])
    assert list(saved.witnesses.values()) == [sealed(HOST, "")[:35]]
    key = {} if same_key else {"key": b"another key's 16"}
    change(store, "UPDATE cookies SET encrypted_value = ?", sealed(HOST, "newer", **key))
    reasons = put_back(whose, saved)
    assert len(contents(store)) == (2 if same_key else 1)
    assert [name for name, why in reasons.items() if "key" in why] == [] if same_key else ["going"]


def test_a_row_whose_key_nobody_can_vouch_for_is_not_put_beside_living_cookies(
    tmp_path: Path,
) -> None:
    rows = [
        chromium_row(name="going", encrypted_value=b"v20" + b"x" * 81),
        chromium_row(name="staying", host_key=f".{HOST}", encrypted_value=b"v20" + b"y" * 81),
    ]
    store = chromium_store(tmp_path / "Default", rows)
    whose = open_store(profile(store), tmp_path)
    saved = delete(whose, ["going"])
    assert list(put_back(whose, saved)) == ["going"]
    assert len(contents(store)) == 1
    delete(whose)  # with no cookie of the site left, none can be lost by trying
    assert put_back(whose, saved) == {}


def test_before_layout_24_no_witness_can_be_had(tmp_path: Path) -> None:
    row = chromium_row(encrypted_value=sealed(HOST, "a"))
    for version in (20, 23):
        store = chromium_store(tmp_path / str(version) / "Default", [row], version)
        assert delete(open_store(profile(store), tmp_path)).witnesses == {}


def test_values_of_two_keys_or_of_another_cipher_are_no_witnesses(tmp_path: Path) -> None:
    other = sealed("b.example", "a", key=b"another key's 16")
    gcm = b"v10" + b"x" * (12 + 32 + 5 + 16)
    rows = [
        chromium_row(encrypted_value=sealed(HOST, "a")),
        chromium_row(name="b", host_key="b.example", encrypted_value=sealed("b.example", "a")),
        chromium_row(name="c", host_key="b.example", encrypted_value=other),
        chromium_row(name="d", host_key="d.example", encrypted_value=gcm),
        chromium_row(name="e", host_key="e.example", encrypted_value=b"v10"),
    ]
    store = chromium_store(tmp_path / "Default", rows)
    saved = delete(open_store(profile(store), tmp_path))
    assert list(saved.witnesses.values()) == [sealed(HOST, "")[:35]]


def test_a_number_that_firefox_gave_away_since_is_replaced(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "a.default", [firefox_row(id=7), firefox_row(id=8, name="b")])
    whose = open_store(profile(store), tmp_path)
    saved = delete(whose)
    add_rows(store, [firefox_row(id=7, name="newer")])
    assert put_back(whose, saved) == {}
    cookies = {cookie.name for cookie in whose.read().cookies}
    numbers = [row[0] for row in contents(store)]
    assert cookies == {"id", "b", "newer"}
    assert len(set(numbers)) == 3
    assert {7, 8} < set(numbers)


def test_an_exception_while_putting_back_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    for store in both(tmp_path, {"name": "a"}, {"name": "b"}):
        whose = open_store(profile(store), tmp_path)
        saved = delete(whose, ["a"])
        before = contents(store)
        with pytest.raises(KeyboardInterrupt):
            put_back_and_be_interrupted(whose, saved)
        assert contents(store) == before


def test_a_row_that_the_store_does_not_take_puts_nothing_back(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row(name=name) for name in "ab"])
    whose = open_store(profile(store), tmp_path)
    saved = delete(whose)
    change(store, "CREATE UNIQUE INDEX narrow ON cookies(host_key)")
    with pytest.raises(StoreError, match="could not be changed"):
        put_back(whose, saved)
    assert contents(store) == []


def test_twins_that_only_a_damaged_store_can_hold_come_back_too(tmp_path: Path) -> None:
    # NULL is no equal of NULL in a unique key: Firefox's table lets these two stand.
    rows = [firefox_row(name=None, creationTime=NOW - age) for age in (1, 2)]
    store = firefox_store(tmp_path / "a.default", rows)
    whose = open_store(profile(store), tmp_path)
    before = contents(store)
    first, _ = whose.read().cookies
    with whose.edit() as edit:
        saved = edit.rows([first.key])
        edit.delete(saved)
        edit.commit()
    put_back(whose, saved)
    assert contents(store) == before


def test_an_expiry_beyond_all_clocks_can_be_recorded_and_put_back(tmp_path: Path) -> None:
    far: Row = {"expires_utc": 2**63 - 1, "expiry": 2**63 - 1}
    for store in both(tmp_path, far):
        whose = open_store(profile(store), tmp_path)
        before = contents(store)
        saved = delete(whose)
        assert put_back(whose, through_a_journal(saved, store, tmp_path)) == {}
        assert contents(store) == before
