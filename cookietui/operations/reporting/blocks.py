"""What a report is made of, before anybody decides how it looks."""

import msgspec

from cookietui.model.policy import Purpose

_LONGEST = 600


class Name(msgspec.Struct, frozen=True):
    """A name as a computer writes it: of a cookie, a host, a place."""

    text: str


class Names(msgspec.Struct, frozen=True):
    """Several such names, and how often each is there."""

    counts: tuple[tuple[str, int], ...]


class Sign(msgspec.Struct, frozen=True):
    """A purpose, shown by its sign, its colour and its word."""

    purpose: Purpose


Inline = str | Name | Names | Sign
Cell = tuple[Inline, ...]
"""What stands first is said first; the rest explains it, each on a line of its own."""


class Paragraph(msgspec.Struct, frozen=True):
    """A few sentences; `quiet` if they only explain."""

    text: str
    quiet: bool = False


class Facts(msgspec.Struct, frozen=True):
    """Labels and what they stand for."""

    rows: tuple[tuple[str, Cell], ...]


class Number(msgspec.Struct, frozen=True):
    """A count that a reader looks for first.

    Attributes:
        count: None if it cannot be known.
        label: Of what.
        target: The section that tells more.
        alarming: Whether anything but nothing is worth a look.
    """

    count: int | None
    label: str
    target: str
    alarming: bool = True


class Numbers(msgspec.Struct, frozen=True):
    """The counts that sum it up."""

    rows: tuple[Number, ...]


class Bar(msgspec.Struct, frozen=True):
    """One bar of a chart.

    Attributes:
        label: What it is of.
        parts: How many of each purpose.
        said: The same in words.
        more: What else is told of it.
    """

    label: Inline
    parts: tuple[tuple[Purpose, int], ...]
    said: str
    more: tuple[Cell, ...] = ()

    @property
    def count(self) -> int:
        """How long it is."""
        return sum(count for _, count in self.parts)


class Chart(msgspec.Struct, frozen=True):
    """Bars of one measure: a table, so that it can be read aloud, with one column drawn.

    Attributes:
        caption: What it shows.
        headings: Of the labels, of what is drawn, of the words, and of what else is told.
        bars: The bars.
    """

    caption: str
    headings: tuple[str, ...]
    bars: tuple[Bar, ...]


class Table(msgspec.Struct, frozen=True):
    """Rows, each named by its first cell; folded if few will want to read them all."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: bool = False


Block = Paragraph | Facts | Numbers | Chart | Table


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it.

    Attributes:
        id: Where links lead to.
        title: The heading.
        blocks: What stands under it first.
        parts: Sections under it.
        count: How many things it is about, if it is about things.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    parts: tuple["Section", ...] = ()
    count: int | None = None


class Report(msgspec.Struct, frozen=True):
    """A whole report.

    Attributes:
        title: What kind of report it is.
        site: The host it is about.
        lead: The outcome in a sentence or two.
        facts: What was held against what, and when.
        sections: The rest.
    """

    title: str
    site: str
    lead: str
    facts: Facts
    sections: tuple[Section, ...]


def shortened(text: str) -> str:
    """A text of a length that a reader can bear, which says so if it was longer."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}… (the first {_LONGEST} of {len(text):,} characters)"
