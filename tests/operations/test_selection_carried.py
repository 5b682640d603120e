"""What a selection worked out and carries over to changed copies is what it would work out anew."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from cookietui.model.cookie import CookieKey
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.filtering import parse_filter
from cookietui.operations.selection import Group, Selection
from tests.making import DAY, NOW, judged

ALL = (
    judged("_ga", Purpose.STATISTICS),
    judged("_fbp", Purpose.MARKETING, host=".ads.example", expires=NOW + 90 * DAY),
    judged("_gid", Purpose.MARKETING, host=".shop.example", expires=NOW + 2 * DAY),
    judged("sid", Purpose.NECESSARY),
    judged("theme", Purpose.PREFERENCES, expires=None),
    judged("x", session=True, expires=None),
    judged("_kept", Purpose.MARKETING, about={"suggestion": Suggestion.KEEP, "kept": True}),
    judged("tab", Purpose.MARKETING, in_session_file=True),
)
FEWER = (*ALL[1:4], judged("new", Purpose.STATISTICS))
TYPED = ["", "s", "g s", "purpose:marketing", "expires:<30d", "expires:>1d a", "session", "zzz"]
STEPS = st.one_of(
    st.tuples(st.just("filter"), st.sampled_from(TYPED)),
    st.tuples(st.just("grouping"), st.sampled_from(list(Grouping))),
    st.tuples(st.just("order"), st.sampled_from(list(Order))),
    st.tuples(st.just("now"), st.sampled_from([NOW, NOW + 5 * DAY, NOW + 60 * DAY])),
    st.tuples(st.sampled_from(["toggle", "fold", "release", "range"]), st.integers(0, 30)),
    st.tuples(st.sampled_from(["suggested", "shown", "invert", "clear"]), st.none()),
    st.tuples(st.sampled_from(["of", "like"]), st.sampled_from([ALL, FEWER, ()])),
    st.tuples(st.just("next"), st.none()),
)


def done(selection: Selection, step: str, with_what: object) -> Selection:
    """One step of a person."""
    if step == "filter":
        return selection.with_changes(filter=parse_filter(str(with_what)))
    if step in ("grouping", "order", "now"):
        return selection.with_changes(**{step: with_what})
    if isinstance(with_what, int):
        return _on_a_line(selection, step, with_what)
    if isinstance(with_what, tuple):
        if step == "of":
            return selection.of(with_what, NOW)
        other = Selection(with_what, NOW)
        _ = other.lines, other.counts, other.removable
        return selection.like(other)
    steps: dict[str, Callable[[], Selection]] = {
        "suggested": selection.marking_suggested,
        "shown": selection.marking_shown,
        "invert": selection.inverted,
        "clear": lambda: selection.with_changes(marked=frozenset()),
        "next": lambda: selection.in_next_order().in_next_grouping(),
    }
    return steps[step]()


def _on_a_line(selection: Selection, step: str, number: int) -> Selection:
    if not selection.lines:
        return selection
    if step == "range":
        return selection.marking_range(number, number // 3)
    line = selection.lines[number % len(selection.lines)]
    if step == "toggle":
        return selection.toggled(line)
    if isinstance(line, Group):
        return selection.folding(line)
    return selection.releasing(line) if step == "release" else selection


def fresh(selection: Selection) -> Selection:
    """One with the same fields that has not worked anything out."""
    return Selection(**{name: getattr(selection, name) for name in selection.__struct_fields__})


def told(selection: Selection) -> list[object]:
    """Everything that a selection works out."""
    lines = selection.lines
    headings = [line for line in lines if isinstance(line, Group)]
    return [
        selection.ordered,
        selection.shown,
        selection.groups,
        lines,
        selection.counts,
        selection.hidden,
        selection.removable,
        selection.chosen,
        [selection.markable(heading) for heading in headings],
        [selection.is_marked(line) for line in lines],
        [selection.protected(each) for each in selection.judged],
    ]


@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=12))
def test_whatever_was_done_before_a_selection_is_as_if_it_were_new(
    steps: list[tuple[tuple[str, object], bool]],
) -> None:
    selection = Selection(ALL, NOW)
    for (step, with_what), looked_at in steps:
        if looked_at:  # only what was asked for is there to be carried over
            told(selection)
        selection = done(selection, step, with_what)
    assert told(selection) == told(fresh(selection))


@given(st.lists(STEPS, max_size=12))
def test_no_step_changes_the_selection_before_it(steps: list[tuple[str, object]]) -> None:
    selection = Selection(ALL, NOW)
    for step, with_what in steps:
        before = told(selection)
        after = done(selection, step, with_what)
        told(after)
        assert told(selection) == before
        selection = after


@given(st.lists(STEPS, max_size=12))
def test_each_line_is_found_by_its_key_and_nothing_else_is(
    steps: list[tuple[str, object]],
) -> None:
    selection = Selection(ALL, NOW)
    for step, with_what in steps:
        selection = done(selection, step, with_what)
        lines = selection.lines
        keys = [line.name if isinstance(line, Group) else line.cookie.key for line in lines]
        assert [selection.line_of(key) for key in keys] == list(range(len(lines)))
        unseen = {each.cookie.key for each in (*ALL, *FEWER)} - set(keys)
        assert {selection.line_of(key) for key in unseen} <= {None}
        assert selection.line_of("no such group") is None


MARKING = ("suggested", "shown", "invert")


@given(st.lists(st.sampled_from([*MARKING, "clear"])), st.lists(st.integers(0, 30)))
def test_no_key_that_marks_many_ever_marks_what_is_protected(
    keys: list[str], lines: list[int]
) -> None:
    selection = Selection(ALL, NOW)
    for key in keys:
        selection = done(selection, key, None)
    for number in lines:
        selection = done(selection, "range", number)
    protected: set[CookieKey] = {e.cookie.key for e in ALL if selection.protected(e)}
    assert {each.cookie.name for each in ALL if each.cookie.key in protected} == {
        "sid", "_kept", "tab",
    }  # fmt: skip
    assert not selection.marked & protected


def names(selection: Selection) -> set[str]:
    return {each.cookie.name for each in selection.chosen}


def test_all_shown_are_marked_those_to_be_asked_about_too() -> None:
    assert names(Selection(ALL, NOW).marking_shown()) == {"_ga", "_fbp", "_gid", "theme", "x"}
    narrowed = Selection(ALL, NOW, filter=parse_filter("host:ads.example"))
    assert names(narrowed.marking_shown()) == {"_fbp"}


def test_inverting_concerns_only_what_is_shown_and_twice_is_nothing() -> None:
    marked = Selection(ALL, NOW).marking_suggested()
    assert names(marked) == {"_ga", "_fbp", "_gid"}
    assert names(marked.inverted()) == {"theme", "x"}
    assert marked.inverted().inverted() == marked
    narrowed = marked.with_changes(filter=parse_filter("host:ads.example"))
    assert names(narrowed.inverted()) == {"_ga", "_gid"}


def test_a_range_is_the_same_in_both_directions_and_passes_over_headings() -> None:
    selection = Selection(ALL, NOW)
    cookies = [i for i, line in enumerate(selection.lines) if isinstance(line, JudgedCookie)]
    everything = selection.marking_range(cookies[-1], cookies[0])
    assert everything == selection.marking_range(cookies[0], cookies[-1])
    assert names(everything) == {"_ga", "_fbp", "_gid", "theme", "x"}
    assert selection.marking_range(0, 0) == selection


def test_what_is_not_concerned_is_carried_over_and_not_worked_out_again() -> None:
    selection = Selection(ALL, NOW)
    told(selection)
    marked = selection.marking_suggested()
    assert marked.lines is selection.lines
    assert marked.ready
    assert not marked.with_changes(order=Order.HOST).ready
