"""On Windows no row tells of its key: what ``Local State`` says must be the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from Cryptodome.Cipher import AES

from cookietui.model.deletion import SavedRows
from cookietui.stores.chromium_keys import state_witnesses
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
    through_a_journal,
)

KEY = bytes(range(32))
OLD = {"encrypted_key": "RFBBUEkBAAAA", "app_bound_encrypted_key": "QVBQQgEAAAA="}
TAGS = {"v10": "encrypted_key", "v20": "app_bound_encrypted_key"}
_nonces = iter(range(2**32))


def gcm(host: str, name: str, value: str = "plain", tag: str = "v10") -> Row:
    """A row encrypted as on Windows, with a nonce of its own."""
    cipher = AES.new(KEY, AES.MODE_GCM, nonce=next(_nonces).to_bytes(12))
    text, proof = cipher.encrypt_and_digest(bytes(32) + value.encode())
    sealed = tag.encode() + cipher.nonce + text + proof
    return chromium_row(host_key=host, name=name, encrypted_value=sealed)


def of_whole_blocks(row: Row) -> bool:
    """Whether a value is as long as one encrypted in blocks."""
    value = row["encrypted_value"]
    assert isinstance(value, bytes)
    return not (len(value) - 3) % 16


def say(folder: Path, keys: dict[str, Any]) -> Path:
    """Write the keys down as a browser on Windows does."""
    path = folder.parent / "Local State"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"profile": {}, "os_crypt": keys}))
    return path


def delete(store: CookieStore, *names: str) -> SavedRows:
    keys = [cookie.key for cookie in store.read().cookies if cookie.name in names]
    with store.edit() as edit:
        saved = edit.rows(keys)
        edit.delete(saved)
        edit.commit()
    return saved


def put_back(store: CookieStore, saved: SavedRows) -> tuple[str, ...]:
    with store.edit() as edit:
        reasons = edit.insert(saved, NOW)
        edit.commit()
    return reasons


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "User Data" / "Default"


@pytest.fixture(params=["v10", "v20"])
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_key_of_local_state_is_a_witness_and_is_not_told(folder: Path) -> None:
    store = chromium_store(folder)
    say(folder, OLD | {"audit_enabled": True})
    found = state_witnesses(profile(store))
    assert set(found) == {"v10-state", "v20-state"}
    assert len(set(found.values())) == 2
    assert all(secret.encode() not in b"".join(found.values()) for secret in OLD.values())
    assert state_witnesses(profile(store)) == found
    say(folder, OLD | {"encrypted_key": "RFBBUEkBAAAB"})
    changed = state_witnesses(profile(store))
    assert changed["v10-state"] != found["v10-state"]
    assert changed["v20-state"] == found["v20-state"]


def test_a_browser_with_one_kind_of_key_has_one_witness(folder: Path) -> None:
    store = chromium_store(folder)
    say(folder, {"encrypted_key": "RFBBUEkBAAAA"})
    assert set(state_witnesses(profile(store))) == {"v10-state"}


def test_local_state_lies_in_the_profile_itself_in_old_operas(folder: Path) -> None:
    store = chromium_store(folder)
    say(folder / "within", OLD)
    assert set(state_witnesses(profile(store))) == {"v10-state", "v20-state"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"os_crypt": null}',
        b'{"os_crypt": []}',
        b'{"os_crypt": "text"}',
        b'{"os_crypt": {}}',
        b'{"os_crypt": {"encrypted_key": 5, "app_bound_encrypted_key": null}}',
        b'{"os_crypt": {"encrypted_key": ["RFBBUEkBAAAA"]}}',
        b'{"os_crypt": {"encrypted_key": "\xc3\xa9"}}',
        b'{"os_crypt": {"encrypted_key": "\\ud800"}}',
        b'\xff\xfe{"os_crypt": {}}',
        b"[" * 100_000,
        b'{"os_crypt": ' + b"9" * 5_000 + b"}",
    ],
    ids=range(16),
)
def test_a_local_state_that_says_nothing_is_no_witness(folder: Path, content: bytes) -> None:
    store = chromium_store(folder, [gcm("a.example", "gone"), gcm("a.example", "stays")])
    (folder.parent / "Local State").write_bytes(content)
    assert state_witnesses(profile(store)) == {}
    whose = open_store(profile(store), folder.parent.parent)
    assert len(whose.read().cookies) == 2
    assert len(delete(whose, "gone").rows) == 1


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_without_a_local_state_there_is_no_witness(folder: Path, kind: str) -> None:
    store = chromium_store(folder)
    if kind == "folder":
        (folder.parent / "Local State").mkdir()
    assert state_witnesses(profile(store)) == {}


@pytest.mark.parametrize("value", ["plain", "", "x" * 40])
def test_rows_go_back_while_the_key_is_the_same(
    folder: Path, tmp_path: Path, tag: str, value: str
) -> None:
    say(folder, OLD)
    rows = [gcm("a.example", "gone", value, tag), gcm("a.example", "stays", value, tag)]
    assert not any(map(of_whole_blocks, rows))
    path = chromium_store(folder, rows)
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = through_a_journal(delete(store, "gone"), path, tmp_path)
    add_rows(path, [gcm("b.example", "new", value, tag)])
    change(path, "DELETE FROM cookies WHERE host_key = 'b.example'")
    assert put_back(store, saved) == ("",)
    assert contents(path) == before


def test_rows_of_a_key_that_has_changed_stay_out(folder: Path, tmp_path: Path, tag: str) -> None:
    say(folder, OLD)
    path = chromium_store(
        folder, [gcm("a.example", "gone", tag=tag), gcm("a.example", "stays", tag=tag)]
    )
    store = open_store(profile(path), tmp_path)
    saved = delete(store, "gone")
    before = contents(path)
    say(folder, OLD | {TAGS[tag]: "TkVX"})
    (reason,) = put_back(store, saved)
    assert "another key" in reason
    assert contents(path) == before


def test_the_other_kind_of_key_may_change(folder: Path, tmp_path: Path, tag: str) -> None:
    say(folder, OLD)
    path = chromium_store(
        folder, [gcm("a.example", "gone", tag=tag), gcm("a.example", "stays", tag=tag)]
    )
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = delete(store, "gone")
    say(folder, {TAGS[tag]: OLD[TAGS[tag]]})
    assert put_back(store, saved) == ("",)
    assert contents(path) == before


@pytest.mark.parametrize("when", ["gone since", "never there"])
def test_without_the_key_rows_stay_out_while_the_site_has_encrypted_cookies(
    folder: Path, tmp_path: Path, tag: str, when: str
) -> None:
    state = say(folder, OLD)
    if when == "never there":
        state.unlink()
    path = chromium_store(
        folder, [gcm(".a.example", "gone", tag=tag), gcm("www.a.example", "stays", tag=tag)]
    )
    before = contents(path)
    store = open_store(profile(path), tmp_path)
    saved = delete(store, "gone")
    state.unlink(missing_ok=True)
    (reason,) = put_back(store, saved)
    assert "cannot be told" in reason
    change(path, "DELETE FROM cookies")
    add_rows(path, [gcm("b.example", "other", tag=tag), chromium_row(host_key="a.example")])
    assert put_back(store, saved) == ("",)
    assert len(contents(path)) == 3
    assert set(contents(path)) & set(before)


def test_a_cookie_set_again_with_a_new_nonce_is_no_sign_of_another_key(
    folder: Path, tmp_path: Path, tag: str
) -> None:
    say(folder, OLD)
    # As long as if it were of whole blocks, which by chance every sixteenth value is.
    odd = [gcm("b.example", "visits", f"{n:04}", tag) for n in range(2)]
    assert all(map(of_whole_blocks, odd))
    path = chromium_store(
        folder, [gcm("a.example", "gone", tag=tag), gcm("a.example", "stays", tag=tag), odd[0]]
    )
    store = open_store(profile(path), tmp_path)
    saved = delete(store, "gone")
    change(path, "DELETE FROM cookies WHERE name = 'visits'")
    add_rows(path, [odd[1]])
    assert put_back(store, saved) == ("",)
