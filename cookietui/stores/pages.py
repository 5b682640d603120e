"""Which rows can differ between two copies of a database: those whose bytes on their page differ.

A database is a row of pages of one size. The rows of a table lie on leaf pages, which begin with 13
and hold, for each row, where its cell begins: the length of the row and its rowid, as integers of
variable length, then its content. What does not fit goes on overflow pages, which do not say whose
they are (https://www.sqlite.org/fileformat2.html).
"""

import struct
from bisect import bisect
from mmap import mmap

_HEADER = 100  # bytes of the file that stand before the first page's own
_LEAF = 13
_OTHERS = {2, 5, 10}  # pages of indexes, and those that only lead to leaves
_LONGEST = 9  # bytes of an integer of variable length
_MORE = 0x80  # the bit that says that another byte follows
_CELLS = 8  # where the places of a leaf's cells begin


class CannotTell(Exception):
    """A page has changed of which it cannot be told whose rows it concerns."""


def suspects(before: bytes | mmap, after: bytes | mmap) -> list[tuple[int, int]]:
    """Find ranges of rowids, both ends included, outside of which all rows are the same.

    That holds for rows that both copies have, if both are whole: a row of the older copy lies on
    one of its pages, and where that page is still the same, so is the row. Whether one is missing,
    counting tells.

    Args:
        before: A whole database, with nothing beside it.
        after: The same later.

    Raises:
        CannotTell: Any row could differ.
    """
    size = _page_size(before)
    if size != _page_size(after):
        raise CannotTell
    found: list[tuple[int, int]] = []
    for start in range(0, len(before), size):
        old, new = before[start : start + size], after[start : start + size]
        if old != new:
            found += _rows(old, new, 0 if start else _HEADER)
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


def _page_size(database: bytes | mmap) -> int:
    size = int.from_bytes(database[16:18], "big")
    return 65_536 if size == 1 else size or 1


def _rows(old: bytes, new: bytes, head: int) -> list[tuple[int, int]]:
    """The rowids on the older of two unlike pages whose rows do not lie on the newer just as well.

    A row is the same if both leaves say that one begins at its place, and if its bytes, up to where
    the next one begins, are not among those that differ.

    Raises:
        CannotTell: It may hold the end of a long row, wherever its beginning lies.
    """
    if old[head] in _OTHERS:
        return []
    if old[head] != _LEAF:
        raise CannotTell
    was, now = _places(old, head), _places(new, head)
    begin = head + _CELLS + 2 * max(len(was), len(now))
    suspect = set(was).difference(now)
    if apart := int.from_bytes(old[begin:]) ^ int.from_bytes(new[begin:]):
        bits = 8 * (len(old) - begin)
        first = begin + (bits - apart.bit_length()) // 8
        last = begin + (bits - (apart & -apart).bit_length()) // 8
        ordered = sorted(was)
        suspect.update(ordered[max(bisect(ordered, first) - 1, 0) : bisect(ordered, last)])
    try:
        return [(rowid, rowid) for rowid in (_rowid(old, place) for place in suspect)]
    except IndexError as error:
        raise CannotTell from error


def _places(page: bytes, head: int) -> tuple[int, ...]:
    """Where the cells of a leaf begin; nowhere on any other page."""
    if page[head : head + 1] != bytes((_LEAF,)):
        return ()
    count = int.from_bytes(page[head + 3 : head + 5])
    first = head + _CELLS
    try:
        return struct.unpack_from(f">{count}H", page, first)
    except struct.error as error:
        raise CannotTell from error


def _rowid(page: bytes, place: int) -> int:
    """Read the second of two integers of variable length: seven bits a byte, eight in the ninth."""
    end = place + _LONGEST
    while page[place] & _MORE and place < end - 1:  # how long the row is
        place += 1
    number = 0
    for byte in page[place + 1 : place + _LONGEST]:
        number = number << 7 | byte & ~_MORE
        if not byte & _MORE:
            return number
    number = number << 8 | page[place + _LONGEST]
    return number - 2**64 if number >= 2**63 else number
