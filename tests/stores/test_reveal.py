"""One value at a time, on request; and no value where it was not asked for."""

import sys
from pathlib import Path

import pytest
from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import pad

from cookietui.errors import StoreError, UnreadableValueError
from cookietui.model.deletion import Cell, TextCell
from cookietui.operations.sample import make_samples
from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
from tests.builders import (
    BASIC_KEY,
    NOW,
    change,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    open_store,
    profile,
    sealed,
)

HOST = "shop.example"
SECRET = "s3cret-v4lue"  # noqa: S105 - nobody's


@pytest.fixture(autouse=True)
def _no_key_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


def revealed(tmp_path: Path, version: int = 24, **columns: Cell | str) -> str:
    row = chromium_row(**{"host_key": HOST, **columns})
    store = chromium_store(tmp_path / "Default", [row], version)
    whose = open_store(profile(store), tmp_path)
    (cookie,) = whose.read().cookies
    return whose.value(cookie.key)


def encrypted_as_is(plain: bytes) -> bytes:
    return b"v10" + AES.new(BASIC_KEY, AES.MODE_CBC, iv=b" " * 16).encrypt(pad(plain, 16))


def told(error: BaseException | None) -> str:
    """Everything a person or a log could get to see of an error and its causes."""
    text = ""
    while error is not None:
        text += f"{error!r} {error} {getattr(error, 'hint', '')} {error.args!r}"
        error = error.__cause__ or error.__context__
    return text


@pytest.mark.skipif(sys.platform != "linux", reason="the sample's key is Linux's")
@pytest.mark.parametrize(
    ("brand", "name"), [("Chromium", "latin-\udce9t\udce9-\udcff"), ("Firefox", "言語設定")]
)
def test_values_of_the_sample_profiles_are_revealed(tmp_path: Path, brand: str, name: str) -> None:
    home = tmp_path / "someone"
    home.mkdir()
    make_samples(home, now=NOW)
    (whose,) = (p for p in find_profiles(Environment.of_home(home)) if p.brand == brand)
    store = open_store(whose, tmp_path)
    (cookie,) = (cookie for cookie in store.read().cookies if cookie.name == name)
    value = store.value(cookie.key)
    assert value == "日本語" if brand == "Firefox" else len(value) == 8 and int(value, 16) >= 0


@pytest.mark.parametrize("value", ["", SECRET, "日本語", "x" * 4096, "a\x1b[31m\n"])
def test_a_value_sealed_without_a_key_ring_is_revealed(tmp_path: Path, value: str) -> None:
    assert revealed(tmp_path, encrypted_value=sealed(HOST, value)) == value


def test_before_layout_24_no_hash_is_taken_off(tmp_path: Path) -> None:
    plain = b"0123456789abcdef0123456789abcdef-all-of-it"
    encrypted = encrypted_as_is(plain)
    assert revealed(tmp_path / "23", 23, encrypted_value=encrypted) == plain.decode()
    assert revealed(tmp_path / "24", 24, encrypted_value=encrypted) == "-all-of-it"


@pytest.mark.parametrize("raw", [b"", SECRET.encode(), b"\xff\xfe", b"a\x00b"])
def test_a_plain_value_is_shown_as_its_bytes(tmp_path: Path, raw: bytes) -> None:
    value = revealed(tmp_path, value=TextCell(raw))
    assert value.encode("utf-8", "surrogateescape") == raw


@pytest.mark.parametrize("raw", [b"", SECRET.encode(), b"\xff\xfe", b"a\x00b"])
def test_a_value_of_firefox_is_shown_as_its_bytes(tmp_path: Path, raw: bytes) -> None:
    store = firefox_store(tmp_path / "a.default", [firefox_row(value=TextCell(raw))])
    whose = open_store(profile(store), tmp_path)
    (cookie,) = whose.read().cookies
    assert whose.value(cookie.key).encode("utf-8", "surrogateescape") == raw


def test_a_value_bound_to_the_browser_itself_is_not_readable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableValueError, match="v20") as caught:
        revealed(tmp_path, encrypted_value=b"v20" + SECRET.encode() * 8, value=SECRET)
    assert SECRET not in told(caught.value)


@pytest.mark.parametrize(
    "encrypted",
    [
        pytest.param(sealed(HOST, SECRET, tag=b"v11"), id="v11-without-key-ring"),
        pytest.param(sealed(HOST, SECRET, key=b"another key's 16"), id="another-key"),
        pytest.param(sealed(HOST, SECRET)[:-5], id="cut-short"),
        pytest.param(b"v10", id="nothing-but-a-tag"),
        pytest.param(b"v12" + b"x" * 60, id="v12"),
        pytest.param(b"\x01\x00\x00\x00\xd0\x8c\x9d\xdf", id="dpapi"),
        pytest.param(b"\xff", id="garbage"),
    ],
)
def test_a_value_that_cannot_be_decrypted_is_one_error_without_any_value(
    tmp_path: Path, encrypted: bytes
) -> None:
    with pytest.raises(UnreadableValueError) as caught:
        revealed(tmp_path, encrypted_value=encrypted, value=SECRET)
    assert SECRET not in told(caught.value)
    assert "Chromium" in caught.value.hint


def test_a_value_that_is_not_utf_8_is_not_told_in_its_error(tmp_path: Path) -> None:
    plain = b"\x00" * 32 + SECRET.encode() + b"\xff"
    encrypted = encrypted_as_is(plain)
    with pytest.raises(UnreadableValueError) as caught:
        revealed(tmp_path, encrypted_value=encrypted)
    assert SECRET not in caught.value.message + caught.value.hint


def test_chromes_own_key_is_asked_for_with_chromes_name(tmp_path: Path) -> None:
    row = chromium_row(encrypted_value=sealed(HOST, SECRET, tag=b"v11"))
    store = chromium_store(tmp_path / "Default", [row])
    whose = open_store(profile(store, brand="Chrome Beta"), tmp_path)
    (cookie,) = whose.read().cookies
    with pytest.raises(UnreadableValueError) as caught:
        whose.value(cookie.key)
    assert "Chrome Beta" in caught.value.hint


def test_the_value_of_a_cookie_that_is_gone_is_an_error(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row(value=SECRET)])
    whose = open_store(profile(store), tmp_path)
    (cookie,) = whose.read().cookies
    change(store, "UPDATE cookies SET creation_utc = creation_utc + 1")
    with pytest.raises(StoreError, match="changed or gone") as caught:
        whose.value(cookie.key)
    assert SECRET not in told(caught.value)
