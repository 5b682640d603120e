"""Which cookies are meant: in what order, by what names, from where."""

from collections import Counter
from collections.abc import Iterable

from cookietui.judging.explain import container, scope, stored_under
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.reporting.blocks import Cell, Name, Names

_PURPOSES = list(Purpose)


def ordered(cookies: Iterable[JudgedCookie]) -> list[JudgedCookie]:
    """Sort by purpose, then by name and place."""
    return sorted(cookies, key=_place)


def names(cookies: Iterable[JudgedCookie]) -> Names:
    """Name cookies in one line, those of one name once."""
    return Names(tuple(sorted(Counter(each.cookie.name for each in cookies).items())))


def who(each: JudgedCookie) -> Cell:
    """Name one cookie, and tell it from those of the same name."""
    cookie = each.cookie
    under, box = stored_under(cookie), container(cookie)
    return (
        Name(cookie.name),
        scope(cookie),
        *((f"stored under {under}",) if under else ()),
        *((f"container: {box}",) if box else ()),
        f"in {cookie.key.profile}",
    )


def _place(each: JudgedCookie) -> tuple[int, str, str, str, str]:
    cookie = each.cookie
    purpose = _PURPOSES.index(each.verdict.purpose)
    return (purpose, cookie.name, cookie.host, cookie.key.profile, cookie.id)
