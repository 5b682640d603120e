"""The sites as a person looks at them: all of them first, then each, sorted and searched."""

from enum import StrEnum
from functools import cached_property

import msgspec

from cookietui.operations.inventory import SiteCount


class SiteOrder(StrEnum):
    """What sites are sorted by."""

    REMOVABLE = "removable"
    COOKIES = "cookies"
    NAME = "name"


_ORDERS = {
    SiteOrder.REMOVABLE: lambda count: (-count.removable, -count.cookies, count.site),
    SiteOrder.COOKIES: lambda count: (-count.cookies, -count.removable, count.site),
    SiteOrder.NAME: lambda count: count.site,
}


class SiteList(msgspec.Struct, frozen=True, dict=True):
    """Sites in their order.

    Attributes:
        counts: What each site has.
        order: What they are sorted by.
        search: Letters that a site's name must hold in this order; empty for all sites.
    """

    counts: tuple[SiteCount, ...] = ()
    order: SiteOrder = SiteOrder.REMOVABLE
    search: str = ""

    @cached_property
    def shown(self) -> tuple[SiteCount, ...]:
        """The sites that the search finds, the best match first; all of them in their order."""
        ordered = sorted(self.counts, key=_ORDERS[self.order])
        wanted = self.search.strip().lower()
        if not wanted:
            return tuple(ordered)
        found = [(how, count) for count in ordered if (how := nearness(wanted, count.site))]
        return tuple(count for _, count in sorted(found, key=lambda pair: pair[0]))

    def in_next_order(self) -> "SiteList":
        """Sort by the next order."""
        orders = list(SiteOrder)
        following = orders[(orders.index(self.order) + 1) % len(orders)]
        return SiteList(self.counts, following, self.search)

    def searching(self, text: str) -> "SiteList":
        """Search for other letters."""
        return SiteList(self.counts, self.order, text)

    def of(self, counts: tuple[SiteCount, ...]) -> "SiteList":
        """Look at other counts in the same way."""
        return SiteList(counts, self.order, self.search)


def nearness(wanted: str, name: str) -> tuple[int, int, int] | None:
    """How near a name is to letters that were typed; less is nearer, None if they are not in it.

    The letters must come in this order. Those that stand together are nearer than those that are
    spread, and those at the beginning of the name or of a label nearer than those within.
    """
    whole = name.find(wanted)
    if whole >= 0:
        begins = whole == 0 or name[whole - 1] in ".-"
        return 0, 0 if begins else 1, whole
    start = place = name.find(wanted[0])
    for letter in wanted[1:]:
        if place < 0:
            return None
        place = name.find(letter, place + 1)
    return None if place < 0 else (1, place - start, start)
