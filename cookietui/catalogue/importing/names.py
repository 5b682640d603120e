"""Names of cookies as people write them: several in a cell, with wildcards in every notation."""

import re
from functools import lru_cache
from itertools import chain

import msgspec

from cookietui.model.policy import Match

_LONGEST = 200
_MOST = 200  # names in one cell
_REMEMBERED = 4_096
_TIMES = "x\u00d7"
_OPEN, _CLOSE = "(\uff08", ")\uff09"  # brackets of either width
# What stands for something else each time: <id>, {site_id}, [ID], %s, xxx, ###, ...
_PLACEHOLDER = r"<[^<>]{0,60}>|\{\{?[^{}]{0,60}\}\}?"
_HOLES = re.compile(
    rf"{_PLACEHOLDER}|\[[^\[\]]{{0,60}}\]|%[A-Za-z_]{{2,40}}%|%[sd]\b|(?<=[_.-])%(?=[_.-]|$)|"
    r"(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|(?<=[_.-])[xX]{2,}|(?<![A-Z])X{3,}|(?<![a-z])x{3,}|"
    r"[xX]{4,}$|(?<=[_.-])[nN]{2,}(?![A-Za-z])|#+|\*+|\u2026|\.{3,}|"
    r"(?<=[_-])(?:[Ii][Dd]|N)(?=[>\]])"
)
_BRACKETS = re.compile(rf"{_PLACEHOLDER}|\[(?!\s*[{_TIMES}]\s*\d)[^\[\]]{{0,60}}\]")
_HIDDEN = "\0"
_COUNT = re.compile(rf"\s*[\[(]\s*[{_TIMES}]\s*\d+\s*[\])]|\s+[{_TIMES}]\d+$")
_FOLLOWED = re.compile(
    r"\s*\((?:[^()]{0,20}\b(?:followed|gefolgt|suivi|seguid|gevolgd|seguit|nastepuje|plus|and a|"
    r"mit)\b[^()]{0,60}|"
    r"(?:prefix|wildcard|prefijo|prefisso|przedrostek|voorvoegsel|prefixe)[^()]{0,30})\)",
    re.IGNORECASE,
)
_STARTING = re.compile(
    r"^(?:(?:any|all|every|each)\s+cookies?\s+|cookies?\s+)?"
    r"(?:(?:whose|with)\s+names?\s+|names?\s+)?(?:that\s+)?"
    r"(?:starting|beginning|starts?|begins?|beginnend|qui\s+commencent|commençant|que\s+empiez\w+|"
    r"que\s+começa\w*|met\s+begin|zaczynając\w+)\s+"
    r"(?:with|by|mit|par|con|por|com|per|od|się\s+od)\s+",
    re.IGNORECASE,
)
_WITHIN = rf"[^{_OPEN}{_CLOSE}]"
_ASIDE = re.compile(rf"\s*[{_OPEN}]{_WITHIN}{{0,120}}[{_CLOSE}]\s*$")
_HELD_TOGETHER = re.compile(rf"[{_OPEN}]{_WITHIN}{{0,160}}[{_CLOSE}]")
_BETWEEN = re.compile(
    r"\s*[,;\n·•|]\s*|\s+(?:/|&|\+|and|und|et|y|en|i|e|ed|ou|or|oder|of|oraz|sowie)\s+|"
    r"(?<=\w)\s*/\s+"
)
_QUOTES = "\"'`\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u2039\u203a"
_AROUND = _QUOTES + ",;:()"
_TOKEN = re.compile(rf"[!#$%&'*+\-.^_`|~0-9A-Za-z:@/=<>{{}}\[\]()\u2026{_TIMES}]+")
_SIMPLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PLAIN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z:@/=]+")
_DOMAIN = re.compile(
    r"(https?://\S+|www\.\S+|\.?([a-z0-9-]+\.)+(com|org|net|io|eu|example|de|fr|es|nl|pl|pt|it|co|"
    r"uk|us|be|ch|at|ie|info|tv|me|dev|app|gov|edu|js|php|html?|pdf|aspx?))",
    re.IGNORECASE,
)
_ORDINARY = re.compile(
    r"[A-Z]?[a-zà-ÿ']+|[A-Z][a-z]+([A-Z][a-z]+){1,2}|[A-Z]{2,}s?|\d+([.,:]\d+)*|[a-z]+(-[a-z]+)+|"
    r"[A-Z][a-z]+(-[A-Za-z][a-z]+)+"
)
# What no ordinary word has: an underscore, a capital or digit within, a wildcard at the end ...
_ODD = re.compile(r"_|[a-z][A-Z]|[A-Za-z]\d|\*$|^\.[A-Za-z]")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]{4,}")
_NO_NAME = ("http", "/", "www.", "#", "@", "--")  # beginnings
_FEW = 4  # words of a name with blanks
_NOTHING = frozenset(
    """
    none no aucun aucune keine keiner ninguna ninguno geen brak nenhum nessuno n/a - -- ... nvt
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
_BRANDS = frozenset({"iPhone", "iPad", "iOS", "macOS", "iTunes", "eBay", "reCAPTCHA", "jQuery"})
# What stands on a line of its own under a name: who gives the service.
_BRAND = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+([A-Z][a-z]+)*([ .-].{1,60})?")
# Names that are always followed by a number of the site or visitor, though policies leave it out.
_SUFFIXED = frozenset(
    """
    _pk_id _pk_ses _pk_ref _pk_cvar _pk_hsr Hm_lvt Hm_lpvt _hjSession _hjSessionUser _sp_id
    _sp_ses wordpress_logged_in wordpress_sec wp-settings wp-settings-time wp-postpass
    comment_author comment_author_email comment_author_url visid_incap incap_ses nlbi
    _gat_gtag_UA _dc_gtm_UA intercom-id intercom-session intercom-device-id amplitude_id
    _uetmsdns
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)


class Named(msgspec.Struct, frozen=True):
    """One name of a cell.

    Attributes:
        written: As it stands there.
        pattern: A name, or a glob in which only ``*`` is special.
        match: Which of the two.
    """

    written: str
    pattern: str
    match: Match


def names_in(cell: str) -> tuple[Named, ...]:
    """Read the names in a cell; none if it holds something else, such as a sentence."""
    return _names_in(cell) if len(cell) <= _LONGEST else _read_names(cell)


@lru_cache(maxsize=_REMEMBERED)
def _names_in(cell: str) -> tuple[Named, ...]:
    return _read_names(cell)


def _read_names(cell: str) -> tuple[Named, ...]:
    written = cell.strip()
    if _SIMPLE.fullmatch(written):  # as nearly every cell is
        return (_named(written, written),) if can_be_name(written) else ()
    if not written or len(written) > _LONGEST * _MOST:
        return ()
    # One blank instead of many: some patterns would look at each of thousands again and again.
    whole = _held_together(_BRACKETS.sub("*", re.sub(r"[^\S\n]+", " ", written)))
    parts = [part for part in _BETWEEN.split(whole) if part.strip(_QUOTES + " .")]
    if len(parts) == 1:
        return tuple(_whole(parts[0]))
    if len(parts) > _MOST:
        return ()
    if "\n" in written and not all(map(_BRAND.fullmatch, written.split("\n"))):
        parts = [parts[0], *(part for part in parts[1:] if not _BRAND.fullmatch(part.strip()))]
    found = [tuple(_whole(part)) for part in parts]
    # A part that is no name makes a sentence of all of it, unless the others cannot be words.
    if not all(found) and not any(looks_like_name(named.written) for named in chain(*found)):
        return ()
    return tuple(dict.fromkeys(chain(*found)))


def looks_like_name(token: str) -> bool:
    """Whether a token can hardly be anything but the name of a cookie."""
    return len(token) <= 2 * _LONGEST and _looks_like_name(token)


@lru_cache(maxsize=_REMEMBERED)
def _looks_like_name(token: str) -> bool:
    bare = token.strip(_AROUND if token.startswith(".") else _AROUND + ".")
    if not 2 < len(bare) <= _LONGEST or not _TOKEN.fullmatch(bare):  # noqa: PLR2004 - "_a" is none
        return False
    if bare.startswith(_NO_NAME) or bare.count("/") > 1 or _DOMAIN.fullmatch(bare):
        return False
    if bare in _BRANDS or _ORDINARY.fullmatch(bare) or not re.search(r"[A-Za-z]", bare):
        return False
    odd = _ODD.search(bare) or _CAPITALS.fullmatch(bare)
    return bool(odd or ("-" in bare and _HOLES.search(bare)))


def can_be_name(token: str) -> bool:
    """Whether a token may be a name where a name is expected."""
    if len(token) > 2 * _LONGEST:
        return False
    bare = token.strip(_QUOTES)
    fits = 0 < len(bare) <= _LONGEST and bare.lower() not in _NOTHING
    return fits and _TOKEN.fullmatch(bare) is not None


def _whole(part: str) -> list[Named]:
    """Read one name, or several that only blanks stand between."""
    text = part.replace(_HIDDEN, " ").strip(" \t" + _QUOTES).strip()
    alone = _alone(text)
    if not alone:
        return []
    if _STARTING.match(text) or _FOLLOWED.search(text):
        first = alone.split()[0].strip(_QUOTES + ",.")
        return [_named(part.strip(), first.rstrip("*") + "*")] if can_be_name(first) else []
    tokens = alone.split()
    if len(tokens) == 1:
        return [_named(alone, alone)] if can_be_name(alone) else []
    if all(map(looks_like_name, tokens)):
        return [_named(token, token) for token in tokens]
    # "ASP.Net Session Id": few words, and the first cannot be a word of any sentence.
    if len(tokens) <= _FEW and _is_odd(tokens[0]) and all(map(_PLAIN.fullmatch, tokens)):
        return [_named(alone, alone)]
    return []


def _alone(text: str) -> str:
    """A name without what is said about it: "any cookie starting with", "[x2]", "(third party)"."""
    text = _COUNT.sub("", _FOLLOWED.sub("", _STARTING.sub("", text)))
    text = (_ASIDE.sub("", text) or text).strip(" \t" + _QUOTES)
    return text.removesuffix(" cookie").removesuffix(" Cookie").strip(_QUOTES).strip()


def _is_odd(token: str) -> bool:
    """Whether a token is no ordinary word."""
    if len(token) > _LONGEST:
        return False
    domain = token.islower() and _DOMAIN.fullmatch(token)
    return not _ORDINARY.fullmatch(token) and not domain and token[:1].isalnum()


def _named(written: str, name: str) -> Named:
    pattern = re.sub(r"\*[*.]*\*|\*{2,}|\*[-_.][xXnN]$", "*", _HOLES.sub("*", name))
    open_ended = len(pattern) > 2 and pattern.endswith(("_", "-")) and "*" not in pattern  # noqa: PLR2004
    if pattern in _SUFFIXED or open_ended:
        pattern += "*"
    if not pattern.strip("*"):
        return Named(written, name, Match.EXACT)
    return Named(written, pattern, Match.GLOB if "*" in pattern else Match.EXACT)


def _held_together(text: str) -> str:
    """Hide what stands in an aside from what stands between names."""
    return _HELD_TOGETHER.sub(lambda aside: re.sub(r"[\s,;/]", _HIDDEN, aside[0]), text)
