"""What the headings and sentences above a declaration say about it."""

import re

import msgspec

from cookietui.catalogue.importing.draft import Problem, Row
from cookietui.catalogue.importing.elements import Kind, Line
from cookietui.catalogue.importing.words import is_no_cookie, plain, purpose_of, role_of
from cookietui.model.policy import Purpose

_OPENING_WORDS = 8
_OPENING_CHARACTERS = 400  # that hold them
_HEADING_WORDS = 14
_HEADING_CHARACTERS = 400
_TITLE_WORDS = 24
_PROVIDER_WORDS = 5
_FEW = 3  # words of a title that is hardly more than the name of a purpose
_BESIDE = 2  # words right behind the word cookie
_SERVICE_LEVEL = 3  # headings above this are of the document, not of a service
_PROBLEM_CHARACTERS = 300
_COOKIE = re.compile(
    r"cookie|\bciasteczk|\btemoin|\btracker|\btraceur|strumenti di tracciamento|\btechnolog|\bpixel"
)
_NUMBERED = re.compile(r"^[\dIVXivx]{1,8}(\.\d{1,4}){0,8}[.)]?\s+")
_TITLE = re.compile(r"[^.:]{3,60}[.:]\s")
_SENTENCE = re.compile(
    r"\b(what|which|was|que|quel|welche|wat|jakie|use|uses|used|utili|verwend|we|wir|nous|il|the)\b"
)


class _Heading(msgspec.Struct, frozen=True):
    level: int
    text: str
    purpose: Purpose | None


class Context:
    """Follows the headings of a document, and gathers what is found below them.

    Attributes:
        rows: What was found.
        problems: What was left out.
        provider: The service under whose heading this stands, if it stands below that of a purpose.
        elsewhere: Whether the last heading is about something else than cookies that is stored.
        about_cookies: Whether the headings above speak of cookies.
    """

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.provider = ""
        self.elsewhere = False
        self.about_cookies = False
        self._headings: list[_Heading] = []
        self._said: Purpose | None = None

    @property
    def purpose(self) -> Purpose:
        """What cookies declared here are for, as far as headings and sentences tell."""
        if self._said is not None:
            return self._said
        told = (h.purpose for h in reversed(self._headings) if h.purpose is not None)
        return next(told, Purpose.UNKNOWN)

    def heading(self, line: Line) -> None:
        """Go below a heading."""
        self._said = None
        above = [heading for heading in self._headings if heading.level < line.level]
        text = _NUMBERED.sub("", line.text)
        purpose = purpose_of(text) if _is_short(text, _TITLE_WORDS) else None
        last = _Heading(line.level, text, purpose)
        self._headings = [*above, last]
        speaks = _COOKIE.search(plain(text)) is not None
        self.provider = _service(last, above)
        self.elsewhere = is_no_cookie(text) and not speaks
        self.about_cookies = purpose is not None or speaks or bool(self.provider)

    def sentence(self, line: Line) -> None:
        """Take in a line of text: it may say what the cookies after it are for."""
        self._say(_opening(line.text))

    def section(self, text: str) -> None:
        """Take in a title that stands for what comes after it, such as a caption."""
        self._say(purpose_of(text) if _is_short(text, _HEADING_WORDS) else _opening(text))

    def problem(self, number: int, text: str) -> None:
        """Note what was left out."""
        if len(text) > _PROBLEM_CHARACTERS:
            text = text[:_PROBLEM_CHARACTERS] + "\u2026"
        self.problems.append(Problem(number, text))

    def _say(self, purpose: Purpose | None) -> None:
        if purpose is not None:
            self._said = purpose


def is_title(line: Line) -> bool:
    """Whether a line of plain text stands there as a title."""
    return (
        line.kind is Kind.TEXT
        and bool(line.text)
        and not line.text.endswith((".", ",", ";", "!"))
        and _is_short(line.text, _HEADING_WORDS)
    )


def _is_short(text: str, words: int) -> bool:
    return len(text) <= _HEADING_CHARACTERS and len(text.split()) <= words


def _service(last: _Heading, above: list[_Heading]) -> str:
    """The service that a heading below that of a purpose names; empty if it names none."""
    below_purpose = any(heading.purpose is not None for heading in above)
    if not below_purpose or last.purpose is not None or last.level < _SERVICE_LEVEL:
        return ""
    named = _is_short(last.text, _PROVIDER_WORDS) and not _COOKIE.search(plain(last.text))
    return last.text if named and role_of(last.text) is None else ""


def _opening(text: str) -> Purpose | None:
    """The purpose that a sentence begins with, if it is one about cookies of a purpose."""
    opening = _title(text)
    words = plain(opening[:_OPENING_CHARACTERS]).split()
    if not words:
        return None
    if len(words) <= _OPENING_WORDS and not words[-1].endswith((".", "!", "?")):
        return _purpose_of_title(opening, words)
    beginning = " ".join(words[:_OPENING_WORDS])
    cookie = _COOKIE.search(beginning)
    if cookie is None:
        return None
    # What stands right beside the word, not what the sentence goes on to say.
    behind = beginning[cookie.end() :].split()[:_BESIDE]
    beside = beginning[: cookie.end()] + " ".join(behind)
    return None if _SENTENCE.search(beside) else purpose_of(beside)


def _title(text: str) -> str:
    """The title that a text begins with, as in "Analytics cookies. The ..."; else all of it."""
    found = _TITLE.match(text)
    if not found or len(found[0].split()) > _OPENING_WORDS:
        return text
    title = found[0].rstrip()
    return title.rstrip(" .") if title.endswith(".") else title


def _purpose_of_title(title: str, words: list[str]) -> Purpose | None:
    """The purpose that a title names, if it speaks of cookies or of hardly anything else."""
    bare = " ".join(words)
    alone = len(words) <= _FEW or bare.endswith(":")
    return purpose_of(title) if alone or _COOKIE.search(bare) else None
