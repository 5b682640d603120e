"""Would Chromium still be able to decrypt a row? Told without knowing the key.

One row that Chromium cannot decrypt makes it drop every cookie of that row's site, so a saved row
goes back only if its key is still in use. From schema 24 on a value starts with the hash of its
host, and AES-CBC has a constant initial vector here: the first two blocks of ciphertext are the
same for all cookies of a host until the key changes (components/os_crypt,
sqlite_persistent_cookie_store.cc).
"""

import json
import sqlite3

from cookietui.digests import sha256
from cookietui.model.deletion import Cell, SavedRows
from cookietui.model.profile import Profile
from cookietui.model.site import registrable_domain
from cookietui.stores.rows import as_text

_TAG = 3  # v10, v11...
_BLOCK = 16
_SHOWN = _TAG + 2 * _BLOCK  # the blocks that hold the host's hash
_STATE = "-state"
_STATE_KEYS = {"v10": "encrypted_key", "v20": "app_bound_encrypted_key"}
_NEWEST = 3_000  # rows; enough that some of their hosts are still there when they are asked again
# Other lengths are of AES-GCM, which has a new nonce for every value.
_ROWS = f"""
    SELECT CAST(host_key AS BLOB), substr(encrypted_value, 1, {_SHOWN})
    FROM (SELECT host_key, encrypted_value FROM cookies ORDER BY rowid DESC LIMIT {_NEWEST})
    WHERE typeof(encrypted_value) = 'blob' AND host_key NOT NULL
    AND length(encrypted_value) > {_SHOWN} AND (length(encrypted_value) - {_TAG}) % {_BLOCK} = 0
"""  # noqa: S608 - a constant
_CHANGED = "the browser has another key now and could not decrypt it"
_UNTOLD = "it cannot be told whether the browser could still decrypt it"


def witnesses(connection: sqlite3.Connection, state: dict[str, bytes]) -> dict[str, bytes]:
    """For hosts of a store, what its keys make of them; those of the newest cookies.

    Args:
        connection: To the store.
        state: What ``Local State`` tells of keys. Where it does, rows are not asked: some values in
            AES-GCM have lengths as if they were in AES-CBC.
    """
    told = {name[:_TAG] for name in state}
    starts: dict[tuple[bytes, bytes], set[bytes]] = {}
    for host, start in connection.execute(_ROWS):
        starts.setdefault((start[:_TAG], host), set()).add(start)
    # Two keys for one host: nothing can be concluded from it.
    found = {_name(*whose): each.pop() for whose, each in starts.items() if len(each) == 1}
    return state | {name: start for name, start in found.items() if name[:_TAG] not in told}


def state_witnesses(profile: Profile) -> dict[str, bytes]:
    """The keys that a browser on Windows keeps in ``Local State``, as hashes of their wrapping.

    AES-GCM has a new nonce for every value, so rows tell nothing there.
    """
    for folder in (profile.folder.parent, profile.folder):
        try:
            keys = json.loads((folder / "Local State").read_bytes())["os_crypt"]
            wrapped = {tag: keys.get(name) for tag, name in _STATE_KEYS.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
        return {
            f"{tag}{_STATE}": sha256(text.encode())
            for tag, text in wrapped.items()
            if isinstance(text, str) and text.isascii()
        }
    return {}


def why_unfit(
    connection: sqlite3.Connection, saved: SavedRows, now: dict[str, bytes]
) -> tuple[str, ...]:
    """For every saved row, why the browser might not be able to decrypt it; empty if it will.

    Args:
        connection: To the store.
        saved: The rows, and the witnesses of the day on which they were deleted.
        now: The witnesses of today.
    """
    query = "SELECT DISTINCT host_key FROM cookies WHERE length(encrypted_value) > 0"
    living = {_domain(host) for (host,) in connection.execute(query)}
    # By the tag of the key they speak of; in ``Local State`` it is the very key.
    same = {_spoken(name) for name, start in saved.witnesses.items() if now.get(name) == start}
    other = {
        name[:_TAG] for name, start in saved.witnesses.items() if now.get(name, start) != start
    }
    rows = (dict(zip(saved.columns, row.cells, strict=True)) for row in saved.rows)
    return tuple(_why_unfit(row, same, other, living) for row in rows)


def _why_unfit(row: dict[str, Cell], same: set[str], other: set[str], living: set[str]) -> str:
    value = row["encrypted_value"]
    if not isinstance(value, bytes) or not value:
        return ""
    tag = value[:_TAG].decode("latin-1")
    if tag in other:
        return _CHANGED
    if tag + _STATE in same or (tag in same and not (len(value) - _TAG) % _BLOCK):
        return ""
    # Nothing speaks for the key. Where no cookie of the site is left, none can be lost by trying.
    return _UNTOLD if _domain(row["host_key"]) in living else ""


def _spoken(name: str) -> str:
    return name if name.endswith(_STATE) else name[:_TAG]


def _name(tag: bytes, host: bytes) -> str:
    """What a witness goes by: the tag of the key and the host's hash."""
    return tag.decode("latin-1") + sha256(host).hex()


def _domain(host: object) -> str:
    return registrable_domain(as_text(host).removeprefix("."))
