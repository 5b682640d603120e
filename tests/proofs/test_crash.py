"""Whenever a deletion is killed, each store holds all of it or none, and undo brings all back."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import CHROMIUM, FIREFOX, contents, furnished

_SITE = "opendatasoft.com"
_LONGEST_SECONDS = 0.9

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is copied for every kill."""
    return furnished(tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="module")
def finished(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What the stores hold after the same deletion when nobody kills it."""
    home = tmp_path_factory.mktemp("finished") / "home"
    shutil.copytree(untouched, home)
    with _program(home, "clean", _SITE, "--apply", "--json") as process:
        out, _ = process.communicate(timeout=60)
    assert json.loads(out)["status"] == "done"
    return _rows(home)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_deletion_is_whole_or_not_at_all(
    untouched: Path, finished: Rows, tmp_path: Path, seed: int
) -> None:
    _kill_and_undo(untouched, finished, tmp_path / "home", seed)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(100, 250))
def test_a_killed_deletion_is_whole_or_not_at_all_however_often(
    untouched: Path, finished: Rows, tmp_path: Path, seed: int
) -> None:
    _kill_and_undo(untouched, finished, tmp_path / "home", seed)


def _kill_and_undo(untouched: Path, finished: Rows, home: Path, seed: int) -> None:
    shutil.copytree(untouched, home)
    before = _rows(home)
    moment = random.Random(seed).uniform(0, _LONGEST_SECONDS)  # noqa: S311 - repeatable
    with _program(home, "clean", _SITE, "--apply") as process:
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
    for profile, left in _rows(home).items():
        assert left in (before[profile], finished[profile])
    for _ in range(2):
        with _program(home, "undo") as process:
            assert process.wait(60) in (0, 3)  # 3: nothing was recorded, so nothing is gone
    assert _rows(home) == before
    assert not list(home.glob(".local/state/cookietui/scratch/*"))


def _rows(home: Path) -> Rows:
    return {profile: contents(home, profile) for profile in (CHROMIUM, FIREFOX)}


def _program(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "cookietui", *words],
        env={"HOME": str(home), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
