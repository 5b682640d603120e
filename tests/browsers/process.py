"""A browser's process: started away from the developer's home, and waited for to the end."""

import collections
import os
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

_START_TIMEOUT = 60.0
_EXIT_TIMEOUT = 30.0
_LINES_KEPT = 400
_LINES_TOLD = 40


class BrowserFailedError(RuntimeError):
    """A browser did not start, or did not end."""


class BrowserProcess:
    """One running browser, with all the processes it starts itself."""

    def __init__(self, command: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
        """Start the command with a home of its own and, unless it is named, no session bus.

        Args:
            command: The browser and its options.
            variables: What the environment holds beside the usual.

        Raises:
            OSError: The command cannot be started.
        """
        self._home = tempfile.TemporaryDirectory(
            # Short, because Chromium puts a socket below it, whose path has a limit.
            prefix="ct-",
            dir="/tmp",
            ignore_cleanup_errors=True,
        )
        self._lines: collections.deque[str] = collections.deque(maxlen=_LINES_KEPT)
        self._changed = threading.Condition()
        self._silent = False
        self._process = subprocess.Popen(
            command,
            env={**_environment(Path(self._home.name)), **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # A group of its own, so that kill() can reach the whole browser and nothing else.
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, name="browser-stderr", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Process id of the browser's main process, which also names its group."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """True until the main process has ended."""
        return self._process.poll() is None

    def wait_for_line(self, pattern: str) -> str:
        """Wait until the browser writes a matching line to its standard error.

        Args:
            pattern: A regular expression with one group.

        Returns:
            The group's text.

        Raises:
            BrowserFailedError: The browser ended or stayed silent for 60 seconds; with the tail
                of what it did say.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._silent or self._find(pattern), _START_TIMEOUT)
            found = self._find(pattern)
        if not found:
            raise BrowserFailedError(f"browser did not start; it said:\n{self.tail()}")
        return found

    def tail(self) -> str:
        """Return the last lines of the browser's standard error."""
        with self._changed:
            return "\n".join(list(self._lines)[-_LINES_TOLD:])

    def wait(self) -> None:
        """Wait until the browser and its helpers have ended by themselves.

        Raises:
            BrowserFailedError: They had not ended after 30 seconds, and were killed.
        """
        try:
            self._process.wait(_EXIT_TIMEOUT)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise BrowserFailedError(f"browser did not quit; it said:\n{self.tail()}") from error
        self._clean_up()

    def kill(self) -> None:
        """End the browser and its helpers with SIGKILL and wait until they are gone."""
        if self.running:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait(_EXIT_TIMEOUT)
        self._clean_up()

    def _find(self, pattern: str) -> str:
        matches = (re.search(pattern, line) for line in self._lines)
        return next((match[1] for match in matches if match), "")

    def _listen(self) -> None:
        stream = self._process.stderr
        if stream is None:
            raise BrowserFailedError("standard error is not a pipe")
        with stream:
            for line in stream:
                with self._changed:
                    self._lines.append(line.decode(errors="replace").rstrip())
                    self._changed.notify_all()
        with self._changed:
            self._silent = True
            self._changed.notify_all()

    def _clean_up(self) -> None:
        # Helpers hold the pipe open: once it ends, none of them can write to the profile any more.
        self._listener.join(_EXIT_TIMEOUT)
        if self._listener.is_alive():
            os.killpg(self.pid, signal.SIGKILL)
            self._listener.join(_EXIT_TIMEOUT)
        self._home.cleanup()


def _environment(home: Path) -> dict[str, str]:
    """Return an environment that names nothing of the developer's, session bus included."""
    folders = {
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "runtime",
        "TMPDIR": "tmp",
    }
    for folder in folders.values():
        (home / folder).mkdir(mode=0o700)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "MOZ_CRASHREPORTER_DISABLE": "1",
        # Without it Firefox ignores the preference that keeps it from fetching its settings.
        "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1",
        **{variable: str(home / folder) for variable, folder in folders.items()},
    }
