"""The built-in catalogue in one file that is read in a moment, made from the files people edit.

TOML is for people: reading a thousand policies from it takes a quarter of a second at every start.
``make catalogue`` makes the one file anew after they were edited. It holds the sizes of the files
it was made from; where one is another now, those files are read instead.
"""

import sys
from pathlib import Path

import msgspec

from cookietui.model.policy import Kind, Policy

COMPILED = "catalogue.json"


class Compiled(msgspec.Struct, frozen=True):
    """The whole built-in catalogue.

    Attributes:
        sizes: The size in bytes of each file it was made from, by its name.
        policies: The policies, in the order of the files.
        kinds: The four kinds of cookie.
    """

    sizes: dict[str, int]
    policies: tuple[Policy, ...]
    kinds: tuple[Kind, ...]


def read_compiled(folder: Path) -> Compiled | None:
    """Read the one file; nothing if it was not made from the files that are there now."""
    try:
        found = msgspec.json.decode((folder / COMPILED).read_bytes(), type=Compiled)
        return found if found.sizes == _sizes(folder) else None
    except (OSError, msgspec.DecodeError):
        return None


def compiled(folder: Path, policies: tuple[Policy, ...], kinds: tuple[Kind, ...]) -> bytes:
    """Make the one file of what was read from a folder."""
    return msgspec.json.encode(Compiled(_sizes(folder), policies, kinds)) + b"\n"


def _sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in sorted(folder.glob("*.toml"))}


def main() -> int:
    """Make the one file anew."""
    from cookietui.catalogue.loading import BUILT_IN, read_built_in  # noqa: PLC0415 - it reads this

    policies, kinds = read_built_in()
    (BUILT_IN / COMPILED).write_bytes(compiled(BUILT_IN, policies, kinds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
