"""The one place where a test waits for something that nobody announces."""

import threading
import time
from collections.abc import Callable

_PAUSE = 0.02


def wait_until(condition: Callable[[], bool], timeout: float, what: str) -> None:
    """Wait until a condition holds.

    Args:
        condition: Asked again and again; must be cheap and free of side effects.
        timeout: Seconds until the wait is given up.
        what: What is waited for, for the error line.

    Raises:
        TimeoutError: The condition did not hold in time.
    """
    deadline = time.monotonic() + timeout
    never = threading.Event()
    while not condition():
        if time.monotonic() >= deadline:
            raise TimeoutError(f"waited {timeout:g} s for {what}")
        never.wait(_PAUSE)
