"""Which cookies are meant: the same filter, in the same words, for the screen and for scripts."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from cookietui.catalogue.matching import glob
from cookietui.judging.explain import PURPOSE_TITLES, provider
from cookietui.model.cookie import Cookie
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

    def __bool__(self) -> bool:
        return self != Filter()

    def matches(self, judged: JudgedCookie, now: int) -> bool:
        """Whether a cookie is like that.

        Args:
            judged: The cookie.
            now: Microseconds since the Unix epoch.
        """
        return (
            self._matches_verdict(judged)
            and self._matches_cookie(judged.cookie, now)
            and all(word in _searchable(judged) for word in self.words)
        )

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


def parse_filter(text: str) -> Filter:
    """Read what a person types: words, and ``purpose:marketing`` and the like.

    A prefix whose value is not complete yet narrows nothing, so that the list does not go empty
    while the person is typing.
    """
    found: dict[str, list[str]] = {}
    words = []
    flags: dict[str, bool] = {}
    for part in text.split():
        prefix, colon, value = part.partition(":")
        if colon and prefix in _PREFIXES:
            field, choices = _PREFIXES[prefix]
            found.setdefault(field, []).extend(_values(value, choices))
        elif part in ("expired", "session"):
            flags[part] = True
        else:
            words.append(part.casefold())
    lists = {field: tuple(values) for field, values in found.items() if values}
    return msgspec.convert({"words": tuple(words), **lists, **flags}, Filter)


def _values(text: str, choices: type[StrEnum] | None) -> list[str]:
    values = [value for value in text.split(",") if value]
    if choices is None:
        return values
    known = {choice.value for choice in choices}
    return [value for value in values if value in known]


def _searchable(judged: JudgedCookie) -> str:
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
