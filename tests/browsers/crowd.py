"""Five hundred persistent cookies, each with a value of its own, and who gets to see them."""

import hashlib
from collections.abc import Iterator

import msgspec

from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.offers import VALUE
from tests.browsers.requirement import BrowserName
from tests.browsers.server import CookieServer

SIZE = 500
WIDGET = "widget.test"
"""Embedded by every site; it keeps a twin of one and the same cookie under each."""

BIG = 2000
"""Bytes of the longest values."""

_QUIET = "/quiet"
_KEPT = "Max-Age=31536000"
_FRAME = "<!doctype html><meta charset=utf-8><title>site</title><iframe src={}></iframe>"

Visit = tuple[str, int]
"""A site and the container it is visited in."""


class Offer(msgspec.Struct, frozen=True):
    """One cookie that is offered once.

    Attributes:
        name: Its name.
        host: With a leading dot if it is for subdomains too.
        path: Its path.
        partition: The site under which it is kept apart, if it is.
        container: The container it is offered in.
        attributes: The rest of the header.
        size: The bytes of its value, at least.
    """

    name: str
    host: str
    path: str = "/"
    partition: str | None = None
    container: int = 0
    attributes: str = "Secure; SameSite=Lax"
    size: int = 0

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return (self.name, self.host, self.path, self.partition, self.container)

    @property
    def value(self) -> str:
        """A value that no other has."""
        own = hashlib.sha256(repr(self.identity).encode()).hexdigest()[:16]
        return f"{VALUE}-{own}".ljust(self.size, "x")

    @property
    def header(self) -> str:
        """How it is offered."""
        domain = f"; Domain={self.host[1:]}" if self.host.startswith(".") else ""
        attributes = f"{self.attributes}; {_KEPT}"
        return f"{self.name}={self.value}{domain}; Path={self.path}; {attributes}"


def site(number: int) -> str:
    """The host of a site."""
    return f"s{number:02}.test"


def visits(browser: BrowserName) -> tuple[Visit, ...]:
    """Twelve visits: every site once in Chromium, two of them in containers too in Firefox."""
    if browser == "chromium":
        return tuple((site(n), 0) for n in range(12))
    contained = tuple((site(n), container) for n in range(2) for container in (2, 3))
    return (*((site(n), 0) for n in range(8)), *contained)


def offered(browser: BrowserName) -> tuple[Offer, ...]:
    """All that is offered."""
    found = list(_widget())
    for host, container in visits(browser):
        found += (*_site(host, container), _twin(host, container))
    return tuple(found)


def serve(server: CookieServer, browser: BrowserName) -> None:
    """Register what fill() visits, and what ask() does."""
    server.route(WIDGET, "/fill", set_cookie=[each.header for each in _widget()])
    for host, container in visits(browser):
        frame = f"/frame/{host}/{container}"
        headers = [each.header for each in _site(host, container)]
        body = _FRAME.format(f"https://{WIDGET}{frame}")
        server.route(host, f"/fill/{container}", set_cookie=headers, body=body)
        server.route(WIDGET, frame, set_cookie=[_twin(host, container).header])
        server.route(host, _QUIET, body=_FRAME.format(f"https://{WIDGET}{_QUIET}"))


def fill(driver: Chromium | Firefox, browser: BrowserName) -> None:
    """Collect all that is offered."""
    driver.visit(f"https://{WIDGET}/fill")
    for host, container in visits(browser):
        _visit(driver, f"https://{host}/fill/{container}", container)


def ask(
    driver: Chromium | Firefox, server: CookieServer, browser: BrowserName
) -> dict[Visit, frozenset[str]]:
    """The values sent on every visit, to the site and to what it embeds."""
    sent = {}
    for host, container in ((WIDGET, 0), *visits(browser)):
        server.clear()
        _visit(driver, f"https://{host}{_QUIET}", container)
        pairs = [r.cookie_pairs() for r in server.requests if r.path == _QUIET]
        sent[host, container] = frozenset(value.decode() for each in pairs for _, value in each)
    return sent


def _visit(driver: Chromium | Firefox, url: str, container: int) -> None:
    if isinstance(driver, Firefox):
        driver.visit(url, container)
    else:
        driver.visit(url)


def _site(host: str, container: int) -> Iterator[Offer]:
    """Forty cookies of one site."""
    for n in range(20):
        yield Offer(f"own{n:02}", host, container=container)
    for n in range(6):
        attributes = "Secure; HttpOnly; SameSite=Strict"
        yield Offer(f"__Host-{n}", host, container=container, attributes=attributes)
    for n in range(5):
        yield Offer(f"http{n}", f".{host}", container=container, attributes="Secure; HttpOnly")
    for n in range(4):
        yield Offer(f"big{n}", host, container=container, size=BIG)
    for name in ("_ga", "_gid"):
        yield Offer(name, f".{host}", container=container, attributes="")
    # Three of one name, told apart by host and path only.
    yield Offer("cart", host, container=container)
    yield Offer("cart", f".{host}", container=container)
    yield Offer("cart", host, _QUIET, container=container)


def _widget() -> Iterator[Offer]:
    """Eight cookies of the widget's own, one of which has twins under every site."""
    yield Offer("twin", WIDGET, attributes="Secure; SameSite=None")
    for n in range(7):
        yield Offer(f"widget{n}", WIDGET)


def _twin(host: str, container: int) -> Offer:
    attributes = "Secure; SameSite=None; Partitioned"
    where = {"partition": f"https://{host}", "container": container}
    return Offer("twin", WIDGET, attributes=attributes, **where)
