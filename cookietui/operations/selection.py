"""What a person looks at and has marked: an immutable value, one new one for every change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import msgspec

from cookietui.judging.explain import PURPOSE_TITLES
from cookietui.model.cookie import CookieKey
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.arranging import GROUP_NAMES, Grouping, Order, arranged, order_key
from cookietui.operations.filtering import Filter, searchable

_FIRST = 50  # cookies of a group that are looked at before all of them are


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
    def ordered(self) -> tuple[JudgedCookie, ...]:
        """All of them in their order, whatever is shown."""
        return tuple(sorted(self.judged, key=order_key(self.order)))

    @cached_property
    def _places_of(self) -> dict[CookieKey, int]:
        """Where in `ordered` each cookie is."""
        return {each.cookie.key: place for place, each in enumerate(self.ordered)}

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """What words are looked for in, in the order of `ordered`; made at the first word."""
        return tuple(searchable(self.ordered))

    @cached_property
    def _places(self) -> tuple[int, ...] | range:
        """Where in `ordered` the cookies are that the filter lets through."""
        wanted, now, ordered = self.filter, self.now, self.ordered
        # While somebody types, what is shown can only become less.
        among: tuple[int, ...] | range = self.__dict__.get("_among", range(len(ordered)))
        if not wanted:
            return range(len(ordered))
        for word in wanted.words:
            texts = self._texts
            among = tuple(n for n in among if word in texts[n])
        for holds in wanted.tests(now):
            among = tuple(n for n in among if holds(ordered[n]))
        return among

    @cached_property
    def shown(self) -> tuple[JudgedCookie, ...]:
        """The cookies that the filter lets through, in their order."""
        ordered = self.ordered
        return ordered if not self.filter else tuple(map(ordered.__getitem__, self._places))

    @cached_property
    def _group_names(self) -> tuple[str, ...]:
        """The group of each cookie, in the order of `ordered`."""
        return tuple(map(GROUP_NAMES[self.grouping], self.ordered))

    @cached_property
    def groups(self) -> dict[str, tuple[JudgedCookie, ...]]:
        """What is shown, by the name of its group."""
        names = map(self._group_names.__getitem__, self._places)
        return arranged(zip(names, self.shown, strict=True), self.grouping)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Headings and cookies from top to bottom."""
        lines: list[Line] = []
        for name, cookies in self.groups.items():
            folded = name in self.folded
            lines.append(Group(name, cookies, folded))
            lines += () if folded else cookies
        return tuple(lines)

    def line_of(self, key: CookieKey | str) -> int | None:
        """The line of a cookie, or of the group with a name; none if it is not to be seen."""
        places = self._places_of
        place = -1 if isinstance(key, str) else places.get(key)
        if place is None:
            return None
        name = key if isinstance(key, str) else GROUP_NAMES[self.grouping](self.ordered[place])
        line = 0
        for group, cookies in self.groups.items():
            if group == name:
                break
            line += 1 if group in self.folded else 1 + len(cookies)
        else:
            return None
        if isinstance(key, str):
            return line
        among = self.groups[name]
        nth = bisect_left(among, place, key=lambda each: places[each.cookie.key])
        there = nth < len(among) and among[nth].cookie.key == key and name not in self.folded
        return line + 1 + nth if there else None

    @property
    def chosen(self) -> tuple[JudgedCookie, ...]:
        """The marked cookies, those hidden by the filter too."""
        return tuple(each for each in self.judged if each.cookie.key in self.marked)

    @cached_property
    def hidden(self) -> int:
        """How many marked cookies the filter hides."""
        if not self.filter or not self.marked:
            return 0
        shown, places = frozenset(self._places), self._places_of
        return sum(places.get(key) not in shown for key in self.marked)

    @cached_property
    def removable(self) -> int:
        """How many are suggested for removal."""
        return sum(each.removable for each in self.judged)

    @cached_property
    def counts(self) -> dict[Purpose, int]:
        """How many of each purpose are shown."""
        if self.grouping is Grouping.PURPOSE:
            return {p: len(self.groups.get(PURPOSE_TITLES[p], ())) for p in Purpose}
        found = Counter([each.verdict.purpose for each in self.shown])
        return {purpose: found[purpose] for purpose in Purpose}

    @cached_property
    def _markable_of(self) -> dict[str, frozenset[CookieKey]]:
        """The keys that may be marked in each group that was asked about."""
        return {}

    def markable(self, group: Group) -> frozenset[CookieKey]:
        """The keys of a group's cookies that may be marked."""
        if group.name not in self._markable_of:
            self._markable_of[group.name] = self._markable(group.cookies)
        return self._markable_of[group.name]

    def may_mark(self, group: Group) -> bool:
        """Whether any cookie of a group may be marked: mostly the first one tells."""
        return not self.protected(group.cookies[0]) or bool(self.markable(group))

    def protected(self, judged: JudgedCookie) -> bool:
        """Whether a cookie may not be marked: at all, or before it is released on purpose."""
        if judged.cookie.in_session_file:
            return True
        keep = judged.verdict.suggestion is Suggestion.KEEP
        return keep and judged.cookie.key not in self.released

    def is_marked(self, line: Line) -> bool:
        """Whether a cookie is marked, or every markable cookie of a group."""
        if isinstance(line, Group):
            # The first cookies tell it of most: looking through all takes longer than a key may.
            if not self._markable(line.cookies[:_FIRST]) <= self.marked:
                return False
            markable = self.markable(line)
            return bool(markable) and markable <= self.marked
        return line.cookie.key in self.marked

    def toggled(self, line: Line) -> "Selection":
        """Mark a cookie or a group, or take the mark away; what is protected stays as it is."""
        keys = self.markable(line) if isinstance(line, Group) else self._markable((line,))
        marked = self.marked - keys if self.is_marked(line) else self.marked | keys
        return self.with_changes(marked=marked)

    def marking_suggested(self) -> "Selection":
        """Mark all that is shown and suggested for removal: never anything to ask about."""
        suggested = (each for each in self.shown if each.verdict.suggestion is Suggestion.REMOVE)
        return self.with_changes(marked=self.marked | self._markable(suggested))

    def marking_shown(self) -> "Selection":
        """Mark all that is shown and may be marked, what is to be asked about too."""
        return self.with_changes(marked=self.marked | self._markable(self.shown))

    def inverted(self) -> "Selection":
        """Mark what is shown and was not marked, and the other way round."""
        return self.with_changes(marked=self.marked ^ self._markable(self.shown))

    def marking_range(self, first: int, last: int) -> "Selection":
        """Mark every cookie on the lines between two, both included; headings are passed over."""
        low, high = sorted((first, last))
        cookies = (line for line in self.lines[low : high + 1] if isinstance(line, JudgedCookie))
        return self.with_changes(marked=self.marked | self._markable(cookies))

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
        keys = {each.cookie.key for each in judged} if self.released else frozenset()
        changed = self.with_changes(judged=judged, now=now, released=self.released & keys)
        return changed.with_marks(self.marked)

    def like(self, other: "Selection") -> "Selection":
        """Other cookies, looked at in this way; what was worked out for them is used if it fits."""
        same = (other.filter, other.grouping, other.order) == (
            self.filter, self.grouping, self.order,
        )  # fmt: skip
        changed = other.with_changes(released=self.released, folded=self.folded)
        if not same:
            changed = changed.with_changes(
                filter=self.filter, grouping=self.grouping, order=self.order
            )
        return changed.with_marks(self.marked)

    def with_marks(self, marked: frozenset[CookieKey]) -> "Selection":
        """With the marks of those cookies that are there and may have one."""
        places = self._places_of if marked else {}
        kept = self._markable(self.ordered[places[key]] for key in marked if key in places)
        return self.with_changes(marked=kept)

    def work_out(self) -> None:
        """Do all that takes time with many cookies before they can be shown."""
        _ = self.lines, self.counts, self.removable, self._places_of, self.hidden

    def prepare_for_words(self) -> None:
        """Make what words are looked for in, so that the first of them need not wait for it."""
        _ = self._texts

    @property
    def ready(self) -> bool:
        """Whether all that takes time with many cookies is worked out."""
        return "groups" in self.__dict__

    def with_changes(self, **changes: object) -> "Selection":
        """The same with some fields changed; what they do not concern is not worked out again."""
        changed = msgspec.structs.replace(self, **changes)
        typed_on = changes.keys() == {"filter"} and changed.filter.narrows(self.filter)
        if typed_on and "_places" in self.__dict__:
            changed.__dict__["_among"] = self._places
        for name, causes in _CONCERNED.items():
            if name in self.__dict__ and not causes & changes.keys():
                changed.__dict__[name] = self.__dict__[name]
        return changed

    def _markable(self, cookies: Iterable[JudgedCookie]) -> frozenset[CookieKey]:
        return frozenset(each.cookie.key for each in cookies if not self.protected(each))


_SHOWN = frozenset({"judged", "now", "filter", "order"})
# What is worked out from which fields.
_CONCERNED = {
    "ordered": frozenset({"judged", "order"}),
    "_texts": frozenset({"judged", "order"}),
    "_places_of": frozenset({"judged", "order"}),
    "_group_names": frozenset({"judged", "order", "grouping"}),
    "_places": _SHOWN,
    "removable": frozenset({"judged"}),
    "shown": _SHOWN,
    "counts": _SHOWN,
    "groups": _SHOWN | {"grouping"},
    "lines": _SHOWN | {"grouping", "folded"},
    "hidden": _SHOWN | {"marked"},
    "_markable_of": _SHOWN | {"grouping", "released"},
}
