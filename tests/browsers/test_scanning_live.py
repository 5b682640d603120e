"""Scans while the browsers work: nothing is missed, and the browsers lose nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cookietui.errors import BusyError
from cookietui.model.cookie import Cookie
from cookietui.stores.port import CookieStore
from tests.browsers import offers
from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.server import CookieServer
from tests.browsers.waiting import wait_until
from tests.builders import open_store, profile

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browsers")]

SCANS = 50
# Chromium writes after 512 changes or thirty seconds: so many cookies make it write meanwhile.
COOKIES_A_PAGE = 40
_KEPT = "Max-Age=31536000"


def _serve_many(server: CookieServer, pages: int) -> None:
    for page in range(pages):
        cookies = [f"c{number}=v4lue; {_KEPT}" for number in range(COOKIES_A_PAGE)]
        server.route(f"site{page}.test", "/", set_cookie=cookies)


def _names(cookies: Iterator[Cookie] | tuple[Cookie, ...]) -> set[tuple[str, str]]:
    return {(cookie.host, cookie.name) for cookie in cookies}


@contextmanager
def _scanning(store: CookieStore) -> Iterator[list[int]]:
    """Scan over and over beside what the block does; how many cookies each scan found."""
    found: list[int] = []
    stop = threading.Event()

    def scan() -> None:
        while not stop.is_set() or len(found) < SCANS:
            try:
                found.append(len(store.read().cookies))
            except BusyError:
                continue  # said, not guessed; the next one will do

    thread = threading.Thread(target=scan)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def test_chromium_loses_none_of_its_writes_while_it_is_scanned(
    tmp_path: Path, server: CookieServer
) -> None:
    folder = tmp_path / "profile"
    _serve_many(server, SCANS)
    with Chromium(folder, server) as browser:
        browser.visit("https://site0.test/")
        stored = folder / "Default" / "Cookies"
        wait_until(stored.exists, 30, "the store")
        store = open_store(profile(stored), tmp_path)
        with _scanning(store) as found:
            for page in range(1, SCANS):
                browser.visit(f"https://site{page}.test/")
        reported = browser.cookies()
    assert len(found) >= SCANS
    assert found == sorted(found), "a scan saw fewer cookies than the one before"
    assert len(set(found)) > 1, "Chromium wrote nothing while it was scanned"
    expected = {(each.host, each.name) for each in reported}
    assert len(expected) == SCANS * COOKIES_A_PAGE
    assert _names(store.read().cookies) == expected


def test_a_running_firefox_shows_cookies_that_are_only_in_its_log(
    tmp_path: Path, server: CookieServer
) -> None:
    folder = tmp_path / "profile"
    offers.serve_offers(server)
    with Firefox(folder, server) as browser:
        browser.visit("https://www.shop.test/")
        stored = folder / "cookies.sqlite"
        log = stored.with_name("cookies.sqlite-wal")
        expected = {(c.host, c.name) for c in browser.cookies() if not c.session}
        assert expected
        store = open_store(profile(stored), tmp_path)

        def shown() -> set[tuple[str, str]]:
            cookies = store.read().cookies
            return _names(cookie for cookie in cookies if not cookie.in_session_file)

        wait_until(lambda: shown() == expected, 30, "the cookies in the log")
        assert log.stat().st_size
        main_file_alone = tmp_path / "alone" / "cookies.sqlite"
        main_file_alone.parent.mkdir()
        main_file_alone.write_bytes(stored.read_bytes())
        alone = open_store(profile(main_file_alone), tmp_path).read().cookies
        assert len(alone) < len(expected)
