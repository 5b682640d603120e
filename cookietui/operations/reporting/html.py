"""Elements of a page, in which whatever is not an element is text.

Markup comes from `element` and nowhere else, and `document` escapes every text and every attribute
as it writes: there is nothing to be forgotten. Of the language there is only what a report needs.
Nothing that runs, fetches or leads away can be said in it.
"""

import re
from collections.abc import Iterator
from html import escape

import msgspec

from cookietui.operations.reporting.blocks import shortened
from cookietui.text import visible

_TAGS = frozenset(
    (
        "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section",
        "h1", "h2", "h3", "p", "ul", "li", "a", "b", "em", "span", "small", "code", "div",
        "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "details", "summary",
    )
)  # fmt: skip
_ALLOWED = {
    "style": re.compile(r"(flex-grow|width):[0-9.]+%?"),
    "href": re.compile(r"#[a-z-]+"),
    "http-equiv": re.compile(r"Content-Security-Policy"),
}
_ANYTHING = re.compile(r".*", re.DOTALL)
_PLAIN = (
    "lang", "charset", "content", "name", "class", "id", "scope", "role", "data-label",
    "aria-hidden", "aria-label", "aria-labelledby",
)  # fmt: skip
_ATTRIBUTES = _ALLOWED | dict.fromkeys(_PLAIN, _ANYTHING)


class Element(msgspec.Struct, frozen=True):
    """An element; made by `element`."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Node", ...]


Node = Element | str


def element(tag: str, *children: Node, **attributes: str | None) -> Element:
    """Make an element.

    Args:
        tag: Its name.
        children: Elements, and texts that will be escaped.
        attributes: By name, with ``_`` for ``-`` and without one at the end; left out if None.

    Raises:
        ValueError: A report needs nothing of the kind.
    """
    if tag not in _TAGS:
        raise ValueError(f"no {tag!r} in a report")
    given = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None
    }
    for name, value in given.items():
        if name not in _ATTRIBUTES or not _ATTRIBUTES[name].fullmatch(value):
            raise ValueError(f"no {name}={value!r} in a report")
    return Element(tag, tuple(given.items()), children)


def document(root: Element) -> str:
    """Write a page."""
    return f"<!doctype html>\n{''.join(_written(root))}\n"


def _written(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield _text(node)
        return
    attributes = "".join(f' {name}="{_text(value)}"' for name, value in node.attributes)
    yield f"<{node.tag}{attributes}>"
    if node.tag == "meta":
        return
    write = _style_sheet if node.tag == "style" else _written
    for child in node.children:
        yield from write(child)
    yield f"</{node.tag}>"


def _text(text: str) -> str:
    return escape(visible(shortened(text)))


def _style_sheet(sheet: Node) -> Iterator[str]:
    """A style sheet is the one text in which an escape would mean something else."""
    if not isinstance(sheet, str) or "<" in sheet:
        raise ValueError("a style sheet is text without markup")
    yield sheet
