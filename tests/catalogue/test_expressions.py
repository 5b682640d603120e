"""Strangers' expressions: matched in linear time, and matched by what the index gives them."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.catalogue.expressions import linear
from cookietui.catalogue.loading import load_policies
from cookietui.catalogue.matching import Matcher, glob
from cookietui.catalogue.writing import to_toml
from cookietui.errors import CatalogueError
from cookietui.model.policy import Match
from tests.making import declaration, policy

HOST = "shop.example"
LONG = 100_000
AT_ONCE = 2.0  # seconds; what goes through every way would take years
SLOW = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"(.*)*x",
    r"(a*)*b",
    r"a(a|a?)+x",
    r"([a-z]+)*\d",
    r"(a?){50}a{50}x",
]
REFUSED = [
    r"(a)\1", r"(?P<x>a)(?P=x)", r"(?=a)a", r"(?!b)a", r"(?<=a)b", r"(?<!a)b", r"(?>a+)b", r"a++",
    "a(", "[a", "*a", r"a{1001}", r"((a{100}){100}){100}", r"\p{Nothing}", r"(?(1)a|b)",
]  # fmt: skip
ALPHABET = "ab_1-é"
NAMES = st.text(ALPHABET + "(|", max_size=8)
PARTS = st.sampled_from(
    ["a", "b", "_", "1", "ab", "_a1", "a-b", "é", ".", "[ab]", "[^a]", "(a|b)", "(?:ab|b1)", r"\(",
     r"\|", "a|b", "(?i:A)", "()", "^", r"\b"]
)  # fmt: skip
QUANTIFIERS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,1}", "{0}", "*?", "??"])
EXPRESSIONS = st.lists(st.tuples(PARTS, QUANTIFIERS), min_size=1, max_size=5).map(
    lambda parts: "".join(part + how if part[0] not in "^\\" else part for part, how in parts)
)


def found(pattern: str, name: str, *, trusted: bool = False) -> bool:
    """Whether a matcher finds the one expression it has been given."""
    # With a host, so that short names count too.
    row = declaration(pattern, match=Match.REGEX, hosts=(HOST,))
    matcher = Matcher([policy("p", row)], trusted=trusted)
    return bool(matcher.find(name, HOST, HOST))


@pytest.mark.parametrize("pattern", SLOW)
def test_expressions_with_many_ways_through_finish_at_once(pattern: str) -> None:
    started = time.monotonic()
    assert not found(pattern, "a" * LONG + "!")
    assert time.monotonic() - started < AT_ONCE


@pytest.mark.parametrize(
    "pattern", ["*".join("a" * 40) + "*x", "a*" * 30 + "!x", "*a*a*a*a*a*a*x", "*aab*aab*aab*aab*x"]
)
def test_globs_of_many_asterisks_finish_at_once(pattern: str) -> None:
    started = time.monotonic()
    assert glob(pattern).fullmatch("aab" * 10_000) is None
    assert time.monotonic() - started < AT_ONCE


@given(
    pattern=st.text("ab*\n", max_size=10),
    name=st.text("ab\n", max_size=12),
)
def test_a_glob_means_what_its_asterisks_say(pattern: str, name: str) -> None:
    plain = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
    assert (glob(pattern).fullmatch(name) is None) == (plain.fullmatch(name) is None)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_could_take_for_ever_or_is_none_is_refused_on_load(
    tmp_path: Path, pattern: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(to_toml(policy("mine", declaration(pattern, match=Match.REGEX))))
    with pytest.raises(CatalogueError) as caught:
        load_policies(file)
    assert str(file) in caught.value.message
    assert repr(pattern) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 2


def test_a_refusal_writes_nothing_by_itself(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="invalid"):
        linear(r"(?=a)a")
    assert capfd.readouterr() == ("", "")


@given(pattern=EXPRESSIONS, name=NAMES)
@example(pattern="ab?", name="a")
@example(pattern="ab*c", name="ac")
@example(pattern="a|b", name="b")
@example(pattern="a{0}b", name="b")
@example(pattern="(?i:A)b", name="ab")
def test_the_index_never_loses_a_match(pattern: str, name: str) -> None:
    expected = re.fullmatch(pattern, name) is not None
    assert found(pattern, name, trusted=True) is expected
    if r"\b" not in pattern or name.isascii():  # which letters make words is each engine's own
        assert found(pattern, name) is expected


@pytest.mark.parametrize("odd", [0xDCFF, 0xD800, 0xFFFD, 0])
def test_names_of_any_bytes_are_matched(odd: int) -> None:
    assert found("acme_.1", f"acme_{chr(odd)}1")
    assert not found("acme_[a-z]1", f"acme_{chr(odd)}1")


def test_an_expression_must_hold_for_the_whole_name_line_ends_and_all() -> None:
    assert not found("acme", "acme\n")
    assert not found("acme.*", "acme\nx")
