"""The sample cookies as people write them: read from `cookies.toml`, browser-independent."""

import re
from importlib.resources import files
from typing import Literal

import msgspec

Browser = Literal["chromium", "firefox"]

SECOND = 1_000_000
"""Microseconds in a second; every moment in this package counts microseconds."""

_UNITS = {"m": 60 * SECOND, "h": 3600 * SECOND, "d": 86400 * SECOND, "y": 365 * 86400 * SECOND}
_DURATION = re.compile(r"(-?)(\d+)([mhdy])")


class SampleCookie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of `cookies.toml`; that file's head explains every field.

    `host` and `site` are empty until the list the cookie stands in has filled them in. A name may
    hold surrogates U+DC80 to U+DCFF for bytes that are not UTF-8, as `os.fsdecode` makes them.
    """

    name: str
    lasts: str
    age: str
    value: str = ""
    host: str = ""
    site: str = ""
    path: str = "/"
    idle: str = ""
    secure: bool = True
    http_only: bool = False
    same_site: Literal["", "none", "lax", "strict"] = ""
    by: Literal["header", "script"] = "header"
    priority: Literal["low", "medium", "high"] = "medium"
    plain_http: bool = False
    embedded: bool = False
    chips: bool = False
    framed: bool = False
    own: bool = False
    container: str = ""
    only: Literal["", "chromium", "firefox"] = ""

    @property
    def partition(self) -> str:
        """The registrable domain the cookie is partitioned under, or "" outside partitions."""
        return self.site if self.embedded or self.own else ""


class SampleSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site's list: its registrable domain, its usual host column, and its cookies."""

    domain: str
    host: str
    cookies: tuple[SampleCookie, ...]
    only: Literal["", "chromium", "firefox"] = ""

    def placed(self) -> tuple[SampleCookie, ...]:
        """Return the cookies with what the list says for all of them, in the order written."""
        return tuple(
            msgspec.structs.replace(
                cookie,
                host=cookie.host or self.host,
                site=self.domain,
                only=cookie.only or self.only,
            )
            for cookie in self.cookies
        )


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `cookies.toml`."""

    site: tuple[SampleSite, ...]


def everyday_cookies() -> tuple[SampleCookie, ...]:
    """Return every cookie of `cookies.toml`, in its order.

    Raises:
        msgspec.ValidationError: the file has an unknown key or a value of the wrong type.
    """
    text = (files(__package__) / "cookies.toml").read_bytes()
    sites = msgspec.toml.decode(text, type=_File).site
    return tuple(cookie for site in sites for cookie in site.placed())


def microseconds(duration: str) -> int:
    """Return what "90d" or "-9h" means, in microseconds; units are m, h, d and y (365 days).

    Raises:
        ValueError: it is not an optional minus, a whole number and one unit.
    """
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f"not a duration: {duration!r}")
    sign, count, unit = match.groups()
    return int(sign + count) * _UNITS[unit]
