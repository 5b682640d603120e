"""How long a cookie lives, as policies write it, in eight languages."""

import math
import re
import unicodedata
from functools import lru_cache

_REMEMBERED = 4_096
_SECONDS = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800,
    "month": 2_629_800, "year": 31_557_600,
}  # fmt: skip
_UNITS = (
    ("second", r"sec(ond)?s?|sekunden?|secondes?|segundos?|seconden?|sekund\w*|secondi|secondo"),
    ("minute", r"min(ute)?s?|minuten|minutos?|minut[ayu]?|minuut|minuti|minuto"),
    ("hour", r"h(ou)?rs?|hours?|stunden?|std|heures?|horas?|uur|uren|godzin\w*|or[ae]"),
    ("day", r"days?|d|tage?n?|jours?|dias?|dag(en)?|dni|dzien|dnia|giorn[io]|j"),
    ("week", r"weeks?|wochen?|semaines?|semanas?|weken|week|tydzien|tygodni\w*|settiman[ae]"),
    ("month", r"months?|mths?|monate?n?|mois|mes(es)?|maand(en)?|miesi[ae]c\w*|mes[ei]"),
    ("year", r"y(ea)?rs?|years?|y|jahre?n?|ans?|annees?|anos?|jaar|jaren|rok[iu]?|lata?|ann[io]"),
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "ten": 10, "twelve": 12,
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "zwei": 2, "drei": 3, "sechs": 6, "zwolf": 12,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "douze": 12, "uno": 1, "una": 1, "dos": 2, "tres": 3,
    "een": 1, "twee": 2, "drie": 3, "twaalf": 12, "jeden": 1, "jedna": 1, "dwa": 2, "dwie": 2,
    "trzy": 3, "um": 1, "uma": 1, "dois": 2, "duas": 2, "due": 2, "tre": 3, "dodici": 12,
    "thirty": 30, "half": 0.5, "half a": 0.5, "half an": 0.5, "halbes": 0.5,
}  # fmt: skip
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS)
_WORDS = "|".join(_NUMBERS)
_DURATION = re.compile(
    rf"(?<![\w.])(?P<count>\d{{1,6}}(?:[.,]\d{{1,6}})?(?!\d)|(?:{_WORDS})(?=[\s-]))"
    rf"[\s-]*(?:{_UNIT})\b(?!\.\w)"
)
_SESSION = re.compile(
    r"\bsess?ion|\bsitzung|\bseance|\bsesion|sessie\b|\bsesj|\bsessao|\bsessione|"
    r"(close|closing|closed|quit|exit|end of)\b.*\bbrowser|"
    r"browser\b.*\b(close|schlie|geschlossen|end)|"
    r"fermeture du navigateur|cerrar el navegador|sluit\w* (van )?(de|je|uw) browser|"
    r"zamkni\w+ przegladarki|fech\w+ o navegador|chiusura del browser"
)
_FOREVER = re.compile(
    r"\b(persist\w*|permanent\w*|never|forever|no expir\w*|dauerhaft|unbegrenzt|constant|"
    r"permanente?s?|indefini\w*|blijvend|staly|trwal\w+|illimit\w*|unlimited)\b"
)
_BEFORE = re.compile(
    r"(up to|bis zu|max(imum|imal)?\.?|expires after|jusqu'?a|hasta|tot|do|ate|fino a)\s*$"
)
_AFTER = re.compile(
    r"\s*((ab|seit|nach) (dem|der|ihrem) \S+ \S+|"
    r"(from|since|after) (the )?\S+( (visit|update|use))?)"
)
_APART = re.compile(r"[^\s,&]|, ")  # what stands between durations that do not add up
_WORDS_OF_LIFETIME = 8
_LONGEST = 400  # characters of a cell that holds a lifetime
_LONGEST_ALONE = 100  # characters of a cell that holds hardly anything else


def seconds_of(text: str) -> int | None:
    """How many seconds a written lifetime lasts: 0 for the session, None if it does not say.

    The longest it names counts: "30 minutes, up to 12 months" is 12 months. What adds up is added:
    "1 year 1 month".
    """
    return _seconds_of(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _seconds_of(text: str) -> int | None:
    bare = _plain(text)
    total, longest, end = 0.0, None, -1
    for match in _DURATION.finditer(bare):
        seconds = _number(match["count"]) * _SECONDS[_unit(match)]
        adds_up = end >= 0 and not _APART.search(bare[end : match.start()].replace("and", ""))
        total = total + seconds if adds_up else seconds
        longest = max(longest or 0.0, total)
        end = match.end()
    if longest is not None:
        return round(longest) if longest < math.inf else None
    return 0 if _SESSION.search(bare) else None


def says_lifetime(text: str) -> bool:
    """Whether a cell holds a lifetime and hardly anything else."""
    return 0 < len(text) <= _LONGEST and _says_lifetime(text)


@lru_cache(maxsize=_REMEMBERED)
def _says_lifetime(text: str) -> bool:
    bare = _plain(text)
    if not bare or len(bare) > _LONGEST_ALONE or len(bare.split()) > _WORDS_OF_LIFETIME:
        return False
    return any(pattern.search(bare) for pattern in (_DURATION, _SESSION, _FOREVER))


def leading_lifetime(text: str) -> str:
    """The words at the beginning of a text that name a lifetime; empty if it begins otherwise."""
    text = text[:_LONGEST]
    bare = _plain(text)
    if len(bare) != len(text):
        return ""  # places would not fit
    match = _DURATION.search(bare)
    if match and (not match.start() or _BEFORE.fullmatch(bare[: match.start()])):
        end = match.end()
        while more := _DURATION.match(bare, end + 1):
            end = more.end()
        after = _AFTER.match(bare, end)
        return text[: after.end() if after else end].strip()
    first = re.match(r"\S+", bare)
    if first and (_SESSION.fullmatch(first[0]) or _FOREVER.fullmatch(first[0])):
        return text[: first.end()]
    return ""


def trailing_lifetime(text: str) -> str:
    """The words at the end of a text that name a lifetime; empty if it ends otherwise."""
    words = text[-_LONGEST:].split()
    ends = (" ".join(words[-count:]) for count in range(_WORDS_OF_LIFETIME, 0, -1))
    return next((end for end in ends if end and leading_lifetime(end) == end), "")


def _plain(text: str) -> str:
    if not text.isascii():
        bare = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("\u2019", "'"))
        text = "".join(each for each in bare if not unicodedata.combining(each))
    return text.casefold().strip()


def _unit(match: re.Match[str]) -> str:
    return next(name for name, _ in _UNITS if match[name])


def _number(written: str) -> float:
    return _NUMBERS.get(written) or float(written.replace(",", "."))
