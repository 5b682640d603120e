"""A clock that jumps spoils no record: everything is listed, taken back, and forgotten when due."""

import os
import time
from pathlib import Path

import pytest

from cookietui.operations.workspace import Workspace, wall_clock
from cookietui.paths import Environment
from tests.cli.conftest import Cli
from tests.homes import STORES, furnished
from tests.operations.test_cleaning import planned
from tests.proofs.aftermath import SITE, rows

_DAY = 86_400_000_000
_YEAR = 365 * _DAY
_EXPIRED = "it has expired"


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(furnished(tmp_path / "person"), capsys)


def _cleaned(cli: Cli, at: int, *names: str) -> str:
    """Delete cookies when the clock says so; the id of that."""
    workspace = Workspace(Environment.of_home(cli.home), clock=lambda: at)
    receipt = workspace.clean(planned(workspace, *names))
    assert receipt.deleted
    assert receipt.journal
    return receipt.journal


def _ids(cli: Cli) -> list[str]:
    return [each["id"] for each in cli.json("history")["entries"]]


@pytest.mark.parametrize("years", [1, -1, 20, None])
def test_what_was_deleted_while_the_clock_was_wrong_is_listed_and_put_back(
    cli: Cli, years: int | None
) -> None:
    before = rows(cli.home)
    at = 0 if years is None else wall_clock() + years * _YEAR  # 1970: a flat battery
    wrong = _cleaned(cli, at, "_ga")
    assert rows(cli.home) != before
    ((name, *_),) = cli("history").rows
    assert name == wrong
    ran = cli("undo", wrong)
    assert (ran.code, ran.err) == (0, "")
    assert rows(cli.home) == before


@pytest.mark.parametrize("away", [_YEAR, -_YEAR])
def test_deletions_of_a_right_and_a_wrong_clock_do_not_mix(cli: Cli, away: int) -> None:
    before = rows(cli.home)
    wrong = _cleaned(cli, wall_clock() + away, "_ga")
    between = rows(cli.home)
    right = _cleaned(cli, wall_clock(), "_fbp")
    assert set(_ids(cli)) == {wrong, right}
    assert cli("undo", right).code == 0
    assert rows(cli.home) == between
    assert cli("undo", right).code == 6
    assert cli("undo").code == 0
    assert rows(cli.home) == before
    assert cli("undo").code == 3


def test_a_clock_that_stands_still_gives_no_id_twice(cli: Cli) -> None:
    before, at = rows(cli.home), wall_clock()
    names = ("_ga", "_fbp", "IDE", "fr")
    ids = [_cleaned(cli, at, name) for name in names]
    assert len(set(ids)) == len(names)
    for _ in names:
        assert cli("undo").code == 0
    assert rows(cli.home) == before


def test_a_clock_set_back_overwrites_no_record_of_the_same_second(cli: Cli) -> None:
    before, at = rows(cli.home), wall_clock()
    first = _cleaned(cli, at, "_ga")
    later = _cleaned(cli, at + 5_000_000, "_fbp")
    again = _cleaned(cli, at, "IDE")
    assert len({first, later, again}) == 3
    for entry in (first, later, again):
        assert cli("undo", entry).code == 0
    assert rows(cli.home) == before


def test_only_what_is_old_by_the_clock_of_now_is_forgotten(cli: Cli) -> None:
    now = wall_clock()
    old = _cleaned(cli, now - 40 * _DAY, "_ga")
    ahead = _cleaned(cli, now + _YEAR, "_fbp")
    fresh = _cleaned(cli, now, "IDE")
    ran = cli("forget", "--older-than", "30d")
    assert (ran.code, ran.out, ran.err) == (0, "1 deletion forgotten\n", "")
    assert set(_ids(cli)) == {ahead, fresh}
    assert cli("undo", old).code == 3
    for entry in (ahead, fresh):
        assert cli("undo", entry).code == 0


def test_what_is_ahead_of_the_clock_is_forgotten_by_its_id_only(cli: Cli) -> None:
    ahead = _cleaned(cli, wall_clock() + _YEAR, "_ga")
    assert cli("forget", "--older-than", "0d").code == 0
    assert _ids(cli) == [ahead]
    assert cli("forget", ahead).code == 0
    assert _ids(cli) == []


def test_an_undo_while_the_clock_is_ahead_can_be_finished_when_it_is_right(cli: Cli) -> None:
    before = rows(cli.home)
    entry = _cleaned(cli, wall_clock())
    workspace = Workspace(Environment.of_home(cli.home), clock=lambda: wall_clock() + 20 * _YEAR)
    _, ahead = workspace.undo(entry)
    assert ahead.skipped
    assert {each.why for each in ahead.skipped} == {_EXPIRED}
    assert cli("undo", entry).code == 0
    assert rows(cli.home) == before


@pytest.mark.parametrize("days", [365, -365, -20_000])
def test_stores_whose_files_are_from_another_time_are_cleaned_and_restored(
    cli: Cli, days: int
) -> None:
    before = rows(cli.home)
    for store, _ in STORES.values():
        os.utime(cli.home / store, (time.time() + days * 86_400,) * 2)
    ran = cli("clean", SITE, "--apply")
    assert (ran.code, ran.err) == (0, "")
    assert all(rows(cli.home)[each] != before[each] for each in before)
    assert cli("undo").code == 0
    assert rows(cli.home) == before
