"""Killed at any step of a deletion or an undo, it can be taken back and nothing lies about."""

import re
import signal
from pathlib import Path

import pytest

from tests.proofs.aftermath import SITE, Aftermath, Ground, prepared, program

_CLEAN, _UNDO = ("clean", SITE, "--apply"), ("undo",)
_NEVER = "-1"
# Where it matters most.
_WORST = ("after Journal.save", "SQL COMMIT", "before Journal.record", "amid a write")
_PARTS = 10  # for they may run beside each other
_MOMENTS = 20


class Walk:
    """Goes through a deletion or an undo step by step, each time from the beginning.

    Args:
        ground: The home.
        aftermath: What is looked at after each kill.
        labels: A file that tells how far a run came.
    """

    def __init__(self, ground: Ground, aftermath: Aftermath, labels: Path) -> None:
        self._ground = ground
        self._aftermath = aftermath
        self._labels = labels

    def steps(self, words: tuple[str, ...]) -> list[str]:
        """Every step, when nobody interferes."""
        code = self._run(words, _NEVER)
        assert code == 0
        return self._labels.read_text().splitlines()

    def is_safe_at(self, words: tuple[str, ...], numbers: list[int]) -> None:
        """Kill at each of these steps, and look."""
        assert numbers
        for number in numbers:
            code = self._run(words, str(number))
            label = self._labels.read_text().splitlines()[-1]
            assert code == -signal.SIGKILL, f"never came to step {number}, ended with {label}"
            self._aftermath.holds(f"{words[0]}, step {number}: {label}", undoing=words == _UNDO)

    def is_safe_within_commit(self, words: tuple[str, ...], which: int, seconds: float) -> bool:
        """Kill at a moment after a commit began, and look; whether it was still going on."""
        code = self._run(words, f"COMMIT:{which}:{seconds:.7f}")
        assert code == -signal.SIGKILL
        within = self._labels.read_text().count("commit took") == which
        where = f"{words[0]}, {seconds:.7f} s after commit {which} began"
        self._aftermath.holds(where, undoing=words == _UNDO)
        return within

    def _run(self, words: tuple[str, ...], fatal: str) -> int:
        home = self._ground.renewed(cleaned=words == _UNDO)
        arguments = (str(self._labels), fatal, *words)
        with program(home, *arguments, module="tests.proofs.stepping") as process:
            process.communicate(timeout=60)
        return process.returncode


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepared(tmp_path_factory.mktemp("ground"))


@pytest.fixture
def walk(ground: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Walk:
    return Walk(ground, Aftermath(ground, capsys), tmp_path / "labels")


def test_the_steps_are_those_that_a_deletion_and_an_undo_consist_of(walk: Walk) -> None:
    clean, undo = walk.steps(_CLEAN), walk.steps(_UNDO)
    for call in ("begin", "save", "record"):
        assert {f"before Journal.{call}", f"after Journal.{call}"} <= set(clean)
    for call in ("begin", "rows", "delete", "commit"):
        assert {f"before SqliteEdit.{call}", f"after SqliteEdit.{call}"} <= set(clean)
    for call in ("SqliteEdit.begin", "SqliteEdit.insert", "SqliteEdit.commit", "Journal.record"):
        assert {f"before {call}", f"after {call}"} <= set(undo)
    for steps in (clean, undo):
        assert steps.count("before SQL COMMIT") == steps.count("after SQL COMMIT") >= 2
        assert steps.count("within Snapshots.at_rest") >= 2
        assert {"amid a copy", "amid a write", "after os.fsync"} <= set(steps)


@pytest.mark.parametrize("words", [_CLEAN, _UNDO], ids=["clean", "undo"])
def test_a_kill_at_the_worst_of_steps_loses_nothing(walk: Walk, words: tuple[str, ...]) -> None:
    steps = walk.steps(words)
    worst = [n for n, label in enumerate(steps) if any(each in label for each in _WORST)]
    assert len(worst) >= 6
    walk.is_safe_at(words, worst)


@pytest.mark.proof
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.parametrize("words", [_CLEAN, _UNDO], ids=["clean", "undo"])
def test_a_kill_at_any_step_at_all_loses_nothing(
    walk: Walk, words: tuple[str, ...], part: int
) -> None:
    walk.is_safe_at(words, list(range(len(walk.steps(words))))[part::_PARTS])


@pytest.mark.proof
@pytest.mark.parametrize("words", [_CLEAN, _UNDO], ids=["clean", "undo"])
def test_a_kill_while_sqlite_commits_loses_nothing(walk: Walk, words: tuple[str, ...]) -> None:
    lengths = [float(took) for took in re.findall("commit took (.*)", "\n".join(walk.steps(words)))]
    assert len(lengths) >= 2
    amid = [
        walk.is_safe_within_commit(words, which, length * moment / _MOMENTS)
        for which, length in enumerate(lengths)
        for moment in range(_MOMENTS)
    ]
    assert any(amid)
