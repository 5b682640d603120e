"""One thing done beside another: SQLite lets go of the interpreter while it works."""

from collections.abc import Callable, Generator, Iterable
from threading import Semaphore, Thread
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Item = TypeVar("Item")

_AHEAD = 8  # items that may wait: all that they hold is in memory meanwhile


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


def ahead(items: Iterable[Item]) -> Generator[Item, None, None]:
    """The same items, made in a thread of their own, a few ahead of whoever takes them.

    One by one would not do: at every change of threads the interpreter waits for some time. What
    making them raises is raised here. The thread has ended when this is closed.
    """
    from queue import SimpleQueue  # noqa: PLC0415 - slow to load

    made: SimpleQueue[tuple[Item] | BaseException | None] = SimpleQueue()
    room, closed = Semaphore(_AHEAD), False

    def make() -> None:
        try:
            for item in items:
                made.put((item,))
                room.acquire()
                if closed:
                    return
        except BaseException as error:  # noqa: BLE001 - raised where the items are taken
            made.put(error)
        else:
            made.put(None)

    thread = Thread(target=make)
    thread.start()
    try:
        while (each := made.get()) is not None:
            if isinstance(each, BaseException):
                raise each
            room.release()
            yield each[0]
    finally:
        closed = True
        room.release()
        thread.join()
