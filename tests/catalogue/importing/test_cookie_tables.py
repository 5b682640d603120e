"""Configurations of CookieConsent, Klaro and Orejime, in the part that is JSON."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing import cookie_tables
from cookietui.catalogue.importing.draft import Draft
from cookietui.catalogue.importing.script_patterns import delimited, glob_of
from cookietui.catalogue.matching import glob
from cookietui.errors import CatalogueError
from cookietui.model.policy import Purpose
from tests.catalogue.importing.test_open_cookie_database import JSON

HEADERS = {"name": "Cookie", "domain": "Domain", "desc": "Description", "exp": "Duration"}


def read(document: object) -> Draft:
    return cookie_tables.read(document, json.dumps(document, indent=1))


def cleared(*names: object, **fields: object) -> dict[str, object]:
    return {"autoClear": {"cookies": [{"name": name} for name in names]}} | fields


def version_3(
    *body: object, headers: object = None, category: str = "analytics"
) -> dict[str, object]:
    table = {"caption": "Cookies", "headers": headers or HEADERS, "body": list(body)}
    section = {"title": "Zzz", "linkedCategory": category, "cookieTable": table}
    translations = {
        "en": {"consentModal": {}, "preferencesModal": {"sections": [{"title": "x"}, section]}},
        "fr": {"preferencesModal": {"sections": [section]}}, "de": "/de.json",
    }  # fmt: skip
    return {"language": {"default": "en", "translations": translations}}


def service(*cookies: object, **fields: object) -> dict[str, object]:
    base = {"name": "acmeStats", "title": "Acme Stats", "purposes": ["analytics"]}
    return base | {"cookies": list(cookies)} | fields


def test_categories_give_purposes() -> None:
    categories = {
        "necessary": cleared("acme_a", readOnly=True), "analytics": cleared("acme_b"),
        "marketing": cleared("acme_c"), "functionality": cleared("acme_d"),
        "other": cleared("acme_e"), "must": cleared("acme_f", readOnly=True),
        "ads": cleared("acme_g", readOnly=True),
    }  # fmt: skip
    draft = read({"categories": categories})
    assert {row.name: row.purpose for row in draft.rows} == {
        "acme_a": Purpose.NECESSARY, "acme_b": Purpose.STATISTICS, "acme_c": Purpose.MARKETING,
        "acme_d": Purpose.PREFERENCES, "acme_e": Purpose.UNKNOWN, "acme_f": Purpose.NECESSARY,
        "acme_g": Purpose.UNKNOWN,
    }  # fmt: skip
    assert not draft.catalogue


def test_services_of_a_category_name_what_a_cookie_is_part_of() -> None:
    category = {"services": {"stats": {"label": "Acme Stats", "cookies": [{"name": "acme_a"}]}}}
    (row,) = read({"categories": {"analytics": category}}).rows
    assert (row.function, row.purpose) == ("Acme Stats", Purpose.STATISTICS)


def test_a_table_is_read_once_and_by_its_headings() -> None:
    cells = {"name": "acme_*", "domain": "ads.example", "desc": "Counts.", "exp": "2 years"}
    (row,) = read(version_3(cells)).rows
    assert (row.name, row.purpose, row.provider, row.description, row.lifetime, row.hosts) == (
        "acme_*", Purpose.STATISTICS, "ads.example", "Counts.", "2 years", (),
    )  # fmt: skip


def test_a_generic_name_in_a_table_counts_on_its_host_only() -> None:
    (row,) = read(version_3({"name": "uid", "domain": "ads.example"})).rows
    assert row.hosts == ("ads.example",)


@pytest.mark.parametrize(
    "headers",
    [
        {"a": "Nom du cookie", "b": "Finalité", "c": "Durée", "d": "Fournisseur"},
        {"a": "Name", "b": "Zweck", "c": "Speicherdauer", "d": "Anbieter"},
        {"a": "Nombre", "b": "Finalidad", "c": "Caducidad", "d": "Proveedor"},
        {"a": "Naam", "b": "Beschrijving", "c": "Bewaartermijn", "d": "Aanbieder"},
        {"a": "Nazwa", "b": "Opis", "c": "Okres", "d": "Dostawca"},
        {"a": "Nome", "b": "Scopo", "c": "Scadenza", "d": "Fornitore"},
    ],
)
def test_headings_in_several_languages(headers: dict[str, str]) -> None:
    cells = {"a": "acme_a", "b": "Counts.", "c": "1 day", "d": "Acme"}
    (row,) = read(version_3(cells, headers=headers)).rows
    assert (row.name, row.description, row.lifetime, row.provider) == (
        "acme_a", "Counts.", "1 day", "Acme",
    )  # fmt: skip


def test_what_a_table_says_is_kept_elsewhere_is_no_cookie() -> None:
    headers = {"name": "Name", "kind": "Type"}
    cells = (
        {"name": "acme_a", "kind": "HTML Local Storage"},
        {"name": "acme_b", "kind": "HTTP Cookie"},
    )
    draft = read(version_3(*cells, headers=headers))
    assert [row.name for row in draft.rows] == ["acme_b"]
    assert "not a cookie" in draft.problems[0].text


def test_without_a_heading_for_it_the_name_stands_first() -> None:
    (row,) = read(version_3({"x": "acme_a", "y": "z"}, headers={"x": "?", "y": "!"})).rows
    assert row.name == "acme_a"


def test_version_2_tables() -> None:
    modal = {
        "cookie_table_headers": [{"col1": "Name"}, {"col2": "Service"}, {"col3": "Expiration"}],
        "blocks": [
            {"title": "Intro"},
            {
                "title": "Zzz",
                "toggle": {"value": "analytics", "readonly": False},
                "cookie_table": [
                    {"col1": "^_acme", "col2": "Acme", "col3": "2 years", "is_regex": True},
                    {"col1": "acme_b", "col2": "Acme", "col3": "1 day"},
                    {"col1": "acme_(b|c)", "is_regex": True},
                ],
            },
        ],
    }
    draft = read({"languages": {"en": {"settings_modal": modal}}})
    assert [(row.name, row.provider, row.lifetime, row.purpose) for row in draft.rows] == [
        ("_acme*", "Acme", "2 years", Purpose.STATISTICS),
        ("acme_b", "Acme", "1 day", Purpose.STATISTICS),
    ]
    assert "cannot be written with *" in draft.problems[0].text


def test_what_is_cleared_is_not_said_again_beside_the_table() -> None:
    document = {"categories": {"analytics": cleared("/^_acme/", "acme_b")}}
    document |= version_3({"name": "/^_acme/", "desc": "Counts."})
    draft = read(document)
    assert [(row.name, row.description) for row in draft.rows] == [
        ("acme_b", ""),
        ("_acme*", "Counts."),
    ]


def test_parts_saved_on_their_own_are_read() -> None:
    table = {"headers": HEADERS, "body": [{"name": "acme_a"}]}
    section = {"title": "Analytics cookies", "cookieTable": table}
    for part in (
        table,
        section,
        {"sections": [section]},
        {"preferencesModal": {"sections": [section]}},
    ):
        assert [row.name for row in read(part).rows] == ["acme_a"]
    assert read(section).rows[0].purpose is Purpose.STATISTICS


@pytest.mark.parametrize("key", ["services", "apps"])
def test_klaro_and_orejime(key: str) -> None:
    cookies = [
        "acme_a",
        "/^_acme/",
        "^_bee",
        ["/^_cee_.*$/", "/", ".shop.example"],
        {"pattern": "acme_d"},
    ]
    draft = read({key: [service(*cookies)]})
    assert [(row.name, row.hosts) for row in draft.rows] == [
        ("acme_a", ()), ("_acme*", ()), ("_bee*", ()), ("_cee_*", ("shop.example",)),
        ("acme_d", ()),
    ]  # fmt: skip
    assert {(row.purpose, row.function) for row in draft.rows} == {
        (Purpose.STATISTICS, "Acme Stats")
    }


@pytest.mark.parametrize(
    ("purposes", "required", "purpose"),
    [
        (["marketing"], False, Purpose.MARKETING), (["security"], None, Purpose.NECESSARY),
        (["analytics", "marketing"], False, Purpose.UNKNOWN), ([], True, Purpose.NECESSARY),
        (["functional"], True, Purpose.NECESSARY), (["marketing"], True, Purpose.UNKNOWN),
        (["livechat"], False, Purpose.UNKNOWN), (None, "yes", Purpose.UNKNOWN),
        (["analytics", "other"], False, Purpose.UNKNOWN),
    ],
)  # fmt: skip
def test_klaro_purposes(purposes: object, required: object, purpose: Purpose) -> None:
    (row,) = read({"services": [service("acme_a", purposes=purposes, required=required)]}).rows
    assert row.purpose is purpose


def test_a_domain_that_is_no_host_leaves_the_cookie_out() -> None:
    draft = read(
        {"services": [service(["acme_a", "/", "location.hostname + x"], ["acme_b", "/", ""])]}
    )
    assert [row.name for row in draft.rows] == ["acme_b"]
    assert len(draft.problems) == 1


def test_foreign_entries_are_told_and_the_others_read() -> None:
    odd = [5, None, "", [], [None], {}, "acme_a"]
    draft = read(
        {"services": [service(*odd), 7], "categories": {"analytics": cleared(1, "acme_b")}}
    )
    assert [row.name for row in draft.rows] == ["acme_a", "acme_b"]
    assert len(draft.problems) == 8
    table = read(version_3(3, {"name": "acme_a"}, {"name": None}))
    assert ([row.name for row in table.rows], len(table.problems)) == (["acme_a"], 2)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"categories": {}},
        {"categories": {"a": 1}},
        {"services": [{"name": "a"}]},
        "x",
    ],
)
def test_another_document_is_none(document: object) -> None:
    assert not cookie_tables.recognised(document)
    with pytest.raises(CatalogueError):
        cookie_tables.read(document, "")


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("^_ga", "_ga*"), ("^_ga$", "_ga"), ("^_ga.*", "_ga*"), ("^_ga.*$", "_ga*"), ("^a$", "a"),
        ("^_pk_(.*)$", "_pk_*"), (r"^_pk_id\.5$", "_pk_id.5"), ("^_a.*_id$", "_a*_id"),
        ("acme_id", "*acme_id*"), ("acme_id$", "*acme_id"), (r"^a\/b\-c$", "a/b-c"),
        ("^_ga.+", None), ("^(_ga|_gid)$", None), ("^_ga_[A-Z]+", None), (r"^_ga\d", None),
        (r"^a\*bcd", None), ("^_s", None), ("_ga", None), ("^.*$", None), ("", None), ("^", None),
        ("$", None), ("^^abc", None), ("^ab$c", None), ("^abc?", None), ("^abc\\", None),
        ("^a.cd", None),
        (r"^abc\$", "abc$*"), (r"^abc\\$", None), ("^abc\n", None),
    ],
)  # fmt: skip
def test_expressions_become_globs_only_where_they_say_the_same(
    expression: str, written: str | None
) -> None:
    assert glob_of(expression) == written


@pytest.mark.parametrize(
    ("text", "inside"),
    [("/^_ga/", "^_ga"), ("/a/g", "a"), ("/", None), ("//", None), ("a/b", None), ("/a", None)],
)
def test_delimited_expressions(text: str, inside: str | None) -> None:
    assert delimited(text) == inside


def test_a_flag_that_changes_the_meaning_is_not_dropped() -> None:
    assert glob_of(delimited("/^_acme/i") or "") is None


@given(st.text("ab_^$.*()\\-", max_size=8), st.text("ab_-.$", max_size=8))
def test_a_glob_matches_exactly_what_the_expression_matches(expression: str, name: str) -> None:
    written = glob_of(expression)
    if written is not None:
        expected = re.search(re.sub(r"\$$", r"\\Z", expression), name) is not None
        assert (glob(written).fullmatch(name) is not None) == expected


@given(JSON, JSON, st.text())
def test_no_json_breaks_the_reader(value: object, other: object, text: str) -> None:
    documents = [
        value, {"services": [service("acme_a", value, [value, other, value]), other]},
        {"categories": {"a": cleared(value, other), "b": value, "c": {"services": other}}},
        version_3(value, {"name": value, "domain": other, "desc": value}), {"languages": value},
        {"language": {"translations": value}}, {"sections": value},
        {"headers": value, "body": other}, {"headers": HEADERS, "body": other},
        {"cookieTable": {"headers": value, "body": [other]}},
    ]  # fmt: skip
    for document in documents:
        if cookie_tables.recognised(document):
            assert all(row.name for row in cookie_tables.read(document, text).rows)
