"""What somebody may have meant who named something that is not there."""

from collections.abc import Iterable

from cookietui.config import Config
from cookietui.errors import NothingFoundError
from cookietui.model.site import Site
from cookietui.model.site import sites as sites_of
from cookietui.operations.inventory import Inventory
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted
from cookietui.stores.discovery import find_profiles


def nearest(word: str, known: Iterable[str]) -> str:
    """The word that somebody most likely meant; empty if none is similar.

    Args:
        word: What was typed.
        known: What there is.
    """
    import difflib  # noqa: PLC0415 - slow to load

    by_folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else ""


def with_suggestion(error: NothingFoundError, word: str, known: Iterable[str]) -> NothingFoundError:
    """Say the same with what may have been meant, before where to look."""
    near = nearest(word, known)
    return NothingFoundError(error.message, f"did you mean {near}? {error.hint}") if near else error


def without_cookies(site: Site, inventory: Inventory) -> NothingFoundError:
    """Say that a site has no cookies, and which similar site has some."""
    nothing = NothingFoundError(f"{site.host} has no cookies", "`cookietui sites` lists who has")
    there = {each for cookie in inventory.cookies for each in sites_of(cookie)}
    return with_suggestion(nothing, site.host, there)


def no_cookie(site: Site, name: str, inventory: Inventory) -> NothingFoundError:
    """Say that a site has no cookie by a name, and which similar one it has; or none at all."""
    names = {cookie.name for cookie in inventory.of_site(site)}
    if not names:
        return without_cookies(site, inventory)
    nothing = NothingFoundError(
        f"{site.host} has no cookie called {name!r}", f"`cookietui list {site.host}` lists them"
    )
    return with_suggestion(nothing, name, names)


def no_profile(
    error: NothingFoundError, wanted: Wanted, environment: Environment, config: Config
) -> NothingFoundError:
    """Say that a profile or a browser was not found, and which similar one was.

    Args:
        error: What was said about it.
        wanted: What was named.
        environment: Where profiles are looked for.
        config: The person's settings.
    """
    found, _ = find_profiles(environment, config.folders)
    ids = {profile.id for profile in found}
    brands = {profile.id.partition(":")[0] for profile in found}
    titles = {profile.brand.casefold() for profile in found}
    for browser in wanted.browsers:
        if browser.casefold() not in brands | titles:
            return with_suggestion(error, browser, brands)
    unknown = [selector for selector in wanted.profiles if selector not in ids]
    return with_suggestion(error, unknown[0], ids) if unknown else error
