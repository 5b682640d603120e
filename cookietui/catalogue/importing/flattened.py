"""Tables of which nothing but the words is left: a row a line, the cells side by side."""

import re
from collections.abc import Callable, Sequence

from cookietui.catalogue.importing.elements import Cells, Line, Table
from cookietui.catalogue.importing.names import can_be_name, looks_like_name
from cookietui.catalogue.importing.words import Role, role_of
from cookietui.model.lifetime import leading_lifetime, trailing_lifetime

Known = Callable[[str], bool]
_WORD = re.compile(r"[^\W\d_]+(?:\([a-z]\))?(?:'s)?")
_HEADING_WORDS = 16
_HEADING_CHARACTERS = 300
_ONE_WORD = (Role.PROVIDER, Role.HOST, Role.TYPE, Role.CATEGORY)


class FlatTable(Table, frozen=True):
    """A table whose columns are known without headings.

    Attributes:
        roles: What its columns hold.
    """

    roles: tuple[Role, ...] = ()


def read(lines: Sequence[Line], place: int, known: Known) -> tuple[int, Table | None]:
    """Read a table that begins at a place: where it ends, and what it holds; None if there is none.

    Args:
        lines: Those of a section.
        place: The first of them to look at.
        known: Whether a word is a name of a cookie that providers declare.
    """
    number = lines[place].number
    roles = flattened_roles(lines[place].text)
    rows = [Cells(number, tuple(role.name for role in roles), heading=True)]
    end = place + 1
    while roles and end < len(lines):
        cells = _row(lines[end].text, roles, known)
        if cells is None:
            break
        rows.append(Cells(lines[end].number, cells))
        end += 1
    if len(rows) == 1:
        return place, None
    return end, FlatTable(number, tuple(rows), roles=tuple(roles))


def flattened_roles(text: str) -> list[Role]:
    """The columns whose headings stand side by side in a line; none if it is something else."""
    if len(text) > _HEADING_CHARACTERS or text.rstrip().endswith((".", ":", "?", "!")):
        return []
    words = _WORD.findall(text.replace("\u2019", "'"))
    if not 1 < len(words) <= _HEADING_WORDS or not words[0][0].isupper():
        return []
    told = [role for word in words if (role := role_of(word)) is not None]
    found: list[Role] = []
    for role in told:
        # "Cookie name" is one heading, and so is "Provider name".
        same = found and role is found[-1]
        of_provider = found and role is Role.NAME and found[-1] in (Role.PROVIDER, Role.HOST)
        if not same and not of_provider:
            found.append(role)
    distinct = len(found) == len(set(found)) > 1
    return found if distinct and Role.NAME in found and 2 * len(told) >= len(words) else []


def _row(text: str, roles: Sequence[Role], known: Known) -> tuple[str, ...] | None:
    words = text.split()
    place = _name_place(words, known, first=roles[0] is Role.NAME)
    if place is None:
        return None
    end = place + 1
    while words[end - 1].endswith(",") and end < len(words) and can_be_name(words[end].rstrip(",")):
        end += 1
    cells = dict.fromkeys(roles, "")
    cells[Role.NAME] = " ".join(words[place:end])
    column = roles.index(Role.NAME)
    _share(" ".join(words[:place]), roles[:column], cells)
    _share(" ".join(words[end:]), roles[column + 1 :], cells)
    return tuple(cells[role] for role in roles)


def _share(text: str, roles: Sequence[Role], cells: dict[Role, str]) -> None:
    """Share words among columns.

    A lifetime can be told, a provider is one word, and the last column gets the rest.
    """
    for place, role in enumerate(roles):
        if place == len(roles) - 1:
            cells[role] = text
            return
        if role is Role.DESCRIPTION and list(roles[place + 1 :]) == [Role.LIFETIME]:
            lifetime = trailing_lifetime(text)
            cells[role], cells[Role.LIFETIME] = text.removesuffix(lifetime).strip(), lifetime
            return
        part = ""
        if role is Role.LIFETIME:
            part = leading_lifetime(text)
        elif role in _ONE_WORD:
            part = text.partition(" ")[0]
        cells[role], text = part, text[len(part) :].strip()


def _name_place(words: Sequence[str], known: Known, *, first: bool) -> int | None:
    """Which word is the name; None if none is."""
    if first:
        return 0 if words and _begins_row(words, known) else None
    for test in (known, looks_like_name):
        for place, word in enumerate(words):
            if place and test(word.strip(",.()")):
                return place
    # "... (back office) sessionid To know which user": a word before one with a capital letter.
    for place in range(2, len(words) - 1):
        word = words[place]
        if word.islower() and word.isalnum() and words[place + 1][0].isupper():
            return place
    return None


def _begins_row(words: Sequence[str], known: Known) -> bool:
    word = words[0].rstrip(",")
    if looks_like_name(word) or known(word):
        return True
    return can_be_name(word) and not word[:1].isupper() and len(words) > 1
