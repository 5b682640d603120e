"""Reading: the browsers are looked at, and whatever else takes time is done, beside the screen."""

from collections.abc import Callable
from functools import partial

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from cookietui.operations.selection import Selection
from cookietui.operations.surveying import FirstLook, survey
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import Wanted
from cookietui.tui import messages
from cookietui.tui import work as jobs


class ReadingScreen(Screen[None]):
    """A screen for what is found in the browsers.

    Args:
        workspace: What to work with.
        wanted: Which profiles to read.
        first: The first look at everything, if it was begun already.
    """

    def __init__(self, workspace: Workspace, wanted: Wanted, first: FirstLook | None) -> None:
        super().__init__()
        self._workspace = workspace
        self._wanted = wanted
        self._first = first
        self._turn = 0

    @property
    def _selection(self) -> Selection:
        """How cookies are looked at; what shows them knows it."""
        raise NotImplementedError

    def _show_found(self, event: messages.Scanned) -> None:
        """Show what was found; what does so knows how."""
        raise NotImplementedError

    def action_read(self) -> None:
        """Read the browsers again."""
        self._turn += 1
        first, self._first = self._first, None
        look = partial(survey, self._workspace, self._wanted, self._tell_turn)
        job = partial(
            jobs.scan, first.future.result if first else look, self._selection, self._turn
        )
        if first and first.future.done():  # nothing to wait for: the first picture holds it all
            outcome = jobs.outcome(job)
            if isinstance(outcome, messages.Scanned):
                self._show_found(outcome)
            else:
                self._tell(outcome)
            return
        if first:
            first.listen(self._tell_turn)
        self._work(job)

    def _tell_turn(self, done: int, of: int, name: str) -> None:
        self.post_message(messages.Reading(done, of, name))

    # Named, or the library would write out all that is handed over: every cookie, at each key.
    @work(thread=True, description="beside the screen")
    def _work(self, job: Callable[[], Message | None]) -> None:
        """Do something that takes time beside the screen."""
        message = jobs.outcome(job)
        if not get_current_worker().is_cancelled:
            self._tell(message)

    def _tell(self, message: Message | None) -> None:
        if message is not None:
            self.post_message(message)
