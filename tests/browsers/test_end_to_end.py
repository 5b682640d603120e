"""The whole way on real profiles: the browsers themselves say what they have and what they send."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.browsers import offers
from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.reported import ReportedCookie
from tests.browsers.requirement import BrowserName
from tests.browsers.server import CookieServer
from tests.browsers.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browsers")]

_DRIVERS: dict[BrowserName, type[Chromium] | type[Firefox]] = {
    "chromium": Chromium,
    "firefox": Firefox,
}
_FOUNDING_SITE = "datamidsouth.opendatasoft.com"
# A path that sets nothing, to see what is sent without changing what is there.
_QUIET = "/quiet"

Seen = tuple[object, ...]


class Person(msgspec.Struct, frozen=True):
    """Somebody with one browser profile and a home of their own.

    Attributes:
        browser: Which browser.
        profile: The folder the browser was started on.
        home: The home folder.
    """

    browser: BrowserName
    profile: Path
    home: Path

    def start(self, server: CookieServer) -> Chromium | Firefox:
        """A driver for the profile."""
        return _DRIVERS[self.browser](self.profile, server)

    @property
    def selector(self) -> str:
        """What the command line calls the profile."""
        return str(self.profile / "Default" if self.browser == "chromium" else self.profile)

    def run(self, *words: str | bytes, code: int = 0) -> dict[str, Any]:
        """Run the program on the profile and read its JSON."""
        where = () if words[0] in ("undo", "history") else ("--profile", self.selector)
        finished = subprocess.run(
            [sys.executable, "-m", "cookietui", *words, *where, "--json"],
            env={"HOME": str(self.home), "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert finished.returncode == code, finished.stderr
        assert offers.VALUE not in finished.stdout + finished.stderr
        assert "Traceback" not in finished.stderr
        result: dict[str, Any] = json.loads(finished.stdout) if finished.stdout else {}
        return result

    def listed(self, *, session: bool = True) -> set[Seen]:
        """What the program says the profile holds, perhaps without cookies of the session."""
        cookies = self.run("list")["cookies"]
        return {self._seen(cookie) for cookie in cookies if session or not cookie["session"]}

    def reported(self, cookies: list[ReportedCookie], *, session: bool) -> set[Seen]:
        """What the browser says it holds, in the same shape."""
        return {
            (
                cookie.name, cookie.host, cookie.path, cookie.partition, cookie.container,
                cookie.secure, cookie.http_only, cookie.same_site, cookie.session,
                cookie.cross_site if self.browser == "chromium" and cookie.partition else None,
                None if cookie.expires is None else int(cookie.expires),
            )
            for cookie in cookies
            if session or not cookie.session
        }  # fmt: skip

    def _seen(self, cookie: dict[str, Any]) -> Seen:
        name = cookie["name"].encode("utf-8", "surrogateescape")
        errors = "ignore" if self.browser == "chromium" else "replace"
        partition, container = cookie["partition"], cookie["container"]
        chromium = self.browser == "chromium"
        expires = cookie["expires"]
        return (
            name.decode("utf-8", errors), cookie["host"], cookie["path"],
            partition and partition["site"], container["id"] if container else 0,
            cookie["secure"], cookie["http_only"], cookie["same_site"], cookie["session"],
            partition["cross_site"] if chromium and partition else None,
            None if expires is None else _seconds(expires),
        )  # fmt: skip


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


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
    gone = {person._seen(cookie) for cookie in done["deleted"]}
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
