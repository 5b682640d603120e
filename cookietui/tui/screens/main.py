"""Acting: what a person does to cookies on the screen where they look at them."""

from functools import partial

from textual import on

from cookietui.model.deletion import Plan
from cookietui.text import visible
from cookietui.tui import messages, sentences
from cookietui.tui import work as jobs
from cookietui.tui.screens.confirm import ConfirmScreen
from cookietui.tui.screens.viewing import ViewingScreen


class MainScreen(ViewingScreen):
    """The screen a person works on: looking, and deleting with a way back."""

    _busy = False
    """Whether a deletion or an undo is under way: a second one would not be what was asked."""

    @on(messages.Planned)
    def _ask(self, event: messages.Planned) -> None:

        def answered(plan: Plan | None) -> None:
            if plan is not None:
                self._say("deleting...")
                self._work(partial(jobs.clean, self._workspace, plan))
            else:
                self._busy = False
                self._say("nothing was deleted")

        hidden = self._view.selection.hidden
        question = ConfirmScreen(
            event.plan, self._signs, hidden=hidden, look_again=event.look_again
        )
        self.app.push_screen(question, answered)

    @on(messages.DeletionFinished)
    def _tell_deletion(self, event: messages.DeletionFinished) -> None:
        self._busy = False
        receipt = event.receipt
        self._announce(sentences.deleted(receipt, self._signs), good=not receipt.refused)
        self.action_read()

    @on(messages.UndoFinished)
    def _tell_undo(self, event: messages.UndoFinished) -> None:
        self._busy = False
        done = event.restoration
        good = not (done.refused or done.skipped)
        self._announce(sentences.restored(done, self._signs), good=good)
        self.action_read()

    @on(messages.ValueRevealed)
    def _tell_value(self, event: messages.ValueRevealed) -> None:
        # The cursor may have moved on while the value was being read.
        if self._cookie is not None and self._cookie.cookie.key == event.key:
            self._show_value(event.value)

    @on(messages.Failed)
    def _stop(self) -> None:
        self._busy = False

    def action_delete(self) -> None:
        """Ask whether to delete what is marked."""
        view = self._view
        if view.inventory is None or self._busy:
            return
        self._busy = True
        host = view.scope.host if view.scope else ""
        shown, chosen = view.selection.judged, view.selection.chosen
        self._work(partial(jobs.plan, self._workspace, host, shown, chosen, view.inventory))

    def action_undo(self) -> None:
        """Put the last deletion back."""
        if self._busy:
            return
        self._busy = True
        self._say("putting back...")
        self._work(partial(jobs.undo, self._workspace))

    def undo(self, entry: str) -> None:
        """Put one deletion back."""
        if not self._busy:
            self._busy = True
            self._say("putting back...")
            self._work(partial(jobs.undo, self._workspace, entry))

    def action_keep(self) -> None:
        """Keep a cookie for ever, or release it."""
        judged = self._cookie
        if judged is None:
            self._say("choose one cookie to keep or release")
            return
        cookie, name = judged.cookie, visible(judged.cookie.name)
        selection = self._selection
        if cookie.in_session_file:
            self._say(sentences.why_protected(judged))
        elif judged.verdict.kept:
            self._work(partial(jobs.release, self._workspace, cookie))
        elif selection.protected(judged) or cookie.key in selection.released:
            changed = selection.releasing(judged)
            free = cookie.key in changed.released
            self._look_at(
                changed, news=f"{name} is released: space marks it" if free else f"{name} stays"
            )
        else:
            self._work(partial(jobs.keep, self._workspace, cookie))

    @on(messages.WordTaken)
    def _tell_word(self, event: messages.WordTaken) -> None:
        self._say(event.news)
        self._show_site()
        self.action_read()  # what all sites have together was judged before

    def action_copy_name(self) -> None:
        """Copy the cookie's name, made visible."""
        if self._cookie is not None:
            self.app.copy_to_clipboard(visible(self._cookie.cookie.name))
            self._say("name copied")

    def action_copy_value(self) -> None:
        """Copy the value that is shown; a secret, so only what is in sight already."""
        if self._view.value is not None:
            self.app.copy_to_clipboard(self._view.value)
            self._say("value copied: it is a secret, and other programs can read the clipboard")

    def action_value(self) -> None:
        """Show the value of one cookie, or hide it."""
        view, judged = self._view, self._cookie
        if judged is None or view.inventory is None:
            return
        if view.value is not None:
            self._show_value(None)
            return
        self._work(partial(jobs.reveal, self._workspace, judged.cookie, view.inventory))
