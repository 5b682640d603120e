"""A document of any known kind becomes policies, and what was not understood of it."""

import codecs
import datetime
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from cookietui.catalogue.importing import (
    banners,
    cookie_tables,
    open_cookie_database,
    pages,
    tcf,
)
from cookietui.catalogue.importing.collecting import decoded
from cookietui.catalogue.importing.draft import Draft, Problem, Row
from cookietui.catalogue.importing.names import Named, names_in
from cookietui.catalogue.loading import policies_in
from cookietui.errors import CatalogueError
from cookietui.model.policy import Declaration, Match, Policy, Purpose, Trust
from cookietui.paths import open_to_read

LARGEST = 10_000_000  # bytes
_LEAST_LITERAL = 3  # characters of a pattern that stand for themselves
_LONGEST_TEXT = 2_000
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset=[\"']?([\w-]{2,20})", re.IGNORECASE)
_LOOKED_AT = 4_096
_COMMON = "cp1252"  # what pages are in that do not say it
# What no page is in that could be read up to the place where it says so.
_NOT_SO = ("utf-16", "utf16", "utf-32", "utf32", "utf-7", "utf7")
_OWN_FORMAT = re.compile(r"^[ \t]*\[\[policies\]\]", re.MULTILINE)
_NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")

Known = Callable[[str], bool]
_JSON: tuple[tuple[Callable[[object], bool], Callable[[object, str], Draft]], ...] = (
    (tcf.recognised, tcf.read),
    (open_cookie_database.recognised, open_cookie_database.read),
    (banners.recognised, banners.read),
    (cookie_tables.recognised, cookie_tables.read),
)


class Imported(msgspec.Struct, frozen=True):
    """What came of a document.

    Attributes:
        policies: What it declares.
        problems: What was left out or not understood.
    """

    policies: tuple[Policy, ...]
    problems: tuple[Problem, ...]


def open_document(file: Path, host: str | None, today: datetime.date, known: Known) -> Imported:
    """Read a document.

    Args:
        file: Where it is.
        host: The site whose policy it is; None if it is a catalogue of providers or says so itself.
        today: The day on which it is read.
        known: Whether a word is a name of a cookie that providers declare.

    Raises:
        CatalogueError: It cannot be read, declares nothing, or is a site's and no site was named.
    """
    text = _text(file, _content(file))
    if file.suffix.lower() in (".toml", ".txt", "") and _OWN_FORMAT.search(text):
        return Imported(policies_in(file, text.encode()), ())
    try:
        draft = read_document(text, file.suffix, known)
    except CatalogueError as error:
        raise CatalogueError(f"{file}: {error.message}", error.hint) from error
    if not draft.catalogue and host is None:
        raise CatalogueError(
            f"{file} does not say whose policy it is",
            "name the site: --site example.com, or a command that takes SITE",
        )
    return _imported(file, draft, None if draft.catalogue else host, today)


def read_document(text: str, ending: str, known: Known) -> Draft:
    """Find out what a document is, and read it.

    Args:
        text: The document.
        ending: How its file's name ends, for what its content does not tell.
        known: Whether a word is a name of a cookie that providers declare.

    Raises:
        CatalogueError: It is broken as a whole.
    """
    if banners.recognised_script(text):
        return banners.read_script(text)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")) and ending not in (".md", ".rst"):
        document = decoded(text)
        for recognised, read in _JSON:
            if recognised(document):
                return read(document, text)
        raise CatalogueError(
            "this JSON declares no cookies in a way that is known",
            "known are TCF disclosures, the Open Cookie Database, OneTrust, Termly, CookieConsent"
            " and Klaro",
        )
    if open_cookie_database.recognised_csv(text):
        return open_cookie_database.read_csv(text)
    return pages.read(text, ending, known)


def _imported(file: Path, draft: Draft, host: str | None, today: datetime.date) -> Imported:
    declarations: list[Declaration] = []
    problems = list(draft.problems)
    for row in draft.rows:
        found, problem = _declarations(row)
        declarations += found
        problems += problem
    problems.sort(key=lambda problem: problem.line)
    if not declarations:
        first = f"; line {problems[0].line}: {problems[0].text}" if problems else ""
        raise CatalogueError(
            f"{file}: no declaration of a cookie was found{first}",
            "save the page with its table of cookies, as HTML, Markdown or text",
        )
    policy = Policy(
        name=host or _short_name(file),
        title=host or file.stem,
        source=file.name,
        written=today,
        hosts=(host,) if host else (),
        declarations=tuple(dict.fromkeys(declarations)),
        trust=Trust.LOW if draft.catalogue else Trust.FULL,
    )
    return Imported((policy,), tuple(problems))


def _declarations(row: Row) -> tuple[list[Declaration], list[Problem]]:
    found, problems = [], []
    names: Iterable[Named] = names_in(row.name) or (Named(row.name, row.name, Match.EXACT),)
    for named in names:
        literal = len(named.pattern) - named.pattern.count("*")
        if literal < (_LEAST_LITERAL if named.match is Match.GLOB else 1):
            text = f"{named.written!r} would mean too many cookies, and was left out"
            problems.append(Problem(row.line, text))
            continue
        found.append(
            Declaration(
                pattern=named.pattern,
                match=named.match,
                purpose=row.purpose,
                description=row.description[:_LONGEST_TEXT],
                hosts=row.hosts,
                provider=row.provider[:_LONGEST_TEXT],
                function=row.function[:_LONGEST_TEXT],
                lifetime=row.lifetime[:_LONGEST_TEXT],
                party=row.party,
                anonymised=row.anonymised and row.purpose is Purpose.STATISTICS,
            )
        )
    return found, problems


def _short_name(file: Path) -> str:
    return _NOT_OF_A_NAME.sub("-", file.stem.lower()).strip("-") or "imported"


def _content(file: Path) -> bytes:
    try:
        with open_to_read(file) as opened:
            # A pipe that nobody writes to ends at once; one that somebody does is read to its end.
            if sys.platform != "win32":
                os.set_blocking(opened.fileno(), True)
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise CatalogueError(
            f"{file} cannot be read: {error.strerror}", "name a policy that was saved as a file"
        ) from error
    if len(content) > LARGEST:
        raise CatalogueError(
            f"{file} is larger than {LARGEST // 1_000_000} MB", "save only the page with the table"
        )
    return content


def _text(file: Path, content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise CatalogueError(f"{file} is not text", "save the page as HTML, Markdown or text")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(content[:_LOOKED_AT])
    name = declared[1].decode("ascii").lower() if declared else _COMMON
    if name.startswith(_NOT_SO):
        name = "utf-8"
    try:
        # Others than those of text, such as zip, can be looked up too.
        text = getattr(codecs.lookup(name), "_is_text_encoding", False)
        return content.decode(name if text else _COMMON, "replace")
    except (LookupError, UnicodeError):  # the latter by those that are for host names only
        return content.decode(_COMMON, "replace")
