"""What keeps Firefox's cookies apart: partitions, containers, first-party isolation.

The facts are from caps/OriginAttributes.cpp in Firefox's source.
"""

import json
from pathlib import Path
from urllib.parse import unquote_plus

from cookietui.model.cookie import Container, Partition
from cookietui.model.site import registrable_domain, site_of

Origin = tuple[Partition | None, Container | None, str]

_CONTAINER_DIGITS = 10  # an unsigned 32-bit number; more is nonsense, and slow to read
_FOREIGN = "f"
_CONTAINER_TITLES = {
    "user-context-personal": "Personal",
    "user-context-work": "Work",
    "user-context-banking": "Banking",
    "user-context-shopping": "Shopping",
    "userContextPersonal.label": "Personal",
    "userContextWork.label": "Work",
    "userContextBanking.label": "Banking",
    "userContextShopping.label": "Shopping",
}


def parse_origin(suffix: str, names: dict[int, str]) -> Origin:
    """Read origin attributes: the partition, the container, and whatever else keeps cookies apart.

    Args:
        suffix: As stored, such as ``^userContextId=6&partitionKey=%28https%2Cb.test%29``.
        names: The containers' names by their numbers.
    """
    pairs = (pair.partition("=") for pair in suffix.removeprefix("^").split("&") if pair)
    return origin_of({_plain(name): _plain(value) for name, _, value in pairs}, names)


def origin_of(attributes: dict[str, str], names: dict[int, str]) -> Origin:
    """The same from attributes that were taken apart already, by their names."""
    rest = dict(attributes)
    number = rest.pop("userContextId", "")
    container = None
    if number.isdecimal() and len(number) <= _CONTAINER_DIGITS and int(number):
        container = Container(int(number), names.get(int(number)))
    # First-party isolation, which came before partitions, keeps every cookie under the site that
    # was visited: the same idea in an attribute of its own.
    isolated = "partitionKey" if rest.get("partitionKey") else "firstPartyDomain"
    partition = _partition(rest.pop(isolated, ""))
    apart = "&".join(f"{name}={value}" for name, value in sorted(rest.items()) if value)
    return partition, container, apart


def _plain(encoded: str) -> str:
    """Take the encoding of a form off a name or value."""
    return unquote_plus(encoded) if "%" in encoded or "+" in encoded else encoded


def container_names(folder: Path) -> dict[int, str]:
    """Read what the person calls the containers; without the file they have numbers only."""
    try:
        identities = json.loads((folder / "containers.json").read_bytes())["identities"]
        return {
            identity["userContextId"]: str(
                identity.get("name") or _CONTAINER_TITLES[_label(identity)]
            )
            for identity in identities
            if identity.get("public") and (identity.get("name") or _label(identity))
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _label(identity: dict[str, str]) -> str:
    label = identity.get("l10nId") or identity.get("l10nID") or ""
    return label if label in _CONTAINER_TITLES else ""


def _partition(key: str) -> Partition | None:
    """Read ``(scheme,domain[,port][,f])``, or a bare host, in which ``:`` is written ``+``."""
    if not key:
        return None
    parts = key.strip("()").split(",")
    if not key.startswith("(") or len(parts) < 2:  # noqa: PLR2004 - a scheme and a domain
        return Partition(key.replace("+", ":"), None)
    scheme, domain, *rest = parts
    port = next((f":{part}" for part in rest if part.isdecimal()), "")
    return Partition(f"{scheme}://{domain.replace('+', ':')}{port}", _FOREIGN in rest)


def with_party(partition: Partition | None, host: str) -> Partition | None:
    """The foreign bit is written only for embeds of a site in itself by way of another one."""
    if partition is None or partition.cross_site:
        return partition
    top = site_of(partition.site)
    return Partition(partition.site, registrable_domain(host) != top)
