"""Regular expressions that somebody else wrote: matched in time that grows with the name only.

Python's own engine tries every way through an expression, and some have more ways than there are
years to try them. RE2 has no such expressions; what it cannot do (backreferences, looking around)
is refused when a policy is loaded.
"""

import re
from typing import Protocol, cast

_HALF = re.compile("[\ud800-\udfff]")


class Expression(Protocol):
    """A compiled regular expression."""

    def fullmatch(self, string: str, /) -> object:
        """Match all of a string; None if it does not."""


class _Linear:
    """An expression that is given only what RE2 can be given."""

    def __init__(self, compiled: Expression) -> None:
        self._compiled = compiled

    def fullmatch(self, string: str, /) -> object:
        """Match all of a string; half characters, as names of any bytes hold, are any other."""
        return self._compiled.fullmatch(_HALF.sub("\ufffd", string))


def linear(pattern: str) -> Expression:
    """Compile an expression.

    Raises:
        ValueError: It is none, or one that could take for ever.
    """
    # Not loaded before somebody has an expression of their own.
    import re2  # noqa: PLC0415

    options = re2.Options()
    options.log_errors = False  # it would write to standard error by itself
    try:
        return _Linear(cast("Expression", re2.compile(pattern, options)))
    except re2.error as error:
        why = error.args[0] if error.args else b""
        text = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
        raise ValueError(text) from error
