"""The two drivers: what they report, what survives a restart, and what they leave behind."""

import os
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests.browsers import offers
from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.process import BrowserFailedError, BrowserProcess
from tests.browsers.reported import ReportedCookie
from tests.browsers.requirement import BrowserName, browser_path
from tests.browsers.server import CookieServer
from tests.browsers.waiting import wait_until

pytestmark = pytest.mark.browser

_DRIVERS: dict[BrowserName, type[Chromium] | type[Firefox]] = {
    "chromium": Chromium,
    "firefox": Firefox,
}
_STORES: dict[BrowserName, str] = {"chromium": "Default/Cookies", "firefox": "cookies.sqlite"}
_SHOP, _NEWS, _TRACKER = "https://shop.test", "https://news.test", "https://tracker.test"


class Visited(msgspec.Struct, frozen=True):
    """A profile that has seen all offers, closed again, and what the browser said before."""

    browser: BrowserName
    profile: Path
    reported: list[ReportedCookie]

    def start(self, server: CookieServer) -> Chromium | Firefox:
        """Return a driver for the profile."""
        return _DRIVERS[self.browser](self.profile, server)

    def named(self, name: str) -> list[ReportedCookie]:
        """Return every reported cookie of a name."""
        return [cookie for cookie in self.reported if cookie.name == name]


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def visited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Visited:
    """One profile per browser, filled once and closed cleanly."""
    name: BrowserName = request.param
    profile = tmp_path_factory.mktemp(name) / "profile"
    with CookieServer() as server:
        offers.serve_offers(server)
        with _DRIVERS[name](profile, server) as browser:
            offers.visit_all(browser)
            reported = browser.cookies()
    return Visited(name, profile, reported)


def test_twins_are_reported_with_partition_and_container(visited: Visited) -> None:
    expected = {
        "chromium": [
            (None, False, 0),
            (_NEWS, True, 0),
            (_SHOP, True, 0),
            (_TRACKER, False, 0),
        ],
        "firefox": [
            (None, False, 0),
            (_NEWS, False, 0),
            (_SHOP, False, 0),
            (_SHOP, False, offers.OFFER_CONTAINER),
            (_TRACKER, False, 0),
        ],
    }
    twins = Counter((c.partition, c.cross_site, c.container) for c in visited.named("twin"))
    assert twins == Counter(expected[visited.browser])


def test_a_site_inside_itself_is_cross_site(visited: Visited) -> None:
    inside = [c for c in visited.named("inside_chips") if c.partition == _SHOP]
    expected = {"chromium": {0}, "firefox": {0, offers.OFFER_CONTAINER}}
    assert {c.container for c in inside} == expected[visited.browser]
    assert all(c.cross_site for c in inside)


def test_attributes_are_reported(visited: Visited) -> None:
    default = [c for c in visited.reported if c.container == 0 and c.host.endswith("shop.test")]
    carts = {(c.host, c.path) for c in default if c.name == "cart"}
    assert carts == {
        ("shop.test", "/"),
        ("shop.test", "/cart"),
        (".shop.test", "/"),
        ("www.shop.test", "/"),
    }
    (auth,) = [c for c in default if c.name == "__Host-auth"]
    assert auth.expires is not None
    assert abs(auth.expires - time.time() - 31536000) < 300
    assert (auth.secure, auth.http_only, auth.same_site, auth.session) == (
        True,
        True,
        "strict",
        False,
    )
    (sid,) = [c for c in default if c.name == "sid"]
    assert (sid.same_site, sid.session, sid.expires) == ("lax", True, None)
    assert {c.same_site for c in default if c.name == "theme"} == {"unset"}
    assert {c.same_site for c in default if c.name == "inside"} == {"none"}
    assert set(offers.SCRIPTED) <= {c.name for c in default}


def test_hostile_names_are_reported_as_the_browser_reads_them(visited: Visited) -> None:
    expected = {
        "[bold red]",
        "csi\u009b31mred",
        "rtl\u202egnp.exe",
        "two words here",
        "empty_value",
        "invalid_value",
        "grüße_日本",
        offers.LONG_NAME,
    }
    # Each has its own way with bytes that are no UTF-8, and only Chromium takes no name at all.
    expected |= {"chromium": {"", "invald"}, "firefox": {"inval\ufffdd"}}[visited.browser]
    assert {c.name for c in visited.reported if c.host == "odd.test"} == expected


def test_the_store_is_there_after_the_close(visited: Visited) -> None:
    store = visited.profile / _STORES[visited.browser]
    assert store.read_bytes().startswith(b"SQLite format 3\0")


def test_a_restart_keeps_and_sends_what_is_persistent(
    visited: Visited, server: CookieServer
) -> None:
    server.route("shop.test", "/", body=f'<iframe src="{_TRACKER}/frame"></iframe>')
    with visited.start(server) as browser:
        kept = browser.cookies()
        browser.visit(offers.SHOP)

    assert Counter(kept) == Counter(c for c in visited.reported if not c.session)
    first_party = {name for name, _ in server.cookies_sent("shop.test", "/")}
    assert {b"sessionid", b"__Host-auth", b"_ga", b"scripted", b"from_www"} <= first_party
    assert b"sid" not in first_party
    embedded = Counter(name for name, _ in server.cookies_sent("tracker.test", "/frame"))
    # Firefox has put the cookie without "Partitioned" into the same jar, where it was replaced.
    assert embedded[b"twin"] == {"chromium": 2, "firefox": 1}[visited.browser]


def test_session_cookies_survive_a_close_on_request(
    tmp_path: Path, visited: Visited, server: CookieServer
) -> None:
    driver = _DRIVERS[visited.browser]
    server.route("shop.test", "/", set_cookie=["basket=1; Secure"])
    with driver(tmp_path / "p", server, restore_session=True) as browser:
        browser.visit(offers.SHOP)
    with driver(tmp_path / "p", server, restore_session=True) as browser:
        wait_until(lambda: bool(browser.cookies()), 20, "the session cookies")
        assert [(c.name, c.session) for c in browser.cookies()] == [("basket", True)]


def test_a_new_container_has_a_jar_of_its_own(tmp_path: Path, server: CookieServer) -> None:
    server.route("shop.test", "/", body="<title>shop</title>")
    with Firefox(tmp_path / "p", server) as browser:
        number = browser.new_container()
        browser.visit(offers.SHOP, number)
        browser.run("document.cookie = 'inner=1; max-age=1000'")
        browser.visit(offers.SHOP)
        assert browser.run("document.title") == "shop"
        assert browser.run("document.cookie") == ""
        assert [(c.name, c.container) for c in browser.cookies()] == [("inner", number)]
    identities = msgspec.json.decode((tmp_path / "p" / "containers.json").read_bytes())
    assert number in [identity["userContextId"] for identity in identities["identities"]]


def test_a_killed_browser_is_gone_at_once(tmp_path: Path, visited: Visited) -> None:
    with CookieServer() as server, _DRIVERS[visited.browser](tmp_path / "p", server) as browser:
        browser.visit("https://a.test/")
        pid = browser.pid
        assert len(_group(pid)) > 1
        browser.kill()
        assert _group(pid) == []
        with pytest.raises(BrowserFailedError, match="not running"):
            browser.visit("https://a.test/")


def test_a_browser_that_does_not_start_says_why() -> None:
    process = BrowserProcess([sys.executable, "-c", "raise SystemExit('no display, no luck')"])
    with pytest.raises(BrowserFailedError, match="no display, no luck"):
        process.wait_for_line(r"listening on (\S+)")
    process.wait()


def test_a_browser_never_sees_the_developers_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/developer/bus")
    script = "import os, sys; sys.stderr.write(f'seen {sorted(os.environ.items())}')"
    process = BrowserProcess([sys.executable, "-c", script])
    seen = process.wait_for_line(r"seen (.*)")
    process.wait()
    assert "/developer/bus" not in seen
    assert f"('HOME', '{os.environ['HOME']}')" not in seen
    assert "'XDG_CONFIG_HOME'" in seen


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_a_missing_browser_is_skipped_but_never_on_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="apt-get install chromium"):
        browser_path("chromium")


def test_waiting_ends_with_the_condition_or_with_its_name() -> None:
    answers = iter([False, False, True])
    wait_until(lambda: next(answers), 5, "the third answer")
    assert next(answers, None) is None
    with pytest.raises(TimeoutError, match="a miracle"):
        wait_until(lambda: False, 0.05, "a miracle")


def _group(leader: int) -> list[int]:
    """Return the living processes of a process group; one that waits for its parent is dead."""
    members = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            members.append(int(status.parent.name))
    return members
