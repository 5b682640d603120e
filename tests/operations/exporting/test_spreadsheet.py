"""The table for spreadsheets holds every cookie, and nothing that a spreadsheet would run."""

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import UnreadableValueError
from cookietui.model.cookie import Container, Cookie
from cookietui.model.policy import Consent, Party, Purpose
from cookietui.model.verdict import Basis
from cookietui.operations.exporting import FORMATS
from cookietui.operations.exporting.spreadsheet import harmless
from cookietui.text import visible
from tests.making import DAY, NOW, by, cookie, declaration, embedded, judged, policy, session
from tests.operations.exporting.written import (
    ANY_TEXT,
    export,
    judged_as_unknown,
    numbered,
    written,
)

ANALYTICS = policy(
    "analytics", declaration("_visits", function="Audience measurement", lifetime="2 years")
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def row(each: Cookie, value: str | None = "v") -> dict[str, str]:
    (only,) = rows(written("csv", each, value=value).text)
    return only


def test_a_cookie_is_one_row_with_its_verdict_and_attributes() -> None:
    about = {
        "declared": by(ANALYTICS),
        "basis": Basis.CATALOGUE,
        "consent": Consent.NEEDED,
        "party": Party.THIRD,
        "reasons": ("One.", "Two, three."),
        "note": "mine",
        "kept": True,
    }
    each = judged("_visits", Purpose.STATISTICS, about=about, container=Container(6, "Work"))
    assert rows(FORMATS["csv"](export(each)).text) == [
        {
            "name": "_visits",
            "host": ".shop.example",
            "path": "/",
            "host_only": "FALSE",
            "stored_under": "",
            "container": "Work",
            "profile": "chromium:Default",
            "created": "2026-11-17T11:06:40Z",
            "expires": "2026-11-28T11:06:40Z",
            "last_used": "2026-11-18T11:06:40Z",
            "lifetime_left": "10 d",
            "session": "FALSE",
            "secure": "TRUE",
            "http_only": "FALSE",
            "same_site": "unset",
            "size": "2",
            "encryption": "plain",
            "purpose": "statistics",
            "type": "first-party",
            "suggestion": "remove",
            "known_by": "a provider's word",
            "provider": "Analytics",
            "function": "Audience measurement",
            "description": "It is there for statistics.",
            "party": "third",
            "consent": "needed",
            "declared_lifetime": "2 years",
            "reasons": "One. Two, three.",
            "kept": "TRUE",
            "note": "mine",
        }
    ]


def test_lines_end_and_cells_are_quoted_as_rfc_4180_says() -> None:
    first, second, end = written("csv", cookie('a,"b"')).text.split("\r\n")
    assert first.startswith("name,host,path,")
    assert second.startswith('"a,""b""",.shop.example,/,FALSE,')
    assert end == ""
    assert written("csv").text.count("\r\n") == 1


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ({"secure": None, "http_only": None}, {"secure": "unknown", "http_only": "unknown"}),
        ({"same_site": None, "size": None}, {"same_site": "unknown", "size": "unknown"}),
        ({"created": None, "last_used": None}, {"created": "unknown", "last_used": "unknown"}),
        ({"expires": None}, {"expires": "unknown", "lifetime_left": "unknown"}),
        ({"expires": None, "session": True}, {"expires": "", "lifetime_left": "session"}),
        ({"expires": NOW}, {"lifetime_left": "expired"}),
        ({"expires": 9 * 10**18}, {"expires": "9000000000000 s since 1970"}),
        ({"encryption": "v10"}, {"encryption": "v10"}),
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(
    fields: dict[str, Any], cells: dict[str, str]
) -> None:
    assert cells.items() <= row(cookie(**fields)).items()


def test_a_partitioned_cookie_says_where_it_is_stored() -> None:
    assert row(embedded("_track"))["stored_under"] == "https://shop.example"


def test_values_are_there_only_if_asked_for_and_a_missing_one_says_why() -> None:
    assert "value" not in row(cookie(), value=None)
    known, empty, locked = numbered([session("known"), session("empty"), session("locked")])
    values = {known.key: "a,b", empty.key: "", locked.key: UnreadableValueError("no key fits", "")}
    text = FORMATS["csv"](export(*judged_as_unknown(known, empty, locked), values=values)).text
    assert [(each["value"], each["value_problem"]) for each in rows(text)] == [
        ("a,b", ""),
        ("", ""),
        ("", "no key fits"),
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("\uff1d1", "'\uff1d1"),
        ("\t=1", "\\x09=1"),
        ("\r=1", "\\x0d=1"),
        ("\n=1", "\\x0a=1"),
        ("a\u202eb", "a\\u202eb"),
        ("a\udce9", "a\\Xe9"),
        ("a=1", "a=1"),
        ("'a", "'a"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert harmless(text) == cell
    assert row(cookie(text), value=text)["name"] == cell
    assert row(cookie(), value=text)["value"] == cell


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4), st.integers(-(10**20), 10**20))
@example([("=a", '"\r\n,=b')], NOW + DAY)
def test_whatever_strangers_wrote_every_cookie_is_one_row(
    texts: list[tuple[str, str]], expires: int
) -> None:
    cookies = [cookie(name, host, expires=expires) for name, host in texts]
    exported = written("csv", *cookies)
    exported.text.encode()
    assert exported.left_out == ()
    found = rows(exported.text)
    names = [each["name"].removeprefix("'") for each in found]
    assert names == [visible(name).removeprefix("'") for name, _ in texts]
    assert not any(cell.lstrip()[:1] in set("=+-@") - {""} for r in found for cell in r.values())
    assert all(cell.isprintable() for each in found for cell in each.values())
