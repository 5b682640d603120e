"""What is to be measured: sizes, rounds, and where."""

from pathlib import Path

import msgspec

from benchmarks.stores import Stores

ROOT = Path(__file__).parent.parent


class Plan(msgspec.Struct, frozen=True):
    """What is to be measured.

    Attributes:
        sizes: Numbers of cookies, the smallest first.
        rounds: How often each piece of work is done.
        stores: Makes the stores.
        folder: Where everything is written to.
        install: Whether programs to compare with may be installed.
    """

    sizes: tuple[int, ...]
    rounds: int
    stores: Stores
    folder: Path
    install: bool

    @property
    def largest(self) -> int:
        """The size to survive."""
        return self.sizes[-1]
