"""Whenever a deletion is killed, each store holds all of it or none, and undo brings all back."""

import random
import statistics
import subprocess
import time

import pytest

from tests.proofs.aftermath import SITE, Aftermath, Ground, prepared, program

_FEW, _MANY = 12, 300
_UNDOING = 60


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepared(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="module")
def cleaning_takes(ground: Ground) -> float:
    """How many seconds a deletion takes here and now, with a little on top."""
    return _longest(ground, "clean", SITE, "--apply")


@pytest.fixture(scope="module")
def undoing_takes(ground: Ground) -> float:
    """How many seconds an undo takes here and now, with a little on top."""
    return _longest(ground, "undo")


@pytest.fixture
def aftermath(ground: Ground, capsys: pytest.CaptureFixture[str]) -> Aftermath:
    return Aftermath(ground, capsys)


@pytest.mark.parametrize("number", range(_FEW))
def test_a_killed_deletion_is_whole_or_not_at_all(
    ground: Ground, aftermath: Aftermath, cleaning_takes: float, number: int
) -> None:
    moment = _moment(number, _FEW, cleaning_takes)
    _killed(ground, moment, "clean", SITE, "--apply")
    aftermath.holds(f"killed after {moment:.4f} s")


@pytest.mark.proof
@pytest.mark.parametrize("number", range(_MANY))
def test_a_killed_deletion_is_whole_or_not_at_all_however_often(
    ground: Ground, aftermath: Aftermath, cleaning_takes: float, number: int
) -> None:
    moment = _moment(number, _MANY, cleaning_takes)
    _killed(ground, moment, "clean", SITE, "--apply")
    aftermath.holds(f"killed after {moment:.4f} s")


@pytest.mark.proof
@pytest.mark.parametrize("number", range(_UNDOING))
def test_a_killed_undo_can_be_finished_however_often(
    ground: Ground, aftermath: Aftermath, undoing_takes: float, number: int
) -> None:
    moment = _moment(number, _UNDOING, undoing_takes)
    _killed(ground, moment, "undo")
    aftermath.holds(f"undo killed after {moment:.4f} s", undoing=True)


def _longest(ground: Ground, *words: str) -> float:
    taken = []
    for _ in range(5):
        home = ground.renewed(cleaned=words[0] == "undo")
        began = time.perf_counter()
        with program(home, *words) as process:
            process.communicate(timeout=60)
        taken.append(time.perf_counter() - began)
        assert process.returncode == 0
    return statistics.median(taken) * 1.15


def _moment(number: int, of: int, seconds: float) -> float:
    """One instant of each equal part of the time, at random within it."""
    return seconds * (number + random.Random(number).random()) / of  # noqa: S311 - repeatable


def _killed(ground: Ground, moment: float, *words: str) -> None:
    home = ground.renewed(cleaned=words[0] == "undo")
    with program(home, *words) as process:
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
