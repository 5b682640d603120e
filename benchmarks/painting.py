"""From the start to the first cookies in a real terminal, beside a program that shows one line."""

import sys
import time
from collections.abc import Iterator

from benchmarks.measuring import Finding, Way, compared, interleaved
from benchmarks.plan import Plan
from benchmarks.processes import command
from benchmarks.stores import FAMILIES, Person
from tests.tui.pseudoterminal import PseudoTerminal

_MUCH = 50_000
_COLUMNS, _LINES = 120, 36
_BOX = "[ ]"  # stands before cookies only
_LINE = "nothing but one line"
_ONE_LINE = f"""
from textual.app import App
from textual.widgets import Static
class OneLine(App):
    def compose(self):
        yield Static({_LINE!r})
OneLine().run()
"""


def measure(plan: Plan) -> Iterator[Finding]:
    """Start both on the smallest and on the largest store."""
    for family in FAMILIES:
        for size in sorted({plan.sizes[0], plan.largest}):
            person = plan.stores.person(family, size)
            ways = {
                "ours": _way([command()], _BOX, person),
                "theirs": _way([sys.executable, "-c", _ONE_LINE], _LINE, person),
            }
            costs = interleaved(ways, plan.rounds)
            goal = 2.5 if size >= _MUCH else 1.5
            said = Finding("start to first cookies", family, size, goal=goal)
            yield compared(said, costs["ours"], costs["theirs"], "Textual with one line")


def _way(words: list[str], text: str, person: Person) -> Way:
    names = [f"{name}={value}" for name, value in person.variables().items()]
    # The terminal hands on what this process has in its environment, which is to be left behind.
    clean = ["env", "-i", "TERM=xterm-256color", "COLORTERM=truecolor", *names, *words]

    def way() -> float:
        start = time.perf_counter()
        with PseudoTerminal(clean, cwd=person.home, columns=_COLUMNS, lines=_LINES) as terminal:
            terminal.read_until(text)
            return time.perf_counter() - start

    return way
