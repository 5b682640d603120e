"""Headings of tables of cookies: what the columns or rows hold that they stand over or before."""

from collections.abc import Sequence

from cookietui.catalogue.importing.names import looks_like_name
from cookietui.catalogue.importing.words import Role, plain, role_of, surely_name

Roles = tuple[Role | None, ...]
_BETWEEN_WORDS = frozenset({"by", "for", "of"})


def roles_of(cells: Sequence[str]) -> Roles | None:
    """What columns of these headings hold; None if these are no headings of a table of cookies."""
    filled = [cell for cell in cells if cell]
    roles = [role_of(cell) for cell in cells]
    told = sum(role is not None for role in roles)
    if told < 2 or 2 * told < len(filled) or Role.NAME not in roles:  # noqa: PLR2004 - a list
        return None
    if any(looks_like_name(cell) and not _of_heading_words(cell) for cell in filled):
        return None
    roles = one_name(cells, roles)
    if Role.DESCRIPTION not in roles and Role.FUNCTION in roles:
        roles[roles.index(Role.FUNCTION)] = Role.DESCRIPTION
    return tuple(roles)


def one_name(headings: Sequence[str], roles: Sequence[Role | None]) -> list[Role | None]:
    """Of several headings that could be that of the names, leave one; the others are labels."""
    named = [place for place, role in enumerate(roles) if role is Role.NAME]
    if not named:
        return list(roles)
    best = min(named, key=lambda place: _doubt(headings[place]))
    return [
        Role.LABEL if role is Role.NAME and place != best else role
        for place, role in enumerate(roles)
    ]


def _of_heading_words(cell: str) -> bool:
    """Whether a cell such as ``set_by`` is a heading, though it is written like a name."""
    return all(role_of(word) or word in _BETWEEN_WORDS for word in plain(cell).split("_"))


def _doubt(heading: str) -> int:
    """How doubtful it is that names stand below a heading: "cookie name", "name", "cookie" ..."""
    if surely_name(heading):
        return 0
    if "cookie" not in plain(heading):
        return 1
    return 2 if len(heading.split()) == 1 else 3
