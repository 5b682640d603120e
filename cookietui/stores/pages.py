"""Which rows can differ between two copies of a database: those on pages that differ.

A database is a row of pages of one size. The rows of a table lie on leaf pages, which begin with 13
and hold, for each row, where its cell begins: the length of the row and its rowid, as integers of
variable length, then its content. What does not fit goes on overflow pages, which do not say whose
they are (https://www.sqlite.org/fileformat2.html).
"""

from collections.abc import Iterator

_HEADER = 100  # bytes of the file that stand before the first page's own
_LEAF = 13
_OTHERS = {2, 5, 10}  # pages of indexes, and those that only lead to leaves
_CELLS = 8  # where the places of a leaf's cells begin


class CannotTell(Exception):
    """A page has changed of which it cannot be told whose rows it concerns."""


def suspects(before: bytes, after: bytes) -> list[tuple[int, int]]:
    """Find ranges of rowids, both ends included, outside of which all rows are the same.

    That holds for rows that both copies have: whether one is missing, counting tells.

    Args:
        before: A whole database, with nothing beside it.
        after: The same later.

    Raises:
        CannotTell: Any row could differ.
    """
    size = _page_size(before)
    if size != _page_size(after):
        raise CannotTell
    found = []
    for start in range(0, max(len(before), len(after)), size):
        old, new = before[start : start + size], after[start : start + size]
        if old != new:
            found += [rows for page in (old, new) if (rows := _rows(page, start, new=page is new))]
    return _merged(found)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of ranges that overlap."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _page_size(database: bytes) -> int:
    size = int.from_bytes(database[16:18], "big")
    return 65_536 if size == 1 else size or 1


def _rows(page: bytes, start: int, *, new: bool) -> tuple[int, int] | None:
    """The first and the last rowid of a leaf; None for a page without rows."""
    head = 0 if start else _HEADER
    kind = page[head] if len(page) > head else 0
    if kind == _LEAF:
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        if not count:
            return None
        places = head + _CELLS
        first = int.from_bytes(page[places : places + 2], "big")
        last = int.from_bytes(page[places + 2 * count - 2 : places + 2 * count], "big")
        return _rowid(page, first), _rowid(page, last)
    # An old page of another kind may have held the end of a long row, wherever its beginning lies.
    if kind not in _OTHERS and page and not new:
        raise CannotTell
    return None


def _rowid(page: bytes, place: int) -> int:
    numbers = _variable(page, place)
    next(numbers)  # how long the row is
    number = next(numbers)
    return number - 2**64 if number >= 2**63 else number


def _variable(page: bytes, place: int) -> Iterator[int]:
    """Read variable-length integers: seven bits a byte, the ninth byte has eight."""
    while True:
        number = 0
        for length in range(9):
            if place >= len(page):
                raise CannotTell
            byte = page[place]
            place += 1
            if length == 8:  # noqa: PLR2004 - the ninth
                number = number << 8 | byte
                break
            number = number << 7 | byte & 0x7F
            if byte < 0x80:  # noqa: PLR2004 - no more bytes follow
                break
        yield number
