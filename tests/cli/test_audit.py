"""`audit`: a site's own policy against the cookies of the samples."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_errors import one_line
from tests.homes import FIREFOX_FOLDER, STORES

SITE = "harbour-books.example"
PAGE = """# Cookies

## Necessary cookies

| Cookie | Description | Duration |
|---|---|---|
| cart | Keeps the cart | 1 day |
| gone | Is not there | 1 day |

## Third-party cookies

| Cookie | Description | Duration | Type |
|---|---|---|---|
| _ga | Counts | 3 years | Third party |
"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "cookies.md"
    file.write_text(PAGE)
    return str(file)


def names(rows: list[dict[str, object]]) -> set[object]:
    return {row["name"] for row in rows}


def test_every_list_says_what_it_says(cli: Cli, page: str) -> None:
    found = cli.json("audit", SITE, "--policy", page)
    listed = cli.json("list", SITE)["cookies"]
    assert found["site"] == SITE
    assert found["policy"]["name"] == SITE
    assert found["policy"]["source"] == "cookies.md"
    assert [each["pattern"] for each in found["declared_but_absent"]] == ["gone"]
    assert {each["pattern"] for each in found["declared_and_present"]} == {"cart", "_ga"}
    assert names(found["undeclared"]) == names(listed) - {"cart", "_ga"}
    assert names(found["outlives_declaration"]) == {"cart"}
    cart = found["outlives_declaration"][0]
    assert (cart["declared_lifetime"], cart["declared_seconds"]) == ("1 day", 86_400)
    assert cart["actual_seconds"] > 86_400
    summary = found["summary"]
    assert summary["cookies"] == len(listed)
    for key in ("undeclared", "outlives_declaration", "wrong_party", "declared_but_absent"):
        assert summary[key] == len(found[key])
    ids = {each["id"] for each in listed}
    assert {each["id"] for each in found["undeclared"]} <= ids


def test_people_are_told_the_same(cli: Cli, page: str) -> None:
    ran = cli("audit", SITE, "--policy", page)
    assert ran.code == 0
    text = ran.out
    assert text.startswith(f"Policy: {SITE} (cookies.md, written down ")
    for heading in ("Not declared by the site", "Living longer than declared",
                    "There although consent is needed", "Declared and there",
                    "Declared but not there (1)"):  # fmt: skip
        assert heading in text
    assert "declared: 1 day," in text
    assert "none is otherwise than declared" not in text


def test_a_site_that_keeps_its_word_is_told_so(cli: Cli, tmp_path: Path) -> None:
    rows = {each["name"] for each in cli.json("list", SITE)["cookies"]}
    page = tmp_path / "whole.md"
    page.write_text("| Cookie | Description |\n|---|---|\n"
                    + "".join(f"| {name} | It is there |\n" for name in sorted(rows)))  # fmt: skip
    ran = cli("audit", SITE, "--policy", str(page), "--fail-on", "undeclared,outlives,party,absent")
    assert ran.code == 0, ran.err
    assert "Every cookie that is there is declared" in ran.out


def test_without_a_policy_nothing_is_made_up(cli: Cli) -> None:
    found = cli.json("audit", SITE)
    assert found["policy"] is None
    assert found["declared_and_present"] == found["declared_but_absent"] == []
    ran = cli("audit", SITE)
    assert ran.code == 0
    assert f"no policy of {SITE} is known" in ran.err
    assert f"policy import FILE --site {SITE}" in ran.err
    assert "is declared, and none" not in ran.out


def test_the_built_in_policy_of_the_founding_site_is_used(cli: Cli) -> None:
    found = cli.json("audit", "opendatasoft.com")
    assert found["policy"]["name"] == "opendatasoft"
    assert "sessionid" in {each["pattern"] for each in found["declared_and_present"]}


def test_a_site_without_cookies_has_every_row_absent(cli: Cli, page: str) -> None:
    found = cli.json("audit", "nobody.example", "--policy", page)
    assert found["summary"]["cookies"] == 0
    assert len(found["declared_but_absent"]) == 3
    assert "is declared, and none" not in cli("audit", "nobody.example", "--policy", page).out


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ("undeclared", 7), ("outlives", 7), ("absent", 7), ("consent", 7),
        ("party,undeclared", 7), (" undeclared , outlives ", 7), ("", 0), (",", 0),
        ("undeclared,undeclared", 7),
    ],
)  # fmt: skip
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_each_check_can_fail_a_run(
    cli: Cli, page: str, checks: str, code: int, more: tuple[str, ...]
) -> None:
    ran = cli("audit", SITE, "--policy", page, "--fail-on", checks, *more)
    assert ran.code == code, ran.err
    assert ("cookietui: found " in ran.err) is (code == 7)
    assert ran.out


def test_a_check_of_the_party_fails_only_what_is_of_another(cli: Cli, tmp_path: Path) -> None:
    text = cli("policy", "export", "opendatasoft").out.replace("opendatasoft.com", SITE)
    for party, code in (("third", 7), ("first", 0)):
        file = tmp_path / f"{party}.toml"
        row = text.replace('"sessionid"', '"cart"').replace('party = "first"', f'party = "{party}"')
        file.write_text(row)
        ran = cli("audit", SITE, "--policy", str(file), "--fail-on", "party")
        assert ran.code == code, ran.err
        found = cli.json("audit", SITE, "--policy", str(file))["wrong_party"]
        assert {(each["name"], each["actual_party"]) for each in found} == (
            {("cart", "first")} if code else set()
        )


@pytest.mark.parametrize("word", ["everything", "undeclared,nothing", "UNDECLARED", "undeclared;"])
def test_a_check_that_there_is_not_is_told(cli: Cli, word: str) -> None:
    message = one_line(cli("audit", SITE, "--fail-on", word), 2)
    assert "undeclared, outlives, party, absent, consent" in message


def test_a_store_that_cannot_be_read_says_more_than_a_check(cli: Cli, page: str) -> None:
    (cli.home / STORES["firefox:default-release"][0]).write_text("these are not cookies")
    ran = cli("audit", SITE, "--policy", page, "--fail-on", "undeclared")
    assert ran.code == 4
    assert ran.out
    narrowed = cli("audit", SITE, "--policy", page, "--browser", "chromium")
    assert narrowed.code == 0


@pytest.mark.parametrize("words", [(), ("a b",), (SITE, "more"), (SITE, "--to", "pdf")])
def test_wrong_usage_is_told_in_one_line(cli: Cli, words: tuple[str, ...]) -> None:
    one_line(cli("audit", *words), 2)


def test_profiles_can_be_chosen(cli: Cli, page: str) -> None:
    where = ("--profile", str(cli.home / FIREFOX_FOLDER))
    found = cli.json("audit", SITE, "--policy", page, *where)
    assert found["summary"]["cookies"] == len(cli.json("list", SITE, *where, code=3)["cookies"])
    one_line(cli("audit", SITE, "--profile", "firefox:nobody"), 3)


@pytest.mark.parametrize("shape", ["markdown", "html", "text"])
def test_a_report_is_written_to_a_file_that_only_its_owner_may_read(
    cli: Cli, page: str, tmp_path: Path, shape: str
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    folder.chmod(0o755)
    target = folder / f"report.{shape}"
    ran = cli("audit", SITE, "--policy", page, "--to", shape, "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert str(target) in ran.err
    assert "recently_viewed" in target.read_text().replace("\\_", "_")
    assert target.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o755
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("shape", ["markdown", "html"])
def test_a_report_is_printed_where_no_file_is_named(cli: Cli, page: str, shape: str) -> None:
    ran = cli("audit", SITE, "--policy", page, "--to", shape)
    assert ran.code == 0
    assert SITE in ran.out.replace("\\.", ".")


def test_a_report_that_cannot_be_written_is_told(cli: Cli, page: str) -> None:
    words = ("audit", SITE, "--policy", page, "--to", "html", "-o")
    assert "cannot be written" in one_line(cli(*words, "/nowhere/at/all.html"), 2)
    assert "cannot be written" in one_line(cli(*words, str(cli.home)), 2)


def test_hostile_names_of_cookies_are_shown_harmlessly(cli: Cli) -> None:
    for shape in ("text", "markdown", "html"):
        ran = cli("audit", "hostile-names.example", "--to", shape)
        assert ran.code == 0
        assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(ran.out + ran.err)
    assert cli.json("audit", "hostile-names.example")["undeclared"]


@pytest.mark.parametrize(
    ("words", "noted"),
    [((), True), (("--json",), True), (("--to", "html"), False), (("--to", "markdown"), False)],
)
def test_that_no_policy_is_known_is_told_once(
    cli: Cli, words: tuple[str, ...], *, noted: bool
) -> None:
    ran = cli("audit", SITE, *words)
    assert ran.code == 0
    assert ("no policy of" in ran.err) is noted
    assert noted or "policy" in ran.out
