"""Asked here, the public suffix list says the same as its library does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

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


def test_a_host_of_a_million_labels_takes_no_time() -> None:
    assert below_suffix("a." * 1_000_000 + "example.com") == "example.com"


@pytest.mark.parametrize(
    ("host", "below"),
    [
        ("www.ck", "www.ck"),  # !www.ck, an exception from *.ck
        ("a.b.shop.ck", "b.shop.ck"),
        ("shop.ck", None),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("kawasaki.jp", None),
        ("", None),
        (".com", None),
        ("a..com", None),
    ],
)
def test_exceptions_and_asterisks_count_as_the_list_says(host: str, below: str | None) -> None:
    assert below_suffix(host) == below
