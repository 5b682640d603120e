"""Other programs' processes, as far as the system lets this person see them.

Loading this takes longer than reading a profile, so it is imported where it is needed.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil


def exists(pid: int) -> bool:
    """Whether there is a process by a number."""
    return psutil.pid_exists(pid)


def name_of(pid: int) -> str | None:
    """What a process is called; None if it is gone.

    Raises:
        PermissionError: It may not be looked at.
    """
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.name()
    except psutil.NoSuchProcess:
        return None
    except psutil.Error as error:
        raise PermissionError from error


def open_files() -> Iterator[tuple[int, Path]]:
    """Every file that another process has open, with the number of that process."""
    for process in psutil.process_iter():
        if process.pid != os.getpid():
            try:
                yield from ((process.pid, file) for file in _open_in(process))
            except (OSError, psutil.Error):  # gone, or another person's
                continue


def _open_in(process: psutil.Process) -> Iterator[Path]:
    if sys.platform.startswith("linux"):
        # The links themselves, not the paths they name: those mean nothing outside a sandbox.
        yield from Path(f"/proc/{process.pid}/fd").iterdir()
    else:
        yield from (Path(file.path) for file in process.open_files())
