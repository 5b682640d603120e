"""Policies from TOML files: the built-in ones and the person's own.

A file that is wrong in one place is wrong as a whole: half a policy could make a needed cookie look
as if nobody had declared it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from cookietui.catalogue.compiling import Unread, read_compiled
from cookietui.catalogue.expressions import linear
from cookietui.catalogue.indexing import Index
from cookietui.errors import CatalogueError
from cookietui.model.policy import Kind, Match, Policy

BUILT_IN = Path(__file__).parent / "data"
_KINDS = "kinds.toml"
_LARGEST = 10_000_000  # bytes of a policy file
Shape = TypeVar("Shape")


class PolicyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of policies."""

    policies: tuple[Policy, ...]


class KindsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of the four kinds of cookie, and where they are from."""

    source: str
    kinds: tuple[Kind, ...]


class Catalogue(msgspec.Struct, frozen=True):
    """Everything that policies say.

    Attributes:
        own: The person's own policies, which win over the built-in ones.
        builtin: The policies that come with the program.
        kinds: The four kinds of cookie, by name.
        index: Where the built-in policies speak of what, if that is known already.
    """

    own: tuple[Policy, ...]
    builtin: Sequence[Policy]
    kinds: dict[str, Kind]
    index: Index | None = None


def load_catalogue(own_folder: Path) -> Catalogue:
    """Load the built-in policies and the person's own.

    Raises:
        CatalogueError: A file cannot be read or is wrong; it names file and place.
    """
    made = read_compiled(BUILT_IN)
    own = tuple(policy for file in _own_files(own_folder) for policy in load_policies(file))
    kinds = {kind.name: kind for kind in made.kinds}
    return Catalogue(own, Unread(made.policies), kinds, made.index)


def read_built_in() -> tuple[tuple[Policy, ...], tuple[Kind, ...]]:
    """Read the built-in policies and kinds from the files that people edit.

    Raises:
        CatalogueError: A file is wrong; it names file and place.
    """
    kinds = _decode(BUILT_IN / _KINDS, _content(BUILT_IN / _KINDS), KindsFile).kinds
    files = (file for file in sorted(BUILT_IN.glob("*.toml")) if file.name != _KINDS)
    read = (_decode(file, _content(file), PolicyFile).policies for file in files)
    return tuple(policy for policies in read for policy in policies), kinds


def load_policies(file: Path) -> tuple[Policy, ...]:
    """Load the policies of one file.

    Raises:
        CatalogueError: It cannot be read or is wrong; it names file and place.
    """
    return policies_in(file, _content(file))


def policies_in(file: Path, content: bytes) -> tuple[Policy, ...]:
    """Load the policies of a file whose content is at hand.

    Raises:
        CatalogueError: It is wrong; names file and place.
    """
    policies = _decode(file, content, PolicyFile).policies
    _check(file, policies)
    return policies


def _check(file: Path, policies: tuple[Policy, ...]) -> None:
    for policy in policies:
        for declaration in policy.declarations:
            if not (declaration.pattern.strip("*") or declaration.hosts):
                anywhere = "a pattern without hosts must hold more than wildcards"
                raise _wrong(file, f"{policy.name}: {anywhere}")
            if declaration.match is Match.REGEX:
                try:
                    linear(declaration.pattern)
                except ValueError as error:
                    where = f"{policy.name}: pattern {declaration.pattern!r}"
                    raise _wrong(file, f"{where} cannot be used: {error}") from error


def _own_files(folder: Path) -> list[Path]:
    if not os.path.lexists(folder):
        return []
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except OSError as error:
        raise CatalogueError(
            f"{folder} cannot be read: {error.strerror}", "your own policies are kept there"
        ) from error


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except OSError as error:
        raise _wrong(file, error.strerror or str(error)) from error


def _decode(file: Path, content: bytes, shape: type[Shape]) -> Shape:
    # The built-in policies are no longer TOML when the program runs.
    import tomllib  # noqa: PLC0415

    if len(content) > _LARGEST:
        raise _wrong(file, f"it is larger than {_LARGEST // 1_000_000} MB")
    try:
        return msgspec.convert(tomllib.loads(content.decode("utf-8")), shape)
    except UnicodeDecodeError as error:
        raise _wrong(file, f"byte {error.start} is not UTF-8") from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise _wrong(file, str(error)) from error


def _wrong(file: Path, what: str) -> CatalogueError:
    return CatalogueError(f"{file}: {what}", "correct the file or take it away")
