"""A site's own policy held against the cookies that are really there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain

import msgspec

from cookietui.catalogue.matching import Matcher
from cookietui.judging.judge import observed_party
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Consent, Declaration, Party, Policy
from cookietui.model.site import Site, context, under
from cookietui.model.verdict import Declared, JudgedCookie

# Calendars, clocks and the moment of reading: what is told must be certain.
_TOLERANCE = 1.05
_AT_LEAST = 3_600


class Check(StrEnum):
    """What an audit can find wanting, as `--fail-on` names it."""

    UNDECLARED = "undeclared"
    OUTLIVES = "outlives"
    PARTY = "party"
    ABSENT = "absent"
    CONSENT = "consent"


class Present(msgspec.Struct, frozen=True):
    """A declaration whose cookies are there."""

    declared: Declared
    cookies: tuple[JudgedCookie, ...]


class Outliving(msgspec.Struct, frozen=True):
    """A cookie that will still be there when, as declared, it should long have gone.

    Attributes:
        judged: The cookie.
        declared: What the site declares about it.
        declared_seconds: How long it should live in all; 0 for the session.
        actual_seconds: How long it will live from now on.
    """

    judged: JudgedCookie
    declared: Declared
    declared_seconds: int
    actual_seconds: int


class WrongParty(msgspec.Struct, frozen=True):
    """A cookie that is of another party than declared."""

    judged: JudgedCookie
    declared: Declared
    actual: Party


class Audit(msgspec.Struct, frozen=True):
    """What came of holding a policy against a site's cookies.

    Attributes:
        site: The site.
        policies: Its own policies, those of the person first; none if none is known.
        cookies: Every cookie of the site.
        present: Declarations whose cookies are there.
        absent: Declarations whose cookies are not.
        undeclared: Cookies that the site does not declare.
        outliving: Cookies that live longer than declared.
        wrong_party: Cookies of another party than declared.
        needing_consent: Cookies that are there although consent is needed for them.
    """

    site: Site
    policies: tuple[Policy, ...]
    cookies: tuple[JudgedCookie, ...]
    present: tuple[Present, ...]
    absent: tuple[Declared, ...]
    undeclared: tuple[JudgedCookie, ...]
    outliving: tuple[Outliving, ...]
    wrong_party: tuple[WrongParty, ...]
    needing_consent: tuple[JudgedCookie, ...]

    def found(self, check: Check) -> int:
        """How often a check found something."""
        lists: dict[Check, Sequence[object]] = {
            Check.UNDECLARED: self.undeclared,
            Check.OUTLIVES: self.outliving,
            Check.PARTY: self.wrong_party,
            Check.ABSENT: self.absent,
            Check.CONSENT: self.needing_consent,
        }
        return len(lists[check])


def audit(
    site: Site, policies: Iterable[Policy], judged: Iterable[JudgedCookie], now: int
) -> Audit:
    """Hold the policies that speak for a site against its cookies.

    Args:
        site: The site.
        policies: All policies, the person's first.
        judged: The site's cookies.
        now: Microseconds since the Unix epoch.
    """
    cookies = tuple(judged)
    own = tuple(policy for policy in policies if _speaks_for(policy, site))
    matchers = [Matcher((policy,)) for policy in own]
    pairs, there = [], _There()
    for each in cookies:
        meant = [_meant(matcher, each) for matcher in matchers]
        for policy, declared in zip(own, meant, strict=True):
            there.add(policy, declared, each)
        # The person's own word first, then of each policy what means the cookie most exactly.
        pairs.append((each, next(chain.from_iterable(meant), None)))
    declared_pairs = [(each, declared) for each, declared in pairs if declared is not None]
    rows = [(Declared(p, d), there.of(p, d)) for p in own for d in dict.fromkeys(p.declarations)]
    return Audit(
        site=site,
        policies=own,
        cookies=cookies,
        present=tuple(Present(declared, found) for declared, found in rows if found),
        absent=tuple(declared for declared, found in rows if not found),
        undeclared=tuple(each for each, declared in pairs if declared is None),
        outliving=tuple(
            longer for each, d in declared_pairs if (longer := _outliving(each, d, now))
        ),
        wrong_party=tuple(
            other for each, d in declared_pairs if (other := _wrong_party(each, d, site))
        ),
        needing_consent=tuple(e for e in cookies if e.verdict.consent is Consent.NEEDED),
    )


def _speaks_for(policy: Policy, site: Site) -> bool:
    """Whether a policy is that of a site, of the host above it, or of a part of it."""
    return any(
        under(site.host, host) or (site.host == site.registrable and under(host, site.host))
        for host in policy.hosts
    )


class _There:
    """The cookies that are there, by what declares them."""

    def __init__(self) -> None:
        # Not by the policy itself, all of whose rows would be looked at for each of them.
        self._by_row: defaultdict[tuple[int, Declaration], list[JudgedCookie]] = defaultdict(list)

    def add(self, policy: Policy, meant: Iterable[Declared], each: JudgedCookie) -> None:
        for declared in meant:
            self._by_row[id(policy), declared.declaration].append(each)

    def of(self, policy: Policy, declaration: Declaration) -> tuple[JudgedCookie, ...]:
        return tuple(self._by_row.get((id(policy), declaration), ()))


def _meant(matcher: Matcher, each: JudgedCookie) -> tuple[Declared, ...]:
    cookie = each.cookie
    return matcher.find(cookie.name, cookie.domain, context(cookie))


def _outliving(each: JudgedCookie, declared: Declared, now: int) -> Outliving | None:
    from cookietui.model.lifetime import seconds_of  # noqa: PLC0415 - slow to load

    seconds = seconds_of(declared.declaration.lifetime)
    left = each.cookie.lifetime(now)
    if seconds is None or left is None:
        return None
    # Only what is left counts: a cookie that was renewed may rightly be older than it may become.
    actual = left // MICROSECONDS
    if actual <= max(seconds * _TOLERANCE, _AT_LEAST):
        return None
    return Outliving(each, declared, seconds, actual)


def _wrong_party(each: JudgedCookie, declared: Declared, site: Site) -> WrongParty | None:
    said = declared.declaration.party
    actual = observed_party(each.cookie, site.registrable)
    if Party.UNKNOWN in (said, actual) or said is actual:
        return None
    return WrongParty(each, declared, actual)
