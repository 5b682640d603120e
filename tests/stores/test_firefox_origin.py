"""Partitions, containers and first-party isolation, as Firefox writes them down."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.model.cookie import Container, Cookie, Partition
from cookietui.stores.firefox_origin import container_names, origin_of, parse_origin, with_party
from tests.builders import firefox_row, firefox_store, read


def one(tmp_path: Path, **columns: str) -> Cookie:
    """Read the only cookie of a store made for it."""
    (cookie,) = read(firefox_store(tmp_path / "default", [firefox_row(**columns)]), tmp_path)
    return cookie


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
        ("^firstPartyDomain=a.test", (Partition("a.test", None), None, "")),
        ("^firstPartyDomain=", (None, None, "")),
        ("^firstPartyDomain=%5B%2B%2B1%5D", (Partition("[::1]", None), None, "")),
        (
            "^firstPartyDomain=%28https%2Ca.test%29",
            (Partition("https://a.test", False), None, ""),
        ),
        (
            "^userContextId=6&firstPartyDomain=a.test",
            (Partition("a.test", None), Container(6, "Plans"), ""),
        ),
        (
            "^privateBrowsingId=1&firstPartyDomain=a.test",
            (Partition("a.test", None), None, "privateBrowsingId=1"),
        ),
        (
            "^firstPartyDomain=a.test&partitionKey=",
            (Partition("a.test", None), None, ""),
        ),
        (
            "^firstPartyDomain=a.test&partitionKey=%28https%2Cb.test%29",
            (Partition("https://b.test", False), None, "firstPartyDomain=a.test"),
        ),
        (
            "^privateBrowsingId=1&geckoViewSessionContextId=x",
            (None, None, "geckoViewSessionContextId=x&privateBrowsingId=1"),
        ),
    ],
)
def test_origin_attributes_are_read_as_firefox_writes_them(
    suffix: str, origin: tuple[Partition | None, Container | None, str]
) -> None:
    assert parse_origin(suffix, {6: "Plans"}) == origin


def test_attributes_that_were_taken_apart_already_are_read_alike() -> None:
    attributes = {"userContextId": "6", "partitionKey": "(https,b.test)", "firstPartyDomain": ""}
    before = dict(attributes)
    suffix = "^userContextId=6&partitionKey=%28https%2Cb.test%29"
    assert origin_of(attributes, {6: "Plans"}) == parse_origin(suffix, {6: "Plans"})
    assert attributes == before


def test_what_the_store_says_of_another_site_in_between_is_not_overruled() -> None:
    said = Partition("https://shop.example", cross_site=True)
    assert with_party(said, "shop.example") == said
    assert with_party(None, "shop.example") is None


@given(st.text(st.characters(exclude_categories=()), max_size=30))
@example("^partitionKey=%28%29")
@example("^partitionKey=%28,%29")
@example("^&&==&")
@example("^firstPartyDomain=%28%29")
@example("^firstPartyDomain=.")
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
        ("tracker.example", "^firstPartyDomain=shop.example", True),
        ("www.shop.example", "^firstPartyDomain=shop.example", False),
        (".shop.example", "^firstPartyDomain=shop.example", False),
        ("shop.example", "^firstPartyDomain=shop.example", False),
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
        "^firstPartyDomain=a.test",
        "^firstPartyDomain=b.test",
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
