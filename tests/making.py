"""Cookies, declarations and catalogues in memory, made for one question at a time."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.judging.judge import Judge
from cookietui.model.cookie import Cookie, CookieKey, Partition, SameSite
from cookietui.model.policy import (
    Consent,
    Declaration,
    Kind,
    Match,
    Override,
    Party,
    Policy,
    Purpose,
)
from cookietui.model.verdict import (
    Basis,
    Declared,
    JudgedCookie,
    KindName,
    Suggestion,
    Verdict,
)

NOW = 1_795_000_000_000_000
SECOND = 1_000_000
DAY = 86_400 * SECOND

KINDS = {
    name.value: Kind(name.value, name.value.title(), "What it is.", Consent.UNCLEAR, "It depends.")
    for name in KindName
}


def cookie(name: str = "id", host: str = ".shop.example", **fields: Any) -> Cookie:  # noqa: ANN401
    """A cookie that no store holds; a script's, without SameSite, for another 10 days."""
    whole = Cookie(
        key=CookieKey("chromium:Default", (host, name, fields.get("path", "/")), 1),
        name=name,
        host=host,
        path="/",
        partition=None,
        container=None,
        created=NOW - DAY,
        expires=NOW + 10 * DAY,
        last_used=NOW,
        session=False,
        secure=True,
        http_only=False,
        same_site=SameSite.UNSET,
        size=2,
        encryption=None,
    )
    return msgspec.structs.replace(whole, **fields)


def embedded(name: str, **fields: Any) -> Cookie:  # noqa: ANN401
    """A cookie of another site, stored under the site that embeds it, for another year."""
    there: dict[str, Any] = {
        "host": ".stranger.example",
        "partition": Partition("https://shop.example", cross_site=True),
        "expires": NOW + 365 * DAY,
    }
    return cookie(name, **(there | fields))


def session(name: str, **fields: Any) -> Cookie:  # noqa: ANN401
    """A cookie that goes when the browser closes."""
    return cookie(name, **({"session": True, "expires": None} | fields))


def declaration(
    pattern: str,
    purpose: Purpose = Purpose.STATISTICS,
    **fields: Any,  # noqa: ANN401
) -> Declaration:
    """One row of a policy; a pattern with a wildcard is a glob."""
    match = Match.GLOB if "*" in pattern else Match.EXACT
    description = f"It is there for {purpose.value}."
    return Declaration(pattern, purpose, description, **({"match": match} | fields))


def policy(name: str, *declarations: Declaration, hosts: tuple[str, ...] = ()) -> Policy:
    """A provider's policy, or a site's own if it speaks for hosts."""
    return Policy(
        name=name,
        title=name.title(),
        source=f"https://{name}.example/policy",
        written=datetime.date(2026, 11, 23),
        hosts=hosts,
        declarations=declarations,
    )


def catalogue(builtin: Iterable[Policy] = (), own: Iterable[Policy] = ()) -> Catalogue:
    """Policies as they would be loaded."""
    return Catalogue(tuple(own), tuple(builtin), KINDS)


class Saying:
    """A person who says something about every cookie they are asked about, or nothing."""

    def __init__(self, about: Callable[[Cookie], Override | None]) -> None:
        self.about = about

    def __bool__(self) -> bool:
        return True


def judge(
    *builtin: Policy,
    own: Iterable[Policy] = (),
    said: Callable[[Cookie], Override | None] | None = None,
) -> Judge:
    """A judge of these policies, to whom the person said something or nothing."""
    return Judge(catalogue(builtin, own), Saying(said) if said else None)


def verdict(purpose: Purpose = Purpose.UNKNOWN, **fields: Any) -> Verdict:  # noqa: ANN401
    """A verdict with the suggestion that its purpose leads to."""
    suggestion = Suggestion.REMOVE if purpose.removable else Suggestion.ASK
    if purpose is Purpose.NECESSARY:
        suggestion = Suggestion.KEEP
    whole = Verdict(
        purpose=purpose,
        kind=KindName.FIRST_PARTY,
        party=Party.FIRST,
        suggestion=suggestion,
        consent=Consent.UNCLEAR,
        basis=Basis.NONE,
        declared=None,
        reasons=("For the test.",),
    )
    return msgspec.structs.replace(whole, **fields)


def judged(
    name: str,
    purpose: Purpose = Purpose.UNKNOWN,
    *,
    about: dict[str, Any] | None = None,
    **fields: Any,  # noqa: ANN401
) -> JudgedCookie:
    """A cookie and its verdict; `about` changes the verdict, the other fields the cookie."""
    return JudgedCookie(cookie(name, **fields), verdict(purpose, **(about or {})))


def by(provider: Policy) -> Declared:
    """A policy's first declaration, in its policy."""
    return Declared(provider, provider.declarations[0])
