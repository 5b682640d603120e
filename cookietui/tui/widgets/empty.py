"""What stands where there is nothing to list: why, and what to do next."""

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from cookietui.text import visible


class Empty(Vertical):
    """Says in the middle of a pane why it is empty."""

    _button: Button | None = None

    def compose(self) -> ComposeResult:
        """A sentence and hints."""
        yield Static(id="empty-text")

    def say(self, lines: tuple[str, ...], *, samples: bool = False) -> None:
        """Say something, or nothing if there is something to list.

        Args:
            lines: What is the matter, then what to do.
            samples: Whether to offer the sample profiles.
        """
        self.display = bool(lines)
        self._offer(samples=samples)
        if lines:
            first, *rest = (visible(line) for line in lines)
            text = Content.assemble((first, "bold"), *(f"\n\n{line}" for line in rest))
            self.query_one("#empty-text", Static).update(text)

    def _offer(self, *, samples: bool) -> None:
        if samples and self._button is None:
            # Not before it is needed: its style sheet is longer than any other of the screen.
            self._button = Button("Open the samples", id="samples", compact=True)
            self._button.display = False
            self.mount(Center(self._button))
        if self._button is not None:
            if samples and not self._button.display:
                self.call_after_refresh(self._button.focus)  # so that Enter does what is offered
            self._button.display = samples
