"""Which cookies are meant: the same filter, in the same words, for the screen and for scripts."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import msgspec

from cookietui.catalogue.matching import glob
from cookietui.judging.explain import PURPOSE_TITLES, provider
from cookietui.model.cookie import MICROSECONDS, Container, Cookie
from cookietui.model.policy import Party, Purpose
from cookietui.model.site import under
from cookietui.model.verdict import JudgedCookie, KindName, Suggestion, Verdict

Test = Callable[[JudgedCookie], bool]


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

    def matches(self, judged: JudgedCookie, now: int) -> bool:
        """Whether a cookie is like that.

        Args:
            judged: The cookie.
            now: Microseconds since the Unix epoch.
        """
        if self.words:
            (text,) = searchable([judged])
            if not all(word in text for word in self.words):
                return False
        return all(holds(judged) for holds in self.tests(now))

    def tests(self, now: int) -> tuple[Test, ...]:
        """What a cookie is asked beside its words; nothing about what is not set.

        Args:
            now: Microseconds since the Unix epoch.
        """
        spans = (self.longer, self.shorter)
        questions: tuple[tuple[object, Test], ...] = (
            (self.purposes, lambda each: each.verdict.purpose in self.purposes),
            (self.kinds, lambda each: each.verdict.kind in self.kinds),
            (self.parties, lambda each: each.verdict.party in self.parties),
            (self.suggestions, lambda each: each.verdict.suggestion in self.suggestions),
            (self.providers, lambda each: self._is_by(provider(each.verdict))),
            (self.names or self.hosts, lambda each: self.means(each.cookie.name, each.cookie.host)),
            (self.containers, lambda each: self._is_in(each.cookie.container)),
            (self.expired is not None, lambda each: each.cookie.expired(now) is self.expired),
            (self.session is not None, lambda each: each.cookie.session is self.session),
            (
                self.came_back is not None,
                lambda each: (each.came_back is None) is not self.came_back,
            ),
            (spans != (None, None), lambda each: self._lives(each.cookie, now)),
        )
        return tuple(holds for asked, holds in questions if asked)

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

    def _is_by(self, who: str) -> bool:
        return any(wanted.casefold() in who.casefold() for wanted in self.providers)

    def _is_in(self, container: Container | None) -> bool:
        name = container.name or str(container.id) if container else "none"
        return any(wanted.casefold() == name.casefold() for wanted in self.containers)

    def _lives(self, cookie: Cookie, now: int) -> bool:
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


def searchable(judged: Iterable[JudgedCookie]) -> Iterator[str]:
    """The texts in which the words of a filter are looked for, in one case."""
    said: dict[tuple[int, Purpose], str] = {}  # by identity: comparing takes longer than reading
    for each in judged:
        cookie, verdict = each.cookie, each.verdict
        key = (id(verdict.declared), verdict.purpose)
        if key not in said:
            said[key] = _said_of(verdict).casefold()
        yield f"{cookie.name}\n{cookie.host}\n".casefold() + said[key]


def _said_of(verdict: Verdict) -> str:
    texts = [PURPOSE_TITLES[verdict.purpose]]
    if verdict.declared:
        declaration = verdict.declared.declaration
        texts += [verdict.declared.provider, declaration.function, declaration.description]
    return "\n".join(texts)


def _any(wanted: tuple[str, ...], holds: Callable[[str], bool]) -> bool:
    return not wanted or any(holds(each) for each in wanted)
