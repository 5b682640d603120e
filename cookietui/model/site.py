"""Sites and hosts: registrable domains, domain-match, and which cookies belong to a site.

A *site* is a registrable domain (one label below a public suffix), as browsers use it to tell first
from third parties. Matching is by whole labels: ``example.com`` never matches ``notexample.com``.
"""

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from cookietui.model.cookie import Cookie
from cookietui.model.suffixes import below_suffix

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)
_HOSTS_REMEMBERED = 100_000


class Site(msgspec.Struct, frozen=True):
    """A host or registrable domain whose cookies a person wants to see.

    Attributes:
        host: Lower case, in ASCII, without dots at its ends.
        registrable: The registrable domain it belongs to.
    """

    host: str
    registrable: str

    @classmethod
    def parse(cls, text: str) -> "Site":
        """Read a host, a registrable domain or a URL.

        Raises:
            ValueError: It is none of these.
        """
        bare, wrong = text.strip(), ValueError(f"{text!r} is not a host name or URL")
        url = "://" in bare
        authority = urlsplit(bare).netloc.rpartition("@")[2] if url else re.split("[/?#]", bare)[0]
        try:
            host = _ascii(_host_of(authority).strip(".").lower())
        except ValueError as error:
            raise wrong from error
        if not (_HOST.fullmatch(host) or _is_address(host)):
            raise wrong
        return cls(host, registrable_domain(host))

    def owns(self, cookie: Cookie) -> bool:
        """Whether a cookie belongs to this site.

        These belong: those a request to the host would carry, those of its subdomains when the host
        is a registrable domain, and those that others stored under this site.
        """
        if self._hosts(cookie):
            return True
        return cookie.partition is not None and site_of(cookie.partition.site) == self.registrable

    def _hosts(self, cookie: Cookie) -> bool:
        domain = _unbracketed(cookie.domain)
        if self.host == self.registrable:
            # Not `under`: were the host a public suffix (co.uk), half a country would be under it.
            return registrable_domain(domain) == self.registrable
        return domain_match(self.host, cookie)


def domain_match(host: str, cookie: Cookie) -> bool:
    """Whether a request to ``host`` may carry the cookie (RFC 6265bis, section 5.1.3)."""
    if cookie.host_only:
        return host == cookie.domain
    return under(host, cookie.domain)


def under(host: str, domain: str) -> bool:
    """Whether ``host`` is ``domain`` or one of its subdomains."""
    return host == domain or (host.endswith("." + domain) and not _is_address(host))


def under_any(host: str, domains: Iterable[str]) -> bool:
    """Whether ``host`` is one of ``domains`` or a subdomain of one."""
    return any(under(host, domain) for domain in domains)


@lru_cache(maxsize=_HOSTS_REMEMBERED)
def registrable_domain(host: str) -> str:
    """One label below the public suffix; the host itself where there is none (IP, localhost)."""
    bare = _unbracketed(host.strip(".").lower())
    if _is_address(bare):
        return bare
    return below_suffix(bare) or bare


@lru_cache(maxsize=_HOSTS_REMEMBERED)
def site_of(origin: str) -> str:
    """The registrable domain of an origin such as ``https://shop.example`` or of a bare host."""
    try:
        return registrable_domain(_host_of(origin.partition("://")[2] or origin))
    except ValueError:  # whatever a stranger's store holds in its place is a site of its own
        return origin


def context(cookie: Cookie) -> str:
    """The site under which a cookie is kept: its partition's, or else its own host's."""
    if cookie.partition is None:
        return registrable_domain(cookie.domain)
    return site_of(cookie.partition.site)


def sites(cookie: Cookie) -> frozenset[str]:
    """Every registrable domain the cookie belongs to: its own, and the one it is stored under."""
    return frozenset({registrable_domain(cookie.domain), context(cookie)})


def _host_of(authority: str) -> str:
    """Take the port off, and the brackets of an IPv6 address.

    Raises:
        ValueError: What stands for the port is no number.
    """
    if authority.startswith("["):
        host, _, rest = authority[1:].partition("]")
        port = rest.removeprefix(":")
    elif authority.count(":") > 1:
        return authority  # an IPv6 address without brackets
    else:
        host, _, port = authority.partition(":")
    if port and not port.isdecimal():
        raise ValueError(f"{authority!r} is not a host and port")
    return host


def _unbracketed(host: str) -> str:
    """An IPv6 address without brackets; any other host as it is, brackets and all."""
    if not host.startswith("["):
        return host
    inner = host[1:].removesuffix("]")
    return inner if host == f"[{inner}]" and _is_address(inner) else host


def _is_address(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _ascii(host: str) -> str:
    """As browsers write it: UTS 46, non-transitional, so that faß.de is not fass.de."""
    if host.isascii():
        return host
    import idna  # noqa: PLC0415 - slow to load

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(f"{host!r} is not a host name") from error
