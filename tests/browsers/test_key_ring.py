"""Chromium with a real key ring: its values are read with the ring's key and never outlive it."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.browsers import crowd
from tests.browsers.offers import VALUE
from tests.browsers.person import Person, Seen
from tests.browsers.server import CookieServer
from tests.key_ring import keep_secret, session_bus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browsers")]

SHOP = "shop.test"
NEWS = "news.test"
NAMES = tuple(f"own{n:02}" for n in range(12))
GOING = NAMES[:5]
LATER = "set_later"
_KEPT = "Path=/; Secure; Max-Age=31536000"


@pytest.fixture
def person(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, server: CookieServer
) -> Iterator[Person]:
    """Somebody whose Chromium keeps its key in a key ring, and who has been to two sites."""
    offers = [crowd.Offer(name, SHOP) for name in NAMES]
    server.route(SHOP, "/fill", set_cookie=[each.header for each in offers])
    server.route(NEWS, "/fill", set_cookie=[crowd.Offer("news", NEWS).header])
    for host in (SHOP, NEWS):
        server.route(host, "/later", set_cookie=[f"{LATER}={VALUE}-later; {_KEPT}"])
    with session_bus(tmp_path_factory.mktemp("bus")) as bus:
        (tmp_path / "home").mkdir()
        person = Person("chromium", tmp_path / "profile", tmp_path / "home", bus)
        with person.start(server) as browser:
            for host in (SHOP, NEWS):
                browser.visit(f"https://{host}/fill")
        yield person


def _has(
    person: Person, server: CookieServer, host: str = SHOP, path: str = "/quiet"
) -> tuple[set[Seen], set[str]]:
    """Start the browser: what it says that it holds, and the names that it sends to a host."""
    with person.start(server) as browser:
        seen = person.reported(browser.cookies(), session=True)
        browser.visit(f"https://{host}{path}")
        sent = {name.decode() for name, _ in server.cookies_sent(host, path)}
    return seen, sent


def _delete(person: Person) -> str:
    named = [word for name in GOING for word in ("--name", name)]
    done = person.run("clean", SHOP, "--include", "ask", "--include", "keep", *named, "--apply")
    assert {cookie["name"] for cookie in done["deleted"]} == set(GOING)
    return str(done["journal"])


def test_every_value_is_shown_with_the_key_ring_and_none_without_it(person: Person) -> None:
    finished = person.told("list", SHOP, "--values")
    listed = json.loads(finished.stdout)["cookies"]
    assert {cookie["encryption"] for cookie in listed} == {"v11"}
    expected = {name: crowd.Offer(name, SHOP).value for name in NAMES}
    assert {cookie["name"]: cookie["value"] for cookie in listed} == expected
    assert finished.stderr == ""

    finished = msgspec.structs.replace(person, bus="").told("list", SHOP, "--values")
    listed = json.loads(finished.stdout)["cookies"]
    assert {cookie["name"]: cookie["value"] for cookie in listed} == dict.fromkeys(NAMES)
    (line,) = finished.stderr.splitlines()
    assert f"{len(NAMES)} values not shown: the key ring of Chromium cannot be asked" in line


def test_what_is_deleted_and_put_back_is_had_and_sent_under_the_same_key(
    person: Person, server: CookieServer
) -> None:
    before, sent = _has(person, server)
    assert sent == set(NAMES)
    # Neither needs the key.
    without_a_bus = msgspec.structs.replace(person, bus="")
    _delete(without_a_bus)
    remaining = {each for each in before if each[0] not in GOING}
    assert _has(person, server) == (remaining, sent - set(GOING))

    undone = without_a_bus.run("undo")
    assert (undone["status"], undone["restored"]) == ("done", len(GOING))
    for _ in range(2):  # what cannot be decrypted may be gone only from the next start on
        assert _has(person, server) == (before, sent)
    listed = json.loads(person.told("list", SHOP, "--values").stdout)["cookies"]
    expected = {name: crowd.Offer(name, SHOP).value for name in NAMES}
    assert {cookie["name"]: cookie["value"] for cookie in listed} == expected


@pytest.mark.parametrize("host", [SHOP, NEWS])
def test_nothing_is_put_back_that_was_encrypted_with_a_key_that_is_gone(
    person: Person, server: CookieServer, host: str
) -> None:
    entry = _delete(person)
    keep_secret(person.bus, "chromium", b"another one")
    # The browser drops what it cannot decrypt, and keeps what it is given from then on.
    assert _has(person, server, host, "/later") == (set(), set())
    held, sent = _has(person, server, host)
    assert {each[:2] for each in held} == {(LATER, host)}
    assert sent == {LATER}

    undone = person.run("undo", code=6)
    assert (undone["journal"], undone["restored"]) == (entry, 0)
    assert undone["status"] == "refused"
    why = "the browser has another key now and could not decrypt it"
    assert undone["skipped"] == [{"name": name, "host": SHOP, "why": why} for name in GOING]
    assert [cookie["name"] for cookie in person.run("list")["cookies"]] == [LATER]
    for _ in range(2):
        assert _has(person, server, host) == (held, sent)
