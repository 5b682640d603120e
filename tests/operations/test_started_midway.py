"""A browser that starts in the middle keeps its store as it is, and is told by exit code 5."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from cookietui.safety.journal import Journal
from cookietui.stores.editing import SqliteEdit
from tests.builders import child
from tests.cli.conftest import Cli
from tests.homes import (
    CHROMIUM,
    CHROMIUM_FOLDER,
    FIREFOX,
    FIREFOX_FOLDER,
    STORES,
    firefox_running,
    furnished,
)
from tests.proofs.aftermath import SITE, rows

_LISTEN = (
    "import socket; server = socket.socket(socket.AF_UNIX); server.bind(sys.argv[1])\n"
    "server.listen(); print('listening', flush=True)"
)
_OPEN = "file = open(sys.argv[1], 'rb'); print('open', flush=True)"
# What Firefox does first of all; it goes no further when it fails.
_TRY = (
    "import fcntl, sys; file = open(sys.argv[1], 'r+b')\n"
    "try: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB); print('started')\n"
    "except OSError: print('already running')"
)
_RUNNING = 5

Start = Callable[[Path], None]


class Browsers:
    """Browsers that live until the test ends, and a moment for one to start.

    Args:
        monkeypatch: Waits for the moment.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._alive = ExitStack()
        self.started = 0

    def close(self) -> None:
        """End them all."""
        self._alive.close()

    def locked(self, home: Path) -> None:
        """A Chromium on another computer, which shares the home."""
        self._link(home, "SingletonLock", "elsewhere-4711")

    def listening(self, home: Path) -> None:
        """A Chromium that answers at its socket."""
        folder = self._alive.enter_context(tempfile.TemporaryDirectory(dir="/tmp"))
        address = Path(folder) / "SingletonSocket"
        process = self._alive.enter_context(child(_LISTEN, address))
        self._link(home, "SingletonLock", f"{socket.gethostname()}-{process.pid}")
        self._link(home, "SingletonSocket", str(address))

    def firefox(self, home: Path) -> None:
        """A Firefox."""
        self._alive.enter_context(firefox_running(home))
        self.started += 1

    def opening(self, profile: str) -> Start:
        """A program that has the store open and no lock."""

        def start(home: Path) -> None:
            self._alive.enter_context(child(_OPEN, home / STORES[profile][0]))
            self.started += 1

        return start

    def at(self, owner: type, name: str, profile: str, begin: Callable[[], object]) -> None:
        """Begin something right after a call that concerns a profile, or any."""
        real = getattr(owner, name)

        def call(*arguments: Any, **options: Any) -> object:  # noqa: ANN401
            result = real(*arguments, **options)
            if profile in ("", _whose(arguments)):
                self._monkeypatch.setattr(owner, name, real)
                begin()
            return result

        self._monkeypatch.setattr(owner, name, call)

    def _link(self, home: Path, name: str, target: str) -> None:
        link = home / CHROMIUM_FOLDER.parent / name
        link.symlink_to(target)
        self._alive.callback(link.unlink)
        self.started += 1


def _whose(arguments: tuple[Any, ...]) -> str:
    """The profile that a call is about: of what is saved, or of what is put back."""
    for each in arguments:
        found = getattr(each, "profile", "")
        if found:
            return str(getattr(found, "id", found))
    return ""


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browsers]:
    found = Browsers(monkeypatch)
    yield found
    found.close()


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(furnished(tmp_path / "person"), capsys)


def _start(browsers: Browsers, kind: str) -> tuple[str, Start]:
    return {
        "a lock": (CHROMIUM, browsers.locked),
        "a socket": (CHROMIUM, browsers.listening),
        "an open Chromium store": (CHROMIUM, browsers.opening(CHROMIUM)),
        "an open Firefox store": (FIREFOX, browsers.opening(FIREFOX)),
        "a Firefox": (FIREFOX, browsers.firefox),
    }[kind]


_KINDS = ("a lock", "a socket", "an open Chromium store", "an open Firefox store", "a Firefox")
# Firefox is kept from starting meanwhile.
_KINDS_AMID = _KINDS[:-1]


@pytest.mark.parametrize(
    ("moment", "kind"),
    [*(("begin", kind) for kind in _KINDS), *(("save", kind) for kind in _KINDS_AMID)],
)
def test_one_that_starts_before_the_commit_keeps_its_cookies(
    cli: Cli, browsers: Browsers, moment: str, kind: str
) -> None:
    before = rows(cli.home)
    profile, start = _start(browsers, kind)
    concerned = profile if moment == "save" else ""
    browsers.at(Journal, moment, concerned, lambda: start(cli.home))
    ran = cli("clean", SITE, "--apply")
    assert browsers.started
    assert ran.code == _RUNNING
    assert ran.err.count("\n") == 1
    assert "nothing was changed; close" in ran.err
    after = rows(cli.home)
    assert [each for each in after if after[each] == before[each]] == [profile]
    (entry,) = cli.json("history")["entries"]
    assert entry["profiles"] == [each for each in before if each != profile]
    browsers.close()
    assert cli("undo").code == 0
    assert rows(cli.home) == before


@pytest.mark.parametrize("kind", _KINDS_AMID)
def test_one_that_starts_amid_an_undo_is_given_its_cookies_later(
    cli: Cli, browsers: Browsers, kind: str
) -> None:
    before = rows(cli.home)
    assert cli("clean", SITE, "--apply").code == 0
    cleaned = rows(cli.home)
    profile, start = _start(browsers, kind)
    browsers.at(SqliteEdit, "insert", profile, lambda: start(cli.home))
    ran = cli("undo")
    assert browsers.started
    assert ran.code == _RUNNING
    assert ran.err.count("\n") == 1
    half = rows(cli.home)
    assert half[profile] == cleaned[profile]
    assert [each for each in half if half[each] == before[each]] == [
        each for each in before if each != profile
    ]
    browsers.close()
    assert cli("undo").code == 0
    assert rows(cli.home) == before


def test_a_firefox_cannot_start_amid_a_deletion(cli: Cli, browsers: Browsers) -> None:
    before, lock = rows(cli.home), cli.home / FIREFOX_FOLDER / ".parentlock"
    said: list[str] = []
    browsers.at(Journal, "save", FIREFOX, lambda: said.append(_tried(lock)))
    ran = cli("clean", SITE, "--apply")
    assert said == ["already running"]
    assert (ran.code, ran.err) == (0, "")
    assert all(rows(cli.home)[each] != before[each] for each in before)
    assert _tried(lock) == "started"


def _tried(lock: Path) -> str:
    """What comes of starting a Firefox."""
    command = [sys.executable, "-c", _TRY, str(lock)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
