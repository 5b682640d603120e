"""What is exported, what comes of it, and which cookies another program cannot be given."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from cookietui.errors import StoreError
from cookietui.model.cookie import MICROSECONDS, Cookie
from cookietui.model.verdict import JudgedCookie
from cookietui.stores.port import Values

_NOT_REVEALED = "its value was not revealed"
_TWIN = (
    "another cookie of the same name, host and path is written already; choose one profile, and one"
    " container in it"
)


class Export(msgspec.Struct, frozen=True):
    """What is to be written.

    Attributes:
        site: The host the cookies were asked for under; None for all sites.
        judged: The cookies.
        values: Their values; None if they were not asked for.
        at: When the cookies were read, in microseconds since the Unix epoch.
    """

    site: str | None
    judged: tuple[JudgedCookie, ...]
    values: Values | None
    at: int

    def value(self, cookie: Cookie) -> str | None:
        """The value of a cookie; None if it was not asked for, or cannot be had."""
        found = (self.values or {}).get(cookie.key)
        return found if isinstance(found, str) else None

    def unrevealed(self, cookie: Cookie) -> str:
        """Why a value that was asked for cannot be had; empty if nothing is wrong."""
        if self.values is None:
            return ""
        found = self.values.get(cookie.key)
        if isinstance(found, StoreError):
            return found.message
        return _NOT_REVEALED if found is None else ""


class LeftOut(msgspec.Struct, frozen=True):
    """A cookie that is not in the text, and why."""

    name: str
    host: str
    why: str


class Exported(msgspec.Struct, frozen=True):
    """What was written.

    Attributes:
        text: Text that any encoding of Unicode can hold.
        left_out: The cookies that are not in it.
    """

    text: str
    left_out: tuple[LeftOut, ...] = ()


Obstacle = Callable[[Cookie, str | None], str]


def sifted(
    export: Export, obstacle: Obstacle
) -> tuple[list[tuple[Cookie, str | None]], tuple[LeftOut, ...]]:
    """Tell the cookies that another program can be given from those that it cannot.

    Left out is whatever the other program would take for something else: a cookie without the value
    it has, one that is kept apart by the site it was embedded in, and a second one where only one
    can be.

    Args:
        export: What is to be written.
        obstacle: Why a format cannot hold a cookie with its value; empty if it can.

    Returns:
        Cookies with the values that were asked for, and the rest.
    """
    fitting: list[tuple[Cookie, str | None]] = []
    left_out: list[LeftOut] = []
    seen: set[tuple[str, str, str]] = set()
    for each in export.judged:
        cookie = each.cookie
        value = export.value(cookie)
        same = (cookie.name, cookie.host, cookie.path)
        why = (
            export.unrevealed(cookie) or obstacle(cookie, value) or (_TWIN if same in seen else "")
        )
        if why:
            left_out.append(LeftOut(cookie.name, cookie.host, why))
        else:
            seen.add(same)
            fitting.append((cookie, value))
    return fitting, tuple(left_out)


def apart(cookie: Cookie) -> str:
    """Why a partitioned cookie cannot be written where there are no partitions."""
    if cookie.partition is None:
        return ""
    return f"it is kept apart under {cookie.partition.site}, which this format cannot say"


def unicode(text: str) -> bool:
    """Whether a text is one; bytes of a store that are none are kept as half characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def moment(at: int) -> str:
    """A time in ISO 8601 and UTC, in whole seconds."""
    seconds = at // MICROSECONDS
    try:
        time = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s since 1970"  # no year of four digits
    return time.isoformat().replace("+00:00", "Z")
