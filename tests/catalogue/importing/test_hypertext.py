"""HTML and Markdown become lines and tables."""

import pytest

from cookietui.catalogue.importing.elements import MOST_CELLS, WIDEST, Element, Kind, Line, Table
from cookietui.catalogue.importing.hypertext import html, written_in_html
from cookietui.catalogue.importing.markdown import markdown
from cookietui.errors import CatalogueError


def texts(elements: list[Element]) -> list[tuple[int, str, Kind]]:
    lines = [element for element in elements if isinstance(element, Line)]
    return [(line.number, line.text, line.kind) for line in lines if line.kind is not Kind.BREAK]


def table_in(elements: list[Element]) -> Table:
    (table,) = [element for element in elements if isinstance(element, Table)]
    return table


def cells(page: str) -> list[tuple[str, ...]]:
    return [row.cells for row in table_in(html(page)).rows]


def test_blocks_become_lines_of_their_kind_where_they_stand() -> None:
    page = (
        "<h2>Cookies\n</h2><p>We <b>set</b> some:\n<ul>\n<li>one<br>two</ul><dl>\n<dt>a<dd>b</dl>"
    )

    assert texts(html(page)) == [
        (1, "Cookies", Kind.HEADING),
        (2, "We set some:", Kind.TEXT),
        (4, "one", Kind.ITEM),
        (4, "two", Kind.TEXT),
        (5, "a", Kind.TERM),
        (5, "b", Kind.TEXT),
    ]


def test_what_a_page_does_not_show_is_left_out() -> None:
    hidden = "<script>x</script><style>x</style><!-- x --><nav>x</nav><template>x</template>"

    assert texts(html(f"<div>a{hidden}_\u00ad\u200bb&amp;c")) == [(1, "a_b&c", Kind.TEXT)]


def test_cells_stand_in_all_rows_and_columns_they_reach_into() -> None:
    rows = "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td rowspan=x>e"

    assert cells(f"<table>{rows}</table>") == [("a", "b", "b"), ("a", "c", "d"), ("e", "", "")]


def test_blocks_and_breaks_in_a_cell_are_lines_of_its_text() -> None:
    cell = "<td><p>_ga</p><p>_gid <b>x</b></p>y<br>z<ul><li>w</ul>"

    assert cells(f"<table><tr>{cell}<td><a><code> _ga\n </code></a><td></table>") == [
        ("_ga\n_gid x\ny\nz\nw", "_ga", "")
    ]


def test_a_table_knows_its_caption_headings_and_lines() -> None:
    table = table_in(
        html(
            "<p>\n<table><caption>Set by us</caption>\n<tr><th>a<tfoot><tr><td>x<tbody>\n<TR><td>b"
        )
    )

    assert (table.line, table.caption) == (2, "Set by us")
    assert [(row.line, row.cells, row.heading) for row in table.rows] == [
        (3, ("a",), True),
        (4, ("b",), False),
    ]


def test_a_table_that_holds_tables_lays_a_page_out() -> None:
    elements = html("<table><tr><td>left<td><div><table><tr><td>a<td>b</table></div></table>")

    assert texts(elements) == [(1, "left", Kind.TEXT)]
    assert table_in(elements).rows[0].cells == ("a", "b")


def test_no_row_is_wider_than_any_table_of_cookies() -> None:
    assert len(cells("<table><tr>" + "<td>a" * 999 + "<tr><td colspan=9999>b")[0]) == WIDEST


def test_tables_with_more_cells_than_any_are_refused() -> None:
    rows = "<tr>" + "<td rowspan=2000>ab" * WIDEST + "<tr>" * 2_000

    with pytest.raises(CatalogueError, match=f"{MOST_CELLS} cells"):
        html("<table>" + rows * 5)


def test_a_page_cannot_tell_lines_itself() -> None:
    page = "<body l=77><table l=77><tr l=77><td>a</table><article l=77>b"

    assert [row.line for row in table_in(html(page)).rows] == [1]
    assert texts(html(page)) == [(1, "b", Kind.TEXT)]


def test_html_is_told_by_its_tags() -> None:
    assert written_in_html("some <table class='a'> or other")
    assert not written_in_html("_ga_<id> and 1 < 2")


def test_markdown_becomes_lines_and_tables_where_they_stand() -> None:
    rows = "| a | b |\n|---|---|\n| _ga_* | **c** |\n| x\\|y | |\n"
    elements = markdown(f"# Cookies\n\nWe set\nsome.\n\n- `_ga`\n\n{rows}")

    assert texts(elements) == [
        (1, "Cookies", Kind.HEADING),
        (3, "We set", Kind.TEXT),
        (4, "some.", Kind.TEXT),
        (6, "_ga", Kind.ITEM),
    ]
    assert [(row.line, row.cells) for row in table_in(elements).rows] == [
        (8, ("a", "b")),
        (10, ("_ga_*", "c")),
        (11, ("x|y", "")),
    ]


def test_underscores_and_stars_of_names_are_no_emphasis() -> None:
    assert texts(markdown("_ga_ and __utm__ and *_id*")) == [
        (1, "_ga_ and __utm__ and *_id*", Kind.TEXT)
    ]


def test_a_paragraph_longer_than_any_is_refused() -> None:
    with pytest.raises(CatalogueError, match="paragraph of more than 10000 characters"):
        markdown("[" * 20_000)
