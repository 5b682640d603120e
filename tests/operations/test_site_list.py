"""The sites as they are listed: in their order, and found by a few letters of their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.policy import Purpose
from cookietui.operations.inventory import SiteCount
from cookietui.operations.site_list import SiteList, SiteOrder, nearness


def count(site: str, cookies: int = 1, removable: int = 0) -> SiteCount:
    purposes = dict.fromkeys(Purpose, 0) | {Purpose.UNKNOWN: cookies}
    return SiteCount(site, cookies, purposes, removable)


COUNTS = (count("b.example", 9, 1), count("c.example", 2, 2), count("a.example", 5, 1))
LETTERS = st.text("ab.-", max_size=6)
WANTED = st.text("ab.-", min_size=1, max_size=4)


def names(sites: SiteList) -> list[str]:
    return [each.site for each in sites.shown]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (SiteOrder.REMOVABLE, ["c.example", "b.example", "a.example"]),
        (SiteOrder.COOKIES, ["b.example", "a.example", "c.example"]),
        (SiteOrder.NAME, ["a.example", "b.example", "c.example"]),
    ],
)
def test_sites_are_sorted_by(order: SiteOrder, expected: list[str]) -> None:
    assert names(SiteList(COUNTS, order)) == expected


def test_orders_go_round_and_keep_what_is_searched() -> None:
    sites = SiteList(COUNTS).searching("a")
    orders = []
    for _ in SiteOrder:
        sites = sites.in_next_order()
        orders.append(sites.order)
    assert orders == [SiteOrder.COOKIES, SiteOrder.NAME, SiteOrder.REMOVABLE]
    assert sites == SiteList(COUNTS, search="a")


def test_other_counts_are_looked_at_in_the_same_way() -> None:
    sites = SiteList(COUNTS, SiteOrder.NAME, "z").of((count("z.example"), count("y.example")))
    assert names(sites) == ["z.example"]
    assert sites.order is SiteOrder.NAME


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("ads.example", "my-ads.example"),  # at the beginning of the name, of a label
        ("my-ads.example", "x.long.ads.example"),
        ("x.long.ads.example", "roads.example"),  # and within one
        ("roads.example", "a-d.s"),  # together, spread
        ("axds.example", "axxds.example"),  # and the wider it is spread, the farther
    ],
)
def test_the_nearer_match_comes_first(better: str, worse: str) -> None:
    for counts in ((count(better), count(worse)), (count(worse), count(better))):
        assert names(SiteList(counts, SiteOrder.NAME, "ads")) == [better, worse]


def test_sites_that_match_alike_keep_their_order() -> None:
    sites = SiteList(COUNTS, SiteOrder.COOKIES, "example")
    assert names(sites) == ["b.example", "a.example", "c.example"]


@pytest.mark.parametrize("typed", ["", "   ", "\t"])
def test_nothing_typed_shows_all(typed: str) -> None:
    assert len(names(SiteList(COUNTS, search=typed))) == len(COUNTS)


@pytest.mark.parametrize("typed", ["B.EX", " b.ex "])
def test_case_and_blanks_around_do_not_matter(typed: str) -> None:
    assert names(SiteList(COUNTS, search=typed)) == ["b.example"]


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_whatever_is_typed_finds_some_of_the_sites_and_no_others(
    typed: str, sites: list[str]
) -> None:
    counts = tuple(map(count, sites))
    shown = SiteList(counts, search=typed).shown
    assert len(shown) <= len(counts)
    assert all(each in counts for each in shown)


@given(WANTED, LETTERS)
def test_a_name_is_found_if_and_only_if_it_holds_the_letters_in_their_order(
    wanted: str, name: str
) -> None:
    rest = iter(name)
    holds = all(letter in rest for letter in wanted)
    assert (nearness(wanted, name) is not None) == holds


@given(WANTED, LETTERS, LETTERS, LETTERS)
def test_nearness_puts_all_names_in_one_order(wanted: str, a: str, b: str, c: str) -> None:
    near = [how for name in (a, b, c) if (how := nearness(wanted, name)) is not None]
    for one in near:
        assert one <= one  # noqa: PLR0124 - it is its own equal
        for other in near:
            assert one <= other or other <= one
            for third in near:
                assert one <= third or not (one <= other <= third)


@given(WANTED, LETTERS, LETTERS, LETTERS)
def test_a_whole_match_is_nearer_than_a_spread_one(
    wanted: str, before: str, after: str, spread: str
) -> None:
    whole = nearness(wanted, before + wanted + after)
    assert whole is not None
    far = nearness(wanted, spread)
    if far is not None and wanted not in spread:
        assert whole < far


@given(WANTED, LETTERS, LETTERS)
def test_a_match_at_the_beginning_is_the_nearest_there_is(
    wanted: str, after: str, other: str
) -> None:
    best = nearness(wanted, wanted + after)
    near = nearness(wanted, other)
    assert best is not None
    assert near is None or best <= near
