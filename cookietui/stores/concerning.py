"""Which rows may belong to a site, told by SQLite, so that no others are made into cookies.

It never leaves out one that belongs to the site; some that do not are let through, and told apart
once they are cookies.
"""

from cookietui.model.site import Site
from cookietui.stores.rows import quoted

# What no browser escapes in the attributes of an origin: letters, digits, hyphen, point.
_NEEDLESSLY_ESCAPED = ("*%[4-7]*", "*%3[0-9]*", "*%2[DdEe]*")


def concerning(
    site: Site | None, host: str, partition: str | None = None, *, escaped: bool = False
) -> tuple[str, tuple[str, ...]]:
    """The condition for a row to be read, with its parameters; nothing if there is none.

    Args:
        site: The site that somebody asked about; None for all.
        host: The column of hosts.
        partition: The column in whose text the site lies under which a cookie is kept.
        escaped: Whether characters of that text may be escaped, as in a URL.
    """
    if site is None:
        return "", ()
    # A cookie may be set for any domain above the host, a public suffix too in a stranger's store.
    labels = site.host.split(".")
    above = [dot + ".".join(labels[n:]) for n in range(len(labels)) for dot in ("", ".")]
    name, within = quoted(host), f"%{site.registrable}%"
    condition = f"{_holds(name)} OR {name} IN ({', '.join('?' * len(above))})"
    parameters = (within, *above)
    if partition is not None:
        name = quoted(partition)
        odd = [f"{name} GLOB '{pattern}'" for pattern in _NEEDLESSLY_ESCAPED if escaped]
        condition += f" OR ({name} IS NOT '' AND ({' OR '.join([_holds(name), *odd])}))"
        parameters = (*parameters, within)
    return condition, parameters


def _holds(column: str) -> str:
    """Whether a column holds a text, in whatever case; or what could not be searched for it."""
    return f"({column} LIKE ? OR instr({column}, char(0)) OR typeof({column}) IS NOT 'text')"
