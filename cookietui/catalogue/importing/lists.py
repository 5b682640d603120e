"""Lists of cookies: terms with what is said about them, entries that begin with a name."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cookietui.catalogue.importing.declaring import Pair
from cookietui.catalogue.importing.elements import Kind, Line
from cookietui.catalogue.importing.key_values import KEY, key_at
from cookietui.catalogue.importing.names import can_be_name, looks_like_name, names_in
from cookietui.catalogue.importing.words import Role, party_of, purpose_of, role_of
from cookietui.model.lifetime import says_lifetime, seconds_of
from cookietui.model.policy import Party

Known = Callable[[str], bool]

_CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+([A-Z][a-z]+)*")
_DASHES = "\u2013\u2014-"
_LEAD = re.compile(
    rf"^(.{{1,120}}?)(?: [{_DASHES}]{{1,2}} | ?[:\uff1a] | ?-> ?| [(\uff08]| ?= )(.+)$", re.DOTALL
)
_BETWEEN = f" {_DASHES}:\uff1a>="
_PARTS = re.compile(rf" [{_DASHES}] | ?; |, |\. | ?[(\uff08]|[)\uff09] ?:? ?")
_SERVICE = re.compile(
    rf"^([^():]{{2,60}}?) ?[(]([^()]{{2,200}})[)] ?[:{_DASHES}] ?(.+)$", re.DOTALL
)
_SHORT = 3  # words of a part that names a service or a party


class Lists:
    """Tells which lines of a run are entries about cookies, and reads them.

    Args:
        lines: The run.
        known: Whether a word is a name of a cookie that providers declare.
    """

    def __init__(self, lines: Sequence[Line], known: Known) -> None:
        self._lines = lines
        self._known = known
        self._likely = self._likely_entries()

    def terms(self, place: int) -> tuple[int, list[Pair]]:
        """Read terms and what is said about them: where that ends, and what it says."""
        lines = self._lines
        end = place
        while end < len(lines) and lines[end].kind is Kind.TERM and lines[end] in self._likely:
            end += 1
        if end == place:
            return place, []
        pairs: list[Pair] = [(Role.NAME, "\n".join(line.text for line in lines[place:end]))]
        description: list[str] = []
        while end < len(lines) and lines[end].kind is not Kind.TERM:
            if (key := key_at(lines, end)) is not None:
                pairs.append((key.role, key.value))
                end = key.end
            else:
                description.append(lines[end].text)
                end += 1
        lifetime = next(filter(says_lifetime, description), "")
        told = " ".join(text for text in description if text != lifetime)
        return end, [*pairs, (Role.DESCRIPTION, told), (Role.LIFETIME, lifetime)]

    def entry(self, line: Line) -> list[Pair]:
        """Read an entry such as "_ga - Google Analytics, 2 years, tells visitors apart"."""
        if line.kind is not Kind.ITEM or line not in self._likely:
            return []
        lead = _lead(line)
        pairs: list[Pair] = [(Role.NAME, lead)]
        others: list[str] = []
        for part in _parts(line.text[len(lead) :].lstrip(_BETWEEN)):
            pair = _told(part)
            if pair is not None:
                pairs.append(pair)
            else:
                others.append(part.lstrip(_BETWEEN))
        lifetimes = [part for part in others if says_lifetime(part)]
        rest = [part for part in others if part not in lifetimes]
        if lifetimes:
            lifetime = next(filter(seconds_of, lifetimes), lifetimes[-1])
            pairs.append((Role.LIFETIME, lifetime))
            rest += [part for part in lifetimes if part != lifetime]
        if len(rest) > 1 and rest[0][:1].isupper() and len(rest[0].split()) <= _SHORT:
            pairs.append((Role.PROVIDER, rest.pop(0)))
        return [*pairs, (Role.DESCRIPTION, ", ".join(rest))]

    def service(self, line: Line) -> list[Pair]:
        """Read a line such as "Matomo (_pk_id, _pk_ses): counts visits, 13 months"."""
        match = _SERVICE.match(line.text)
        if not match or not self._surely(match[2]):
            return []
        parts = _parts(match[3])
        told = next(filter(says_lifetime, parts), "")
        words = told.split()
        if words and role_of(words[0]) is Role.LIFETIME:
            words = words[1:]
        return [
            (Role.PROVIDER, match[1]),
            (Role.NAME, match[2]),
            (Role.DESCRIPTION, ", ".join(part for part in parts if part != told)),
            (Role.LIFETIME, " ".join(words)),
        ]

    def _likely_entries(self) -> set[Line]:
        """The lines of lists most of whose entries begin with what can only be a name."""
        likely: set[Line] = set()
        for group in _groups(self._lines):
            leads = [(line, _lead(line)) for line in group]
            sure = [line for line, lead in leads if self._surely(lead)]
            possible = [line for line, lead in leads if _may_be_name(lead)]
            likely.update(sure)
            if sure and 2 * len(possible) > len(group):
                likely.update(possible)
        return likely

    def _surely(self, lead: str) -> bool:
        return any(looks_like_name(n.written) or self._known(n.written) for n in names_in(lead))


def is_name_alone(text: str, known: Known) -> bool:
    """Whether a heading is nothing but names of cookies."""
    words = [word.strip(",") for word in text.split()]
    return bool(words) and all(
        can_be_name(word) and (looks_like_name(word) or known(word)) for word in words
    )


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The entries of each list, or its terms."""
    group: list[Line] = []
    for line in lines:
        if line.kind not in (Kind.ITEM, Kind.TERM):
            continue
        if group and group[-1].kind is not line.kind:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _lead(line: Line) -> str:
    """What an entry begins with, where a name may stand; empty if none does."""
    if line.kind is Kind.TERM:
        return line.text
    match = _LEAD.match(line.text)
    if match and names_in(match[1]):
        return match[1]
    words = line.text.split(maxsplit=1)
    first = words[0].rstrip(",;:") if words else ""
    return first if names_in(first) and (len(words) == 1 or looks_like_name(first)) else ""


def _may_be_name(lead: str) -> bool:
    if _CAPITALISED.fullmatch(lead) or (purpose_of(lead) and not looks_like_name(lead)):
        return False
    return bool(names_in(lead))


def _parts(text: str) -> list[str]:
    return [part.strip(" .") for part in _PARTS.split(text) if part.strip(" .")]


def _told(part: str) -> Pair | None:
    """What a part of an entry is about, if it says so itself or names a party."""
    key = KEY.match(part)
    role = role_of(key[1]) if key and key[2] else None
    if key and role is not None:
        return role, key[2]
    if says_lifetime(part) or len(part.split()) > _SHORT or party_of(part) is Party.UNKNOWN:
        return None
    return Role.TYPE, part
