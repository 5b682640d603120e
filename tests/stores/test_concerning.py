"""Asking for one site's cookies finds each of them, whatever strangers wrote into a store."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.model.site import Site
from tests.builders import change, chromium_row, chromium_store, firefox_row, firefox_store
from tests.stores.changes import opened

HOSTS = [
    "shop.example", ".shop.example", "a.b.shop.example", ".SHOP.example", "notshop.example",
    "example", ".example", "co.uk", ".co.uk", "x.co.uk", "..shop.example", "shop.example.",
    "a\x00.shop.example", "127.0.0.1", "[::1]", "localhost", "", ".", "sh_p.example",
]  # fmt: skip
ASKED = ["shop.example", "a.b.shop.example", "x.co.uk", "y.x.co.uk", "127.0.0.1", "localhost"]
PARTITIONS = ["", "https://shop.example", "https://SHOP.example:8080", "https://x.co.uk", "odd"]
ATTRIBUTES = [
    "", "^userContextId=2", "^partitionKey=%28https%2Cshop.example%29",
    "^partitionKey=%28https%2C%73hop.example%2C8080%29", "^partitionKey=%28http%2Cx%2Eco.uk%29",
    "^firstPartyDomain=shop.example", "^partitionKey=%28https%2Cother.example%29",
]  # fmt: skip
hosts = st.sampled_from(HOSTS) | st.builds(
    "{}{}".format, st.text(st.characters(codec="utf-8"), max_size=4), st.sampled_from(HOSTS)
)
asked = st.sampled_from(ASKED).map(Site.parse)


def found(store: Path, folder: Path, site: Site) -> tuple[list[str], list[str], int]:
    """The ids of a site's cookies: asked for, and sought among all; how many were read for it."""
    whose = opened(store, folder)
    some, everything = whose.read(site).cookies, whose.read().cookies
    return (
        [each.id for each in some if site.owns(each)],
        [each.id for each in everything if site.owns(each)],
        len(some),
    )


@given(rows=st.lists(st.tuples(hosts, st.sampled_from(PARTITIONS)), max_size=8), site=asked)
@example(rows=[("a\x00.shop.example", "")], site=Site.parse("shop.example"))
@example(rows=[(".co.uk", "")], site=Site.parse("x.co.uk"))
def test_chromium_leaves_no_cookie_of_the_site_out(rows: list[tuple[str, str]], site: Site) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        written = [
            chromium_row(name=f"n{n}", host_key=host, top_frame_site_key=partition)
            for n, (host, partition) in enumerate(rows)
        ]
        some, sought, _ = found(chromium_store(folder / "Default", written), folder, site)
        assert some == sought


@given(rows=st.lists(st.tuples(hosts, st.sampled_from(ATTRIBUTES)), max_size=8), site=asked)
@example(rows=[("a.example", ATTRIBUTES[3])], site=Site.parse("shop.example"))
@example(rows=[("a.example", ATTRIBUTES[4])], site=Site.parse("x.co.uk"))
def test_firefox_leaves_no_cookie_of_the_site_out(rows: list[tuple[str, str]], site: Site) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        written = [
            firefox_row(name=f"n{n}", host=host, originAttributes=attributes)
            for n, (host, attributes) in enumerate(rows)
        ]
        some, sought, _ = found(firefox_store(folder / "default", written), folder, site)
        assert some == sought


STORES: dict[str, Callable[[Path], Path]] = {
    "chromium": lambda folder: chromium_store(
        folder / "Default",
        [chromium_row(name=f"n{n}", host_key=f"h{n}.example") for n in range(50)],
    ),
    "firefox": lambda folder: firefox_store(
        folder / "default", [firefox_row(name=f"n{n}", host=f"h{n}.example") for n in range(50)]
    ),
}


@pytest.mark.parametrize("family", STORES)
def test_other_sites_are_not_read(tmp_path: Path, family: str) -> None:
    some, sought, read = found(STORES[family](tmp_path), tmp_path, Site.parse("h7.example"))
    assert some == sought
    assert (len(some), read) == (1, 1)


@pytest.mark.parametrize(("family", "column"), [("chromium", "host_key"), ("firefox", "host")])
@pytest.mark.parametrize("cell", [b"shop.example", b"\xff.shop.example", 7, 0.5])
def test_a_host_that_is_no_text_is_found_as_among_all(
    tmp_path: Path,
    family: str,
    column: str,
    cell: Any,  # noqa: ANN401
) -> None:
    store = STORES[family](tmp_path)
    table = "cookies" if family == "chromium" else "moz_cookies"
    change(store, f"UPDATE {table} SET {column} = ? WHERE name = 'n3'", cell)  # noqa: S608
    for text in ("shop.example", "7", "0.5"):
        some, sought, _ = found(store, tmp_path, Site.parse(text))
        assert some == sought


@pytest.mark.parametrize("prefix", [b"\xff", b"\xc3", b"\xe2\x82"])
def test_a_host_that_is_not_utf_8_is_found_as_among_all(tmp_path: Path, prefix: bytes) -> None:
    store = STORES["firefox"](tmp_path)
    host = prefix + b".Shop.example"
    change(store, "UPDATE moz_cookies SET host = CAST(? AS TEXT) WHERE name = 'n3'", host)
    some, sought, read = found(store, tmp_path, Site.parse("shop.example"))
    assert some == sought
    assert (len(some), read) == (1, 1)
