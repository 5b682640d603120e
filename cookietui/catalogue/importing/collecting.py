"""Reading JSON that strangers wrote, and collecting what is found in it.

A document may be megabytes long, nested thousands deep or of quite another shape than expected.
What has another shape reads as empty here, so that each reader only tells what it misses.
"""

import json
import re
from collections.abc import Iterator

from cookietui.catalogue.importing.draft import Draft, Problem, Row
from cookietui.errors import CatalogueError

_LONGEST_NAME = 4096
_QUOTED = 60
_MISSES_BORNE = 20
_KEY = re.compile(r"\s*:")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decoded(text: str) -> object:
    """Decode JSON.

    Raises:
        CatalogueError: It is no JSON, or nested too deeply to be a declaration.
    """
    try:
        document: object = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise CatalogueError(
            f"this is not JSON: line {error.lineno}: {error.msg}",
            "only whole documents can be read",
        ) from error
    except (ValueError, RecursionError) as error:
        raise CatalogueError(
            "this JSON cannot be read: it is nested too deeply or holds an endless number",
            "only cookie declarations can be imported",
        ) from error
    return document


def unexpected(what: str) -> CatalogueError:
    """The error for a document that is not what its reader reads."""
    return CatalogueError(f"this is not {what}", "check that the whole file was saved")


def fields(value: object) -> dict[str, object]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else []


def whole_numbers(value: object) -> frozenset[int]:
    """The whole numbers of an array; true and false are none."""
    return frozenset(
        each for each in items(value) if isinstance(each, int) and not isinstance(each, bool)
    )


def text_of(value: object) -> str:
    """The value if it is text, else nothing; half characters, which cannot be saved, are marked."""
    return _LONE_SURROGATE.sub("\ufffd", value).strip() if isinstance(value, str) else ""


def first_text(entry: dict[str, object], *keys: str) -> str:
    """The first of several fields that says something."""
    return next((text for key in keys if (text := text_of(entry.get(key)))), "")


def quoted(text: str) -> str:
    """A text as a problem may quote it: on one line and short."""
    return repr(text if len(text) <= _QUOTED else text[:_QUOTED] + "…")


class Collector:
    """Rows and problems in the order in which they are found, and where that was.

    Args:
        text: The document as it was written.
        catalogue: Whether it speaks of providers on any site.
        searched: Whether names are looked for in the text, because nothing else tells the line.
    """

    def __init__(self, text: str, *, catalogue: bool = False, searched: bool = True) -> None:
        self._text = text
        self._catalogue = catalogue
        self._searched = searched
        self._rows: list[Row] = []
        self._problems: list[Problem] = []
        self._cursor = 0
        self._misses = 0
        self.line = 1

    def move_to(self, position: int) -> int:
        """Move on to a position in the text; the line it is on."""
        if position > self._cursor:
            self.line += self._text.count("\n", self._cursor, position)
            self._cursor = position
        return self.line

    def objects(self, value: object, what: str) -> Iterator[dict[str, object]]:
        """Every object of an array, with a problem for whatever stands there instead.

        Args:
            value: The array; nothing at all is taken for an empty one.
            what: What the array holds, in the plural.
        """
        if value is not None and not isinstance(value, list):
            self.problem(f"{what} are not written as a list")
        for each in items(value):
            if isinstance(each, dict):
                yield each
            else:
                self.problem(f"something among {what} is none of them")

    def name(self, value: object, entry: str = "an entry") -> str | None:
        """Take an entry's name and move on to where it stands; None, with a problem, for none.

        Args:
            value: What stands in the place of the name.
            entry: What the entry is called in a problem.
        """
        if not isinstance(value, str) or not value.strip():
            self.problem(f"{entry} has no name")
            return None
        self._move_to_name(value)
        if _LONE_SURROGATE.search(value) or len(value) > _LONGEST_NAME:
            self.problem(f"{quoted(value)} cannot be the name of a cookie")
            return None
        return value.strip()

    def row(self, row: Row) -> None:
        """Add a row."""
        self._rows.append(row)

    def problem(self, text: str) -> None:
        """Add a problem at the present line."""
        self._problems.append(Problem(self.line, text))

    def draft(self) -> Draft:
        """Everything that was found."""
        return Draft(tuple(self._rows), tuple(self._problems), self._catalogue)

    def _move_to_name(self, name: str) -> None:
        # Looking for what is not there costs a pass over the text, so it is given up after a while.
        if not self._searched or self._misses >= _MISSES_BORNE:
            return
        for spelling in _spellings(name):
            position = self._value_at(spelling)
            if position >= 0:
                self.move_to(position)
                return
        self._misses += 1

    def _value_at(self, spelling: str) -> int:
        """Where a string next stands as a value rather than as a key; -1 if nowhere."""
        position = self._text.find(spelling, self._cursor)
        while position >= 0 and _KEY.match(self._text, position + len(spelling)):
            position = self._text.find(spelling, position + len(spelling))
        # One character on, so that the same name is found twice if it stands there twice.
        return position + 1 if position >= 0 else -1


def _spellings(name: str) -> list[str]:
    """The ways in which JSON writes a string; few writers use any other."""
    plain = [json.dumps(name), json.dumps(name, ensure_ascii=False)]
    return list(dict.fromkeys(plain + [each.replace("/", "\\/") for each in plain]))
