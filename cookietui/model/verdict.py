"""What is thought of a cookie, and why."""

from enum import StrEnum

import msgspec

from cookietui.model.cookie import Cookie
from cookietui.model.policy import Consent, Declaration, Party, Policy, Purpose


class Suggestion(StrEnum):
    """What to do with a cookie. Nothing is `REMOVE` without somebody's word or evidence."""

    KEEP = "keep"
    REMOVE = "remove"
    ASK = "ask"


_REMOVE = Suggestion.REMOVE  # looking it up takes longer than the comparison


class Basis(StrEnum):
    """On whose word a verdict stands, the highest authority first."""

    USER = "user"
    POLICY = "policy"
    CATALOGUE = "catalogue"
    EVIDENCE = "evidence"
    NONE = "none"


class KindName(StrEnum):
    """The four kinds of cookie that a cookie policy speaks of."""

    NECESSARY = "necessary"
    STATISTICAL = "statistical"
    FIRST_PARTY = "first-party"
    THIRD_PARTY = "third-party"


class Level(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    MEDIUM = "medium"
    HIGH = "high"


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something worth knowing about how a cookie is set.

    Attributes:
        code: A stable word, such as ``long-lived``.
        level: How much it matters.
        text: One sentence for the person.
    """

    code: str
    level: Level
    text: str


class Declared(msgspec.Struct, frozen=True, gc=False):
    """A declaration together with the policy it stands in."""

    policy: Policy
    declaration: Declaration

    @property
    def provider(self) -> str:
        """Who gives the service."""
        return self.declaration.provider or self.policy.title


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What a cookie is for, and what follows from it.

    Attributes:
        purpose: What it is for.
        kind: Its kind in the terms of a cookie policy.
        party: Of the site it is looked at under, or of another one.
        suggestion: Keep, remove or ask.
        consent: Whether consent is needed.
        basis: On whose word.
        declared: The declaration that decided, if one did.
        reasons: How the verdict came about, one sentence each.
        disagreements: Declarations of the same cookie that give it another purpose.
        kept: Whether the person said never to delete it.
        note: What the person noted about it.
    """

    purpose: Purpose
    kind: KindName
    party: Party
    suggestion: Suggestion
    consent: Consent
    basis: Basis
    declared: Declared | None
    reasons: tuple[str, ...]
    disagreements: tuple[Declared, ...] = ()
    kept: bool = False
    note: str = ""


class JudgedCookie(msgspec.Struct, frozen=True, gc=False):
    """A cookie and what is thought of it.

    Attributes:
        cookie: The cookie.
        verdict: What is thought of it.
        came_back: When the person deleted it, in microseconds since the Unix epoch, if they did: it
            was set again since.
    """

    cookie: Cookie
    verdict: Verdict
    came_back: int | None = None

    @property
    def removable(self) -> bool:
        """Whether it is suggested for removal, and lies where cookies can be removed."""
        return self.verdict.suggestion is _REMOVE and not self.cookie.in_session_file
