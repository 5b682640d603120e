"""The JSON for Cookie-Editor is what the extension writes itself, and harms nobody who reads it."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import UnreadableValueError
from cookietui.model.cookie import Cookie, SameSite
from cookietui.operations.exporting import FORMATS
from tests.making import DAY, NOW, cookie, embedded, session
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

# The API counts in seconds with fractions: from 2106 on these are coarser than a microsecond.
COARSE = 2**32 * 1_000_000
KNOWN = st.none() | st.booleans()
TIMES = st.one_of(
    st.just({"session": True, "expires": None}),
    st.just({"session": False, "expires": None}),
    st.builds(lambda at: {"session": False, "expires": at}, st.integers(NOW + 1, COARSE - 1)),
)
UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
COOKIES = st.builds(
    lambda name, host, path, flags, same_site, time: cookie(
        name, host, path=path, secure=flags[0], http_only=flags[1], same_site=same_site, **time
    ),
    UNICODE,
    st.sampled_from(["shop.example", ".shop.example"]) | UNICODE,
    st.just("/") | UNICODE,
    st.tuples(KNOWN, KNOWN),
    st.sampled_from([None, SameSite.NONE, SameSite.LAX, SameSite.STRICT]),
    TIMES,
)


def entries(text: str) -> list[dict[str, Any]]:
    assert text.isascii()
    return json.loads(text)


def test_a_cookie_is_written_with_the_extensions_own_keys() -> None:
    exported = written("cookie-editor", cookie(http_only=True, same_site=SameSite.LAX))
    assert exported.left_out == ()
    assert entries(exported.text) == [
        {
            "domain": ".shop.example",
            "expirationDate": 1_795_864_000,
            "hostOnly": False,
            "httpOnly": True,
            "name": "id",
            "path": "/",
            "sameSite": "lax",
            "secure": True,
            "session": False,
            "storeId": None,
            "value": "v",
        }
    ]


def test_a_session_cookie_of_one_host_has_no_time() -> None:
    (entry,) = entries(written("cookie-editor", session("id", host="shop.example")).text)
    assert "expirationDate" not in entry
    assert (entry["session"], entry["hostOnly"], entry["domain"]) == (True, True, "shop.example")


@pytest.mark.parametrize(
    ("same_site", "word"),
    [
        (SameSite.NONE, "no_restriction"),
        (SameSite.LAX, "lax"),
        (SameSite.STRICT, "strict"),
        (SameSite.UNSET, None),
        (None, None),
    ],
)
def test_same_site_has_the_words_of_the_api(same_site: SameSite | None, word: str | None) -> None:
    (entry,) = entries(written("cookie-editor", cookie(same_site=same_site)).text)
    assert entry["sameSite"] == word


def test_a_value_that_was_not_asked_for_is_null() -> None:
    (entry,) = entries(written("cookie-editor", cookie(), value=None).text)
    assert entry["value"] is None


def test_what_is_not_known_is_null() -> None:
    (entry,) = entries(written("cookie-editor", cookie(secure=None, http_only=None)).text)
    assert (entry["secure"], entry["httpOnly"]) == (None, None)


def test_partitioned_cookies_are_left_out_as_the_extension_would_store_them_without() -> None:
    exported = written("cookie-editor", embedded("_track"))
    assert entries(exported.text) == []
    assert "apart under https://shop.example" in why(exported)


def test_expired_cookies_are_left_out_as_a_browser_would_delete_its_own_for_them() -> None:
    exported = written("cookie-editor", cookie("old", expires=NOW), cookie("new", expires=NOW + 1))
    assert [entry["name"] for entry in entries(exported.text)] == ["new"]
    assert "it has expired" in why(exported)


def test_a_value_that_cannot_be_revealed_is_left_out_with_its_cookie() -> None:
    locked = cookie()
    values = {locked.key: UnreadableValueError("no key fits", "")}
    exported = FORMATS["cookie-editor"](export(*judged_as_unknown(locked), values=values))
    assert entries(exported.text) == []
    assert why(exported) == "no key fits"


@pytest.mark.parametrize("value", ["v\udce9", "\ud800"])
def test_bytes_that_are_not_utf_8_are_left_out(value: str) -> None:
    assert "not UTF-8" in why(written("cookie-editor", cookie(), value=value))
    assert "not UTF-8" in why(written("cookie-editor", cookie(value)))


@given(st.lists(st.tuples(COOKIES, UNICODE), max_size=4))
@example([(cookie("id", same_site=None, expires=NOW + DAY + 123_457), "")])
@example([(cookie("id", same_site=None, expires=2_218_843_180_792_989), "")])
def test_read_back_it_gives_the_same_cookies(pairs: list[tuple[Cookie, str]]) -> None:
    cookies = numbered([each for each, _ in pairs])
    values = {each.key: value for each, (_, value) in zip(cookies, pairs, strict=True)}
    exported = FORMATS["cookie-editor"](export(*judged_as_unknown(*cookies), values=dict(values)))
    first = {(each.name, each.host, each.path): each for each in reversed(cookies)}
    expected = [said(e, values[e.key]) for e in cookies if e in first.values()]
    assert [said(each, value) for each, value in read_back(exported.text)] == expected
    assert len(exported.left_out) == len(cookies) - len(expected)


@given(COOKIES, st.none() | ANY_TEXT)
def test_without_values_too_it_gives_the_same_cookies(each: Cookie, value: str | None) -> None:
    exported = written("cookie-editor", each, value=None)
    assert [said(*found) for found in read_back(exported.text)] == [said(each, None)]
    assert written("cookie-editor", each, value=value).text.isascii()
