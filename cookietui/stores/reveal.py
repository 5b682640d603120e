"""One value on request, through browser-cookie3; the only module that knows it.

browser-cookie3 knows the browsers' key rings and ciphers. It is used for nothing else: its loaders
lose partitions and containers, and stop at the first value they cannot read.
"""

import hashlib
from types import ModuleType
from typing import Any

from cookietui.errors import UnreadableValueError
from cookietui.model.deletion import Cell, TextCell
from cookietui.model.profile import Profile

_WITHOUT_KEYRING = b"v10"
_APP_BOUND = b"v20"
_TAG = 3
# Whose key ring entry a brand uses, by what browser-cookie3 calls it; the longer title first.
_KEYS = (
    ("Arc", "Arc"),
    ("Brave", "Brave"),
    ("Chrome", "Chrome"),
    ("Edge", "Edge"),
    ("Opera GX", "OperaGX"),
    ("Opera", "Opera"),
    ("Vivaldi", "Vivaldi"),
)


def reveal_chromium(row: dict[str, Cell], profile: Profile, *, hashed: bool) -> str:
    """Decrypt the value of a Chromium row.

    Args:
        row: The row, by its columns.
        profile: Whose it is, for the key.
        hashed: Whether the value starts with the hash of its host (schema 24 and later).

    Raises:
        UnreadableValueError: It cannot be decrypted, and why.
    """
    encrypted = row["encrypted_value"]
    if not isinstance(encrypted, bytes) or not encrypted:
        plain = row["value"]
        return plain.raw.decode("utf-8", "surrogateescape") if isinstance(plain, TextCell) else ""
    if encrypted.startswith(_APP_BOUND):
        raise UnreadableValueError(
            "the value is bound to the browser itself (v20)", "only the browser can show it"
        )
    # Imported here, for one in a thousand runs reveals a value and it takes long to load.
    import browser_cookie3  # noqa: PLC0415

    try:
        value = _decryptor(browser_cookie3, encrypted, profile)._decrypt("", encrypted, hashed)
    # It raises what its parts raise: KeyError without a session bus, its own errors, OSError.
    except Exception as error:
        raise UnreadableValueError(
            f"the value cannot be decrypted ({encrypted[:_TAG].decode('ascii', 'replace')})",
            f"is the key ring of {profile.brand} unlocked?",
        ) from error
    return str(value)


def _decryptor(browser_cookie3: ModuleType, encrypted: bytes, profile: Profile) -> Any:  # noqa: ANN401
    if encrypted.startswith(_WITHOUT_KEYRING) and browser_cookie3.sys.platform == "linux":
        return _keyless(browser_cookie3)
    name = next((name for title, name in _KEYS if profile.brand.startswith(title)), "Chromium")
    return getattr(browser_cookie3, name)(cookie_file=str(profile.store))


def _keyless(browser_cookie3: ModuleType) -> Any:  # noqa: ANN401
    """For values made without a key ring; the usual decryptor would ask for it all the same."""
    decryptor = object.__new__(browser_cookie3.ChromiumBased)
    decryptor.iv = b" " * 16
    password = browser_cookie3.CHROMIUM_DEFAULT_PASSWORD
    decryptor.v10_key = hashlib.pbkdf2_hmac("sha1", password, b"saltysalt", 1, 16)
    decryptor.v11_key = decryptor.v10_key
    return decryptor
