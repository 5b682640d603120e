"""Names written by strangers do no harm, and values are never told."""

import json
import unicodedata

import pytest

from cookietui.operations.sample.hostile import STORED_SITE, TAMPERED_SITE, hostile_cookies
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, contents, firefox_running, values

SITE = "opendatasoft.com"
COMMANDS = [
    ("profiles",),
    ("sites",),
    ("list",),
    ("list", "--json"),
    ("sites", "--json"),
    ("profiles", "--json"),
    ("explain", SITE, "IDE"),
    ("explain", SITE, "cookies_preferences", "--json"),
    ("explain", STORED_SITE, "[/]"),
    ("clean", STORED_SITE, "--include", "ask"),
    ("clean", SITE, "--json"),
    ("clean", SITE, "--apply"),
    ("history",),
    ("history", "--json"),
    ("undo",),
    ("clean", STORED_SITE, "--include", "ask", "--apply", "--json"),
    ("undo", "--json"),
    ("clean", TAMPERED_SITE, "--include", "ask", "--apply", "--profile", CHROMIUM),
    ("undo",),
    ("undo",),
    ("explain", SITE, "nothing"),
    ("list", "--profile", "nothing"),
]


def hidden(text: str) -> set[str]:
    """Characters that act on a terminal or cannot be seen, but for those between cells."""
    return {
        character
        for character in text
        if character not in "\n\t" and unicodedata.category(character)[0] == "C"
    }


@pytest.mark.parametrize("site", [STORED_SITE, TAMPERED_SITE])
def test_every_hostile_name_is_one_line_without_control_characters(cli: Cli, site: str) -> None:
    ran = cli("list", site)
    assert ran.code == 0
    assert hidden(ran.out) == set()
    assert {len(row) for row in ran.rows} == {11}
    expected = 2 * sum(1 for each in hostile_cookies() if each.host == site)
    assert len(ran.rows) == expected


def test_hostile_names_are_told_apart_from_one_another(cli: Cli) -> None:
    rows = cli("list", "--host", STORED_SITE, "--host", TAMPERED_SITE).rows
    assert len({row[0] for row in rows}) == len(hostile_cookies())
    shown = {row[0] for row in rows}
    assert {
        "x_trk\\x9b31m", "x_trk\\x1b[31m", "two\\x0alines", "prefs\\u202egnp.exe",
        "latin-\\Xe9t\\Xe9-\\Xff", "[bold red]sale[/]", "言語設定",
    } <= shown  # fmt: skip


def test_hostile_names_go_through_json_unchanged_and_in_ascii(cli: Cli) -> None:
    ran = cli("list", "--json", "--host", STORED_SITE, "--host", TAMPERED_SITE)
    assert ran.out.isascii()
    assert hidden(ran.out) == set()
    names = {each["name"] for each in json.loads(ran.out)["cookies"]}
    assert names == {each.name for each in hostile_cookies()}


@pytest.mark.parametrize("name", [each.name for each in hostile_cookies() if len(each.name) < 99])
def test_a_hostile_cookie_can_be_explained_by_its_name(cli: Cli, name: str) -> None:
    site = next(each.host for each in hostile_cookies() if each.name == name)
    ran = cli("explain", site, name, "--profile", FIREFOX)
    assert (ran.code, ran.err) == (0, "")
    assert hidden(ran.out) == set()
    assert ran.out.count("suggestion:") == 1


def test_hostile_cookies_are_deleted_and_put_back_byte_for_byte(cli: Cli) -> None:
    before = [contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)]
    for site in (STORED_SITE, TAMPERED_SITE):
        ran = cli("clean", site, "--include", "ask", "--apply")
        assert (ran.code, hidden(ran.out)) == (0, set())
        assert cli("list", site).out == ""
    assert cli("undo").code == 0
    assert cli("undo").code == 0
    assert [contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)] == before


def test_a_skipped_hostile_name_is_made_visible_exactly_once(cli: Cli) -> None:
    store = cli.home / STORES[FIREFOX][0]
    saved = store.read_bytes()
    cli("clean", TAMPERED_SITE, "--include", "ask", "--apply", "--profile", FIREFOX)
    store.write_bytes(saved)
    ran = cli("undo")
    assert "not put back: two\\x0alines of tampered-names.example" in ran.out
    assert hidden(ran.out) == set()


def test_a_skipped_hostile_name_goes_through_json_unchanged(cli: Cli) -> None:
    store = cli.home / STORES[FIREFOX][0]
    saved = store.read_bytes()
    cli("clean", TAMPERED_SITE, "--include", "ask", "--apply", "--profile", FIREFOX)
    store.write_bytes(saved)
    skipped = cli.json("undo")["skipped"]
    assert {each["name"] for each in skipped} == {
        each.name for each in hostile_cookies() if each.host == TAMPERED_SITE
    }


def test_a_hostile_name_can_be_kept_and_is_listed_harmlessly(cli: Cli) -> None:
    name = "x_trk\x1b[31m"
    added = cli("keep", "add", TAMPERED_SITE, name, "--note", "\x1b]0;title\x07")
    listed = cli("keep", "list")
    assert hidden(added.out + listed.out) == set()
    assert listed.rows == [["x_trk\\x1b[31m", TAMPERED_SITE, "\\x1b]0;title\\x07"]]
    kept = [e["name"] for e in cli.json("list", TAMPERED_SITE)["cookies"] if e["kept"]]
    assert kept == [name, name]


def test_a_name_that_is_no_utf_8_can_be_kept_or_is_refused_in_one_line(cli: Cli) -> None:
    ran = cli("keep", "add", STORED_SITE, "latin-\udce9t\udce9-\udcff")
    assert ran.code in (0, 2)
    assert (ran.out + ran.err).count("\n") == 1
    assert cli("keep", "list").code == 0


def test_no_command_ever_tells_a_value(cli: Cli) -> None:
    secrets = values(cli.home)
    assert len(secrets) > 60
    for words in COMMANDS:
        ran = cli(*words)
        told = ran.out + ran.err
        assert [secret for secret in secrets if secret in told] == [], words
        assert "Traceback" not in told


def test_no_error_tells_a_value(cli: Cli) -> None:
    secrets = values(cli.home)
    store = cli.home / STORES[FIREFOX][0]
    whole = store.read_bytes()
    with firefox_running(cli.home):
        told = "".join(cli("clean", SITE, "--apply", "--profile", FIREFOX)[1:])
    cli("clean", SITE, "--apply")
    for end in (200, 5000, 20000, len(whole) - 5000):
        store.write_bytes(whole[:end])
        for words in (("list",), ("clean", SITE, "--apply"), ("undo",)):
            ran = cli(*words)
            assert ran.code in (0, 3, 4, 6)
            told += ran.err + ran.out
    assert "damaged" in told
    assert [secret for secret in secrets if secret in told] == []
