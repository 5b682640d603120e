"""Session files as Firefox writes them: a mark, a size, and one LZ4 block of JSON."""

import json
from pathlib import Path
from typing import Any

import lz4.block

MARK = b"mozLz40\0"
CLEAN_END = "sessionstore.jsonlz4"
RECOVERY = "sessionstore-backups/recovery.jsonlz4"
OLDER_RECOVERY = "sessionstore-backups/recovery.baklz4"

Entry = dict[str, Any]

_ORIGIN = {
    "firstPartyDomain": "",
    "geckoViewSessionContextId": "",
    "partitionKey": "",
    "privateBrowsingId": 0,
    "userContextId": 0,
}


def entry(**overrides: object) -> Entry:
    """One cookie with every key that is always there; what is None is left out."""
    whole = {
        "host": "shop.example",
        "value": "plain",
        "path": "/",
        "name": "id",
        "originAttributes": origin(),
        "sameSite": 256,
        "schemeMap": 2,
    }
    return {key: value for key, value in (whole | overrides).items() if value is not None}


def origin(**overrides: str | int) -> dict[str, str | int]:
    """Origin attributes with every key, as Firefox writes them."""
    return _ORIGIN | overrides


def packed(content: bytes, *, size: int | None = None, mark: bytes = MARK) -> bytes:
    """A session file of any content, that says it is of this size once unpacked."""
    said = len(content) if size is None else size
    block: bytes = lz4.block.compress(content, store_size=False)
    return mark + said.to_bytes(4, "little") + block


def state(*entries: object) -> bytes:
    """The JSON of a session with these cookies."""
    return json.dumps(
        {"version": ["sessionrestore", 1], "windows": [], "cookies": entries}
    ).encode()


def write_session(folder: Path, *entries: object, name: str = CLEAN_END) -> Path:
    """Write one of a profile's session files."""
    return write_file(folder, packed(state(*entries)), name)


def write_file(folder: Path, content: bytes, name: str = CLEAN_END) -> Path:
    """Write anything in the place of a session file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
