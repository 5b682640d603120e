"""What a person marks: never more than was meant, and never what is protected."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.filtering import parse_filter
from cookietui.operations.selection import Group, Selection
from tests.making import DAY, NOW, judged, session

TRACKER = judged("_ga", Purpose.STATISTICS)
ADS = judged("_fbp", Purpose.MARKETING, host=".ads.example", expires=NOW + 90 * DAY)
LOGIN = judged("sid", Purpose.NECESSARY)
THEME = judged("theme", Purpose.PREFERENCES, expires=None)
MYSTERY = msgspec.structs.replace(judged("x"), cookie=session("x"))
KEPT = judged("_kept", Purpose.MARKETING, about={"suggestion": Suggestion.KEEP, "kept": True})
ALL = (TRACKER, ADS, LOGIN, THEME, MYSTERY, KEPT)


@pytest.fixture
def selection() -> Selection:
    return Selection(judged=ALL, now=NOW)


def marks(selection: Selection) -> set[str]:
    return {each.cookie.name for each in selection.chosen}


def group(selection: Selection, name: str) -> Group:
    return next(line for line in selection.lines if isinstance(line, Group) and line.name == name)


def test_nothing_is_marked_at_first(selection: Selection) -> None:
    assert marks(selection) == set()
    assert (selection.removable, selection.hidden) == (2, 0)


def test_the_suggestion_marks_what_is_to_be_removed_and_nothing_else(selection: Selection) -> None:
    assert marks(selection.marking_suggested()) == {"_ga", "_fbp"}


def test_the_suggestion_marks_only_what_is_shown(selection: Selection) -> None:
    filtered = selection.with_changes(filter=parse_filter("purpose:marketing"))
    assert marks(filtered.marking_suggested()) == {"_fbp"}


def test_a_mark_is_set_and_taken_away(selection: Selection) -> None:
    once = selection.toggled(MYSTERY)
    assert once.is_marked(MYSTERY)
    assert marks(once) == {"x"}
    assert marks(once.toggled(MYSTERY)) == set()


@pytest.mark.parametrize("each", [LOGIN, KEPT])
def test_what_is_protected_cannot_be_marked_until_it_is_released(
    selection: Selection, each: JudgedCookie
) -> None:
    assert selection.protected(each)
    assert marks(selection.toggled(each)) == set()
    released = selection.releasing(each)
    assert not released.protected(each)
    assert marks(released) == set()
    assert marks(released.toggled(each)) == {each.cookie.name}


def test_protecting_again_takes_the_mark_away(selection: Selection) -> None:
    marked = selection.releasing(LOGIN).toggled(LOGIN)
    again = marked.releasing(LOGIN)
    assert again.protected(LOGIN)
    assert marks(again) == set()


def test_a_released_cookie_is_not_marked_by_the_suggestion(selection: Selection) -> None:
    assert "sid" not in marks(selection.releasing(LOGIN).marking_suggested())


def test_a_group_is_marked_without_what_is_protected(selection: Selection) -> None:
    marketing = group(selection, "Marketing")
    assert {each.cookie.name for each in marketing.cookies} == {"_fbp", "_kept"}
    marked = selection.toggled(marketing)
    assert marks(marked) == {"_fbp"}
    assert marked.is_marked(group(marked, "Marketing"))
    assert marks(marked.toggled(group(marked, "Marketing"))) == set()


def test_a_group_of_protected_cookies_is_never_marked(selection: Selection) -> None:
    necessary = group(selection, "Necessary")
    assert marks(selection.toggled(necessary)) == set()
    assert not selection.toggled(necessary).is_marked(necessary)


@given(
    kinds=st.lists(st.sampled_from([Suggestion.KEEP, Suggestion.REMOVE]), min_size=1, max_size=120),
    left_out=st.sets(st.integers(0, 119), max_size=2),
)
def test_a_group_is_marked_when_all_are_that_may_be(
    kinds: list[Suggestion], left_out: set[int]
) -> None:
    cookies = tuple(
        judged(f"c{number:03}", Purpose.MARKETING, about={"suggestion": kind})
        for number, kind in enumerate(kinds)
    )
    free = [number for number, kind in enumerate(kinds) if kind is Suggestion.REMOVE]
    marked = frozenset(cookies[number].cookie.key for number in free if number not in left_out)
    selection = Selection(judged=cookies, now=NOW, marked=marked)
    heading = group(selection, "Marketing")
    assert selection.may_mark(heading) is bool(free)
    assert selection.is_marked(heading) is (bool(free) and left_out.isdisjoint(free))


def test_a_half_marked_group_is_marked_whole_at_first(selection: Selection) -> None:
    by_profile = selection.with_changes(grouping=Grouping.PROFILE).toggled(TRACKER)
    everything = next(line for line in by_profile.lines if isinstance(line, Group))
    assert not by_profile.is_marked(everything)
    assert marks(by_profile.toggled(everything)) == {"_ga", "_fbp", "theme", "x"}


def test_marks_that_the_filter_hides_are_counted_and_still_chosen(selection: Selection) -> None:
    marked = selection.marking_suggested().with_changes(filter=parse_filter("name:_ga"))
    assert [each.cookie.name for each in marked.shown] == ["_ga"]
    assert marked.hidden == 1
    assert marks(marked) == {"_ga", "_fbp"}


def test_a_filtered_group_marks_only_what_it_shows(selection: Selection) -> None:
    filtered = selection.with_changes(grouping=Grouping.PROFILE, filter=parse_filter("name:x"))
    assert marks(filtered.toggled(filtered.lines[0])) == {"x"}


def test_a_folded_group_shows_its_heading_only_and_can_still_be_marked(
    selection: Selection,
) -> None:
    folded = selection.folding(group(selection, "Marketing"))
    assert ADS not in folded.lines
    heading = group(folded, "Marketing")
    assert heading.folded
    assert marks(folded.toggled(heading)) == {"_fbp"}
    assert ADS in folded.folding(heading).lines


def test_purposes_come_in_the_order_in_which_people_clean_up(selection: Selection) -> None:
    names = [line.name for line in selection.lines if isinstance(line, Group)]
    assert names == ["Marketing", "Statistics", "Preferences", "Unknown", "Necessary"]
    assert selection.counts == {
        Purpose.MARKETING: 2,
        Purpose.STATISTICS: 1,
        Purpose.PREFERENCES: 1,
        Purpose.UNKNOWN: 1,
        Purpose.NECESSARY: 1,
    }


def test_those_that_stay_longest_come_first_by_lifetime(selection: Selection) -> None:
    one_group = selection.with_changes(grouping=Grouping.PROFILE, order=Order.LIFETIME)
    names = [line.cookie.name for line in one_group.lines if isinstance(line, JudgedCookie)]
    assert names[0] == "theme"  # nobody knows when it goes
    assert names[1] == "_fbp"
    assert names[-1] == "x"  # goes with the session


def test_orders_and_groupings_go_round(selection: Selection) -> None:
    around = selection
    for _ in Order:
        around = around.in_next_order()
    assert around.order is selection.order
    for _ in Grouping:
        around = around.in_next_grouping()
    assert around.grouping is selection.grouping


@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_shown_cookie_is_in_exactly_one_group(
    selection: Selection, grouping: Grouping
) -> None:
    lines = selection.with_changes(grouping=grouping).lines
    cookies = [line for line in lines if isinstance(line, JudgedCookie)]
    in_groups = [each for line in lines if isinstance(line, Group) for each in line.cookies]
    assert len(cookies) == len(in_groups) == len(ALL)
    assert {each.cookie.key for each in cookies} == {each.cookie.key for each in ALL}


def test_a_new_look_keeps_the_marks_of_what_is_still_there(selection: Selection) -> None:
    marked = selection.marking_suggested().releasing(LOGIN)
    again = marked.of((TRACKER, THEME), NOW + DAY)
    assert marks(again) == {"_ga"}
    assert again.released == frozenset()
    assert marks(again.of(ALL, NOW)) == {"_ga"}


STEPS = st.lists(st.tuples(st.sampled_from(["toggle", "group", "suggest"]), st.integers(0, 20)))


@given(STEPS, st.sampled_from(list(Grouping)), st.sampled_from(["", "purpose:marketing", "s", "x"]))
def test_without_a_release_no_keys_ever_mark_what_is_protected(
    steps: list[tuple[str, int]], grouping: Grouping, typed: str
) -> None:
    selection = Selection(judged=ALL, now=NOW, grouping=grouping, filter=parse_filter(typed))
    for step, number in steps:
        if step == "suggest":
            selection = selection.marking_suggested()
        elif selection.lines:
            selection = selection.toggled(selection.lines[number % len(selection.lines)])
    assert not marks(selection) & {"sid", "_kept"}
