"""From the command line to the screen: the browsers are read before the terminal library loads."""

import os
import sys
from typing import Any

from cookietui.config import Config
from cookietui.errors import UsageError
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import Wanted

# So long nothing else is done: the first picture holds what a profile of the usual size has. Done
# beside each other both would be slow: SQLite lets go of the interpreter at each row, and whoever
# takes it then keeps it for as long as a hundred rows would take.
_HEAD_START_SECONDS = 1.0


def start_screen(workspace: Workspace, config: Config, *, wanted: Wanted, **options: Any) -> int:  # noqa: ANN401 - the screen's own
    """Open the screen and stay until the person leaves it.

    Args:
        workspace: What to work with.
        config: The person's settings.
        wanted: Which profiles to read.
        **options: How to open it; see `opening.open_screen`.

    Returns:
        The exit status.

    Raises:
        ConfigError: Keys in the settings cannot be used.
        UsageError: This is no terminal, or there is no such theme.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("the screen needs a terminal", "`cookietui list` prints instead")
    # No other command should pay for loading these.
    from concurrent.futures import ThreadPoolExecutor, wait  # noqa: PLC0415

    from cookietui.operations.surveying import FirstLook  # noqa: PLC0415

    with ThreadPoolExecutor(1) as beside:
        first = FirstLook(beside, workspace, wanted)
        wait([first.future], timeout=_HEAD_START_SECONDS)
        # It takes a fifth of a second to load, which no other command should pay.
        from cookietui.tui.opening import open_screen  # noqa: PLC0415

        return open_screen(workspace, config, wanted=wanted, first=first, **options)
