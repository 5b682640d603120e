"""Run the benchmarks: ``python -m benchmarks [--only scanning,processes] [--quick]``."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import (
    deleting,
    hand,
    importing,
    memory,
    painting,
    processes,
    report,
    revealing,
    scanning,
)
from benchmarks.measuring import Finding
from benchmarks.plan import Plan
from benchmarks.stores import Stores

_SIZES, _ROUNDS = (3_300, 10_000, 100_000), 5
_QUICK_SIZES, _QUICK_ROUNDS = (100, 300), 2
KINDS: dict[str, Callable[[Plan], Iterator[Finding]]] = {
    "scanning": scanning.measure,
    "processes": processes.measure,
    "painting": painting.measure,
    "hand": hand.measure,
    "revealing": revealing.measure,
    "deleting": deleting.measure,
    "importing": importing.measure,
    "memory": memory.measure,
}


def main() -> int:
    """Measure, and print each line when it is known."""
    words = _words().parse_args()
    wanted = words.only.split(",") if words.only else list(KINDS)
    if unknown := set(wanted) - set(KINDS):
        sys.stderr.write(f"there is no {', '.join(sorted(unknown))}, but {', '.join(KINDS)}\n")
        return 2
    sizes = _QUICK_SIZES if words.quick else _SIZES
    rounds = _QUICK_ROUNDS if words.quick else max(words.rounds, _ROUNDS)
    findings = []
    _say(report.heading())
    with tempfile.TemporaryDirectory(prefix="cookietui-bench-") as name:
        folder = Path(name)
        plan = Plan(sizes, rounds, Stores(folder), folder, install=not words.quick)
        for kind in wanted:
            for finding in KINDS[kind](plan):
                findings.append(finding)
                _say(report.line(finding))
    _say("\nMedians and quartiles; the figure is the ratio, or the 95th percentile.\n")
    for line in report.growing(findings):
        _say(line)
    _say("")
    for line in report.versions():
        _say(f"- {line}")
    return 0


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="KINDS", help=f"some of {', '.join(KINDS)}")
    parser.add_argument("--quick", action="store_true", help="small stores, to see that it runs")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="at least five")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
