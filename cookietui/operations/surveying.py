"""One look at everything: what the browsers keep, what it is for, and what each site has."""

from typing import TYPE_CHECKING

import msgspec

from cookietui.model.verdict import JudgedCookie
from cookietui.operations.cleaning import last_undoable
from cookietui.operations.inventory import (
    Inventory,
    Progress,
    SiteCount,
    by_site,
    count_all,
    count_sites,
)
from cookietui.operations.workspace import Workspace
from cookietui.safety.events import Entry
from cookietui.stores.choosing import Wanted

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Survey(msgspec.Struct, frozen=True):
    """What one look found.

    Attributes:
        inventory: What was read.
        judged: Every cookie, and what is thought of it.
        by_site: The cookies of each registrable domain.
        counts: What each site has.
        total: What all sites have together.
        undoable: The newest deletion that can be taken back.
        news: How deletions ended that were interrupted.
    """

    inventory: Inventory
    judged: tuple[JudgedCookie, ...]
    by_site: dict[str, list[JudgedCookie]]
    counts: tuple[SiteCount, ...]
    total: SiteCount
    undoable: Entry | None
    news: tuple[str, ...]


def survey(workspace: Workspace, wanted: Wanted, tell: Progress | None = None) -> Survey:
    """Read the browsers, judge every cookie, and count what every site has.

    Args:
        workspace: What to work with.
        wanted: Which profiles to read.
        tell: Is told about every profile before it is read.

    Raises:
        ConfigError: The kept cookies cannot be understood.
        NothingFoundError: No profile goes by a name.
    """
    news = workspace.settle()
    inventory = workspace.scan(wanted, tell)
    judged = workspace.judge(inventory.cookies)
    found = by_site(judged)
    return Survey(
        inventory=inventory,
        judged=judged,
        by_site=found,
        counts=count_sites(found),
        total=count_all(judged),
        undoable=last_undoable(workspace.journal),
        news=news,
    )


class FirstLook:
    """A look that is begun before there is anybody to be told about it.

    Args:
        beside: Where it is done.
        workspace: What to work with.
        wanted: Which profiles to read.
    """

    def __init__(self, beside: "Executor", workspace: Workspace, wanted: Wanted) -> None:
        self._told: tuple[int, int, str] | None = None
        self._listener: Progress | None = None
        self.future = beside.submit(survey, workspace, wanted, self._tell)

    def listen(self, tell: Progress) -> None:
        """Be told about every profile before it is read, the one that is being read first."""
        self._listener = tell
        if self._told is not None:
            tell(*self._told)

    def _tell(self, done: int, of: int, name: str) -> None:
        self._told = (done, of, name)
        if self._listener is not None:
            self._listener(done, of, name)
