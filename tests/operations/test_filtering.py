"""The filter, as typed and as given by options: every part narrows, none surprises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.cookie import Container
from cookietui.model.policy import Party, Purpose
from cookietui.model.verdict import JudgedCookie, KindName, Suggestion
from cookietui.operations.filtering import Filter, parse_filter
from tests.making import DAY, NOW, by, declaration, judged, policy

META = policy("meta", declaration("fr", Purpose.MARKETING, function="Advertising"))
ONE = judged(
    "fr",
    Purpose.MARKETING,
    about={"declared": by(META), "kind": KindName.THIRD_PARTY, "party": Party.THIRD},
    host=".www.facebook.com",
    container=Container(2, "Work"),
)
PLAIN = judged("Theme", host="shop.example", session=True, expires=None)
OLD = judged("old", expires=NOW - DAY, container=Container(9, None))


def shown(wanted: Filter) -> list[str]:
    return [each.cookie.name for each in (ONE, PLAIN, OLD) if wanted.matches(each, NOW)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["fr", "Theme", "old"]),
        ("purpose:marketing", ["fr"]),
        ("purpose:marketing,unknown", ["fr", "Theme", "old"]),
        ("type:third-party", ["fr"]),
        ("party:first", ["Theme", "old"]),
        ("suggestion:ask", ["Theme", "old"]),
        ("suggestion:ask party:third", []),
        ("name:f*", ["fr"]),
        ("name:f", []),
        ("name:FR", []),
        ("name:fr,old", ["fr", "old"]),
        ("host:facebook.com", ["fr"]),
        ("host:.FACEBOOK.com", ["fr"]),
        ("host:book.com", []),
        ("host:example", ["Theme", "old"]),
        ("provider:MET", ["fr"]),
        ("container:work", ["fr"]),
        ("container:none", ["Theme"]),
        ("container:9", ["old"]),
        ("expired", ["old"]),
        ("session", ["Theme"]),
        ("expired session", []),
        ("theme", ["Theme"]),
        ("FACEBOOK advert", ["fr"]),
        ("unknown", ["Theme", "old"]),
        ("marketing theme", []),
    ],
)
def test_what_is_typed_narrows_to(text: str, names: list[str]) -> None:
    assert shown(parse_filter(text)) == names


@pytest.mark.parametrize("text", ["purpose:", "purpose:mark", "type:third", "name:", "host:,"])
def test_a_prefix_that_is_not_complete_narrows_nothing(text: str) -> None:
    assert len(shown(parse_filter(text))) == 3


def test_two_prefixes_of_a_kind_widen_and_two_kinds_narrow() -> None:
    assert shown(parse_filter("name:fr name:old")) == ["fr", "old"]
    assert shown(parse_filter("name:fr name:old expired")) == ["old"]


def test_an_unknown_prefix_is_looked_for_as_a_word() -> None:
    assert parse_filter("colour:red").words == ("colour:red",)
    assert shown(parse_filter("colour:red")) == []


def test_an_empty_filter_is_none() -> None:
    assert not parse_filter("   ")
    assert parse_filter("x")
    assert Filter(expired=False)


def test_options_and_typing_mean_the_same() -> None:
    options = Filter(purposes=(Purpose.MARKETING,), suggestions=(Suggestion.REMOVE,), names=("f*",))
    assert parse_filter("purpose:marketing suggestion:remove name:f*") == options


def test_a_name_is_looked_for_as_a_whole_across_line_ends() -> None:
    two = judged("two\nlines")
    assert Filter(names=("two*",)).matches(two, NOW)
    assert not Filter(names=("two",)).matches(two, NOW)


def test_brackets_and_points_in_a_name_stand_for_themselves() -> None:
    assert not Filter(names=("[ab]*",)).matches(judged("alpha"), NOW)
    assert Filter(names=("[ab]*",)).matches(judged("[ab]c"), NOW)


@given(st.text(max_size=40))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    wanted = parse_filter(text)
    assert isinstance(wanted.matches(ONE, NOW), bool)


COOKIES = st.sampled_from([ONE, PLAIN, OLD])
FILTERS = st.sampled_from(
    ["purpose:marketing", "expired", "session", "name:*e*", "host:example", "container:none", "t"]
)


@given(COOKIES, FILTERS, FILTERS)
def test_filters_combine_to_what_both_let_through(each: JudgedCookie, one: str, other: str) -> None:
    first, second, both = parse_filter(one), parse_filter(other), parse_filter(f"{one} {other}")
    kinds = {text.partition(":")[0] if ":" in text else text for text in (one, other)}
    if len(kinds) == 2:
        assert both.matches(each, NOW) == (first.matches(each, NOW) and second.matches(each, NOW))
