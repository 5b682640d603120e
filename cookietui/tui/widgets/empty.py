"""What stands where there is nothing to list: why, and what to do next."""

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from cookietui.text import visible


class Empty(Vertical):
    """Says in the middle of a pane why it is empty."""

    def compose(self) -> ComposeResult:
        """A sentence, hints, and the way to the samples."""
        yield Static(id="empty-text")
        with Center():
            yield Button("Open the samples", id="samples", compact=True)

    def on_mount(self) -> None:
        """Offer nothing yet."""
        self.query_one("#samples", Button).display = False

    def say(self, lines: tuple[str, ...], *, samples: bool = False) -> None:
        """Say something, or nothing if there is something to list.

        Args:
            lines: What is the matter, then what to do.
            samples: Whether to offer the sample profiles.
        """
        self.display = bool(lines)
        button = self.query_one("#samples", Button)
        if samples and not button.display:
            self.call_after_refresh(button.focus)  # so that Enter does what is offered
        button.display = samples
        if lines:
            first, *rest = (visible(line) for line in lines)
            text = Content.assemble((first, "bold"), *(f"\n\n{line}" for line in rest))
            self.query_one("#empty-text", Static).update(text)
