"""A cookie and what is declared about it become a verdict, with its reasons.

Authority, the highest first: the person, the site's own policy, a known provider, and, if nobody
declares it, evidence from attributes. A lower authority never changes the purpose; but where a
declaration calls necessary what a higher one would remove, it is word against word, and the person
is asked.
"""

from collections.abc import Callable

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.judging.evidence import Evidence, facts, weigh
from cookietui.judging.hearing import Hearing, Word, remember, word_of
from cookietui.judging.name_words import told_by
from cookietui.model.cookie import Cookie, Partition, SameSite
from cookietui.model.policy import Consent, Override, Party, Purpose
from cookietui.model.site import registrable_domain, site_of
from cookietui.model.verdict import Basis, Declared, KindName, Suggestion, Verdict

_STRICT = (SameSite.LAX, SameSite.STRICT)


class Judge:
    """Judges cookies.

    Args:
        catalogue: What policies say.
        said: What the person said about a cookie, if anything; asked anew each time.
    """

    def __init__(self, catalogue: Catalogue, said: Callable[[Cookie], Override | None]) -> None:
        self._said = said
        self._hearing = Hearing(catalogue)

    def judge(self, cookie: Cookie, now: int, site: str | None = None) -> Verdict:
        """Say what a cookie is for.

        Args:
            cookie: The cookie.
            now: Microseconds since the Unix epoch, for what is left of its life.
            site: The registrable domain under which it is looked at, if under one.
        """
        override = self._said(cookie)
        if override is not None:
            word = _spoken(override, self._hearing.find(cookie))
            party = _party(word, observed_party(cookie, site), cookie.partition)
            return _verdict(cookie, now, word, party, override)
        own, partition = self._hearing.hosts[cookie.host], cookie.partition
        if partition is None:
            observed = _outside(cookie, own.site, site)
            heard = self._hearing.about(cookie, own, own)
        else:
            top = self._hearing.sites[partition.site]
            observed = _inside(own.site, top.site)
            heard = self._hearing.about(cookie, own, top)
        # All else that the verdict depends on: few of the cookies of a profile differ in it.
        alike: tuple[object, ...]
        if heard.open:
            alike = (observed, partition is None, cookie.name, *facts(cookie, now))
        else:
            alike = (observed, partition is None)
        verdict = heard.verdicts.get(alike)
        if verdict is None:
            word = heard.word
            verdict = _verdict(cookie, now, word, _party(word, observed, partition), None)
            remember(heard.verdicts, alike, verdict)
        return verdict


def _verdict(
    cookie: Cookie, now: int, word: Word, party: Party, override: Override | None
) -> Verdict:
    """What follows from a word about a cookie; from evidence where nobody has one."""
    if word.basis is Basis.NONE:
        word = _by_evidence(weigh(cookie, party, cookie.lifetime(now)))
    elif word.sweeping:
        word = _doubted(word, cookie)
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


def _spoken(override: Override, declared: tuple[Declared, ...]) -> Word:
    word = word_of(declared)
    if override.purpose is None:
        return word
    against = tuple(d for d in declared if d.declaration.purpose is not override.purpose)
    said = f"You said that it is {override.purpose.value}."
    return Word(override.purpose, Basis.USER, word.declared, (said,), against)


def _doubted(word: Word, cookie: Cookie) -> Word:
    """The same word, contested if the cookie looks like one that somebody would miss."""
    pattern = word.declared.declaration.pattern if word.declared else ""
    # What the provider spells out it has thought of; the rest of the name it has not seen.
    rest = cookie.name.removeprefix(pattern.partition("*")[0]) if "*" in pattern else ""
    told = told_by(rest)
    hidden = not pattern.strip("*") and cookie.http_only is not False and cookie.session
    if not hidden and (told is None or told.purpose is not Purpose.NECESSARY):
        return word
    sentence = told.sentence if told else "It is hidden from scripts and goes with the session."
    reasons = (*word.reasons, f"{sentence} So look before you delete it.")
    return msgspec.structs.replace(word, contested=True, reasons=reasons)


def _by_evidence(evidence: Evidence | None) -> Word:
    if evidence is None:
        nobody = "Nobody declares it, and its attributes do not tell."
        return Word(Purpose.UNKNOWN, Basis.NONE, reasons=(nobody,))
    reasons = ("Nobody declares it.", evidence.reason)
    return Word(evidence.purpose, Basis.EVIDENCE, reasons=reasons, enough=evidence.enough)


def _party(word: Word, observed: Party, partition: Partition | None) -> Party:
    said = word.declared.declaration.party if word.declared else Party.UNKNOWN
    if partition is None and said is Party.THIRD:
        return Party.THIRD
    return said if observed is Party.UNKNOWN else observed


def observed_party(cookie: Cookie, site: str | None) -> Party:
    """The party of a cookie as far as the cookie itself tells, whatever is declared.

    Args:
        cookie: The cookie.
        site: The registrable domain under which it is looked at, if under one.
    """
    own = registrable_domain(cookie.domain)
    if cookie.partition is not None:
        return _inside(own, site_of(cookie.partition.site))
    return _outside(cookie, own, site)


def _inside(own: str, top: str) -> Party:
    """The party of a cookie of one site that is kept under another, or under its own."""
    return Party.FIRST if own == top else Party.THIRD


def _outside(cookie: Cookie, own: str, site: str | None) -> Party:
    """The party of a cookie that is kept under no site, as looked at under one, if under one."""
    # Browsers take a Lax or Strict cookie only from the site that is being visited.
    strict = cookie.same_site in _STRICT
    return Party.FIRST if strict or own == site else Party.UNKNOWN


def _kind(purpose: Purpose, party: Party) -> KindName:
    if purpose is Purpose.NECESSARY:
        return KindName.NECESSARY
    if purpose is Purpose.STATISTICS:
        return KindName.STATISTICAL
    return KindName.THIRD_PARTY if party is Party.THIRD else KindName.FIRST_PARTY


def _suggestion(word: Word, *, kept: bool) -> Suggestion:
    if kept or (word.purpose is Purpose.NECESSARY and not word.contested):
        return Suggestion.KEEP
    if word.purpose.removable and word.enough and not word.contested:
        return Suggestion.REMOVE
    return Suggestion.ASK


def _consent(word: Word) -> Consent:
    declaration = word.declared.declaration if word.declared else None
    if word.purpose is Purpose.NECESSARY:
        return Consent.NOT_NEEDED
    if word.purpose is Purpose.STATISTICS and declaration and declaration.anonymised:
        # A site may say so for itself; whether the law agrees differs between countries.
        return Consent.NOT_NEEDED if word.basis is Basis.POLICY else Consent.UNCLEAR
    return Consent.NEEDED if word.purpose.removable else Consent.UNCLEAR
