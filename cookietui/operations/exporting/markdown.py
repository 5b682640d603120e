"""A document about a site's cookies in Markdown, to be pasted into a report; never with values.

Names and declarations are written by strangers. Everything in them that Markdown, HTML, a table or
a renderer's own habits (links made of bare addresses) could act on is escaped.
"""

import re
from collections.abc import Iterator, Sequence

from cookietui.judging.explain import PURPOSE_TITLES, provider, remaining, stored_under
from cookietui.model.cookie import Cookie
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.exporting.export import Export, Exported, moment
from cookietui.text import plural, visible

# In the order in which cookie policies speak of them.
_PURPOSES = (
    Purpose.NECESSARY,
    Purpose.PREFERENCES,
    Purpose.STATISTICS,
    Purpose.MARKETING,
    Purpose.UNKNOWN,
)
_HEADINGS = ("Name", "Host", "Provider", "What it does", "Lifetime", "Party")
_ABOUT = (
    "Purposes are what the site's own policy, a known provider or the person says; where nobody"
    " declares a cookie they are concluded from its attributes, or unknown."
)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "`": "&#96;"}
# Some renderers make links after they have undone escapes. A code span keeps the parts apart, and
# two of them in a row would be one.
_LINK = r"@|:(?=//)|(?<=[Ww]{3})\."
# A dot within a word makes a link of a bare host, and a second slash one of `//host`.
_ACTIVE = re.compile(rf"(?P<link>(?:{_LINK})+)|[<>&|`]|[\\*_\[\]{{}}~^$=#!]|[.:](?=\S)|(?<=/)/")


def write(export: Export) -> Exported:
    """Write a table of cookies for each purpose."""
    return Exported("\n".join(_lines(export)) + "\n")


def escaped(text: str) -> str:
    """A stranger's text that stays text, on one line and in one cell."""
    return _ACTIVE.sub(_escape, visible(text))


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if found["link"]:
        return f"`{character}`"
    return _ENTITIES.get(character, f"\\{character}")


def _lines(export: Export) -> Iterator[str]:
    profiles = sorted({each.cookie.key.profile for each in export.judged})
    count = plural(len(export.judged), "cookie")
    kept_by = f" kept by {', '.join(map(escaped, profiles))}" if profiles else ""
    yield f"# Cookies of {escaped(export.site) if export.site else 'all sites'}"
    yield ""
    yield f"Read by cookietui at {moment(export.at)}: {count}{kept_by}."
    yield ""
    yield _ABOUT
    for purpose in _PURPOSES:
        rows = [each for each in export.judged if each.verdict.purpose is purpose]
        if rows:
            yield from _section(purpose, rows, export.at)


def _section(purpose: Purpose, rows: Sequence[JudgedCookie], now: int) -> Iterator[str]:
    yield from ("", f"## {PURPOSE_TITLES[purpose]}", "")
    yield f"{plural(len(rows), 'cookie')}."
    yield from ("", _line(_HEADINGS), _line(["---"] * len(_HEADINGS)))
    for each in sorted(rows, key=lambda row: (row.cookie.name, row.cookie.host)):
        yield _line(_cells(each, now))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(judged: JudgedCookie, now: int) -> tuple[str, ...]:
    cookie, verdict = judged.cookie, judged.verdict
    return (
        escaped(cookie.name) or "*(no name)*",
        escaped(_host(cookie)) or "*(no host)*",
        escaped(provider(verdict)),
        escaped(_function(judged)),
        escaped(_lifetime(judged, now)),
        verdict.party.value,
    )


def _host(cookie: Cookie) -> str:
    under = stored_under(cookie)
    return f"{cookie.host}, stored under {under}" if under else cookie.host


def _function(judged: JudgedCookie) -> str:
    verdict = judged.verdict
    if verdict.declared is None:
        return " ".join(verdict.reasons)
    return verdict.declared.declaration.description


def _lifetime(judged: JudgedCookie, now: int) -> str:
    left = remaining(judged.cookie, now)
    shown = left if left in ("session", "expired", "unknown") else f"{left} left"
    declared = judged.verdict.declared
    said = declared.declaration.lifetime if declared else ""
    return f"{shown}, declared: {said}" if said else shown
