"""The composition root: reads the machine once, and hands everything to a front end."""

import gc
import signal
import sys
from typing import Any, NoReturn

from cookietui.cli.commands import cookietui
from cookietui.cli.program import run
from cookietui.config import Config
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment


def main() -> int:
    """Run the program with the words it was started with."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # so that what is being done is rolled back, and copies removed
            signal.signal(getattr(signal, name), _leave)
    # A command ends before there is anything to collect; the screen switches it on again.
    gc.disable()
    return run(cookietui, sys.argv[1:], Environment.of_this_machine(), _open_screen)


def _leave(number: int, frame: object) -> NoReturn:
    del frame
    raise SystemExit(128 + number)


def _open_screen(workspace: Workspace, config: Config, **options: Any) -> int:  # noqa: ANN401 - the screen's own
    # The terminal library takes a quarter of a second to load, which no other command should pay.
    from cookietui.tui.opening import open_screen  # noqa: PLC0415

    return open_screen(workspace, config, **options)


if __name__ == "__main__":
    sys.exit(main())
