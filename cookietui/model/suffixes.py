"""Public suffixes: below which domains anybody can register one.

The rules are those of the public suffix list (https://publicsuffix.org/list/), as its library
brings them. They are asked here: the library prepares all ten thousand of them first, which takes
longer than to read a profile.
"""

from functools import cache
from pathlib import Path

from publicsuffixlist import PSLFILE

_MOST_LABELS = 127  # no host has more (RFC 1035)
_ENCODED = "xn--"


def below_suffix(host: str) -> str | None:
    """What is one label below the public suffix of a host; None where there is nothing.

    Args:
        host: In lower case, without dots at its ends.
    """
    if ".." in host or host.startswith("."):
        return None
    if host.count(".") >= _MOST_LABELS:
        host = ".".join(host.rsplit(".", _MOST_LABELS)[1:])
    if _ENCODED not in host:
        return _below(host)
    labels = host.split(".")
    found = _below(".".join(map(_decoded, labels)))
    return found and ".".join(labels[-1 - found.count(".") :])


def _below(host: str) -> str | None:
    """The same of a host that is spelled as the list spells it. Its longest rule counts."""
    rules = _rules()
    below = above = None  # the suffix with one label more, and with two
    suffix = host
    while suffix:
        if f"!{suffix}" in rules:
            return suffix
        if f"*.{suffix}" in rules:
            return above
        if suffix in rules:
            return below
        above, below = below, suffix
        suffix = suffix.partition(".")[2]
    return above  # of what the list does not know, the last label is the suffix


@cache
def _rules() -> frozenset[str]:
    """The rules as the list spells them, not encoded."""
    lines = Path(PSLFILE).read_bytes().decode().split("\n")
    return frozenset([line for line in lines if line and line[0] != "/"])


def _decoded(label: str) -> str:
    if not label.startswith(_ENCODED):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
