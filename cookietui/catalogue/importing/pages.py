"""A saved policy page, in whatever it was written: what it declares."""

from collections.abc import Callable, Iterable

import msgspec

from cookietui.catalogue.importing import hypertext, markdown, plain_text
from cookietui.catalogue.importing.context import Context
from cookietui.catalogue.importing.draft import Draft
from cookietui.catalogue.importing.drawn import with_tables
from cookietui.catalogue.importing.elements import Element, Kind, Line, Table
from cookietui.catalogue.importing.lists import is_name_alone
from cookietui.catalogue.importing.running_text import RunningText
from cookietui.catalogue.importing.tables import Tables
from cookietui.catalogue.importing.words import purpose_of, role_of

Known = Callable[[str], bool]
_LABEL_LEVEL = 3  # from here on headings may only stand above a value
_LABEL_WORDS = 2


def read(text: str, ending: str, known: Known) -> Draft:
    """Read a page.

    Args:
        text: The document.
        ending: How its file's name ends (``.md``), for what its content does not tell.
        known: Whether a word is a name of a cookie that providers declare.

    Raises:
        CatalogueError: It is nested as no page is, or longer than any.
    """
    return interpret(_elements(text, ending.lower()), known)


def interpret(elements: Iterable[Element], known: Known) -> Draft:
    """Say what the elements of a document declare."""
    context = Context()
    tables, lines = Tables(context, known), RunningText(context, known)
    run: list[Line] = []
    for element in with_tables([_as_meant(each, known) for each in elements], known):
        if isinstance(element, Line) and element.kind is not Kind.HEADING:
            run.append(element)
            continue
        lines.read(run)
        run = []
        if isinstance(element, Table):
            tables.read(element)
        else:
            context.heading(element)
    lines.read(run)
    return Draft(
        tuple(context.rows), tuple(sorted(context.problems, key=lambda problem: problem.line))
    )


def _elements(text: str, ending: str) -> list[Element]:
    if ending in (".md", ".markdown"):
        return markdown.markdown(text)
    if ending in (".html", ".htm", ".xhtml"):
        return hypertext.html(text)
    if ending == ".rst":
        return plain_text.restructured(text)
    if hypertext.written_in_html(text):
        return hypertext.html(text)
    marked_up = plain_text.written_in_restructured_text(text)
    return plain_text.restructured(text) if marked_up else plain_text.plain(text)


def _as_meant(element: Element, known: Known) -> Element:
    """Take headings for what they are: some only stand above a value, some are names of cookies."""
    if isinstance(element, Table) or element.kind is not Kind.HEADING:
        return element
    if is_name_alone(element.text, known):
        return msgspec.structs.replace(element, kind=Kind.TERM, level=0)
    small = element.level >= _LABEL_LEVEL and len(element.text.split()) <= _LABEL_WORDS
    if small and role_of(element.text) and purpose_of(element.text) is None:
        return msgspec.structs.replace(element, kind=Kind.TEXT, level=0)
    return element
