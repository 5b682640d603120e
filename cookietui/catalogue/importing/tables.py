"""Tables of cookies, with headings or without: what each row declares."""

import re
from collections.abc import Callable, Sequence

from cookietui.catalogue.importing.context import Context
from cookietui.catalogue.importing.declaring import Pair, declare
from cookietui.catalogue.importing.elements import Cells, Table
from cookietui.catalogue.importing.flattened import FlatTable
from cookietui.catalogue.importing.headings import Roles, one_name, roles_of
from cookietui.catalogue.importing.names import looks_like_name, names_in
from cookietui.catalogue.importing.words import Role, plain, purpose_of, role_of
from cookietui.model.lifetime import says_lifetime
from cookietui.model.policy import Purpose

_TITLES = 3  # rows that may stand above the headings
_SHORT = 5  # words of a cell that can hold a category or a kind of storage
_PAIR = 2  # cells of a row that holds a heading and a value
_DOMAIN = re.compile(r"\.?(?:[\w-]{1,63}\.){1,20}[a-z]{2,24}/?|https?://\S+", re.IGNORECASE)
# What a lifetime cannot have slipped into: it may well be spoken of there.
_KEEP = (Role.LIFETIME, Role.NAME, Role.DESCRIPTION, Role.CATEGORY, Role.LABEL)


class Tables:
    """Reads tables one after another: one without headings may go on with those of the last.

    Args:
        context: What is above them; what is found is added to it.
        known: Whether a word is a name of a cookie that providers declare.
    """

    def __init__(self, context: Context, known: Callable[[str], bool]) -> None:
        self._context = context
        self._known = known
        self._last: Roles = ()

    def read(self, table: Table) -> None:
        """Read one table."""
        if table.caption:
            self._context.section(table.caption)
        if not table.rows:
            return
        if pairs := _on_its_side(table):
            declare(self._context, table.line, pairs)
            return
        roles, start = self._columns(table)
        if roles is not None and self._of_cookies(table, roles, start):
            self._last = self._rows(table, roles, start)

    def _rows(self, table: Table, roles: Roles, start: int) -> Roles:
        """Read the rows; what the columns hold at the end, for headings may come again."""
        headings = _comparable(table.rows[start - 1]) if start else None
        title: Purpose | None = None
        last = ""
        for written in table.rows[start:]:
            row = _carried(written, roles, last)
            last = row.cells[0]
            alone = _alone(row)
            if alone and not self._is_name(row.cells[roles.index(Role.NAME)]):
                title = purpose_of(alone)
            elif row.heading and (again := roles_of(row.cells)) is not None:
                roles = again
            elif headings is None or _comparable(row) != headings:
                self._row(row, roles, title)
        return roles

    def _row(self, row: Cells, roles: Roles, title: Purpose | None) -> None:
        pairs = [pair for pair in _by_content(row.cells, roles) if pair[1]]
        if pairs:
            declare(self._context, row.line, pairs, title)

    def _of_cookies(self, table: Table, roles: Roles, start: int) -> bool:
        """Whether a table is one of cookies, and not of other things that have names."""
        column = roles.index(Role.NAME)
        headings = (row.cells[column] for row in table.rows[:start])
        if self._context.about_cookies or any("cookie" in plain(cell) for cell in headings):
            return True
        return any(self._holds_name(row.cells[column]) for row in table.rows[start:])

    def _is_name(self, cell: str) -> bool:
        return looks_like_name(cell) or self._known(cell)

    def _holds_name(self, cell: str) -> bool:
        return any(self._is_name(named.written) for named in names_in(cell))

    def _columns(self, table: Table) -> tuple[Roles | None, int]:
        """What the columns hold, and where the rows begin; None if it is no table of cookies."""
        if isinstance(table, FlatTable):
            return table.roles, 1
        for place, row in enumerate(table.rows[:_TITLES]):
            roles = roles_of(row.cells)
            if roles is not None:
                self._titles(table.rows[:place])
                return _with_names(table.rows[place + 1 :], roles), place + 1
        first = table.rows[0]
        headed = first.heading and any(first.cells)
        if not headed and len(self._last) == len(first.cells) and _fits(table, self._last):
            return self._last, 0
        return self._guessed(table), int(headed)

    def _titles(self, rows: Sequence[Cells]) -> None:
        for row in rows:
            if len(row.filled) == 1:
                self._context.section(row.filled[0])

    def _guessed(self, table: Table) -> Roles | None:
        """Tell from what is in its columns what they hold."""
        columns = list(zip(*(row.cells for row in table.rows), strict=True))
        name = next((n for n, column in enumerate(columns) if self._holds_names(column)), None)
        if name is None or len(columns) == 1:
            return None
        roles = [_role_by_content(column) for column in columns]
        roles[name] = Role.NAME
        left = [n for n, role in enumerate(roles) if role is None]
        if left:
            longest = max(left, key=lambda n: sum(map(len, columns[n])))
            roles[left[0]] = Role.PROVIDER
            roles[longest] = Role.DESCRIPTION
        return tuple(roles)

    def _holds_names(self, column: Sequence[str]) -> bool:
        cells = [cell for cell in column if cell]
        sure = sum(map(self._holds_name, cells))
        return sure > 0 and 2 * sure >= len(cells)


def _role_by_content(column: Sequence[str]) -> Role | None:
    cells = [cell for cell in column if cell]
    if cells and 2 * sum(map(says_lifetime, cells)) > len(cells):
        return Role.LIFETIME
    if any(map(purpose_of, cells)) and all(len(cell.split()) <= _SHORT for cell in cells):
        return Role.CATEGORY
    return None


def _with_names(rows: Sequence[Cells], roles: Roles) -> Roles:
    """Of several columns that could hold the names, choose by what is in them."""
    columns = [n for n, role in enumerate(roles) if role in (Role.NAME, Role.LABEL)]
    if len(columns) == 1:
        return roles
    sure = {n: sum(looks_like_name(row.cells[n]) for row in rows) for n in columns}
    now = roles.index(Role.NAME)
    best = max(columns, key=lambda n: (sure[n], n == now))
    changed = {now: Role.LABEL, best: Role.NAME}
    return tuple(changed.get(n, role) for n, role in enumerate(roles))


def _fits(table: Table, roles: Roles) -> bool:
    column = roles.index(Role.NAME)
    return any(names_in(row.cells[column]) for row in table.rows)


def _comparable(row: Cells) -> tuple[str, ...]:
    return tuple(map(plain, row.cells))


def _alone(row: Cells) -> str:
    """The only text of a row of several columns: a title of the rows below it; else empty."""
    if len(row.cells) == 1 or len(set(row.cells)) > 2:  # noqa: PLR2004 - it, and empty cells
        return ""
    filled = row.filled
    return filled[0] if len(filled) == 1 else ""


def _carried(row: Cells, roles: Roles, last: str) -> Cells:
    """Repeat what stood in the first column, where it is left empty because it stays the same."""
    if row.cells[0] or not last or roles[0] not in (Role.CATEGORY, Role.PROVIDER):
        return row
    return Cells(row.line, (last, *row.cells[1:]), row.heading)


def _on_its_side(table: Table) -> list[Pair]:
    """The pairs of a table that stands on its side: a heading and a value in each row."""
    if len(table.rows) == 1 or any(len(row.cells) != _PAIR for row in table.rows):
        return []
    headings = [row.cells[0] for row in table.rows]
    roles = [role_of(heading) for heading in headings]
    if 2 * sum(role is not None for role in roles) <= len(roles) or looks_like_name(headings[0]):
        return []
    if Role.NAME not in roles:
        return []
    values = (row.cells[1] for row in table.rows)
    return list(zip(one_name(headings, roles), values, strict=True))


def _by_content(cells: Sequence[str], roles: Roles) -> list[Pair]:
    """Give cells that slipped, because an empty one was left out, to the columns they fit."""
    pairs = list(zip(roles, cells, strict=True))
    if "" not in cells or Role.LIFETIME not in roles:
        return pairs
    name = cells[roles.index(Role.NAME)]
    if says_lifetime(cells[roles.index(Role.LIFETIME)]) or not names_in(name):
        return pairs
    lifetime = next((c for role, c in pairs if role not in _KEEP and says_lifetime(c)), None)
    if lifetime is None:
        return pairs
    rest = [cell for cell in cells if cell not in ("", lifetime, name)]
    longest = max(rest, key=len, default="")
    return [
        (Role.NAME, name),
        (Role.LIFETIME, lifetime),
        (Role.DESCRIPTION, longest),
        *((Role.HOST, cell) for cell in rest if cell != longest and _DOMAIN.fullmatch(cell)),
    ]
