"""Firefox's store in every layout, with its partitions and containers."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import StoreError, UnknownSchemaError
from cookietui.model.cookie import Container, Cookie, Partition, SameSite
from cookietui.model.deletion import Cell, TextCell
from cookietui.stores.firefox import container_names, parse_origin
from tests.builders import (
    DAY,
    LATER,
    NOW,
    Row,
    change,
    chromium_store,
    firefox_row,
    firefox_store,
    open_store,
    profile,
    read,
)


def one(tmp_path: Path, version: int = 17, **columns: Cell | str) -> Cookie:
    """Read the only cookie of a store made for it."""
    store = firefox_store(tmp_path / "default", [firefox_row(**columns)], version)
    (cookie,) = read(store, tmp_path)
    return cookie


@pytest.mark.parametrize(
    ("version", "per_second"), [(9, 1), (12, 1), (15, 1), (16, 1000), (17, 1000)]
)
def test_every_layout_is_read_and_expiry_counts_milliseconds_from_16(
    tmp_path: Path, version: int, per_second: int
) -> None:
    row = firefox_row(name="sid", value="1234", path="/a", expiry=LATER // 1_000_000 * per_second)
    store = firefox_store(tmp_path / "default", [row], version)
    jar = open_store(profile(store), tmp_path).read()
    (cookie,) = jar.cookies
    assert jar.schema == version
    assert cookie.expires == LATER
    assert (cookie.name, cookie.host, cookie.path) == ("sid", "shop.example", "/a")
    assert (cookie.created, cookie.last_used) == (NOW - 10 * DAY, NOW - DAY)
    assert (cookie.secure, cookie.http_only, cookie.session) == (True, False, False)
    assert (cookie.size, cookie.encryption, cookie.set_by_script) == (7, None, None)
    assert cookie.key.columns == ("sid", "shop.example", "/a", "")
    assert cookie.key.created == NOW - 10 * DAY


@pytest.mark.parametrize(
    ("version", "number", "same_site"),
    [
        (17, 0, SameSite.NONE),
        (15, 0, SameSite.NONE),
        (12, 0, SameSite.UNSET),  # stood for both
        (9, 0, SameSite.UNSET),
        (17, 1, SameSite.LAX),
        (9, 1, SameSite.LAX),
        (17, 2, SameSite.STRICT),
        (9, 2, SameSite.STRICT),
        (17, 256, SameSite.UNSET),
        (17, 7, SameSite.UNSET),
        (17, None, SameSite.UNSET),
    ],
)
def test_same_site_is_read_as_its_layout_means_it(
    tmp_path: Path, version: int, number: int | None, same_site: SameSite
) -> None:
    assert one(tmp_path, version, sameSite=number).same_site is same_site


def test_null_in_every_cell_that_may_be_null_is_read_as_nothing(tmp_path: Path) -> None:
    row: Row = dict.fromkeys(firefox_row(), None) | {"originAttributes": ""}
    (cookie,) = read(firefox_store(tmp_path / "default", [row]), tmp_path)
    assert (cookie.name, cookie.host, cookie.path) == ("", "", "")
    assert (cookie.created, cookie.expires, cookie.last_used) == (None, None, None)
    assert cookie.size is None
    assert not cookie.secure


@pytest.mark.parametrize(
    "raw", [b"", b"latin-\xe9", b"a\x00b", b"\x1b[31m", b"\xed\xa0\x80", b"n" * 5000]
)
def test_names_come_back_as_the_bytes_that_were_stored(tmp_path: Path, raw: bytes) -> None:
    cookie = one(tmp_path, name=TextCell(raw), value=TextCell(b"\xff\x00"))
    assert cookie.name.encode("utf-8", "surrogateescape") == raw
    assert cookie.size == len(raw) + 2


def test_no_value_is_in_what_a_reading_gives(tmp_path: Path) -> None:
    assert "secret" not in repr(one(tmp_path, value="plain-secret"))


@pytest.mark.parametrize(
    ("suffix", "origin"),
    [
        ("", (None, None, "")),
        ("^", (None, None, "")),
        ("^userContextId=6", (None, Container(6, "Plans"), "")),
        ("^userContextId=7", (None, Container(7, None), "")),
        ("^userContextId=0", (None, None, "")),
        ("^userContextId=", (None, None, "")),
        ("^userContextId=-1", (None, None, "")),
        ("^userContextId=six", (None, None, "")),
        (
            "^partitionKey=%28https%2Cshop.example%29",
            (Partition("https://shop.example", False), None, ""),
        ),
        (
            "^partitionKey=%28https%2Cshop.example%2Cf%29",
            (Partition("https://shop.example", True), None, ""),
        ),
        (
            "^partitionKey=%28http%2Clocalhost%2C8080%29",
            (Partition("http://localhost:8080", False), None, ""),
        ),
        (
            "^partitionKey=%28http%2Clocalhost%2C8080%2Cf%29",
            (Partition("http://localhost:8080", True), None, ""),
        ),
        (
            "^partitionKey=%28http%2C%5B%2B%2B1%5D%29",
            (Partition("http://[::1]", False), None, ""),
        ),
        ("^partitionKey=shop.example", (Partition("shop.example", None), None, "")),
        ("^partitionKey=", (None, None, "")),
        (
            "^userContextId=6&partitionKey=%28https%2Cb.test%29",
            (Partition("https://b.test", False), Container(6, "Plans"), ""),
        ),
        ("^firstPartyDomain=a.test", (None, None, "firstPartyDomain=a.test")),
        (
            "^privateBrowsingId=1&firstPartyDomain=a.test",
            (None, None, "firstPartyDomain=a.test&privateBrowsingId=1"),
        ),
    ],
)
def test_origin_attributes_are_read_as_firefox_writes_them(
    suffix: str, origin: tuple[Partition | None, Container | None, str]
) -> None:
    assert parse_origin(suffix, {6: "Plans"}) == origin


@given(st.text(st.characters(exclude_categories=()), max_size=30))
@example("^partitionKey=%28%29")
@example("^partitionKey=%28,%29")
@example("^&&==&")
@example("^partitionKey=%28https%2Ca%2C" + "9" * 5000 + "%29")
def test_whatever_stands_in_the_origin_attributes_stops_no_scan(suffix: str) -> None:
    partition, container, rest = parse_origin(suffix, {})
    assert partition is None or partition.site
    assert container is None or container.id > 0
    assert isinstance(rest, str)


def test_a_container_with_an_endless_number_stops_no_scan(tmp_path: Path) -> None:
    rows = [firefox_row(), firefox_row(originAttributes="^userContextId=" + "9" * 5000)]
    assert len(read(firefox_store(tmp_path / "default", rows), tmp_path)) == 2


@pytest.mark.parametrize(
    ("host", "attributes", "cross_site"),
    [
        ("tracker.example", "^partitionKey=%28https%2Cshop.example%29", True),
        ("www.shop.example", "^partitionKey=%28https%2Cshop.example%29", False),
        (".shop.example", "^partitionKey=%28https%2Cshop.example%29", False),
        ("shop.example", "^partitionKey=%28https%2Cshop.example%2Cf%29", True),
        ("tracker.example", "^partitionKey=shop.example", True),
        ("127.0.0.1", "^partitionKey=%28http%2C127.0.0.1%2C8000%29", False),
    ],
)
def test_another_site_stands_between_when_the_hosts_differ_or_firefox_says_so(
    tmp_path: Path, host: str, attributes: str, cross_site: bool
) -> None:
    cookie = one(tmp_path, host=host, originAttributes=attributes)
    assert cookie.partition is not None
    assert cookie.partition.cross_site is cross_site


def test_twins_in_containers_and_partitions_are_different_cookies(tmp_path: Path) -> None:
    attributes = (
        "",
        "^userContextId=1",
        "^userContextId=2",
        "^partitionKey=%28https%2Ca.test%29",
        "^partitionKey=%28https%2Ca.test%2Cf%29",
        "^userContextId=1&partitionKey=%28https%2Ca.test%29",
    )
    rows = [firefox_row(originAttributes=text) for text in attributes]
    cookies = read(firefox_store(tmp_path / "default", rows), tmp_path)
    assert len({cookie.id for cookie in cookies}) == len(attributes)


def test_containers_have_the_names_the_person_gave_them_and_the_standard_ones(
    tmp_path: Path,
) -> None:
    identities = [
        {"userContextId": 1, "public": True, "l10nId": "user-context-personal"},
        {"userContextId": 2, "public": True, "l10nID": "userContextWork.label"},
        {"userContextId": 3, "public": True, "l10nId": "user-context-new-in-2030"},
        {"userContextId": 5, "public": False, "name": "userContextIdInternal.thumbnail"},
        {"userContextId": 6, "public": True, "name": "Holiday plans"},
        {"userContextId": 7, "public": True, "name": "Mine", "l10nId": "user-context-work"},
    ]
    (tmp_path / "containers.json").write_text(json.dumps({"identities": identities}))
    names = {1: "Personal", 2: "Work", 6: "Holiday plans", 7: "Mine"}
    assert container_names(tmp_path) == names


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"identities": 3}',
        b'{"identities": [1]}',
        b'{"identities": ["x"]}',
        b'{"identities": [{"public": true, "name": "no number"}]}',
        b'{"identities": [{"public": true, "name": "x", "userContextId": [1]}]}',
        b'{"identities": [{"public": true, "l10nId": [1], "userContextId": 1}]}',
        b"[" * 100_000,
    ],
)
def test_a_broken_list_of_containers_costs_their_names_only(tmp_path: Path, content: bytes) -> None:
    row = firefox_row(originAttributes="^userContextId=6")
    store = firefox_store(tmp_path / "default", [row])
    (store.parent / "containers.json").write_bytes(content)
    (cookie,) = read(store, tmp_path)
    assert cookie.container == Container(6, None)


@pytest.mark.parametrize("version", [0, 8, 18, 1000])
def test_a_layout_that_is_not_known_is_not_guessed_at(tmp_path: Path, version: int) -> None:
    store = firefox_store(tmp_path / "default", [firefox_row()])
    change(store, f"PRAGMA user_version={version}")
    with pytest.raises(UnknownSchemaError, match=f"layout {version} is not one"):
        read(store, tmp_path)


def test_a_store_of_another_family_is_not_firefoxs(tmp_path: Path) -> None:
    store = chromium_store(tmp_path / "default").rename(tmp_path / "default" / "cookies.sqlite")
    with pytest.raises(UnknownSchemaError, match="no table of cookies"):
        read(store, tmp_path)


@pytest.mark.parametrize(
    "column", ["sameSite", "creationTime", "expiry", "value", "lastAccessed", "isHttpOnly"]
)
def test_a_layout_that_lacks_what_it_should_have_is_damaged(tmp_path: Path, column: str) -> None:
    store = firefox_store(tmp_path / "default", [firefox_row()])
    change(store, f"ALTER TABLE moz_cookies DROP COLUMN {column}")
    with pytest.raises(StoreError, match=column):
        read(store, tmp_path)
