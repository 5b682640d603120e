"""A policy written as a file of the person's own is the same policy when it is loaded again."""

import datetime
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.loading import PolicyFile, load_catalogue, load_policies, policies_in
from cookietui.catalogue.writing import to_toml
from cookietui.model.policy import Declaration, Match, Party, Policy, Purpose, Trust
from tests.making import declaration, policy

FILE = Path("policy.toml")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PATTERN = TEXT.filter(lambda text: text.strip("*"))
HOSTS = st.lists(TEXT, max_size=3).map(tuple)
DECLARATIONS = st.builds(
    Declaration,
    pattern=PATTERN,
    purpose=st.sampled_from(list(Purpose)),
    description=TEXT,
    match=st.sampled_from([Match.EXACT, Match.GLOB]),
    hosts=HOSTS,
    provider=TEXT,
    function=TEXT,
    lifetime=TEXT,
    party=st.sampled_from(list(Party)),
    anonymised=st.booleans(),
    if_deleted=TEXT,
)
POLICIES = st.builds(
    Policy,
    name=TEXT,
    title=TEXT,
    source=TEXT,
    written=st.dates(),
    hosts=HOSTS,
    declarations=st.lists(DECLARATIONS, max_size=4).map(tuple),
    trust=st.sampled_from(list(Trust)),
)
ODD = {
    "quotes": "a\"b'c\"\"\"d'''",
    "backslashes": "a\\nb\\",
    "line ends": "a\nb\r\nc\u2028d\x85e",
    "control characters": "a\x00b\x08c\x1b[31md\te",
    "DEL": "a\x7fb",
    "C1": "a\x9b31mb",
    "right to left": "a\u202eb\u2066c",
    "emoji": "a\U0001f36ab\U0001f468\u200d\U0001f469",
    "beyond what is assigned": "a\U0010ffffb\ue000c",
    "TOML": 'a = """ [[policies]] # b',
}


def again(each: Policy) -> Policy:
    """A policy once it was written and loaded."""
    (found,) = policies_in(FILE, to_toml(each).encode())
    return found


@given(POLICIES)
def test_any_policy_comes_back_as_it_was(each: Policy) -> None:
    assert again(each) == each


def test_every_policy_that_comes_with_the_program_comes_back(tmp_path: Path) -> None:
    builtin = tuple(load_catalogue(tmp_path).builtin)
    text = "\n".join(map(to_toml, builtin))
    assert msgspec.convert(tomllib.loads(text), PolicyFile).policies == builtin


@given(st.lists(POLICIES, min_size=2, max_size=3))
def test_several_policies_stand_in_one_file(each: list[Policy]) -> None:
    assert policies_in(FILE, "\n".join(map(to_toml, each)).encode()) == tuple(each)


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_odd_names_come_back_and_cannot_act_on_a_terminal(tmp_path: Path, name: str) -> None:
    each = msgspec.structs.replace(policy(name, declaration(name, hosts=(name,))), source=name)
    text = to_toml(each)
    assert all(character.isprintable() or character == "\n" for character in text)
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    assert load_policies(file) == (each,)


def test_half_characters_which_no_file_can_hold_are_marked() -> None:
    each = policy("half", declaration("a\ud800b\udcffc"))
    assert again(each).declarations[0].pattern == "a\ufffdb\ufffdc"


def test_a_regular_expression_comes_back() -> None:
    each = policy("mine", declaration(r"_a\d+\.[\"']\\", match=Match.REGEX))
    assert again(each) == each


def test_what_goes_without_saying_is_not_said() -> None:
    text = to_toml(policy("mine", Declaration("basket", Purpose.NECESSARY, "Remembers.")))
    assert tomllib.loads(text)["policies"] == [
        {
            "name": "mine",
            "title": "Mine",
            "source": "https://mine.example/policy",
            "written": datetime.date(2026, 11, 23),
            "declarations": [
                {"pattern": "basket", "purpose": "necessary", "description": "Remembers."}
            ],
        }
    ]


def test_a_policy_without_a_row_comes_back() -> None:
    assert again(policy("mine", hosts=("shop.example",))).hosts == ("shop.example",)
