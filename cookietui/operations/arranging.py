"""What cookies are grouped and sorted by."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import StrEnum

from cookietui.judging.explain import PURPOSE_TITLES, provider
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie

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


GROUP_NAMES: dict[Grouping, Callable[[JudgedCookie], str]] = {
    Grouping.PURPOSE: lambda each: PURPOSE_TITLES[each.verdict.purpose],
    Grouping.KIND: lambda each: each.verdict.kind.value,
    Grouping.PROVIDER: lambda each: provider(each.verdict),
    Grouping.HOST: lambda each: each.cookie.domain,
    Grouping.PROFILE: lambda each: each.cookie.key.profile,
}
"""The name of the group in which a cookie belongs."""


def arranged(
    named: Iterable[tuple[str, JudgedCookie]], grouping: Grouping
) -> dict[str, tuple[JudgedCookie, ...]]:
    """Put cookies into the groups they are named with, in which they keep their order.

    Purposes come in the order in which people clean up, other groups by their names.
    """
    groups: defaultdict[str, list[JudgedCookie]] = defaultdict(list)
    for name, each in named:
        groups[name].append(each)
    if grouping is Grouping.PURPOSE:
        names = [PURPOSE_TITLES[p] for p in Purpose if PURPOSE_TITLES[p] in groups]
    else:
        names = sorted(groups, key=str.casefold)
    return {name: tuple(groups[name]) for name in names}


def order_key(order: Order) -> Callable[[JudgedCookie], tuple[object, ...]]:
    """What cookies are compared by."""

    def key(judged: JudgedCookie) -> tuple[object, ...]:
        cookie = judged.cookie
        name = (cookie.name.casefold(), cookie.name, cookie.key.profile, cookie.host, cookie.path)
        if order is Order.LIFETIME:
            return (-(cookie.expires or (0 if cookie.session else _FAR_FUTURE)), *name)
        return (cookie.domain, *name) if order is Order.HOST else name

    return key
