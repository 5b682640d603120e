"""One declaration: what a row of a table, a block or a sentence says of one or several cookies."""

import re
from collections.abc import Iterator, Sequence

from cookietui.catalogue.importing.context import Context
from cookietui.catalogue.importing.draft import Row
from cookietui.catalogue.importing.names import names_in
from cookietui.catalogue.importing.words import (
    Role,
    denies_cookie,
    is_anonymous,
    is_no_cookie,
    party_of,
    plain,
    purpose_of,
    role_of,
)
from cookietui.model.lifetime import says_lifetime
from cookietui.model.policy import Party, Purpose

Pair = tuple[Role | None, str]

_CATEGORY_WORDS = 3
_LABEL_CHARACTERS = 200
_LINE_CHARACTERS = 300
_AND_LIFETIME = re.compile(r"(\S.*?)\s*[(\uff08:]\s*([^()\uff08\uff09]{2,60})[)\uff09]?")
_SERVICE = re.compile(r"[A-ZÀ-Þ][\w.]*(?:\s+[A-ZÀ-Þ][\w.]*)*")
_NO_SERVICE = re.compile(r"\s*\b(Tracking Code|Cookies?|Pixel|Tag|Local Storage Item)\b.*")
_OF_OTHERS = re.compile(
    r"(?:de terceros?|von dritten|di terz[ei] parti|de tiers|van derden|third[- ]party)"
    r"\s*[:\u2013-]\s*([^.,;]{2,60})",
    re.IGNORECASE,
)
# Kinds of storage whose names have the word cookie in them, though none is one.
_NO_COOKIES = ("flash cookie", "pixel", "no cookie", "html5")


def declare(
    context: Context, line: int, pairs: Sequence[Pair], purpose: Purpose | None = None
) -> bool:
    """Add what is said about one or several cookies; whether it was about any.

    Args:
        context: Where it stands; the row or the problem goes there.
        line: Its line.
        pairs: What it says, by what it is about.
        purpose: What a title right above says it is for, if anything.
    """
    told = list(_unmixed(pairs))
    cells = _by_role(told)
    name = cells.get(Role.NAME, "")
    if context.elsewhere or _says_elsewhere(cells, pairs):
        if name:
            context.problem(line, f"{name!r} is not kept in a cookie, and was left out")
        return False
    if apart := _each_with_its_lifetime(name):
        others = [pair for pair in pairs if pair[0] is not Role.NAME]
        each = ([(Role.NAME, one), (Role.LIFETIME, lasts), *others] for one, lasts in apart)
        return all([declare(context, line, own, purpose) for own in each])
    if not names_in(name):
        if name and cells.keys() - {Role.NAME, Role.OTHER}:
            context.problem(line, f"{name!r} is not the name of a cookie, and was left out")
        return False
    category, description = _descriptions(told)
    if category:
        cells.setdefault(Role.CATEGORY, category)
    context.rows.append(_row(context, line, cells, description, purpose))
    return True


def _row(
    context: Context,
    line: int,
    cells: dict[Role, str],
    description: str,
    title: Purpose | None,
) -> Row:
    return Row(
        line=line,
        name=cells[Role.NAME],
        purpose=_purpose(cells, context.purpose if title is None else title),
        provider=_provider(cells) or context.provider,
        function=" ".join(cells.get(Role.FUNCTION, "").split()),
        description=description,
        lifetime=" ".join(cells.get(Role.LIFETIME, "").split()),
        party=_party(cells),
        anonymised=is_anonymous(description),
    )


def _by_role(pairs: Sequence[Pair]) -> dict[Role, str]:
    """What is said about each thing; what is said first counts."""
    cells: dict[Role, str] = {}
    for role, text in pairs:
        if role is not None and text:
            cells.setdefault(role, text)
    return cells


def _unmixed(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Take lifetimes out of cells that hold more than one thing."""
    for role, text in pairs:
        if role is not Role.LIFETIME or "\n" not in text:
            yield role, text
            continue
        for line in text.split("\n"):
            key, _, value = line.rpartition(":")
            told = says_lifetime(line) or (role_of(key) is Role.LIFETIME and bool(value))
            yield (Role.LIFETIME, (value or line).strip()) if told else (Role.DESCRIPTION, line)


def _says_elsewhere(cells: dict[Role, str], pairs: Sequence[Pair]) -> bool:
    """Whether something is said to be kept elsewhere than in a cookie."""
    if denies_cookie(cells.get(Role.DESCRIPTION, "")):
        return True
    told = [cells[role] for role in (Role.CATEGORY, Role.LABEL, Role.LIFETIME) if role in cells]
    told += [text for role, text in pairs if role is Role.TYPE]
    return any(map(_is_elsewhere, (*told, cells.get(Role.NAME, ""))))


def _is_elsewhere(text: str) -> bool:
    if not text or not is_no_cookie(text) or "http" in text.casefold():
        return False
    bare = plain(text)
    return "cookie" not in bare or any(word in bare for word in _NO_COOKIES)


def _each_with_its_lifetime(name: str) -> list[tuple[str, str]]:
    """The names of a cell each of which has its lifetime behind it: "a (1 year)"."""
    pairs: list[tuple[str, str]] = []
    for line in name.split("\n"):
        match = _AND_LIFETIME.fullmatch(line) if len(line) <= _LINE_CHARACTERS else None
        if match is None or not says_lifetime(match[2]):
            return []
        pairs.append((match[1], match[2]))
    return pairs


def _purpose(cells: dict[Role, str], otherwise: Purpose) -> Purpose:
    for role in (Role.CATEGORY, Role.TYPE, Role.LABEL):
        text = cells.get(role)
        if text and (found := purpose_of(text)) is not None:
            return found
    return otherwise


def _descriptions(pairs: Sequence[Pair]) -> tuple[str, str]:
    """The category that one of several descriptions is, and the rest of them."""
    texts = [" ".join(text.split()) for role, text in pairs if role is Role.DESCRIPTION]
    texts = [text for text in texts if text]
    if len(texts) > 1:
        for text in texts:
            if len(text.split()) <= _CATEGORY_WORDS and purpose_of(text) is not None:
                return text, " ".join(other for other in texts if other != text)
    return "", " ".join(texts)


def _provider(cells: dict[Role, str]) -> str:
    if written := cells.get(Role.PROVIDER) or cells.get(Role.HOST):
        return " ".join(written.split())
    if others := _OF_OTHERS.search(cells.get(Role.TYPE, "")[:_LABEL_CHARACTERS]):
        return others[1].partition("  ")[0].strip()
    return _labelled(cells.get(Role.LABEL, "")[:_LABEL_CHARACTERS])


def _labelled(label: str) -> str:
    """The service that a label such as "Google Analytics cookie" begins with."""
    match = _SERVICE.match(label)
    name = _NO_SERVICE.sub("", match[0]).strip() if match else ""
    return "" if purpose_of(name) is not None and " " not in name else name


def _party(cells: dict[Role, str]) -> Party:
    told = (party_of(cells[r]) for r in (Role.TYPE, Role.PROVIDER, Role.CATEGORY) if r in cells)
    return next((party for party in told if party is not Party.UNKNOWN), Party.UNKNOWN)
