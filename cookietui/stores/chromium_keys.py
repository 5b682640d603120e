"""Would Chromium still be able to decrypt a row? Told without knowing the key.

One row that Chromium cannot decrypt makes it drop every cookie of that row's site, so a saved row
goes back only if its key is still in use. From schema 24 on a value starts with the hash of its
host, and AES-CBC has a constant initial vector here: the first two blocks of ciphertext are the
same for all cookies of a host until the key changes (components/os_crypt,
sqlite_persistent_cookie_store.cc).
"""

import hashlib
import sqlite3

from cookietui.model.deletion import Cell, SavedRows, TextCell
from cookietui.model.site import registrable_domain
from cookietui.stores.rows import as_text

_TAG = 3  # v10, v11...
_BLOCK = 16
_SHOWN = _TAG + 2 * _BLOCK  # the blocks that hold the host's hash
_HOSTS = 1_000
_ROWS = f"""
    SELECT host_key, substr(encrypted_value, 1, {_SHOWN}), length(encrypted_value) FROM cookies
    WHERE length(encrypted_value) > {_SHOWN} ORDER BY last_access_utc DESC
"""  # noqa: S608 - a constant
_CHANGED = "the browser has another key now and could not decrypt it"
_UNTOLD = "it cannot be told whether the browser could still decrypt it"


def witnesses(connection: sqlite3.Connection) -> dict[str, bytes]:
    """For hosts of a store, what its keys make of them; the most recently used hosts."""
    found: dict[str, bytes] = {}
    contradicted = set()
    for host, start, length in connection.execute(_ROWS):
        name = _name(host, start, length)
        if not name or (name not in found and len(found) >= _HOSTS):
            continue
        if found.setdefault(name, start) != start:
            contradicted.add(name)  # two keys: nothing can be concluded from this host
    return {name: start for name, start in found.items() if name not in contradicted}


def why_unfit(connection: sqlite3.Connection, saved: SavedRows) -> tuple[str, ...]:
    """For every saved row, why the browser might not be able to decrypt it; empty if it will."""
    now = witnesses(connection)
    query = "SELECT DISTINCT host_key FROM cookies WHERE length(encrypted_value) > 0"
    living = {_domain(host) for (host,) in connection.execute(query)}
    # Both ways of telling, by the tag of the key they speak of.
    same = {name[:_TAG] for name, start in saved.witnesses.items() if now.get(name) == start}
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
    if tag in same and not (len(value) - _TAG) % _BLOCK:
        return ""
    # Nothing speaks for the key. Where no cookie of the site is left, none can be lost by trying.
    return _UNTOLD if _domain(row["host_key"]) in living else ""


def _name(host: object, start: object, length: int) -> str:
    """What a witness goes by: the tag of the key and the host's hash; empty if it tells nothing."""
    if not isinstance(start, bytes) or (length - _TAG) % _BLOCK:
        return ""  # AES-GCM, which has a new nonce for every value
    raw = host.raw if isinstance(host, TextCell) else as_text(host).encode("utf-8", "replace")
    return start[:_TAG].decode("latin-1") + hashlib.sha256(raw).hexdigest()


def _domain(host: object) -> str:
    return registrable_domain(as_text(host).removeprefix("."))
