"""The work that takes time, done beside the screen: each piece ends in one message.

These functions run in threads. They touch no widget: what they find, they post.
"""

from collections.abc import Callable
from functools import partial

from textual.message import Message

from cookietui.errors import CookieTuiError, NothingFoundError, StoreError
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Plan
from cookietui.model.site import sites
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.cleaning import last_undoable
from cookietui.operations.inventory import Inventory, count_sites
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import Wanted
from cookietui.tui import messages


def scan(workspace: Workspace, wanted: Wanted) -> messages.Scanned:
    """Read the browsers and count what every site has."""
    news = workspace.settle()
    inventory = workspace.scan(wanted)
    by_site: dict[str, list[Cookie]] = {}
    for cookie in inventory.cookies:
        for site in sites(cookie):
            by_site.setdefault(site, []).append(cookie)
    counts = count_sites(workspace.judge(inventory.cookies))
    return messages.Scanned(inventory, counts, by_site, last_undoable(workspace.journal), news)


def plan(
    workspace: Workspace,
    site: str,
    shown: tuple[JudgedCookie, ...],
    chosen: tuple[JudgedCookie, ...],
    inventory: Inventory,
) -> messages.Planned:
    """Work out what is going to be deleted."""
    work_out = partial(workspace.plan, site, shown, chosen, inventory)
    return messages.Planned(work_out(), work_out)


def clean(workspace: Workspace, plan: Plan) -> messages.DeletionFinished:
    """Delete."""
    return messages.DeletionFinished(workspace.clean(plan))


def undo(workspace: Workspace) -> messages.UndoFinished:
    """Put the last deletion back."""
    return messages.UndoFinished(workspace.undo()[1])


def reveal(workspace: Workspace, cookie: Cookie, inventory: Inventory) -> messages.ValueRevealed:
    """Read one value.

    Raises:
        StoreError: It cannot be had.
    """
    value = workspace.values([cookie], inventory)[cookie.key]
    if isinstance(value, StoreError):
        raise value
    return messages.ValueRevealed(cookie.key, value)


def keep(workspace: Workspace, cookie: Cookie) -> messages.WordTaken:
    """Write down that a cookie is kept for ever."""
    workspace.overrides.keep(cookie.name, cookie.domain)
    return messages.WordTaken(f"{cookie.name} of {cookie.domain} is kept for ever")


def release(workspace: Workspace, cookie: Cookie) -> messages.WordTaken:
    """Take back what was said about a cookie.

    Raises:
        NothingFoundError: It is kept by a word about several cookies.
    """
    if not workspace.overrides.release(cookie.name, cookie.domain):
        raise NothingFoundError(
            "it is kept by a word about several cookies", "`cookietui keep list` shows it"
        )
    return messages.WordTaken(f"{cookie.name} of {cookie.domain} is no longer kept for ever")


def outcome(work: Callable[[], Message]) -> Message:
    """Do some work; what a person can be told about its failing is a message too."""
    try:
        return work()
    except CookieTuiError as error:
        return messages.Failed(error)
