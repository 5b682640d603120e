"""What workers tell the screen; facts, in the past tense.

They are not to be written out, as the library's log would: they hold every cookie, and one a value.
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from cookietui.errors import CookieTuiError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Plan, Receipt, Restoration
from cookietui.operations.auditing import Audit
from cookietui.operations.diagnosing import Findings
from cookietui.operations.selection import Selection
from cookietui.operations.surveying import Survey
from cookietui.operations.watching import Signature
from cookietui.safety.events import Entry


@dataclass(eq=False, repr=False)
class Scanned(Message):
    """The profiles were read."""

    survey: Survey
    """What was found."""
    everything: Selection
    """All cookies; put in order and in groups when they are first looked at together."""
    turn: int
    """Which reading it was: an older one never replaces a newer."""


@dataclass(eq=False, repr=False)
class Reading(Message):
    """One more profile is about to be read."""

    done: int
    """How many were read before."""
    of: int
    """How many there are."""
    name: str
    """Whose turn it is."""


@dataclass(eq=False, repr=False)
class WorkedOut(Message):
    """Another way of looking at many cookies was worked out."""

    selection: Selection
    """The new way, with everything that takes time done."""
    changes: dict[str, object]
    """What else changes with it."""


@dataclass(eq=False, repr=False)
class StoresChanged(Message):
    """A watched store was written."""

    signature: Signature
    """What the stores look like now."""


@dataclass(eq=False, repr=False)
class Audited(Message):
    """A site's policy was held against its cookies."""

    audit: Audit
    """What came of it."""


@dataclass(eq=False, repr=False)
class Diagnosed(Message):
    """It was found out what can be read and changed."""

    findings: Findings
    """What came of it."""


@dataclass(eq=False, repr=False)
class Recalled(Message):
    """Past deletions were read."""

    entries: tuple[Entry, ...]
    """The newest first."""


@dataclass(eq=False, repr=False)
class Planned(Message):
    """What is going to be deleted was worked out, with a fresh look at the browsers."""

    plan: Plan
    """The plan."""
    look_again: Callable[[], Plan]
    """Makes the same plan anew."""


@dataclass(eq=False, repr=False)
class DeletionFinished(Message):
    """A deletion came to its end."""

    receipt: Receipt
    """What became of it."""


@dataclass(eq=False, repr=False)
class UndoFinished(Message):
    """An undo came to its end."""

    restoration: Restoration
    """What became of it."""


@dataclass(eq=False, repr=False)
class ValueRevealed(Message):
    """One value was read on the person's request."""

    key: CookieKey
    """Whose."""
    value: str
    """The value; a secret."""


@dataclass(eq=False, repr=False)
class WordTaken(Message):
    """What the person said about a cookie was written down."""

    news: str
    """What it was."""


@dataclass(eq=False, repr=False)
class Failed(Message):
    """Something could not be done."""

    error: CookieTuiError
    """Why, and what to do."""
