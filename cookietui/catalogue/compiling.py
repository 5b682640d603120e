"""The built-in catalogue in one file that is read in a moment, made from the files people edit.

TOML is for people: reading a thousand policies from it takes a quarter of a second at every start.
``make catalogue`` makes the one file anew after they were edited. Most of its policies nobody asks
for: each is read when somebody does, and the index beside them tells which those are.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

import msgspec

from cookietui.catalogue.indexing import Index, index_of
from cookietui.errors import CatalogueError
from cookietui.model.policy import Kind, Policy

COMPILED = "catalogue.msgpack"


class Compiled(msgspec.Struct, frozen=True):
    """The whole built-in catalogue.

    Attributes:
        kinds: The four kinds of cookie.
        index: Where the policies speak of what.
        policies: The policies in MessagePack, in the order of the files.
    """

    kinds: tuple[Kind, ...]
    index: Index
    policies: tuple[msgspec.Raw, ...]


class Unread(Sequence[Policy]):
    """Policies in MessagePack, each of them read when it is first asked for.

    Args:
        policies: All of them.
    """

    def __init__(self, policies: Iterable[msgspec.Raw]) -> None:
        self._policies: list[Policy | msgspec.Raw] = list(policies)

    def __len__(self) -> int:
        return len(self._policies)

    @overload
    def __getitem__(self, which: int) -> Policy: ...

    @overload
    def __getitem__(self, which: slice) -> Sequence[Policy]: ...

    def __getitem__(self, which: int | slice) -> Policy | Sequence[Policy]:
        if isinstance(which, slice):
            return [self[number] for number in range(*which.indices(len(self)))]
        policy = self._policies[which]
        if isinstance(policy, msgspec.Raw):
            policy = self._policies[which] = msgspec.msgpack.decode(policy, type=Policy)
        return policy


def read_compiled(folder: Path) -> Compiled:
    """Read the one file.

    Raises:
        CatalogueError: It is missing or damaged.
    """
    file = folder / COMPILED
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError) as error:
        raise CatalogueError(f"{file}: {error}", "install cookietui anew") from error


def compiled(policies: tuple[Policy, ...], kinds: tuple[Kind, ...]) -> bytes:
    """Make the one file; of the same policies it is the same on every machine."""
    raw = tuple(msgspec.Raw(msgspec.msgpack.encode(policy)) for policy in policies)
    made = Compiled(kinds, index_of(policies), raw)
    return msgspec.msgpack.encode(made, order="deterministic")
