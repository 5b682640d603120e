"""What a value reads like: told where its form is known, and nothing where it is only itself."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.judging.decoding import decode
from cookietui.judging.explain import Fact

LABELS = {
    "Decoded", "Base64", "JSON", "JWT", "Signed by", "Issued", "Valid from", "Valid until",
    "Reads like",
}  # fmt: skip
LONGEST = 64 * 1024
# The example of RFC 7519, section 3.1, line ends and all.
RFC_7519 = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)


def told(value: str) -> list[tuple[str, str]]:
    """What is told of a value, line by line."""
    return [(fact.label, fact.text) for fact in decode(value)]


def encoded(text: str | bytes, *, bare: bool = True) -> str:
    raw = text.encode() if isinstance(text, str) else text
    whole = base64.urlsafe_b64encode(raw).decode()
    return whole.rstrip("=") if bare else whole


def token(payload: Any, header: Any = None) -> str:  # noqa: ANN401 - whatever JSON holds
    """A JSON web token of nobody's."""
    parts = (header or {"alg": "HS256", "typ": "JWT"}, payload)
    return ".".join([*(encoded(json.dumps(part)) for part in parts), "c2ln"])


@pytest.mark.parametrize(
    "value",
    [
        "", "1", "dark", "en-GB", "true", "null", "12345", "necessary", "international",
        "sessionid", "[object Object", "{", "a.b.c", "%", "100%", "%zz", "%e9t%e9",
        "6f1ed002ab5595859014ebf0951522d9", "2026-01-01T00:00:00Z", "\udcff\udcfe", "日本語",
        "GA1.2.x.1700000000", "GA1.2.1.17", "fb.1.17.5", "GS2.1", "eyJ.eyJ.", "x" * 4096,
    ],
)  # fmt: skip
def test_of_a_value_that_is_only_itself_nothing_is_told(value: str) -> None:
    assert decode(value) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a%20b", "a b"),
        ("%25", "%"),
        ("caf%C3%A9", "café"),
        ("%7C%3a%7c", "|:|"),
        ("100%%20", "100% "),
        ("\udcff%20", "\udcff "),
        ("%2520", "%20"),
    ],
)
def test_url_encoding_is_undone_once(value: str, text: str) -> None:
    assert told(value) == [("Decoded", text)]


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("text", ["subjects?_d", "~~~???>>>", "früh, spät", "two words!"])
def test_base64_of_either_alphabet_is_read_padded_or_not(text: str, bare: bool) -> None:
    url_safe = encoded(text, bare=bare)
    for value in (url_safe, url_safe.replace("-", "+").replace("_", "/")):
        assert told(value) == [("Base64", text)]


@pytest.mark.parametrize(
    "raw",
    [b"\x00" * 9, b"\xff\xfe\xfd\xfc\xfb\xfa", b"line\nline", b"bell\x07bell", b"\x1b[31mred"],
)
def test_base64_of_what_is_no_text_to_read_is_not_told(raw: bytes) -> None:
    assert decode(encoded(raw)) == ()
    assert decode(encoded(raw, bare=False)) == ()


@pytest.mark.parametrize("value", ["YWJjZGVmZ", "YWJj=ZGVm", "YWJjZGVm===", "YWJj ZGVm", "YQ=="])
def test_what_only_resembles_base64_is_not_taken_apart(value: str) -> None:
    assert decode(value) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('{"a":1}', '{"a": 1}'),
        ("[]", "[]"),
        ('["日本語"]', '["日本語"]'),
        ('{"\\ud800":"\\u001b"}', '{"\ud800": "\\u001b"}'),
    ],
)
def test_an_object_or_list_in_json_is_told(value: str, text: str) -> None:
    assert told(value) == [("JSON", text)]


def test_what_is_wrapped_in_something_is_unwrapped_step_by_step() -> None:
    document = '{"lang": "français?", "seen": [1, 2]}'
    assert told(quote(document)) == [("Decoded", document), ("JSON", document)]
    assert told(encoded(document)) == [("Base64", document), ("JSON", document)]
    padded = base64.b64encode(document.encode()).decode()
    assert "=" in padded
    assert told(quote(padded)) == [("Decoded", padded), ("Base64", document), ("JSON", document)]


def test_a_web_token_tells_what_it_holds_and_when_it_is_valid() -> None:
    payload = {"sub": "42", "iat": 1_700_000_000, "nbf": 1_700_000_060.5, "exp": 1_800_000_000}
    assert told(token(payload)) == [
        ("JWT", json.dumps(payload)),
        ("Signed by", "HS256"),
        ("Issued", "2023-11-14 22:13 UTC"),
        ("Valid from", "2023-11-14 22:14 UTC"),
        ("Valid until", "2027-01-15 08:00 UTC"),
    ]


def test_a_web_token_without_a_signature_or_an_algorithm_is_one_too() -> None:
    value = token({"sub": "x"}, {"typ": "JWT"}).removesuffix("c2ln")
    assert told(value) == [("JWT", '{"sub": "x"}'), ("Signed by", "not said")]


def test_a_web_token_whose_json_has_line_ends_is_read() -> None:
    (first, *_) = decode(RFC_7519)
    assert first.label == "JWT"
    assert Fact("Valid until", "2011-03-22 18:43 UTC") in decode(RFC_7519)


@pytest.mark.parametrize(
    "moment",
    [
        "1700000000", None, [], {}, True, -1, 0, 253_402_300_800, 10**400, float("nan"),
        float("inf"), -float("inf"), 1e300,
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_not_told_as_one(moment: object) -> None:
    labels = [label for label, _ in told(token({"iat": moment, "exp": moment}))]
    assert labels == ["JWT", "Signed by"]


def test_the_last_time_that_can_be_written_is_told() -> None:
    assert ("Valid until", "9999-12-31 23:59 UTC") in told(token({"exp": 253_402_300_799}))


@pytest.mark.parametrize("broken", ['{"alg":', '{"alg"}', '{"a": 1}, 2', '{"\x00":1}'])
def test_what_only_resembles_a_web_token_is_none(broken: str) -> None:
    whole = encoded('{"a": 1}')
    assert decode(f"{encoded(broken)}.{whole}.c2ln") == ()
    assert decode(f"{whole}.{encoded(broken)}.c2ln") == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            "GA1.1.123456789.1700000000",
            "Google Analytics visitor 123456789.1700000000, first seen 2023-11-14 22:13 UTC",
        ),
        ("GS1.1.1700000000.3.1.1700000100.0.0.0",
         "a Google Analytics visit that began 2023-11-14 22:13 UTC"),
        ("GS2.1.s1700000000$o7$g1$t1700000100$j60$l0$h0",
         "a Google Analytics visit that began 2023-11-14 22:13 UTC"),
        ("fb.1.1700000000000.987654321",
         "Meta visitor 987654321, first seen 2023-11-14 22:13 UTC"),
    ],
)  # fmt: skip
def test_the_visitor_numbers_of_google_and_meta_are_read(value: str, text: str) -> None:
    assert told(value) == [("Reads like", text)]


def test_control_characters_stay_what_they_are_for_whoever_draws_them() -> None:
    assert told("%1b%5b31m%0d%0a%e2%80%ae") == [("Decoded", "\x1b[31m\r\n\u202e")]
    assert told("fb.1.1700000000000.\x1b")[0][1].startswith("Meta visitor \x1b,")


def test_a_value_that_is_far_too_long_is_left_alone() -> None:
    longest = f"{'x' * (LONGEST - 3)}%20"
    assert told(longest) == [("Decoded", f"{'x' * (LONGEST - 3)} ")]
    assert decode(f"{longest}x") == ()


@pytest.mark.parametrize("depth", [10, *range(940, 1000, 3), 5_000, LONGEST // 2])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"":', "}")])
def test_nesting_without_end_is_told_or_left_alone(depth: int, start: str, end: str) -> None:
    labels = [label for label, _ in told(start * depth + "1" * (start != "[") + end * depth)]
    assert labels in ([], ["JSON"])
    assert labels == ["JSON"] or depth > 10


def harmless(value: str) -> None:
    """Be sure that whatever is told of a value is text under a label that is known."""
    for label, text in told(value):
        assert label in LABELS
        assert isinstance(text, str)


TEXTS = st.text(st.characters(exclude_categories=()))
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
TIMES = st.fixed_dictionaries({"iat": JSONS, "exp": st.integers() | st.floats()})


@given(st.from_regex(r"(GA1|GS[12]|fb)\.\d\.\w{0,14}[.$]?.*") | TEXTS)
def test_no_text_whatever_is_too_much(value: str) -> None:
    harmless(value)


@given(st.binary(), st.sampled_from([base64.b64encode, base64.urlsafe_b64encode, quote]))
def test_no_bytes_in_any_wrapping_are_too_much(raw: bytes, wrap: Any) -> None:  # noqa: ANN401
    wrapped = wrap(raw)
    harmless(wrapped if isinstance(wrapped, str) else wrapped.decode())


@given(JSONS, JSONS | TIMES)
def test_no_document_in_any_wrapping_is_too_much(header: object, payload: object) -> None:
    document = json.dumps(payload)
    for value in (document, quote(document), encoded(document), token(payload, header)):
        harmless(value)


@given(TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_whatever_was_url_encoded_comes_back(text: str) -> None:
    wrapped = quote(text)
    assert (wrapped == text) or told(wrapped)[0] == ("Decoded", text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=6))
def test_every_text_to_read_comes_back_from_base64(text: str) -> None:
    assert told(encoded(text))[0] == ("Base64", text)
