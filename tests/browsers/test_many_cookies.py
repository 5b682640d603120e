"""Profiles with hundreds of cookies: exactly what was meant goes, and all of it comes back."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cookietui.model.verdict import JudgedCookie
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted
from tests.browsers import crowd
from tests.browsers.crowd import Offer, Visit
from tests.browsers.person import Person, Seen
from tests.browsers.server import CookieServer

pytestmark = [pytest.mark.browser, pytest.mark.proof, pytest.mark.xdist_group("browsers")]

_ALL = ("--include", "ask", "--include", "keep")
_GOING = (
    *(f"own{n:02}" for n in range(15)), *(f"__Host-{n}" for n in range(5)),
    "http0", "http1", "big0", "big1", "_ga", "cart",
)  # fmt: skip


class Crowded(Person, frozen=True):
    """Somebody with five hundred cookies."""

    def has(self, server: CookieServer) -> tuple[frozenset[Seen], dict[Visit, frozenset[str]]]:
        """Start the browser: what it says that it holds, and the values it sends on each visit."""
        with self.start(server) as driver:
            cookies = driver.cookies()
            sent = crowd.ask(driver, server, self.browser)
            seen = self.reported(cookies, session=True)
            assert len(seen) == len(cookies)
            assert self.reported(driver.cookies(), session=True) == seen
        return frozenset(seen), sent

    def delete(self, chosen: Callable[[JudgedCookie], bool]) -> tuple[str, int]:
        """Delete cookies that the command line has no words for; the entry, and how many."""
        workspace = Workspace(Environment.of_home(self.home))
        inventory = workspace.scan(Wanted(profiles=(self.selector,)))
        judged = workspace.judge(inventory.cookies)
        plan = workspace.plan("", judged, [each for each in judged if chosen(each)], inventory)
        receipt = workspace.clean(plan)
        assert receipt.refused == ()
        assert receipt.journal is not None
        return receipt.journal, len(receipt.deleted)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Crowded:
    """A profile that was filled once, and is copied for every test."""
    folder = tmp_path_factory.mktemp(request.param)
    whose = Crowded(request.param, folder / "profile", folder / "home")
    with CookieServer() as server:
        crowd.serve(server, whose.browser)
        with whose.start(server) as driver:
            crowd.fill(driver, whose.browser)
    return whose


@pytest.fixture
def person(filled: Crowded, tmp_path: Path, server: CookieServer) -> Crowded:
    """Somebody with a copy of that profile."""
    crowd.serve(server, filled.browser)
    shutil.copytree(filled.profile, tmp_path / "profile", symlinks=True)
    (tmp_path / "home").mkdir()
    return Crowded(filled.browser, tmp_path / "profile", tmp_path / "home")


def test_exactly_what_was_meant_goes_and_all_of_it_comes_back(
    person: Crowded, server: CookieServer
) -> None:
    before, sent = person.has(server)
    offers = {each.identity: each for each in crowd.offered(person.browser)}
    assert {each[:5] for each in before} == set(offers)
    assert len(before) == crowd.SIZE
    assert frozenset().union(*sent.values()) == {each.value for each in offers.values()}

    entries, gone = _thin_out(person)
    assert 100 < len(gone) < 300
    remaining = {each for each in before if each[:5] not in gone}
    left = {visit: values - {offers[g].value for g in gone} for visit, values in sent.items()}
    assert person.has(server) == (remaining, left)
    assert _per_site(remaining) != _per_site(before)

    for entry, count in reversed(entries.items()):
        undone = person.run("undo")
        assert (undone["status"], undone["journal"]) == ("done", entry)
        assert (undone["restored"], undone["skipped"]) == (count, [])
    _all_are_there(person, server, before, sent)

    for entry in entries:
        assert person.run("undo", entry, code=6) == {}
    assert person.run("undo", code=3) == {}
    assert person.listed() == before


def test_all_five_hundred_go_and_come_back(person: Crowded, server: CookieServer) -> None:
    before, sent = person.has(server)
    assert len(before) == crowd.SIZE
    entry, count = person.delete(lambda _: True)
    assert count == crowd.SIZE
    assert person.listed() == set()
    assert person.has(server) == (set(), dict.fromkeys(sent, frozenset()))

    undone = person.run("undo")
    assert (undone["journal"], undone["restored"]) == (entry, crowd.SIZE)
    assert (undone["status"], undone["skipped"]) == ("done", [])
    _all_are_there(person, server, before, sent)
    assert person.run("undo", entry, code=6) == {}
    assert person.listed() == before


def _all_are_there(
    person: Crowded,
    server: CookieServer,
    before: frozenset[Seen],
    sent: dict[Visit, frozenset[str]],
) -> None:
    """Twice: what a browser could not decrypt may be gone only from the next start on."""
    for _ in range(2):
        now, sends = person.has(server)
        assert _per_site(now) == _per_site(before)
        assert (now, sends) == (before, sent)


def _thin_out(person: Crowded) -> tuple[dict[str, int], set[Seen]]:
    """Delete some of many and one of several twins, in every way there is; entries and cookies."""
    entries: dict[str, int] = {}
    gone: set[Seen] = set()

    def clean(
        site: str, names: tuple[str, ...], *where: str, takes: Callable[[Offer], bool]
    ) -> None:
        named = [word for name in names for word in ("--name", name)]
        done = person.run("clean", site, *_ALL, *named, *where, "--apply")
        meant = {o.identity for o in crowd.offered(person.browser) if o.name in names and takes(o)}
        assert (done["status"], done["refused"]) == ("done", [])
        assert {person.seen(cookie)[:5] for cookie in done["deleted"]} == meant
        assert len(done["deleted"]) == len(meant)
        entries[done["journal"]] = len(meant)
        gone.update(meant)

    for site in map(crowd.site, (0, 1, 2, 4)):
        clean(
            site, _GOING, "--container", "none",
            takes=lambda o, s=site: o.host.removeprefix(".") == s and not o.container,
        )  # fmt: skip
    # A twin of one partition, and, where there are containers, outside of them only.
    clean(
        crowd.site(1), ("twin",), "--host", crowd.WIDGET, "--container", "none",
        takes=lambda o: (o.partition, o.container) == (f"https://{crowd.site(1)}", 0),
    )  # fmt: skip
    if person.browser == "firefox":
        clean(
            crowd.site(0), ("own17", "__Host-5", "cart"), "--container", "Work",
            takes=lambda o: (o.host.removeprefix("."), o.container) == (crowd.site(0), 2),
        )  # fmt: skip
    # The command line cannot tell these from their twins.
    for offer in (
        Offer("cart", f".{crowd.site(3)}"),
        Offer("cart", crowd.site(5), "/quiet"),
        Offer("twin", crowd.WIDGET),
    ):
        entry, count = person.delete(lambda each, o=offer: _identity(each) == o.identity)
        assert count == 1
        entries[entry] = 1
        gone.add(offer.identity)
    return entries, gone


def _identity(judged: JudgedCookie) -> Seen:
    cookie = judged.cookie
    partition, container = cookie.partition, cookie.container
    return (
        cookie.name, cookie.host, cookie.path,
        partition and partition.site, container.id if container else 0,
    )  # fmt: skip


def _per_site(cookies: frozenset[Seen] | set[Seen]) -> Counter[str]:
    return Counter(str(each[1]).removeprefix(".") for each in cookies)
