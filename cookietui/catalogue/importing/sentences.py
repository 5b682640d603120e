"""Sentences that name cookies: 'the cookie "_ga" is kept for two years'."""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from cookietui.catalogue.importing.context import Context
from cookietui.catalogue.importing.declaring import Pair, declare
from cookietui.catalogue.importing.elements import Kind, Line
from cookietui.catalogue.importing.names import looks_like_name
from cookietui.catalogue.importing.words import Role, is_no_cookie
from cookietui.model.lifetime import leading_lifetime
from cookietui.model.policy import Purpose

_QUOTES = "\"'`\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"
_INTRODUCED = re.compile(
    r"cookies?\b|\bcookie-?datei\w*|\bciasteczk\w*|\btémoins?\b|\bone\b|\bnames?\b", re.IGNORECASE
)
_STARTS = re.compile(
    r"(?:start(?:s|ing)?|begin(?:s|ning)?)\s(?:with|by)\s"
    rf"[{_QUOTES}]?(?P<token>[\w.*-]{{2,120}})",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"[{_QUOTES}](?P<token>[\w.*<>\[\]{{}}:#%-]{{2,120}})[{_QUOTES}]")
_SENTENCE = re.compile('(?<=[.!?]) (?=[A-ZÀ-Þ\u201e\u201c"])')
_SETTING = re.compile(r"[A-Z]+(?:_[A-Z]+)+")
_WORD = re.compile(r"\S+")
_WORDS_TO_NAME = 8  # between the word cookie and the name of one
_WORDS_BETWEEN = 1  # names that are listed
_WORDS_OF_LIFETIME = 6
_TITLE_WORDS = 3
_NAMES_SHOWN = 3
_AROUND = _QUOTES + "()[]"
_ENDS = ".,;:"


class Sentences:
    """Reads sentences, one line of them after another.

    Args:
        context: What is above them; what is found is added to it.
        known: Whether a word is a name of a cookie that providers declare.
    """

    def __init__(self, context: Context, known: Callable[[str], bool]) -> None:
        self._context = context
        self._known = known

    def read(self, line: Line) -> None:
        """Read the sentences of a line."""
        context = self._context
        if line.kind is Kind.ITEM and len(line.text.split()) <= _TITLE_WORDS:
            context.section(line.text)
        context.sentence(line)
        found: set[str] = set()
        for sentence in _SENTENCE.split(line.text):
            names = self._names(sentence) - found
            if not names:
                continue
            ordered = sorted(names, key=lambda name: (sentence.find(name), name))
            if is_no_cookie(sentence):
                context.problem(line.number, f"{', '.join(ordered)}: not kept in a cookie")
                continue
            found |= names
            pairs: list[Pair] = [(Role.NAME, "\n".join(ordered)), (Role.DESCRIPTION, sentence)]
            declare(context, line.number, [*pairs, (Role.LIFETIME, _lifetime(sentence))])
        self._tell_unread(line, found)

    def _names(self, sentence: str) -> set[str]:
        """The names that a sentence calls names of cookies."""
        starts = list(_STARTS.finditer(sentence))
        names: set[str] = set()
        introduced = chain(_INTRODUCED.finditer(sentence), starts)
        names.update(self._after(sentence, sorted(match.start() for match in introduced)))
        if not names and self._context.purpose is not Purpose.UNKNOWN:
            tokens = map(_token, sentence.split())
            names.update(t for t in tokens if t.startswith("_") and looks_like_name(t))
        if names:  # 'sets the cookie "a", and "b" for the same reason'
            quoted = (match["token"].rstrip(_ENDS) for match in _LISTED.finditer(sentence))
            names.update(filter(self._is_name, quoted))
        for match in starts:
            if re.search(r"[_-]", match["token"]) and not match["token"].isupper():
                names.add(match["token"].rstrip(_ENDS))
        begun = {match["token"].rstrip(_ENDS + "*") for match in starts}
        return {f"{name.rstrip('*')}*" if name.rstrip("*") in begun else name for name in names}

    def _after(self, sentence: str, places: list[int]) -> Iterator[str]:
        """The first name behind each of some places, and those that are listed right after it."""
        ahead = iter([*places, len(sentence)])
        place = next(ahead)
        left = 0  # words that are still looked at
        for word in _WORD.finditer(sentence, place):
            start = word.start()
            if place < word.end():
                start = start if left else max(start, place)
                left = 1 + _WORDS_TO_NAME
            while place < word.end() and place < len(sentence):
                place = next(ahead)
            if left:
                token = _token(sentence[start : word.end()])
                named = self._is_name(token)
                left = 1 + _WORDS_BETWEEN if named else left - 1
                if named:
                    yield token

    def _is_name(self, token: str) -> bool:
        if _SETTING.fullmatch(token):  # a setting rather, if nobody knows it
            return self._known(token)
        return looks_like_name(token) or (self._known(token) and bool(re.search(r"[_\d]", token)))

    def _tell_unread(self, line: Line, found: set[str]) -> None:
        """Note which words look like names and were not read as such."""
        if "_" not in line.text or line.text.startswith(("http", "Set-Cookie")):
            return
        read = {name.rstrip("*") for name in found}
        tokens = (token.strip(_QUOTES + "(),.;:*") for token in line.text.split() if "_" in token)
        left = [token for token in tokens if token not in read and looks_like_name(token)]
        if left:
            names = ", ".join(dict.fromkeys(left[:_NAMES_SHOWN]))
            text = f"what is said here about {names} was not understood"
            self._context.problem(line.number, text)


def _token(word: str) -> str:
    """A word without what stands around it; a name may begin with a full stop."""
    bare = word.lstrip(_AROUND).rstrip(_AROUND + _ENDS)
    return bare.strip("*") if bare.startswith("*") else bare  # emphasis


def _lifetime(sentence: str) -> str:
    """The first lifetime that a sentence names; empty if it names none."""
    words = sentence.split()
    parts = (
        leading_lifetime(" ".join(words[place : place + _WORDS_OF_LIFETIME]))
        for place in range(len(words))
    )
    return next(filter(None, parts), "")
