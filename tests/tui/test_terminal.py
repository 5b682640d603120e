"""The program in a terminal of its own, with real keys, from the start to the undo."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsers.waiting import wait_until
from tests.tui.driving import SHOP, rows

pytestmark = pytest.mark.terminal

_SECONDS = 20.0
_ROOT = Path(__file__).parents[2]


class Terminal:
    """A tmux server with one window, on a socket of its own.

    Args:
        command: What runs in the window.
        environment: The variables it finds there.
        folder: Where the command's exit status is written to.
    """

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._socket = f"cookietui-test-{os.getpid()}"
        self._status = folder / "status"
        names = [f"{name}={value}" for name, value in environment.items()]
        words = shlex.join(["env", "-u", "COLUMNS", "-u", "LINES", *names, *command])
        words += f"; echo $? > {shlex.quote(str(self._status))}"
        size = ["-x", "100", "-y", "30"]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-c", str(_ROOT), *size, words)

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        self._tmux("send-keys", *keys)

    def text(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen."""
        try:
            wait_until(lambda: text in self.text(), _SECONDS, f"{text!r} in a terminal")
        except TimeoutError as error:
            error.add_note(self.text())
            raise

    def wait_until_gone(self, text: str) -> None:
        """Wait until a text is no longer on the screen."""
        wait_until(lambda: text not in self.text(), _SECONDS, f"{text!r} to go")

    def exit_status(self) -> int:
        """Wait until the command has ended, and give its exit status."""
        wait_until(self._status.is_file, _SECONDS, "the program's end")
        wait_until(lambda: self._status.read_text() != "", _SECONDS, "its exit status")
        return int(self._status.read_text())

    def close(self) -> None:
        """End the server and all that runs in it."""
        command = ["tmux", "-L", self._socket, "kill-server"]
        subprocess.run(command, check=False, capture_output=True)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """A folder that holds all the program can reach."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def terminal(person: Path) -> Iterator[Terminal]:
    """A terminal in which the screen opens on the samples."""
    if shutil.which("tmux") is None:
        if os.environ.get("CI"):
            pytest.fail("tmux is missing")
        pytest.skip("apt-get install tmux")
    environment = {
        "HOME": str(person / "home"),
        "TMPDIR": str(person / "tmp"),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(_ROOT),
    }
    command = [sys.executable, "-m", "cookietui", "demo", SHOP]
    opened = Terminal(command, environment, person)
    try:
        yield opened
    finally:
        opened.close()


def test_a_person_deletes_what_is_not_needed_and_takes_it_back(
    terminal: Terminal, person: Path
) -> None:
    terminal.wait_for("11 not needed")
    home = person / "tmp" / f"cookietui-demo-{os.getuid()}"
    before = rows(home)
    terminal.press("a")
    terminal.wait_for("11 marked")
    terminal.press("d")
    terminal.wait_for("Will be deleted (11)")
    terminal.press("Enter")
    terminal.wait_for("nothing was deleted")
    terminal.wait_until_gone("Will be deleted (11)")
    assert rows(home) == before
    terminal.press("d")
    terminal.wait_for("Will be deleted (11)")
    terminal.press("y")
    terminal.wait_for("11 cookies deleted")
    terminal.wait_for("9 cookies")
    assert len(rows(home)["cookies"]) == len(before["cookies"]) - 11
    terminal.press("u")
    terminal.wait_for("11 cookies put back")
    assert rows(home) == before
    terminal.press("q")
    assert terminal.exit_status() == 0


def test_keys_with_shift_and_control_arrive_and_help_closes(terminal: Terminal) -> None:
    terminal.wait_for("11 not needed")
    terminal.press("g", "j", "K")
    terminal.wait_for("is kept for ever")
    terminal.press("/")
    terminal.wait_for("purpose:marketing party")
    terminal.press(*"purpose:marketing", "Enter")
    terminal.wait_for("of 20 shown")
    terminal.press("Escape")
    terminal.wait_until_gone("of 20 shown")
    terminal.press("}", "{", "G")
    terminal.press("?")
    terminal.wait_for("esc closes")
    terminal.press("Escape")
    terminal.wait_until_gone("esc closes")
    terminal.press("C-p")
    terminal.wait_for("Dark or light")
    terminal.press("Escape")
    terminal.wait_until_gone("Dark or light")
    terminal.press("q")
    assert terminal.exit_status() == 0
