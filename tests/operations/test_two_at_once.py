"""Two of this program on one home: each cookie goes once and comes back once, and nobody lies."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli import schemas
from tests.homes import furnished
from tests.proofs.aftermath import ROOT, Rows, rows

# Plans, waits for a word so that both begin in the same moment, and tells what became of it.
_WORKER = """
import json, sys
from pathlib import Path
from cookietui.errors import CookieTuiError
from cookietui.model.site import Site
from cookietui.model.verdict import Suggestion
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment

site = Site.parse("opendatasoft.com")
workspace = Workspace(Environment.of_home(Path(sys.argv[1])))

def planned():
    inventory = workspace.scan()
    shown = workspace.judge(inventory.of_site(site), site.registrable)
    chosen = [each for each in shown if each.verdict.suggestion is Suggestion.REMOVE]
    return workspace.plan(site.host, shown, chosen, inventory)

def cleaned(plan):
    receipt = workspace.clean(plan)
    return {
        "status": receipt.status.value,
        "journal": receipt.journal,
        "deleted": [[each.cookie.key.profile, each.cookie.id] for each in receipt.deleted],
        "refused": [[each.profile, each.exit_code, each.message] for each in receipt.refused],
    }

def undone(entry):
    try:
        _, restoration = workspace.undo(entry)
    except CookieTuiError as error:
        return {"restored": 0, "code": error.exit_code, "skipped": 0, "refused": []}
    return {
        "restored": restoration.restored,
        "code": 0,
        "skipped": len(restoration.skipped),
        "refused": [[each.profile, each.exit_code] for each in restoration.refused],
    }

for line in sys.stdin:
    word, _, entry = line.strip().partition(" ")
    plan = planned() if word == "clean" else None
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(cleaned(plan) if plan else undone(entry)), flush=True)
"""
_MAY_REFUSE = {4, 5, 6}

Told = dict[str, Any]


class Pair:
    """Two processes that are asked for the same at the same time."""

    def __init__(self, workers: list["subprocess.Popen[str]"]) -> None:
        self._workers = workers

    def both(self, words: str) -> list[Told]:
        """What each says of it."""
        for worker in self._workers:
            self._say(worker, words)
        assert [self._heard(worker) for worker in self._workers] == ["ready\n"] * 2
        for worker in self._workers:
            self._say(worker, "go")
        return [json.loads(self._heard(worker)) for worker in self._workers]

    def one(self, words: str) -> Told:
        """What the first says when the other does nothing."""
        worker = self._workers[0]
        self._say(worker, words)
        assert self._heard(worker) == "ready\n"
        self._say(worker, "go")
        told: Told = json.loads(self._heard(worker))
        return told

    @staticmethod
    def _say(worker: "subprocess.Popen[str]", words: str) -> None:
        assert worker.stdin is not None
        worker.stdin.write(words + "\n")
        worker.stdin.flush()

    @staticmethod
    def _heard(worker: "subprocess.Popen[str]") -> str:
        assert worker.stdout is not None
        return worker.stdout.readline()


@contextmanager
def _two(home: Path) -> Iterator[Pair]:
    command = [sys.executable, "-c", _WORKER, str(home)]
    workers = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        yield Pair(workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.proof)])
def test_what_two_delete_at_once_goes_once_and_comes_back_once(tmp_path: Path, rounds: int) -> None:
    home = furnished(tmp_path / "person")
    before = rows(home)
    deletions = 0
    with _two(home) as pair:
        for _ in range(rounds):
            receipts = pair.both("clean")
            _are_true(receipts, before, rows(home))
            deletions += sum(len(receipt["deleted"]) for receipt in receipts)
            for receipt in receipts:
                if receipt["journal"]:
                    told = pair.one(f"undo {receipt['journal']}")
                    assert told["restored"] == len(receipt["deleted"]), receipts
                    assert (told["skipped"], told["refused"]) == (0, []), receipts
            assert rows(home) == before
    assert deletions


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.proof)])
def test_what_two_put_back_at_once_comes_back_once(tmp_path: Path, rounds: int) -> None:
    home = furnished(tmp_path / "person")
    before = rows(home)
    with _two(home) as pair:
        for _ in range(rounds):
            receipt = pair.one("clean")
            assert receipt["status"] == "done"
            told = pair.both(f"undo {receipt['journal']}")
            for each in told:
                assert {code for _, code in each["refused"]} <= _MAY_REFUSE
            back = sum(each["restored"] for each in told)
            if rows(home) != before:
                assert any(each["refused"] for each in told)
                back += pair.one(f"undo {receipt['journal']}")["restored"]
            assert back == len(receipt["deleted"]), told
            assert rows(home) == before
            assert pair.one(f"undo {receipt['journal']}")["code"] == 6


@pytest.mark.parametrize("rounds", [1, pytest.param(25, marks=pytest.mark.proof)])
def test_two_command_lines_at_once_say_what_each_of_them_did(tmp_path: Path, rounds: int) -> None:
    for number in range(rounds):
        home = furnished(tmp_path / f"person{number}")
        before = rows(home)
        words = ("clean", "opendatasoft.com", "--apply", "--json")
        both = [_program(home, *words) for _ in range(2)]
        ended = [(*process.communicate(timeout=60), process.returncode) for process in both]
        for out, _, _ in ended:
            schemas.check(words, out)
        receipts = [json.loads(out) for out, _, _ in ended]
        for receipt, (_, err, code) in zip(receipts, ended, strict=True):
            assert code in (_MAY_REFUSE if receipt["refused"] else {0})
            assert len(err.splitlines()) == len(receipt["refused"])
            receipt["deleted"] = [[each["profile"], each["id"]] for each in receipt["deleted"]]
            receipt["refused"] = [[each["profile"], code, err] for each in receipt["refused"]]
        _are_true(receipts, before, rows(home))
        for receipt in receipts:
            if receipt["journal"]:
                with _program(home, "undo", receipt["journal"]) as undo:
                    assert (undo.wait(60), undo.stderr and undo.stderr.read()) == (0, "")
        assert rows(home) == before


def _are_true(receipts: list[Told], before: Rows, after: Rows) -> None:
    """What two receipts say together is what became of the stores."""
    deleted = Counter(tuple(each) for receipt in receipts for each in receipt["deleted"])
    assert set(deleted.values()) <= {1}, receipts
    for receipt in receipts:
        assert bool(receipt["journal"]) == bool(receipt["deleted"]), receipt
        assert {code for _, code, _ in receipt["refused"]} <= _MAY_REFUSE, receipt
    for profile in before:
        gone = len(before[profile]) - len(after[profile])
        assert gone == sum(1 for whose, _ in deleted if whose == profile), receipts


def _program(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "cookietui", *words],
        cwd=ROOT,
        env={"HOME": str(home), "PATH": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
