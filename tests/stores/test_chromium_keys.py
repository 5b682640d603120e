"""No row goes back that Chromium could not decrypt: it would drop every cookie of the site."""

from pathlib import Path

import pytest

from cookietui.model.deletion import SavedRows
from cookietui.stores.port import CookieStore
from tests.builders import (
    NOW,
    Row,
    add_rows,
    change,
    chromium_row,
    chromium_store,
    contents,
    open_store,
    profile,
    sealed,
)

OTHER_KEY = bytes(range(16))


def _row(host: str, name: str, *, key: bytes | None = None, tag: bytes = b"v10") -> Row:
    value = sealed(host, name, tag=tag) if key is None else sealed(host, name, key=key, tag=tag)
    return chromium_row(host_key=host, name=name, encrypted_value=value)


def _delete(store: CookieStore, *names: str) -> SavedRows:
    keys = [cookie.key for cookie in store.read().cookies if cookie.name in names]
    with store.edit() as edit:
        saved = edit.rows(keys)
        edit.delete(saved)
        edit.commit()
    return saved


def _put_back(store: CookieStore, saved: SavedRows) -> tuple[str, ...]:
    with store.edit() as edit:
        reasons = edit.insert(saved, NOW)
        edit.commit()
    return reasons


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Default"


def test_rows_go_back_while_another_host_shows_the_same_key(folder: Path, tmp_path: Path) -> None:
    path = chromium_store(folder, [_row("a.example", "gone"), _row("b.example", "stays")])
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    assert _put_back(store, saved) == ("",)
    assert contents(path) == before


def test_rows_of_another_key_stay_out_and_the_others_of_the_site_stay(
    folder: Path, tmp_path: Path
) -> None:
    path = chromium_store(folder, [_row("a.example", "gone"), _row("a.example", "stays")])
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    change(path, "UPDATE cookies SET encrypted_value = ?", sealed("a.example", "x", key=OTHER_KEY))
    (reason,) = _put_back(store, saved)
    assert "another key" in reason
    assert len(contents(path)) == 1


def test_a_key_nothing_speaks_for_is_not_trusted_beside_other_cookies_of_the_site(
    folder: Path, tmp_path: Path
) -> None:
    path = chromium_store(
        folder,
        [_row(".a.example", "gone", tag=b"v11", key=OTHER_KEY), _row("www.a.example", "stays")],
    )
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    (reason,) = _put_back(store, saved)
    assert "cannot be told" in reason
    assert len(contents(path)) == 1


def test_where_no_cookie_of_the_site_is_left_nothing_can_be_lost_by_trying(
    folder: Path, tmp_path: Path
) -> None:
    path = chromium_store(folder, [_row("a.example", "gone", tag=b"v11", key=OTHER_KEY)])
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    assert _put_back(store, saved) == ("",)
    assert contents(path) == before


def test_many_more_recent_hosts_do_not_hide_a_changed_key(folder: Path, tmp_path: Path) -> None:
    path = chromium_store(folder, [_row("a.example", "gone"), _row("a.example", "stays")])
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    change(path, "DELETE FROM cookies")
    recent = [_row(f"h{n}.other{n}.example", "n", key=OTHER_KEY) for n in range(1200)]
    for row in recent:
        row["last_access_utc"] = int(str(row["last_access_utc"])) + 1
    add_rows(path, [*recent, _row("a.example", "new", key=OTHER_KEY)])
    (reason,) = _put_back(store, saved)
    assert reason
    assert "gone" not in {cookie.name for cookie in store.read().cookies}


def test_plain_values_need_no_key(folder: Path, tmp_path: Path) -> None:
    path = chromium_store(
        folder, [chromium_row(name="gone", value="plain"), _row("shop.example", "stays")]
    )
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = _delete(store, "gone")
    assert _put_back(store, saved) == ("",)
    assert contents(path) == before
