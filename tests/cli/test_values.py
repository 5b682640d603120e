"""Values are told where they were asked for, each for itself, and nowhere else."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from cookietui.model.deletion import Cell
from tests.builders import change, sealed
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, values

SITE = "opendatasoft.com"
PREFERENCES = "necessary:1|statistics:0"
HOSTILE = "a\tb\x1b[31m\nc\u202e"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says somebody is looking at it."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture
def told(cli: Cli) -> set[str]:
    """Every value of both samples that reads like nothing else on them."""
    cookies = cli.json("list", "--values")["cookies"]
    names = {each["name"] for each in cookies} | {"Sample person"}
    return {each["value"] for each in cookies if len(each["value"]) > 6} - names


def store_of(cli: Cli, profile: str) -> Path:
    return cli.home / STORES[profile][0]


def seal(cli: Cli, name: str, encrypted: Cell) -> None:
    """Let Chromium's cookies of a name be encrypted so."""
    statement = "UPDATE cookies SET encrypted_value = ? WHERE name = ?"
    change(store_of(cli, CHROMIUM), statement, encrypted, name)


def write(cli: Cli, name: str, value: str) -> None:
    """Let Firefox's cookies of a name have a value."""
    statement = "UPDATE moz_cookies SET value = ? WHERE name = ?"
    change(store_of(cli, FIREFOX), statement, value, name)


def test_a_table_has_one_more_column_with_the_values(cli: Cli) -> None:
    plain = cli("list", SITE)
    ran = cli("list", SITE, "--values")
    assert (ran.code, ran.err) == (0, "")
    assert [row[:-1] for row in ran.rows] == plain.rows
    found = {(row[0], row[-2]): row[-1] for row in ran.rows}
    for profile in (CHROMIUM, FIREFOX):
        assert found["cookies_preferences", profile] == PREFERENCES
        assert found["django_language", profile] == "en"
        assert found["_ga", profile].startswith("GA1.1.")
    assert all(found.values())


def test_people_see_a_heading_above_the_values(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    assert cli("list", SITE, "--values", "--name", "django_language").code == 0
    lines = [
        line.split() for line in ESCAPE.sub("", screen.getvalue()).splitlines() if line.strip()
    ]
    assert lines[0][-1] == "Value"
    assert [line[-1] for line in lines[2:]] == ["en", "en"]


def test_json_holds_the_values_character_for_character(cli: Cli) -> None:
    write(cli, "cookies_preferences", HOSTILE)
    cookies = cli.json("list", SITE, "--values", "--name", "cookies_preferences")["cookies"]
    assert {each["profile"]: each["value"] for each in cookies} == {
        CHROMIUM: PREFERENCES,
        FIREFOX: HOSTILE,
    }
    assert cookies == cli.json("explain", SITE, "cookies_preferences", "--values")["cookies"]


def test_json_is_the_same_but_for_the_values(cli: Cli) -> None:
    without, with_values = (
        cli.json(*words)["cookies"] for words in (("list",), ("list", "--values"))
    )
    assert {each["value"] for each in without} == {None}
    assert all(isinstance(each["value"], str) for each in with_values)
    assert [each | {"value": None} for each in with_values] == without


def test_every_value_of_firefox_is_told_as_its_file_has_it(cli: Cli) -> None:
    cookies = cli.json("list", "--values", "--profile", FIREFOX)["cookies"]
    assert values(cli.home) <= {each["value"] for each in cookies}


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--json"),
        ("list", SITE, "--purpose", "statistics"),
        ("explain", SITE, "cookies_preferences"),
        ("explain", SITE, "cookies_preferences", "--json"),
        ("explain", SITE, "_ga", "--json"),
        ("sites", "--json"),
        ("profiles", "--json"),
    ],
)
def test_without_being_asked_for_no_value_is_told(
    cli: Cli, told: set[str], words: tuple[str, ...]
) -> None:
    ran = cli(*words)
    assert ran.code == 0
    assert len(told) > 100
    assert [value for value in told if value in ran.out + ran.err] == []
    if words[0] in ("list", "explain") and words[-1] == "--json":
        assert {each["value"] for each in json.loads(ran.out)["cookies"]} == {None}


def test_a_hostile_value_stays_on_its_line_and_in_its_cell(cli: Cli) -> None:
    write(cli, "cookies_preferences", HOSTILE)
    words = (SITE, "--values", "--name", "cookies_preferences", "--profile", FIREFOX)
    [row] = cli("list", *words).rows
    assert row[-1] == "a\\x09b\\x1b[31m\\x0ac\\u202e"
    assert len(row) == 12


@pytest.mark.parametrize("command", [("list", SITE), ("explain", SITE, "_ga")])
def test_values_that_cannot_be_had_are_one_line_for_each_reason(
    cli: Cli, command: tuple[str, ...]
) -> None:
    seal(cli, "_ga", b"v20" + b"x" * 60)
    ran = cli(*command, "--values")
    assert ran.code == 0
    [line] = ran.err.splitlines()
    assert re.match(r"cookietui: \d values? not shown: .*\(v20\); only the browser can", line)
    assert "GA1.1." in ran.out  # Firefox's, which nothing hides


def test_each_reason_is_counted_for_itself(cli: Cli) -> None:
    chosen = ("list", SITE, "--profile", CHROMIUM, "--values")
    assert cli(*chosen).err == ""
    seal(cli, "_gid", b"v20" + b"x" * 60)
    seal(cli, "_fbp", b"v20" + b"x" * 60)
    seal(cli, "csrftoken", sealed("elsewhere.example", "moved"))
    seal(cli, "sessionid", sealed("x", "y", tag=b"v11"))
    ran = cli(*chosen)
    assert ran.code == 0
    told = sorted(line.partition(":")[2].strip() for line in ran.err.splitlines())
    assert [line.split()[0] for line in told] == ["1", "1", "2"]
    assert [word for word in ("key ring", "another host", "v20") if word in ran.err] == [
        "key ring", "another host", "v20",
    ]  # fmt: skip
    found = {row[0]: row[-1] for row in ran.rows}
    assert [found[name] for name in ("_gid", "_fbp", "csrftoken", "sessionid")] == [
        "(not shown)"
    ] * 4
    assert found["cookies_preferences"] == PREFERENCES
    document = cli.json(*chosen)
    assert {each["name"] for each in document["cookies"] if each["value"] is None} == {
        "_gid", "_fbp", "csrftoken", "sessionid",
    }  # fmt: skip
    assert document["failures"] == []


def test_a_store_that_cannot_be_read_hides_no_value_of_another(cli: Cli) -> None:
    store_of(cli, CHROMIUM).write_bytes(b"no database")
    ran = cli("list", SITE, "--values")
    assert ran.code == 4
    assert PREFERENCES in {row[-1] for row in ran.rows}
    assert len(ran.err.splitlines()) == 1


def test_a_value_is_explained_and_taken_apart(cli: Cli) -> None:
    write(cli, "cookies_preferences", "%7B%22seen%22%3A%20%5B%22%1B%5B31m%22%5D%7D")
    words = ("explain", SITE, "cookies_preferences", "--profile", FIREFOX)
    lines = [line.strip() for line in cli(*words, "--values").out.splitlines()]
    plain = [line.strip() for line in cli(*words).out.splitlines()]
    assert lines[: len(plain)] == plain
    assert [re.split(r":\s+", line, maxsplit=1) for line in lines[len(plain) :]] == [
        ["Value", "%7B%22seen%22%3A%20%5B%22%1B%5B31m%22%5D%7D"],
        ["Decoded", '{"seen": ["\\x1b[31m"]}'],
    ]


def test_the_number_of_a_visitor_is_read_where_values_were_asked_for(cli: Cli) -> None:
    ran = cli("explain", SITE, "_ga", "--values")
    assert ran.out.count("Google Analytics visitor") == 2
    assert "Google Analytics visitor" not in cli("explain", SITE, "_ga").out


@pytest.mark.parametrize("command", [("sites",), ("profiles",), ("clean", SITE), ("history",)])
def test_other_commands_know_no_values(cli: Cli, command: tuple[str, ...]) -> None:
    ran = cli(*command, "--values")
    assert ran.code == 2
    assert "--values" in ran.err
