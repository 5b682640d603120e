"""A cookie and what is declared about it become a verdict, with its reasons.

Authority, the highest first: the person, the site's own policy, a known provider, and, if nobody
declares it, evidence from attributes. A lower authority never changes the purpose; but where a
declaration calls necessary what a higher one would remove, it is word against word, and the person
is asked.
"""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.catalogue.matching import Matcher, rank
from cookietui.judging.evidence import Evidence, weigh
from cookietui.model.cookie import Cookie, SameSite
from cookietui.model.policy import Consent, Override, Party, Purpose
from cookietui.model.site import context, registrable_domain, site_of
from cookietui.model.verdict import Basis, Declared, KindName, Suggestion, Verdict

_REMEMBERED = 200_000


class _Word(msgspec.Struct, frozen=True):
    """Who says what, before anything follows from it."""

    purpose: Purpose
    basis: Basis
    declared: Declared | None = None
    reasons: tuple[str, ...] = ()
    against: tuple[Declared, ...] = ()
    contested: bool = False


class Judge:
    """Judges cookies.

    Args:
        catalogue: What policies say.
        said: What the person said about a cookie, if anything; asked anew each time.
    """

    def __init__(self, catalogue: Catalogue, said: Callable[[Cookie], Override | None]) -> None:
        self._said = said
        self._own = Matcher(catalogue.own)
        self._builtin = Matcher(catalogue.builtin)
        self._declared = lru_cache(maxsize=_REMEMBERED)(self._find)

    def judge(self, cookie: Cookie, now: int, site: str | None = None) -> Verdict:
        """Say what a cookie is for.

        Args:
            cookie: The cookie.
            now: Microseconds since the Unix epoch, for what is left of its life.
            site: The registrable domain under which it is looked at, if under one.
        """
        declared = self._declared(cookie.name, cookie.domain, context(cookie))
        override = self._said(cookie)
        word = _spoken(override, declared)
        party = _party(cookie, site, word.declared)
        evidence = None
        if word.basis is Basis.NONE:
            evidence = weigh(cookie, party, cookie.lifetime(now))
            word = _by_evidence(evidence)
        kept = override is not None and override.keep
        return Verdict(
            purpose=word.purpose,
            kind=_kind(word.purpose, party),
            party=party,
            suggestion=_suggestion(word, kept=kept),
            consent=_consent(word),
            basis=word.basis,
            declared=word.declared,
            reasons=word.reasons,
            disagreements=word.against,
            kept=kept,
            note=override.note if override else "",
        )

    def _find(self, name: str, domain: str, kept_under: str) -> tuple[Declared, ...]:
        own = self._own.find(name, domain, kept_under)
        builtin = self._builtin.find(name, domain, kept_under)
        both = (*own, *builtin)
        # The site's word before a provider's; the person's own files before the built-in ones.
        return (
            *(found for found in both if found.policy.of_site),
            *(found for found in both if not found.policy.of_site),
        )


def _spoken(override: Override | None, declared: tuple[Declared, ...]) -> _Word:
    word = _declared_word(declared) if declared else _Word(Purpose.UNKNOWN, Basis.NONE)
    if override is None or override.purpose is None:
        return word
    against = tuple(d for d in declared if d.declaration.purpose is not override.purpose)
    said = f"You said that it is {override.purpose.value}."
    return _Word(override.purpose, Basis.USER, word.declared, (said,), against)


def _declared_word(declared: tuple[Declared, ...]) -> _Word:
    best = declared[0]
    equals = [d for d in declared if _equal(d, best)]
    # Among equals the most careful word counts, and the person is asked.
    chosen = max(equals, key=lambda d: list(Purpose).index(d.declaration.purpose))
    purpose = chosen.declaration.purpose
    against = tuple(d for d in declared if d.declaration.purpose is not purpose)
    contested = any(d.declaration.purpose is not purpose for d in equals) or (
        purpose.removable and any(d.declaration.purpose is Purpose.NECESSARY for d in against)
    )
    site = chosen.policy.of_site
    return _Word(
        purpose,
        Basis.POLICY if site else Basis.CATALOGUE,
        chosen,
        (_reason(chosen),),
        against,
        contested,
    )


def _equal(one: Declared, other: Declared) -> bool:
    return one.policy.of_site is other.policy.of_site and rank(one) == rank(other)


def _reason(declared: Declared) -> str:
    declaration = declared.declaration
    who = (
        f"The site's own policy ({declared.policy.title})"
        if declared.policy.of_site
        else f"{declared.policy.title}, a known provider,"
    )
    how = "by its name" if "*" not in declaration.pattern else f"as {declaration.pattern}"
    where = f" on {', '.join(declaration.hosts)}" if declaration.hosts else ""
    return f"{who} declares it {how}{where}."


def _by_evidence(evidence: Evidence | None) -> _Word:
    if evidence is None:
        nobody = "Nobody declares it, and its attributes do not tell."
        return _Word(Purpose.UNKNOWN, Basis.NONE, reasons=(nobody,))
    reasons = ("Nobody declares it.", evidence.reason)
    return _Word(evidence.purpose, Basis.EVIDENCE, reasons=reasons)


def _party(cookie: Cookie, site: str | None, declared: Declared | None) -> Party:
    own = registrable_domain(cookie.domain)
    said = declared.declaration.party if declared else Party.UNKNOWN
    if cookie.partition is not None:
        return Party.FIRST if site_of(cookie.partition.site) == own else Party.THIRD
    if said is Party.THIRD:
        return Party.THIRD
    if site == own or said is Party.FIRST:
        return Party.FIRST
    # Browsers take a Lax or Strict cookie only from the site that is being visited.
    strict = cookie.same_site in (SameSite.LAX, SameSite.STRICT)
    return Party.FIRST if strict else Party.UNKNOWN


def _kind(purpose: Purpose, party: Party) -> KindName:
    if purpose is Purpose.NECESSARY:
        return KindName.NECESSARY
    if purpose is Purpose.STATISTICS:
        return KindName.STATISTICAL
    return KindName.THIRD_PARTY if party is Party.THIRD else KindName.FIRST_PARTY


def _suggestion(word: _Word, *, kept: bool) -> Suggestion:
    if kept or (word.purpose is Purpose.NECESSARY and not word.contested):
        return Suggestion.KEEP
    if word.purpose.removable and not word.contested:
        return Suggestion.REMOVE
    return Suggestion.ASK


def _consent(word: _Word) -> Consent:
    declaration = word.declared.declaration if word.declared else None
    if word.purpose is Purpose.NECESSARY:
        return Consent.NOT_NEEDED
    if word.purpose is Purpose.STATISTICS and declaration and declaration.anonymised:
        # A site may say so for itself; whether the law agrees differs between countries.
        return Consent.NOT_NEEDED if word.basis is Basis.POLICY else Consent.UNCLEAR
    return Consent.NEEDED if word.purpose.removable else Consent.UNCLEAR
