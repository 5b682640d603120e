"""Which names need a host beside them, and the hosts that a stranger's text names.

A declaration that says too little matches too much: `id` means something else on every site, and
`_s*` would catch `_session_id`. Such a name counts only on the host it was declared for.
"""

import re

from cookietui.catalogue.matching import GENERIC_NAMES
from cookietui.model.site import Site, registrable_domain

_SHORT_NAME = 3
_SHORT_WILDCARD = 4
_LONGEST_HOST = 253
_LONGEST_LIST = 2000
_PLACEHOLDER = re.compile(r"<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}|%[^%]*%|#+")
_BETWEEN = re.compile(r"[\s,;()<>\"']+")

# Words in a name or a description that speak for a cookie a person would miss.
_MISSED = re.compile(
    r"authenti|login|\blog(?:ged|ging)?[\s-]?(?:in|on|out)\b|\bsign(?:ed|ing)?[\s-]?(?:in|on|out)\b"
    r"|securit|fraud|csrf|xsrf|forgery"
    r"|session\s(?:id|token)|consent|opt(?:ed|ing)?[\s_-]?(?:out|in)\b|optout",
    re.IGNORECASE,
)
_MISSED_NAME = re.compile(
    r"auth|log-?_?(?:on|in)|sign-?_?in|csrf|xsrf|sess(?:ion)?_?id|session$|sid(?:cc)?$|jwt|passw"
    r"|consent|opt-?_?out",
    re.IGNORECASE,
)


def needs_host(name: str) -> bool:
    """Whether a name is too generic or short to be believed anywhere.

    Args:
        name: The name as written; ``*`` and placeholders such as ``<id>`` stand for anything.
    """
    glob = _PLACEHOLDER.sub("*", name)
    if glob.lower().strip("*") in GENERIC_NAMES:
        return True
    literal = len(glob) - glob.count("*")
    return literal <= (_SHORT_WILDCARD if "*" in glob else _SHORT_NAME)


def would_be_missed(name: str, description: str) -> bool:
    """Whether it sounds like a login, a protection or a choice, whatever purpose it is given."""
    return bool(_MISSED.search(description) or _MISSED_NAME.search(name.rstrip("*")))


def host_of(text: str) -> str | None:
    """The one host that a text names, without leading dot or wildcard; None if it names none.

    A public suffix is none: half a country would be under it.
    """
    bare = text.strip().removeprefix("*.")
    if len(bare) > _LONGEST_HOST:
        return None
    try:
        host = Site.parse(bare).host
    except ValueError:
        return None
    below = f"x.{host}"
    return host if "." in host and registrable_domain(below) != below else None


def hosts_in(text: str) -> tuple[str, ...]:
    """Every host in a text such as ``.adform.net (3rd party) or the site's own domain``."""
    found = (host_of(word) for word in _BETWEEN.split(text[:_LONGEST_LIST]) if "." in word)
    return tuple(dict.fromkeys(host for host in found if host))
