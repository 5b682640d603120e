"""Viewing: what else there is to see, and watching cookies come and go."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual import on
from textual.timer import Timer
from textual.widgets import Button

from cookietui.errors import UsageError
from cookietui.model.cookie import CookieKey
from cookietui.model.site import Site
from cookietui.operations.watching import Signature
from cookietui.text import plural
from cookietui.tui import messages
from cookietui.tui import work as jobs
from cookietui.tui.screens.audit import AuditScreen
from cookietui.tui.screens.choosing import ChoosingScreen
from cookietui.tui.screens.doctor import DoctorScreen
from cookietui.tui.screens.help import HelpScreen
from cookietui.tui.screens.history import HistoryScreen
from cookietui.tui.screens.policies import Asked, ImportScreen, PoliciesScreen

if TYPE_CHECKING:
    from cookietui.catalogue.importing.opening import Imported

_WATCH_SECONDS = 1.0


class ViewingScreen(ChoosingScreen):
    """Audit, history, policies, doctor, help; and the watch."""

    _timer: Timer | None = None
    _signature: Signature = ()
    _known: frozenset[CookieKey] | None = None
    """The cookies that were there before, while stores are watched."""

    # Other views

    def action_audit(self) -> None:
        """Hold the site's policy against its cookies."""
        view = self._view
        if view.inventory is not None and view.scope is not None:
            self._work(partial(jobs.audit, self._workspace, view.scope, view.inventory))

    @on(messages.Audited)
    def _show_audit(self, event: messages.Audited) -> None:
        kinds = self._workspace.catalogue.kinds
        screen = AuditScreen(self._signs, event.audit, kinds, self._selection.now)

        def closed(wish: object) -> None:
            if wish is None:
                self._show_again()
            else:
                self.app.push_screen(ImportScreen(event.audit.site.host), self._bring_in_and_audit)

        self.app.push_screen(screen, closed)

    def _bring_in_and_audit(self, asked: Asked | None) -> None:
        if asked is not None:
            self._work(partial(self._read_policy, *asked))

    def _read_policy(self, file: Path, site: Site | None) -> messages.Audited | None:
        self._bring_in(file, site)
        view = self._view
        if view.inventory is None or view.scope is None:
            return None
        return jobs.audit(self._workspace, view.scope, view.inventory)

    def action_history(self) -> None:
        """Show past deletions."""
        self._work(partial(jobs.recall, self._workspace))

    @on(messages.Recalled)
    def _show_history(self, event: messages.Recalled) -> None:
        screen = HistoryScreen(
            self._signs, event.entries, self._workspace.clock(), read_only=self._read_only
        )

        def closed(entry: object) -> None:
            if isinstance(entry, str):
                self.undo(entry)

        self.app.push_screen(screen, closed)

    def undo(self, entry: str) -> None:
        """Put one deletion back; what acts on cookies knows how."""
        raise NotImplementedError

    def action_policies(self) -> None:
        """Show what is declared."""
        workspace = self._workspace
        screen = PoliciesScreen(
            self._signs,
            lambda: workspace.catalogue,
            self._bring_in,
            workspace.remove_policy,
            self._view.scope.host if self._view.scope else "",
        )
        self.app.push_screen(screen, lambda _: self._show_again())

    def _bring_in(self, file: Path, site: Site | None) -> "Imported":
        imported = self._workspace.read_policy(file, site)
        if len(imported.policies) != 1:
            raise UsageError(
                f"{file} holds {len(imported.policies)} policies",
                f"copy it into {self._workspace.environment.policies} instead",
            )
        self._workspace.keep_policy(imported.policies[0])
        return imported

    def _show_again(self) -> None:
        """Judge anew: what is declared may have changed."""
        self.action_read()

    def action_doctor(self) -> None:
        """Show what can be read and changed, and why not."""
        if self._view.inventory is not None:
            self._work(partial(jobs.diagnose_all, self._workspace, self._view.inventory))

    @on(messages.Diagnosed)
    def _show_doctor(self, event: messages.Diagnosed) -> None:
        self.app.push_screen(DoctorScreen(self._signs, event.findings))

    def action_help(self) -> None:
        """Explain the keys and the categories."""
        self.app.push_screen(HelpScreen(self._signs, self._pane_of_focus(), self._keys))

    def _pane_of_focus(self) -> str:
        if self.focused is self._panes.sites:
            return "sites"
        return "details" if self.focused is self._panes.details else "cookies"

    @on(Button.Pressed, "#samples")
    async def _open_samples(self) -> None:
        await self.app.run_action("open_samples")

    # The watch

    def action_watch(self) -> None:
        """Begin to watch the stores, or stop."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._known = None
            self._view = msgspec.structs.replace(self._view, fresh=frozenset())
            self._look_at(self._view.selection, news="no longer watching")
            return
        if self._view.inventory is None:
            return
        self._known = frozenset(cookie.key for cookie in self._view.inventory.cookies)
        self._signature = ()
        self._timer = self.set_interval(_WATCH_SECONDS, self._look_for_changes)
        self._look_for_changes()
        self._say("watching: browse, and see cookies come and go; w ends it")

    def _look_for_changes(self) -> None:
        if self._view.inventory is not None:
            self._work(partial(jobs.watch, self._view.inventory, self._signature))

    @on(messages.StoresChanged)
    def _read_changes(self, event: messages.StoresChanged) -> None:
        # The first time too: something may have changed since the stores were read.
        self._signature = event.signature
        self.action_read()

    @on(messages.Scanned)
    def _tell_changes(self, event: messages.Scanned) -> None:
        if self._known is None:
            return
        now = frozenset(cookie.key for cookie in event.survey.inventory.cookies)
        fresh, gone = now - self._known, self._known - now
        self._known = now
        if fresh or gone:
            self._view = msgspec.structs.replace(self._view, fresh=fresh)
            self._panes.draw_cookies(self._view)
            came = f"{plural(len(fresh), 'cookie')} came" if fresh else ""
            went = f"{plural(len(gone), 'cookie')} went" if gone else ""
            self._say(f"watching: {', '.join(filter(None, (came, went)))}")
