"""The composition root: reads the machine once, and hands everything to a front end."""

import gc
import signal
import sys
from typing import NoReturn


def main() -> int:
    """Run the program with the words it was started with."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):  # so that what is being done is rolled back, and copies removed
            signal.signal(getattr(signal, name), _leave)
    # A command ends before there is anything to collect; the screen switches it on again.
    gc.disable()
    # Only now: while they are loaded there would be most to look through.
    from cookietui.cli.commands import cookietui  # noqa: PLC0415
    from cookietui.cli.program import run  # noqa: PLC0415
    from cookietui.paths import Environment  # noqa: PLC0415
    from cookietui.tui.starting import start_screen  # noqa: PLC0415

    try:
        return run(cookietui, sys.argv[1:], Environment.of_this_machine(), start_screen)
    finally:
        # The interpreter would look through everything once more before it lets go of it.
        gc.freeze()


def _leave(number: int, frame: object) -> NoReturn:
    del frame
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
