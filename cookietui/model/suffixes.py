"""Public suffixes: below which domains anybody can register one.

A rule of the public suffix list concerns only hosts whose last label is its own. So only the rules
of those last labels are prepared that a person's cookies have: a few dozen of fifteen hundred.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from publicsuffixlist import PSLFILE, PublicSuffixList

_ENCODED = "xn--"


def below_suffix(host: str) -> str | None:
    """What is one label below the public suffix of a host; None where there is nothing.

    Args:
        host: In lower case, without dots at its ends.
    """
    last, rules = host.rpartition(".")[2], _rules_by_last_label()
    spelled = _decoded(last)
    # All that the list does not know are treated alike.
    return _prepared(spelled if spelled in rules else "").privatesuffix(host)


@cache
def _prepared(last: str) -> PublicSuffixList:
    rules = _rules_by_last_label().get(last, ())
    return PublicSuffixList(_in_both_spellings(rules), accept_encoded_idn=False)


@cache
def _rules_by_last_label() -> dict[str, list[str]]:
    """The rules as the list spells them, not encoded."""
    rules: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(PSLFILE).read_text("utf-8").split("\n"):
        if line and line[0] != "/":
            rule = line.split(maxsplit=1)[0]
            rules[rule.rpartition(".")[2]].append(rule)
    return dict(rules)


def _in_both_spellings(rules: "list[str] | tuple[()]") -> Iterator[str]:
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
