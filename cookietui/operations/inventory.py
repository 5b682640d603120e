"""Reading profiles: every cookie that can be had, and one line for every store that cannot."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from cookietui.errors import CookieTuiError, UnprovenError
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Failure
from cookietui.model.policy import Purpose
from cookietui.model.profile import Profile, Usage
from cookietui.model.site import Site, registrable_domain, site_of
from cookietui.model.verdict import JudgedCookie
from cookietui.stores.port import CookieStore, Jar

Progress = Callable[[int, int, str], object]

_PURPOSES = tuple(Purpose)


class ScannedProfile(msgspec.Struct, frozen=True):
    """One profile as it was read.

    Attributes:
        profile: The profile.
        usage: Whether a browser was using it.
        jar: What was found in its store.
    """

    profile: Profile
    usage: Usage
    jar: Jar

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """Every cookie in it."""
        return self.jar.cookies


class Inventory(msgspec.Struct, frozen=True):
    """What one scan found.

    Attributes:
        at: When, in microseconds since the Unix epoch.
        scanned: The profiles that could be read.
        failures: Those that could not, or not wholly, and why.
    """

    at: int
    scanned: tuple[ScannedProfile, ...]
    failures: tuple[Failure, ...]

    @property
    def cookies(self) -> Iterator[Cookie]:
        """Every cookie of every profile."""
        return (cookie for scanned in self.scanned for cookie in scanned.cookies)

    def of_site(self, site: Site | None) -> Iterator[Cookie]:
        """The cookies that belong to a site, or all."""
        return (cookie for cookie in self.cookies if site is None or site.owns(cookie))

    def profile(self, identifier: str) -> ScannedProfile:
        """The profile by its id, which a cookie's key holds."""
        return next(s for s in self.scanned if s.profile.id == identifier)


class SiteCount(msgspec.Struct, frozen=True):
    """What a site has on this computer.

    Attributes:
        site: The registrable domain.
        cookies: How many cookies.
        purposes: How many of each purpose.
        removable: How many are suggested for removal.
    """

    site: str
    cookies: int
    purposes: dict[Purpose, int]
    removable: int


def scan(
    profiles: Iterable[Profile],
    open_store: Callable[[Profile], CookieStore],
    now: int,
    missing: Iterable[tuple[str, CookieTuiError]] = (),
    tell: Progress | None = None,
    *,
    site: Site | None = None,
) -> Inventory:
    """Read profiles.

    Args:
        profiles: Which.
        open_store: Gives the store of a profile.
        now: Microseconds since the Unix epoch.
        missing: Paths that were named but lead to no store, and what is wrong with each.
        tell: Is told about every profile before it is read: how many were, of how many, whose.
        site: The one that was asked about: cookies that do not belong to it may be left out.
    """
    scanned = []
    failures = [failure(name, error) for name, error in missing]
    profiles = tuple(profiles)
    for number, profile in enumerate(profiles):
        store, who = open_store(profile), f"{profile.brand} {profile.name}"
        if tell is not None:
            tell(number, len(profiles), who)
        try:
            jar = store.read(site)
            usage = store.usage()
        except CookieTuiError as error:
            failures.append(failure(profile.id, error, who))
        else:
            scanned.append(ScannedProfile(profile, usage, jar))
            failures += [failure(profile.id, error, who) for error in jar.problems]
    return Inventory(now, tuple(scanned), tuple(failures))


def failure(profile: str, error: CookieTuiError, who: str = "") -> Failure:
    """Turn an error into a value to be told beside what worked."""
    message = f"{who}: {error.message}" if who else error.message
    return Failure(
        profile=profile,
        error=type(error).__name__,
        message=message,
        hint=error.hint,
        exit_code=error.exit_code,
        changed=isinstance(error, UnprovenError),
    )


def count_all(judged: Iterable[JudgedCookie]) -> SiteCount:
    """Count every cookie once, whichever sites it counts for."""
    return _counted("", tuple(judged))


def count_sites(found: dict[str, list[JudgedCookie]]) -> tuple[SiteCount, ...]:
    """Count what each site has, those with most to remove first.

    Args:
        found: What `by_site` gives.
    """
    counts = (_counted(site, own) for site, own in found.items())
    return tuple(sorted(counts, key=lambda count: (-count.removable, -count.cookies, count.site)))


def by_site(judged: Iterable[JudgedCookie]) -> dict[str, list[JudgedCookie]]:
    """The cookies of each registrable domain.

    A cookie that one site stored under another is in both: deleting it concerns both.
    """
    found: defaultdict[str, list[JudgedCookie]] = defaultdict(list)
    for each in judged:
        cookie = each.cookie
        own, partition = registrable_domain(cookie.host), cookie.partition
        found[own].append(each)
        if partition is not None and (other := site_of(partition.site)) != own:
            found[other].append(each)
    return dict(found)


def _counted(site: str, judged: Sequence[JudgedCookie]) -> SiteCount:
    purposes = [each.verdict.purpose for each in judged]
    counted = dict(zip(_PURPOSES, map(purposes.count, _PURPOSES), strict=True))
    removable = sum([each.removable for each in judged])
    return SiteCount(site, len(judged), counted, removable)
