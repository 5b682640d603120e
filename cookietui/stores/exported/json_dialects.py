"""Cookies in JSON: this program's own, Cookie-Editor's and Playwright's storage state.

Cookie-Editor writes what the WebExtension API ``cookies`` gives; Playwright writes what the Chrome
DevTools Protocol gives. Both say ``domain`` where this program says ``host``.
"""

import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from cookietui.errors import StoreError
from cookietui.model.cookie import MICROSECONDS, Container, Cookie, Partition, SameSite
from cookietui.model.profile import Profile
from cookietui.stores.exported.draft import drafted, told
from cookietui.stores.file_store import Contents
from cookietui.stores.rows import size_of

_LAST_SECOND = 1e13
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SAME_SITE = {
    "none": SameSite.NONE,
    "no_restriction": SameSite.NONE,
    "lax": SameSite.LAX,
    "strict": SameSite.STRICT,
    "unspecified": SameSite.UNSET,
    "unset": SameSite.UNSET,
}


_ENCRYPTIONS = frozenset({"v10", "v11", "v12", "v20", "dpapi"})


class _Own(msgspec.Struct, frozen=True):
    """One cookie as ``cookietui list --json`` prints it."""

    name: str
    host: str
    path: str = ""
    host_only: bool | None = None
    partition: Partition | None = None
    container: Container | None = None
    created: datetime | None = None
    expires: datetime | None = None
    last_used: datetime | None = None
    session: bool = False
    secure: bool | None = None
    http_only: bool | None = None
    same_site: str | None = None
    size: int | None = None
    encryption: str | None = None
    value: str | None = None

    def cookie(self, profile: Profile) -> Cookie:
        """What it says."""
        domain = self.host_only is False and not self.host.startswith(".")
        return drafted(
            profile,
            name=self.name,
            host=f".{self.host}" if domain else self.host,
            path=self.path,
            partition=self.partition,
            container=self.container,
            created=_microseconds(self.created),
            expires=_microseconds(self.expires),
            last_used=_microseconds(self.last_used),
            session=self.session,
            secure=self.secure,
            http_only=self.http_only,
            same_site=_SAME_SITE.get(self.same_site or ""),
            size=self.size if self.size is not None and self.size >= 0 else None,
            encryption=self.encryption if self.encryption in _ENCRYPTIONS else None,
        )


class _TopLevel(msgspec.Struct, frozen=True, rename="camel"):
    top_level_site: str = ""
    has_cross_site_ancestor: bool | None = None


class _Foreign(msgspec.Struct, frozen=True, rename="camel"):
    """One cookie as browsers' own interfaces describe it."""

    name: str
    domain: str
    path: str = ""
    value: str | None = None
    expires: float | None = None
    expiration_date: float | None = None
    session: bool | None = None
    host_only: bool | None = None
    secure: bool | None = None
    http_only: bool | None = None
    same_site: str | None = None
    partition_key: str | _TopLevel | None = None
    cross_site: bool | None = msgspec.field(default=None, name="_crHasCrossSiteAncestor")

    def cookie(self, profile: Profile) -> Cookie:
        """What it says."""
        seconds = self.expiration_date if self.expires is None else self.expires
        domain = self.host_only is False and not self.domain.startswith(".")
        return drafted(
            profile,
            name=self.name,
            host=f".{self.domain}" if domain else self.domain,
            path=self.path,
            partition=self._partition(),
            expires=_time(seconds),
            # Session cookies have no time, or -1 for one.
            session=(seconds is None or seconds <= 0) if self.session is None else self.session,
            secure=self.secure,
            http_only=self.http_only,
            same_site=_SAME_SITE.get((self.same_site or "").lower()),
            size=None if self.value is None else size_of(self.name) + size_of(self.value),
        )

    def _partition(self) -> Partition | None:
        key = self.partition_key
        if isinstance(key, _TopLevel):
            site, cross_site = key.top_level_site, key.has_cross_site_ancestor
        else:
            site, cross_site = key or "", self.cross_site
        return Partition(site, cross_site) if site else None


def parse(text: str, profile: Profile) -> Contents:
    """Read every cookie.

    Raises:
        StoreError: It is no JSON, or holds no list of cookies.
    """
    problems: list[str] = []
    where, entries = _entries(text, profile)
    cookies = tuple(_cookies(entries, where, profile, problems))
    return Contents(cookies, told(problems, profile))


def _entries(text: str, profile: Profile) -> tuple[str, list[Any]]:
    """Every cookie as it stands in the document, and the path in it that leads to their list."""
    try:
        document = json.loads(text)  # unlike msgspec's reader it takes names that are not UTF-8
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{profile.store} is broken JSON: {error}", "save it anew") from error
    where = "$"
    if isinstance(document, dict):
        where, document = "$.cookies", document.get("cookies")
    if not isinstance(document, list):
        raise StoreError(
            f"{profile.store} holds no list of cookies",
            "expected is a list, or an object with a list called cookies",
        )
    return where, document


def _cookies(
    entries: list[Any], where: str, profile: Profile, problems: list[str]
) -> Iterator[tuple[Cookie, str | None]]:
    for number, entry in enumerate(entries):
        # The dialects are told apart by how they name the host.
        foreign = isinstance(entry, dict) and "domain" in entry
        try:
            found = msgspec.convert(entry, _Foreign) if foreign else msgspec.convert(entry, _Own)
        except (msgspec.ValidationError, UnicodeEncodeError) as error:
            problems.append(_located(f"{where}[{number}]", error))
        else:
            yield found.cookie(profile), found.value


def _located(where: str, error: Exception) -> str:
    """Say where in the whole document a problem is."""
    what, _, path = str(error).partition(" - at `")
    return f"{where}{path.removeprefix('$').removesuffix('`')}: {what}"


def _microseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    since = aware - _EPOCH
    return (since.days * 86_400 + since.seconds) * MICROSECONDS + since.microseconds


def _time(seconds: float | None) -> int | None:
    """Microseconds; None for what is no time."""
    if seconds is None or not math.isfinite(seconds) or not 0 < seconds < _LAST_SECOND:
        return None
    return round(seconds * MICROSECONDS)
