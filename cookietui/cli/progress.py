"""One line that says what takes so long, and that is gone when it is done."""

import os
import shutil
import threading
import unicodedata
from types import TracebackType
from typing import Self, TextIO

from cookietui.text import visible

PATIENCE = 0.5
"""Seconds after which people want to know."""


class Progress:
    """Tells on a terminal what is being done, once it has taken long; anywhere else nothing.

    Args:
        terminal: Where to tell; None where nobody is looking.
        text: What is being done, until there is more to tell.
        patience: Seconds before anything is told; `PATIENCE` if not said.
    """

    def __init__(self, terminal: TextIO | None, text: str, patience: float | None = None) -> None:
        self._terminal = terminal
        self._text = text
        self._drawn = 0
        self._late = False
        # The line is drawn by the timer first, and afterwards by whoever has more to tell.
        self._lock = threading.Lock()
        self._patience = PATIENCE if patience is None else patience
        self._timer = threading.Timer(self._patience, self._begin)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to wait."""
        if self._patience <= 0:
            self._begin()
        elif self._terminal is not None:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away, however it ended."""
        self._timer.cancel()
        with self._lock:
            self._late = False
            self._terminal, terminal = None, self._terminal
        if terminal is not None:
            self._wipe(terminal)

    def __call__(self, done: int, whole: int, who: str) -> None:
        """Tell that one of several is being read now.

        Args:
            done: How many were read before it.
            whole: How many there are.
            who: Whose it is.
        """
        self.tell(f"reading {done + 1} of {whole}: {who}")

    def tell(self, text: str) -> None:
        """Tell what is being done now."""
        with self._lock:
            self._text = text
            if self._late:
                self._draw()

    def _begin(self) -> None:
        with self._lock:
            self._late = self._terminal is not None
            if self._late:
                self._draw()

    def _draw(self) -> None:
        if self._terminal is not None:
            self._wipe(self._terminal)
            # A line that went on below could not be taken away again.
            room = _columns(self._terminal) - 1
            text, self._drawn = _cut(visible(self._text), room)
            self._terminal.write(text)
            self._terminal.flush()

    def _wipe(self, terminal: TextIO) -> None:
        # With blanks: not every terminal knows how to erase a line.
        if self._drawn:
            terminal.write("\r" + " " * self._drawn + "\r")
            terminal.flush()
            self._drawn = 0


def _columns(terminal: TextIO) -> int:
    """How wide it is; standard output need not be a terminal."""
    try:
        columns = os.get_terminal_size(terminal.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns or shutil.get_terminal_size().columns


def _cut(text: str, cells: int) -> tuple[str, int]:
    """As much of a text as has room, and how many cells that are."""
    used = 0
    for index, character in enumerate(text):
        wide = 1 + (unicodedata.east_asian_width(character) in "WF")
        if used + wide > cells:
            return text[:index], used
        used += wide
    return text, used
