"""The person's word about what a cookie is for."""

import json

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_commands import SHOP


def told(cli: Cli, name: str) -> dict[str, object]:
    found = cli.json("list", SHOP, "--name", name)["cookies"][0]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("purpose", ["necessary", "preferences", "statistics", "marketing"])
def test_what_the_person_says_wins_over_everybody(cli: Cli, purpose: str) -> None:
    assert cli("say", SHOP, "_ga", purpose, "--note", "so I think").code == 0
    found = told(cli, "_ga")
    assert (found["purpose"], found["basis"], found["kept"]) == (purpose, "user", False)


def test_saying_what_it_is_for_leaves_it_kept_and_keeping_it_is_taken_back_with_it(
    cli: Cli,
) -> None:
    cli("keep", "add", SHOP, "_ga")
    cli("say", SHOP, "_ga", "marketing")
    found = told(cli, "_ga")
    assert (found["purpose"], found["kept"], found["suggestion"]) == ("marketing", True, "keep")
    cli("keep", "add", SHOP, "_ga", "--note", "again")
    assert told(cli, "_ga")["purpose"] == "marketing"
    cli("keep", "remove", SHOP, "_ga")
    found = told(cli, "_ga")
    assert (found["basis"], found["kept"]) == ("catalogue", False)


def test_the_word_is_written_down_without_any_value(cli: Cli) -> None:
    cli("say", SHOP, "_g*", "necessary", "--note", "mine")
    said = json.loads(cli.environment.kept.read_text())
    assert said == {
        "overrides": [{"name": "_g*", "host": SHOP, "purpose": "necessary", "note": "mine"}]
    }


def test_a_purpose_that_is_none_is_refused(cli: Cli) -> None:
    ran = cli("say", SHOP, "_ga", "evil")
    assert (ran.code, ran.out) == (2, "")
    assert not cli.environment.kept.exists()
