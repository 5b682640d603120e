"""Strangers' text made visible and harmless, for both front ends.

Cookie names, hosts, profile names and policies are written by strangers. Terminals obey control
characters, right-to-left marks reorder what stands beside them, and zero-width characters make two
names look alike. Everything that is not a plain printable character is therefore written out.
"""

import unicodedata

_INVISIBLE_OR_COMBINING = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
_BLANK_LETTERS = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\U0001d159"}
_FIRST_RAW_BYTE = 0xDC80
_LAST_RAW_BYTE = 0xDCFF
_BYTE_MAX = 0xFF
_PLANE_0_MAX = 0xFFFF


def visible(text: str) -> str:
    r"""Write out everything in ``text`` that could hide, move or act.

    No two different texts look the same afterwards: a backslash is doubled, so that ``\x1b`` typed
    by a person differs from a real escape character. Bytes that are not UTF-8, kept by Python as
    lone surrogates, become ``\xNN`` too but with a capital ``X``.

    Args:
        text: Any text, lone surrogates included.

    Returns:
        A text of printable characters only, on one line.
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(_visible_character(character) for character in text)


def plural(count: int, noun: str, several: str = "") -> str:
    """Say ``1 cookie`` or ``2 cookies``; ``several`` for nouns that need more than an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {several or noun + 's'}"


def _visible_character(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if _FIRST_RAW_BYTE <= code <= _LAST_RAW_BYTE:
        return f"\\X{code - 0xDC00:02x}"
    if character == " " or not _is_hidden(character):
        return character
    if code <= _BYTE_MAX:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _PLANE_0_MAX else f"\\U{code:08x}"


def _is_hidden(character: str) -> bool:
    return (
        character in _BLANK_LETTERS
        or unicodedata.category(character) in _INVISIBLE_OR_COMBINING
        or not character.isprintable()
    )
