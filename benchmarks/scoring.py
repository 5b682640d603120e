"""How often the judgement is right about cookies it was not made for.

The labels were gathered from public documentation apart from the catalogue (`labelled/README.md`).
Rules may be tuned on one half; the other is only ever counted. Run as ``python -m
benchmarks.scoring``; ``--wrong`` lists what was wrong in the half for tuning.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cookietui.catalogue.loading import load_catalogue
from cookietui.judging.judge import Judge
from cookietui.model.cookie import MICROSECONDS, Cookie, CookieKey, Partition
from cookietui.model.policy import Purpose
from cookietui.model.site import registrable_domain
from cookietui.model.verdict import Suggestion, Verdict

_LABELS = Path(__file__).parent / "labelled" / "cookies.toml"
_DAY = 86_400 * MICROSECONDS
_NOW = 1_764_000_000 * MICROSECONDS


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cookie whose purpose somebody published."""

    name: str
    host: str
    site: str
    purpose: Purpose
    source: str
    set: str
    http_only: bool | None = None
    session: bool = False
    lifetime_days: float | None = None
    login: bool = False


class Score(msgspec.Struct, frozen=True):
    """What came of judging a set of labelled cookies; shares are between 0 and 1."""

    cookies: int
    covered: float
    right: float
    right_of_covered: float
    necessary_removed: float
    trackers_kept: float
    logins: int
    logins_removed: int


def labels(which: str | None = None) -> list[Labelled]:
    """The labelled cookies, or those of one set."""
    content = tomllib.loads(_LABELS.read_text("utf-8"))["cookies"]
    every = msgspec.convert(content, list[Labelled])
    return [each for each in every if which in (None, each.set)]


def cookie(label: Labelled) -> Cookie:
    """The cookie as it would lie in a browser."""
    expires = None
    if label.lifetime_days and not label.session:
        expires = _NOW + int(label.lifetime_days * _DAY)
    third = registrable_domain(label.host.removeprefix(".")) != registrable_domain(label.site)
    return Cookie(
        key=CookieKey("scoring", (label.host, label.name), 0),
        name=label.name,
        host=label.host,
        path="/",
        partition=Partition(f"https://{label.site}", cross_site=True) if third else None,
        container=None,
        created=_NOW,
        expires=expires,
        last_used=None,
        session=label.session,
        secure=None,
        http_only=label.http_only,
        same_site=None,
        size=None,
        encryption=None,
    )


def verdicts(cookies: list[Labelled]) -> Iterator[tuple[Labelled, Verdict]]:
    """Judge cookies by what is built in alone."""
    judge = Judge(load_catalogue(Path("no policies of anybody's own")))
    for label in cookies:
        yield label, judge.judge(cookie(label), _NOW, registrable_domain(label.site))


def score(cookies: list[Labelled]) -> Score:
    """Count how often the judgement is right."""
    judged = list(verdicts(cookies))
    covered = [v for _, v in judged if v.purpose is not Purpose.UNKNOWN]
    right = [label for label, v in judged if v.purpose is label.purpose]
    necessary = [v for label, v in judged if label.purpose is Purpose.NECESSARY]
    trackers = [v for label, v in judged if label.purpose.removable]
    logins = [v for label, v in judged if label.login]
    return Score(
        cookies=len(judged),
        covered=_share(len(covered), len(judged)),
        right=_share(len(right), len(judged)),
        right_of_covered=_share(len(right), len(covered)),
        necessary_removed=_share(_suggested(necessary, Suggestion.REMOVE), len(necessary)),
        trackers_kept=_share(_suggested(trackers, Suggestion.KEEP), len(trackers)),
        logins=len(logins),
        logins_removed=_suggested(logins, Suggestion.REMOVE),
    )


def main() -> int:
    """Print a line for each set, and on request what was wrong in the one for tuning."""
    for name in ("tuning", "held-out"):
        found = score(labels(name))
        sys.stdout.write(
            f"{name:9} {found.cookies} cookies: {found.covered:.1%} covered,"
            f" {found.right:.1%} right ({found.right_of_covered:.1%} of those covered),"
            f" {found.necessary_removed:.1%} of necessary ones to be removed,"
            f" {found.trackers_kept:.1%} of trackers kept,"
            f" {found.logins_removed} of {found.logins} logins to be removed\n"
        )
    if "--wrong" in sys.argv:
        _tell_wrong()
    return 0


def _tell_wrong() -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    for label, verdict in verdicts(labels("tuning")):
        if verdict.purpose is not label.purpose:
            kinds[label.purpose.value, verdict.purpose.value] += 1
            by = verdict.declared.policy.name if verdict.declared else verdict.basis.value
            sys.stdout.write(
                f"{label.purpose.value:12} {verdict.purpose.value:12} {verdict.suggestion.value:7}"
                f" {label.name:36} {label.host:30} {by}\n"
            )
    for (wanted, given), count in kinds.most_common():
        sys.stdout.write(f"{count:4} {wanted} taken for {given}\n")


def _suggested(verdicts: list[Verdict], suggestion: Suggestion) -> int:
    return sum(verdict.suggestion is suggestion for verdict in verdicts)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
