"""Names of cookies as policies write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing.names import can_be_name, looks_like_name, names_in
from cookietui.model.policy import Match


def patterns(cell: str) -> list[str]:
    return [named.pattern for named in names_in(cell)]


@pytest.mark.parametrize(
    ("cell", "pattern"),
    [
        ("_ga", "_ga"),
        ("_ga_*", "_ga_*"),
        ("_ga_<container-id>", "_ga_*"),
        ("_ga_{id}", "_ga_*"),
        ("_ga_{{ id }}", "_ga_*"),
        ("_ga_[ID]", "_ga_*"),
        ("_ga_###", "_ga_*"),
        ("_ga_XXXXXXX", "_ga_*"),
        ("_ga_xxx", "_ga_*"),
        ("_ga_%s", "_ga_*"),
        ("_ga_%ID%", "_ga_*"),
        ("_ga_...", "_ga_*"),
        ("_ga_\u2026", "_ga_*"),
        ("_ga_", "_ga_*"),
        ("_gat_UA-nnnn-nn", "_gat_UA-*-*"),
        ("any cookie starting with wp-settings-", "wp-settings-*"),
        ("cookies whose names begin with _ga", "_ga*"),
        ("_ga (followed by an identifier)", "_ga*"),
        ("_ga (prefix)", "_ga*"),
        ("_pk_id", "_pk_id*"),
        ("._jsuid", "._jsuid"),
        ("ASP.NET_SessionId", "ASP.NET_SessionId"),
        ("\u201e_ga\u201c", "_ga"),
        ("_ga cookie", "_ga"),
        ("_ga (third party)", "_ga"),
        ("_ga\uff08Google\uff09", "_ga"),
        ("_ga [x2]", "_ga"),
        ("_ga (\u00d7 3)", "_ga"),
        ("ASP.Net Session Id", "ASP.Net Session Id"),
    ],
)
def test_a_name_in_any_notation_becomes_one_pattern(cell: str, pattern: str) -> None:
    (named,) = names_in(cell)

    assert named.pattern == pattern
    assert named.match is (Match.GLOB if "*" in pattern else Match.EXACT)


@pytest.mark.parametrize(
    "cell",
    ["_ga, _gid", "_ga; _gid", "_ga\n_gid", "_ga / _gid", "_ga and _gid", "_ga et _gid", "_ga _gid",
     "_ga\n_gid\nGoogle Analytics", "_ga (a, b), _gid"],
)  # fmt: skip
def test_several_names_in_a_cell_are_all_read(cell: str) -> None:
    assert patterns(cell) == ["_ga", "_gid"]


@pytest.mark.parametrize(
    "cell",
    ["", " ", "none", "keine", "-", "This remembers your choice", "We use cookies and pixels",
     "two words", "name, address and language of a visitor", "\u201e\u201c", "a" * 201],
)  # fmt: skip
def test_what_names_nothing_gives_no_name(cell: str) -> None:
    assert names_in(cell) == ()


def test_more_names_than_any_cell_holds_are_none() -> None:
    assert len(names_in(", ".join(f"a_{number}" for number in range(200)))) == 200
    assert names_in(", ".join(f"a_{number}" for number in range(201))) == ()


@pytest.mark.parametrize("token", ["_ga", "SESSION1", "wpEmojiSettings", ".session", "sid2", "a_*"])
def test_a_word_that_can_only_be_a_name_is_told(token: str) -> None:
    assert looks_like_name(token)


@pytest.mark.parametrize(
    "token",
    ["cookie", "Google", "YouTube", "first-party", "google.com", "https://a_b.example", "/a_b",
     "2.500", "GDPR", "iPhone", "#a_b", "a_", "a" * 1_000_000 + "_"],
)  # fmt: skip
def test_a_word_that_may_be_any_other_is_not_taken_for_a_name(token: str) -> None:
    assert not looks_like_name(token)


def test_only_characters_of_names_can_be_one() -> None:
    assert can_be_name("consent")
    assert not can_be_name("zwei Worte")
    assert not can_be_name("größe")


@given(st.text() | st.text(alphabet="_a*xX#<>{}[]%.-(), \n0N"))
def test_no_pattern_matches_everything_and_none_is_empty(cell: str) -> None:
    for named in names_in(cell):
        assert named.pattern
        assert named.match is Match.EXACT or named.pattern.strip("*")
        assert len(named.pattern) <= 2 * 200
