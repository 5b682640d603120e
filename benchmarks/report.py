"""The findings as Markdown: one table, what everything costs as it grows, and all versions."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution, version

from benchmarks import peers
from benchmarks.measuring import Finding, Spread, growth

_HEADINGS = ("work", "store", "cookies", "ours", "theirs", "beside", "figure", "goal", "held")
_FACTOR = {"s": (1_000, "ms"), "B": (1 / 1_000_000, "MB")}
_HELD = {True: "yes", False: "**no**", None: ""}


def heading() -> str:
    """The first two lines of the table."""
    return f"{_line(_HEADINGS)}\n{_line(['---'] * len(_HEADINGS))}"


def line(finding: Finding) -> str:
    """One line of the table."""
    return _line(
        (
            finding.work,
            finding.store,
            f"{finding.cookies:,}" if finding.cookies else "",
            _cost(finding.ours, finding.unit),
            _cost(finding.theirs, finding.unit),
            f"{finding.beside} ({finding.note})" if finding.note else finding.beside,
            _figure(finding.figure, finding),
            _figure(finding.goal, finding),
            _HELD[finding.held],
        )
    )


def growing(findings: Iterable[Finding]) -> Iterator[str]:
    """How each cost grows from the smallest size to the largest."""
    costs: dict[tuple[str, str, str], dict[int, float]] = {}
    for each in findings:
        if each.ours is not None and each.cookies:
            key = (each.work, each.store, each.unit)
            costs.setdefault(key, {}).setdefault(each.cookies, each.ours.median)
    yield _line(("work", "store", "sizes", "for each cookie", "exponent"))
    yield _line(["---"] * 5)
    for (work, store, unit), by_size in costs.items():
        fewer, more = min(by_size), max(by_size)
        if fewer == more:
            continue
        factor, name = (1e6, "µs") if unit == "s" else (1, "B")
        each_costs = " to ".join(f"{by_size[n] / n * factor:.1f}" for n in (fewer, more))
        exponent = growth((fewer, by_size[fewer]), (more, by_size[more]))
        yield _line(
            (work, store, f"{fewer:,} to {more:,}", f"{each_costs} {name}", f"{exponent:.2f}")
        )


def versions() -> Iterator[str]:
    """The versions of everything that was measured, and the machine."""
    uname = platform.uname()
    yield f"{os.cpu_count()} CPUs, {uname.system} {uname.release}, {uname.machine}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    needed = [
        name.split(";")[0]
        for name in distribution("cookietui").requires or ()
        if "extra" not in name
    ]
    names = sorted(
        "".join(c if c.isalnum() or c in "-_" else " " for c in n).split()[0] for n in needed
    )
    yield ", ".join(f"{name} {version(name)}" for name in ("cookietui", *names))
    others = ", ".join(f"{name} {each}" for name, each in sorted(peers.versions().items()))
    yield f"beside: {others or 'nothing is installed'}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cost(spread: Spread | None, unit: str) -> str:
    if spread is None:
        return "-"
    factor, name = _FACTOR[unit]
    middle, lower, upper = (n * factor for n in (spread.median, spread.lower, spread.upper))
    digits = 1 if middle < 100 else 0
    return f"{middle:,.{digits}f} ({lower:,.{digits}f} to {upper:,.{digits}f}) {name}"


def _figure(figure: float | None, finding: Finding) -> str:
    if figure is None:
        return ""
    return f"{figure * 1_000:.0f} ms" if finding.absolute else f"{figure:.2f}"
