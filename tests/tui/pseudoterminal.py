"""A terminal that shows nothing: it keeps every byte a program writes to it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

_SECONDS = 20.0
_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor, modes
    r"|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, the clipboard, questions to the terminal
    r"|\x1b[=>78cM(][B0]?"
)


def without_sequences(text: str) -> str:
    """Take away what a program tells its terminal to do; what is left is drawn."""
    return _SEQUENCES.sub("", text)


class PseudoTerminal:
    """Runs a program on a terminal of its own.

    Args:
        command: The program and its words.
        cwd: The folder it starts in.
        columns: How wide the terminal is.
        lines: How high it is.
    """

    def __init__(self, command: Sequence[str], *, cwd: Path, columns: int, lines: int) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        # A size named there would be believed before the terminal's own.
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        environment = inherited | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.output = b""
        self._seen = 0

    def __enter__(self) -> "PseudoTerminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._master)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def read_until(self, text: str) -> None:
        """Read until a text was drawn since the last time something was waited for.

        Raises:
            TimeoutError: It was not drawn in time.
        """
        deadline = time.monotonic() + _SECONDS
        while text not in without_sequences(self.output[self._seen :].decode(errors="ignore")):
            if not self._read(deadline):
                drawn = without_sequences(self.output[self._seen :].decode(errors="ignore"))
                raise TimeoutError(f"{text!r} was not drawn, but {drawn[-3000:]}")
        self._seen = len(self.output)

    def read_to_the_end(self) -> int:
        """Read until the program ends, and give its exit status."""
        deadline = time.monotonic() + _SECONDS
        while self._read(deadline):
            pass
        return self._process.wait(_SECONDS)

    def _read(self, deadline: float) -> bool:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._master], [], [], left)[0]:
            return False
        try:
            read = os.read(self._master, 65536)
        except OSError:  # what Linux says when the last writer has gone
            return False
        self.output += read
        return bool(read)
