"""Blocks of keys and values: "Name: _ga", "Provider: Google", "Duration: 2 years"."""

import re
from collections.abc import Sequence

import msgspec

from cookietui.catalogue.importing.context import is_title
from cookietui.catalogue.importing.declaring import Pair
from cookietui.catalogue.importing.elements import Kind, Line
from cookietui.catalogue.importing.names import looks_like_name, names_in
from cookietui.catalogue.importing.words import (
    Role,
    denies_cookie,
    purpose_of,
    role_of,
    surely_name,
)

KEY = re.compile("^([^:\uff1a]{1,48}?) ?[:\uff1a](?: (.*)|)$", re.DOTALL)
_INLINE = re.compile(r"(?:^|(?<=[,;|.]) ?)([A-ZÀ-Þ][\w'\u2019 -]{1,30}?) ?:\s")
_WORD = re.compile(r"[^\W\d_]+(\(s\))?")
_KEYS = 3  # in one line
_KEY_WORDS = 3  # of a key that no colon follows, or that says nothing here
_SENTENCE_WORDS = 4
_BEGINNINGS = (Role.NAME, Role.LABEL, Role.PROVIDER, Role.CATEGORY, Role.TYPE, Role.HOST)
_BEHIND_DESCRIPTION = (Role.TYPE, Role.LIFETIME)


class Key(msgspec.Struct, frozen=True):
    """A key and its value.

    Attributes:
        role: What the value is about.
        value: The value.
        end: The place of the first line behind both.
        heading: The key as written.
    """

    role: Role
    value: str
    end: int
    heading: str


def keys_apart(line: Line) -> list[Line]:
    """Split a line that holds several keys with their values."""
    keys = [found for found in _INLINE.finditer(line.text) if role_of(found[1]) is not None]
    if len(keys) < _KEYS or keys[0].start(1) > 0:
        return [line]
    starts = [found.start(1) for found in keys]
    return [
        Line(line.number, line.text[start:end].strip(" ,;|"), line.kind)
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def key_at(lines: Sequence[Line], place: int) -> Key | None:
    """The key that stands at a place, on one line with its value or on the line above it."""
    if place >= len(lines):
        return None
    text = lines[place].text
    match = KEY.match(text)
    heading = (match[1] if match else text).strip()
    value = (match[2] or "").strip() if match else ""
    role = role_of(heading)
    if role is None or looks_like_name(heading) or denies_cookie(heading):
        return None
    if value:
        return Key(role, value, place + 1, heading)
    alone = match is not None or _can_stand_alone(heading, role, lines, place)
    if not alone or purpose_of(heading) is not None:  # "Essential cookies:"
        return None
    if _is_value(lines, place + 1, below_colon=match is not None):
        return Key(role, lines[place + 1].text, place + 2, heading)
    return Key(role, "", place + 1, heading) if match else None


def _can_stand_alone(heading: str, role: Role, lines: Sequence[Line], place: int) -> bool:
    """Whether a line without a colon can be a key."""
    words = heading.split()
    if len(words) > _KEY_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    following = lines[place + 1].text if place + 1 < len(lines) else ""
    return role is not Role.NAME or bool(names_in(following))


def _is_value(lines: Sequence[Line], place: int, *, below_colon: bool) -> bool:
    """Whether a line is the value of the key above it, and no key itself."""
    if place >= len(lines) or lines[place].kind in (Kind.TERM, Kind.HEADING):
        return False
    text = lines[place].text
    inner = KEY.match(text)
    can_be_key = inner is not None if below_colon else len(text.split()) <= _KEY_WORDS
    return not can_be_key or role_of(inner[1] if inner else text) is None


class Blocks:
    """Reads the blocks of a run of lines.

    Args:
        lines: The run.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        # What has been looked through without a name need not be looked through from each line.
        self._nameless_until = 0

    def read(self, place: int) -> tuple[int, list[Pair]]:
        """Read one up to the next name: where it ends, and what it says; nothing if there is none.

        The name may be the value of a key, or stand alone above the keys.
        """
        key = key_at(self._lines, place)
        if key is not None and key.role in _BEGINNINGS:
            if place < self._nameless_until:
                return place, []
            end, pairs = self._rest(place, [], key.heading)
            if not any(role is Role.NAME for role, _ in pairs):
                self._nameless_until = end
                return place, []
        elif self._stands_alone(place):
            pairs = [(Role.NAME, self._lines[place].text)]
            end = place + 1
            if key_at(self._lines, end) is None:
                pairs.append((Role.DESCRIPTION, self._lines[end].text))
                end += 1
            end, pairs = self._rest(end, pairs, "")
        else:
            return place, []
        return (end, pairs) if len(pairs) > 1 else (place, [])

    def _rest(self, place: int, pairs: list[Pair], heading: str) -> tuple[int, list[Pair]]:
        """Add the keys from a place on, up to a second name.

        Args:
            place: The first of them.
            pairs: What stands above them.
            heading: The first key as written, if the block begins with one.
        """
        labelled = False
        end = place
        while end < len(self._lines):
            key = key_at(self._lines, end)
            if key is None:
                if not pairs or not self._says_nothing(end):
                    break
                end += 1
                continue
            if key.role is Role.NAME and any(role is Role.NAME for role, _ in pairs):
                # "Name: Google Analytics", and only then "Cookie name: _ga".
                if labelled or surely_name(heading) or not surely_name(key.heading):
                    break
                pairs = [(Role.LABEL if r is Role.NAME else r, text) for r, text in pairs]
                labelled = True
            pairs.append((key.role, key.value))
            end = self._go_on(key.end, pairs)
        return end, pairs

    def _go_on(self, place: int, pairs: list[Pair]) -> int:
        """Add lines without a key to the description that they go on with."""
        if pairs[-1][0] is not Role.DESCRIPTION:
            return place
        end = place
        while end < len(self._lines) and self._goes_on(end):
            end += 1
        if end > place:
            texts = [pairs.pop()[1], *(line.text for line in self._lines[place:end])]
            pairs.append((Role.DESCRIPTION, " ".join(texts)))
        return end

    def _goes_on(self, place: int) -> bool:
        line = self._lines[place]
        if line.kind in (Kind.TERM, Kind.ITEM) or len(line.text.split()) < _SENTENCE_WORDS:
            return False
        if not line.text.endswith(".") and not line.text[:1].islower():
            return False
        if is_title(line) and purpose_of(line.text) is not None:
            return False
        return key_at(self._lines, place) is None and not self._stands_alone(place)

    def _stands_alone(self, place: int) -> bool:
        """Whether a line is nothing but names, and keys follow."""
        text = self._lines[place].text
        if key_at(self._lines, place) or not names_in(text):
            return False
        following = key_at(self._lines, place + 1)
        if following is not None:
            return following.role is not Role.NAME
        # A description may come first: name, what it does, "Type: ...", "Duration: ...".
        later = key_at(self._lines, place + 2)
        return later is not None and later.role in _BEHIND_DESCRIPTION and looks_like_name(text)

    def _says_nothing(self, place: int) -> bool:
        """Whether a line has a key that says nothing here, among others that do."""
        match = KEY.match(self._lines[place].text)
        if not match or len(match[1].split()) > _KEY_WORDS or looks_like_name(match[1]):
            return False
        following = key_at(self._lines, place + 1)
        return following is not None and following.role is not Role.NAME
