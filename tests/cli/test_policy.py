"""The commands about policies, and `--policy`: what is declared, and what follows from it."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_errors import one_line
from tests.homes import CHROMIUM, FIREFOX, contents

SITE = "harbour-books.example"
FOUNDING = "opendatasoft.com"
PAGE = """# Cookies

## Necessary cookies

| Cookie | Provider | Description | Duration |
|---|---|---|---|
| cart | Harbour | Keeps the cart | 2 weeks |
| _ga | Harbour | Signs in | 2 years |

## Statistics

| Cookie | Provider | Description | Duration |
|---|---|---|---|
| recently_viewed | Harbour | Counts books | 1 day |
| a* | Harbour | All else | 1 day |
"""
FLAT = """Cookies policy

Cookies necessary for running the platform/functionality cookies

Service provider's name Function and location Cookie name(s) Purposes
Opendatasoft Authentication (public pages and back office) sessionid To know who is asking
Opendatasoft Language selection (public pages and back office) django_language To pick a language
"""
HOSTILE = "evil\x1b[31m\x9b32m\u202e[bold]"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "cookies.md"
    file.write_text(PAGE)
    return file


def stores(cli: Cli) -> list[object]:
    return [contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)]


def own(cli: Cli) -> list[str]:
    listed = cli.json("policy", "list", "--own")["policies"]
    assert all(each["own"] for each in listed)
    return [each["name"] for each in listed]


def test_every_policy_is_listed_the_persons_own_first(cli: Cli, page: Path) -> None:
    assert cli("policy", "import", str(page), "--site", SITE).code == 0
    listed = cli.json("policy", "list")["policies"]
    assert (listed[0]["name"], listed[0]["own"]) == (SITE, True)
    assert (listed[0]["site"], listed[0]["declarations"]) == (SITE, 3)
    assert {each["own"] for each in listed[1:]} == {False}
    rows = cli("policy", "list").rows
    assert [row[0] for row in rows] == [each["name"] for each in listed]
    assert rows[0][4] == "yours"
    assert len(cli("policy", "list", "--own").rows) == 1


def test_nothing_of_the_persons_own_is_an_empty_list(cli: Cli) -> None:
    assert own(cli) == []
    assert cli("policy", "list", "--own").out == ""


def test_a_policy_is_shown_whole(cli: Cli) -> None:
    shown = cli.json("policy", "show", "opendatasoft")
    assert (shown["site"], shown["problems"]) == (FOUNDING, [])
    rows = cli("policy", "show", "opendatasoft").rows
    assert [row[0] for row in rows] == [each["pattern"] for each in shown["declarations"]]


@pytest.mark.parametrize("words", [("show",), ("export",), ("remove",)])
def test_a_policy_that_is_not_there_is_told(cli: Cli, words: tuple[str, ...]) -> None:
    assert "policy list" in one_line(cli("policy", *words, "nothing"), 3)


def test_a_built_in_policy_cannot_be_removed(cli: Cli) -> None:
    one_line(cli("policy", "remove", "opendatasoft"), 3)
    assert cli("policy", "show", "opendatasoft").code == 0


def test_an_imported_policy_is_shown_kept_and_told_with_what_was_left_out(
    cli: Cli, page: Path
) -> None:
    ran = cli("policy", "import", str(page), "--site", f"https://www.{SITE}/cookies")
    assert ran.code == 0
    assert [row[0] for row in ran.rows] == ["cart", "_ga", "recently_viewed"]
    assert "line 15" in ran.err
    assert f"3 declarations kept in {cli.environment.policies / SITE}.toml" in ran.err
    assert own(cli) == [SITE]
    cart = cli.json("policy", "show", SITE)["declarations"][0]
    assert (cart["pattern"], cart["purpose"], cart["lifetime"]) == ("cart", "necessary", "2 weeks")


def test_a_dry_run_keeps_nothing(cli: Cli, page: Path) -> None:
    ran = cli("policy", "import", str(page), "--site", SITE, "--dry-run")
    assert (ran.code, len(ran.rows)) == (0, 3)
    assert "nothing was kept" in ran.err
    shown = cli.json("policy", "import", str(page), "--site", SITE, "--dry-run")
    assert [problem["line"] for problem in shown["problems"]] == [15]
    assert own(cli) == []


def test_json_of_an_import_is_what_show_says_later(cli: Cli, page: Path) -> None:
    imported = cli.json("policy", "import", str(page), "--site", SITE)
    assert cli.json("policy", "show", SITE) == imported | {"problems": []}


def test_importing_once_more_replaces_and_removing_removes(cli: Cli, page: Path) -> None:
    cli("policy", "import", str(page), "--site", SITE)
    page.write_text(PAGE.replace("cart", "basket"))
    cli("policy", "import", str(page), "--site", SITE)
    assert cli.json("policy", "show", SITE)["declarations"][0]["pattern"] == "basket"
    ran = cli("policy", "remove", SITE)
    assert (ran.code, ran.err) == (0, "")
    assert "is removed" in ran.out
    assert own(cli) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PAGE, ()),
        (PAGE, ("--site", "a b")),
        ("We like people.", ("--site", SITE)),
        ("{", ("--site", SITE)),
        ("a\0b", ("--site", SITE)),
        ("[[policies]]\nname = 1\n", ()),
        ("# x\n[[policies]]\nname = 'a'\n" * 2, ()),
    ],
)
def test_what_cannot_be_imported_is_told_in_one_line_and_nothing_is_kept(
    cli: Cli, tmp_path: Path, content: str, words: tuple[str, ...]
) -> None:
    file = tmp_path / "document"
    file.write_text(content)
    for more in ((), ("--json",)):
        one_line(cli("policy", "import", str(file), *words, *more), 2)
    assert own(cli) == []


def test_a_file_that_is_not_there_is_told(cli: Cli) -> None:
    assert "No such file" in one_line(cli("policy", "import", "/nowhere/x.md", "--site", SITE), 2)


def test_a_file_of_several_policies_is_to_be_copied_by_hand(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    names = ("opendatasoft", "google-analytics")
    file.write_text("\n".join(cli("policy", "export", name).out for name in names))
    assert str(cli.environment.policies) in one_line(cli("policy", "import", str(file)), 2)


def test_what_cannot_be_written_is_told(cli: Cli, page: Path) -> None:
    cli.environment.config.mkdir(parents=True, exist_ok=True)
    cli.environment.policies.symlink_to(cli.home / "elsewhere")
    (cli.home / "elsewhere").mkdir()
    message = one_line(cli("policy", "import", str(page), "--site", SITE, "--json"), 2)
    assert "cannot be written" in message


@pytest.mark.parametrize("name", ["opendatasoft", "google-analytics"])
def test_an_exported_policy_comes_back_as_it_was(cli: Cli, tmp_path: Path, name: str) -> None:
    shown = cli.json("policy", "show", name)
    file = tmp_path / "shared.toml"
    file.write_text(cli("policy", "export", name).out)
    assert cli.json("policy", "import", str(file)) == shown
    assert own(cli) == [name]
    assert cli("policy", "export", name).out == file.read_text()


def test_a_policy_goes_through_a_pipe_from_one_program_into_the_next(cli: Cli) -> None:
    program = f"{shlex.quote(sys.executable)} -m cookietui policy"
    line = f"{program} export opendatasoft | {program} import /dev/stdin --json"
    environment = {"HOME": str(cli.home), "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        ["sh", "-c", line], env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == cli.json("policy", "show", "opendatasoft")
    assert own(cli) == ["opendatasoft"]


def test_all_policies_are_exported_to_the_open_cookie_database_and_back(
    cli: Cli, tmp_path: Path
) -> None:
    ran = cli("policy", "export", "all", "--to", "open-cookie-database")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    listed = cli.json("policy", "list")["policies"]
    left_out = ran.err.splitlines()
    assert all(line.startswith("left out: ") for line in left_out)
    assert len(rows) + len(left_out) == sum(each["declarations"] for each in listed)
    file = tmp_path / "database.csv"
    file.write_text(ran.out)
    read = cli.json("policy", "import", str(file), "--dry-run")
    assert read["site"] is None
    assert "OptanonConsent" in {each["pattern"] for each in read["declarations"]}


def test_one_policy_is_exported_to_the_open_cookie_database(cli: Cli) -> None:
    ran = cli("policy", "export", "opendatasoft", "--to", "open-cookie-database")
    assert "sessionid" in ran.out
    assert cli("policy", "export", "opendatasoft", "--to", "xml").code == 2


def test_hostile_text_in_a_policy_and_in_names_of_files_is_shown_harmlessly(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / f"{HOSTILE}.md"
    file.write_text(PAGE.replace("Keeps the cart", HOSTILE).replace("Harbour", HOSTILE))
    runs = [
        cli("policy", "import", str(file), "--site", SITE),
        cli("policy", "import", str(file), "--site", SITE, "--json"),
        cli("policy", "show", SITE),
        cli("policy", "show", SITE, "--json"),
        cli("policy", "list", "--own"),
        cli("policy", "export", SITE),
        cli("audit", SITE),
        cli("list", SITE, "--policy", str(file)),
    ]
    for ran in runs:
        assert ran.code == 0, ran.err
        printed = ran.out + ran.err
        assert not {"\x1b", "\x9b", "\u202e"} & set(printed)
    assert "evil" in runs[2].out
    broken = tmp_path / f"{HOSTILE}.toml"
    broken.write_text("[[policies]]\nname = 1")
    assert "evil" in one_line(cli("list", SITE, "--policy", str(broken)), 2)


def verdicts(cli: Cli, *words: str) -> dict[str, tuple[str, str, str]]:
    listed = cli.json("list", SITE, *words)["cookies"]
    return {each["name"]: (each["purpose"], each["suggestion"], each["basis"]) for each in listed}


def test_a_policy_for_one_run_changes_verdicts_and_is_not_kept(cli: Cli, page: Path) -> None:
    before, given = verdicts(cli), verdicts(cli, "--policy", str(page))
    assert before["recently_viewed"] == ("unknown", "ask", "none")
    assert given["recently_viewed"] == ("statistics", "remove", "policy")
    assert before["_ga"] == ("statistics", "remove", "catalogue")
    assert given["_ga"] == ("necessary", "keep", "policy")
    assert given["_fbp"] == before["_fbp"]
    assert verdicts(cli) == before
    (explained,) = cli.json("explain", SITE, "_ga", "--policy", str(page))["cookies"]
    assert (explained["purpose"], explained["basis"]) == ("necessary", "policy")
    assert explained["disagreements"]
    assert own(cli) == []


def test_what_the_site_itself_calls_necessary_is_not_cleaned(cli: Cli, page: Path) -> None:
    without = {each["name"] for each in cli.json("clean", SITE)["deleted"]}
    given = {each["name"] for each in cli.json("clean", SITE, "--policy", str(page))["deleted"]}
    assert "_ga" in without - given
    assert given - without == {"recently_viewed"}
    cli("policy", "import", str(page), "--site", SITE)
    done = cli.json("clean", SITE, "--apply")
    assert {each["name"] for each in done["deleted"]} == given
    assert "_ga" in verdicts(cli)


def test_sites_count_by_the_policies_of_the_run(cli: Cli, page: Path, tmp_path: Path) -> None:
    cli("policy", "import", str(page), "--site", SITE)
    own_format = tmp_path / "own.toml"
    own_format.write_text(cli("policy", "export", SITE).out)
    cli("policy", "remove", SITE)

    def removable(*words: str) -> int:
        sites = cli.json("sites", *words)["sites"]
        return next(int(each["removable"]) for each in sites if each["site"] == SITE)

    # _ga is kept and recently_viewed goes.
    kept = {each["name"] for each in cli.json("list", SITE, "--suggestion", "remove",
                                              "--policy", str(own_format))["cookies"]}  # fmt: skip
    assert "recently_viewed" in kept
    assert removable("--policy", str(own_format)) == removable()
    assert cli("profiles", "--policy", str(own_format)).code == 0
    assert cli("doctor", "--policy", str(own_format)).code == 0


def test_several_policies_count_together(cli: Cli, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "more.md"
    other.write_text(PAGE.replace("recently_viewed", "currency").replace("_ga", "acme_x"))
    given = verdicts(cli, "--policy", str(page), "--policy", str(other))
    assert given["currency"] == ("statistics", "remove", "policy")
    assert given["recently_viewed"] == ("statistics", "remove", "policy")


def test_a_policy_that_does_not_say_whose_it_is_is_told(cli: Cli, page: Path) -> None:
    for words in (("list",), ("sites",), ("profiles",), ("doctor",)):
        assert "whose policy" in one_line(cli(*words, "--policy", str(page)), 2)


COMMANDS = [
    ("clean", SITE, "--apply"), ("clean", SITE), ("list",), ("sites",), ("profiles",),
    ("explain", SITE, "_ga"), ("audit", SITE), ("history",), ("undo",), ("doctor",),
    ("policy", "list"), ("policy", "show", SITE), ("policy", "remove", SITE), ("keep", "list"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_broken_policy_of_the_persons_own_stops_everything_and_changes_nothing(
    cli: Cli, words: tuple[str, ...]
) -> None:
    cli.environment.policies.mkdir(parents=True)
    broken = cli.environment.policies / "broken.toml"
    broken.write_text('[[policies]]\nname = "half')
    before = stores(cli)
    for more in ((), ("--json",)):
        if more and words[:2] == ("policy", "remove"):
            continue
        assert "broken.toml" in one_line(cli(*words, *more), 2)
    assert stores(cli) == before
    assert not cli.environment.journal.exists() or not list(cli.environment.journal.iterdir())


def test_a_broken_policy_for_the_run_deletes_nothing(cli: Cli, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text("We like people.")
    before = stores(cli)
    for words in (("clean", SITE, "--apply"), ("list", SITE), ("audit", SITE), ("sites",)):
        assert "broken.md" in one_line(cli(*words, "--policy", str(broken)), 2)
    assert stores(cli) == before


def test_names_of_any_bytes_are_held_against_expressions(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = cli("policy", "export", "opendatasoft").out
    file.write_text(text.replace('"sessionid"', '"[^a]*"\nmatch = "regex"')
                    .replace(FOUNDING, "hostile-names.example"))  # fmt: skip
    listed = cli.json("list", "hostile-names.example", "--policy", str(file))["cookies"]
    assert "policy" in {each["basis"] for each in listed}


def test_the_founding_table_is_imported_and_held_against_the_cookies(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "policy.txt"
    file.write_text(FLAT)
    imported = cli.json("policy", "import", str(file), "--site", f"datamidsouth.{FOUNDING}")
    assert [(each["pattern"], each["purpose"]) for each in imported["declarations"]] == [
        ("sessionid", "necessary"), ("django_language", "necessary"),
    ]  # fmt: skip
    found = cli.json("audit", f"datamidsouth.{FOUNDING}")
    assert found["policy"]["name"] == f"datamidsouth.{FOUNDING}"
    assert "sessionid" not in {each["name"] for each in found["undeclared"]}
    assert "sessionid" not in {each["pattern"] for each in found["declared_but_absent"]}
