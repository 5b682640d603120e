"""Public suffixes: below which domains anybody can register one.

A rule of the public suffix list concerns only hosts whose last label is its own. So only the rules
of those last labels are prepared that a person's cookies have: a few dozen of fifteen hundred.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from publicsuffixlist import PSLFILE, PublicSuffixList

_ENCODED = "xn--"


class _Rules(msgspec.Struct, frozen=True):
    """The rules of one last label.

    Attributes:
        whole: All of them.
        longer: The labels before the last one that any of them has; None if one is for all labels.
    """

    whole: PublicSuffixList
    longer: frozenset[str] | None


def below_suffix(host: str) -> str | None:
    """What is one label below the public suffix of a host; None where there is nothing.

    Args:
        host: In lower case, without dots at its ends.
    """
    *_, above, last = ("", *host.rsplit(".", 2))
    spelled, known = _decoded(last), _by_last_label()
    # Those that the list does not know are all treated alike.
    rules = _rules(spelled if spelled in known else "")
    # Of most hosts no rule says more than their last label, which takes no looking through rules.
    named = above and last and ".." not in host and host[0] != "."
    if named and rules.longer is not None and above not in rules.longer:
        return f"{above}.{last}"
    return rules.whole.privatesuffix(host)


@cache
def _rules(last: str) -> _Rules:
    rules = list(_in_both_spellings(_by_last_label().get(last, [])))
    longer = frozenset(label for rule in rules for label in rule.lstrip("!").split(".")[-2:-1])
    whole = PublicSuffixList(rules, accept_encoded_idn=False)
    return _Rules(whole, None if "*" in longer else longer)


@cache
def _by_last_label() -> dict[str, list[str]]:
    """The rules as the list spells them, not encoded."""
    rules: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(PSLFILE).read_text("utf-8").split("\n"):
        if line and line[0] != "/":
            rule = line.split(maxsplit=1)[0]
            rules[rule.rpartition(".")[2]].append(rule)
    return dict(rules)


def _in_both_spellings(rules: list[str]) -> Iterator[str]:
    for rule in rules:
        yield rule
        if not rule.isascii():
            exception = "!" if rule.startswith("!") else ""
            bare = rule.lower().removeprefix("!")
            yield exception + bare.encode("idna").decode("ascii")


def _decoded(label: str) -> str:
    if not label.startswith(_ENCODED):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
