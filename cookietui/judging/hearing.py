"""Who says what about a cookie, found once for all cookies of which the same is said.

Authority, the highest first: the site's own policy, a known provider, a mere collection of names;
within each the person's own files before the built-in ones.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import msgspec

from cookietui.catalogue.loading import Catalogue
from cookietui.catalogue.matching import Matcher, rank
from cookietui.judging.evidence import hints
from cookietui.model.cookie import Cookie
from cookietui.model.policy import Match, Purpose, Trust
from cookietui.model.site import registrable_domain, site_of
from cookietui.model.verdict import Basis, Declared, Verdict

Key = TypeVar("Key")
Result = TypeVar("Result")

_REMEMBERED = 200_000


class Word(msgspec.Struct, frozen=True):
    """Who says what, before anything follows from it."""

    purpose: Purpose
    basis: Basis
    declared: Declared | None = None
    reasons: tuple[str, ...] = ()
    against: tuple[Declared, ...] = ()
    contested: bool = False
    enough: bool = True

    @property
    def sweeping(self) -> bool:
        """Whether a provider's word means many cookies at once, and would have them removed."""
        declaration = self.declared.declaration if self.declared else None
        return (
            declaration is not None
            and self.basis is Basis.CATALOGUE
            and self.purpose.removable
            and declaration.match is not Match.EXACT
        )


class Place(msgspec.Struct, frozen=True, dict=True):
    """What matters of a host.

    Attributes:
        domain: The host without the dot that marks a domain cookie.
        ordinary: Whether nobody says anything about it, or what is above it, in particular: a name
            means there what it means on every other such host.
    """

    domain: str
    ordinary: bool

    @cached_property
    def site(self) -> str:
        """Its registrable domain, which for most hosts nobody asks for."""
        return registrable_domain(self.domain)


class Heard(msgspec.Struct, frozen=True):
    """What policies say about a cookie.

    Attributes:
        word: Whose word counts.
        open: Whether what follows depends on the cookie's name and attributes.
        nameless: Whether it depends on no more of the name than the rules of evidence look at.
        verdicts: What followed from it so far, by all else that it depends on.
    """

    word: Word
    open: bool
    nameless: bool
    verdicts: dict[object, Verdict]


class Hearing:
    """Hears what policies say, each time the same is asked only once.

    Args:
        catalogue: The policies.

    Attributes:
        hosts: What matters of hosts as cookies have them.
        sites: What matters of the sites of partitions.
        ordinary: What is said about a name on ordinary hosts.
        hints: What stands for a name where only evidence counts: the same object for all names that
            are alike to its rules.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._own = Matcher(catalogue.own)
        self._builtin = Matcher(catalogue.builtin, catalogue.index, trusted=True)
        self.hosts = Memory(_looking_at(self._own.hosts | self._builtin.hosts))
        self.sites: Memory[str, Place] = Memory(lambda origin: self.hosts[site_of(origin)])
        self.ordinary: Memory[str, Heard] = Memory(lambda name: self._hear(name, "", ""))
        self._elsewhere: Memory[tuple[str, str, str], Heard] = Memory(
            lambda asked: self._hear(*asked)
        )
        # Another thread may hear of the same at the same time: numbers would not be safe.
        kinds: dict[tuple[object, ...], object] = {}
        self.hints: Memory[str, object] = Memory(
            lambda name: kinds.setdefault(hints(name), object())
        )
        self._alike: dict[tuple[int, ...], Heard] = {}

    def elsewhere(self, name: str, own: Place, top: Place) -> Heard:
        """What is said about a name on a host, and under a site, of which one is not ordinary."""
        domain = "" if own.ordinary else own.domain
        return self._elsewhere[name, domain, "" if top.ordinary else top.site]

    def find(self, cookie: Cookie) -> tuple[Declared, ...]:
        """Everything that is declared about a cookie, the highest authority first."""
        own = self.hosts[cookie.host]
        partition = cookie.partition
        top = own.site if partition is None else site_of(partition.site)
        return self._find(cookie.name, own.domain, top)

    def _hear(self, name: str, domain: str, top: str) -> Heard:
        declared = self._find(name, domain, top)
        # The same declarations are the same word, whatever the name and the host.
        alike = tuple(map(id, declared))
        heard = self._alike.get(alike)
        if heard is None:
            word = word_of(declared)
            nameless = word.basis is Basis.NONE
            heard = self._alike[alike] = Heard(word, nameless or word.sweeping, nameless, {})
        return heard

    def _find(self, name: str, domain: str, top: str) -> tuple[Declared, ...]:
        own = self._own.find(name, domain, top)
        builtin = self._builtin.find(name, domain, top)
        return tuple(sorted((*own, *builtin), key=_authority))


class Memory(dict[Key, Result]):
    """Results by what they are of, each found when it is first asked for.

    Args:
        find: Finds one.
    """

    def __init__(self, find: Callable[[Key], Result]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: Key) -> Result:
        result = self._find(key)
        remember(self, key, result)
        return result


def remember(memory: dict[Key, Result], key: Key, result: Result) -> None:
    """Remember a result, but never so many that they fill the memory."""
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = result


def _looking_at(mentioned: frozenset[str]) -> Callable[[str], Place]:
    """What looks at a host, given the hosts about which somebody says something."""

    def look(host: str) -> Place:
        domain = above = host.removeprefix(".")
        ordinary = True
        while above and ordinary:
            ordinary = above not in mentioned
            above = above.partition(".")[2]
        return Place(domain, ordinary)

    return look


def word_of(declared: tuple[Declared, ...]) -> Word:
    """What follows from declarations, the highest authority first; nobody's word from none."""
    if not declared:
        return Word(Purpose.UNKNOWN, Basis.NONE)
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
    return Word(
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


def _authority(declared: Declared) -> int:
    """Whose word counts first, as a number that grows with every rank that comes later."""
    if declared.policy.of_site:
        return 0
    return 1 if declared.policy.trust is Trust.FULL else 2
