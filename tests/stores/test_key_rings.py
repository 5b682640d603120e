"""Values whose key lies in a key ring, asked of a real one on a session bus of its own."""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import unpad
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.builders import chromium_row, sealed
from tests.key_ring import KEYS, session_bus
from tests.stores.test_reveal import (
    EMPTY_KEY,
    HOST,
    SECRET,
    all_revealed,
    encrypted_as_is,
    revealed,
    unreadable,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep keys elsewhere")

SERVICE = "org.freedesktop.Secret.Service"


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with session_bus(tmp_path_factory.mktemp("bus")) as address:
        yield address


@pytest.fixture
def key_ring(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)


@pytest.mark.usefixtures("key_ring")
@pytest.mark.parametrize(
    ("brand", "key"),
    [("Chromium", "chromium"), ("Edge", "chromium"), ("Chrome", "chrome"),
     ("Chrome Beta", "chrome")],
)  # fmt: skip
@pytest.mark.parametrize("version", [23, 24])
def test_a_value_is_revealed_with_the_key_that_the_key_ring_holds_for_the_brand(
    tmp_path: Path, brand: str, key: str, version: int
) -> None:
    encrypted = (
        sealed(HOST, SECRET, key=KEYS[key], tag=b"v11")
        if version == 24
        else encrypted_as_is(SECRET.encode(), KEYS[key], b"v11")
    )
    assert revealed(tmp_path, version, brand, encrypted_value=encrypted) == SECRET


@pytest.mark.usefixtures("key_ring")
def test_old_values_sealed_with_no_password_are_revealed_beside_the_others(tmp_path: Path) -> None:
    keys = {"empty": EMPTY_KEY, "kept": KEYS["chromium"]}
    rows = [
        chromium_row(name=name, encrypted_value=sealed(HOST, name, key=key, tag=b"v11"))
        for name, key in keys.items()
    ]
    assert all_revealed(tmp_path, rows) == {"empty": "empty", "kept": "kept"}


@pytest.mark.usefixtures("key_ring")
@pytest.mark.parametrize("brand", ["Chromium", "Brave"], ids=["wrong-secret", "no-secret"])
def test_a_key_that_has_changed_or_is_not_in_the_key_ring_is_said_to_be(
    tmp_path: Path, brand: str
) -> None:
    encrypted = sealed(HOST, SECRET, key=b"another key's 16", tag=b"v11")
    why = unreadable(revealed(tmp_path, brand=brand, encrypted_value=encrypted))
    assert f"no key of {brand} fits the value (v11): the key has changed, or the key ring" in why


@pytest.mark.parametrize("version", [23, 24])
def test_what_no_password_opens_by_chance_is_not_taken_for_a_value_while_nobody_can_be_asked(
    tmp_path: Path, version: int
) -> None:
    def encrypted(number: int) -> bytes:
        value = f"{SECRET}-{number}"
        if version == 24:
            return sealed(HOST, value, key=KEYS["chromium"], tag=b"v11")
        return encrypted_as_is(value.encode(), KEYS["chromium"], b"v11")

    def fits_by_chance(value: bytes) -> bool:
        text = AES.new(EMPTY_KEY, AES.MODE_CBC, iv=b" " * 16).decrypt(value[3:])
        try:
            return bool(unpad(text, 16))
        except ValueError:
            return False

    value = next(filter(fits_by_chance, map(encrypted, range(5000))))
    why = unreadable(revealed(tmp_path, version, encrypted_value=value))
    assert "the key ring of Chromium cannot be asked" in why


def test_a_key_ring_that_is_locked_is_to_be_unlocked(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_bus(tmp_path_factory.mktemp("bus")) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        encrypted = sealed(HOST, SECRET, key=KEYS["chromium"], tag=b"v11")
        assert revealed(tmp_path / "open", encrypted_value=encrypted) == SECRET
        lock_all_secrets()
        why = unreadable(revealed(tmp_path / "locked", encrypted_value=encrypted))
    assert "unlocked" in why


def lock_all_secrets() -> None:
    ring = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", SERVICE)
    with closing(open_dbus_connection()) as connection:
        collection = "/org/freedesktop/secrets/collection/login"
        reply = connection.send_and_get_reply(new_method_call(ring, "Lock", "ao", ([collection],)))
    assert reply.body == ([collection], "/")


def test_a_key_ring_that_does_not_answer_is_waited_for_once_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cookietui.stores.reveal._ANSWER_SECONDS", 0.2)
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=silent")
    asked: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.bind("silent")
        silent.listen()
        server = threading.Thread(target=_take, args=(silent, asked), daemon=True)
        server.start()
        encrypted = sealed(HOST, SECRET, tag=b"v11")
        rows = [chromium_row(name=f"{n}", encrypted_value=encrypted) for n in range(4)]
        found = all_revealed(tmp_path, rows)
        silent.shutdown(socket.SHUT_RDWR)
        server.join(10)
    for each in asked:
        each.close()
    assert {"does not answer" in unreadable(value) for value in found.values()} == {True}
    assert len(asked) == 1


def _take(silent: socket.socket, asked: list[socket.socket]) -> None:
    """Take whoever comes, and say nothing."""
    try:
        while True:
            asked.append(silent.accept()[0])
    except OSError:  # the end
        return
