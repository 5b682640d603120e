"""One thing done beside another: SQLite lets go of the interpreter while it works."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Beside:
    """A thread of its own for what takes long and concerns private copies only."""

    def __enter__(self) -> Self:
        # Reading needs none, and loading this takes longer than to read a profile.
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        self._pool = ThreadPoolExecutor(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def do(
        self,
        work: Callable[Parameters, Result],
        *arguments: Parameters.args,
        **options: Parameters.kwargs,
    ) -> "Future[Result]":
        """Begin to do something; what comes of it can be had later."""
        return self._pool.submit(work, *arguments, **options)
