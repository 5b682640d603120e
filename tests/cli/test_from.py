"""Cookies read from a file that somebody exported, by every command that reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.homes import CHROMIUM

SITE = "shop.example"
LATER = 4_000_000_000
MOMENT = "2096-10-02T07:06:40Z"
OWN = {
    "schema": 1,
    "cookies": [
        {"name": "basket", "host": SITE, "path": "/", "session": True, "secure": False,
         "http_only": True, "value": "two-books"},
        {"name": "_ga", "host": f".{SITE}", "path": "/", "expires": MOMENT, "secure": True,
         "http_only": False, "value": "GA1.1.123456789.1700000000"},
    ],
}  # fmt: skip
NETSCAPE = (
    "# Netscape HTTP Cookie File\n\n"
    f"#HttpOnly_{SITE}\tFALSE\t/\tFALSE\t0\tbasket\ttwo-books\n"
    f".{SITE}\tTRUE\t/\tTRUE\t{LATER}\t_ga\tGA1.1.123456789.1700000000\n"
)
EDITOR = [
    {"domain": SITE, "hostOnly": True, "httpOnly": True, "name": "basket", "path": "/",
     "sameSite": "lax", "secure": False, "session": True, "storeId": "0", "value": "two-books"},
    {"domain": f".{SITE}", "expirationDate": LATER, "hostOnly": False, "httpOnly": False,
     "name": "_ga", "path": "/", "sameSite": "unspecified", "secure": True, "session": False,
     "storeId": "0", "value": "GA1.1.123456789.1700000000"},
]  # fmt: skip
PLAYWRIGHT = {
    "cookies": [
        {"name": "basket", "value": "two-books", "domain": SITE, "path": "/", "expires": -1,
         "httpOnly": True, "secure": False, "sameSite": "Lax"},
        {"name": "_ga", "value": "GA1.1.123456789.1700000000", "domain": f".{SITE}", "path": "/",
         "expires": LATER, "httpOnly": False, "secure": True, "sameSite": "None"},
    ],
    "origins": [],
}  # fmt: skip
DIALECTS = {
    "own": json.dumps(OWN),
    "netscape": NETSCAPE,
    "cookie-editor": json.dumps(EDITOR),
    "playwright": json.dumps(PLAYWRIGHT),
}


@pytest.fixture(params=DIALECTS)
def exported(request: pytest.FixtureRequest, cli: Cli) -> Path:
    """The same two cookies in every dialect."""
    path = cli.home / f"cookies.{request.param}"
    path.write_text(DIALECTS[request.param])
    return path


def saved(cli: Cli, name: str, content: str | bytes) -> str:
    path = cli.home / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_file_is_listed_as_a_browser_is(cli: Cli, exported: Path) -> None:
    document = cli.json("list", "--from", str(exported))
    ga, basket = sorted(document["cookies"], key=lambda each: str(each["name"]))
    assert (ga["name"], ga["host"], ga["host_only"]) == ("_ga", f".{SITE}", False)
    assert (ga["expires"], ga["session"], ga["secure"], ga["http_only"]) == (
        MOMENT, False, True, False,
    )  # fmt: skip
    assert (ga["purpose"], ga["suggestion"]) == ("statistics", "remove")
    assert (basket["name"], basket["host"], basket["host_only"]) == ("basket", SITE, True)
    assert (basket["expires"], basket["session"], basket["http_only"]) == (None, True, True)
    assert {each["value"] for each in document["cookies"]} == {None}
    assert document["failures"] == []


def test_a_file_is_told_as_a_profile_of_its_own_family(cli: Cli, exported: Path) -> None:
    [profile] = cli.json("list", "--from", str(exported))["profiles"]
    assert profile == {
        "id": f"file:{exported}",
        "browser": "File",
        "name": exported.name,
        "path": str(exported.parent),
        "family": "file",
        "running": False,
        "cookies": 2,
    }
    assert cli.json("profiles", "--from", str(exported))["profiles"] == [profile]
    assert cli("profiles", "--from", str(exported)).rows[0][4] == "only read"


def test_values_of_a_file_are_told_where_they_are_asked_for(cli: Cli, exported: Path) -> None:
    ran = cli("list", "--from", str(exported), "--values")
    assert {row[0]: row[-1] for row in ran.rows} == {
        "basket": "two-books",
        "_ga": "GA1.1.123456789.1700000000",
    }
    assert "two-books" not in cli("list", "--from", str(exported)).out
    told = cli("explain", SITE, "_ga", "--from", str(exported), "--values").out
    assert "Google Analytics visitor" in told


def test_the_sites_of_a_file_are_counted(cli: Cli, exported: Path) -> None:
    [site] = cli.json("sites", "--from", str(exported))["sites"]
    assert (site["site"], site["cookies"], site["statistics"], site["removable"]) == (SITE, 2, 1, 1)


def test_a_cookie_of_a_file_is_explained(cli: Cli, exported: Path) -> None:
    ran = cli("explain", SITE, "_ga", "--from", str(exported))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("_ga  Statistics  suggestion: remove\n")
    assert f"File, {exported.name}" in ran.out
    assert cli("explain", SITE, "IDE", "--from", str(exported)).code == 3


def test_what_would_go_from_a_file_is_told_with_the_reason_why_it_cannot(
    cli: Cli, exported: Path
) -> None:
    before = exported.read_bytes()
    assert cli("clean", SITE, "--from", str(exported)).code in (0, 4)
    ran = cli("clean", SITE, "--from", str(exported), "--apply", "--yes")
    assert ran.code == 4
    assert "only read: it is a file that somebody exported" in ran.err
    assert "deleted" not in ran.out.replace("nothing was deleted", "")
    assert exported.read_bytes() == before
    assert cli.json("history")["entries"] == []


def test_a_refused_deletion_is_told_as_one_in_json(cli: Cli, exported: Path) -> None:
    document = cli.json("clean", SITE, "--from", str(exported), "--apply", code=4)
    assert (document["applied"], document["status"], document["journal"]) == (True, "refused", None)
    assert document["deleted"] == []
    [refused] = document["refused"]
    assert (refused["profile"], refused["error"]) == (f"file:{exported}", "ReadOnlyError")


def test_a_file_and_a_profile_are_read_together(cli: Cli, exported: Path) -> None:
    words = ("--from", str(exported), "--profile", CHROMIUM)
    document = cli.json("list", *words)
    assert [each["id"] for each in document["profiles"]] == [CHROMIUM, f"file:{exported}"]
    alone = cli.json("list", "--profile", CHROMIUM)["cookies"]
    assert document["cookies"][:-2] == alone
    cleaned = cli.json("clean", "opendatasoft.com", *words, "--apply")
    assert {each["profile"] for each in cleaned["deleted"]} == {CHROMIUM}


def test_several_files_are_read_together_and_each_once(cli: Cli) -> None:
    names = [saved(cli, name, content) for name, content in DIALECTS.items()]
    words = [word for name in (*names, names[0]) for word in ("--from", name)]
    document = cli.json("list", *words)
    assert [each["id"] for each in document["profiles"]] == [f"file:{name}" for name in names]
    assert len({each["id"] for each in document["cookies"]}) == 2 * len(DIALECTS)


def without_origin(cookies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everything about cookies but where they come from."""
    return [
        {key: value for key, value in each.items() if key not in ("id", "profile")}
        for each in cookies
    ]


@pytest.mark.parametrize("values", [(), ("--values",)])
def test_what_this_program_prints_it_reads_back(cli: Cli, values: tuple[str, ...]) -> None:
    first = cli.json("list", *values)
    name = saved(cli, "own.json", json.dumps(first))
    again = cli.json("list", "--from", name, *values, code=0)
    assert without_origin(again["cookies"]) == without_origin(first["cookies"])
    assert len({each["id"] for each in again["cookies"]}) == len(first["cookies"])
    assert again["failures"] == []


def test_what_was_read_back_is_printed_the_same_once_more(cli: Cli) -> None:
    one = cli.json("list", "--from", saved(cli, "1.json", cli("list", "--json").out))
    two = cli.json("list", "--from", saved(cli, "2.json", json.dumps(one)))
    assert without_origin(two["cookies"]) == without_origin(one["cookies"])


@pytest.mark.parametrize("command", [("list",), ("sites",), ("clean", SITE)])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no file of cookies that is known"),
        (b"hello", "no file of cookies that is known"),
        (b"{", "broken JSON"),
        (b"{}", "holds no list of cookies"),
        (b"SQLite format 3\x00", "is a browser's own file"),
    ],
)
def test_a_file_of_another_kind_is_told_in_one_line(
    cli: Cli, command: tuple[str, ...], content: bytes, why: str
) -> None:
    ran = cli(*command, "--from", saved(cli, "odd", content))
    assert ran.code == 4
    lines = [line for line in ran.err.splitlines() if not line.startswith("nothing was deleted")]
    assert [why in line for line in lines] == [True]


def test_what_is_wrong_with_one_cookie_does_not_hide_the_others(cli: Cli) -> None:
    name = saved(cli, "half.txt", f"{NETSCAPE}.{SITE}\tperhaps\t/\tTRUE\t0\todd\t1\n")
    ran = cli("list", "--from", name)
    assert ran.code == 4
    assert {row[0] for row in ran.rows} == {"basket", "_ga"}
    assert "line 5" in ran.err


@pytest.mark.parametrize("key", ["name", "value", "domain", "path"])
@pytest.mark.parametrize(
    "command", [("list",), ("list", "--json"), ("list", "--values"), ("sites",)]
)
def test_half_a_character_in_a_file_is_no_trouble(
    cli: Cli, key: str, command: tuple[str, ...]
) -> None:
    odd = {"name": "odd", "value": "v", "domain": SITE, "path": "/", key: f"{SITE}\ud83d"}
    name = saved(cli, "half.json", json.dumps([*EDITOR, odd]))
    ran = cli(*command, "--from", name)
    assert ran.code in (0, 4)
    assert "unexpected" not in ran.err
    assert "basket" in ran.out or SITE in ran.out


def test_a_file_that_is_not_there_is_told_in_one_line(cli: Cli) -> None:
    ran = cli("list", "--from", str(cli.home / "missing.txt"))
    assert (ran.code, ran.out) == (4, "")
    assert len(ran.err.splitlines()) == 1
    assert "missing.txt is not there" in ran.err
