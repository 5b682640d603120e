"""A cookie and what is declared about it become a verdict, with its reasons.

Authority, the highest first: the person, the site's own policy, a known provider, and, if nobody
declares it, evidence from attributes. A lower authority never changes the purpose; but where a
declaration calls necessary what a higher one would remove, it is word against word, and the person
is asked.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.judging.evidence import Evidence, facts, weigh
from cookietui.judging.hearing import Hearing, Word, remember, word_of
from cookietui.judging.name_words import told_by
from cookietui.model.cookie import Cookie, SameSite
from cookietui.model.policy import Consent, Override, Party, Purpose
from cookietui.model.site import registrable_domain, site_of
from cookietui.model.verdict import Basis, Declared, KindName, Suggestion, Verdict

_STRICT = (SameSite.LAX, SameSite.STRICT)


class _Seen:
    """What a cookie itself tells about its party. Each of the few is made once and is its own key.

    Attributes:
        party: The party.
        partitioned: Whether it is kept under a site.
    """

    def __init__(self, party: Party, *, partitioned: bool) -> None:
        self.party = party
        self.partitioned = partitioned


_ITS_OWN, _ANOTHERS = (_Seen(party, partitioned=True) for party in (Party.FIRST, Party.THIRD))
_FIRST, _NOTHING = (_Seen(party, partitioned=False) for party in (Party.FIRST, Party.UNKNOWN))


class Said(Protocol):
    """What the person said about cookies."""

    def about(self, cookie: Cookie) -> Override | None:
        """The person's word about a cookie."""

    def __bool__(self) -> bool:
        """Whether they said anything at all."""


class Judge:
    """Judges cookies.

    Args:
        catalogue: What policies say.
        said: What the person said, asked anew each time; None if there is nobody to ask.
    """

    def __init__(self, catalogue: Catalogue, said: Said | None = None) -> None:
        self._said = said
        self._hearing = Hearing(catalogue)

    def judge(self, cookie: Cookie, now: int, site: str | None = None) -> Verdict:
        """Say what a cookie is for.

        Args:
            cookie: The cookie.
            now: Microseconds since the Unix epoch, for what is left of its life.
            site: The registrable domain under which it is looked at, if under one.
        """
        return next(self.judge_all((cookie,), now, site))

    def judge_all(
        self, cookies: Iterable[Cookie], now: int, site: str | None = None
    ) -> Iterator[Verdict]:
        """Say what each of many cookies is for; the arguments are those of `judge`."""
        hearing, said = self._hearing, self._said or None
        hosts, sites, ordinary = hearing.hosts, hearing.sites, hearing.ordinary
        hints = hearing.hints
        for cookie in cookies:
            if said is not None and (override := said.about(cookie)) is not None:
                yield self._overruled(cookie, now, site, override)
                continue
            name, own, partition = cookie.name, hosts[cookie.host], cookie.partition
            if partition is None:
                top, seen = own, _outside(cookie, visited=site is not None and own.site == site)
            else:
                top = sites[partition.site]
                seen = _inside(own.site, top.site)
            if own.ordinary and top.ordinary:
                heard = ordinary[name]
            else:
                heard = hearing.elsewhere(name, own, top)
            # All else that the verdict depends on: few of the cookies of a profile differ in it.
            alike: object = seen
            if heard.open:
                alike = (seen, hints[name] if heard.nameless else name, *facts(cookie, now))
            verdict = heard.verdicts.get(alike)
            if verdict is None:
                verdict = _verdict(cookie, now, heard.word, _party(heard.word, seen), None)
                remember(heard.verdicts, alike, verdict)
            yield verdict

    def _overruled(self, cookie: Cookie, now: int, site: str | None, override: Override) -> Verdict:
        word = _spoken(override, self._hearing.find(cookie))
        return _verdict(cookie, now, word, _party(word, _seen(cookie, site)), override)


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


def _party(word: Word, seen: _Seen) -> Party:
    said = word.declared.declaration.party if word.declared else Party.UNKNOWN
    if not seen.partitioned and said is Party.THIRD:
        return Party.THIRD
    return said if seen.party is Party.UNKNOWN else seen.party


def observed_party(cookie: Cookie, site: str | None) -> Party:
    """The party of a cookie as far as the cookie itself tells, whatever is declared.

    Args:
        cookie: The cookie.
        site: The registrable domain under which it is looked at, if under one.
    """
    return _seen(cookie, site).party


def _seen(cookie: Cookie, site: str | None) -> _Seen:
    own = registrable_domain(cookie.domain)
    if cookie.partition is not None:
        return _inside(own, site_of(cookie.partition.site))
    return _outside(cookie, visited=own == site)


def _inside(own: str, top: str) -> _Seen:
    """What is seen of a cookie of one site that is kept under another, or under its own."""
    return _ITS_OWN if own == top else _ANOTHERS


def _outside(cookie: Cookie, *, visited: bool) -> _Seen:
    """What is seen of a cookie that is kept under no site, perhaps while visiting its own."""
    # Browsers take a Lax or Strict cookie only from the site that is being visited.
    return _FIRST if visited or cookie.same_site in _STRICT else _NOTHING


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
