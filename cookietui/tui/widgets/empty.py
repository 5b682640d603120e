"""What stands where there is nothing to list: why, and what to do next."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from cookietui.text import visible


class Empty(Vertical):
    """Says in the middle of a pane why it is empty."""

    def compose(self) -> ComposeResult:
        """A sentence, hints, and the way to the samples."""
        yield Static(id="empty-text")
        yield Button("Open the samples", id="samples")

    def say(self, lines: tuple[str, ...], *, samples: bool = False) -> None:
        """Say something, or nothing if there is something to list.

        Args:
            lines: What is the matter, then what to do.
            samples: Whether to offer the sample profiles.
        """
        self.display = bool(lines)
        self.query_one("#samples", Button).display = samples
        if lines:
            first, *rest = (visible(line) for line in lines)
            text = Content.assemble((first, "bold"), *(f"\n\n{line}" for line in rest))
            self.query_one("#empty-text", Static).update(text)
