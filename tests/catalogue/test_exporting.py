"""Policies as the Open Cookie Database takes them: what it cannot hold is told, not bent."""

import csv
import io
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.exporting import to_open_cookie_database
from cookietui.catalogue.importing.narrowing import needs_host, would_be_missed
from cookietui.catalogue.importing.open_cookie_database import COLUMNS, plain_name, read_csv
from cookietui.model.policy import Match, Policy, Purpose
from tests.making import declaration, policy

KNOWN = [Purpose.NECESSARY, Purpose.PREFERENCES, Purpose.STATISTICS, Purpose.MARKETING]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def rows(*policies: Policy) -> list[dict[str, str]]:
    text, left_out = to_open_cookie_database(policies)
    assert left_out == ()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_is_written_whole() -> None:
    given_rows = rows(
        policy(
            "acme",
            declaration(
                "acme_*", hosts=("a.example", "b.example"), lifetime="2 years", provider="Bee"
            ),
            declaration("acme_b", Purpose.NECESSARY),
        )
    )
    assert tuple(given_rows[0]) == COLUMNS
    assert [tuple(row.values())[1:] for row in given_rows] == [
        (
            "Bee", "Analytics", "acme_", "a.example or b.example", "It is there for statistics.",
            "2 years", "Bee", "https://acme.example/policy", "1",
        ),
        (
            "Acme", "Functional", "acme_b", "", "It is there for necessary.",
            "", "Acme", "https://acme.example/policy", "0",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("purpose", "category"),
    zip(KNOWN, ["Functional", "Personalization", "Analytics", "Marketing"], strict=True),
)
def test_only_the_projects_own_categories_are_used(purpose: Purpose, category: str) -> None:
    assert rows(policy("acme", declaration("acme_a", purpose)))[0]["Category"] == category


def test_ids_are_stable_and_different() -> None:
    acme = policy("acme", declaration("acme_a"), declaration("acme_a*"), declaration("acme_b"))
    first, again = rows(acme, policy("bee", declaration("acme_a"))), rows(acme)
    ids = [uuid.UUID(row["ID"]) for row in first]
    assert len(set(ids)) == 4
    assert [row["ID"] for row in again] == [row["ID"] for row in first[:3]]


@pytest.mark.parametrize(
    ("pattern", "fields"),
    [
        ("a*b", {}), ("*acme", {}), ("acme**", {}), ("acme_[0-9]+", {"match": Match.REGEX}),
        ("acme*", {"match": Match.EXACT}), (" acme", {}), ("acme\u200b", {}),
        ("acme", {"purpose": Purpose.UNKNOWN}),
    ],
)  # fmt: skip
def test_what_it_cannot_hold_is_left_out_and_told(pattern: str, fields: dict[str, Purpose]) -> None:
    kept = declaration("acme_kept")
    text, left_out = to_open_cookie_database([policy("acme", declaration(pattern, **fields), kept)])
    assert [row["Cookie / Data Key name"] for row in csv.DictReader(io.StringIO(text))] == [
        "acme_kept"
    ]
    assert len(left_out) == 1
    assert pattern in left_out[0]
    assert left_out[0].startswith("acme: ")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@a", "\ta", 'a"b,c\nd', "a\r\nb", "\x1b[31m"]
)
def test_cells_are_written_as_they_are(cell: str) -> None:
    acme = policy("acme", declaration("acme_a", provider=f"x{cell}", lifetime=f"x{cell}"))
    row = rows(acme)[0]
    assert (row["Platform"], row["Retention period"]) == (f"x{cell}", f"x{cell}")


@given(
    st.lists(
        st.tuples(TEXT, st.booleans(), TEXT.filter(str.strip), TEXT, st.sampled_from(KNOWN)),
        max_size=4,
    )
)
def test_what_is_exported_comes_back(entries: list[tuple[str, bool, str, str, Purpose]]) -> None:
    entries = [
        (f"acme_{name.replace('*', '')}", *rest) for name, *rest in entries
        if plain_name(f"acme_{name}") == f"acme_{name}"
    ]  # fmt: skip
    declarations = [
        declaration(name + "*" * wildcard, purpose, provider=provider, lifetime=lifetime)
        for name, wildcard, provider, lifetime, purpose in entries
    ]
    text, left_out = to_open_cookie_database([policy("acme", *declarations)])
    assert left_out == ()
    draft = read_csv(text)
    expected = [
        (name + "*" * wildcard, provider.strip(), lifetime.strip())
        for name, wildcard, provider, lifetime, _ in entries
    ]
    assert [(row.name, row.provider, row.lifetime) for row in draft.rows] == expected


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=4))
def test_no_purpose_becomes_removable_on_the_way(purposes: list[Purpose]) -> None:
    acme = policy("acme", *(declaration(f"acme_{n}", each) for n, each in enumerate(purposes)))
    draft = read_csv(to_open_cookie_database([acme])[0])
    for row, purpose in zip(draft.rows, purposes, strict=True):
        assert row.purpose is (Purpose.UNKNOWN if purpose is Purpose.NECESSARY else purpose)


def test_hosts_come_back_where_a_name_needs_them() -> None:
    acme = policy("acme", declaration("uid", hosts=("a.example", "b.example")))
    assert needs_host("uid")
    assert not would_be_missed("uid", "")
    assert read_csv(to_open_cookie_database([acme])[0]).rows[0].hosts == ("a.example", "b.example")
