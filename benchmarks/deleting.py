"""Deleting cookies, journalled and proven, beside copying and a bare DELETE."""

import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.measuring import Finding, compared, interleaved, timed
from benchmarks.plan import Plan
from benchmarks.stores import CHROMIUM, FAMILIES, Person
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Status
from tests.builders import aged

_GOING = 1_000
_BARE = {
    CHROMIUM: """
        DELETE FROM cookies WHERE host_key = ? AND top_frame_site_key = ?
        AND has_cross_site_ancestor = ? AND name = ? AND path = ? AND source_scheme = ?
        AND source_port = ?
    """,
}
_BARE_FIREFOX = (
    "DELETE FROM moz_cookies WHERE name = ? AND host = ? AND path = ? AND originAttributes = ?"
)


def measure(plan: Plan) -> Iterator[Finding]:
    """Delete a hundredth, or a thousand, of a large store."""
    for family in FAMILIES:
        yield from _measure(plan.stores.person(family, plan.largest), plan)


def _measure(person: Person, plan: Plan) -> Iterator[Finding]:
    content = person.store.read_bytes()
    workspace = person.workspace()
    inventory = workspace.scan()
    judged = workspace.judge(inventory.cookies)
    going = judged[:: max(len(judged) // _GOING, 1)][:_GOING]
    whole = workspace.plan("", going, going, inventory)

    def restore() -> None:
        person.store.write_bytes(content)
        shutil.rmtree(workspace.environment.journal, ignore_errors=True)
        time.sleep(0.05)  # the file's time must not be of this very moment

    def restore_on_another_day() -> None:
        restore()
        shutil.rmtree(workspace.environment.backups, ignore_errors=True)

    def clean() -> None:
        if workspace.clean(whole).status is not Status.DONE:
            raise RuntimeError("the deletion that was to be measured was refused")

    cookies = [each.cookie for each in going]
    costs = interleaved(
        {
            "bare": timed(lambda: bare(person, plan.folder / "copy", cookies), restore),
            "first": timed(clean, restore_on_another_day),
            "later": timed(clean, restore),
        },
        plan.rounds,
    )
    restore()
    aged(person.store)
    beside = "copy and bare DELETE"
    said = Finding(f"delete {len(going)}", person.family, person.cookies, goal=3.0)
    yield compared(said, costs["later"], costs["bare"], beside)
    note = "with the day's copy of the whole store"
    said = Finding(f"delete {len(going)}, first of a day", person.family, person.cookies, note=note)
    yield compared(said, costs["first"], costs["bare"], beside)


def bare(person: Person, copy: Path, chosen: Iterable[Cookie]) -> None:
    """Copy the store, then delete: what somebody in a hurry would do."""
    shutil.copyfile(person.store, copy)
    with closing(sqlite3.connect(person.store, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        statement = _BARE.get(person.family, _BARE_FIREFOX)
        connection.executemany(statement, [cookie.key.columns for cookie in chosen])
        connection.execute("COMMIT")
