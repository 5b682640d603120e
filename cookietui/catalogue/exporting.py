"""Policies as others' catalogues take them."""

import csv
import io
import uuid
from collections.abc import Iterable

from cookietui.catalogue.importing.open_cookie_database import COLUMNS, plain_name
from cookietui.model.policy import Declaration, Match, Policy, Purpose

# The database has no word for a purpose that is not known.
_CATEGORIES = {
    Purpose.NECESSARY: "Functional",
    Purpose.PREFERENCES: "Personalization",
    Purpose.STATISTICS: "Analytics",
    Purpose.MARKETING: "Marketing",
}


def to_open_cookie_database(policies: Iterable[Policy]) -> tuple[str, tuple[str, ...]]:
    """Write policies as the Open Cookie Database's CSV.

    Cells are written as they are, for programs to read: a spreadsheet may take some for formulas.

    Args:
        policies: The policies to write.

    Returns:
        The CSV, and one sentence for each declaration that it cannot hold.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    # Python 3.11 leaves a carriage return bare, which readers take for the end of the row.
    quoting = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    left_out = []
    for policy in policies:
        for declaration in policy.declarations:
            if why := _not_held(declaration):
                left_out.append(f"{policy.name}: {declaration.pattern} {why}")
            else:
                cells = _cells(policy, declaration)
                (quoting if "\r" in "".join(cells) else writer).writerow(cells)
    return text.getvalue(), tuple(left_out)


def _not_held(declaration: Declaration) -> str:
    """Why the database cannot hold a declaration; empty if it can."""
    prefix = _prefix(declaration)
    if declaration.purpose not in _CATEGORIES:
        return "has no known purpose"
    if declaration.match is Match.REGEX:
        return "is a regular expression"
    if "*" in prefix:
        return "holds an asterisk elsewhere than at its end"
    if not prefix or plain_name(prefix) != prefix:
        return "begins or ends with something that cannot be seen"
    return ""


def _prefix(declaration: Declaration) -> str:
    """The pattern as the database writes it, where a flag tells that more may follow."""
    if declaration.match is Match.GLOB:
        return declaration.pattern.removesuffix("*")
    return declaration.pattern


def _cells(policy: Policy, declaration: Declaration) -> tuple[str, ...]:
    provider = declaration.provider or policy.title
    said = (policy.name, declaration.match, declaration.pattern, *declaration.hosts)
    wildcard = declaration.match is Match.GLOB and declaration.pattern.endswith("*")
    return (
        # The same each time, so that a new export can be compared with an older one.
        str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(said))),
        provider,
        _CATEGORIES[declaration.purpose],
        _prefix(declaration),
        " or ".join(declaration.hosts or policy.hosts),
        declaration.description,
        declaration.lifetime,
        provider,
        policy.source,
        str(int(wildcard)),
    )
