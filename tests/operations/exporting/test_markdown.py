"""The document is text to paste, whatever the names in it would rather be."""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cookietui.model.policy import Party, Purpose
from cookietui.operations.exporting import FORMATS
from cookietui.operations.exporting.markdown import escaped
from cookietui.text import visible
from tests.making import by, declaration, embedded, judged, policy, session
from tests.operations.exporting.written import ANY_TEXT, export

# With everything on that a renderer may do: raw HTML, and links made of bare addresses.
RENDERER = MarkdownIt("gfm-like", {"html": True})
HOSTILE = [
    "a|b",
    "`code`",
    "``",
    "a`|`b",
    "<script>alert(1)</script>",
    "<!-- ",
    "&lt;b&gt;",
    "&#124;",
    "[x](https://evil.example)",
    "![x](//evil.example/x.png)",
    "https://evil.example",
    "<https://evil.example>",
    "//evil.example",
    "//localhost",
    "https://localhost",
    "www.evil.example",
    "WWW.evil.com",
    "evil.com",
    "me@evil.com",
    "@@a@://www.",
    "mailto:me@evil.com",
    "**bold** _it_ ~~no~~ $x$ ==y== ^z^",
    "\\",
    "\\|",
    "a\\",
    "a\nb\r\n\r\n# heading",
    "\u202eevil",
    "a\u200bb",
    "a\udce9\x00",
    "{: .x}",
    "[^1]: note",
    ":smile:",
    "___",
    "---",
    "| - |",
]
TEXT = ANY_TEXT | st.sampled_from(HOSTILE) | st.text("\\`|<>&[]()!*_~@:/.w a", max_size=12)


def table_rows(tokens: list[Token]) -> Iterator[list[list[Token]]]:
    """The cells of every row of every table below its heading."""
    cells: list[list[Token]] = []
    for before, token in pairwise(tokens):
        if before.type == "td_open":
            cells.append(token.children or [])
        if token.type == "tr_close" and cells:
            yield cells
            cells = []


def shown(cell: list[Token]) -> str:
    """What a person reads in a cell, of which nothing is anything but text."""
    assert {token.type for token in cell} <= {"text", "text_special", "code_inline"}
    return "".join(token.content for token in cell)


def test_the_document_tells_what_was_read_when_and_a_table_for_each_purpose() -> None:
    visits = policy("analytics", declaration("_visits", lifetime="2 years"))
    text = FORMATS["markdown"](
        export(
            judged("_visits", Purpose.STATISTICS, about={"declared": by(visits)}),
            msgspec.structs.replace(judged("sid", Purpose.NECESSARY), cookie=session("sid")),
            judged("b", Purpose.NECESSARY, about={"party": Party.THIRD}),
        )
    ).text
    assert text.splitlines() == [
        "# Cookies of shop\\.example",
        "",
        "Read by cookietui at 2026-11-18T11:06:40Z: 3 cookies kept by chromium\\:Default.",
        "",
        "Purposes are what the site's own policy, a known provider or the person says; where nobody"
        " declares a cookie they are concluded from its attributes, or unknown.",
        "",
        "## Necessary",
        "",
        "2 cookies.",
        "",
        "| Name | Host | Provider | What it does | Lifetime | Party |",
        "| --- | --- | --- | --- | --- | --- |",
        "| b | \\.shop\\.example | not known | For the test. | 10 d left | third |",
        "| sid | \\.shop\\.example | not known | For the test. | session | first |",
        "",
        "## Statistics",
        "",
        "1 cookie.",
        "",
        "| Name | Host | Provider | What it does | Lifetime | Party |",
        "| --- | --- | --- | --- | --- | --- |",
        "| \\_visits | \\.shop\\.example | Analytics | It is there for statistics. "
        "| 10 d left, declared: 2 years | first |",
    ]


def test_without_a_site_and_without_cookies_it_says_so() -> None:
    made = msgspec.structs.replace(export(), site=None)
    text = FORMATS["markdown"](made).text
    assert text.startswith("# Cookies of all sites\n")
    assert "2026-11-18T11:06:40Z: 0 cookies.\n" in text
    assert "##" not in text


def test_values_are_never_in_it() -> None:
    each = judged("id")
    text = FORMATS["markdown"](export(each, values={each.cookie.key: "s3cr3t"})).text
    assert "s3cr3t" not in text


def test_what_has_no_name_says_so_and_a_partitioned_cookie_where_it_is_stored() -> None:
    unnamed = msgspec.structs.replace(judged(""), cookie=embedded(""))
    text = FORMATS["markdown"](export(unnamed)).text
    (cells,) = table_rows(RENDERER.parse(text))
    assert [token.type for token in cells[0]] == ["em_open", "text", "em_close"]
    assert shown(cells[1]) == ".stranger.example, stored under https://shop.example"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_its_cell(text: str) -> None:
    check(text, text, text)


@given(TEXT, TEXT, TEXT)
@example("_ga", "\\", "|")
def test_any_text_stays_text_in_its_cell(name: str, host: str, description: str) -> None:
    check(name, host, description)


def check(name: str, host: str, description: str) -> None:
    """Rendered, a row holds in its cells exactly what a terminal would show, and nothing more."""
    rule = declaration("x", provider=f"P{name}", lifetime=host)
    rule = msgspec.structs.replace(rule, description=f"D{description}")
    about = {"declared": by(policy("someone", rule))}
    each = judged(f"n{name}", Purpose.STATISTICS, about=about, host=f"h{host}")
    plain = judged("after", Purpose.STATISTICS)
    text = FORMATS["markdown"](export(each, plain)).text
    text.encode()
    # Not every renderer knows an escaped bar, so there is none.
    assert {line.count("|") for line in text.splitlines()} == {0, 7}
    rows = [[shown(cell) for cell in row] for row in table_rows(RENDERER.parse(text))]
    lifetime = f"10 d left, declared: {visible(host)}" if host else "10 d left"
    assert ["after", ".shop.example", "not known", "For the test.", "10 d left", "first"] in rows
    assert [cell.strip() for cell in next(row for row in rows if row[0] != "after")] == [
        visible(f"n{name}").strip(),
        visible(f"h{host}").strip(),
        visible(f"P{name}").strip(),
        visible(f"D{description}").strip(),
        lifetime.strip(),
        "first",
    ]
    assert len(rows) == 2


@given(TEXT)
def test_a_title_of_any_text_is_one_heading_of_that_text(site: str) -> None:
    text = FORMATS["markdown"](msgspec.structs.replace(export(), site=f"s{site}")).text
    opened, heading, *_ = RENDERER.parse(text)
    assert (opened.type, opened.tag) == ("heading_open", "h1")
    assert shown(heading.children or []) == f"Cookies of {visible(f's{site}').rstrip()}"


def test_usual_words_are_not_disfigured() -> None:
    usual = "Counts visits, for 13 months (at most); see the provider's page."
    assert escaped(usual) == usual
