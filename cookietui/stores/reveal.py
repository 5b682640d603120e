"""Values on request, through browser-cookie3; the only module that knows it.

browser-cookie3 knows the key rings of every system and what each brand calls its key there. It is
used for nothing else: its loaders lose partitions and containers, ask for a key that may not be
needed, and stop at the first value they cannot read. Keys and ciphers are those of
components/os_crypt in Chromium's source.
"""

import sys
import threading
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from cookietui.digests import sha256
from cookietui.errors import UnreadableValueError
from cookietui.model.deletion import Cell, TextCell
from cookietui.model.profile import Profile
from cookietui.stores.rows import lossless_text

_TAG = 3  # v10, v11...
_NONCE, _SEAL, _BLOCK, _HASH = 12, 16, 16, 32  # bytes
_INITIAL_VECTOR = b" " * _BLOCK
_ANSWER_SECONDS = 60.0  # a person may have to unlock the key ring first
# What browser-cookie3 calls the class of a brand; the longer title first.
_CLASSES = (
    ("Arc", "Arc"),
    ("Brave", "Brave"),
    ("Chrome", "Chrome"),
    ("Edge", "Edge"),
    ("Opera GX", "OperaGX"),
    ("Opera", "Opera"),
    ("Vivaldi", "Vivaldi"),
)
_OUT_OF_REACH = {
    "v20": ("the value is bound to the browser itself (v20)", "only the browser can show it"),
    "v12": ("the value's key is in the desktop's secret portal (v12)", "the browser can show it"),
}


class ChromiumValues:
    """Decrypts the values of one profile; the key ring is asked once, when it is needed first.

    Args:
        profile: Whose they are.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._ring: Any = None
        self._tried: dict[str, tuple[list[bytes], UnreadableValueError | None]] = {}
        self._silence: UnreadableValueError | None = None
        self._ciphers: dict[bytes, _Cipher] = {}

    def reveal(
        self, rows: Iterable[dict[str, Cell]], *, hashed: bool
    ) -> list[str | UnreadableValueError]:
        """Decrypt the values of rows, and say in the place of a value why it cannot be had.

        Args:
            rows: Rows by their columns.
            hashed: Whether values start with the hash of their host (schema 24 and later).
        """
        # A key ring that did not answer may have been unlocked since.
        self._silence = None
        self._tried.clear()
        values: list[str | UnreadableValueError] = []
        for row in rows:
            try:
                values.append(self._value(row, hashed=hashed))
            except UnreadableValueError as error:
                values.append(error)
        return values

    def _value(self, row: dict[str, Cell], *, hashed: bool) -> str:
        encrypted = row["encrypted_value"]
        if not isinstance(encrypted, bytes) or not encrypted:
            plain = row["value"]
            return lossless_text(plain.raw) if isinstance(plain, TextCell) else ""
        tag = encrypted[:_TAG].decode("ascii", "replace")
        if tag in _OUT_OF_REACH:
            raise UnreadableValueError(*_OUT_OF_REACH[tag])
        return lossless_text(self._unsealed(encrypted, tag, row, hashed=hashed))

    def _unsealed(self, encrypted: bytes, tag: str, row: dict[str, Cell], *, hashed: bool) -> bytes:
        if tag not in self._tried:
            self._tried[tag] = self._keys(tag)
        keys, silence = self._tried[tag]
        first: bytes | None = None
        for key in keys:
            text = self._opened(encrypted, key)
            # A wrong key may open a value by chance, but then it does not make sense.
            if text is not None and (_names_host(text, row) if hashed else _is_text(text)):
                return text[_HASH:] if hashed else text
            first = text if first is None else first
        if silence is not None or first is None:
            raise silence or self._no_key(tag)
        if hashed:
            raise UnreadableValueError(
                "the value was made for another host or with another key",
                "the browser will not load it either",
            )
        return first

    def _keys(self, tag: str) -> tuple[list[bytes], UnreadableValueError | None]:
        """The keys that may fit, and why the one that should is not among them.

        Early versions sometimes used an empty password.
        """
        if sys.platform == "win32":
            return [b""], None  # which one is asked for with each value
        if tag not in ("v10", "v11"):
            raise UnreadableValueError(f"how the value is encrypted is not known ({tag})", "")
        if tag == "v10" and sys.platform != "darwin":  # the same for everybody: no key ring
            return [_derived(_library().CHROMIUM_DEFAULT_PASSWORD), _derived(b"")], None
        try:
            ring = self._asked()
        except UnreadableValueError as error:
            self._silence = error
            return [_derived(b"")], error
        keys = [ring.v10_key] if sys.platform == "darwin" else [ring.v11_key, ring.v11_empty_key]
        return keys, None

    def _opened(self, encrypted: bytes, key: bytes) -> bytes | None:
        if sys.platform == "win32":
            return self._on_windows(encrypted)
        if key not in self._ciphers:
            self._ciphers[key] = _Cipher(key)
        return self._ciphers[key].opened(encrypted)

    def _on_windows(self, encrypted: bytes) -> bytes:
        from Cryptodome.Cipher import AES  # noqa: PLC0415 - takes long to load

        try:
            if not encrypted.startswith(b"v10"):  # before Chrome 80
                plain: bytes = _library()._crypt_unprotect_data(encrypted)[1]
                return plain
            body = encrypted[_TAG + _NONCE : -_SEAL]
            nonce = encrypted[_TAG : _TAG + _NONCE]
            cipher = AES.new(self._asked().v10_key, AES.MODE_GCM, nonce=nonce)
            return bytes(cipher.decrypt_and_verify(body, encrypted[-_SEAL:]))
        except (RuntimeError, ValueError, TypeError) as error:
            raise self._no_key("v10") from error

    def _asked(self) -> Any:  # noqa: ANN401 - the library has no types
        """Ask the key ring, once.

        Raises:
            UnreadableValueError: It does not answer.
        """
        if self._silence is not None:
            raise self._silence
        if self._ring is None:
            self._ring = _in_time(self._ask, self._profile.brand)
        return self._ring

    def _ask(self) -> Any:  # noqa: ANN401 - the library has no types
        brand = self._profile.brand
        name = next((name for title, name in _CLASSES if brand.startswith(title)), "Chromium")
        # The library looks for these files by itself otherwise, and finds another profile's.
        state = self._profile.folder.parent / "Local State"
        if not state.exists():
            state = self._profile.folder / "Local State"
        make = getattr(_library(), name)
        return make(cookie_file=str(self._profile.store), key_file=str(state))

    def _no_key(self, tag: str) -> UnreadableValueError:
        brand = self._profile.brand
        return UnreadableValueError(
            f"no key of {brand} fits the value ({tag}): the key has changed, or the key ring gave"
            " none",
            f"unlock the key ring; if {brand} itself has forgotten the cookie, its key has changed",
        )


def _library() -> ModuleType:
    # Imported when it is needed, for one in a thousand runs reveals a value and it takes long.
    import browser_cookie3  # noqa: PLC0415

    return browser_cookie3  # type: ignore[no-any-return]


def _in_time(ask: Callable[[], Any], brand: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Ask a key ring, but not for ever: it may be waiting for somebody who is not there.

    Raises:
        UnreadableValueError: It cannot be asked, or does not answer.
    """
    answers: list[Any] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(ask())
        # It raises what its parts raise: KeyError without a session bus, its own errors, OSError.
        except Exception as error:  # noqa: BLE001 - see above
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(_ANSWER_SECONDS)
    if answers:
        return answers[0]
    what = "cannot be asked" if errors else "does not answer"
    raise UnreadableValueError(
        f"the key ring of {brand} {what}", "is it there, and unlocked?"
    ) from (errors[0] if errors else None)


def _derived(password: bytes) -> bytes:
    import hashlib  # noqa: PLC0415 - slow to load

    return hashlib.pbkdf2_hmac("sha1", password, b"saltysalt", 1, _BLOCK)


class _Cipher:
    """AES-CBC as on Linux and macOS, for all values that one key may fit.

    Args:
        key: The key.
    """

    def __init__(self, key: bytes) -> None:
        from Cryptodome.Cipher import AES  # noqa: PLC0415 - takes long to load
        from Cryptodome.Util.Padding import unpad  # noqa: PLC0415

        self._cipher = AES.new(key, AES.MODE_CBC, _INITIAL_VECTOR)
        self._unpad: Callable[[bytes, int], bytes] = unpad

    def opened(self, encrypted: bytes) -> bytes | None:
        """Decrypt a value; None if the key does not fit."""
        # All that a block takes from what was decrypted before it is the ciphertext of one block:
        # with the initial vector for that block, each value begins a chain of its own.
        chain = _INITIAL_VECTOR + encrypted[_TAG:]
        try:
            return self._unpad(self._cipher.decrypt(chain)[_BLOCK:], _BLOCK) or None
        except ValueError:
            return None


def _names_host(text: bytes, row: dict[str, Cell]) -> bool:
    host = row["host_key"]
    raw = host.raw if isinstance(host, TextCell) else b""
    return text[:_HASH] == sha256(raw)


def _is_text(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
