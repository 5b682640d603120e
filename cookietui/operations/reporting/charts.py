"""What is there by purpose, and how long it will stay, as charts."""

from collections import Counter
from collections.abc import Iterable

from cookietui.judging.explain import PURPOSE_CONSENT, PURPOSE_MEANINGS, PURPOSE_TITLES
from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.reporting.blocks import Bar, Chart, Paragraph, Section, Sign

_DAY = 86_400 * MICROSECONDS
_SESSION, _LONGER, _EXPIRED, _UNKNOWN = "Session", "Longer", "Expired", "Not known"
_STEPS = (
    ("Up to a day", 1 * _DAY),
    ("Up to a week", 7 * _DAY),
    ("Up to a month", 31 * _DAY),
    ("Up to half a year", 184 * _DAY),
    ("Up to 13 months", 397 * _DAY),
)
_ALWAYS = (_SESSION, *(title for title, _ in _STEPS), _LONGER)
_ABOUT = (
    "The time that was left when the cookies were read. Those of a session go when the browser is"
    " closed, unless it restores the session."
)


def purposes(cookies: Iterable[JudgedCookie]) -> Section:
    """Chart what cookies are for."""
    counts = Counter(each.verdict.purpose for each in cookies)
    headings = ("Purpose", "Share", "Cookies", "What it means")
    bars = tuple(_purpose(purpose, counts) for purpose in Purpose)
    chart = Chart("Cookies by purpose", headings, bars)
    return Section("purposes", "By purpose", (chart,))


def lifetimes(cookies: Iterable[JudgedCookie], now: int) -> Section:
    """Chart how long cookies will stay.

    Args:
        cookies: The cookies.
        now: Microseconds since the Unix epoch.
    """
    counts: dict[str, Counter[Purpose]] = {}
    for each in cookies:
        counts.setdefault(_step(each.cookie, now), Counter())[each.verdict.purpose] += 1
    titles = (*_ALWAYS, *(title for title in (_EXPIRED, _UNKNOWN) if title in counts))
    bars = tuple(_lifetime(title, counts.get(title, Counter())) for title in titles)
    chart = Chart("Cookies by time left", ("Time left", "Share", "Cookies"), bars)
    return Section("lifetimes", "Time left", (Paragraph(_ABOUT, quiet=True), chart))


def _purpose(purpose: Purpose, counts: Counter[Purpose]) -> Bar:
    count, of = counts[purpose], counts.total()
    share = f"{count} of {of} ({round(100 * count / of)} %)" if count else "none"
    told = (PURPOSE_MEANINGS[purpose], _consent(purpose))
    return Bar(Sign(purpose), ((purpose, count),), share, (told,))


def _step(cookie: Cookie, now: int) -> str:
    left = cookie.lifetime(now)
    if left is None:
        return _SESSION if cookie.session else _UNKNOWN
    if left <= 0:
        return _EXPIRED
    return next((title for title, most in _STEPS if left <= most), _LONGER)


def _lifetime(title: str, counts: Counter[Purpose]) -> Bar:
    parts = tuple((purpose, counts[purpose]) for purpose in Purpose if counts[purpose])
    said = ", ".join(f"{count} {PURPOSE_TITLES[purpose].lower()}" for purpose, count in parts)
    in_all = f"{counts.total()}: " if len(parts) > 1 else ""
    return Bar(title, parts, f"{in_all}{said}" if said else "none")


def _consent(purpose: Purpose) -> str:
    said = PURPOSE_CONSENT[purpose]
    return said if "consent" in said else f"consent {said}"
