"""From a name and a host to what is declared about it: the most exact word comes first."""

import string
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.matching import GENERIC_NAMES, Matcher, glob
from cookietui.model.policy import Declaration, Match, Policy, Purpose
from tests.making import declaration, policy

HOST = "shop.example"


def found(
    policies: list[Policy], name: str, domain: str = HOST, context: str = HOST
) -> list[tuple[str, str]]:
    """The policies and patterns that mean a cookie, best first."""
    matches = Matcher(policies).find(name, domain, context)
    return [(each.policy.name, each.declaration.pattern) for each in matches]


def test_a_host_says_more_than_a_full_name_and_a_full_name_more_than_a_glob() -> None:
    policies = [
        policy("glob", declaration("_visitor*")),
        policy("exact", declaration("_visitor_id")),
        policy("host-glob", declaration("_visitor*", hosts=(HOST,))),
        policy("host-exact", declaration("_visitor_id", hosts=(HOST,))),
    ]
    names = [name for name, _ in found(policies, "_visitor_id")]
    assert names == ["host-exact", "host-glob", "exact", "glob"]


def test_of_two_globs_the_one_with_more_letters_comes_first() -> None:
    policies = [
        policy("short", declaration("_visitor*")),
        policy("long", declaration("_visitor_id*")),
        policy("both-ends", declaration("*_visitor_id_x*")),
    ]
    names = [name for name, _ in found(policies, "_visitor_id_x9")]
    assert names == ["both-ends", "long", "short"]


def test_a_regular_expression_says_less_than_any_glob() -> None:
    policies = [
        policy("regex", declaration("_visitor_id_[0-9]+", match=Match.REGEX)),
        policy("glob", declaration("_vis*")),
    ]
    assert [name for name, _ in found(policies, "_visitor_id_1")] == ["glob", "regex"]


@pytest.mark.parametrize("name", ["_GA", "_Ga", "_ga ", " _ga", "_ga2", "x_ga", ""])
def test_a_full_name_means_exactly_that_name(name: str) -> None:
    assert found([policy("p", declaration("_ga"))], name) == []


def test_a_glob_minds_upper_and_lower_case() -> None:
    policies = [policy("p", declaration("_Visitor*"))]
    assert found(policies, "_visitor_1") == []
    assert found(policies, "_Visitor_1") == [("p", "_Visitor*")]


@pytest.mark.parametrize("name", ["bas", "xbaskets", "baskets"])
def test_a_regular_expression_must_hold_for_the_whole_name(name: str) -> None:
    assert found([policy("p", declaration("bas(ket)", match=Match.REGEX))], name) == []


@pytest.mark.parametrize("name", ["data.x?[a]", "data.x?[a]tail"])
def test_only_the_star_is_special_in_a_glob(name: str) -> None:
    assert found([policy("p", declaration("data.x?[a]*"))], name) == [("p", "data.x?[a]*")]


@pytest.mark.parametrize("name", ["dataQx?[a]", "data.xy[a]", "data.x?a", "data.xa"])
def test_points_question_marks_and_brackets_in_a_glob_stand_for_themselves(name: str) -> None:
    assert found([policy("p", declaration("data.x?[a]*"))], name) == []


@pytest.mark.parametrize("name", ["data_", "data_\n", "data_\nsecond\r\n", "data_\u2028x"])
def test_a_star_stands_for_line_ends_too(name: str) -> None:
    assert found([policy("p", declaration("data_*"))], name) == [("p", "data_*")]


def test_a_line_end_after_the_name_makes_another_name() -> None:
    assert found([policy("p", declaration("_ga"))], "_ga\n") == []
    assert glob("a*b").fullmatch("a b\n") is None


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("facebook.com", True),
        ("www.facebook.com", True),
        ("a.b.facebook.com", True),
        ("notfacebook.com", False),
        ("facebook.com.evil.example", False),
        ("com", False),
    ],
)
def test_hosts_are_meant_by_whole_labels(domain: str, meant: bool) -> None:
    policies = [policy("meta", declaration("fr", hosts=("facebook.com",)))]
    assert bool(found(policies, "fr", domain, domain)) is meant


def test_a_provider_with_a_host_is_meant_wherever_its_cookie_is_kept() -> None:
    policies = [policy("meta", declaration("fr", hosts=("facebook.com",)))]
    assert found(policies, "fr", "facebook.com", "shop.example") == [("meta", "fr")]
    assert found(policies, "fr", "shop.example", "facebook.com") == []


def test_a_sites_own_policy_means_its_hosts_and_what_others_keep_under_them() -> None:
    policies = [policy("site", declaration("sid"), hosts=("shop.example",))]
    assert found(policies, "sid", "www.shop.example", "shop.example")
    assert found(policies, "sid", "stranger.example", "shop.example")
    assert not found(policies, "sid", "shop.example.evil.example", "evil.example")
    assert not found(policies, "sid", "bookshop.example", "bookshop.example")


@pytest.mark.parametrize("name", [*sorted(GENERIC_NAMES), "x", "ab", ""])
@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.STATISTICS])
def test_a_generic_name_does_not_lead_to_removal_without_a_host(
    name: str, purpose: Purpose
) -> None:
    elsewhere = policy("hosted", declaration(name, purpose, hosts=("stranger.example",)))
    anywhere = policy("anywhere", declaration(name, purpose))
    assert found([anywhere, elsewhere], name) == []
    assert found([anywhere, elsewhere], name, "stranger.example") == [("hosted", name)]


@pytest.mark.parametrize("name", ["sessionid", "uid", "id"])
def test_a_glob_or_expression_reaches_no_generic_name_either(name: str) -> None:
    policies = [
        policy("glob", declaration(name[:-1] + "*", Purpose.MARKETING)),
        policy("regex", declaration(".+", Purpose.MARKETING, match=Match.REGEX)),
    ]
    assert found(policies, name) == []


def test_a_generic_name_may_be_called_necessary_without_a_host() -> None:
    policies = [policy("django", declaration("sessionid", Purpose.NECESSARY))]
    assert found(policies, "sessionid") == [("django", "sessionid")]


def test_a_site_may_say_what_it_wants_about_a_generic_name() -> None:
    policies = [policy("site", declaration("uid", Purpose.MARKETING), hosts=(HOST,))]
    assert found(policies, "uid") == [("site", "uid")]


_PATTERNS = ["_abc", "_abcd", "_abc\nd", "_ab*", "_a*c", "*abc*", "_*"]


@st.composite
def _declarations(draw: st.DrawFn) -> Declaration:
    return declaration(
        draw(st.sampled_from(_PATTERNS)),
        draw(st.sampled_from(list(Purpose))),
        hosts=draw(st.sampled_from([(), (HOST,), ("example",), ("other.example",)])),
    )


@given(
    rows=st.lists(st.lists(_declarations(), max_size=6), max_size=4),
    name=st.sampled_from(["_abc", "_abcd", "_abc\nd"]),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_policies_and_declarations_never_matters(
    rows: list[list[Declaration]],
    name: str,
    random: Random,
) -> None:
    names = string.ascii_lowercase
    policies = [policy(names[number], *each) for number, each in enumerate(rows)]
    shuffled = [
        policy(each.name, *random.sample(each.declarations, len(each.declarations)))
        for each in random.sample(policies, len(policies))
    ]
    one, other = (
        [(each.policy.name, each.declaration) for each in Matcher(some).find(name, HOST, HOST)]
        for some in (policies, shuffled)
    )
    assert one == other


def test_the_order_of_two_rows_that_differ_in_small_print_never_matters() -> None:
    rows = [declaration("_visits"), declaration("_visits", anonymised=True)]
    there = Matcher([policy("p", *rows)]).find("_visits", HOST, HOST)
    back = Matcher([policy("p", *reversed(rows))]).find("_visits", HOST, HOST)
    assert [each.declaration for each in there] == [each.declaration for each in back]


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_glob_without_a_star_means_only_itself(pattern: str, name: str) -> None:
    if "*" not in pattern:
        assert bool(glob(pattern).fullmatch(pattern))
        assert bool(glob(pattern).fullmatch(name)) == (name == pattern)


@given(start=st.text(max_size=8), middle=st.text(max_size=8), end=st.text(max_size=8))
def test_a_star_stands_for_anything(start: str, middle: str, end: str) -> None:
    assert glob(f"{start}*{end}").fullmatch(start + middle + end)
