"""Comma-separated values (RFC 4180), one row for each cookie, for a spreadsheet.

Cells are made visible as on the screen: hidden characters and backslashes are written out. They are
for people to read; for programs there is JSON.
"""

import csv
import io
import re

from cookietui.judging.explain import basis, container, provider, remaining, stored_under
from cookietui.model.cookie import Cookie
from cookietui.model.verdict import JudgedCookie, Verdict
from cookietui.operations.exporting.export import Export, Exported, moment
from cookietui.text import visible

# What spreadsheets begin a formula with, the wide forms of Asian keyboards too. Tabs and line
# breaks, which some skip to find one, are written out before.
_FORMULA = re.compile("\\s*[=+@\\-\uff1d\uff0b\uff20\uff0d]")
_UNKNOWN = "unknown"
_WORDS = {True: "TRUE", False: "FALSE", None: _UNKNOWN}
_COOKIE = (
    "name", "host", "path", "host_only", "stored_under", "container", "profile", "created",
    "expires", "last_used", "lifetime_left", "session", "secure", "http_only", "same_site", "size",
    "encryption",
)  # fmt: skip
_VERDICT = (
    "purpose", "type", "suggestion", "known_by", "provider", "function", "description", "party",
    "consent", "declared_lifetime", "reasons", "kept", "note",
)  # fmt: skip
_VALUE = ("value", "value_problem")


def write(export: Export) -> Exported:
    """Write every cookie with its verdict, and with its value if that was asked for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # its lines end as the RFC wants them
    writer.writerow((*_COOKIE, *_VERDICT, *(() if export.values is None else _VALUE)))
    for each in export.judged:
        writer.writerow([harmless(cell) for cell in _row(each, export)])
    return Exported(text.getvalue())


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    shown = visible(cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _row(judged: JudgedCookie, export: Export) -> tuple[str, ...]:
    cookie = judged.cookie
    row = (*_attributes(cookie, export.at), *_judgement(judged.verdict))
    if export.values is None:
        return row
    return (*row, export.value(cookie) or "", export.unrevealed(cookie))


def _attributes(cookie: Cookie, now: int) -> tuple[str, ...]:
    return (
        cookie.name,
        cookie.host,
        cookie.path,
        _WORDS[cookie.host_only],
        stored_under(cookie),
        container(cookie),
        cookie.key.profile,
        _time(cookie.created),
        "" if cookie.session else _time(cookie.expires),
        _time(cookie.last_used),
        remaining(cookie, now),
        _WORDS[cookie.session],
        _WORDS[cookie.secure],
        _WORDS[cookie.http_only],
        cookie.same_site.value if cookie.same_site else _UNKNOWN,
        _UNKNOWN if cookie.size is None else str(cookie.size),
        cookie.encryption or "plain",
    )


def _judgement(verdict: Verdict) -> tuple[str, ...]:
    declaration = verdict.declared.declaration if verdict.declared else None
    return (
        verdict.purpose.value,
        verdict.kind.value,
        verdict.suggestion.value,
        basis(verdict),
        provider(verdict),
        declaration.function if declaration else "",
        declaration.description if declaration else "",
        verdict.party.value,
        verdict.consent.value,
        declaration.lifetime if declaration else "",
        " ".join(verdict.reasons),
        _WORDS[verdict.kept],
        verdict.note,
    )


def _time(at: int | None) -> str:
    return _UNKNOWN if at is None else moment(at)
