"""What a hundred thousand cookies take in memory, beside bare rows in a list.

Every figure is of a process of its own: the most it ever took, less what it took before.
"""

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from benchmarks.measuring import Finding, Way, compared, interleaved
from benchmarks.plan import ROOT, Plan
from benchmarks.scanning import bare
from benchmarks.stores import FAMILIES, Person

_LINUX, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_BARE, _SCAN, _JUDGED = "bare", "scan", "judged"


def measure(plan: Plan) -> Iterator[Finding]:
    """Hold the largest store in memory."""
    for family in FAMILIES:
        person = plan.stores.person(family, plan.largest)
        ways = {what: _way(what, person) for what in (_BARE, _SCAN, _JUDGED)}
        costs = interleaved(ways, plan.rounds)
        for what, work in ((_SCAN, "memory: scan"), (_JUDGED, "memory: scan and judge")):
            said = Finding(work, family, person.cookies, goal=1.5, unit="B")
            yield compared(said, costs[what], costs[_BARE], "bare rows in a list")


def _way(what: str, person: Person) -> Way:
    words = [sys.executable, "-m", "benchmarks.memory", what, person.family]
    words += [str(person.home), str(person.store)]

    def way() -> float:
        done = subprocess.run(  # noqa: S603 - this very module
            words, cwd=ROOT, env=person.variables(), capture_output=True, text=True, check=True
        )
        return float(done.stdout)

    return way


def _taken(work: Callable[[], object]) -> int:
    """The most that some work takes in memory, and all that it leaves."""
    gc.collect()
    if _LINUX.exists():
        _FORGET.write_text("5")  # what was the most until now
    before = psutil.Process().memory_info().rss
    held = work()
    peak = _peak()
    del held
    return max(peak - before, 1)


def _peak() -> int:
    if _LINUX.exists():  # what the system counts for children begins with what the parent had
        fields = dict(line.split(":", 1) for line in _LINUX.read_text().splitlines())
        return int(fields["VmHWM"].split()[0]) * 1024
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource  # noqa: PLC0415 - Windows has none

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    """Do one kind of work in this process, and print what it took."""
    what, family, home, store = sys.argv[1:]
    person = Person(Path(home), family, Path(store), 0, "")
    workspace = person.workspace()

    def judged() -> object:
        inventory = workspace.scan()
        return inventory, workspace.judge(inventory.cookies)

    works: dict[str, Callable[[], object]] = {
        _BARE: bare(person, person.home / "tmp" / "copy"),
        _SCAN: workspace.scan,
        _JUDGED: judged,
    }
    sys.stdout.write(f"{_taken(works[what])}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
