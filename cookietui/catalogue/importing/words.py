"""What the words of a cookie policy say: what a column holds, what a cookie is for, whose it is.

Texts are compared without accents and case; headings by how their words begin.
"""

import re
import unicodedata
from functools import lru_cache

from cookietui.catalogue.importing.vocabulary import PHRASES, PURPOSES, ROLES, WHOLE, Role
from cookietui.model.policy import Party, Purpose

__all__ = [
    "Role",
    "denies_cookie",
    "is_anonymous",
    "is_no_cookie",
    "party_of",
    "plain",
    "purpose_of",
    "role_of",
    "surely_name",
]
_REMEMBERED = 4_096
_LONGEST = 1_000  # characters that are looked at; nothing longer is a heading or a category
_BEGINNING = 80  # characters that hold how a description begins
_HEADING_WORDS = 6
_HEADING_CHARACTERS = 48
_ROLES = tuple(
    (
        role,
        frozenset(words.split()) & WHOLE,
        tuple(word for word in words.split() if word not in WHOLE),
    )
    for role, words in ROLES
)
_SURELY_NAME = re.compile(
    r"(cookie[- ]?)(name|id|key)|(technical|technischer) name|nom du cookie|nombre de la cookie|"
    r"nazwa (pliku )?cookie|nome do cookie|nome del cookie|naam van de cookie"
)
_PURPOSES = tuple((purpose, re.compile(rf"\b({words})\b")) for purpose, words in PURPOSES)
_UNCLASSIFIED = re.compile(
    r"\b(unclassified|uncategori[sz]ed|unknown|nicht klassifiziert\w*|unklassifiziert\w*|"
    r"non class\w+|sin clasificar|no clasificad\w+|niet geclassificeerd\w*|nieklasyfikowan\w*|"
    r"nao classificad\w+|non classificat\w+)\b"
)
_NOT = re.compile(
    r"\b(non?|not|nicht|niet|nie|nao|un)[- ]?(strictly |strictement |unbedingt |technisch )?"
    r"(necess|essen|required|notwendig|erforderlich|noodzakelijk|niezbedn|konieczn|obrigat|"
    r"obligat|indispens)\w*"
)
_THIRD = re.compile(
    r"\b(third|3rd)[- ]?part|drittanbieter|von dritten|\btiers\b|tierce|\bterceros?\b|"
    r"\btercer[oa]s\b|\bderden?\b|podmiot\w* trzeci|stron trzeci|\bterceir\w+|\bterz[ei] part|"
    r"di terz"
)
_FIRST = re.compile(
    r"\b(first|1st)[- ]?(part|and\b|or\b|[/&])|"
    r"erstanbieter|\beigen\w* cookie|\bpremiere partie|\binterne\b|"
    r"\bpropr?i[ao]s?\b|eerste partij|wlasn\w+|\bprima parte|\bproprietar"
)
_STORAGE = re.compile(
    r"(local|session|html5?|web|dom)[-_ ]?(local[-_ ]?)?(storage|speicher)|localstorage|"
    r"sessionstorage|indexed ?db|lokale[rn]? speicher|stockage local|almacenamiento local|"
    r"lokale opslag|pamiec lokalna|armazenamento local|archiviazione locale|\bpixel\b|"
    r"pixel_tracker|web ?beacon|flash cookie|\blso\b|cache api|service worker|"
    r"archivi\w* locale|memoria locale"
)
# Kinds of storage as consent tools write them in a column of their own.
_OTHER_STORAGE = frozenset({"html", "web", "idb", "app", "local", "html local", "web storage"})
_DENIED = re.compile(
    r"(this is |das ist |ist |c'est |es |dit is )?"
    r"(not a|no|kein|keine|pas un|no es una|geen|nie jest|nao e um|non e un) cookie\b"
)
_ANONYMOUS = re.compile(
    r"\banonym(i[sz]|ous|is|e\b|es\b|en\b)|\banonimi?[sz]?[aeouy]|\banoniem|nobody is identified"
)


def plain(text: str) -> str:
    """Make a text comparable: no accents, one case, single spaces."""
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
        letters = "".join(each for each in bare if not unicodedata.combining(each))
        text = letters.replace("\u2019", "'")
    return " ".join(text.casefold().split())


def role_of(heading: str) -> Role | None:
    """What a column of this heading holds, or the value behind this key; None if it is neither."""
    return _role_of(heading) if len(heading) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _role_of(heading: str) -> Role | None:
    text = plain(heading).strip(" :*.#-").removesuffix("(s)")
    text = re.sub(r"(?<!\s)\s*\([^()]*\)", "", text) or text
    short = 0 < len(text) <= _HEADING_CHARACTERS and len(text.split()) <= _HEADING_WORDS
    if not short or ":" in text:
        return None
    if text in PHRASES:
        return PHRASES[text]
    if _SURELY_NAME.search(text):
        return Role.NAME
    if _FIRST.search(text) and _THIRD.search(text):
        return Role.TYPE
    words = [word for word in re.split(r"[^a-z0-9]+", text.replace("'s", "")) if word]
    fitting = (
        role
        for role, whole, beginnings in _ROLES
        if any(word in whole or word.startswith(beginnings) for word in words)
    )
    return next(fitting, None)


def surely_name(heading: str) -> bool:
    """Whether a heading says that names of cookies stand below it, and nothing else can."""
    return _SURELY_NAME.search(plain(heading)) is not None


def purpose_of(text: str) -> Purpose | None:
    """The purpose that a heading or a cell names; None if none, UNKNOWN if it says it is not known.

    Necessary wins over everything else beside it; otherwise what is named first counts.
    """
    return _purpose_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _purpose_of(text: str) -> Purpose | None:
    bare = _NOT.sub("", plain(text))
    if _UNCLASSIFIED.search(bare):
        return Purpose.UNKNOWN
    found = {purpose: match.start() for purpose, one in _PURPOSES if (match := one.search(bare))}
    if Purpose.NECESSARY in found:
        return Purpose.NECESSARY
    return min(found, key=lambda purpose: found[purpose], default=None)


def party_of(text: str) -> Party:
    """The party that a cell names."""
    return _party_of(text) if len(text) <= _LONGEST else Party.UNKNOWN


@lru_cache(maxsize=_REMEMBERED)
def _party_of(text: str) -> Party:
    bare = plain(text)
    third, first = _THIRD.search(bare), _FIRST.search(bare)
    if bool(third) is bool(first):
        return Party.UNKNOWN
    return Party.THIRD if third else Party.FIRST


def is_no_cookie(text: str) -> bool:
    """Whether a cell says that something is kept elsewhere than in a cookie."""
    return _is_no_cookie(text[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _is_no_cookie(text: str) -> bool:
    bare = plain(text)
    return bare in _OTHER_STORAGE or _STORAGE.search(bare) is not None


def denies_cookie(text: str) -> bool:
    """Whether a description begins by saying that this is no cookie."""
    return _DENIED.match(plain(text[:_BEGINNING])) is not None


def is_anonymous(text: str) -> bool:
    """Whether a text says that it leads to no person."""
    return _ANONYMOUS.search(plain(text)) is not None
