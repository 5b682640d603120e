"""A number of seconds in the words in which policies tell lifetimes."""

from cookietui.text import plural

_DAY = 86400
_YEAR = 365
_SHORT_MONTH = 30
_MONTH = 365 / 12
_LONGEST = 10 * 366 * _DAY
_UNITS = ((_DAY, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_ROUNDED = 3 * _DAY


def lifetime_of(seconds: int) -> str | None:
    """Say a lifetime, such as ``13 months``.

    Args:
        seconds: How long; 0 for a session.

    Returns:
        The words, or None where it is no lifetime: negative, or beyond ten years, which mostly are
        milliseconds taken for seconds.
    """
    if not 0 <= seconds <= _LONGEST:
        return None
    return _calendar(seconds / _DAY) or _exact(seconds) if seconds else "session"


def _calendar(days: float) -> str:
    """Years or months, where it is meant as such; else nothing."""
    years = round(days / _YEAR)
    if years and abs(days - years * _YEAR) < 1:
        return plural(years, "year")
    if days >= _SHORT_MONTH and days % _SHORT_MONTH == 0:
        return plural(int(days // _SHORT_MONTH), "month")
    months = round(days / _MONTH)
    return plural(months, "month") if months and abs(days - months * _MONTH) < 1 else ""


def _exact(seconds: int) -> str:
    if seconds > _ROUNDED:
        return plural(round(seconds / _DAY), "day")
    size, unit = next(each for each in _UNITS if seconds % each[0] == 0)
    return plural(seconds // size, unit)
