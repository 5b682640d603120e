"""Strangers' text comes out printable, on one line, and never two texts alike."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cookietui.text import plural, visible

# What attackers reach for, beside anything at all: surrogates included, as stores give them.
_HOSTILE = st.sampled_from(
    [
        "\x1b", "\u202e", "\u009b", "\n", "\r", "\t", "\\", "\u200b", "\u200d", "\u0301", "\x00",
        "\udce9", "\udcff", "\ufeff", "\u2028", "\u3164", "\u00a0", "\U000e0041", "x", "e", "9",
        "X", "u", "U", "0", " ",
    ]
)  # fmt: skip
_ANYTHING = st.text(st.one_of(_HOSTILE, st.characters(exclude_categories=())), max_size=12)


@given(_ANYTHING)
@example("\x1b[31m")
@example("n" * 4096)
@example("\u0301" * 4096)
@example("\udce9" * 4096)
def test_only_printable_characters_on_one_line_come_out(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(_ANYTHING, _ANYTHING)
@example("\x1b", "\\x1b")
@example("\udcff", "\u00ff")
@example("\udcff", "\\Xff")
@example("\u200b9", "\\u200b9")
@example("\u009b", "\udc9b")
@example("\\", "\\\\")
@example("e\u0301", "\u00e9")
@example("a", "a\u200b")
def test_different_texts_never_look_the_same(one: str, other: str) -> None:
    assume(one != other)
    assert visible(one) != visible(other)


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_different_bytes_in_a_store_never_look_the_same(one: bytes, other: bytes) -> None:
    assume(one != other)
    first, second = (raw.decode("utf-8", "surrogateescape") for raw in (one, other))
    assert visible(first) != visible(second)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("_ga_AB12", "_ga_AB12"),
        ("two words", "two words"),
        ("言語設定", "言語設定"),
        ("🍪", "🍪"),
        ("", ""),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb", "a\\x0ab"),
        ("prefs\u202egnp.exe", "prefs\\u202egnp.exe"),
        ("x\u009b31m", "x\\x9b31m"),
        ("back\\slash", "back\\\\slash"),
        ("\udce9t\udcff", "\\Xe9t\\Xff"),
        ("e\u0301", "e\\u0301"),
        ("\U000e0067", "\\U000e0067"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_hides_or_acts_is_written_out_and_all_else_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("blank", ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\U0001d159"])
def test_characters_that_draw_nothing_are_written_out(blank: str) -> None:
    assert visible(blank).isascii()


def test_a_plural_has_an_s_for_all_counts_but_one() -> None:
    said = [plural(count, "cookie") for count in (0, 1, 2)]
    assert said == ["0 cookies", "1 cookie", "2 cookies"]
