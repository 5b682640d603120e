"""JavaScript's regular expressions as names with ``*``, where that says exactly the same."""

import re

_DELIMITED = re.compile(r"/(.+)/([a-z]*)", re.DOTALL)
_HARMLESS_FLAGS = frozenset("gusy")
_PLAIN = re.compile(r"[A-Za-z0-9_%&~@!#'`,:;<>= -]")
_TOKEN = re.compile(r"(?P<any>\.\*\??|\(\.\*\??\))|\\(?P<escaped>[^\w\s*])|(?P<plain>[^\\])")
_FEWEST_AT_START = 3
_FEWEST_ANYWHERE = 5


def delimited(text: str) -> str | None:
    """The expression in a text such as ``/^_ga/``; None if it is no such text.

    With a flag that changes what is matched it is returned as written, which no glob can say.
    """
    match = _DELIMITED.fullmatch(text)
    if match is None:
        return None
    return match[1] if _HARMLESS_FLAGS.issuperset(match[2]) else text


def glob_of(expression: str) -> str | None:
    """Write a regular expression with ``*`` for anything.

    Args:
        expression: The expression, without delimiters; like JavaScript's it may match anywhere.

    Returns:
        The glob; None if it would mean something else, or would mean nearly every name.
    """
    inner = expression.removeprefix("^")
    at_start, at_end = inner != expression, _ends_anchored(inner)
    parts = _parts(inner[:-1] if at_end else inner)
    if parts is None:
        return None
    glob = ("" if at_start else "*") + "".join(parts) + ("" if at_end else "*")
    literal = sum(part != "*" for part in parts)
    if "*" in glob and literal < (_FEWEST_AT_START if glob[0] != "*" else _FEWEST_ANYWHERE):
        return None
    return re.sub(r"\*+", "*", glob) or None


def _ends_anchored(inner: str) -> bool:
    return inner.endswith("$") and not inner.endswith("\\$")


def _parts(inner: str) -> list[str] | None:
    """Its characters and ``*``; None where it is more than that."""
    parts: list[str] = []
    position = 0
    while position < len(inner):
        token = _TOKEN.match(inner, position)
        if token is None:
            return None
        plain = token["plain"]
        if plain is not None and not _PLAIN.fullmatch(plain):
            return None
        parts.append("*" if token["any"] else token["escaped"] or plain)
        position = token.end()
    return parts
