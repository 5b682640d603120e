"""The work that takes time, done beside the screen: each piece ends in one message.

These functions run in threads. They touch no widget: what they find, they post.
"""

from collections.abc import Callable
from functools import partial

from textual.message import Message

from cookietui.errors import CookieTuiError, NothingFoundError, StoreError
from cookietui.model.cookie import Cookie
from cookietui.model.deletion import Plan
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.diagnosing import diagnose
from cookietui.operations.inventory import Inventory
from cookietui.operations.selection import Selection
from cookietui.operations.surveying import Survey
from cookietui.operations.watching import Signature, signature
from cookietui.operations.workspace import Workspace
from cookietui.tui import messages


def scan(look: Callable[[], Survey], way: Selection, turn: int) -> messages.Scanned:
    """Look at everything there is.

    Args:
        look: Does so, or waits for what was begun before.
        way: How cookies are looked at.
        turn: Which reading this is, counted from 1.
    """
    found = look()
    everything = way.of(found.judged, found.inventory.at)
    return messages.Scanned(found, everything, turn)


def look(selection: Selection, changes: dict[str, object]) -> messages.WorkedOut:
    """Work out another way of looking at many cookies."""
    selection.work_out()
    return messages.WorkedOut(selection, changes)


def prepare_for_words(selection: Selection) -> None:
    """Make ready for a filter: somebody begins to type one."""
    selection.prepare_for_words()


def watch(inventory: Inventory, before: Signature) -> messages.StoresChanged | None:
    """Look whether a store was written since; nothing if none was."""
    now = signature(scanned.profile for scanned in inventory.scanned)
    return messages.StoresChanged(now) if now != before else None


def audit(workspace: Workspace, site: Site, inventory: Inventory) -> messages.Audited:
    """Hold a site's policy against its cookies."""
    return messages.Audited(workspace.audit(site, inventory))


def diagnose_all(workspace: Workspace, inventory: Inventory) -> messages.Diagnosed:
    """Find out what can be read and changed."""
    return messages.Diagnosed(diagnose(workspace, inventory))


def recall(workspace: Workspace) -> messages.Recalled:
    """Read past deletions."""
    return messages.Recalled(workspace.journal.entries())


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


def undo(workspace: Workspace, entry: str | None = None) -> messages.UndoFinished:
    """Put a deletion back; the last one if none is named."""
    return messages.UndoFinished(workspace.undo(entry)[1])


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


def outcome(work: Callable[[], Message | None]) -> Message | None:
    """Do some work; what a person can be told about its failing is a message too."""
    try:
        return work()
    except CookieTuiError as error:
        return messages.Failed(error)
