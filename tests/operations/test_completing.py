"""The newer words of a filter: how long a cookie lives, what came back, and completing them."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.operations.filtering import completions, parse_filter, parse_span
from tests.making import DAY, NOW, judged, session

SHORT = judged("short", expires=NOW + DAY)
LONG = judged("long", expires=NOW + 400 * DAY)
GONE = judged("gone", expires=NOW - DAY)
UNKNOWN = judged("unknown_end", expires=None)
UNTIL_CLOSED = msgspec.structs.replace(judged("x"), cookie=session("until_closed"))
BACK = msgspec.structs.replace(judged("back", expires=NOW + 20 * DAY), came_back=NOW)
ALL = (SHORT, LONG, GONE, UNKNOWN, UNTIL_CLOSED, BACK)


def shown(typed: str) -> set[str]:
    wanted = parse_filter(typed)
    return {each.cookie.name for each in ALL if wanted.matches(each, NOW)}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("expires:>1y", {"long"}),
        ("expires:<30d", {"short", "gone", "back", "until_closed"}),
        ("expires:>12h expires:<3w", {"short", "back"}),
        ("expires:>1mo", {"long"}),
        ("expires:<1d", {"gone", "until_closed"}),
        ("expires:<30d session", {"until_closed"}),
        ("came-back", {"back"}),
        ("came-back expires:>1y", set()),
    ],
)
def test_what_is_typed_narrows_to(typed: str, names: set[str]) -> None:
    assert shown(typed) == names


def test_a_cookie_of_which_nobody_knows_the_end_is_in_neither() -> None:
    assert "unknown_end" not in shown("expires:>1min") | shown("expires:<9999y")


@pytest.mark.parametrize(
    "typed", ["expires:", "expires:>", "expires:>1", "expires:1y", "expires:>y", "expires:>1x"]
)
def test_a_span_that_is_not_complete_narrows_nothing(typed: str) -> None:
    assert len(shown(typed)) == len(ALL)


@pytest.mark.parametrize("text", ["", "1y", ">1", ">1234567d", ">1dd", ">-1d"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert parse_span(text) == {}


@pytest.mark.parametrize(
    ("typed", "could"),
    [
        ("pur", ("purpose:",)),
        ("p", ("purpose:", "party:", "provider:")),
        ("purpose:ma", ("purpose:marketing",)),
        ("purpose:marketing", ()),
        ("x party:th", ("party:third",)),
        ("came", ("came-back",)),
        ("exp", ("expires:>", "expired")),
        ("name:x", ()),
        ("", ()),
        ("purpose:marketing ", ()),
        ("zzz", ()),
        ("zzz:a", ()),
    ],
)
def test_the_last_word_can_become(typed: str, could: tuple[str, ...]) -> None:
    assert completions(typed) == could


@given(st.text(max_size=20))
def test_what_a_word_can_become_begins_with_it_and_is_more(typed: str) -> None:
    last = typed.rpartition(" ")[2]
    assert all(each.startswith(last) and each != last for each in completions(typed))
