"""The built-in catalogue in one file that is read in a moment, made from the files people edit.

TOML is for people: reading a thousand policies from it takes a quarter of a second at every start.
``make catalogue`` makes the one file anew after they were edited. It holds a checksum of the files
it was made from; where that is another now, those files are read instead.
"""

import zlib
from pathlib import Path

import msgspec

from cookietui.model.policy import Kind, Policy

COMPILED = "catalogue.json"


class Compiled(msgspec.Struct, frozen=True):
    """The whole built-in catalogue.

    Attributes:
        checksum: That of the files it was made from.
        policies: The policies, in the order of the files.
        kinds: The four kinds of cookie.
    """

    checksum: int
    policies: tuple[Policy, ...]
    kinds: tuple[Kind, ...]


def read_compiled(folder: Path) -> Compiled | None:
    """Read the one file; nothing if it was not made from the files that are there now."""
    try:
        found = msgspec.json.decode((folder / COMPILED).read_bytes(), type=Compiled)
        return found if found.checksum == _checksum(folder) else None
    except (OSError, msgspec.DecodeError):
        return None


def compiled(folder: Path, policies: tuple[Policy, ...], kinds: tuple[Kind, ...]) -> bytes:
    """Make the one file of what was read from a folder."""
    return msgspec.json.encode(Compiled(_checksum(folder), policies, kinds)) + b"\n"


def _checksum(folder: Path) -> int:
    checksum = 0
    for file in sorted(folder.glob("*.toml")):
        content = file.read_bytes()
        checksum = zlib.crc32(f"{file.name} {len(content)}\n".encode(), checksum)
        checksum = zlib.crc32(content, checksum)
    return checksum
