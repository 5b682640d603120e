"""What a person looks at and has marked: an immutable value, one new one for every change."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property

import msgspec

from cookietui.judging.explain import PURPOSE_TITLES, provider
from cookietui.model.cookie import CookieKey
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.filtering import Filter

_FAR_FUTURE = 2**63


class Grouping(StrEnum):
    """What cookies are grouped by."""

    PURPOSE = "purpose"
    KIND = "kind"
    PROVIDER = "provider"
    HOST = "host"
    PROFILE = "profile"


class Order(StrEnum):
    """What cookies are sorted by inside their group."""

    NAME = "name"
    LIFETIME = "lifetime"
    HOST = "host"


class Group(msgspec.Struct, frozen=True):
    """The heading of some cookies.

    Attributes:
        name: What they have in common.
        cookies: All of them that are shown.
        folded: Whether only the heading is to be seen.
    """

    name: str
    cookies: tuple[JudgedCookie, ...]
    folded: bool

    @property
    def purpose(self) -> Purpose:
        """The purpose of its first cookie, which is everyone's if they are grouped by purpose."""
        return self.cookies[0].verdict.purpose


Line = Group | JudgedCookie


class Selection(msgspec.Struct, frozen=True, dict=True):
    """The cookies of a site, as a person looks at them.

    Attributes:
        judged: All of them.
        now: When they were read, in microseconds since the Unix epoch.
        filter: Which are shown.
        grouping: What they are grouped by.
        order: What they are sorted by inside their group.
        marked: Which are to be deleted.
        released: Necessary or kept ones that may be marked all the same.
        folded: The names of groups of which only the heading is to be seen.
    """

    judged: tuple[JudgedCookie, ...] = ()
    now: int = 0
    filter: Filter = Filter()
    grouping: Grouping = Grouping.PURPOSE
    order: Order = Order.NAME
    marked: frozenset[CookieKey] = frozenset()
    released: frozenset[CookieKey] = frozenset()
    folded: frozenset[str] = frozenset()

    @cached_property
    def shown(self) -> tuple[JudgedCookie, ...]:
        """The cookies that the filter lets through."""
        return tuple(each for each in self.judged if self.filter.matches(each, self.now))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Headings and cookies from top to bottom."""
        lines: list[Line] = []
        for name, cookies in arranged(self.shown, self.grouping, self.order).items():
            folded = name in self.folded
            lines.append(Group(name, cookies, folded))
            lines += () if folded else cookies
        return tuple(lines)

    @cached_property
    def chosen(self) -> tuple[JudgedCookie, ...]:
        """The marked cookies, those hidden by the filter too."""
        return tuple(each for each in self.judged if each.cookie.key in self.marked)

    @cached_property
    def hidden(self) -> int:
        """How many marked cookies the filter hides."""
        return len(self.chosen) - sum(each.cookie.key in self.marked for each in self.shown)

    @property
    def removable(self) -> int:
        """How many are suggested for removal."""
        return sum(each.removable for each in self.judged)

    def counts(self) -> dict[Purpose, int]:
        """How many of each purpose are shown."""
        purposes = [each.verdict.purpose for each in self.shown]
        return {purpose: purposes.count(purpose) for purpose in Purpose}

    def protected(self, judged: JudgedCookie) -> bool:
        """Whether a cookie may not be marked: at all, or before it is released on purpose."""
        if judged.cookie.in_session_file:
            return True
        keep = judged.verdict.suggestion is Suggestion.KEEP
        return keep and judged.cookie.key not in self.released

    def is_marked(self, line: Line) -> bool:
        """Whether a cookie is marked, or every markable cookie of a group."""
        if isinstance(line, Group):
            markable = self._markable(line.cookies)
            return bool(markable) and markable <= self.marked
        return line.cookie.key in self.marked

    def toggled(self, line: Line) -> "Selection":
        """Mark a cookie or a group, or take the mark away; what is protected stays as it is."""
        keys = self._markable(line.cookies if isinstance(line, Group) else (line,))
        marked = self.marked - keys if self.is_marked(line) else self.marked | keys
        return self.with_changes(marked=marked)

    def marking_suggested(self) -> "Selection":
        """Mark all that is shown and suggested for removal: never anything to ask about."""
        suggested = (each for each in self.shown if each.verdict.suggestion is Suggestion.REMOVE)
        return self.with_changes(marked=self.marked | self._markable(suggested))

    def releasing(self, judged: JudgedCookie) -> "Selection":
        """Let a protected cookie be marked, or protect it again."""
        key = judged.cookie.key
        return self.with_changes(released=self.released ^ {key}, marked=self.marked - {key})

    def folding(self, group: Group) -> "Selection":
        """Fold a group or open it."""
        return self.with_changes(folded=self.folded ^ {group.name})

    def in_next_order(self) -> "Selection":
        """Sort by the next order."""
        orders = list(Order)
        following = orders[(orders.index(self.order) + 1) % len(orders)]
        return self.with_changes(order=following)

    def in_next_grouping(self) -> "Selection":
        """Group by the next grouping."""
        groupings = list(Grouping)
        following = groupings[(groupings.index(self.grouping) + 1) % len(groupings)]
        return self.with_changes(grouping=following, folded=frozenset())

    def of(self, judged: tuple[JudgedCookie, ...], now: int) -> "Selection":
        """Look at cookies in the same way as before, with the marks of those that may have one."""
        keys = {each.cookie.key for each in judged}
        changed = self.with_changes(judged=judged, now=now, released=self.released & keys)
        return changed.with_changes(marked=self.marked & changed._markable(judged))

    def with_changes(self, **changes: object) -> "Selection":
        """The same with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    def _markable(self, cookies: Iterable[JudgedCookie]) -> frozenset[CookieKey]:
        return frozenset(each.cookie.key for each in cookies if not self.protected(each))


def group_of(judged: JudgedCookie, grouping: Grouping) -> str:
    """The name of the group a cookie is in."""
    verdict, cookie = judged.verdict, judged.cookie
    return {
        Grouping.PURPOSE: PURPOSE_TITLES[verdict.purpose],
        Grouping.KIND: verdict.kind.value,
        Grouping.PROVIDER: provider(verdict),
        Grouping.HOST: cookie.domain,
        Grouping.PROFILE: cookie.key.profile,
    }[grouping]


def arranged(
    judged: Iterable[JudgedCookie], grouping: Grouping, order: Order
) -> dict[str, tuple[JudgedCookie, ...]]:
    """Put cookies into groups, and each group into order.

    Purposes come in the order in which people clean up, other groups by their names.
    """
    groups: dict[str, list[JudgedCookie]] = {}
    for each in sorted(judged, key=_order_key(order)):
        groups.setdefault(group_of(each, grouping), []).append(each)
    if grouping is Grouping.PURPOSE:
        names = [PURPOSE_TITLES[p] for p in Purpose if PURPOSE_TITLES[p] in groups]
    else:
        names = sorted(groups, key=str.casefold)
    return {name: tuple(groups[name]) for name in names}


def _order_key(order: Order) -> Callable[[JudgedCookie], tuple[object, ...]]:
    def key(judged: JudgedCookie) -> tuple[object, ...]:
        cookie = judged.cookie
        name = (cookie.name.casefold(), cookie.name, cookie.key.profile, cookie.host, cookie.id)
        if order is Order.LIFETIME:
            return (-(cookie.expires or (0 if cookie.session else _FAR_FUTURE)), *name)
        return (cookie.domain, *name) if order is Order.HOST else name

    return key
