"""Figures: work done in turn several times, medians, quartiles and ratios."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

import msgspec

Way = Callable[[], float]
"""One way of doing some work; gives what it cost: seconds, or bytes."""

_FEWEST = 2


class Spread(msgspec.Struct, frozen=True):
    """What several rounds cost.

    Attributes:
        median: The middle one.
        lower: A quarter of them cost less.
        upper: A quarter of them cost more.
        least: The cheapest, which other work on the machine disturbed the least.
        rounds: How many there were.
    """

    median: float
    lower: float
    upper: float
    least: float
    rounds: int


class Finding(msgspec.Struct, frozen=True):
    """One line of the table.

    Attributes:
        work: What was done.
        store: In what: the browser family, or whatever else there is one of.
        cookies: How many cookies there were; 0 where that is not the question.
        ours: What it cost this program.
        beside: What it is compared with.
        theirs: What that cost.
        goal: What `figure` may be at most; None if nothing was promised.
        unit: ``s``, or ``B`` for bytes.
        note: What else must be known, or why there is no figure.
        figure: What is held against the goal: the ratio, or a percentile in seconds.
        absolute: Whether the figure is no ratio.
    """

    work: str
    store: str = ""
    cookies: int = 0
    ours: Spread | None = None
    beside: str = ""
    theirs: Spread | None = None
    goal: float | None = None
    unit: str = "s"
    note: str = ""
    figure: float | None = None
    absolute: bool = False

    @property
    def held(self) -> bool | None:
        """Whether the goal is held; None where there is none, or no figure."""
        if self.goal is None or self.figure is None:
            return None
        return self.figure <= self.goal


def timed(work: Callable[[], object], before: Callable[[], object] | None = None) -> Way:
    """Make a way out of some work, with what must be done before and does not count."""

    def way() -> float:
        if before is not None:
            before()
        gc.collect()  # what the other way left behind is not this one's to clear away
        start = time.perf_counter()
        done = work()
        seconds = time.perf_counter() - start
        del done  # after the clock was stopped
        return seconds

    return way


def interleaved(ways: Mapping[str, Way], rounds: int) -> dict[str, list[float]]:
    """Go all ways in turn, so that whatever else the machine does meets all alike.

    One round beforehand fills the system's caches and does not count.
    """
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for number in range(rounds):
        names = list(ways)
        for name in names if number % 2 else reversed(names):
            costs[name].append(ways[name]())
    return costs


def spread(costs: Sequence[float]) -> Spread:
    """Sum up what several rounds cost."""
    ordered = sorted(costs)
    lower = upper = median = statistics.median(ordered)
    if len(ordered) >= _FEWEST:
        lower, _, upper = statistics.quantiles(ordered, n=4, method="inclusive")
    return Spread(median, lower, upper, ordered[0], len(ordered))


def percentile(costs: Sequence[float], hundredth: int) -> float:
    """What so many of a hundred stay below or at; the larger of two where it lies between."""
    ordered = sorted(costs)
    return ordered[min(math.ceil(len(ordered) * hundredth / 100), len(ordered)) - 1]


def compared(
    finding: Finding, ours: Sequence[float], theirs: Sequence[float], beside: str = ""
) -> Finding:
    """Fill in what both cost; the ratio is the median of those of the single rounds."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return msgspec.structs.replace(
        finding,
        ours=spread(ours),
        theirs=spread(theirs),
        figure=statistics.median(ratios),
        beside=beside or finding.beside,
    )


def growth(fewer: tuple[int, float], more: tuple[int, float]) -> float:
    """The exponent with which cost grows: 1 is in proportion, 2 with the square."""
    return math.log(more[1] / fewer[1]) / math.log(more[0] / fewer[0])
