"""Public suffixes: below which domains anybody can register one.

A rule of the public suffix list concerns only hosts whose last label is its own. So only the rules
of those last labels are prepared that a person's cookies have: a few dozen of fifteen hundred.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

from publicsuffixlist import PSLFILE, PublicSuffixList

_ENCODED = "xn--"


class _Rules:
    """The rules of one last label.

    Args:
        rules: All of them, as the list spells them.

    Attributes:
        longer: The labels before the last one that any of them has; an asterisk stands for all.
    """

    def __init__(self, rules: list[str]) -> None:
        self._rules = list(_in_both_spellings(rules))
        self.longer = {
            label for rule in self._rules for label in rule.lstrip("!").rsplit(".", 2)[-2:-1]
        }

    @cached_property
    def whole(self) -> PublicSuffixList:
        """The library's own way to ask them."""
        return PublicSuffixList(self._rules, accept_encoded_idn=False)


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
    if named and rules.longer.isdisjoint((above, "*")):
        return f"{above}.{last}"
    return rules.whole.privatesuffix(host)


@cache
def _rules(last: str) -> _Rules:
    return _Rules(_by_last_label().get(last, []))


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
