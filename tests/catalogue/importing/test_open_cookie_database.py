"""The Open Cookie Database in its three forms: what it says is taken with care."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.importing import open_cookie_database as ocd
from cookietui.catalogue.importing.collecting import decoded
from cookietui.catalogue.importing.draft import Draft
from cookietui.errors import CatalogueError
from cookietui.model.policy import Purpose

HEADING = (
    "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,"
    "Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n"
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def line(name: str, category: str = "Analytics", domain: str = "", text: str = "", wild: str = "0"):  # noqa: ANN201
    return (
        f"0-1,Acme,{category},{name},{domain},{text},2 years,Acme Inc,https://acme.example,{wild}\n"
    )


def csv_draft(*lines: str) -> Draft:
    return ocd.read_csv(HEADING + "".join(lines))


def entry(name: object, **fields: object) -> dict[str, object]:
    base = {"cookie": name, "category": "Analytics", "domain": "", "description": "Counts."}
    return base | {"retentionPeriod": "1 day", "wildcardMatch": "0"} | fields


def json_draft(document: object) -> Draft:
    return ocd.read(document, json.dumps(document, indent=1))


def test_a_row_is_read_whole() -> None:
    draft = csv_draft(line("acme_visits", domain="acme.example", text="Counts visits"))
    (row,) = draft.rows
    assert (row.line, row.name, row.provider, row.purpose, row.description, row.lifetime) == (
        2, "acme_visits", "Acme", Purpose.STATISTICS, "Counts visits", "2 years",
    )  # fmt: skip
    assert draft.catalogue
    assert draft.problems == ()


def test_the_domain_is_no_condition_for_a_telling_name() -> None:
    draft = csv_draft(line("acme_visits", domain="acme.example"))
    assert draft.rows[0].hosts == ()


@pytest.mark.parametrize(
    ("name", "wild"),
    [
        ("uid", "0"),
        ("UUID", "0"),
        ("IDE", "0"),
        ("_s", "1"),
        ("_abc", "1"),
        ("SR<RotatorID>", "0"),
        ("CT[a]", "0"),
        ("a%INTEGER%", "0"),
        ("id{n}", "0"),
        ("ab##", "0"),
    ],
)
def test_a_generic_or_short_name_counts_on_its_host_only(name: str, wild: str) -> None:
    domain = "\u200b.acme.example (3rd party) or advertiser's website domain (1st party)"
    with_host = csv_draft(line(name, domain=domain, wild=wild))
    assert with_host.rows[0].hosts == ("acme.example",)
    without = csv_draft(line(name, domain="Advertiser's website domain (1st party)", wild=wild))
    assert without.rows == ()
    assert [problem.line for problem in without.problems] == [2]


def test_a_public_suffix_or_a_placeholder_is_no_host() -> None:
    assert (
        csv_draft(line("uid", domain="co.uk"), line("id", domain="a-[b].acme.example")).rows == ()
    )


@pytest.mark.parametrize(
    ("written", "wild", "name"),
    [
        ("_acme_", "1", "_acme_*"), ("SSPR_*", "0", "SSPR_*"), ("_acme_*", "1", "_acme_*"),
        ("ce_secure_x\t", "0", "ce_secure_x"), ("\u200b_acme\u2060x", "0", "_acmex"),
        ("Hm_lvt_", "0", "Hm_lvt_"), ("EBFCD<Banner>", "0", "EBFCD<Banner>"),
    ],
)  # fmt: skip
def test_names_are_cleaned_and_wildcards_are_prefixes(written: str, wild: str, name: str) -> None:
    assert [row.name for row in csv_draft(line(written, wild=wild)).rows] == [name]


@pytest.mark.parametrize(
    ("category", "purpose"),
    [
        ("Functional", Purpose.UNKNOWN), ("Necessary", Purpose.NECESSARY),
        ("Security", Purpose.NECESSARY), ("Personalization", Purpose.PREFERENCES),
        ("Analytics", Purpose.STATISTICS), ("Marketing", Purpose.MARKETING),
    ],
)  # fmt: skip
def test_categories(category: str, purpose: Purpose) -> None:
    draft = csv_draft(line("acme_visits", category))
    assert [row.purpose for row in draft.rows] == [purpose]
    assert draft.problems == ()


def test_an_unknown_category_stays_unknown_and_is_told() -> None:
    draft = csv_draft(line("acme_visits", "Margketing"))
    assert draft.rows[0].purpose is Purpose.UNKNOWN
    assert "Margketing" in draft.problems[0].text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acme_xs", "Used to authenticate your identity"), ("acme_a", "Keeps you logged in"),
        ("acme_b", "Remembers the sign-in"), ("acme_c", "Stores the user's consent"),
        ("acme_d", "Opt out cookie"), ("acme_e", "A security token"), ("acme_auth", "An id"),
        ("acme_sessionid", "An id"), ("xsrf-acme", "An id"),
        ("APISID", "Adjusts the ads"), ("acme_session*", "An id"),
        ("acme_f", "Keeps the user session identifier"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("category", ["Marketing", "Analytics"])
def test_what_sounds_like_a_login_is_never_removable(name: str, text: str, category: str) -> None:
    draft = csv_draft(line(name, category, text=text))
    assert draft.rows[0].purpose is Purpose.UNKNOWN
    assert name in draft.problems[0].text


@pytest.mark.parametrize("text", ["A catalog online", "Counts clicks", "Shown in designs"])
def test_harmless_words_are_no_login(text: str) -> None:
    assert csv_draft(line("acme_x", text=text)).rows[0].purpose is Purpose.STATISTICS


def test_a_line_break_in_a_cell_moves_the_lines_that_follow() -> None:
    draft = csv_draft(line("acme_a", text='"one\n\ntwo, ""three"""'), line("acme_b"))
    assert [(row.line, row.name) for row in draft.rows] == [(2, "acme_a"), (5, "acme_b")]
    assert draft.rows[0].description == 'one\n\ntwo, "three"'


def test_a_row_with_cells_too_few_or_too_many_is_left_out() -> None:
    draft = csv_draft("1,Acme,Marketing,a_name\n", line("acme_b", text="one, two"), line("acme_c"))
    assert [row.name for row in draft.rows] == ["acme_c"]
    assert [problem.line for problem in draft.problems] == [2, 3]


def test_nothing_is_read_after_a_cell_that_does_not_end() -> None:
    swallowed = line("acme_b") * 2000
    draft = csv_draft(line("acme_a"), line("acme_q", text='"open'), swallowed)
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert [problem.line for problem in draft.problems] == [3]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_saved_by_a_spreadsheet_is_read(delimiter: str) -> None:
    text = "\ufeff" + (HEADING + line("acme_visits")).replace(",", delimiter).replace("\n", "\r\n")
    assert ocd.recognised_csv(text)
    assert [row.name for row in ocd.read_csv(text).rows] == ["acme_visits"]


@pytest.mark.parametrize("text", ["", "\n", "name,category\n", "{}", "\ufeff", "\0", "aaaa" * 90])
def test_another_text_is_not_its_csv(text: str) -> None:
    assert not ocd.recognised_csv(text)
    with pytest.raises(CatalogueError):
        ocd.read_csv(text)


def test_the_json_by_platform() -> None:
    document = {
        "Acme": [entry("acme_a"), entry("_acme_", wildcardMatch="1")],
        "Bee": [entry("bee_c")],
    }
    draft = json_draft(document)
    found = [(row.name, row.provider, row.lifetime) for row in draft.rows]
    assert found == [
        ("acme_a", "Acme", "1 day"),
        ("_acme_*", "Acme", "1 day"),
        ("bee_c", "Bee", "1 day"),
    ]
    text = json.dumps(document, indent=1).splitlines()
    assert all(f'"{row.name.strip("*")}"' in text[row.line - 1] for row in draft.rows)
    assert draft.catalogue


def test_the_json_for_the_audit_tool() -> None:
    known = {"kind": "cookie", "name": "acme_a", "category": "marketing", "source": "Acme"}
    document = [{"name": "x", "knowledges": [known | {"comment": "Ads.", "domain": ""}]}]
    (row,) = json_draft(document).rows
    assert (row.name, row.purpose, row.provider, row.description) == (
        "acme_a", Purpose.MARKETING, "Acme", "Ads.",
    )  # fmt: skip
    assert json_draft(document[0]).rows[0].name == "acme_a"


def test_foreign_entries_are_told_and_the_others_read() -> None:
    others: list[object] = [None, 7, [], {"cookie": 5}, entry(""), entry("\ud800"), entry("*")]
    draft = json_draft({"Acme": [entry("acme_a"), *others], "Bee": "none"})
    assert [row.name for row in draft.rows] == ["acme_a"]
    assert len(draft.problems) == len(others) + 1


def test_knowledge_of_other_things_than_cookies_is_left_out() -> None:
    other = {"kind": "localstorage", "name": "acme_b", "category": "marketing"}
    draft = json_draft({"knowledges": [other, {"kind": "cookie"}, other | {"kind": "cookie"}]})
    assert [row.name for row in draft.rows] == ["acme_b"]
    assert [problem.text.partition(" is ")[0] for problem in draft.problems] == [
        "'acme_b'", "an entry has no name",
    ]  # fmt: skip


def test_a_row_without_a_name_is_told() -> None:
    draft = csv_draft(line("  "), line("acme_b", domain="x." * 200))
    assert ([row.name for row in draft.rows], len(draft.problems)) == (["acme_b"], 1)


def test_a_name_longer_than_any_cookies_is_told_in_short() -> None:
    draft = json_draft({"Acme": [entry("acme_a"), entry("a" * 1_000_000)]})
    assert (len(draft.rows), len(draft.problems)) == (1, 1)
    assert len(draft.problems[0].text) < 200


def test_hostile_text_is_kept_as_text() -> None:
    name = "acme_\x1b[31m\u202e[bold]"
    draft = json_draft({"[red]Acme": [entry(name, description="\ud800" + "x" * 1_000_000)]})
    assert draft.rows[0].name == name
    assert draft.rows[0].description.startswith("\ufffdx")
    assert draft.rows[0].description.encode()


@pytest.mark.parametrize("document", [None, [], {}, {"a": 1}, {"cookies": {"essential": []}}, "x"])
def test_another_document_is_not_the_database(document: object) -> None:
    assert not ocd.recognised(document)
    with pytest.raises(CatalogueError):
        ocd.read(document, "")


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, '{"a":' * 200_000, "9" * 10_000, "", "{", "[1,]", "\ufeff"],
    ids=["arrays", "objects", "number", "empty", "open", "comma", "mark"],
)
def test_json_that_cannot_be_read_is_an_error_for_the_person(text: str) -> None:
    with pytest.raises(CatalogueError):
        decoded(text)


def test_many_names_written_strangely_do_not_make_reading_slow() -> None:
    entries = [entry(f"acme_{number}") for number in range(20_000)]
    text = json.dumps({"Acme": entries}).replace("acme_", "\\u0061cme_")
    draft = ocd.read(decoded(text), text)
    assert len(draft.rows) == 20_000


@given(JSON, st.text())
def test_no_json_breaks_the_reader(value: object, text: str) -> None:
    for document in (
        value,
        {"A": [entry("a_name"), value]},
        [{"knowledges": [value, {"name": value}]}],
    ):
        if ocd.recognised(document):
            draft = ocd.read(document, text)
            assert all(row.name.strip("*") and row.line >= 1 for row in draft.rows)


@given(st.text())
def test_no_text_breaks_the_csv_reader(text: str) -> None:
    draft = ocd.read_csv(HEADING + text)
    assert all(row.line >= 2 and row.name for row in draft.rows)


@given(st.text(), st.sampled_from(["Marketing", "Analytics"]))
def test_a_removable_row_without_host_is_never_generic(name: str, category: str) -> None:
    draft = json_draft({"Acme": [entry("acme_a"), entry(name, category=category)]})
    for row in draft.rows[1:]:
        assert row.purpose is Purpose.UNKNOWN or len(row.name.strip("*")) > 3
