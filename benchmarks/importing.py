"""Reading a long policy page, beside parsing it with the HTML library."""

import datetime
from collections.abc import Callable, Iterator
from importlib import import_module

from benchmarks.measuring import Finding, compared, interleaved, timed
from benchmarks.plan import Plan
from cookietui.catalogue.importing.opening import open_document

_BYTES = 1_000_000
_ENTRY = (
    '<li class="menu__item menu__item--level-2"><a class="menu__link" href="/shop/part?from=menu"'
    ' data-track="menu"><svg viewBox="0 0 24 24"><path d="M4 6h16M4 12h16M4 18h16"/></svg>'
    "<span>Part of the shop</span></a></li>"
)
_SCRIPT = 'window.shop=window.shop||{};shop.push({"part":1,"shown":true,"of":[1,2,3]});'
_MARKUP = f"<nav><ul>{_ENTRY * 120}</ul></nav><script>{_SCRIPT * 250}</script>"
_HEAD = "<!DOCTYPE html><html lang=en><head><title>Cookies</title></head><body><h1>Cookies</h1>"
_TABLE = "<table><thead><tr><th>Name</th><th>Purpose</th><th>Duration</th></tr></thead><tbody>"
_PURPOSES = ("Strictly necessary", "Statistics", "Marketing", "Preferences")
_DAY = datetime.date(2026, 11, 23)


def measure(plan: Plan) -> Iterator[Finding]:
    """Read a page of a megabyte as sites publish them, and one that is nothing but tables."""
    yield _measure(plan, "a few hundred cookies among markup", page(_BYTES, _MARKUP))
    # No site has so many cookies: what it costs when every byte has to be understood.
    yield _measure(plan, "nothing but tables of cookies", page(_BYTES, ""), goal=None)


def _measure(plan: Plan, note: str, content: bytes, goal: float | None = 3.0) -> Finding:
    file = plan.folder / "policy.html"
    file.write_bytes(content)
    parser: Callable[[bytes], object] = import_module("selectolax.lexbor").LexborHTMLParser

    def ours() -> object:
        return open_document(file, "shop.example", _DAY, lambda _: False)

    def theirs() -> object:
        return parser(file.read_bytes())

    costs = interleaved({"ours": timed(ours), "theirs": timed(theirs)}, plan.rounds)
    return compared(
        Finding("import a policy page of 1 MB", "HTML", goal=goal, note=note),
        costs["ours"],
        costs["theirs"],
        "selectolax",
    )


def page(size: int, markup: str) -> bytes:
    """A policy page of at least so many bytes, with some markup before each of its tables."""
    parts, length, number = [_HEAD], len(_HEAD), 0
    while length < size:
        purpose = _PURPOSES[number % len(_PURPOSES)]
        rows = "".join(
            f"<tr><td><code>ck{number}_{row}</code></td><td>Remembers what was chosen in part {row}"
            f" of the shop, and nothing else.</td><td>{row + 1} months</td></tr>"
            for row in range(20)
        )
        prose = f"<p>The following are set for part {number}. You can change your mind.</p>" * 4
        parts.append(f"{markup}<h2>{purpose} cookies</h2>{prose}{_TABLE}{rows}</tbody></table>")
        length += len(parts[-1])
        number += 1
    return "".join([*parts, "</body></html>"]).encode()
