"""Every benchmark runs, on small stores, and prints its table; what it measures is not judged."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import KINDS
from benchmarks.measuring import Finding, compared, growth, interleaved, percentile, spread
from benchmarks.stores import CHROMIUM, FIREFOX, Stores
from tests.builders import read

_ROOT = Path(__file__).parent.parent
_ROWS = {
    "scanning": 8,  # two families, two sizes, with and without judging
    "processes": 20,  # three readers of everything, and two of one site
    "painting": 4,
    "hand": 9,
    "revealing": 4,
    "deleting": 4,
    "importing": 2,
    "memory": 4,
}


def test_every_kind_is_known_here() -> None:
    assert list(_ROWS) == list(KINDS)


@pytest.mark.proof
@pytest.mark.parametrize("kind", list(_ROWS))
def test_a_benchmark_runs_and_prints_its_table(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "--only", kind],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    table, _, rest = done.stdout.partition("\n\n")
    heading, line, *rows = table.splitlines()
    assert heading.startswith("| work | store |")
    assert {each.count("|") for each in (heading, line, *rows)} == {heading.count("|")}
    assert len(rows) == _ROWS[kind]
    assert "SQLite" in rest


def test_an_unknown_kind_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", "nothing"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "there is no nothing" in done.stderr


@pytest.mark.parametrize("family", [CHROMIUM, FIREFOX])
@pytest.mark.parametrize("one_site", [False, True])
def test_a_store_holds_what_was_asked_for(tmp_path: Path, family: str, one_site: bool) -> None:
    person = Stores(tmp_path).person(family, 500, one_site=one_site)
    cookies = read(person.store, tmp_path)
    assert len(cookies) == len({cookie.key for cookie in cookies}) == 500
    assert 30 < sum(cookie.partition is not None for cookie in cookies) < 120
    (scanned,) = person.workspace().scan().scanned
    assert scanned.profile.store == person.store
    assert len(scanned.cookies) == len(cookies)
    assert not scanned.jar.problems


def test_ways_take_turns_after_a_round_that_does_not_count() -> None:
    gone: list[str] = []

    def way(name: str) -> float:
        gone.append(name)
        return float(len(gone))

    costs = interleaved({"a": lambda: way("a"), "b": lambda: way("b")}, rounds=2)
    assert gone == ["a", "b", "b", "a", "a", "b"]
    assert costs == {"a": [4.0, 5.0], "b": [3.0, 6.0]}


def test_figures() -> None:
    summed = spread([4.0, 1.0, 2.0, 3.0, 5.0])
    assert (summed.least, summed.lower, summed.median, summed.upper) == (1.0, 2.0, 3.0, 4.0)
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0
    assert growth((10, 1.0), (1000, 10_000.0)) == pytest.approx(2.0)


def test_a_goal_is_held_by_the_median_of_the_rounds_ratios() -> None:
    said = Finding("work", goal=2.0)
    assert said.held is None
    slower = compared(said, [2.0, 9.0, 4.2], [1.0, 3.0, 2.0])
    assert slower.figure == pytest.approx(2.1)
    assert slower.held is False
    assert compared(said, [2.0, 9.0, 3.8], [1.0, 3.0, 2.0]).held is True
