"""Array literals in JavaScript: strings, numbers and arrays in arrays, read and never run."""

import re
from typing import NoReturn

import msgspec

_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_WORD = re.compile(r"[\w.+-]++")
_STRING_PART = {quote: re.compile(rf"[^{quote}\\\n]*+") for quote in "\"'`"}
_SIMPLE_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
}
_HEX_ESCAPE = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}")
_NOTHING = ("null", "undefined")
_DEEPEST = 8
_LAST_CODE_POINT = 0x10FFFF


class ScriptError(ValueError):
    """Something other than an array of plain values."""


class Element(msgspec.Struct, frozen=True):
    """One element of an array.

    Attributes:
        value: A string, a number or the like as written, None, or a list of such.
        position: Where it begins in the script.
    """

    value: object
    position: int


class ArrayReader:
    """Reads one array literal, element by element.

    Args:
        script: The script.
        position: Where the array's opening bracket stands.
    """

    def __init__(self, script: str, position: int) -> None:
        self._script = script
        self.position = position

    def elements(self, found: list[Element]) -> None:
        """Read all elements into ``found``, which keeps those before a fault.

        Raises:
            ScriptError: It is no array of plain values, or does not end.
        """
        self._array(found, 0)

    def _array(self, found: list[Element], depth: int) -> None:
        if depth > _DEEPEST:
            self._fail("is nested too deeply")
        self.position += 1
        while True:
            self._skip_blank()
            character = self._peek()
            if character == "]":
                self.position += 1
                return
            begin = self.position
            found.append(Element(self._value(character, depth), begin))
            self._skip_blank()
            if self._peek() == ",":
                self.position += 1
            elif self._peek() != "]":
                self._fail("has neither a comma nor an end after an element")

    def _value(self, character: str, depth: int) -> object:
        if character == "[":
            inner: list[Element] = []
            self._array(inner, depth + 1)
            return [element.value for element in inner]
        if character and character in _STRING_PART:
            return self._string(character)
        word = _WORD.match(self._script, self.position)
        if word is None:
            self._fail("holds something that is no plain value")
        self.position = word.end()
        return None if word[0] in _NOTHING else _Word(word[0])

    def _string(self, quote: str) -> str:
        parts: list[str] = []
        self.position += 1
        while True:
            part = _STRING_PART[quote].match(self._script, self.position)
            assert part is not None  # noqa: S101 - the expression matches nothing, too
            parts.append(part[0])
            self.position = part.end()
            character = self._peek()
            self.position += 1
            if character == quote:
                # Escapes write what lies beyond the first plane as two halves.
                halves = "".join(parts).encode("utf-16-le", "surrogatepass")
                return halves.decode("utf-16-le", "surrogatepass")
            if character != "\\":
                self._fail("holds a string without an end")
            parts.append(self._escape())

    def _escape(self) -> str:
        coded = _HEX_ESCAPE.match(self._script, self.position)
        if coded is not None:
            self.position = coded.end()
            code = int(coded[1] or coded[2] or coded[3], 16)
            return chr(code) if code <= _LAST_CODE_POINT else "\ufffd"
        character = self._peek()
        self.position += 1
        return _SIMPLE_ESCAPES.get(character, character)

    def _skip_blank(self) -> None:
        blank = _BLANK.match(self._script, self.position)
        if blank is not None:
            self.position = blank.end()

    def _peek(self) -> str:
        return self._script[self.position : self.position + 1]

    def _fail(self, why: str) -> NoReturn:
        raise ScriptError(why)


class _Word(str):
    """A number, ``true`` or the like: text, but never taken for a name."""

    __slots__ = ()


def is_string(value: object) -> bool:
    """Whether an element's value was written as a string."""
    return isinstance(value, str) and not isinstance(value, _Word)
