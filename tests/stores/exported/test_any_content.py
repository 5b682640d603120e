"""Whatever is in a file, it is cookies or an error that a person can be told."""

import json
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import StoreError
from cookietui.stores.choosing import file_profile
from cookietui.stores.exported import parse
from tests.stores.exported.files import names

WHOSE = file_profile(Path("/nowhere/cookies"))
HEADING = "# Netscape HTTP Cookie File\n"
# Half characters too: JSON can hold them, and browsers do write them.
TEXT = st.text(st.characters(), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        *("name", "host", "domain", "path", "value", "session", "secure", "created", "expires"),
        *("last_used", "size", "encryption", "host_only", "same_site", "http_only", "partition"),
        *("container", "expirationDate", "hostOnly", "httpOnly", "sameSite", "partitionKey"),
        "_crHasCrossSiteAncestor",
    ]
)
ENTRIES = st.lists(
    st.builds(
        lambda base, more: base | more,
        st.sampled_from(
            [{"name": "id", "host": "a.example"}, {"name": "id", "domain": "a.example"}, {}]
        ),
        st.dictionaries(KEYS | TEXT, JSON, max_size=4),
    ),
    max_size=4,
)
FIELDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n"), max_size=8)
FLAGS = st.sampled_from(["TRUE", "FALSE", "true"])
LINES = st.lists(
    st.tuples(
        st.just(".a.example") | FIELDS,
        FLAGS | FIELDS,
        FIELDS,
        FLAGS | FIELDS,
        st.integers().map(str) | st.floats().map(str) | FIELDS,
        FIELDS,
        FIELDS,
    ),
    max_size=4,
)


def check(content: bytes) -> None:
    """Reading it ends, with cookies that can be shown or with an error of one line."""
    try:
        found = parse(content, WHOSE)
    except StoreError as error:
        told = error.message
    else:
        assert all(len(cookie.id) == 16 for cookie, _ in found.cookies)
        assert all(isinstance(value, str | None) for _, value in found.cookies)
        assert len(found.problems) <= 1
        told = "".join(problem.message for problem in found.problems) or str(WHOSE.store)
    assert told.startswith(str(WHOSE.store))
    assert len(told) < 500


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf\xff")
@example(b'["\xed\xa0\x80"]')
def test_any_bytes_are_cookies_or_an_error(content: bytes) -> None:
    check(content)


@given(st.text(max_size=100), st.sampled_from(["", "[", "{", '{"cookies":[', HEADING]))
def test_any_text_is_cookies_or_an_error(text: str, start: str) -> None:
    check((start + text).encode())
    check(b"\xff\xfe" + (start + text).encode("utf-16-le"))


@given(JSON)
def test_any_json_is_cookies_or_an_error(document: object) -> None:
    check(json.dumps(document).encode())
    check(json.dumps([document]).encode())


@given(ENTRIES)
@example([{"name": "id", "host": "a.example", "created": "9999-12-31T23:59:59-23:59"}])
@example([{"name": "id", "host": "a.example", "created": "0001-01-01T00:00:00+23:59"}])
@example([{"name": "id", "domain": "a.example", "expires": 10**400}])
@example([{"name": "id", "host": "a.example", "size": -(10**400)}])
def test_any_attributes_of_cookies_are_shown_or_told(entries: list[object]) -> None:
    check(json.dumps(entries).encode())
    check(json.dumps({"cookies": entries}).encode())


@given(LINES)
def test_any_fields_of_cookies_are_shown_or_told(lines: list[tuple[str, ...]]) -> None:
    text = HEADING + "".join("\t".join(fields) + "\n" for fields in lines)
    check(text.encode())


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_every_whole_line_of_a_file_is_one_cookie(called: list[str]) -> None:
    text = "".join(f"a.example\tTRUE\t/\tTRUE\t0\t{name}\tv\n" for name in called)
    assert names(parse(text.encode(), WHOSE)) == called
