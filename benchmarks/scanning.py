"""Reading and judging every cookie, beside copying the store and selecting every column."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.measuring import Finding, compared, interleaved, timed
from benchmarks.plan import Plan
from benchmarks.stores import CHROMIUM, FAMILIES, Person
from cookietui.model import site
from cookietui.operations.workspace import Workspace


def measure(plan: Plan) -> Iterator[Finding]:
    """Scan, and scan and judge, stores of every size."""
    for family in FAMILIES:
        for size in plan.sizes:
            yield from _measure(plan.stores.person(family, size), plan)


def _measure(person: Person, plan: Plan) -> Iterator[Finding]:
    fresh: list[Workspace] = []

    def renew() -> None:
        """Forget what earlier rounds found out; making the workspace does not count."""
        site.registrable_domain.cache_clear()
        site.site_of.cache_clear()
        fresh[:] = [person.workspace()]

    def scan() -> object:
        return fresh[0].scan()

    def scan_and_judge() -> object:
        inventory = fresh[0].scan()
        return inventory, fresh[0].judge(inventory.cookies)

    costs = interleaved(
        {
            "bare": timed(bare(person, plan.folder / "copy")),
            "scan": timed(scan, renew),
            "judged": timed(scan_and_judge, renew),
        },
        plan.rounds,
    )
    said = Finding("scan", person.family, person.cookies, goal=1.3)
    yield compared(said, costs["scan"], costs["bare"], "copy and bare SELECT *")
    said = Finding("scan and judge", person.family, person.cookies, goal=2.0)
    yield compared(said, costs["judged"], costs["bare"], "copy and bare SELECT *")


def bare(person: Person, copy: Path) -> Callable[[], object]:
    """Copy the store, then read all columns of all rows into a list."""
    table = "cookies" if person.family == CHROMIUM else "moz_cookies"

    def work() -> object:
        shutil.copyfile(person.store, copy)
        with closing(sqlite3.connect(copy)) as connection:
            return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - constants

    return work
