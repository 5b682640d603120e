"""From a name and a host to what is declared about it, best first.

Names are case-sensitive. The order of policies and declarations never matters: what says it more
exactly wins, and what says it equally exactly stands side by side.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import msgspec

from cookietui.catalogue.expressions import linear
from cookietui.catalogue.indexing import Index, Spot, index_of, of_whole_domains
from cookietui.model.policy import Match, Policy
from cookietui.model.site import under_any
from cookietui.model.verdict import Declared

# Names that mean something else on every site, so that a provider's word for one of them counts
# only together with a host.
GENERIC_NAMES = frozenset(
    """
    ab auth c cart cid currency d data device e guest i id key l lang language loc locale login m
    mc n p pid r ref s sess session sessid sessionid sid site sp src state t tag test token track
    ts u uid user user_id userid uuid v vid visit visitor visitor_id visitorid
    """.split()  # noqa: SIM905 - sixty lines of one word each are no easier to read
)
_SHORT = 2
_NAMES_REMEMBERED = 50_000
_HEAD = 2  # characters by which beginnings are told apart


class _Rule(msgspec.Struct, frozen=True, dict=True):
    """A declaration ready to be held against names that begin as it says.

    Attributes:
        declared: The declaration.
        trusted: Whether it comes with the program.
    """

    declared: Declared
    trusted: bool

    @cached_property
    def matches(self) -> Callable[[str], object]:
        """Tells whether it means a name; made when it is first asked."""
        # Few are ever needed, and compiling all would take longer than reading a profile.
        declaration = self.declared.declaration
        if declaration.match is Match.GLOB:
            # Nearly all have one asterisk: there is nothing to compile for them.
            start, asterisk, end = declaration.pattern.partition("*")
            if asterisk and "*" not in end:
                least = len(start) + len(end)
                return lambda name: (
                    len(name) >= least and name.startswith(start) and name.endswith(end)
                )
            return glob(declaration.pattern).fullmatch
        pattern = declaration.pattern
        return re.compile(pattern).fullmatch if self.trusted else linear(pattern).fullmatch


class Matcher:
    """An index over policies: a lookup costs a few microseconds at any size.

    Args:
        policies: The policies to look in.
        index: Where they speak of what, if that is known already.
        trusted: Whether they come with the program. Regular expressions of others are matched in
            time that grows with the name only, whatever they are.
    """

    def __init__(
        self, policies: Sequence[Policy], index: Index | None = None, *, trusted: bool = False
    ) -> None:
        self._policies = policies
        self._index = index or index_of(policies)
        self._trusted = trusted
        self._named = lru_cache(maxsize=_NAMES_REMEMBERED)(self._rules)
        self._whole = lru_cache(maxsize=_NAMES_REMEMBERED)(self._said_of_domain)
        self._prepared: dict[Spot, _Rule] = {}

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts about which something in particular is declared."""
        return self._index.hosts

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        """How names end of which patterns spell out nothing else."""
        return tuple(self._index.ends)

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the beginnings are that patterns spell out, by their own beginnings."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for start in self._index.starts:
            lengths[start[:_HEAD]].add(len(start))
        return {head: tuple(found) for head, found in lengths.items()}

    def find(self, name: str, domain: str, context: str) -> tuple[Declared, ...]:
        """Find what is declared about a cookie, best first.

        Args:
            name: Its name.
            domain: Its host, without a leading dot.
            context: The site under which it is kept.

        Returns:
            Every declaration that means it.
        """
        found = (*self._named(name), *self._whole(domain))
        return tuple(each for each in found if _speaks_of(each, name, domain, context))

    def _said_of_domain(self, domain: str) -> tuple[Declared, ...]:
        """What is said of everything on a domain: the last word, that of the narrowest first."""
        labels, domains = domain.split("."), self._index.domains
        above = (".".join(labels[start:]) for start in range(len(labels)))
        spots = (spot for host in above for spot in domains.get(host, ()))
        return tuple(self._rule(spot).declared for spot in spots)

    def _rules(self, name: str) -> tuple[Declared, ...]:
        """Everything that means a name on some host, best first."""
        index = self._index
        found = [self._rule(spot).declared for spot in index.names.get(name, ())]
        spots: list[Spot] = []
        for head in {name[:length] for length in range(_HEAD + 1)}:
            for length in self._lengths.get(head, ()):
                spots += index.starts.get(name[:length], ())
        if name.endswith(self._ends):
            spots += (s for end, at in index.ends.items() if name.endswith(end) for s in at)
        found += [rule.declared for rule in map(self._rule, spots) if rule.matches(name)]
        return tuple(sorted(found, key=_order))

    def _rule(self, spot: Spot) -> _Rule:
        """What stands somewhere, the very same object each time."""
        rule = self._prepared.get(spot)
        if rule is None:
            policy = self._policies[spot[0]]
            declared = Declared(policy, policy.declarations[spot[1]])
            # Another thread may just have done so.
            rule = self._prepared.setdefault(spot, _Rule(declared, self._trusted))
        return rule


def rank(declared: Declared) -> tuple[bool, bool, int]:
    """How exactly a declaration says which cookie it means; more is better."""
    declaration = declared.declaration
    exact = declaration.match is Match.EXACT
    # Who speaks of everything on a domain says it less exactly than anybody who names the cookie.
    placed = bool(declaration.hosts) and not of_whole_domains(declaration)
    return placed, exact, 0 if exact else declaration.literal_length


def _order(declared: Declared) -> tuple[object, ...]:
    host, exact, literal = rank(declared)
    declaration = declared.declaration
    # The names come last, to make the order of equals the same on every machine.
    return (
        not host, not exact, -literal,
        declared.policy.name, repr(declaration),
    )  # fmt: skip


def _speaks_of(declared: Declared, name: str, domain: str, context: str) -> bool:
    declaration, policy = declared.declaration, declared.policy
    if declaration.hosts and not under_any(domain, declaration.hosts):
        return False
    if policy.of_site:
        return under_any(domain, policy.hosts) or under_any(context, policy.hosts)
    if declaration.hosts or not declaration.purpose.removable:
        return True
    return name not in GENERIC_NAMES and len(name) > _SHORT


def glob(pattern: str) -> re.Pattern[str]:
    """Compile a glob in which only ``*`` is special, for ``fullmatch``."""
    start, *middle = map(re.escape, pattern.split("*"))
    if not middle:
        return re.compile(start)
    # Each part where it first stands, and never looked for again: there is nothing to gain by it,
    # and a pattern of many asterisks would take for ever.
    parts = "".join(f"(?>.*?{part})" for part in middle[:-1] if part)
    return re.compile(f"{start}{parts}.*{middle[-1]}", re.DOTALL)
