"""Saved policy pages: what comes out of documents whose meaning is known, and of hostile ones."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.catalogue.importing import pages
from cookietui.catalogue.importing.draft import Draft, Row
from cookietui.catalogue.importing.elements import MOST_LINES
from cookietui.catalogue.importing.names import names_in
from cookietui.catalogue.loading import load_catalogue
from cookietui.errors import CatalogueError
from cookietui.model.policy import Match
from tests.catalogue.importing.test_documents import DOCUMENTS, KINDS, Expected

GIVEN = [path for path in DOCUMENTS if path.parent.name == "given"]
MADE = [path for path in DOCUMENTS if path.parent.name == "made"]
ENDINGS = (*KINDS, ".htm", ".markdown", "", ".unheard")
MEGABYTES = 5_000_000


@cache
def declared_names() -> frozenset[str]:
    catalogue = load_catalogue(Path("/nonexistent"))
    return frozenset(
        declaration.pattern
        for policy in catalogue.builtin
        for declaration in policy.declarations
        if declaration.match is Match.EXACT and len(declaration.pattern) > 2
    )


def is_declared(name: str) -> bool:
    return name in declared_names()


def comparable(pattern: str) -> str:
    """A pattern without what separates a wildcard from the rest: that is written either way."""
    return re.sub(r"[*._-]*\*[*._-]*", "*", pattern).rstrip("*")


@cache
def draft_of(document: Path) -> Draft:
    return pages.read(document.read_text(encoding="utf-8"), document.suffix, is_declared)


@cache
def expected_of(document: Path) -> Expected:
    beside = document.with_name(f"{document.stem}.expected.json")
    return msgspec.json.decode(beside.read_bytes(), type=Expected)


@cache
def rows_of(document: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for row in draft_of(document).rows:
        for named in names_in(row.name):
            rows.setdefault(comparable(named.pattern), row)
    return rows


def wanted_of(document: Path) -> dict[str, str | None]:
    """The patterns of a document, and the purpose of each."""
    cookies = expected_of(document).cookies
    return {comparable(cookie.pattern): cookie.category for cookie in cookies if cookie.pattern}


def of_document(document: Path) -> str:
    return document.name


@pytest.mark.parametrize("document", GIVEN, ids=of_document)
def test_a_given_document_is_read_exactly(document: Path) -> None:
    read = {
        pattern: None if row.purpose.value == "unknown" else row.purpose.value
        for pattern, row in rows_of(document).items()
    }

    assert read == wanted_of(document)


@pytest.mark.parametrize("documents", [GIVEN, MADE], ids=["given", "made"])
def test_nearly_every_name_is_found_and_nearly_nothing_else(documents: list[Path]) -> None:
    found = {(path, pattern) for path in documents for pattern in rows_of(path)}
    wanted = {(path, pattern) for path in documents for pattern in wanted_of(path)}

    assert len(found & wanted) / len(found) >= 0.95
    assert len(found & wanted) / len(wanted) >= 0.95


@pytest.mark.parametrize("documents", [GIVEN, MADE], ids=["given", "made"])
def test_nearly_every_purpose_is_told(documents: list[Path]) -> None:
    pairs = [
        (rows_of(path)[pattern].purpose.value, category or "unknown")
        for path in documents
        for pattern, category in wanted_of(path).items()
        if pattern in rows_of(path)
    ]

    assert sum(read == wanted for read, wanted in pairs) / len(pairs) >= 0.95


@pytest.mark.parametrize("document", DOCUMENTS, ids=of_document)
def test_what_is_no_cookie_does_not_become_one(document: Path) -> None:
    written = {named.written for row in draft_of(document).rows for named in names_in(row.name)}

    assert written.isdisjoint(expected_of(document).not_cookies)


@pytest.mark.parametrize("document", DOCUMENTS, ids=of_document)
def test_what_is_reported_stands_where_it_says(document: Path) -> None:
    lines = document.read_text(encoding="utf-8").splitlines()
    draft = draft_of(document)

    assert all(1 <= row.line <= len(lines) for row in draft.rows)
    assert all(1 <= problem.line <= len(lines) for problem in draft.problems)


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_rows_of_an_html_table_know_their_lines(ending: str) -> None:
    rows = "<tr>\n<td>_ga<td>Counts\n<TR><td>_gid<td>Counts\n"
    page = f"<table>\n<tr><th>Name<th>Purpose\n{rows}</table>"

    draft = pages.read(page, ending, is_declared)

    assert [(row.name, row.line) for row in draft.rows] == [("_ga", 3), ("_gid", 5)]


PIECES = st.sampled_from(
    [
        "Name", "Purpose", "Cookie", "Duration", "Type: ", "Name: ", "_ga", "_pk_id.*", "1 year",
        "Statistics", "Cookies", "cookie ", "starts with ", "|", "\t", "-", "---", "===", "== ==",
        "+--+--+", "-> ", "\n", "\n\n", " ", "    ", "<table>", "<tr>", "<td>", "<th colspan=3>",
        "<td rowspan=2>", "</table>", "<dl><dt>", "<dd>", "<li>", "<p>", "<h3>", "<br>", "<div>",
        "</div>", "<svg>", "<!--", "-->", "<script>", "* - ", ".. list-table::\n",
        "   :header-rows: 1", ".. csv-table::\n   :delim: \"\n", ".. table::\n", "::", "`", "**",
        "(", ")", "[x2]",
        "{id}", "\x00", "\u202e", "\u200b", "\ud800", "\r", "\x85", "9" * 400, "l=7",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@given(TEXTS, st.sampled_from(ENDINGS))
@example("<table l=999><tr l=99999999999999999999><th>Name<th>Purpose<tr><td>_ga<td>x", ".html")
@example('.. csv-table::\n   :delim: "\n\n   a_b,c', ".rst")
@example(".. list-table::\n   :header-rows: " + "9" * 5_000 + "\n\n   * - a_b\n     - c", ".rst")
@example("| |\n| - |\n", ".md")
def test_any_text_is_read_or_refused_and_lines_are_those_of_the_text(
    text: str, ending: str
) -> None:
    lines = max(len(text.splitlines()), text.count("\n") + 1)
    try:
        draft = pages.read(text, ending, is_declared)
    except CatalogueError:
        return

    assert all(1 <= row.line <= lines for row in draft.rows)
    assert all(1 <= problem.line <= lines for problem in draft.problems)
    assert all(names_in(row.name) for row in draft.rows)


def bombs() -> Iterator[tuple[str, str]]:
    """Documents of megabytes, made to keep a reader busy."""
    units = (
        "<td>", "<div>", "<table>", "<b>", "<b a=1><i>", "<svg><script><div>", "<ul><li>", "<p>",
        "<span><div></span></div>", "<table><tr><td>", "<!--", "<", "|", "(", "[", "![](", "`a",
        "a_b ", "cookie a_b. ", "9", " ", "\n", "\t", "_", "*", "#", ".", "a.", ",", ":", '"a_b" ',
        "Name:\n", "Name: x\n", "Type: x\n", "Type\n", "| x |\n", "| Name |\n", "a -> b\n", "== ",
        "== ==\n", "+-", "a_b\n  x\n", "> ", "- ", "* a\n", "[a]: b\n", "\u0301",
        "Name\nPurpose\nDuration\nand this is a sentence\n", "Name Purpose Duration\n",
    )  # fmt: skip
    for unit in units:
        yield unit, unit * (MEGABYTES // len(unit))
    yield "colspan", "<table>" + "<tr><td colspan=9999>a_b" * 200_000
    yield "rowspan", "<table>" + ("<tr>" + "<td rowspan=2000>ab" * 60 + "<tr>" * 2_000) * 500
    yield "a grid of many columns", "+-" * 1_000_000 + "+\n" + "|a\n" * 1_000_000
    yield "a grid of many rows", "+" + "-+" * 50 + "\n" + "| a_b\n" * 1_000_000
    yield "rules of many columns", "== " * 800_000 + "\n" + "a b\n" * 600_000
    yield "a row that goes on", "=== ===\na   b\n=== ===\n" + "    b\n" * 1_000_000
    yield "a row of many cells", ".. csv-table::\n\n   " + "a," * 2_500_000
    yield "a wide table", "|" + "a|" * 600_000 + "\n|" + "-|" * 600_000 + "\n" + "|a|\n" * 600_000
    yield "nested lists", "".join("  " * depth + "- a\n" for depth in range(2_200))
    yield "nested quotes", "\n".join(">" * depth for depth in range(3_100))
    yield "runs of backticks", " ".join("`" * length for length in range(3_100))


BOMBS = dict(bombs())


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("part", [10, pytest.param(1, marks=pytest.mark.proof)])
def test_megabytes_of_nonsense_are_read_or_refused(part: int, bomb: str, ending: str) -> None:
    nonsense = BOMBS[bomb]
    try:
        draft = pages.read(nonsense[: len(nonsense) // part], ending, is_declared)
    except CatalogueError:
        return

    assert len(draft.rows) + len(draft.problems) <= MOST_LINES


def test_a_page_nested_as_none_is_refused_and_told_how_to_be_read() -> None:
    with pytest.raises(CatalogueError, match="nested more than 1000 deep") as refused:
        pages.read("<div>" * 40_000, ".html", is_declared)

    assert refused.value.hint == "save the page as plain text and import that"


def test_elements_that_close_in_any_order_are_no_nesting() -> None:
    page = "<b><div>x</b></div><p>y<svg><path d=1 /><g></svg><!-- <div> --><script>'<div>'</script>"

    draft = pages.read(page * 3_000, ".html", is_declared)

    assert draft.rows == ()


def test_a_line_too_long_to_be_read_is_told() -> None:
    draft = pages.read("the cookie a_b is kept, " * 1_000, ".txt", is_declared)

    assert [problem.text for problem in draft.problems] == [
        "this line was left out: it has more than 4000 characters"
    ]
