"""The part of the public suffix list that is prepared says the same as the whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from cookietui.model import suffixes
from cookietui.model.suffixes import below_suffix

WHOLE = PublicSuffixList()
RULES = [
    line.split()[0]
    for line in Path(PSLFILE).read_text("utf-8").splitlines()
    if line and not line.startswith("/")
]
LABELS = sorted({label for rule in RULES[::20] for label in rule.strip("!*.").split(".")})


def hosts(rule: str) -> Iterator[str]:
    """What a rule is about in both spellings, and what is below it."""
    bare = rule.removeprefix("!").replace("*", "any")
    for spelled in {bare, bare.encode("idna").decode("ascii")}:
        yield from (spelled, f"shop.{spelled}", f"www.shop.{spelled}", f"a.www.shop.{spelled}")


def test_every_rule_of_the_list_counts() -> None:
    assert len(RULES) > 9_000
    wrong = [
        host
        for rule in RULES
        for host in hosts(rule)
        if below_suffix(host) != WHOLE.privatesuffix(host)
    ]
    assert wrong == []


@given(st.lists(st.sampled_from(LABELS) | st.text(max_size=4), max_size=5).map(".".join))
def test_whatever_is_asked_the_whole_list_would_say_the_same(host: str) -> None:
    lower = host.lower().strip(".")
    assert below_suffix(lower) == WHOLE.privatesuffix(lower)


@pytest.mark.parametrize("last", ["xn--", "xn--\udce9", "xn---------", "invalid"])
def test_a_last_label_that_the_list_does_not_know_is_a_suffix_itself(last: str) -> None:
    assert below_suffix(f"a.b.{last}") == f"b.{last}"


def test_of_hosts_that_end_alike_the_rules_are_prepared_once() -> None:
    suffixes._rules.cache_clear()
    for host in ("a.example.com", "b.example.com", "c.example.de", "x.invalid", "y.unknown"):
        below_suffix(host)
    assert suffixes._rules.cache_info().misses == 3  # com, de, and all that nobody knows
