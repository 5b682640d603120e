"""What a site or a provider declares about its cookies."""

import datetime
from enum import StrEnum

import msgspec


class Purpose(StrEnum):
    """What a cookie is for, in the order in which people clean up."""

    MARKETING = "marketing"
    STATISTICS = "statistics"
    PREFERENCES = "preferences"
    UNKNOWN = "unknown"
    NECESSARY = "necessary"

    @property
    def removable(self) -> bool:
        """Whether somebody's word for this purpose is enough to suggest removal."""
        return self in (Purpose.MARKETING, Purpose.STATISTICS)


class Party(StrEnum):
    """Whether a cookie is of the site it is looked at under, or of another one."""

    FIRST = "first"
    THIRD = "third"
    UNKNOWN = "unknown"


class Consent(StrEnum):
    """Whether the person has to be asked before the cookie may be stored."""

    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    UNCLEAR = "unclear"


class Match(StrEnum):
    """How a declaration's pattern is meant."""

    EXACT = "exact"
    GLOB = "glob"
    REGEX = "regex"


class Trust(StrEnum):
    """How far a policy is believed."""

    FULL = "full"
    LOW = "low"


class Declaration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of a policy.

    Attributes:
        pattern: A cookie name or what it looks like; names are case-sensitive.
        purpose: What such a cookie is for.
        description: What it does for or to the visitor, in one sentence.
        match: How ``pattern`` is meant; in a glob only ``*`` is special.
        hosts: Hosts (and their subdomains) whose cookies are meant; empty for any.
        provider: Who gives the service; empty for the policy's own title.
        function: What it is part of, in a few words.
        lifetime: How long it lives, as declared; empty if not declared.
        party: The party it is declared to be of, if it is.
        anonymised: Whether statistics made with it are declared not to lead to a person.
        if_deleted: What the person will notice after deleting it; empty if not said.
    """

    pattern: str
    purpose: Purpose
    description: str
    match: Match = Match.EXACT
    hosts: tuple[str, ...] = ()
    provider: str = ""
    function: str = ""
    lifetime: str = ""
    party: Party = Party.UNKNOWN
    anonymised: bool = False
    if_deleted: str = ""

    @property
    def literal_length(self) -> int:
        """How many characters of the pattern stand for themselves: more says it more exactly."""
        if self.match is Match.GLOB:
            return len(self.pattern) - self.pattern.count("*")
        return len(self.pattern) if self.match is Match.EXACT else 0


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one site or one provider declares.

    Attributes:
        name: A short name, unique among the policies in use.
        title: The site's or provider's name as people know it.
        source: Where it was published.
        written: The day on which it was written down here.
        hosts: For a site's own policy, the hosts it speaks for; empty for a provider.
        declarations: Its rows.
        trust: `LOW` for collections that sort by name alone: they speak where nobody else does.
    """

    name: str
    title: str
    source: str
    written: datetime.date
    hosts: tuple[str, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    trust: Trust = Trust.FULL

    @property
    def of_site(self) -> bool:
        """Whether it is a site's own policy rather than a provider's."""
        return bool(self.hosts)


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the four kinds of cookie that a cookie policy speaks of.

    Attributes:
        name: ``necessary``, ``statistical``, ``first-party`` or ``third-party``.
        title: Its name on the screen.
        meaning: What it is, for a person who never heard of it.
        consent: Whether consent is needed, according to the founding policy.
        consent_note: The same in a sentence, with its condition.
    """

    name: str
    title: str
    meaning: str
    consent: Consent
    consent_note: str


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the person said about cookies; it wins over everything else.

    Attributes:
        name: The cookie's name, or a glob in which only ``*`` is special.
        host: The site it belongs to; ``*`` for any.
        keep: Never to be deleted.
        purpose: The purpose the person gave it, if any.
        note: Why, in the person's words.
    """

    name: str
    host: str
    keep: bool = False
    purpose: Purpose | None = None
    note: str = ""
