"""The whole way on real profiles: the browsers themselves say what they have and what they send."""

from pathlib import Path

import pytest

from tests.browsers import offers
from tests.browsers.person import Person, Seen
from tests.browsers.server import CookieServer
from tests.browsers.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browsers")]

_FOUNDING_SITE = "datamidsouth.opendatasoft.com"
# A path that sets nothing, to see what is sent without changing what is there.
_QUIET = "/quiet"


def _names(server: CookieServer, host: str) -> list[bytes]:
    """The names of the cookies that went along with the last quiet request."""
    return sorted(name for name, _ in server.cookies_sent(host, _QUIET))


@pytest.fixture(params=["chromium", "firefox"])
def person(request: pytest.FixtureRequest, tmp_path: Path, server: CookieServer) -> Person:
    """Somebody with a browser, before it is started for the first time."""
    home = tmp_path / "home"
    home.mkdir()
    offers.serve_offers(server)
    return Person(request.param, tmp_path / "profile", home)


def test_what_is_listed_deleted_and_put_back_is_what_the_browser_has_and_sends(
    person: Person, server: CookieServer
) -> None:
    with person.start(server) as browser:
        offers.visit_all(browser)
        reported = browser.cookies()
    assert person.listed() == person.reported(reported, session=True)
    before = person.reported(reported, session=False)

    with person.start(server) as browser:
        browser.visit(f"https://shop.test{_QUIET}")
        assert person.reported(browser.cookies(), session=False) == before
    sent_before = _names(server, "shop.test")

    planned = person.run("clean", "shop.test", "--include", "ask")
    assert (planned["applied"], planned["status"]) == (False, "planned")
    assert person.listed() >= before

    done = person.run("clean", "shop.test", "--include", "ask", "--apply")
    assert (done["status"], done["refused"]) == ("done", [])
    gone = {person.seen(cookie) for cookie in done["deleted"]}
    assert gone
    assert b"__Host-auth" in sent_before
    assert not {each[0] for each in gone} & {"__Host-auth"}

    with person.start(server) as browser:
        browser.visit(f"https://shop.test{_QUIET}")
        assert person.reported(browser.cookies(), session=False) == before - gone
    sent_after = _names(server, "shop.test")
    assert len(sent_after) < len(sent_before)
    assert b"__Host-auth" in sent_after

    undone = person.run("undo")
    assert (undone["status"], undone["restored"]) == ("done", len(done["deleted"]))
    with person.start(server) as browser:
        browser.visit(f"https://shop.test{_QUIET}")
        assert person.reported(browser.cookies(), session=False) == before
    assert _names(server, "shop.test") == sent_before


@pytest.mark.proof
def test_cookies_with_hostile_names_go_and_come_back(person: Person, server: CookieServer) -> None:
    with person.start(server) as browser:
        offers.visit_all(browser)
    with person.start(server) as browser:
        before = person.reported(browser.cookies(), session=False)
    odd = {each for each in before if str(each[1]).endswith("odd.test")}
    assert len(odd) > 5

    options = ("--include", "ask", "--include", "keep", "--apply")
    names = [c["name"] for c in person.run("list", "odd.test")["cookies"]]
    named = [word for name in names if "*" not in name for word in ("--name", name)]
    raw = [word.encode("utf-8", "surrogateescape") for word in (*named, *options)]
    done = person.run("clean", "odd.test", *raw)
    assert done["status"] == "done"
    with person.start(server) as browser:
        assert person.reported(browser.cookies(), session=False) == before - odd

    assert person.run("undo")["status"] == "done"
    with person.start(server) as browser:
        assert person.reported(browser.cookies(), session=False) == before


def test_the_founding_sites_own_cookies_stay_and_only_what_it_does_not_need_goes(
    person: Person, server: CookieServer
) -> None:
    with person.start(server) as browser:
        offers.visit_all(browser)
    listed = person.run("list", _FOUNDING_SITE)["cookies"]
    own = {"sessionid", "csrftoken", "cookies_preferences", "django_language"}
    suggestions = {cookie["name"]: cookie["suggestion"] for cookie in listed}
    bases = {cookie["name"]: cookie["basis"] for cookie in listed}
    assert {suggestions[name] for name in own} == {"keep"}
    assert {bases[name] for name in own} == {"policy"}

    done = person.run("clean", _FOUNDING_SITE, "--apply")
    assert "_ga" in {cookie["name"] for cookie in done["deleted"]}
    assert not own & {cookie["name"] for cookie in done["deleted"]}
    with person.start(server) as browser:
        browser.visit(f"https://{_FOUNDING_SITE}{_QUIET}")
    sent = {name.decode() for name in _names(server, _FOUNDING_SITE)}
    assert "_ga" not in sent
    assert own <= sent


def test_a_running_browser_shows_its_cookies_and_loses_none(
    person: Person, server: CookieServer
) -> None:
    # A running Firefox writes its session file now and then only.
    session = person.browser == "chromium"
    with person.start(server) as browser:
        offers.visit_all(browser)
        reported = person.reported(browser.cookies(), session=session)

        def listed() -> set[Seen]:
            return person.listed(session=session)

        # Chromium writes every thirty seconds, Firefox after half a second.
        wait_until(lambda: listed() == reported, 45, "the cookies to reach the disk")
        profiles = person.run("profiles")["profiles"]
        assert [profile["running"] for profile in profiles] == [True]
        refused = person.run("clean", "shop.test", "--apply", code=5)
        assert (refused["status"], refused["deleted"]) == ("refused", [])
        assert refused["refused"][0]["error"] == "BrowserRunningError"
        assert listed() == reported
        assert person.run("history")["entries"] == []
        assert person.reported(browser.cookies(), session=session) == reported
