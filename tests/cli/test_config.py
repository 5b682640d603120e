"""`config`: where the settings are, and what is in force."""

import json

import msgspec
import pytest

from cookietui.cli.settings import in_force
from cookietui.config import Config
from tests.cli.conftest import Cli
from tests.cli.test_errors import one_line

SETTINGS = """
[[folders]]
browser = "brave"
path = "~/elsewhere"

[backups]
keep_days = 7
keep_megabytes = 500

[screen]
theme = "light"

[keys]
quit = "ctrl+x"
"""


def write(cli: Cli, text: str) -> None:
    cli.environment.settings.parent.mkdir(parents=True, exist_ok=True)
    cli.environment.settings.write_text(text)


def test_without_a_file_everything_is_the_default(cli: Cli) -> None:
    found = cli.json("config")
    assert (found["path"], found["exists"]) == (str(cli.environment.settings), False)
    assert all(each["default"] for each in found["settings"])
    assert {each["key"]: each["value"] for each in found["settings"]} == {
        "folders": [],
        "backups.keep_days": 30,
        "backups.keep_megabytes": 500,
        "screen.theme": "",
        "screen.ascii": False,
        "screen.mouse": True,
    }


def test_what_was_set_is_told_from_what_was_not(cli: Cli) -> None:
    write(cli, SETTINGS)
    found = cli.json("config")
    assert found["exists"] is True
    set_by_person = {
        each["key"]: each["value"] for each in found["settings"] if not each["default"]
    }
    assert set_by_person == {
        "folders": [{"browser": "brave", "path": "~/elsewhere"}],
        "backups.keep_days": 7,
        "screen.theme": "light",
        "keys.quit": "ctrl+x",
    }


def test_every_key_there_is_is_told() -> None:
    def keys(kind: type[msgspec.Struct], before: str = "") -> set[str]:
        found: set[str] = set()
        for field in msgspec.structs.fields(kind):
            inner = isinstance(field.type, type) and issubclass(field.type, msgspec.Struct)
            name = before + field.name
            found |= keys(field.type, f"{name}.") if inner else {name}
        return found

    assert {each.key for each in in_force(Config())} == keys(Config) - {"keys"}


def test_people_read_the_same(cli: Cli) -> None:
    write(cli, SETTINGS)
    ran = cli("config")
    assert (ran.code, ran.err) == (0, "")
    first, *rows = ran.rows
    assert first == [str(cli.environment.settings)]
    told = {key: (json.loads(value), whose) for key, value, whose in rows}
    assert told["backups.keep_days"] == (7, "yours")
    assert told["backups.keep_megabytes"] == (500, "default")
    assert told["screen.theme"] == ("light", "yours")
    assert len(told) == len(cli.json("config")["settings"])


def test_that_there_is_no_file_is_told(cli: Cli) -> None:
    assert "not there" in cli("config").out.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[screen]\ntheme = 1\n", "$.screen.theme"),
        ("[backups]\nkeep_days = -1\n", "$.backups.keep_days"),
        ("[[folders]]\nbrowser = 'lynx'\npath = '/x'\n", "$.folders[0].browser"),
        ("colour = 1\n", "colour"),
        ("[screen\n", "TOML"),
    ],
)
def test_a_mistake_is_told_by_file_and_key(cli: Cli, text: str, key: str) -> None:
    write(cli, text)
    said = one_line(cli("config"), 2)
    assert str(cli.environment.settings) in said
    assert key in said


def test_a_strangers_text_in_it_cannot_act(cli: Cli) -> None:
    write(cli, '[keys]\n"a\\u001b[31m\\tb" = "x\\u202e\\u0007"\n')
    ran = cli("config")
    assert ran.code == 0
    assert not any(sign in ran.out for sign in "\x1b\x07\u202e")
    assert all(len(row) == 3 for row in ran.rows[1:])
    assert cli.json("config")["settings"][-1]["value"] == "x\u202e\x07"
