"""Where policies speak of a name or a host: what the first look for a declaration goes by."""

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from cookietui.model.policy import Declaration, Match, Policy

_LITERAL = re.compile(r"[\w-]+", re.ASCII)
_TAKING_AWAY = ("?", "*", "+", "{")

Spot = tuple[int, int]
"""The numbers of a policy and of one of its declarations, both counted from 0."""
Spots = dict[str, tuple[Spot, ...]]


class Index(msgspec.Struct, frozen=True):
    """Where policies speak of what. Every declaration is in one of the first four.

    Attributes:
        names: By the names that they spell out whole.
        starts: By what their patterns spell out first, perhaps nothing.
        ends: By what globs spell out last that spell out nothing else.
        domains: By hosts of which they mean every cookie.
        hosts: The hosts about which something in particular is declared.
    """

    names: Spots
    starts: Spots
    ends: Spots
    domains: Spots
    hosts: frozenset[str]


def index_of(policies: Iterable[Policy]) -> Index:
    """Look through policies once for all that is looked for in them later."""
    names, starts, ends, domains = (defaultdict[str, list[Spot]](list) for _ in range(4))
    hosts: set[str] = set()
    for number, policy in enumerate(policies):
        hosts.update(policy.hosts)
        for nth, declaration in enumerate(policy.declarations):
            spot = number, nth
            hosts.update(declaration.hosts)
            if declaration.match is Match.EXACT:
                names[declaration.pattern].append(spot)
            elif of_whole_domains(declaration):
                for host in declaration.hosts:
                    domains[host].append(spot)
            elif end := _literal_end(declaration):
                ends[end].append(spot)
            else:
                starts[_literal_start(declaration)].append(spot)
    return Index(
        names=_settled(names),
        starts=_settled(starts),
        ends=_settled(ends),
        domains=_settled(domains),
        hosts=frozenset(hosts),
    )


def of_whole_domains(declaration: Declaration) -> bool:
    """Whether it means every cookie of some hosts, whatever its name."""
    wildcards = declaration.match is Match.GLOB and not declaration.pattern.strip("*")
    return wildcards and bool(declaration.hosts)


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


def _settled(spots: dict[str, list[Spot]]) -> Spots:
    return {key: tuple(found) for key, found in spots.items()}
