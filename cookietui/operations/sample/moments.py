"""When a sample cookie was made and used, when it ends, and what its value says."""

import hashlib
import re

import msgspec

from cookietui.operations.sample.jar import SECOND, Browser, SampleCookie, microseconds

_HOUR = 3600 * SECOND
_BLANK = re.compile(r"\{(seconds|millis|hex|digits)(\d*)\}")


class Moments(msgspec.Struct, frozen=True):
    """A cookie's times in microseconds since the Unix epoch, UTC; `expires` is None if not told."""

    created: int
    used: int
    expires: int | None


def moments(cookie: SampleCookie, browser: Browser, now: int) -> Moments:
    """Return the cookie's times seen from `now` (microseconds since the Unix epoch, UTC).

    The same cookie, browser and `now` always give the same times. Up to an hour is added here and
    there: a list of times that end on the same microsecond would look made up, and "90 days left"
    should still be true a minute later.

    Raises:
        ValueError: a duration in the cookie cannot be read.
    """
    wobble = _number(cookie, browser, "moments") % _HOUR
    age = microseconds(cookie.age)
    created = now - age - min(wobble, age // 10)
    # Unless told otherwise it was sent within the last 20 hours, after it was created.
    idle = microseconds(cookie.idle) if cookie.idle else min(age, wobble * 20)
    expires = None
    if cookie.lasts not in ("session", "unknown"):
        left = microseconds(cookie.lasts)
        expires = now + left + min(wobble, abs(left) // 10)
    return Moments(created=created, used=now - idle, expires=expires)


def written_value(cookie: SampleCookie, browser: Browser, created: int) -> str:
    """Return the cookie's value with its blanks filled in.

    Args:
        cookie: Whose value it is.
        browser: Which browser holds it: the same person has another identifier in each.
        created: Microseconds since the Unix epoch; {seconds} and {millis} repeat it.
    """

    def fill(match: re.Match[str]) -> str:
        kind, size = match[1], int(match[2] or 0)
        if kind == "seconds":
            return str(created // SECOND)
        if kind == "millis":
            return str(created // 1000)
        number = _number(cookie, browser, f"{match.start()}")
        if kind == "hex":
            return f"{number:064x}"[:size]
        # Identifiers of the trackers never begin with a zero, so neither do these.
        return str(10 ** (size - 1) + number % (9 * 10 ** (size - 1)))

    return _BLANK.sub(fill, cookie.value)


def _number(cookie: SampleCookie, browser: Browser, salt: str) -> int:
    """Return a 256-bit number that depends on the cookie's identity and the salt, nothing else."""
    parts = (browser, cookie.host, cookie.name, cookie.path, cookie.partition, cookie.container)
    text = "\x00".join((*parts, salt))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest(), "big")
