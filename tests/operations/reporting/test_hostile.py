"""Whatever strangers write stays text, on the page and in Markdown."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from cookietui.operations.reporting import html_report, markdown_report
from cookietui.operations.reporting.blocks import shortened
from cookietui.operations.reporting.html import Element, document, element
from cookietui.text import visible
from tests.operations.reporting.audits import KINDS, NOW, written_by

RENDERER = MarkdownIt("gfm-like", {"html": True})
HOSTILE = [
    "<script>alert(1)</script>",
    "</td></tr></table></style><img src=http://x.example/ onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='background:url(http://x.example/)",
    "&lt;b&gt; &quot; &#60;",
    "<!-- --> <![CDATA[",
    "javascript:alert(1)",
    "http://x.example/ www.x.example a@x.example",
    "a|b `c` **d** [e](http://x.example) ![f](http://x.example)",
    "\u202egnp.exe\u202c\u200b",
    "\ud800\udfff\udc80",
    "\x00\x1b[31m\r\n# heading\n| a | b |",
    "ж" * 1_000_000,
    "x" * 5_000_000,
    " " * 700,
]
TEXT = st.text(st.characters(), min_size=1, max_size=8) | st.text("<>&\"'`|\\/=:. a!-", min_size=1)
_ATTRIBUTES = {
    "class", "id", "scope", "role", "data-label", "aria-hidden", "aria-label", "aria-labelledby",
    "style", "href", "lang", "charset", "http-equiv", "content", "name",
}  # fmt: skip


def shape(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Every element of a page with the names of its attributes."""
    nodes = LexborHTMLParser(text).css("*")
    return Counter((str(node.tag), tuple(node.attributes)) for node in nodes)


def tokens(text: str) -> list[str]:
    """What Markdown becomes, without what is only text."""
    return [
        each.type
        for token in RENDERER.parse(text)
        for each in (token, *(token.children or ()))
        if each.type not in ("text", "text_special", "code_inline", "softbreak")
    ]


def check(*texts: str) -> None:
    audit, tame = written_by((texts[0], texts[1], texts[2])), written_by(("n", "p", "s"))
    page = html_report(audit, KINDS, NOW)
    page.encode()
    found = LexborHTMLParser(page)
    assert shape(page) == shape(html_report(tame, KINDS, NOW))
    for node in found.css("*"):
        assert set(node.attributes) <= _ATTRIBUTES
        for name, value in node.attributes.items():
            assert "http" not in str(value), name
    title = found.css_first("h1")
    assert title is not None
    assert title.text() == visible(shortened(texts[1]))
    names = {node.text() for node in found.css("#cookies tbody th code")}
    assert names == {visible(shortened(texts[0])), "after"}
    text = markdown_report(audit, KINDS, NOW)
    text.encode()
    assert tokens(text) == tokens(markdown_report(tame, KINDS, NOW))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_stays_text(text: str) -> None:
    check(text, text, text)


@given(TEXT, TEXT, TEXT)
def test_any_text_stays_text(name: str, place: str, sentence: str) -> None:
    check(name, place, sentence)


def test_megabytes_are_cut_and_it_says_so() -> None:
    audit = written_by(("x" * 5_000_000, "p", "s"))
    for text in (html_report(audit, KINDS, NOW), markdown_report(audit, KINDS, NOW)):
        assert len(text) < 60_000
        assert "(the first 600 of 5,000,000 characters)" in text


def test_the_program_s_own_words_are_never_cut() -> None:
    audit = written_by(("n", "p", "s"))
    assert "characters)" not in html_report(audit, KINDS, NOW)


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = html_report(written_by(("n", "p", "s")), KINDS, NOW)
    found = LexborHTMLParser(page)
    assert not found.css("script, img, link, iframe, object, embed, form, base, svg, [src]")
    rules = found.css_first("meta[http-equiv]")
    assert rules is not None
    assert str(rules.attributes["content"]).startswith(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    sheet = found.css_first("style")
    assert sheet is not None
    assert not re.search(r"url\(|@import|@font-face|expression", sheet.text())


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("script", {}),
        ("img", {}),
        ("b onload=x", {}),
        ("p", {"onclick": "x"}),
        ("a", {"href": "http://x.example"}),
        ("a", {"href": "javascript:x"}),
        ("p", {"style": "background:url(x)"}),
        ("meta", {"http_equiv": "refresh"}),
    ],
)
def test_what_no_report_needs_cannot_be_made(tag: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"^no .* in a report$"):
        element(tag, **attributes)


@pytest.mark.parametrize("sheet", ["</style><script>", element("p", "x")])
def test_a_style_sheet_cannot_end_itself(sheet: str | Element) -> None:
    with pytest.raises(ValueError, match="without markup"):
        document(element("style", sheet))


def test_attributes_are_escaped_too() -> None:
    written = document(element("p", "<", class_='" onclick="x'))
    assert written == '<!doctype html>\n<p class="&quot; onclick=&quot;x">&lt;</p>\n'
