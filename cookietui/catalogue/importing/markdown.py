"""Markdown, by way of HTML."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from cookietui.catalogue.importing import tags
from cookietui.catalogue.importing.elements import Element, check_size
from cookietui.catalogue.importing.hypertext import elements_of
from cookietui.errors import CatalogueError

_LONGEST_PARAGRAPH = 10_000
_BOLD = re.compile(r"(?<![*\w])\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*(?!\*)")


def markdown(text: str) -> list[Element]:
    """Read a Markdown document.

    Raises:
        CatalogueError: It is nested as no page is, or longer than any.
    """
    check_size(text.count("\n"))
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    # Names begin and end with underscores and stars: where emphasis is read, they are lost.
    parser.disable("emphasis")
    parser.core.ruler.before("inline", "paragraphs", _check_paragraphs)
    tokens = parser.parse(text)
    for token in tokens:
        if not token.map:
            continue
        number = token.map[0] + 1
        if token.type == "html_block":
            token.content = tags.numbered(token.content, number)
        elif token.nesting >= 0 and token.type != "inline":
            token.attrSet(tags.LINE, str(number))
    page = parser.renderer.render(tokens, parser.options, {})
    return elements_of(_BOLD.sub(r"<b>\1</b>", page), text.count("\n") + 1, breaks_lines=True)


def _check_paragraphs(state: StateCore) -> None:
    """Refuse what would keep the parser busy for minutes: it looks for the end of each bracket.

    Raises:
        CatalogueError: A paragraph is longer than any.
    """
    if any(
        token.type == "inline" and len(token.content) > _LONGEST_PARAGRAPH for token in state.tokens
    ):
        raise CatalogueError(
            f"it has a paragraph of more than {_LONGEST_PARAGRAPH} characters",
            "save the page as HTML and import that",
        )
