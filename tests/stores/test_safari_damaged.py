"""What is whole of a damaged file of Safari's is shown, what is not is told, and nothing hangs."""

import struct
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import StoreError
from cookietui.stores.file_store import Contents
from cookietui.stores.port import Jar
from cookietui.stores.safari import parse
from tests.binarycookies import FIELDS, MARK, file, page, record
from tests.stores.safaris import opened, profile_of

HUGE = 2**32 - 1
WHOSE = profile_of(Path("/nowhere"))
FIRST = page(record("a"), record("b"))
SECOND = page(record("c"), record("d"))
WHOLE = file(FIRST, SECOND)
HEADER = 4 + 4 + 2 * 4
ENDS = {
    "a": HEADER + 20 + len(record("a")),
    "b": HEADER + len(FIRST),
    "c": HEADER + len(FIRST) + 20 + len(record("c")),
    "d": HEADER + len(FIRST) + len(SECOND),
}


def names(found: Jar | Contents) -> list[str]:
    each = found.cookies if isinstance(found, Jar) else [cookie for cookie, _ in found.cookies]
    return [cookie.name for cookie in each]


def problem(found: Jar | Contents) -> str:
    """The one problem there is."""
    (error,) = found.problems
    assert isinstance(error, StoreError)
    assert "is damaged" in error.message
    return error.message


@pytest.mark.parametrize("content", [b"", b"coo", b"kooc" + WHOLE[4:], b"SQLite format 3\x00"])
def test_a_file_of_another_kind_is_not_safaris(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(StoreError, match="not a cookie file of Safari"):
        opened(tmp_path, content).read()


@pytest.mark.parametrize("kept", range(4, len(WHOLE)))
def test_the_whole_pages_of_a_file_that_was_cut_short_are_shown(kept: int) -> None:
    found = parse(WHOLE[:kept], WHOSE)
    whole = [name for name in "ab" if ENDS["b"] <= kept] + ["c", "d"] * (ENDS["d"] <= kept)
    assert names(found)[: len(whole)] == whole
    assert bool(found.problems) is (kept < ENDS["d"])


def test_every_whole_cookie_of_a_file_that_was_cut_short_is_shown() -> None:
    lost = [
        (kept, name)
        for kept in range(4, len(WHOLE))
        for name, end in ENDS.items()
        if end <= kept and name not in names(parse(WHOLE[:kept], WHOSE))
    ]
    assert lost == []


def test_a_page_that_would_end_outside_the_file_costs_no_other() -> None:
    found = parse(file(FIRST, SECOND, sizes=[len(FIRST), HUGE]), WHOSE)
    assert names(found)[:2] == ["a", "b"]
    assert "page 2" in problem(found)


@pytest.mark.parametrize("count", [3, 1000, 2**31, HUGE])
def test_a_number_of_pages_that_the_file_cannot_hold_is_told(count: int) -> None:
    assert problem(parse(file(FIRST, SECOND, count=count), WHOSE))


@pytest.mark.parametrize("mark", [b"\x00\x00\x00\x00", b"\x00\x01\x00\x00", b"page"])
def test_a_page_with_a_wrong_mark_is_lost_alone_and_told(tmp_path: Path, mark: bytes) -> None:
    wrong = page(record("lost"), mark=mark)
    jar = opened(tmp_path, file(FIRST, wrong, SECOND)).read()
    assert names(jar) == ["a", "b", "c", "d"]
    assert "page 2 could not be read" in problem(jar)
    assert jar.problems[0].hint == "the rest is shown"


@pytest.mark.parametrize("size", [0, 3, 4, 7])
def test_a_page_too_short_for_a_page_is_lost_alone(size: int) -> None:
    found = parse(file(FIRST, (MARK * 2)[:size], SECOND), WHOSE)
    assert names(found) == ["a", "b", "c", "d"]
    assert "page 2" in problem(found)


@pytest.mark.parametrize("count", [1000, 2**31, HUGE])
def test_a_number_of_cookies_that_the_page_cannot_hold_costs_that_page_only(count: int) -> None:
    found = parse(file(page(record("lost"), count=count), SECOND), WHOSE)
    assert names(found) == ["c", "d"]
    assert "page 1" in problem(found)


@pytest.mark.parametrize("offset", [0, 8, 10_000, 2**31, HUGE])
def test_a_cookie_that_would_lie_outside_its_page_is_lost_alone(offset: int) -> None:
    found = parse(file(page(record("a"), offsets=[16 + 4, offset]), SECOND), WHOSE)
    assert names(found) == ["a", "c", "d"]
    assert "1 cookie could not be read" in problem(found)


@pytest.mark.parametrize("size", [0, 4, FIELDS.size - 1, 10_000, HUGE])
def test_a_cookie_of_an_impossible_size_is_lost_alone(size: int) -> None:
    found = parse(file(page(record("a"), record("lost", size=size), record("b"))), WHOSE)
    assert names(found) == ["a", "b"]
    assert "1 cookie could not be read" in problem(found)


@pytest.mark.parametrize("field", range(4))
@pytest.mark.parametrize("start", [0, FIELDS.size - 1, 10_000, 2**31, HUGE])
def test_a_text_that_would_begin_outside_its_cookie_costs_that_cookie_only(
    field: int, start: int
) -> None:
    starts = [start if number == field else None for number in range(4)]
    found = parse(file(page(record("a"), record("lost", starts=starts), record("b"))), WHOSE)
    assert names(found) == ["a", "b"]
    assert "1 cookie could not be read" in problem(found)


def test_a_text_without_an_end_does_not_run_into_the_next_cookie() -> None:
    found = parse(file(page(record("a"), record("lost", last=b""), record("b"))), WHOSE)
    assert names(found) == ["a", "b"]
    assert "1 cookie could not be read" in problem(found)


def test_all_that_was_lost_is_told_in_one_line(tmp_path: Path) -> None:
    lost = page(record("a"), record(last=b""), record(size=1))
    jar = opened(tmp_path, file(lost, page(mark=b"page"), page(mark=b"page"))).read()
    assert names(jar) == ["a"]
    assert "page 2, page 3, 2 cookies could not be read" in problem(jar)
    assert str(tmp_path / "Cookies.binarycookies") in problem(jar)


def test_a_file_of_damaged_pages_only_is_told_in_a_line_that_can_be_read() -> None:
    assert len(problem(parse(file(*[page(mark=b"page")] * 5000), WHOSE))) < 500


def test_no_value_is_in_what_is_told_of_damage() -> None:
    wrong = record("n4me", value="s3cr3t", starts=[None, None, None, HUGE])
    found = parse(file(page(wrong), page(wrong, mark=b"page")), WHOSE)
    assert "s3cr3t" not in problem(found)
    assert "n4me" not in problem(found)


def test_one_cookie_that_is_named_twice_is_one_cookie() -> None:
    first = 4 + 4 + 3 * 4 + 4
    content = file(page(record("a"), record("b"), record("c"), offsets=[first] * 3))
    assert names(parse(content, WHOSE)) == ["a"]


def test_cookies_that_overlap_are_not_read_over_and_over() -> None:
    # Every fourth byte begins a cookie that says it is half the page: reading them all would copy
    # the page hundreds of thousands of times.
    size, count = 2_000_000, 250_000
    offsets = [4 + 4 + 4 * count + 4 + 4 * number for number in range(count)]
    content = file(page(struct.pack("<I", size) * (2 * size // 4), offsets=offsets))
    before = time.process_time()
    found = parse(content, WHOSE)
    assert time.process_time() - before < 5
    assert names(found) == []
    assert "250000 cookies" in problem(found)


def test_cookies_that_share_a_long_text_hold_no_more_than_their_page_does() -> None:
    # Every one says that it reaches to the end of the page, and that its value is the last one's.
    count, width, text = 50, len(record("a")), b"x" * 100_000
    last = record("a", value=text)
    whole = (count - 1) * width + len(last)
    value = whole - len(text) - 1
    shared = [
        record("a", size=whole - start, starts=[None, None, None, value - start])
        for start in range(0, (count - 1) * width, width)
    ]
    content = page(*shared, last)
    found = parse(file(content), WHOSE)
    values = [value or "" for _, value in found.cookies]
    assert values[0] == text.decode()
    assert sum(map(len, values)) <= len(content)
    assert f"{count - 1} cookies" in problem(found)


def check(content: bytes) -> None:
    """Whatever is in a file, reading it ends, and with cookies that can be shown."""
    found = parse(content, WHOSE)
    assert len(found.problems) <= 1
    for cookie, value in found.cookies:
        assert (cookie.size or 0) <= len(content)
        assert value is not None
        assert len(cookie.id) == 16
        for moment in (cookie.created, cookie.expires):
            assert moment is None or abs(moment) < 2**63


@given(st.binary(max_size=200))
@example(b"")
@example(b"\xff" * 100)
@example(b"\x00" * 100)
def test_whatever_follows_the_first_word_stops_no_scan(rest: bytes) -> None:
    check(b"cook" + rest)


@given(st.lists(st.binary(max_size=120), max_size=4), st.lists(st.integers(0, 60), max_size=4))
def test_whatever_is_in_a_page_stops_no_scan(bodies: list[bytes], offsets: list[int]) -> None:
    check(file(FIRST, *(page(body, offsets=offsets) for body in bodies), SECOND))


@given(st.integers(4, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_whatever_is_written_over_a_whole_file_stops_no_scan(at: int, written: bytes) -> None:
    check(WHOLE[:at] + written + WHOLE[at + len(written) :])
