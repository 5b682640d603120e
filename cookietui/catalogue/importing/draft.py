"""What a document says about cookies, before it becomes a policy.

Every reader gives a `Draft`: one `Row` for each thing the document declares, in its own words,
and one `Problem` for everything that looked like a declaration and was not understood. Nothing is
invented: what the document does not say stays empty or unknown.
"""

import msgspec

from cookietui.model.policy import Party, Purpose


class Row(msgspec.Struct, frozen=True):
    """One declared cookie, or several that share everything but their names.

    Attributes:
        line: Where it stands in the document, counted from 1.
        name: The name as written; it may hold several, and wildcards in any notation.
        purpose: What it is for, if the document says so.
        provider: Who gives the service, as written.
        function: What it is part of, as written.
        description: What it does, as written.
        lifetime: How long it lives, as written.
        hosts: Hosts whose cookies are meant; empty for those of the policy itself.
        party: Its party, if the document says so.
        anonymised: Whether statistics made with it are said not to lead to a person.
    """

    line: int
    name: str
    purpose: Purpose = Purpose.UNKNOWN
    provider: str = ""
    function: str = ""
    description: str = ""
    lifetime: str = ""
    hosts: tuple[str, ...] = ()
    party: Party = Party.UNKNOWN
    anonymised: bool = False


class Problem(msgspec.Struct, frozen=True):
    """Something in a document that was left out, and why.

    Attributes:
        line: Where it stands, counted from 1.
        text: One sentence for the person; it may quote the document.
    """

    line: int
    text: str


class Draft(msgspec.Struct, frozen=True):
    """What a reader found.

    Attributes:
        rows: What is declared, in the order of the document.
        problems: What was left out, in the order of the document.
        catalogue: Whether it speaks of providers on any site, rather than of one site.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    catalogue: bool = False
