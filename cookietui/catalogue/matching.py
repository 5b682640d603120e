"""From a name and a host to what is declared about it, best first.

Names are case-sensitive. The order of policies and declarations never matters: what says it more
exactly wins, and what says it equally exactly stands side by side.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

import msgspec

from cookietui.catalogue.expressions import Expression, linear
from cookietui.model.policy import Declaration, Match, Policy
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
_LITERAL = re.compile(r"[\w-]+", re.ASCII)
_TAKING_AWAY = ("?", "*", "+", "{")
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

    def matches(self, name: str) -> bool:
        """Whether it means a name."""
        declaration = self.declared.declaration
        if declaration.match is Match.GLOB:
            # Nearly all have one asterisk: there is nothing to compile for them.
            start, asterisk, end = declaration.pattern.partition("*")
            if asterisk and "*" not in end:
                long_enough = len(name) >= len(start) + len(end)
                return long_enough and name.startswith(start) and name.endswith(end)
        return self._whole.fullmatch(name) is not None

    @cached_property
    def _whole(self) -> Expression:
        # Few of them are ever needed, and compiling all would take longer than reading a profile.
        declaration = self.declared.declaration
        if declaration.match is Match.GLOB:
            return glob(declaration.pattern)
        return re.compile(declaration.pattern) if self.trusted else linear(declaration.pattern)


class Matcher:
    """An index over policies: a lookup costs a few microseconds at any size.

    Args:
        policies: The policies to look in.
        trusted: Whether they come with the program. Regular expressions of others are matched in
            time that grows with the name only, whatever they are.

    Attributes:
        hosts: The hosts about which something in particular is declared.
    """

    def __init__(self, policies: Iterable[Policy], *, trusted: bool = False) -> None:
        self._named = lru_cache(maxsize=_NAMES_REMEMBERED)(self._rules)
        self._whole = lru_cache(maxsize=_NAMES_REMEMBERED)(self._said_of_domain)
        self._exact: defaultdict[str, list[Declared]] = defaultdict(list)
        self._starting: defaultdict[str, list[_Rule]] = defaultdict(list)
        self._ending: list[_Rule] = []
        self._of_domains: defaultdict[str, list[Declared]] = defaultdict(list)
        hosts: set[str] = set()
        for policy in policies:
            hosts.update(policy.hosts)
            for declaration in policy.declarations:
                declared = Declared(policy, declaration)
                if declaration.hosts:
                    hosts.update(declaration.hosts)
                if declaration.match is Match.EXACT:
                    self._exact[declaration.pattern].append(declared)
                elif _of_whole_domains(declaration):
                    for host in declaration.hosts:
                        self._of_domains[host].append(declared)
                elif _literal_end(declaration):
                    self._ending.append(_Rule(declared, trusted))
                else:
                    rule = _Rule(declared, trusted)
                    self._starting[_literal_start(declaration)].append(rule)
        self.hosts = frozenset(hosts)

    @cached_property
    def _ends(self) -> tuple[str, ...]:
        """How names end of which patterns spell out nothing else."""
        return tuple({_literal_end(rule.declared.declaration) for rule in self._ending})

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the beginnings are that patterns spell out, by their own beginnings."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for start in self._starting:
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
        labels = domain.split(".")
        above = (".".join(labels[start:]) for start in range(len(labels)))
        return tuple(each for host in above for each in self._of_domains.get(host, ()))

    def _rules(self, name: str) -> tuple[Declared, ...]:
        """Everything that means a name on some host, best first."""
        found = list(self._exact.get(name, ()))
        for head in {name[:length] for length in range(_HEAD + 1)}:
            for length in self._lengths.get(head, ()):
                rules = self._starting.get(name[:length], ())
                found += [rule.declared for rule in rules if rule.matches(name)]
        if name.endswith(self._ends):
            found += [rule.declared for rule in self._ending if rule.matches(name)]
        return tuple(sorted(found, key=_order))


def rank(declared: Declared) -> tuple[bool, bool, int]:
    """How exactly a declaration says which cookie it means; more is better."""
    declaration = declared.declaration
    exact = declaration.match is Match.EXACT
    # Who speaks of everything on a domain says it less exactly than anybody who names the cookie.
    placed = bool(declaration.hosts) and not _of_whole_domains(declaration)
    return placed, exact, 0 if exact else declaration.literal_length


def _of_whole_domains(declaration: Declaration) -> bool:
    wildcards = declaration.match is Match.GLOB and not declaration.pattern.strip("*")
    return wildcards and bool(declaration.hosts)


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


def _literal_end(declaration: Declaration) -> str:
    """What a glob spells out that begins with its only asterisk."""
    start, asterisk, end = declaration.pattern.partition("*")
    glob = declaration.match is Match.GLOB and asterisk and not start and "*" not in end
    return end if glob else ""


def _literal_start(declaration: Declaration) -> str:
    if declaration.match is Match.GLOB:
        return declaration.pattern.partition("*")[0]
    start = _LITERAL.match(declaration.pattern)
    # What a quantifier or an alternative could take away is no start.
    following = declaration.pattern[start.end() : start.end() + 1] if start else ""
    if not start or following in _TAKING_AWAY or "|" in declaration.pattern:
        return ""
    return start[0]


def glob(pattern: str) -> re.Pattern[str]:
    """Compile a glob in which only ``*`` is special, for ``fullmatch``."""
    start, *middle = map(re.escape, pattern.split("*"))
    if not middle:
        return re.compile(start)
    # Each part where it first stands, and never looked for again: there is nothing to gain by it,
    # and a pattern of many asterisks would take for ever.
    parts = "".join(f"(?>.*?{part})" for part in middle[:-1] if part)
    return re.compile(f"{start}{parts}.*{middle[-1]}", re.DOTALL)
