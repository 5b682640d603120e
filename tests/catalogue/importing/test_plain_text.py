"""Plain text and reStructuredText become lines and tables."""

import pytest

from cookietui.catalogue.importing.elements import MOST_LINES, Element, Kind, Line, Table
from cookietui.catalogue.importing.plain_text import (
    plain,
    restructured,
    written_in_restructured_text,
)
from cookietui.errors import CatalogueError


def texts(elements: list[Element]) -> list[tuple[int, str, Kind]]:
    lines = [element for element in elements if isinstance(element, Line)]
    return [(line.number, line.text, line.kind) for line in lines if line.kind is not Kind.BREAK]


def rows_in(elements: list[Element]) -> list[tuple[int, tuple[str, ...], bool]]:
    (table,) = [element for element in elements if isinstance(element, Table)]
    return [(row.line, row.cells, row.heading) for row in table.rows]


def test_lines_items_and_underlined_titles_are_told_apart() -> None:
    elements = plain("Cookies\n=======\n\nWe set:\n- _ga\n2) _gid\n\nMore\n----\n")

    assert texts(elements) == [
        (1, "Cookies", Kind.HEADING),
        (4, "We set:", Kind.TEXT),
        (5, "_ga", Kind.ITEM),
        (6, "_gid", Kind.ITEM),
        (8, "More", Kind.HEADING),
    ]
    levels = [each.level for each in elements if isinstance(each, Line) and each.level]
    assert levels == [1, 2]


def test_markup_is_taken_away_and_what_is_not_shown_is_left_out() -> None:
    text = (
        ".. _there:\n.. a comment\n\n``_ga`` and `a page <https://a.example>`__ and **b** and *c*\n"
        ":Lifetime: a year\nterm\n   about it\nAn example::\n\n   _no\n\nend\n"
    )

    assert texts(restructured(text)) == [
        (4, "_ga and a page and b and c", Kind.TEXT),
        (5, "Lifetime: a year", Kind.TEXT),
        (6, "term", Kind.TERM),
        (7, "about it", Kind.TEXT),
        (8, "An example:", Kind.TEXT),
        (12, "end", Kind.TEXT),
    ]


def test_a_grid_is_read_with_cells_of_several_lines() -> None:
    text = (
        "+----+-----+\n| a  | b   |\n+====+=====+\n| c  | d   |\n|    | e   |\n+----+-----+\n"
        "| f        |\n+----+-----+\n"
    )

    assert rows_in(restructured(text)) == [
        (2, ("a", "b"), True),
        (4, ("c", "d e"), False),
        (7, ("f", ""), False),
    ]


def test_a_grid_as_databases_print_it_has_a_row_a_line() -> None:
    text = "+---+---+\n| a | b |\n+---+---+\n| c | d |\n| e | f |\n+---+---+\n"

    assert [cells for _, cells, _ in rows_in(plain(text))] == [("a", "b"), ("c", "d"), ("e", "f")]


def test_rules_and_dashes_tell_where_columns_are() -> None:
    ruled = "===  =====\na    b\n===  =====\nc    d\n     e\nf    g\n===  =====\n"
    dashed = "a    b\n---  -----\nc    d\n     e\nf    g\n"

    assert rows_in(restructured(ruled)) == [
        (2, ("a", "b"), True),
        (4, ("c", "d e"), False),
        (6, ("f", "g"), False),
    ]
    assert [cells for _, cells, _ in rows_in(plain(dashed))] == [
        ("a", "b"),
        ("c", "d e"),
        ("f", "g"),
    ]


@pytest.mark.parametrize(
    "directive",
    [
        ".. list-table:: Title\n   :header-rows: 1\n\n"
        "   * - a\n     - b\n   * - ``c``\n     - d\n       e\n",
        '.. csv-table:: Title\n   :header: a,b\n\n\n   c,"d e"\n',
        ".. csv-table:: Title\n   :delim: ;\n   :header: a;b\n\n   c;d e\n",
        ".. table:: Title\n\n   ==  ====\n   a   b\n   ==  ====\n   c   d e\n   ==  ====\n",
    ],
)  # fmt: skip
def test_directives_hold_tables(directive: str) -> None:
    lines = directive.splitlines()
    (first, second) = rows_in(restructured(directive))

    assert (first[1:], second[1:]) == ((("a", "b"), True), (("c", "d e"), False))
    assert "a" in lines[first[0] - 1]
    assert "c" in lines[second[0] - 1]


def test_restructured_text_is_told_by_its_markup() -> None:
    assert written_in_restructured_text("a\n\n.. note::\n")
    assert written_in_restructured_text("==  ==\na   b\n==  ==\n")
    assert not written_in_restructured_text("Cookies\n=======\n\n- a: b\n")


def test_more_lines_than_any_page_has_are_refused() -> None:
    with pytest.raises(CatalogueError, match=f"more than {MOST_LINES} lines"):
        plain("a\n" * (MOST_LINES + 1))
