"""Made-up people's homes with large cookie stores, as the web fills them.

The values are really encrypted, with the key that every Chromium on Linux without a key ring has.
Hosts are made up, but for the few that providers' cookies are known by. A seventh of the cookies is
partitioned: widgets that many sites embed.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from tests.builders import (
    DAY,
    EPOCH,
    LATER,
    NOW,
    Row,
    aged,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    sealed,
)

CHROMIUM, FIREFOX = "Chromium", "Firefox"
FAMILIES = (CHROMIUM, FIREFOX)
ONE_SITE = "everything.example"
_PROFILES_INI = "[Profile0]\nName=default-release\nIsRelative=1\nPath=made.default-release\n"
_WORDS = (
    "harbour", "lantern", "meadow", "copper", "violet", "orchard", "marble", "thistle", "ember",
    "willow", "granite", "saffron", "beacon", "juniper", "falcon", "cinder", "maple", "quarry",
)  # fmt: skip
_SUFFIXES = ("com", "com", "com", "org", "net", "de", "co.uk", "fr", "nl", "com.au", "io")
_BEFORE = ("", "", ".", ".", ".", "www.", "shop.", "app.", ".login.", "static.")
_KNOWN = (
    "_ga", "_gid", "_gat", "_ga_K3VQ1XW2RT", "_fbp", "_fbc", "_gcl_au", "_uetsid", "_uetvid",
    "_hjSessionUser_2210", "_hjSession_2210", "_clck", "_clsk", "_pk_id.1.3fa1", "_pk_ses.1.3fa1",
    "OptanonConsent", "OptanonAlertBoxClosed", "CookieConsent", "euconsent-v2", "PHPSESSID",
    "JSESSIONID", "ASP.NET_SessionId", "csrftoken", "sessionid", "XSRF-TOKEN", "__Host-session",
    "__cf_bm", "cf_clearance", "AWSALB", "AWSALBCORS", "lang", "locale", "currency", "theme",
    "cart", "wordpress_logged_in_8c1", "wp-settings-1", "optimizelyEndUserId", "ajs_anonymous_id",
    "mp_4f1d_mixpanel", "intercom-id-x1", "__stripe_mid", "__stripe_sid", "_shopify_y",
)  # fmt: skip
_THIRD = (
    (".doubleclick.net", "IDE"), (".bing.com", "MUID"), (".adnxs.com", "uuid2"),
    (".criteo.com", "cto_bundle"), (".youtube.com", "VISITOR_INFO1_LIVE"),
    (".linkedin.com", "bcookie"), (".facebook.com", "fr"), (".hubspot.com", "__cf_bm"),
)  # fmt: skip


class Person(msgspec.Struct, frozen=True):
    """A made-up person with one profile.

    Attributes:
        home: Their home.
        family: The browser family.
        store: The cookie store.
        cookies: How many cookies are in it.
        site: A site in the middle of it.
    """

    home: Path
    family: str
    store: Path
    cookies: int
    site: str

    def workspace(self) -> Workspace:
        """Everything this program works with, put together anew in their home."""
        return Workspace(Environment.of_home(self.home))

    def variables(self) -> dict[str, str]:
        """The environment of a process that finds nothing but this home."""
        temporary = self.home / "tmp"
        temporary.mkdir(exist_ok=True)
        return {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "TMPDIR": str(temporary),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
        }


class Stores:
    """Makes people, each once.

    Args:
        folder: Where their homes are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._people: dict[tuple[str, int, bool], Person] = {}

    def person(self, family: str, cookies: int, *, one_site: bool = False) -> Person:
        """Somebody with so many cookies.

        Args:
            family: `CHROMIUM` or `FIREFOX`.
            cookies: How many.
            one_site: Whether all of them are one site's, which no browser would let happen.
        """
        asked = (family, cookies, one_site)
        if asked not in self._people:
            home = self._folder / f"{family}-{cookies}{'-one-site' if one_site else ''}"
            self._people[asked] = _made(home, family, cookies, one_site=one_site)
        return self._people[asked]


def _made(home: Path, family: str, cookies: int, *, one_site: bool) -> Person:
    drawn = list(_drawn(cookies, one_site=one_site))
    if family == CHROMIUM:
        folder = home / ".config" / "chromium" / "Default"
        store = chromium_store(folder, map(_chromium, drawn))
    else:
        root = home / ".config" / "mozilla" / "firefox"
        store = firefox_store(root / "made.default-release", map(_firefox, drawn))
        (root / "profiles.ini").write_text(_PROFILES_INI)
    return Person(home, family, aged(store), cookies, drawn[cookies // 2].site)


class _Drawn(msgspec.Struct, frozen=True):
    site: str
    host: str
    name: str
    value: str
    partition: str
    age: int
    session: bool
    same_site: int


def _drawn(cookies: int, *, one_site: bool) -> Iterator[_Drawn]:
    """Cookies site by site; the same ones whenever so many are asked for."""
    chance = random.Random(cookies)
    number = made = 0
    while made < cookies:
        number += 1
        word, other = chance.choice(_WORDS), chance.choice(_WORDS)
        site = f"{word}-{other}{number}.{chance.choice(_SUFFIXES)}"
        if one_site:
            site = f"part{number}.{ONE_SITE}"
        names = chance.sample(_KNOWN, 18)
        widgets = 0
        for place in range(min(chance.randint(6, 60), cookies - made)):
            name = names[place] if place < len(names) else f"{chance.choice(_WORDS)}_{place}"
            host, partitioned = chance.choice(_BEFORE) + site, chance.random() < 1 / 7
            if partitioned:
                host, name = _widget(widgets)
                widgets += 1
            yield _Drawn(
                site=ONE_SITE if one_site else site,
                host=host,
                name=name,
                value=chance.randbytes(min(int(chance.lognormvariate(3.2, 0.9)), 1500)).hex(),
                partition=f"https://{site}" if partitioned else "",
                age=chance.randrange(1, 300),
                session=chance.random() < 0.2,
                same_site=chance.choice((-1, -1, 0, 0, 1, 2)),
            )
            made += 1


def _widget(number: int) -> tuple[str, str]:
    """Host and name of a cookie of what a site embeds: first what many embed."""
    if number < len(_THIRD):
        return _THIRD[number]
    return f".widget{number}.example", "uid"


def _chromium(drawn: _Drawn) -> Row:
    return chromium_row(
        creation_utc=NOW - drawn.age * DAY + EPOCH + len(drawn.value),
        host_key=drawn.host,
        top_frame_site_key=drawn.partition,
        name=drawn.name,
        encrypted_value=sealed(drawn.host, drawn.value),
        expires_utc=0 if drawn.session else LATER + drawn.age * DAY + EPOCH,
        has_expires=int(not drawn.session),
        is_persistent=int(not drawn.session),
        samesite=drawn.same_site,
    )


def _firefox(drawn: _Drawn) -> Row:
    site = drawn.partition.removeprefix("https://")
    return firefox_row(
        host=drawn.host,
        name=drawn.name,
        value=drawn.value,
        originAttributes=f"^partitionKey=%28https%2C{site}%29" if site else "",
        isPartitionedAttributeSet=int(bool(site)),
        creationTime=NOW - drawn.age * DAY + len(drawn.value),
        expiry=(LATER + drawn.age * DAY) // 1000,
        sameSite=256 if drawn.same_site < 0 else drawn.same_site,
    )
