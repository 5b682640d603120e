"""The installed command as a whole process, beside other programs that read the same store."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks import peers
from benchmarks.measuring import Finding, Way, compared, interleaved, timed
from benchmarks.plan import Plan
from benchmarks.stores import FAMILIES, Person

_LEVEL = 1.1  # within what a machine at work varies by
_MUCH = 50_000  # from where on being faster is not enough
_OURS, _ONE_SITE = "sites", "list"


def measure(plan: Plan) -> Iterator[Finding]:
    """Run everything on stores of every size."""
    for family in FAMILIES:
        for size in plan.sizes:
            person = plan.stores.person(family, size)
            yield from _whole(person, plan)
            yield from _one_site(person, plan)


def _whole(person: Person, plan: Plan) -> Iterator[Finding]:
    ways = {_OURS: _way([command(), "sites", "--json"], person)}
    notes: dict[str, str] = {}
    others = list(peers.readers(install=plan.install))
    for peer in others:
        if not (why := peer.objection(person)):
            ways[peer.name] = _way(peer.command(person), person)
            count = peer.count(person)
            why = f"loads {count:,} of {person.cookies:,}" if count != person.cookies else ""
        notes[peer.name] = why
    costs = interleaved(ways, plan.rounds)
    for peer in others:
        goal = _goal(peer.name, person.cookies)
        said = Finding(
            "sites --json", person.family, person.cookies, goal=goal, note=notes[peer.name]
        )
        if peer.name in costs:
            yield compared(said, costs[_OURS], costs[peer.name], peer.name)
        else:
            yield msgspec.structs.replace(said, beside=peer.name)


def _goal(name: str, cookies: int) -> float:
    if name == "rookiepy":
        return _LEVEL
    return 1 / 3 if name == "browser_cookie3" and cookies >= _MUCH else 1.0


def _one_site(person: Person, plan: Plan) -> Iterator[Finding]:
    ways = {
        _ONE_SITE: _way([command(), "list", person.site, "--json"], person),
        _OURS: _way([command(), "sites", "--json"], person),
    }
    peer = peers.reader_of_one_site(install=plan.install)
    why = peer.objection(person)
    if not why:
        ways[peer.name] = _way(peer.command(person), person)
    costs = interleaved(ways, plan.rounds)
    # A small profile is read before the interpreter has warmed up: nothing was promised there.
    goal = 0.25 if person.cookies >= _MUCH else None
    said = Finding("list SITE --json", person.family, person.cookies, goal=goal)
    yield compared(said, costs[_ONE_SITE], costs[_OURS], "sites --json")
    said = Finding("list SITE --json", person.family, person.cookies, goal=1.0, note=why)
    if why:
        yield msgspec.structs.replace(said, beside=peer.name)
    else:
        yield compared(said, costs[_ONE_SITE], costs[peer.name], peer.name)


def command() -> str:
    """The installed command."""
    return str(Path(sys.executable).parent / "cookietui")


def _way(words: Sequence[str], person: Person) -> Way:
    def work() -> None:
        subprocess.run(  # noqa: S603 - this program or one of the peers
            words,
            env=person.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    return timed(work)
