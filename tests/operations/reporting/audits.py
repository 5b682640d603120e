"""Audits of made-up cookies, one of which has everything that a report can tell."""

from collections.abc import Iterable
from typing import Any

import msgspec

from cookietui.model.cookie import Container, Cookie, CookieKey, SameSite
from cookietui.model.policy import Declaration, Party, Policy, Purpose
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.auditing import Audit, audit
from tests.making import DAY, KINDS, NOW, by, cookie, declaration, embedded, judge, judged, policy
from tests.making import session as session_cookie

SITE = Site.parse("shop.example")
MANY = 15
SHOP = policy(
    "shop",
    declaration("_visits", lifetime="30 days", provider="Counters", party=Party.FIRST),
    declaration("ads", Purpose.MARKETING, lifetime="13 months", party=Party.FIRST),
    declaration("session_id", Purpose.NECESSARY, lifetime="Session"),
    *(
        declaration(f"old_{number}_*", Purpose.MARKETING, lifetime="1 year")
        for number in range(MANY)
    ),
    hosts=("shop.example",),
)
ELSEWHERE = policy("chat", declaration("chat_window", Purpose.PREFERENCES, lifetime="1 year"))


def everything() -> Audit:
    """Cookies of two profiles held against a policy, with at least one for each section."""
    firefox = CookieKey("firefox:default-release", ("_visits",), 1)
    return held(
        (SHOP,),
        cookie("_visits", expires=NOW + 700 * DAY),
        cookie("_visits", key=firefox),
        embedded("ads"),
        session_cookie("session_id", http_only=False, same_site=SameSite.LAX),
        cookie("chat_window", container=Container(2, "Banking")),
        cookie("mystery", expires=NOW - DAY),
        cookie(""),
    )


def held(policies: Iterable[Policy], *cookies: Cookie) -> Audit:
    """Cookies judged and held against policies."""
    own = tuple(policies)
    verdicts = judge(*own, ELSEWHERE)
    rows = [JudgedCookie(each, verdicts.judge(each, NOW, SITE.registrable)) for each in cookies]
    return audit(SITE, own, rows, NOW)


def written_by(texts: tuple[str, str, str]) -> Audit:
    """An audit in which a stranger wrote every name, place and sentence."""
    name, place, sentence = texts
    fields: dict[str, Any] = {"provider": place, "lifetime": place, "if_deleted": sentence}
    row = _described(declaration("x", Purpose.STATISTICS, **fields), name, sentence)
    theirs = msgspec.structs.replace(
        policy("theirs", row, hosts=("shop.example",)), title=sentence, source=place
    )
    key = CookieKey(place, (name,), 1)
    about = {"declared": by(theirs), "reasons": (sentence,), "note": sentence}
    each = judged(
        name,
        Purpose.STATISTICS,
        about=about,
        key=key,
        host=place,
        path=place,
        container=Container(1, place),
        encryption=place,
    )
    plain = judged("after", Purpose.UNKNOWN)
    found = audit(SITE, (theirs,), (each, plain), NOW)
    return msgspec.structs.replace(found, needing_consent=(each,), site=Site(place, "shop.example"))


def _described(row: Declaration, pattern: str, sentence: str) -> Declaration:
    return msgspec.structs.replace(row, pattern=f"p{pattern}", description=sentence)


__all__ = ["KINDS", "MANY", "NOW", "SHOP", "SITE", "everything", "held", "written_by"]
