"""The documented JSON: exactly its keys, null for what is unknown, times in UTC."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.cli.encoding import moment
from cookietui.model.cookie import SameSite
from cookietui.model.policy import Consent, Party, Purpose
from cookietui.model.verdict import Basis, KindName, Level, Suggestion
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, contents, firefox_running

SITE = "opendatasoft.com"
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

PROFILE = {"id", "browser", "name", "path", "family", "running", "cookies"}
FAILURE = {"profile", "error", "message", "hint"}
COOKIE = {
    "id", "profile", "name", "host", "path", "host_only", "partition", "container", "created",
    "expires", "last_used", "session", "secure", "http_only", "same_site", "size", "encryption",
    "value", "party", "type", "purpose", "suggestion", "basis", "provider", "function",
    "description", "consent", "declared_lifetime", "matched", "source", "evidence",
    "disagreements", "findings", "kept",
}  # fmt: skip
SITE_COUNT = {
    "site", "cookies", "necessary", "preferences", "statistics", "marketing", "unknown",
    "removable",
}  # fmt: skip
CLEANED = {"schema", "applied", "status", "journal", "deleted", "kept", "refused"}
WORDS: dict[str, set[str | None]] = {
    "type": {each.value for each in KindName},
    "purpose": {each.value for each in Purpose},
    "suggestion": {each.value for each in Suggestion},
    "basis": {each.value for each in Basis},
    "consent": {each.value for each in Consent},
    "party": {each.value for each in Party},
    "same_site": {each.value for each in SameSite},
    "encryption": {None, "v10", "v11", "v12", "v20", "dpapi"},
    "value": {None},
}


def test_the_list_has_exactly_the_documented_keys(cli: Cli) -> None:
    document = cli.json("list")
    assert set(document) == {"schema", "site", "scanned_at", "profiles", "failures", "cookies"}
    assert (document["schema"], document["site"], document["failures"]) == (1, None, [])
    assert UTC_TIME.fullmatch(document["scanned_at"])
    assert all(set(each) == PROFILE for each in document["profiles"])
    assert all(set(each) == COOKIE for each in document["cookies"])
    assert len({each["id"] for each in document["cookies"]}) == len(document["cookies"]) > 200


def test_the_words_are_the_documented_ones(cli: Cli) -> None:
    cookies = cli.json("list")["cookies"]
    for key, words in WORDS.items():
        assert {each[key] for each in cookies} <= words, key
    levels = {finding["level"] for each in cookies for finding in each["findings"]}
    assert levels <= {each.value for each in Level}
    nested = {
        "partition": {"site", "cross_site"},
        "container": {"id", "name"},
    }
    for key, keys in nested.items():
        there = [each[key] for each in cookies if each[key] is not None]
        assert there
        assert all(set(each) == keys for each in there)
    found = [each for cookie in cookies for each in cookie["findings"]]
    assert found
    assert all(set(each) == {"code", "level", "text"} for each in found)


def test_disagreements_name_their_source(cli: Cli) -> None:
    [each] = cli.json("list", SITE, "--name", "django_language", "--profile", FIREFOX)["cookies"]
    assert each["disagreements"] == [{"source": "django", "purpose": "preferences"}]
    assert (each["basis"], each["source"], each["suggestion"]) == ("policy", "opendatasoft", "keep")


def test_what_is_unknown_is_null(cli: Cli) -> None:
    cookies = {each["name"]: each for each in cli.json("list", "--profile", CHROMIUM)["cookies"]}
    nobody = cookies["price_watch"]
    for key in ("partition", "container", "provider", "function", "description",
                "declared_lifetime", "matched", "source", "value"):  # fmt: skip
        assert nobody[key] is None, key
    assert cookies["no_end_known"]["expires"] is None
    assert not cookies["no_end_known"]["session"]
    assert cookies["session"]["expires"] is None
    assert cookies["session"]["session"]
    assert (nobody["basis"], nobody["purpose"]) == ("none", "unknown")
    assert cookies[""]["name"] == ""


def test_times_are_iso_8601_in_utc(cli: Cli) -> None:
    for each in cli.json("list")["cookies"]:
        for key in ("created", "expires", "last_used"):
            assert each[key] is None or UTC_TIME.fullmatch(each[key]), each
        assert each["created"]


@given(st.none() | st.integers(-(2**63), 2**63))
@example(-62_000_000_000_000_000)  # in the year 5
def test_any_time_a_store_may_hold_is_written_in_iso_8601_or_as_null(at: int | None) -> None:
    text = moment(at)
    if text is not None:
        assert UTC_TIME.fullmatch(text)
        assert datetime.fromisoformat(text).tzinfo is UTC


def test_a_site_is_told_by_its_host(cli: Cli) -> None:
    assert cli.json("list", "https://WWW.harbour-books.example/x")["site"] == (
        "www.harbour-books.example"
    )


def test_explain_prints_the_same_document_as_list(cli: Cli) -> None:
    explained = cli.json("explain", SITE, "IDE")
    listed = cli.json("list", SITE, "--name", "IDE")
    assert explained["cookies"] == listed["cookies"]
    assert set(explained) == set(listed)


def test_profiles_have_exactly_the_documented_keys(cli: Cli) -> None:
    document = cli.json("profiles")
    assert set(document) == {"schema", "profiles"}
    assert [set(each) for each in document["profiles"]] == [PROFILE, PROFILE]


def test_profiles_say_whether_a_browser_is_running(cli: Cli) -> None:
    with firefox_running(cli.home):
        running = {each["id"]: each["running"] for each in cli.json("profiles")["profiles"]}
    assert running == {CHROMIUM: False, FIREFOX: True}


def test_sites_have_exactly_the_documented_keys(cli: Cli) -> None:
    document = cli.json("sites")
    assert set(document) == {"schema", "sites", "failures"}
    assert all(set(each) == SITE_COUNT for each in document["sites"])
    founding = next(each for each in document["sites"] if each["site"] == SITE)
    assert founding["cookies"] == len(cli.json("list", SITE)["cookies"])


def test_clean_has_exactly_the_documented_keys_planned_and_done(cli: Cli) -> None:
    planned = cli.json("clean", SITE)
    assert set(planned) == CLEANED
    assert (planned["applied"], planned["status"], planned["journal"]) == (False, "planned", None)
    assert all(set(each) == {"id", "why"} for each in planned["kept"])
    done = cli.json("clean", SITE, "--apply")
    assert set(done) == CLEANED
    assert (done["applied"], done["status"]) == (True, "done")
    assert all(set(each) == COOKIE for each in done["deleted"])
    assert [e["id"] for e in done["deleted"]] == [e["id"] for e in planned["deleted"]]
    assert done["journal"]


def test_undo_has_exactly_the_documented_keys(cli: Cli) -> None:
    journal = cli.json("clean", SITE, "--apply")["journal"]
    document = cli.json("undo")
    assert set(document) == {"schema", "journal", "status", "restored", "skipped"}
    assert (document["journal"], document["status"]) == (journal, "done")
    assert (document["restored"], document["skipped"]) == (14, [])


def test_history_tells_what_can_be_undone(cli: Cli) -> None:
    assert cli.json("history") == {"schema": 1, "entries": [], "backups": []}
    journal = cli.json("clean", SITE, "--apply")["journal"]
    [entry] = cli.json("history")["entries"]
    assert (entry["id"], entry["site"], entry["cookies"]) == (journal, SITE, 14)
    assert entry["status"] == "deleted"
    assert entry["profiles"] == [CHROMIUM, FIREFOX]
    assert UTC_TIME.fullmatch(entry["at"])
    cli("undo")
    assert cli.json("history")["entries"][0]["status"] == "undone"


def test_kept_cookies_are_marked_and_listed(cli: Cli) -> None:
    cli("keep", "add", SITE, "_ga")
    assert cli.json("keep", "list") == {
        "schema": 1,
        "kept": [{"name": "_ga", "host": SITE, "note": ""}],
    }
    kept = [each["name"] for each in cli.json("list", SITE)["cookies"] if each["kept"]]
    assert kept == ["_ga", "_ga"]


def test_a_refused_store_is_told_and_the_other_is_cleaned(cli: Cli) -> None:
    before = contents(cli.home, FIREFOX)
    with firefox_running(cli.home):
        planned = cli.json("clean", SITE)
        done = cli.json("clean", SITE, "--apply", code=5)
    for document in (planned, done):
        [refused] = document["refused"]
        assert set(refused) == FAILURE
        assert (refused["profile"], refused["error"]) == (FIREFOX, "BrowserRunningError")
    assert done["status"] == "partial"
    assert {each["profile"] for each in done["deleted"]} == {CHROMIUM}
    assert contents(cli.home, FIREFOX) == before


@pytest.mark.parametrize(
    "command", [("list",), ("sites",), ("clean", SITE), ("explain", SITE, "IDE")]
)
def test_a_broken_profile_is_a_failure_with_the_documented_keys(
    cli: Cli, command: tuple[str, ...]
) -> None:
    store = cli.home / ".config/mozilla/firefox/sample.default-release/cookies.sqlite"
    store.write_text("not a database")
    document = cli.json(*command, code=4)
    [failure] = document["refused"] if command[0] == "clean" else document["failures"]
    assert set(failure) == FAILURE
    assert (failure["profile"], failure["error"]) == (FIREFOX, "StoreError")
    assert str(store) in failure["message"]
