"""A cookie and what is declared about it become a verdict, with its reasons.

Authority, the highest first: the person, the site's own policy, a known provider, and, if nobody
declares it, evidence from attributes. A lower authority never changes the purpose; but where a
declaration calls necessary what a higher one would remove, it is word against word, and the person
is asked.
"""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.catalogue.matching import Matcher, rank
from cookietui.judging.evidence import Evidence, facts, weigh
from cookietui.judging.name_words import told_by
from cookietui.model.cookie import Cookie, SameSite
from cookietui.model.policy import Consent, Match, Override, Party, Purpose, Trust
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
    enough: bool = True


class _Place(NamedTuple):
    """What matters of a domain for what is declared there.

    Attributes:
        above: The domain, and every one above it.
        all_declared: Whether something is declared about every cookie on it.
    """

    above: frozenset[str]
    all_declared: bool


class _Heard(NamedTuple):
    """A word, and whether what follows from it depends on the cookie's attributes."""

    word: _Word
    open: bool


class Judge:
    """Judges cookies.

    Args:
        catalogue: What policies say.
        said: What the person said about a cookie, if anything; asked anew each time.
    """

    def __init__(self, catalogue: Catalogue, said: Callable[[Cookie], Override | None]) -> None:
        self._said = said
        self._own = Matcher(catalogue.own)
        self._builtin = Matcher(catalogue.builtin, trusted=True)
        self._sites = frozenset(
            host for policy in (*catalogue.own, *catalogue.builtin) for host in policy.hosts
        )
        self._hosts: dict[str, frozenset[str]] = {}
        self._places: dict[str, _Place] = {}
        self._words: dict[tuple[str, str, str], _Heard] = {}
        self._heard: dict[tuple[int, ...], _Heard] = {}
        self._verdicts: dict[tuple[object, ...], Verdict] = {}

    def judge(self, cookie: Cookie, now: int, site: str | None = None) -> Verdict:
        """Say what a cookie is for.

        Args:
            cookie: The cookie.
            now: Microseconds since the Unix epoch, for what is left of its life.
            site: The registrable domain under which it is looked at, if under one.
        """
        override = self._said(cookie)
        if override is not None:
            declared = self._find(cookie.name, cookie.domain, context(cookie))
            word = _spoken(override, declared)
            return _verdict(cookie, now, word, _party(cookie, site, word.declared), override)
        word, open_ = self._word_about(cookie)
        party = _party(cookie, site, word.declared)
        # All that a verdict depends on: few of the cookies of a profile differ in it.
        alike = (id(word), party, (cookie.name, *facts(cookie, now)) if open_ else None)
        verdict = self._verdicts.get(alike)
        if verdict is None:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            verdict = self._verdicts[alike] = _verdict(cookie, now, word, party, None)
        return verdict

    def _word_about(self, cookie: Cookie) -> _Heard:
        """What is declared about a cookie, found once for each name where hosts do not matter."""
        name, domain, hosts = cookie.name, "", self._hosts.get(cookie.name)
        if hosts is None:
            hosts = self._hosts[name] = self._own.hosts_of(name) | self._builtin.hosts_of(name)
        own = cookie.domain
        place = self._places.get(own) or self._place(own)
        if place.all_declared or not hosts.isdisjoint(place.above):
            domain = own
        under = ""
        if cookie.partition is not None:
            kept_under = context(cookie)
            above = (self._places.get(kept_under) or self._place(kept_under)).above
            under = "" if self._sites.isdisjoint(above) else kept_under
        heard = self._words.get((name, domain, under))
        if heard is None:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            declared = self._find(name, own, context(cookie))
            # The same declarations are the same word, on whatever host.
            alike = tuple(map(id, declared))
            heard = self._heard.get(alike)
            if heard is None:
                word = _spoken(None, declared)
                open_ = word.basis is Basis.NONE or _is_sweeping(word)
                heard = self._heard[alike] = _Heard(word, open_)
            self._words[name, domain, under] = heard
        return heard

    def _place(self, domain: str) -> _Place:
        if len(self._places) >= _REMEMBERED:
            self._places.clear()
        labels = domain.split(".")
        above = frozenset(".".join(labels[start:]) for start in range(len(labels)))
        every = self._own.speaks_of_all(domain) or self._builtin.speaks_of_all(domain)
        place = self._places[domain] = _Place(above, every)
        return place

    def _find(self, name: str, domain: str, kept_under: str) -> tuple[Declared, ...]:
        own = self._own.find(name, domain, kept_under)
        builtin = self._builtin.find(name, domain, kept_under)
        # The site's word before a provider's, and that before a mere collection of names; within
        # each the person's own files before the built-in ones.
        return tuple(sorted((*own, *builtin), key=_authority))


def _verdict(
    cookie: Cookie, now: int, word: _Word, party: Party, override: Override | None
) -> Verdict:
    """What follows from a word about a cookie; from evidence where nobody has one."""
    if word.basis is Basis.NONE:
        word = _by_evidence(weigh(cookie, party, cookie.lifetime(now)))
    elif _is_sweeping(word):
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


def _spoken(override: Override | None, declared: tuple[Declared, ...]) -> _Word:
    word = _declared_word(declared) if declared else _Word(Purpose.UNKNOWN, Basis.NONE)
    if override is None or override.purpose is None:
        return word
    against = tuple(d for d in declared if d.declaration.purpose is not override.purpose)
    said = f"You said that it is {override.purpose.value}."
    return _Word(override.purpose, Basis.USER, word.declared, (said,), against)


def _authority(declared: Declared) -> int:
    """Whose word counts first, as a number that grows with every rank that comes later."""
    if declared.policy.of_site:
        return 0
    return 1 if declared.policy.trust is Trust.FULL else 2


def _declared_word(declared: tuple[Declared, ...]) -> _Word:
    # Who names a cookie without saying what it is for leaves that to others.
    telling = tuple(d for d in declared if d.declaration.purpose is not Purpose.UNKNOWN)
    declared = telling or declared
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
    return _authority(one) == _authority(other) and rank(one) == rank(other)


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


def _is_sweeping(word: _Word) -> bool:
    """Whether a provider's word means many cookies at once, and would have this one removed."""
    declaration = word.declared.declaration if word.declared else None
    return (
        declaration is not None
        and word.basis is Basis.CATALOGUE
        and word.purpose.removable
        and declaration.match is not Match.EXACT
    )


def _doubted(word: _Word, cookie: Cookie) -> _Word:
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


def _by_evidence(evidence: Evidence | None) -> _Word:
    if evidence is None:
        nobody = "Nobody declares it, and its attributes do not tell."
        return _Word(Purpose.UNKNOWN, Basis.NONE, reasons=(nobody,))
    reasons = ("Nobody declares it.", evidence.reason)
    return _Word(evidence.purpose, Basis.EVIDENCE, reasons=reasons, enough=evidence.enough)


def _party(cookie: Cookie, site: str | None, declared: Declared | None) -> Party:
    said = declared.declaration.party if declared else Party.UNKNOWN
    if cookie.partition is None and said is Party.THIRD:
        return Party.THIRD
    observed = observed_party(cookie, site)
    return said if observed is Party.UNKNOWN else observed


def observed_party(cookie: Cookie, site: str | None) -> Party:
    """The party of a cookie as far as the cookie itself tells, whatever is declared.

    Args:
        cookie: The cookie.
        site: The registrable domain under which it is looked at, if under one.
    """
    own = registrable_domain(cookie.domain)
    if cookie.partition is not None:
        return Party.FIRST if site_of(cookie.partition.site) == own else Party.THIRD
    if site == own:
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
    if word.purpose.removable and word.enough and not word.contested:
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
