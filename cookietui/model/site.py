"""Sites and hosts: registrable domains, domain-match, and which cookies belong to a site.

A *site* is a registrable domain (one label below a public suffix), as browsers use it to tell first
from third parties. Matching is by whole labels: ``example.com`` never matches ``notexample.com``.
"""

import ipaddress
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import urlsplit

import msgspec
from publicsuffixlist import PublicSuffixList

from cookietui.model.cookie import Cookie

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
        bare = text.strip()
        host = (urlsplit(bare).hostname or "") if "://" in bare else re.split(r"[/?#]", bare)[0]
        host = _ascii(_without_port(host).strip(".").lower())
        if not (_HOST.fullmatch(host) or _is_address(host)):
            raise ValueError(f"{text!r} is not a host name or URL")
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
        if self.host == self.registrable:
            # Not `under`: were the host a public suffix (co.uk), half a country would be under it.
            return registrable_domain(cookie.domain) == self.registrable
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
    bare = host.strip(".").lower()
    if _is_address(bare):
        return bare
    return _suffixes().privatesuffix(bare) or bare


@lru_cache(maxsize=_HOSTS_REMEMBERED)
def site_of(origin: str) -> str:
    """The registrable domain of an origin such as ``https://shop.example`` or of a bare host."""
    host = origin.partition("://")[2] or origin
    return registrable_domain(_without_port(host))


def context(cookie: Cookie) -> str:
    """The site under which a cookie is kept: its partition's, or else its own host's."""
    return site_of(cookie.partition.site if cookie.partition else cookie.domain)


def sites(cookie: Cookie) -> frozenset[str]:
    """Every registrable domain the cookie belongs to: its own, and the one it is stored under."""
    return frozenset({registrable_domain(cookie.domain), context(cookie)})


def _without_port(host: str) -> str:
    return host if host.count(":") > 1 else host.partition(":")[0]


def _is_address(host: str) -> bool:
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError(f"{host!r} is not a host name") from error


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
