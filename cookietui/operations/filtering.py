"""Which cookies are meant: the same filter, in the same words, for the screen and for scripts."""

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from cookietui.catalogue.matching import glob
from cookietui.judging.explain import PURPOSE_TITLES, provider
from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.model.policy import Party, Purpose
from cookietui.model.site import under
from cookietui.model.verdict import JudgedCookie, KindName, Suggestion


class Filter(msgspec.Struct, frozen=True):
    """What a cookie must be like to be shown; what is not set does not narrow.

    Attributes:
        words: Each must occur in the name, host, provider, function or description.
        purposes: One of these.
        kinds: One of these.
        parties: One of these.
        suggestions: One of these.
        names: A glob that the name must match.
        hosts: The host, or one of its subdomains.
        providers: A part of the provider's name.
        containers: The name of the container.
        expired: Whether it has expired.
        session: Whether it is a session cookie.
        came_back: Whether it was set again after the person deleted it.
        longer: It lives for longer than this many microseconds.
        shorter: It lives for less than this many microseconds; session cookies do.
    """

    words: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    kinds: tuple[KindName, ...] = ()
    parties: tuple[Party, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    expired: bool | None = None
    session: bool | None = None
    came_back: bool | None = None
    longer: int | None = None
    shorter: int | None = None

    def __bool__(self) -> bool:
        return self != Filter()

    def matches(self, judged: JudgedCookie, now: int, text: str | None = None) -> bool:
        """Whether a cookie is like that.

        Args:
            judged: The cookie.
            now: Microseconds since the Unix epoch.
            text: Its searchable text, if it is at hand.
        """
        if self.words:
            text = searchable(judged) if text is None else text
            if not all(word in text for word in self.words):
                return False
        return self.only_words or (
            self._matches_verdict(judged)
            and self._matches_cookie(judged.cookie, now)
            and self.came_back in (None, judged.came_back is not None)
            and self._lives(judged.cookie, now)
        )

    @property
    def only_words(self) -> bool:
        """Whether it asks for nothing but words."""
        return self == Filter(words=self.words)

    def narrows(self, other: "Filter") -> bool:
        """Whether it lets nothing through that another does not, as when somebody types on."""
        if not other:
            return True
        more = msgspec.structs.replace(self, words=()) == msgspec.structs.replace(other, words=())
        return more and all(any(old in new for new in self.words) for old in other.words)

    def means(self, name: str, host: str) -> bool:
        """Whether a cookie of which only these two are known has such a name and host."""
        domain = host.removeprefix(".")
        return _any(self.names, lambda wanted: glob(wanted).fullmatch(name) is not None) and _any(
            self.hosts, lambda wanted: under(domain, wanted.strip(".").lower())
        )

    def _matches_verdict(self, judged: JudgedCookie) -> bool:
        verdict = judged.verdict
        who = provider(verdict).casefold()
        return (
            _one_of(verdict.purpose, self.purposes)
            and _one_of(verdict.kind, self.kinds)
            and _one_of(verdict.party, self.parties)
            and _one_of(verdict.suggestion, self.suggestions)
            and _any(self.providers, lambda wanted: wanted.casefold() in who)
        )

    def _matches_cookie(self, cookie: Cookie, now: int) -> bool:
        name = cookie.container.name or str(cookie.container.id) if cookie.container else "none"
        return (
            self.means(cookie.name, cookie.host)
            and _any(self.containers, lambda wanted: wanted.casefold() == name.casefold())
            and self.expired in (None, cookie.expired(now))
            and self.session in (None, cookie.session)
        )

    def _lives(self, cookie: Cookie, now: int) -> bool:
        if self.longer is None and self.shorter is None:
            return True
        left = cookie.lifetime(now)
        if left is None:
            # A session cookie goes first; of others it is not known how long they stay.
            return cookie.session and self.longer is None
        above = self.longer is None or left > self.longer
        return above and (self.shorter is None or left < self.shorter)


_PREFIXES: dict[str, tuple[str, type[StrEnum] | None]] = {
    "purpose": ("purposes", Purpose),
    "type": ("kinds", KindName),
    "party": ("parties", Party),
    "suggestion": ("suggestions", Suggestion),
    "name": ("names", None),
    "host": ("hosts", None),
    "provider": ("providers", None),
    "container": ("containers", None),
}


FLAGS = ("expired", "session", "came-back")
_EXPIRES = "expires"
_SPAN = re.compile(r"([<>])(\d{1,6})(min|h|d|w|mo|y)")
_UNITS = {
    "min": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 2_629_800, "y": 31_557_600,
}  # fmt: skip


def parse_span(text: str) -> dict[str, int]:
    """Read ``>1y`` or ``<30d``: the field of a filter and its microseconds; empty for others."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return {}
    field = "longer" if match[1] == ">" else "shorter"
    return {field: int(match[2]) * _UNITS[match[3]] * MICROSECONDS}


def completions(text: str) -> tuple[str, ...]:
    """What the last word of a filter could become, the likeliest first."""
    last = text.rpartition(" ")[2]
    if not last:
        return ()
    prefix, colon, value = last.partition(":")
    if not colon:
        words = (*(f"{name}:" for name in _PREFIXES), f"{_EXPIRES}:>", *FLAGS)
        return tuple(word for word in words if word.startswith(last) and word != last)
    choices = _PREFIXES[prefix][1] if prefix in _PREFIXES else None
    return tuple(
        f"{prefix}:{choice.value}"
        for choice in choices or ()
        if choice.value.startswith(value) and choice.value != value
    )


def parse_filter(text: str) -> Filter:
    """Read what a person types: words, and ``purpose:marketing`` and the like.

    A prefix whose value is not complete yet narrows nothing, so that the list does not go empty
    while the person is typing.
    """
    found: dict[str, list[str]] = {}
    words = []
    flags: dict[str, bool] = {}
    spans: dict[str, int] = {}
    for part in text.split():
        prefix, colon, value = part.partition(":")
        if colon and prefix in _PREFIXES:
            field, choices = _PREFIXES[prefix]
            found.setdefault(field, []).extend(_values(value, choices))
        elif colon and prefix == _EXPIRES:
            spans |= parse_span(value)
        elif part in FLAGS:
            flags[part.replace("-", "_")] = True
        else:
            words.append(part.casefold())
    lists = {field: tuple(values) for field, values in found.items() if values}
    return msgspec.convert({"words": tuple(words), **lists, **flags, **spans}, Filter)


def _values(text: str, choices: type[StrEnum] | None) -> list[str]:
    values = [value for value in text.split(",") if value]
    if choices is None:
        return values
    known = {choice.value for choice in choices}
    return [value for value in values if value in known]


def searchable(judged: JudgedCookie) -> str:
    """The text in which the words of a filter are looked for, in one case."""
    declared = judged.verdict.declared
    texts = [judged.cookie.name, judged.cookie.host, PURPOSE_TITLES[judged.verdict.purpose]]
    if declared:
        declaration = declared.declaration
        texts += [declared.provider, declaration.function, declaration.description]
    return "\n".join(texts).casefold()


def _one_of(value: object, wanted: tuple[object, ...]) -> bool:
    return not wanted or value in wanted


def _any(wanted: tuple[str, ...], holds: Callable[[str], bool]) -> bool:
    return not wanted or any(holds(each) for each in wanted)
