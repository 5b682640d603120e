"""Policies load whole or not at all, and what is wrong is told with its file and place."""

from pathlib import Path

import pytest

from cookietui.catalogue.loading import load_catalogue, load_policies
from cookietui.errors import CatalogueError
from cookietui.model.policy import Match, Purpose

POLICY = """
[[policies]]
name = "mine"
title = "My policy"
source = "https://shop.example/cookies"
written = 2026-11-23
hosts = ["shop.example"]

[[policies.declarations]]
pattern = "basket"
purpose = "necessary"
description = "Remembers what is in the basket."
"""

WRONG = {
    "an unknown key of a declaration": (POLICY + 'colour = "red"\n', "colour"),
    "an unknown key of a policy": (POLICY.replace("title =", 'nick = "x"\ntitle ='), "nick"),
    "an unknown key of the file": ("extra = 1\n" + POLICY, "extra"),
    "a key that is missing": (POLICY.replace('title = "My policy"\n', ""), "title"),
    "a text where a list belongs": (
        POLICY.replace('["shop.example"]', '"shop.example"'),
        "$.policies[0].hosts",
    ),
    "a number where a text belongs": (
        POLICY.replace('"basket"', "7"),
        "$.policies[0].declarations[0].pattern",
    ),
    "a purpose that there is not": (
        POLICY.replace('"necessary"', '"essential"'),
        "$.policies[0].declarations[0].purpose",
    ),
    "a day that is none": (POLICY.replace("2026-11-23", '"yesterday"'), "written"),
    "broken TOML": (POLICY.replace('"basket"', '"basket'), "line 10"),
    "a pattern of wildcards only": (POLICY.replace('"basket"', '"**"'), "mine"),
    "an empty pattern": (POLICY.replace('"basket"', '""'), "mine"),
    "a broken regular expression": (
        POLICY.replace('"basket"', '"bas(ket"\nmatch = "regex"'),
        "'bas(ket'",
    ),
    "brackets nested beyond measure": ("a = " + "[" * 100_000, "policy.toml"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def test_the_built_in_policies_and_the_four_kinds_load(tmp_path: Path) -> None:
    catalogue = load_catalogue(tmp_path)
    assert {"opendatasoft", "google-analytics"} <= {policy.name for policy in catalogue.builtin}
    assert set(catalogue.kinds) == {"necessary", "statistical", "first-party", "third-party"}
    assert catalogue.own == ()


def test_a_folder_of_own_policies_need_not_exist(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "nothing" / "here").own == ()


def test_own_policies_are_kept_apart_from_the_built_in_ones(file: Path) -> None:
    file.write_text(POLICY)
    catalogue = load_catalogue(file.parent)
    assert [policy.name for policy in catalogue.own] == ["mine"]
    assert catalogue.own[0].of_site
    assert "mine" not in {policy.name for policy in catalogue.builtin}


def test_files_that_are_no_toml_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a policy")
    assert load_catalogue(tmp_path).own == ()


def test_what_a_declaration_does_not_say_has_its_default(file: Path) -> None:
    file.write_text(POLICY)
    [declaration] = load_policies(file)[0].declarations
    assert declaration.purpose is Purpose.NECESSARY
    assert declaration.match is Match.EXACT
    assert (declaration.hosts, declaration.if_deleted) == ((), "")


def test_a_regular_expression_that_is_one_loads(file: Path) -> None:
    file.write_text(POLICY.replace('"basket"', '"bas(ket)?"\nmatch = "regex"'))
    assert load_policies(file)[0].declarations[0].match is Match.REGEX


@pytest.mark.parametrize(("text", "place"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_by_its_name_and_place(file: Path, text: str, place: str) -> None:
    file.write_text(text)
    with pytest.raises(CatalogueError) as caught:
        load_policies(file)
    assert str(file) in caught.value.message
    assert place in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_utf_8_is_told_by_its_byte(file: Path) -> None:
    file.write_bytes(b'# caf\xe9\nname = "x"\n')
    with pytest.raises(CatalogueError, match=r"policy\.toml: byte 5 is not UTF-8"):
        load_policies(file)


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(file.parent)
    assert str(file) in caught.value.message


def test_a_link_that_leads_nowhere_is_told(file: Path) -> None:
    file.symlink_to("nowhere.toml")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(file.parent)
    assert str(file) in caught.value.message


def test_own_policies_that_cannot_be_listed_are_told_and_not_taken_for_none(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "policies"
    folder.symlink_to(folder)  # a loop: nobody can list it, not even root
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert str(folder) in caught.value.message


def test_a_file_in_the_place_of_the_folder_of_own_policies_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.write_text(POLICY)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert str(folder) in caught.value.message


def test_a_file_wrong_in_its_last_row_gives_nothing_of_its_first(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(POLICY)
    second = POLICY.replace("mine", "other").replace('"basket"', '"(["\nmatch = "regex"')
    (tmp_path / "b.toml").write_text(POLICY.replace("mine", "third") + second)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert "b.toml" in caught.value.message
    assert "other" in caught.value.message
