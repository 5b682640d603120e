"""What each command prints in a pipe, and what it does and does not change."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, contents, firefox_running

SITE = "opendatasoft.com"
SHOP = "www.harbour-books.example"


def stores(cli: Cli) -> dict[str, list[tuple[object, ...]]]:
    return {profile: contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)}


def names(cli: Cli, *arguments: str) -> list[str]:
    ran = cli("list", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return [row[0] for row in ran.rows]


def test_profiles_are_one_line_each(cli: Cli) -> None:
    ran = cli("profiles")
    assert (ran.code, ran.err) == (0, "")
    assert [row[:3] + row[4:5] for row in ran.rows] == [
        [CHROMIUM, "Chromium", "Sample person", "closed"],
        [FIREFOX, "Firefox", "default-release", "closed"],
    ]
    assert [int(row[3]) for row in ran.rows] == [len(each) for each in stores(cli).values()]
    assert [Path(row[5]).is_dir() for row in ran.rows] == [True, True]


def test_a_running_browser_is_told(cli: Cli) -> None:
    with firefox_running(cli.home):
        assert [row[4] for row in cli("profiles").rows] == ["closed", "running"]


def test_sites_are_one_line_each_with_their_counts(cli: Cli) -> None:
    ran = cli("sites")
    assert (ran.code, ran.err) == (0, "")
    counts = {row[0]: [int(cell) for cell in row[1:]] for row in ran.rows}
    assert len(counts) == len(ran.rows) > 20
    assert all(sum(each[2:]) == each[0] for each in counts.values())
    assert counts[SITE][0] == len(names(cli, SITE))
    assert [each[1] for each in counts.values()] == sorted(
        (each[1] for each in counts.values()), reverse=True
    )


def test_a_list_is_one_line_for_each_cookie(cli: Cli) -> None:
    assert len(names(cli)) == sum(len(rows) for rows in stores(cli).values())
    [row] = [row for row in cli("list", SITE, "--profile", CHROMIUM).rows if row[0] == "_ga"]
    assert row[1:6] == [".opendatasoft.com", "statistics", "remove", "Google Analytics",
                        "a provider's word"]  # fmt: skip
    assert row[7:] == ["first", "", "", CHROMIUM]


def test_the_founding_site_keeps_its_four_cookies(cli: Cli) -> None:
    kept = cli("list", SITE, "--suggestion", "keep", "--profile", FIREFOX).rows
    assert {(row[0], row[5]) for row in kept} == {
        (name, "the site's policy")
        for name in ("sessionid", "django_language", "csrftoken", "cookies_preferences")
    }


@pytest.mark.parametrize(
    "site",
    ["OPENDATASOFT.com", "https://opendatasoft.com/terms?x#y", "opendatasoft.com.",
     "https://opendatasoft.com:443/"],
)  # fmt: skip
def test_a_site_may_be_a_host_or_a_url(cli: Cli, site: str) -> None:
    assert names(cli, site) == names(cli, SITE) != []


def test_a_host_shows_what_a_request_to_it_would_carry(cli: Cli) -> None:
    of_host = names(cli, "datamidsouth.opendatasoft.com")
    assert {"sessionid", "_ga", "IDE"} <= set(of_host)
    other = names(cli, "other.opendatasoft.com")
    assert "sessionid" not in other
    assert {"_ga", "IDE"} <= set(other)


@pytest.mark.parametrize("site", ["datasoft.com", "books.example", "notopendatasoft.com"])
def test_a_site_is_meant_by_whole_labels(cli: Cli, site: str) -> None:
    ran = cli("list", site)
    assert (ran.code, ran.rows) == (3, [])
    assert f"{site} has no cookies" in ran.err


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--purpose", "statistics"), {"_ga", "_ga_8K2N5QX1TD", "_gid"}),
        (("--purpose", "STATISTICS", "--name", "_ga*"), {"_ga", "_ga_8K2N5QX1TD"}),
        (("--name", "_ga", "--name", "_gid"), {"_ga", "_gid"}),
        (("--type", "third-party"), {"IDE", "fr", "VISITOR_INFO1_LIVE"}),
        (("--type", "third-party", "--host", "facebook.com"), {"fr"}),
        (("--party", "third", "--provider", "doubleclick"), {"IDE"}),
        (("--suggestion", "ask"), set()),
        (("--session",), {"sessionid"}),
        (("--session", "--profile", FIREFOX), set()),
        (("--expired",), set()),
        (("--name", "?ga"), set()),
        (("--browser", "Chromium", "--session"), {"sessionid"}),
        (("--browser", "chromium", "--browser", "firefox", "--name", "fr"), {"fr"}),
    ],
)
def test_filters_combine(cli: Cli, options: tuple[str, ...], left: set[str]) -> None:
    assert set(names(cli, SITE, *options)) == left


def test_a_container_is_filtered_by_its_name(cli: Cli) -> None:
    rows = cli("list", "--container", "holiday plans").rows
    assert {row[0] for row in rows} == {"wishlist", "last_search", "_ga"}
    assert {row[9] for row in rows} == {"Holiday plans"}
    assert not any(row[9] for row in cli("list", "--container", "none").rows)


def test_expired_cookies_are_filtered(cli: Cli) -> None:
    rows = cli("list", "--expired").rows
    assert {(row[0], row[6]) for row in rows} == {
        ("price_watch", "expired"),
        ("promo_seen", "expired"),
    }


def test_a_path_names_a_profile_as_its_id_does(cli: Cli) -> None:
    folder = cli.home / ".config/mozilla/firefox/sample.default-release"
    by_id = cli("list", "--profile", FIREFOX).out
    assert by_id
    assert cli("list", "--profile", str(folder)).out == by_id
    assert cli("list", "--profile", str(folder / "cookies.sqlite")).out == by_id


def test_one_cookie_is_explained_in_full(cli: Cli) -> None:
    ran = cli("explain", SITE, "IDE", "--profile", FIREFOX)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("IDE  Marketing  suggestion: remove\n")
    labels = {line.split(":")[0].strip() for line in ran.out.splitlines()[2:]}
    assert {
        "Provider",
        "Consent",
        "Lifetime",
        "If deleted",
        "Known by",
        "Stored under",
        "Profile",
    } <= labels


def test_a_cookie_in_both_browsers_is_explained_twice(cli: Cli) -> None:
    assert cli("explain", SITE, "_gid").out.count("_gid  Statistics") == 2


def test_a_dry_run_says_what_would_go_and_changes_nothing(cli: Cli) -> None:
    before = stores(cli)
    for options in ((), ("--yes",)):
        ran = cli("clean", SITE, *options)
        assert ran.code == 0
        assert ran.err == "nothing was deleted: --apply does it\n"
        going = [row[1] for row in ran.rows if row[0] == "delete"]
        staying = {(row[1], row[3]) for row in ran.rows if row[0] == "keep"}
        assert sorted(set(going)) == [
            "IDE", "VISITOR_INFO1_LIVE", "_fbp", "_ga", "_ga_8K2N5QX1TD", "_gid", "fr",
        ]  # fmt: skip
        assert ("sessionid", "necessary") in staying
    assert stores(cli) == before
    assert cli("history").out == ""


def test_a_deletion_and_its_undo_leave_everything_as_it_was(cli: Cli) -> None:
    before = stores(cli)
    ran = cli("clean", SITE, "--apply")
    assert (ran.code, ran.err) == (0, "")
    deleted, *stores_told, undo = ran.out.splitlines()
    assert deleted == "14 cookies deleted and verified"
    assert stores_told == ["  chromium:Default: 7", "  firefox:default-release: 7"]
    assert set(names(cli, SITE)) == {
        "sessionid", "django_language", "csrftoken", "cookies_preferences",
    }  # fmt: skip
    entry = undo.split()[2].strip("`")
    assert cli("history").rows[0][0] == entry
    back = cli("undo", entry)
    assert (back.code, back.out) == (0, "14 cookies put back and verified\n")
    assert stores(cli) == before
    assert cli("history").rows[0][4] == "undone"


def test_clean_narrows_by_the_filters(cli: Cli) -> None:
    cli("clean", SITE, "--apply", "--purpose", "marketing", "--profile", FIREFOX)
    assert set(names(cli, SITE, "--purpose", "marketing", "--profile", FIREFOX)) == set()
    assert names(cli, SITE, "--purpose", "marketing", "--profile", CHROMIUM)
    assert "_ga" in names(cli, SITE, "--profile", FIREFOX)


def test_what_is_to_be_asked_about_goes_only_if_said_so(cli: Cli) -> None:
    name = cli.json("list", SHOP, "--suggestion", "ask")["cookies"][0]["name"]
    assert all(row[0] == "keep" for row in cli("clean", SHOP, "--name", name).rows)
    rows = cli("clean", SHOP, "--name", name, "--include", "ask").rows
    assert {row[1] for row in rows if row[0] == "delete"} == {name}
    assert "session" not in {row[1] for row in cli("clean", SHOP, "--include", "ask").rows
                             if row[0] == "delete"}  # fmt: skip


@pytest.mark.parametrize(
    "options", [(), ("--name", "*"), ("--name", "sess*"), ("--name", "session", "--name", "_*")]
)
def test_the_necessary_goes_only_if_named_in_full(cli: Cli, options: tuple[str, ...]) -> None:
    ran = cli("clean", SHOP, "--include", "keep", "--apply", *options)
    assert (ran.code, ran.out) == (2, "")
    assert "--name" in ran.err
    assert "session" in names(cli, SHOP)


def test_the_necessary_named_in_full_goes_and_comes_back(cli: Cli) -> None:
    before = stores(cli)
    assert all(row[0] == "keep" for row in cli("clean", SHOP, "--name", "session").rows)
    assert cli("clean", SHOP, "--include", "keep", "--name", "session", "--apply").code == 0
    assert "session" not in names(cli, SHOP)
    assert cli("undo").code == 0
    assert stores(cli) == before


def test_nothing_is_kept_at_first_and_keeping_is_listed_with_its_note(cli: Cli) -> None:
    assert cli("keep", "list").out == ""
    assert cli("keep", "add", SITE, "_ga*", "--note", "our own report").code == 0
    assert cli("keep", "list").rows == [["_ga*", SITE, "our own report"]]


def test_a_kept_cookie_is_not_deleted_until_it_is_released(cli: Cli) -> None:
    cli("keep", "add", SITE, "_ga*")
    rows = cli("clean", SITE).rows
    assert {(row[1], row[3]) for row in rows if row[0] == "keep" and row[1].startswith("_ga")} == {
        ("_ga", "you said to keep it"),
        ("_ga_8K2N5QX1TD", "you said to keep it"),
    }
    assert cli("keep", "remove", SITE, "_ga*").code == 0
    assert "_ga" in {row[1] for row in cli("clean", SITE).rows if row[0] == "delete"}


@pytest.mark.parametrize(
    ("site", "name"),
    [
        (SITE, "IDE"),  # of a stranger, stored under the site
        ("datamidsouth.opendatasoft.com", "_ga"),  # of the whole domain, which the host sends too
    ],
)
def test_what_the_program_says_it_keeps_of_a_site_it_keeps(cli: Cli, site: str, name: str) -> None:
    assert name in {row[1] for row in cli("clean", site).rows if row[0] == "delete"}
    said = cli("keep", "add", site, name)
    going = {row[1] for row in cli("clean", site).rows if row[0] == "delete"}
    assert said.code != 0 or name not in going
