"""The tags of an HTML page before it is parsed: where they stand, and how deep they are nested.

The parser does not tell on which line an element began, so each tag that matters is given its
line as an attribute. And it takes minutes over pages that are nested as no page is: each block
looks through all that is open. Those are refused here, while the tags are at hand.
"""

import re

from cookietui.errors import CatalogueError

LINE = "l"  # the attribute
_MARKED = re.compile(
    r"(<(?:tr|li|p|h[1-6]|dt|dd|div|summary|table|button)(?=[\s/>]))", re.IGNORECASE
)
_DEEPEST = 1_000
_MOST = 400_000
_FEW = 30_000  # tags that the parser is through with in seconds, however they are nested
# A comment, a script, a tag that closes itself, or any other tag up to the end of its name.
_TAG = re.compile(
    r"<(?:!--(?!-?>)(?:.*?--!?>|.*)|(script|style)(?=[\s/>])(?:.*?</\1|.*)|"
    r"/?[a-z][^\s/<>]{0,60}(?:[^<>]*+(?<=/)>)?)",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(r"</?[^\s/<>]+")
# What the parser closes without being told to.
_CLOSED_BY_ITSELF = frozenset(
    begin + name
    for begin in ("<", "</")
    for name in """
    area base br col embed hr img input link meta param source track wbr p li td th tr dt dd
    option optgroup colgroup tbody thead tfoot caption html head body
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
_FORMATTING = frozenset(
    """
    a b big code em font i nobr s small strike strong tt u
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
# No closing tag reaches out of these, unless it is their own.
_SCOPES = frozenset(["applet", "button", "foreignobject", "marquee", "object", "table", "template"])
# The closing tag of any other element stops at these.
_BLOCKS = frozenset(
    """
    address article aside blockquote center details dialog dir div dl fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup iframe legend main menu nav ol pre search
    section select summary textarea ul
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
# The closing tag of each element that many pages have.
_CLOSING = {
    f"<{name}": f"</{name}" for name in _FORMATTING | _BLOCKS | {"table", "span", "label", "button"}
}
_FOREIGN = frozenset({"</svg", "</math"})
_UNPARSED = ("<script", "<style")


def numbered(text: str, first: int = 1) -> str:
    """Write into each tag that matters on which line it stands.

    Args:
        text: A page, or a part of one.
        first: The number of its first line.

    Raises:
        CatalogueError: It is nested as no page is, or has more tags than any.
    """
    _check_nesting(text)
    pieces = _MARKED.split(text)
    number = first
    for place in range(1, len(pieces), 2):
        number += pieces[place - 1].count("\n")
        pieces[place] += f" {LINE}={number}"
    return "".join(pieces)


def _check_nesting(text: str) -> None:
    """Refuse what would keep the parser busy for minutes.

    Raises:
        CatalogueError: It is nested as no page is, or has more tags than any.
    """
    tags = text.count("<")
    if tags <= _FEW:
        return
    if tags > _MOST:
        raise CatalogueError(f"it has more than {_MOST} tags", "save only the page with the table")
    opened = _Opened()
    closing = opened.closing
    for tag in (found[0] for found in _TAG.finditer(text)):
        if tag in _CLOSED_BY_ITSELF:
            continue
        if closing and tag == closing[-1]:
            closing.pop()
        else:
            opened.take(tag)


class _Opened:
    """The elements that are open, never fewer than the parser will hold.

    Attributes:
        closing: The closing tag of each.
    """

    def __init__(self) -> None:
        self.closing: list[str] = []

    def take(self, tag: str) -> None:
        """Take in anything that `_TAG` finds.

        Raises:
            CatalogueError: Too much is open.
        """
        simple = _CLOSING.get(tag)
        if simple is not None:
            self._open(simple)
        elif tag[-1] != ">" or not self.closing or self.closing[-1] not in _FOREIGN:
            self._take_other(tag.lower())

    def _take_other(self, tag: str) -> None:
        if tag.startswith("<!"):
            return
        if tag.startswith(_UNPARSED):
            # Within a drawing a script is parsed like anything else.
            if not _FOREIGN.isdisjoint(self.closing):
                for _ in range(tag.count("<")):
                    self._open("</script")
            return
        name = _NAME.match(tag)
        tag = name[0] if name else tag
        if tag in _CLOSED_BY_ITSELF:
            return
        if tag.startswith("</"):
            self._close(tag)
        else:
            self._open(f"</{tag[1:]}")

    def _open(self, closing: str) -> None:
        self.closing.append(closing)
        if len(self.closing) > _DEEPEST:
            raise CatalogueError(
                f"its elements are nested more than {_DEEPEST} deep",
                "save the page as plain text and import that",
            )

    def _close(self, tag: str) -> None:
        closing = self.closing
        name = tag.removeprefix("</")
        stops = _SCOPES if name in _BLOCKS or name in _SCOPES else _SCOPES | _BLOCKS
        for place in range(len(closing) - 1, -1, -1):
            if closing[place] == tag:
                if name in _FORMATTING:
                    del closing[place]
                else:
                    del closing[place:]
                return
            if closing[place].removeprefix("</") in stops and name not in _FORMATTING:
                return
