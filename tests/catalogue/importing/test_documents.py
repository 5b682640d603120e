"""The documents the importer is measured by: every one has an expected file that fits it."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

import msgspec
import pytest

POLICIES = Path(__file__).parent / "policies"
KINDS = (".md", ".html", ".rst", ".txt")
DOCUMENTS = sorted(path for path in POLICIES.glob("*/*") if path.suffix in KINDS)
CATEGORIES = ("necessary", "preferences", "statistics", "marketing", None)

_UNSEEN_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


class ExpectedCookie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a careful reader takes from one row; every field but the note must be there."""

    as_written: str
    pattern: str | None
    provider: str | None
    category: str | None
    retention: str | None
    purpose_present: bool
    note: str = ""


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a careful reader takes from one document."""

    id: str
    file: str
    url: str
    host: str
    language: str
    shape: str
    notes: str
    not_cookies: tuple[str, ...]
    cookies: tuple[ExpectedCookie, ...]
    clean_room: bool = True


def _expected(document: Path) -> Expected:
    """Read the expected file beside a document.

    Args:
        document: The document it belongs to.

    Returns:
        What should be read from that document.
    """
    beside = document.with_name(f"{document.stem}.expected.json")
    return msgspec.json.decode(beside.read_bytes(), type=Expected)


def _squeezed(text: str) -> str:
    """Leave out what the eye does not see: white space, marks of direction, soft hyphens."""
    kept = (char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")
    return "".join(kept)


def _readings(document: Path) -> tuple[str, ...]:
    """Give a document's text with its tags and without, and without Markdown's marks.

    A tag and a placeholder such as ``<id>`` look alike, so both readings are needed.
    """
    text = document.read_text(encoding="utf-8")
    seen = _UNSEEN_MARKUP.sub("", text)
    readings = (text, html.unescape(_TAG.sub("", seen)), re.sub(r"[\\`*]", "", seen))
    return tuple(_squeezed(reading) for reading in readings)


def _name(document: Path) -> str:
    return f"{document.parent.name}/{document.name}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_document_has_an_expected_file_that_names_it(document: Path) -> None:
    expected = _expected(document)

    assert (expected.id, expected.file) == (document.stem, document.name)
    assert expected.host in expected.url
    assert re.fullmatch(r"[a-z]{2}", expected.language)
    assert {cookie.category for cookie in expected.cookies} <= set(CATEGORIES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_expected_name_stands_in_its_document(document: Path) -> None:
    readings = _readings(document)
    names = [_squeezed(cookie.as_written) for cookie in _expected(document).cookies]

    missing = [name for name in names if not any(name in reading for reading in readings)]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_no_name_is_both_wanted_and_unwanted(document: Path) -> None:
    expected = _expected(document)
    names = {cookie.as_written for cookie in expected.cookies}

    assert names.isdisjoint(expected.not_cookies)
