"""What a cookie's attributes tell when nobody declares it.

Small named rules, tried in order. The shares behind them are from 2,188 cookies of 212 sites whose
purpose the sites' own consent banners state. Attributes can confirm that a cookie is needed or lead
to a question; only one kind of evidence leads to removal.
"""

import re
from collections.abc import Callable

import msgspec

from cookietui.judging.name_words import TOPICS, Told, told_by
from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.model.policy import Party, Purpose

_DAY = 86_400 * MICROSECONDS
_LONG = 31 * _DAY
# Wide on purpose: taking something for a login by mistake costs nothing but a question.
_SIGN_IN = re.compile(
    r"auth|sess|login|logged|jwt|sso|saml|token|identity|remember|(^|[^a-z])sid|sid([^a-z]|$)",
    re.IGNORECASE,
)
_FORGERY = re.compile(r"csrf|xsrf|antiforgery|requestverification", re.IGNORECASE)
_CHOICE = re.compile(
    r"consent|gdpr|cookies?[^a-z]?(accept|agree|choice|notice|policy|prefer|setting)", re.IGNORECASE
)


class Evidence(msgspec.Struct, frozen=True):
    """What a rule concludes.

    Attributes:
        purpose: What the cookie is taken to be for.
        reason: The rule in a sentence, with its measured weight.
        enough: Whether it is enough to suggest removal; else the person is asked.
    """

    purpose: Purpose
    reason: str
    enough: bool = False


class Rule(msgspec.Struct, frozen=True):
    """A named rule over a cookie's attributes.

    Attributes:
        name: A stable word for it.
        holds: Whether it applies, to a cookie, its party and its remaining microseconds.
        concludes: What follows.
    """

    name: str
    holds: Callable[[Cookie, Party, int | None], bool | None]
    concludes: Evidence


def looks_like_sign_in(cookie: Cookie) -> bool:
    """Whether the name is one that logins have."""
    return _SIGN_IN.search(cookie.name) is not None


def looks_like_forgery_token(cookie: Cookie) -> bool:
    """Whether the name is one of those that protect forms from forged requests."""
    return _FORGERY.search(cookie.name) is not None


def _looks_like_choice(cookie: Cookie) -> bool:
    return _CHOICE.search(cookie.name) is not None


def _of_this_host(name: str) -> bool:
    return name.lower().startswith("__host-")


def _needed(cookie: Cookie) -> bool:
    return (
        looks_like_sign_in(cookie) or looks_like_forgery_token(cookie) or _looks_like_choice(cookie)
    )


def _named(topic: Told) -> Callable[[Cookie, Party, int | None], bool]:
    def holds(cookie: Cookie, party: Party, left: int | None) -> bool:
        del left
        # Another site's cookie gains nothing by calling itself a login.
        trusted = party is not Party.THIRD or topic.purpose is not Purpose.NECESSARY
        return trusted and told_by(cookie.name) is topic

    return holds


def hints(name: str) -> tuple[object, ...]:
    """All that the rules look at in a cookie's name.

    Cookies of one party whose names are alike in this, and they themselves in their `facts`, are
    told the same, and are judged once. A rule that looks at more of a name needs a part here.
    """
    return (
        told_by(name),
        _SIGN_IN.search(name) is not None,
        _FORGERY.search(name) is not None,
        _CHOICE.search(name) is not None,
        _of_this_host(name),
    )


def facts(cookie: Cookie, now: int) -> tuple[object, ...]:
    """All that the rules look at but a cookie's name and party.

    Args:
        cookie: The cookie.
        now: Microseconds since the Unix epoch.
    """
    partition, expires = cookie.partition, cookie.expires
    cross_site = partition is not None and partition.cross_site is True
    if expires is None:
        return cookie.http_only, cookie.session, cross_site, None
    left = expires - now
    return cookie.http_only, cookie.session, cross_site, (left > _LONG) - (0 < left <= _DAY)


_NAMED_LIKE: dict[Told | None, Rule] = {
    topic: Rule(f"named-like-{topic.topic}", _named(topic), Evidence(topic.purpose, topic.sentence))
    for topic in TOPICS
}
RULES = (
    Rule(
        "forgery-token",
        lambda cookie, _party, _left: looks_like_forgery_token(cookie),
        Evidence(
            Purpose.NECESSARY,
            "Its name is one of those that protect forms from forged requests.",
        ),
    ),
    Rule(
        "hidden-session",
        lambda cookie, party, _left: (
            cookie.http_only and cookie.session and party is not Party.THIRD
        ),
        Evidence(
            Purpose.NECESSARY,
            "Hidden from scripts and gone when the browser closes: 92 of 100 such cookies of a"
            " site itself are necessary.",
        ),
    ),
    Rule(
        "hidden-sign-in",
        lambda cookie, party, _left: (
            cookie.http_only and party is not Party.THIRD and looks_like_sign_in(cookie)
        ),
        Evidence(
            Purpose.NECESSARY,
            "Hidden from scripts and named like a login: 80 of 100 cookies hidden from scripts are"
            " necessary.",
        ),
    ),
    Rule(
        "host-prefix",
        lambda cookie, _party, _left: _of_this_host(cookie.name),
        Evidence(
            Purpose.NECESSARY,
            "The prefix __Host- ties it to this very host, as is done for logins.",
        ),
    ),
    Rule(
        "consent-choice",
        lambda cookie, party, _left: party is not Party.THIRD and _looks_like_choice(cookie),
        Evidence(
            Purpose.NECESSARY,
            "Its name says that it holds a choice about cookies.",
        ),
    ),
    Rule(
        "third-party-long-lived",
        lambda cookie, _party, left: (
            cookie.partition is not None
            and cookie.partition.cross_site is True
            and cookie.http_only is False
            and not _needed(cookie)
            and left is not None
            and left > _LONG
        ),
        Evidence(
            Purpose.MARKETING,
            "Stored by another site for longer than a month: 91 of 100 such cookies are used to"
            " follow people.",
            enough=True,
        ),
    ),
    Rule(
        "third-party-long-lived-perhaps-hidden",
        lambda cookie, _party, left: (
            cookie.partition is not None
            and cookie.partition.cross_site is True
            and cookie.http_only is None
            and told_by(cookie.name) is None
            and not _needed(cookie)
            and left is not None
            and left > _LONG
        ),
        Evidence(
            Purpose.MARKETING,
            "Stored by another site for longer than a month: 91 of 100 such cookies are used to"
            " follow people. Whether scripts can read it is not known, so look before you delete.",
        ),
    ),
    Rule(
        "hidden",
        lambda cookie, party, _left: cookie.http_only and party is not Party.THIRD,
        Evidence(
            Purpose.NECESSARY,
            "Hidden from scripts: 80 of 100 such cookies of a site itself are necessary.",
        ),
    ),
    *_NAMED_LIKE.values(),
    Rule(
        "short-lived-readable",
        lambda cookie, party, left: (
            party is not Party.THIRD
            and cookie.http_only is False
            and left is not None
            and 0 < left <= _DAY
        ),
        Evidence(
            Purpose.STATISTICS,
            "Scripts can read it and it is gone within a day: 85 of 100 such cookies of a site"
            " itself follow visits.",
        ),
    ),
)


# A name is of one topic at most: the rules of all others cannot hold.
_RULES_FOR = {
    told: tuple(
        rule for rule in RULES if rule not in _NAMED_LIKE.values() or rule is _NAMED_LIKE.get(told)
    )
    for told in (None, *TOPICS)
}


def weigh(cookie: Cookie, party: Party, left: int | None) -> Evidence | None:
    """Apply the first rule that holds.

    Args:
        cookie: The cookie.
        party: Its party.
        left: Microseconds until it expires; None if it does not or it is not known.
    """
    for rule in _RULES_FOR[told_by(cookie.name)]:
        if rule.holds(cookie, party, left):
            return rule.concludes
    return None
