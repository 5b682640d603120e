"""The cookies.txt that is written says what the cookies are, or says that it does not."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import UnreadableValueError
from cookietui.model.cookie import Container, Cookie, Partition
from cookietui.operations.exporting import FORMATS
from tests.making import NOW, SECOND, cookie, embedded, session
from tests.operations.exporting.written import (
    ANY_TEXT,
    export,
    judged_as_unknown,
    numbered,
    read_back,
    said,
    why,
    written,
)

END = NOW // SECOND + 864_000
HEADING = "# Netscape HTTP Cookie File"

TIMES = st.one_of(
    st.just({"session": True, "expires": None}),
    st.builds(
        lambda seconds: {"session": False, "expires": seconds * SECOND},
        st.integers(1, 9_000_000_000_000),
    ),
)
COOKIES = st.builds(
    lambda name, host, path, flags, time: cookie(
        name, host, path=path, secure=flags[0], http_only=flags[1], same_site=None, **time
    ),
    st.just("id") | ANY_TEXT,
    st.sampled_from(["shop.example", ".shop.example", ".", ""]) | ANY_TEXT,
    st.just("/") | ANY_TEXT | ANY_TEXT.map("/{}".format),
    st.tuples(st.booleans(), st.booleans()),
    TIMES,
)


def lines(text: str) -> list[str]:
    return [each for each in text.split("\n") if each and not each.startswith("# ")]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, f".shop.example\tTRUE\t/\tTRUE\t{END}\tid\tv"),
        ({"host": "shop.example"}, f"shop.example\tFALSE\t/\tTRUE\t{END}\tid\tv"),
        ({"http_only": True}, f"#HttpOnly_.shop.example\tTRUE\t/\tTRUE\t{END}\tid\tv"),
        ({"http_only": None}, f".shop.example\tTRUE\t/\tTRUE\t{END}\tid\tv"),
        ({"secure": False, "path": "/a b"}, f".shop.example\tTRUE\t/a b\tFALSE\t{END}\tid\tv"),
        ({"session": True, "expires": None}, ".shop.example\tTRUE\t/\tTRUE\t0\tid\tv"),
        ({"expires": END * SECOND + 999_999}, f".shop.example\tTRUE\t/\tTRUE\t{END}\tid\tv"),
        ({"expires": 1}, ".shop.example\tTRUE\t/\tTRUE\t1\tid\tv"),
        ({"expires": -5 * SECOND}, ".shop.example\tTRUE\t/\tTRUE\t1\tid\tv"),
        ({"container": Container(6, "Work")}, f".shop.example\tTRUE\t/\tTRUE\t{END}\tid\tv"),
        ({"name": "#é=1"}, f".shop.example\tTRUE\t/\tTRUE\t{END}\t#é=1\tv"),
    ],
)
def test_a_cookie_is_one_line_of_seven_fields(fields: dict[str, object], line: str) -> None:
    exported = written("netscape", cookie(**fields))
    assert exported.text.startswith(f"{HEADING}\n")
    assert lines(exported.text) == [line]
    assert exported.left_out == ()


def test_without_values_the_column_is_empty_and_the_file_says_why() -> None:
    exported = written("netscape", cookie(), value=None)
    assert lines(exported.text) == [f".shop.example\tTRUE\t/\tTRUE\t{END}\tid\t"]
    assert "# Names only: the values were not asked for" in exported.text
    assert "Names only" not in written("netscape", cookie()).text


def test_the_heading_tells_what_was_read_and_when_in_comments_of_one_line() -> None:
    made = msgspec.structs.replace(export(), site="a\nb\tc")
    heading, about, *rest = FORMATS["netscape"](made).text.split("\n")
    assert heading == HEADING
    assert about == "# Cookies of a\\x0ab\\x09c, read by cookietui at 2026-11-18T11:06:40Z"
    assert rest[1:] == ["", ""]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "a\tb"}, "a tab, a line break or another control character"),
        ({"name": "a\nb"}, "a tab, a line break or another control character"),
        ({"name": "a\x00b"}, "control character"),
        ({"name": "a\x85b"}, "control character"),
        ({"path": "/\r"}, "control character"),
        ({"host": "a\nb"}, "control character"),
        ({"name": "a\udce9"}, "not UTF-8"),
        ({"host": "a\udce9"}, "not UTF-8"),
        ({"name": "a;b"}, "a semicolon"),
        ({"name": ""}, "it has no name"),
        ({"host": ""}, "its host"),
        ({"host": "."}, "its host"),
        ({"host": "#shop.example"}, "its host"),
        ({"host": "$shop.example"}, "its host"),
        ({"host": "shop example"}, "its host"),
        ({"path": ""}, "its path is not known"),
        ({"path": "a"}, "its path is not known"),
        ({"secure": None}, "whether it is Secure is not known"),
        ({"expires": None}, "when it expires is not known"),
        ({"partition": Partition("https://news.example", None)}, "apart under https://news.examp"),
    ],
)
def test_a_cookie_the_format_cannot_hold_is_left_out_and_told(
    fields: dict[str, object], reason: str
) -> None:
    odd = cookie(**fields)
    exported = written("netscape", odd)
    assert lines(exported.text) == []
    assert reason in why(exported)
    assert (exported.left_out[0].name, exported.left_out[0].host) == (odd.name, odd.host)


@pytest.mark.parametrize("value", ["a\tb", "a\nb", "a\r", "a\udcff", "a; other=1"])
def test_a_value_the_format_cannot_hold_is_left_out_and_not_told(value: str) -> None:
    exported = written("netscape", cookie(), value=value)
    assert lines(exported.text) == []
    assert value not in why(exported)


def test_partitioned_cookies_are_not_turned_into_plain_ones() -> None:
    exported = written("netscape", embedded("_track"), cookie())
    assert [line.split("\t")[5] for line in lines(exported.text)] == ["id"]
    assert [left.name for left in exported.left_out] == ["_track"]


def test_a_value_that_cannot_be_revealed_is_not_written_as_an_empty_one() -> None:
    known, locked, missing = numbered([cookie("known"), cookie("locked"), cookie("missing")])
    values = {known.key: "", locked.key: UnreadableValueError("no key fits", "unlock it")}
    made = export(*judged_as_unknown(known, locked, missing), values=values)
    exported = FORMATS["netscape"](made)
    assert lines(exported.text) == [f".shop.example\tTRUE\t/\tTRUE\t{END}\tknown\t"]
    assert [(left.name, left.why) for left in exported.left_out] == [
        ("locked", "no key fits"),
        ("missing", "its value was not revealed"),
    ]


def test_of_two_that_programs_cannot_tell_apart_one_is_written_and_the_other_told() -> None:
    work = Container(6, "Work")
    first, second = numbered([cookie("id"), cookie("id", container=work)])
    exported = FORMATS["netscape"](
        export(*judged_as_unknown(first, second), values={first.key: "1", second.key: "2"})
    )
    assert [line.split("\t")[6] for line in lines(exported.text)] == ["1"]
    assert "choose one profile" in why(exported)
    other_path = written("netscape", cookie(), cookie(path="/a"), cookie(host="shop.example"))
    assert len(lines(other_path.text)) == 3


def test_nothing_to_write_is_a_file_without_cookies() -> None:
    assert read_back(written("netscape").text) == []


@given(st.lists(st.tuples(COOKIES, ANY_TEXT), max_size=4))
@example([(session("id", http_only=True, same_site=None), "a=b c\u2028")])
@example([(cookie("x\ty", same_site=None), "v"), (cookie("y", same_site=None), "v\n#HttpOnly_z")])
def test_read_back_it_gives_the_same_cookies_but_for_those_left_out(
    pairs: list[tuple[Cookie, str]],
) -> None:
    cookies = numbered([each for each, _ in pairs])
    values = {each.key: value for each, (_, value) in zip(cookies, pairs, strict=True)}
    exported = FORMATS["netscape"](export(*judged_as_unknown(*cookies), values=dict(values)))
    missing = [(left.name, left.host) for left in exported.left_out]
    found = [said(each, value) for each, value in read_back(exported.text)]
    assert len(found) + len(missing) == len(cookies)
    expected = [said(each, values[each.key]) for each in cookies]
    kept = iter(expected)
    assert all(each in kept for each in found)  # the same, in the same order
    assert sorted(missing + [(e["name"], e["host"]) for e in found]) == sorted(
        (each.name, each.host) for each in cookies
    )


@given(COOKIES, st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=";")))
def test_what_the_format_can_hold_is_never_left_out(each: Cookie, value: str) -> None:
    plain = cookie("id", "shop.example", expires=each.expires, session=each.session)
    assert written("netscape", plain, value=value).left_out == ()
