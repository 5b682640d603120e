"""Values on request, each for itself; and none where it was not asked for."""

import hashlib
import sys
from pathlib import Path

import pytest
from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import pad, unpad

from cookietui.errors import StoreError, UnreadableValueError
from cookietui.model.deletion import Cell, TextCell
from cookietui.operations.sample import make_samples
from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
from tests.builders import (
    BASIC_KEY,
    NOW,
    Row,
    change,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    open_store,
    profile,
    reveal,
    sealed,
)

HOST = "shop.example"
SECRET = "s3cret-v4lue"  # noqa: S105 - nobody's
# The key that old versions derived from no password at all.
EMPTY_KEY = bytes.fromhex("d0d0ec9c7d77d43ac54187fa4818d17f")
KEYS = (BASIC_KEY, EMPTY_KEY)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these keys are Linux's")
Revealed = dict[str, str | StoreError]


def all_revealed(
    tmp_path: Path, rows: list[Row], version: int = 24, brand: str = "Chromium"
) -> Revealed:
    """What is revealed of every row, by its name."""
    store = chromium_store(tmp_path / "Default", rows, version)
    whose = open_store(profile(store, brand=brand), tmp_path)
    cookies = whose.read().cookies
    values = whose.values([cookie.key for cookie in cookies])
    assert list(values) == [cookie.key for cookie in cookies]
    return {cookie.name: values[cookie.key] for cookie in cookies}


def revealed(
    tmp_path: Path, version: int = 24, brand: str = "Chromium", **columns: Cell | str
) -> str | StoreError:
    """What is revealed of one row."""
    row = chromium_row(**{"host_key": HOST, **columns})
    (value,) = all_revealed(tmp_path, [row], version, brand).values()
    return value


def unreadable(value: str | StoreError) -> str:
    """Why a value cannot be had, which never tells the value."""
    assert isinstance(value, UnreadableValueError)
    assert SECRET not in told(value)
    return f"{value.message}; {value.hint}"


def told(error: BaseException | None) -> str:
    """Everything a person or a log could get to see of an error and its causes."""
    text = ""
    while error is not None:
        text += f"{error!r} {error} {getattr(error, 'hint', '')} {error.args!r}"
        error = error.__cause__ or error.__context__
    return text


def encrypted_as_is(plain: bytes, key: bytes = BASIC_KEY, tag: bytes = b"v10") -> bytes:
    return tag + AES.new(key, AES.MODE_CBC, iv=b" " * 16).encrypt(pad(plain, 16))


@LINUX
@pytest.mark.parametrize(
    ("brand", "name"), [("Chromium", "latin-\udce9t\udce9-\udcff"), ("Firefox", "言語設定")]
)
def test_values_of_the_sample_profiles_are_revealed(tmp_path: Path, brand: str, name: str) -> None:
    home = tmp_path / "someone"
    home.mkdir()
    make_samples(home, now=NOW)
    (whose,) = (p for p in find_profiles(Environment.of_home(home))[0] if p.brand == brand)
    store = open_store(whose, tmp_path)
    (cookie,) = (cookie for cookie in store.read().cookies if cookie.name == name)
    (value,) = reveal(store, cookie)
    assert value == "日本語" if brand == "Firefox" else len(value) == 8 and int(value, 16) >= 0


@LINUX
@pytest.mark.parametrize("key", [BASIC_KEY, EMPTY_KEY], ids=["everybodys", "empty"])
@pytest.mark.parametrize("value", ["", SECRET, "日本語", "x" * 4096, "a\x1b[31m\n"])
def test_a_value_sealed_without_a_key_ring_is_revealed(
    tmp_path: Path, value: str, key: bytes
) -> None:
    assert revealed(tmp_path, encrypted_value=sealed(HOST, value, key=key)) == value


@LINUX
@pytest.mark.parametrize("key", [BASIC_KEY, EMPTY_KEY], ids=["everybodys", "empty"])
def test_bytes_that_are_not_utf_8_are_revealed_as_they_are(tmp_path: Path, key: bytes) -> None:
    plain = hashlib.sha256(HOST.encode()).digest() + b"caf\xe9\x00\xff"
    value = revealed(tmp_path, encrypted_value=encrypted_as_is(plain, key))
    assert isinstance(value, str)
    assert value.encode("utf-8", "surrogateescape") == b"caf\xe9\x00\xff"


@LINUX
def test_what_cannot_be_decrypted_leaves_the_values_after_it_alone(tmp_path: Path) -> None:
    whole = {f"{key[:1].hex()}{n}": (f"value {n}", key) for n in range(9) for key in KEYS}
    rows = []
    for name, (value, key) in whole.items():
        good = sealed(HOST, value, key=key)
        for broken in (b"v10", good[:-1], good[:-16], good[:20] + good[-16:], good + bytes(16)):
            rows.append(chromium_row(name=f"x{len(rows)}", host_key=HOST, encrypted_value=broken))
        rows.append(chromium_row(name=name, host_key=HOST, encrypted_value=good))
    found = all_revealed(tmp_path, rows)
    assert {name: value for name, value in found.items() if isinstance(value, str)} == {
        name: value for name, (value, _) in whole.items()
    }


@LINUX
def test_before_layout_24_no_hash_is_taken_off_and_none_is_missed(tmp_path: Path) -> None:
    encrypted = encrypted_as_is(b"0123456789abcdef0123456789abcdef-all-of-it")
    whole = revealed(tmp_path / "23", 23, encrypted_value=encrypted)
    assert whole == "0123456789abcdef0123456789abcdef-all-of-it"
    assert "another host" in unreadable(revealed(tmp_path / "24", encrypted_value=encrypted))


@LINUX
def test_before_layout_24_what_a_wrong_key_makes_by_chance_is_not_the_value(tmp_path: Path) -> None:
    def fits_by_chance(encrypted: bytes) -> bool:
        text = AES.new(BASIC_KEY, AES.MODE_CBC, iv=b" " * 16).decrypt(encrypted[3:])
        try:
            return bool(unpad(text, 16))
        except ValueError:
            return False

    chances = {f"{n}": encrypted_as_is(f"{n}".encode(), EMPTY_KEY) for n in range(5000)}
    value, encrypted = next(each for each in chances.items() if fits_by_chance(each[1]))
    assert ascii(revealed(tmp_path, 23, encrypted_value=encrypted)) == ascii(value)


@LINUX
def test_a_value_moved_from_another_host_is_not_shown(tmp_path: Path) -> None:
    for number, host in enumerate((f".{HOST}", "other.example")):
        value = revealed(tmp_path / f"{number}", encrypted_value=sealed(host, SECRET))
        assert "made for another host or with another key" in unreadable(value)


@LINUX
def test_without_a_session_bus_only_what_needs_the_key_ring_is_not_shown(tmp_path: Path) -> None:
    rows = [
        chromium_row(name=tag, encrypted_value=sealed(HOST, SECRET, tag=tag.encode()))
        for tag in ("v11", "v10")
    ]
    found = all_revealed(tmp_path, rows, brand="Chrome Beta")
    assert found["v10"] == SECRET
    assert "the key ring of Chrome Beta cannot be asked" in unreadable(found["v11"])


@LINUX
@pytest.mark.parametrize(
    ("encrypted", "why"),
    [
        pytest.param(sealed(HOST, SECRET, key=b"another key's 16"), "has changed", id="key"),
        pytest.param(b"v10", "no key", id="nothing-but-a-tag"),
        pytest.param(b"v12" + SECRET.encode() * 8, "(v12)", id="v12"),
        pytest.param(b"v20" + SECRET.encode() * 8, "(v20); only the browser can", id="v20"),
        pytest.param(b"v13" + SECRET.encode() * 8, "is not known (v13)", id="v13"),
        pytest.param(b"\x01\x00\x00\x00\xd0\x8c\x9d\xdf", "is not known", id="dpapi"),
        pytest.param(b"\xff", "is not known", id="garbage"),
    ],
)
def test_one_value_that_cannot_be_had_is_told_and_hides_no_other(
    tmp_path: Path, encrypted: bytes, why: str
) -> None:
    rows = [
        chromium_row(name="before", encrypted_value=sealed(HOST, "one")),
        chromium_row(name="bad", encrypted_value=encrypted, value=SECRET),
        chromium_row(name="after", encrypted_value=sealed(HOST, "two")),
    ]
    found = all_revealed(tmp_path, rows)
    assert (found["before"], found["after"]) == ("one", "two")
    assert why in unreadable(found["bad"])


@LINUX
def test_a_value_cut_short_anywhere_is_never_shown(tmp_path: Path) -> None:
    whole = sealed(HOST, SECRET)
    rows = [
        chromium_row(name=f"{kept}", encrypted_value=whole[:kept]) for kept in range(1, len(whole))
    ]
    found = all_revealed(tmp_path, rows)
    assert len(found) == len(whole) - 1
    assert all(unreadable(value) for value in found.values())


@pytest.mark.parametrize("raw", [b"", SECRET.encode(), b"\xff\xfe", b"a\x00b"])
@pytest.mark.parametrize("family", ["chromium", "firefox"])
def test_a_plain_value_is_shown_as_its_bytes(tmp_path: Path, raw: bytes, family: str) -> None:
    if family == "chromium":
        store = chromium_store(tmp_path / "Default", [chromium_row(value=TextCell(raw))])
    else:
        store = firefox_store(tmp_path / "a.default", [firefox_row(value=TextCell(raw))])
    whose = open_store(profile(store), tmp_path)
    (cookie,) = whose.read().cookies
    assert reveal(whose, cookie)[0].encode("utf-8", "surrogateescape") == raw


def test_the_value_of_a_cookie_that_is_gone_is_told_beside_the_others(tmp_path: Path) -> None:
    rows = [chromium_row(name=name, value=SECRET) for name in ("stays", "goes")]
    store = chromium_store(tmp_path / "Default", rows)
    whose = open_store(profile(store), tmp_path)
    keys = {cookie.name: cookie.key for cookie in whose.read().cookies}
    change(store, "UPDATE cookies SET creation_utc = creation_utc + 1 WHERE name = 'goes'")
    values = whose.values(keys.values())
    assert values[keys["stays"]] == SECRET
    gone = values[keys["goes"]]
    assert isinstance(gone, StoreError)
    assert "changed or gone" in gone.message
    assert SECRET not in told(gone)
