"""Ctrl-C at the worst moments: nothing half done is left, and the exit status is 130."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import pytest

from tests.cli.conftest import Cli, Ran
from tests.homes import CHROMIUM, FIREFOX, contents

SITE = "opendatasoft.com"
ROOT = Path(__file__).parents[2]
PAGE = "| Cookie | Purpose |\n|---|---|\n| sid | Necessary |\n"


@contextmanager
def interrupted_at(moment: str) -> Iterator[None]:
    """Interrupt this process when a function is called for the first time, or has returned.

    Args:
        moment: The function's qualified name; of one in C its bare name; ``after`` before it.
    """
    event = "return" if moment.startswith("after ") else "call"
    name = moment.removeprefix("after ")
    reached = False

    def watch(frame: FrameType, what: str, function: object) -> None:
        nonlocal reached
        called = getattr(function, "__name__", "") if what == "c_call" else ""
        if (what == event and frame.f_code.co_qualname == name) or called == name:
            sys.setprofile(None)
            reached = True
            signal.raise_signal(signal.SIGINT)

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)
        assert reached, f"{moment} was never reached"


def files(home: Path) -> set[Path]:
    return {path for path in home.rglob("*") if path.is_file()}


def interrupted(cli: Cli, moment: str, *words: str) -> Ran:
    """Run a command that is interrupted; nothing of it may be left anywhere."""
    before = {profile: contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)}
    there = files(cli.home)
    with interrupted_at(moment):
        ran = cli(*words)
    assert ran.code == 130
    assert ran.err.lstrip("\n") == "cookietui: interrupted\n"
    assert {profile: contents(cli.home, profile) for profile in before} == before
    assert files(cli.home) == there
    assert not cli.environment.scratch.exists() or not list(cli.environment.scratch.iterdir())
    return ran


@pytest.mark.parametrize(
    "moment",
    [
        "find_profiles",
        "SqliteStore.read",
        "Snapshots._copy",
        "after Snapshots._copy",
        "copyfile",
        "Chromium.cookies",
        "usage_of",
        "Judge.judge_all",
        "listing",
    ],
)
def test_a_scan_leaves_no_copy_and_prints_nothing(cli: Cli, moment: str) -> None:
    assert interrupted(cli, moment, "list", SITE, "--json").out == ""
    assert len(cli.json("list", SITE)["cookies"]) > 20


@pytest.mark.parametrize(
    "moment", ["open_document", "read_policy", "to_toml", "replace_file", "fsync", "replace"]
)
def test_an_import_leaves_no_policy_or_the_whole_one(cli: Cli, moment: str) -> None:
    page = cli.home / "page.md"
    page.write_text(PAGE)
    command = ("policy", "import", str(page), "--site", "shop.example")
    assert interrupted(cli, moment, *command).out == ""
    assert cli.json("policy", "list", "--own")["policies"] == []
    assert cli(*command).code == 0


def test_an_import_keeps_the_policy_that_was_there(cli: Cli) -> None:
    page = cli.home / "page.md"
    page.write_text(PAGE)
    command = ("policy", "import", str(page), "--site", "shop.example")
    assert cli(*command).code == 0
    before = cli("policy", "show", "shop.example").out
    page.write_text(PAGE + "| _ga | Statistics |\n")
    interrupted(cli, "fsync", *command)
    assert cli("policy", "show", "shop.example").out == before


@pytest.mark.parametrize(
    ("form", "moment"),
    [
        ("json", "as_json"),
        ("netscape", "sifted"),
        ("netscape", "replace_file"),
        ("netscape", "fsync"),
        ("json", "fsync"),
        ("csv", "replace"),
    ],
)
def test_an_export_leaves_the_file_that_was_there(cli: Cli, form: str, moment: str) -> None:
    target = cli.home / "cookies.out"
    target.write_text("mine")
    interrupted(cli, moment, "export", SITE, "--to", form, "-o", str(target))
    assert target.read_text() == "mine"


def test_an_export_that_reached_the_disk_is_whole(cli: Cli) -> None:
    target, whole = cli.home / "cookies.out", cli.home / "whole.out"
    assert cli("export", SITE, "--to", "netscape", "-o", str(whole)).code == 0
    target.write_text("mine")
    interrupted(cli, "sync_folder", "export", SITE, "--to", "netscape", "-o", str(target))
    # All but the line that says when it was written.
    assert target.read_text().splitlines()[3:] == whole.read_text().splitlines()[3:] != []


@pytest.mark.terminal
def test_a_key_on_a_real_terminal_ends_what_is_being_printed(cli: Cli) -> None:
    own, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cookietui", "list", "--json"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=os.environ | {"HOME": str(cli.home), "TERM": "xterm"},
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - a key reaches only who has the terminal
    ) as running:
        os.close(theirs)
        # It is more than a terminal takes before somebody reads: it cannot end before the key.
        told = os.read(own, 16)
        os.write(own, b"\x03")
        with suppress(OSError):  # which says that the other end has gone
            while more := os.read(own, 65536):
                told += more
        assert running.wait() == 130
    os.close(own)
    assert told.endswith(b"cookietui: interrupted\r\n")
    assert b"Traceback" not in told
    assert list(cli.environment.scratch.iterdir()) == []


def _own_terminal() -> None:
    import fcntl  # noqa: PLC0415 - not on every system
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
