"""How commands end that cannot do what they were asked: the exit status, and one line."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli, Ran
from tests.homes import CHROMIUM, FIREFOX, STORES, contents, firefox_running

SITE = "opendatasoft.com"
ROOT = Path(__file__).parents[2]


def one_line(ran: Ran, code: int) -> str:
    """The single line on standard error of a command that printed no result."""
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    return ran.err


@pytest.mark.parametrize(
    ("word", "meant"),
    [("lst", "list"), ("profile", "profiles"), ("cleen", "clean"), ("site", "sites")],
)
def test_a_misspelt_command_suggests_the_right_one(cli: Cli, word: str, meant: str) -> None:
    assert repr(meant) in one_line(cli(word), 2)


def test_a_misspelt_command_of_keep_suggests_the_right_one(cli: Cli) -> None:
    assert "'add'" in one_line(cli("keep", "ad", SITE, "x"), 2)


@pytest.mark.parametrize(
    "words",
    [
        ("xyzzy",),
        ("list", "a b"),
        ("list", "https://"),
        ("list", SITE, "more"),
        ("list", "--purpose", "fun"),
        ("list", "--colour"),
        ("clean",),
        ("clean", SITE, "--include", "all"),
        ("explain", SITE),
        ("keep", "add", SITE),
        ("list", "two\nlines.example x"),
    ],
)
def test_wrong_usage_is_told_in_one_line(cli: Cli, words: tuple[str, ...]) -> None:
    assert "--help" in one_line(cli(*words), 2)


def test_keep_alone_shows_its_help_and_no_escapes(cli: Cli) -> None:
    ran = cli("keep")
    assert "\\x0a" not in ran.err + ran.out
    assert "remove" in ran.err + ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--profile", "firefox:nobody"),
        ("list", "--browser", "safari"),
        ("explain", SITE, "no_such_cookie"),
        ("undo",),
        ("undo", "20200101-000000-1"),
        ("undo", "../../etc/passwd"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_nothing_by_that_name_is_told_in_one_line(
    cli: Cli, words: tuple[str, ...], more: tuple[str, ...]
) -> None:
    assert "; " in one_line(cli(*words, *more), 3)


def test_taking_back_what_was_never_said_is_told_in_one_line(cli: Cli) -> None:
    assert "`cookietui keep list`" in one_line(cli("keep", "remove", SITE, "_ga"), 3)


def test_a_home_without_browsers_is_told(empty: Cli) -> None:
    for words in (("list",), ("profiles",), ("sites",), ("clean", SITE)):
        assert "cookietui demo" in one_line(empty(*words), 3)


def test_a_profile_without_a_store_is_told_and_the_others_are_listed(cli: Cli) -> None:
    folder = cli.home / "bare"
    folder.mkdir()
    ran = cli("list", SITE, "--profile", str(folder), "--profile", FIREFOX)
    assert ran.code == 4
    assert {row[-1] for row in ran.rows} == {FIREFOX}
    assert ran.err == (
        f"cookietui: {folder} holds no cookie store; name a profile folder or a cookie database\n"
    )


@pytest.mark.parametrize("damage", ["text", "truncated", "too old"])
def test_a_broken_profile_is_told_in_one_line_and_the_others_are_listed(
    cli: Cli, damage: str
) -> None:
    store = cli.home / STORES[FIREFOX][0]
    if damage == "text":
        store.write_text("these are not cookies")
    elif damage == "truncated":
        store.write_bytes(store.read_bytes()[:5000])
    else:
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("PRAGMA user_version = 1")
    for words in (("list", SITE), ("profiles",), ("sites",), ("clean", SITE)):
        ran = cli(*words)
        assert ran.code == 4
        assert CHROMIUM in ran.out or words == ("sites",)
        first = ran.err.splitlines()[-1]
        assert first.startswith("cookietui: Firefox default-release: ")
        assert "; " in first
    assert [row[4] for row in cli("profiles").rows] == ["closed", "unreadable"]


def test_the_good_profile_is_cleaned_beside_a_broken_one(cli: Cli) -> None:
    (cli.home / STORES[FIREFOX][0]).write_text("these are not cookies")
    ran = cli("clean", SITE, "--apply")
    assert ran.code == 4
    assert ran.out.startswith("7 cookies deleted and verified\n")
    assert cli("undo").code == 0


def test_a_path_in_a_message_is_made_visible_exactly_once(cli: Cli) -> None:
    ran = cli("list", "--profile", "/nowhere/esc\x1b[31m", "--profile", FIREFOX)
    assert ran.code == 4
    assert "/nowhere/esc\\x1b[31m is not there" in ran.err
    assert "\\\\" not in ran.err


def test_a_running_browser_refuses_and_nothing_of_it_is_changed(cli: Cli) -> None:
    before = contents(cli.home, FIREFOX)
    with firefox_running(cli.home):
        ran = cli("clean", SITE, "--apply", "--profile", FIREFOX)
        assert ran.code == 5
        assert ran.out == "nothing was deleted\n"
        assert ran.err.count("\n") == 1
        assert "default-release" in ran.err
        assert "; close Firefox and try again" in ran.err
        assert cli("list", SITE).code == 0
    assert contents(cli.home, FIREFOX) == before
    assert cli("history").out == ""


def test_a_second_undo_is_refused(cli: Cli) -> None:
    cli("clean", SITE, "--apply")
    entry = cli("history").rows[0][0]
    assert cli("undo").code == 0
    before = contents(cli.home, CHROMIUM)
    assert "nothing was changed" in one_line(cli("undo", entry), 6)
    assert contents(cli.home, CHROMIUM) == before


def test_what_cannot_be_saved_is_not_deleted(cli: Cli) -> None:
    before = contents(cli.home, CHROMIUM)
    cli.environment.journal.parent.mkdir(parents=True)
    cli.environment.journal.write_text("a file in the place of the folder")
    ran = cli("clean", SITE, "--apply", "--profile", CHROMIUM)
    assert (ran.code, ran.out) == (6, "nothing was deleted\n")
    assert "nothing was changed" in ran.err
    assert contents(cli.home, CHROMIUM) == before


def test_a_broken_file_of_kept_cookies_stops_every_deletion(cli: Cli) -> None:
    before = contents(cli.home, CHROMIUM)
    cli.environment.kept.parent.mkdir(parents=True)
    cli.environment.kept.write_text("{")
    for words in (("clean", SITE, "--apply"), ("undo",), ("keep", "add", SITE, "x")):
        assert str(cli.environment.kept) in one_line(cli(*words), 2)
    assert contents(cli.home, CHROMIUM) == before
    assert cli.environment.kept.read_text() == "{"


def test_a_broken_policy_is_told_by_file_and_key(cli: Cli) -> None:
    cli.environment.policies.mkdir(parents=True)
    file = cli.environment.policies / "mine.toml"
    file.write_text('[[policies]]\nnickname = "x"\n')
    said = one_line(cli("list", SITE), 2)
    assert str(file) in said
    assert "nickname" in said or "name" in said


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_an_interruption_ends_with_130(cli: Cli, error: type[BaseException]) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise error

    ran = cli(SITE, screen=interrupted)
    assert (ran.code, ran.out) == (130, "")
    # On a terminal ^C leaves the cursor in the middle of a line, which is ended first.
    assert ran.err.lstrip("\n") == "cookietui: interrupted\n"


def test_an_unexpected_error_is_told_without_its_message(cli: Cli) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("sid=secret")

    said = one_line(cli(SITE, screen=broken), 1)
    assert "RuntimeError" in said
    assert "secret" not in said


def test_the_screen_opens_on_a_site_and_ends_with_its_status(cli: Cli) -> None:
    opened: list[object] = []

    def screen(_workspace: object, _config: object, **options: object) -> int:
        opened.append(getattr(options["site"], "host", None))
        return 7

    assert cli(SITE, screen=screen).code == 7
    assert cli(screen=screen).code == 7
    assert opened == [SITE, None]


@pytest.mark.parametrize("command", ["profiles", "list"])
def test_a_reader_that_goes_away_is_no_error(cli: Cli, command: str) -> None:
    gone, pipe = os.pipe()
    os.close(gone)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "cookietui", command],
            cwd=ROOT,
            env=os.environ | {"HOME": str(cli.home)},
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(pipe)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_no_color_is_an_option_everywhere(cli: Cli) -> None:
    plain = cli("list", SITE).out
    assert plain
    assert cli("list", SITE, "--no-color").out == plain
    assert cli("--no-color", "list", SITE).out == plain


def test_a_vanished_profile_folder_is_no_crash(cli: Cli) -> None:
    cli("clean", SITE, "--apply")
    shutil.rmtree(cli.home / ".config/mozilla")
    ran = cli("undo")
    assert ran.code == 4
    assert ran.err.count("\n") == 1
    assert ran.out == "7 cookies put back and verified\n"
