"""Tables that are written a cell a line: first the headings of their columns, then row by row."""

from collections.abc import Sequence

from cookietui.catalogue.importing.elements import Cells, Line, Table, table
from cookietui.catalogue.importing.names import looks_like_name, names_in
from cookietui.catalogue.importing.words import Role, plain, purpose_of, role_of

_HEADINGS = 3  # that are enough to begin again with the names
_MOST_HEADINGS = 20


def read(lines: Sequence[Line], place: int, end: int, fewest: int) -> tuple[int, Table | None]:
    """Read a table that begins at a place: where it ends, and what it holds; None if there is none.

    Args:
        lines: Those of a section.
        place: The first of them to look at.
        end: The first of them to leave out.
        fewest: How many different columns it must have.
    """
    headings = lines[place : min(place + _MOST_HEADINGS, end)]
    width = _headings([line.text for line in headings])
    roles = [role_of(line.text) for line in headings[:width]]
    if width < fewest or len(set(roles)) < fewest or Role.NAME not in roles:
        return place, None
    rows = [_cells(headings[:width], heading=True)]
    at = place + width
    while at < end:
        row = _row(lines[at : min(at + width, end)], roles)
        if row is None:
            break
        rows.append(row)
        at += len(row.cells)
    return (at, table(lines[place].number, rows)) if len(rows) > 1 else (place, None)


def _headings(texts: Sequence[str]) -> int:
    """How many texts are headings of columns, until one is not, or repeats what there was."""
    roles: list[Role] = []
    for text in texts:
        role = role_of(text)
        begins_again = role is Role.NAME and role in roles and len(roles) >= _HEADINGS
        if role is None or begins_again or text.rstrip().endswith(":"):
            break
        roles.append(role)
    return len(roles)


def _row(lines: Sequence[Line], roles: Sequence[Role | None]) -> Cells | None:
    """The row that begins here, or the title of rows; None if it is neither."""
    title = lines[0].text
    titled = purpose_of(title) is not None and not looks_like_name(title)
    if titled and _headings([line.text for line in lines[1:3]]):
        return _cells(lines[:1])
    if len(lines) == len(roles):
        row = _cells(lines, roles=roles)
        if _headings(row.cells) == len(roles):
            return Cells(row.line, row.cells, heading=True)
        if names_in(row.cells[roles.index(Role.NAME)]) or _fits(row.cells, roles):
            return row
    if purpose_of(title) is not None or plain(title).endswith("cookies"):
        return _cells(lines[:1])
    return None


def _cells(
    lines: Sequence[Line], *, roles: Sequence[Role | None] = (), heading: bool = False
) -> Cells:
    cells = [line.text for line in lines]
    if roles:
        cells = [_unlabelled(cell, role) for cell, role in zip(cells, roles, strict=True)]
    return Cells(lines[0].number, tuple(cells), heading)


def _unlabelled(cell: str, role: Role | None) -> str:
    """A cell without the heading of its column, which small screens show in it."""
    label, _, value = cell.partition(":")
    return value.strip() if value.strip() and role_of(label) is role else cell


def _fits(row: Sequence[str], roles: Sequence[Role | None]) -> bool:
    """Whether a row is one although no name stands where it should: the rest of it fits."""
    return any(
        role is Role.CATEGORY and purpose_of(cell) for cell, role in zip(row, roles, strict=True)
    )
