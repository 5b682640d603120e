"""A vendor's disclosure of device storage: purposes decide, exemptions are not believed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing import tcf
from cookietui.catalogue.importing.draft import Draft
from cookietui.catalogue.importing.lifetimes import lifetime_of
from cookietui.errors import CatalogueError
from cookietui.model.policy import Purpose
from tests.catalogue.importing.test_open_cookie_database import JSON

DAY = 86400


def disclosure(name: object = "acme_visitor", **fields: object) -> dict[str, object]:
    base = {"identifier": name, "type": "cookie", "maxAgeSeconds": 0, "cookieRefresh": False}
    return base | {"domains": ["*"], "purposes": [1]} | fields


def read(*disclosures: object) -> Draft:
    document = {"disclosures": list(disclosures), "domains": []}
    return tcf.read(document, json.dumps(document, indent=2))


@pytest.mark.parametrize(
    ("purposes", "special", "purpose"),
    [
        ([1, 3, 4], [], Purpose.MARKETING), ([2], [1], Purpose.MARKETING),
        ([7, 8, 9], [], Purpose.MARKETING), ([1, 8], [], Purpose.STATISTICS),
        ([9], [], Purpose.STATISTICS), ([10], [2], Purpose.STATISTICS),
        ([1], [], Purpose.UNKNOWN), ([], [1], Purpose.UNKNOWN), ([], [2], Purpose.UNKNOWN),
        ([], [], Purpose.UNKNOWN), (None, None, Purpose.UNKNOWN), ([5, 6], [], Purpose.UNKNOWN),
        ([True, "2", 2.0], [], Purpose.UNKNOWN), ("2", [], Purpose.UNKNOWN),
    ],
)  # fmt: skip
def test_purposes_decide(purposes: object, special: object, purpose: Purpose) -> None:
    (row,) = read(disclosure(purposes=purposes, specialPurposes=special)).rows
    assert row.purpose is purpose


def test_it_speaks_of_any_site_and_tells_lines_and_descriptions() -> None:
    draft = read(disclosure("acme_a", description="Measures."), disclosure("acme_b*"))
    assert draft.catalogue
    assert [(row.name, row.description) for row in draft.rows] == [
        ("acme_a", "Measures."),
        ("acme_b*", ""),
    ]
    assert [row.line for row in draft.rows] == [4, 17]


def test_an_opt_out_cookie_with_advertising_purposes_is_left_open() -> None:
    draft = read(disclosure(purposes=[2, 7], description="Keeps the opt-out choice"))
    assert draft.rows[0].purpose is Purpose.UNKNOWN
    assert len(draft.problems) == 1


@pytest.mark.parametrize("kind", ["web", "app", "local", None, 3])
def test_only_cookies_are_read(kind: object) -> None:
    draft = read(disclosure(type=kind), disclosure("acme_b"))
    assert [row.name for row in draft.rows] == ["acme_b"]
    assert "not a cookie" in draft.problems[0].text


@pytest.mark.parametrize(
    ("fields", "hosts"),
    [
        ({"domains": ["*"]}, ()), ({"domains": []}, ()), ({"domains": None}, ()),
        ({"domains": ["*.acme.example", "b.example"]}, ("acme.example", "b.example")),
        ({"domains": None, "domain": ".acme.example"}, ("acme.example",)),
        ({"domains": None, "domain": "*"}, ()), ({"domains": ["acme.example", "*"]}, ()),
        ({"domains": ["acme.example", "com", 5]}, ("acme.example",)),
    ],
)  # fmt: skip
def test_domains_become_hosts(fields: dict[str, object], hosts: tuple[str, ...]) -> None:
    (row,) = read(disclosure(**fields)).rows
    assert row.hosts == hosts


@pytest.mark.parametrize("domains", [["com"], ["<publisher>"], [None], ["*.co.uk"]])
def test_domains_that_are_none_do_not_become_any_host(domains: list[object]) -> None:
    draft = read(disclosure(domains=domains))
    assert (draft.rows, len(draft.problems)) == ((), 1)


@pytest.mark.parametrize("name", ["*", "**", "id", "uid", "a*"])
def test_a_name_that_says_too_little_needs_a_host(name: str) -> None:
    assert read(disclosure(name)).rows == ()
    with_host = read(disclosure(name, domains=["acme.example"])).rows
    assert bool(with_host) == bool(name.strip("*"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "session"), (1, "1 second"), (90, "90 seconds"), (1800, "30 minutes"), (3600, "1 hour"),
        (DAY, "1 day"), (7 * DAY, "7 days"), (30 * DAY, "1 month"), (90 * DAY, "3 months"),
        (390 * DAY, "13 months"), (395 * DAY, "13 months"), (365 * DAY, "1 year"),
        (31_557_600, "1 year"), (730 * DAY, "2 years"), (400 * DAY, "400 days"),
        (10 * DAY + 5, "10 days"), (36 * 3600, "36 hours"), (10 * 365 * DAY, "10 years"),
    ],
)  # fmt: skip
def test_lifetimes_in_words(seconds: int, words: str) -> None:
    (row,) = read(disclosure(maxAgeSeconds=seconds)).rows
    assert row.lifetime == words


@pytest.mark.parametrize("seconds", [2_592_000_000, -1, 1e300, float("inf"), float("nan"), 10**30])
def test_an_absurd_lifetime_is_told_and_left_out(seconds: float) -> None:
    draft = read(disclosure(maxAgeSeconds=seconds))
    assert draft.rows[0].lifetime == ""
    assert "seconds" in draft.problems[0].text


@pytest.mark.parametrize("seconds", [None, "86400", True, []])
def test_a_lifetime_that_is_no_number_is_unknown(seconds: object) -> None:
    draft = read(disclosure(maxAgeSeconds=seconds))
    assert (draft.rows[0].lifetime, draft.problems) == ("", ())


def test_foreign_entries_are_told_and_the_others_read() -> None:
    draft = read(disclosure("acme_a"), None, [1], {}, disclosure(None), disclosure("\ud800"))
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert len(draft.problems) == 5


@pytest.mark.parametrize(
    "document", [None, [], {}, {"disclosures": {}}, {"disclosures": [{"id": 1}]}, "disclosures"]
)
def test_another_document_is_none(document: object) -> None:
    assert not tcf.recognised(document)
    with pytest.raises(CatalogueError):
        tcf.read(document, "")


def test_a_vendor_that_stores_nothing_has_an_empty_disclosure() -> None:
    assert read().rows == ()


@given(JSON, JSON, st.text())
def test_no_json_breaks_the_reader(value: object, other: object, text: str) -> None:
    fields = {"domains": other, "purposes": other, "maxAgeSeconds": other, "description": other}
    document = {
        "disclosures": [disclosure(), value, disclosure(value), disclosure("acme_b", **fields)]
    }
    assert tcf.recognised(document)
    assert tcf.read(document, text).rows[0].name == "acme_visitor"


@given(st.integers(min_value=1, max_value=3650 * DAY))
def test_a_lifetime_in_words_is_near_what_was_declared(seconds: int) -> None:
    number, unit = (lifetime_of(seconds) or "").split()
    size = {
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": DAY,
        "month": 365 / 12 * DAY,
        "year": 365 * DAY,
    }
    told = int(number) * size[unit.removesuffix("s")]
    assert abs(told - seconds) <= max(DAY, seconds / 60)
