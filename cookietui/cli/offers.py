"""What a line could go on with: profiles, sites, policies and deletions that are there.

A shell asks in the middle of somebody's line. So nothing here raises or prints, what cannot be read
is passed over, and of cookies nothing is told but whose they are.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import click

from cookietui.catalogue.loading import load_catalogue
from cookietui.config import Config
from cookietui.errors import CookieTuiError
from cookietui.model.cookie import Cookie
from cookietui.model.site import sites as sites_of
from cookietui.paths import Environment
from cookietui.safety.journal import Journal
from cookietui.stores.choosing import Wanted, choose_profiles
from cookietui.stores.discovery import find_profiles
from cookietui.stores.opening import Stores
from cookietui.stores.snapshot import Snapshots
from cookietui.text import plural, visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETE = "_COOKIETUI_COMPLETE"
"""The variable in which a shell asks: ``bash_complete``, ``zsh_source`` and so on."""

Offers = list["CompletionItem[str]"]
Offer = Callable[[click.Context, click.Parameter, str], Offers]
Found = Iterable[tuple[str, str]]
"""Words, and what each stands for."""

_LOCAL = ("/", ".", "~")


class Known(Protocol):
    """What is known where a line is typed."""

    environment: Environment

    @property
    def config(self) -> Config:
        """The person's settings."""


def _offer(*finders: Callable[[Known, click.Context], Found]) -> Offer:
    """Offer what begins like what is typed, of the first finder that finds any."""

    def offer(context: click.Context, parameter: click.Parameter, typed: str) -> Offers:
        del parameter
        try:
            for find in finders:
                found = list(_beginning(find(context.find_root().obj, context), typed))
                if found:
                    return found
        except Exception:  # noqa: BLE001 - in the middle of somebody's line nothing may be said
            return []
        return []

    return offer


def _beginning(found: Found, typed: str) -> "Iterator[CompletionItem[str]]":
    for word, meaning in dict(found).items():
        # A name that would have to be written in another way than it reads cannot be typed.
        if word.startswith(typed) and word == visible(word):
            yield _item(word, help=visible(meaning) or None)


def _profiles(known: Known, context: click.Context) -> Found:
    del context
    found, _ = find_profiles(known.environment, known.config.folders)
    return [(each.id, f"{each.brand}, {each.name}") for each in found]


def _browsers(known: Known, context: click.Context) -> Found:
    del context
    found, _ = find_profiles(known.environment, known.config.folders)
    return [(each.id.partition(":")[0], each.brand) for each in found]


def _policies(known: Known, context: click.Context) -> Found:
    del context
    catalogue = load_catalogue(known.environment.policies)
    return [(each.name, each.title) for each in (*catalogue.own, *catalogue.builtin)]


def _own_policies(known: Known, context: click.Context) -> Found:
    del context
    return [(each.name, each.title) for each in load_catalogue(known.environment.policies).own]


def _deletions(known: Known, context: click.Context) -> Found:
    del context
    entries = Journal(known.environment.journal).entries()
    return [(each.id, f"{each.site}, {plural(len(each.rows), 'cookie')}") for each in entries]


def _sites(known: Known, context: click.Context) -> Found:
    there = {site for each in _cookies(known, context) for site in sites_of(each)}
    return [(each, "") for each in sorted(there)]


def _hosts(known: Known, context: click.Context) -> Found:
    return [(each, "") for each in sorted({each.domain for each in _cookies(known, context)})]


def _cookies(known: Known, context: click.Context) -> Iterator[Cookie]:
    given = context.params
    wanted = Wanted(*(tuple(given.get(name) or ()) for name in ("profiles", "browsers", "files")))
    profiles, _ = choose_profiles(known.environment, wanted, known.config.folders)
    stores = Stores(Snapshots(known.environment.scratch))
    for profile in profiles:
        try:
            yield from stores.of(profile).read().cookies
        except CookieTuiError:
            continue


browsers = _offer(_browsers)
policies = _offer(_policies)
own_policies = _offer(_own_policies)
deletions = _offer(_deletions)
sites = _offer(_sites, _hosts)
_known_profiles = _offer(_profiles)


def profiles(context: click.Context, parameter: click.Parameter, typed: str) -> Offers:
    """Offer the ids of profiles, and paths once one is begun."""
    if typed.startswith(_LOCAL):
        return files(context, parameter, typed)
    return _known_profiles(context, parameter, typed)


def files(context: click.Context, parameter: click.Parameter, typed: str) -> Offers:
    """Offer files, which shells know best."""
    del context, parameter
    return [_item(typed, type="file")]


def checks(context: click.Context, parameter: click.Parameter, typed: str) -> Offers:
    """Offer another check after those that are named."""
    del context, parameter
    from cookietui.operations.auditing import Check  # noqa: PLC0415 - one command needs it

    before, comma, last = typed.rpartition(",")
    given = before.split(",")
    return [
        _item(before + comma + check.value)
        for check in Check
        if check.value.startswith(last) and check.value not in given
    ]


def _item(word: str, **how: Any) -> "CompletionItem[str]":  # noqa: ANN401 - click's own
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only shells need it

    return CompletionItem(word, **how)
