"""The demo, started as people start it: the same commands on samples, nothing of one's own read."""

import json
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli import schemas
from tests.homes import furnished

ROOT = Path(__file__).parents[2]


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "cookietui", "demo", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    schemas.check(words, ran.stdout)
    return ran


def samples() -> Path:
    return Path(tempfile.gettempdir()) / f"cookietui-demo-{os.getuid()}"


def test_the_samples_are_listed_as_json() -> None:
    ran = demo("list", "harbour-books.example", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    document = json.loads(ran.stdout)
    assert len(document["cookies"]) == 20
    assert all(each["path"].startswith(str(samples())) for each in document["profiles"])


def test_the_samples_are_private_and_stay_from_one_command_to_the_next() -> None:
    assert demo("clean", "harbour-books.example", "--apply").returncode == 0
    assert stat.S_IMODE(samples().stat().st_mode) == 0o700
    assert len(demo("list", "harbour-books.example").stdout.splitlines()) == 9
    assert len(demo("history").stdout.splitlines()) == 1
    assert demo("undo").stdout == "11 cookies put back and verified\n"
    assert len(demo("list", "harbour-books.example").stdout.splitlines()) == 20


def test_nothing_of_ones_own_is_read_or_written() -> None:
    home = furnished(Path.home())
    before = sorted(home.rglob("*"))
    own = "ours.example"
    ran = demo("profiles")
    assert str(home / ".config") not in ran.stdout
    assert demo("keep", "add", own, "sid").returncode == 0
    after = [each for each in sorted(home.rglob("*")) if samples() not in (each, *each.parents)]
    assert after == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("lst",), 2),
        (("list", "--purpose", "fun"), 2),
        (("explain", "harbour-books.example", "nothing"), 3),
        (("undo",), 3),
        (("list", "--profile", "/nowhere/at/all"), 4),
    ],
)
def test_a_command_ends_in_the_demo_as_it_does_elsewhere(words: tuple[str, ...], code: int) -> None:
    ran = demo(*words)
    assert ran.returncode == code
    assert ran.stdout == ""
    assert ran.stderr.startswith("cookietui: ")
    assert ran.stderr.count("\n") == 1


def test_without_a_terminal_the_screen_is_not_opened() -> None:
    ran = demo()
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1


def test_a_folder_of_somebody_elses_making_is_not_used(tmp_path: Path) -> None:
    samples().symlink_to(tmp_path)
    ran = demo("list")
    assert ran.returncode == 1
    assert str(samples()) in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_of_the_demo_is_the_help_of_the_program() -> None:
    ran = demo("--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Usage: cookietui demo")
