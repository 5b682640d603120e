"""What goes, what stays and why, before anything happens."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Static
from textual.worker import get_current_worker

from cookietui.errors import BrowserRunningError, CookieTuiError
from cookietui.judging.explain import PURPOSE_TITLES, container, provider
from cookietui.model.deletion import Failure, Plan
from cookietui.model.policy import Purpose
from cookietui.text import plural, visible
from cookietui.tui.theme import Signs, tone

_LOOK_SECONDS = 1.0


class ConfirmScreen(ModalScreen[Plan]):
    """Shows a plan and asks. Cancel has the focus; the key that began it does nothing here.

    While a browser is in the way it looks again now and then, so that nothing but the one key is
    needed once the person has closed it. What it gives is the plan to execute, or None.

    Args:
        plan: What is asked about.
        signs: The characters to draw with.
        hidden: How many of the cookies the filter hides.
        look_again: Makes the same plan anew, with a fresh look at the browsers.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Delete"),
        Binding("n,escape,q", "answer(False)", "Cancel"),
        Binding("left,right,tab", "other", "Other button", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012 - so typed by the library
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - so typed by the library

    @dataclass(eq=False, repr=False)
    class LookedAgain(Message):
        """The browsers were looked at again."""

        plan: Plan
        """The same plan, with what stands in its way now."""

    def __init__(
        self, plan: Plan, signs: Signs, *, hidden: int, look_again: Callable[[], Plan]
    ) -> None:
        super().__init__()
        self._plan = plan
        self._look_again = look_again
        self._waited_for: tuple[str, ...] = ()
        self._looking = False
        self._signs = signs
        self._hidden = hidden
        self._count = len(plan.deleting)

    @property
    def _possible(self) -> int:
        """How many can be deleted now."""
        refused = {each.profile for each in self._plan.refused}
        return sum(len(p.deleting) for p in self._plan.parts if p.profile.id not in refused)

    @property
    def _busy(self) -> tuple[str, ...]:
        """The browsers that are in the way."""
        refused = {each.profile for each in self._plan.refused if _in_use(each)}
        brands = (p.profile.brand for p in self._plan.parts if p.profile.id in refused)
        return tuple(dict.fromkeys(brands))

    def compose(self) -> ComposeResult:
        """Where, what goes beside what stays, warnings, and the two answers."""
        with Vertical(id="dialog") as dialog:
            dialog.border_title = f"Delete {plural(self._count, 'cookie')}?"
            yield Static(self._where(), id="where")
            with Horizontal(id="lists"):
                with VerticalScroll(id="going") as going:
                    going.border_title = f"Will be deleted ({self._count})"
                    yield Static(self._going(), classes="names")
                with VerticalScroll(id="staying") as staying:
                    staying.border_title = f"Will be kept ({len(self._plan.keeping)})"
                    yield Static(self._staying(), classes="names")
            yield Static(self._warnings(), id="warnings")
            with Horizontal(id="answers"):
                yield Button("n Cancel", id="cancel", compact=True)
                yield Button(self._answer, id="delete", compact=True)

    def on_mount(self) -> None:
        """Make the harmless answer the one that Enter gives."""
        self.query_one("#delete", Button).disabled = not self._possible
        self.query_one("#cancel", Button).focus()
        if self._busy:
            self._waited_for = self._busy
            self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            self._look_beside()

    # Named, or the library would write out all that is handed over: every cookie, at each key.
    @work(thread=True, description="beside the screen")
    def _look_beside(self) -> None:
        plan = self._plan
        with suppress(CookieTuiError):  # it is said when the person answers
            plan = self._look_again()
        if not get_current_worker().is_cancelled:
            self.post_message(self.LookedAgain(plan))

    @on(LookedAgain)
    def _notice(self, event: LookedAgain) -> None:
        """Show what stands in the way now; what goes and what stays is what was asked about."""
        self._looking = False
        # A store of which all is kept meanwhile is not looked at any more: nothing is learnt of it.
        looked, asked = ({part.profile for part in p.parts} for p in (event.plan, self._plan))
        if event.plan.refused == self._plan.refused or looked != asked:
            return
        self._plan = msgspec.structs.replace(self._plan, refused=event.plan.refused)
        self.query_one("#warnings", Static).update(self._warnings())
        button = self.query_one("#delete", Button)
        button.label = self._answer
        button.disabled = not self._possible

    @property
    def _answer(self) -> str:
        return f"y Delete {self._possible or self._count}"

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Take an answer by mouse or Enter."""
        self.action_answer(event.button.id == "delete")

    def action_answer(self, yes: bool) -> None:
        """Give the answer; yes only if something can be deleted."""
        if not yes or self._possible:
            self.dismiss(self._plan if yes else None)

    def action_other(self) -> None:
        """Go to the other button."""
        self.focus_next(Button)

    def _where(self) -> Content:
        profiles = ", ".join(
            f"{part.profile.brand} {self._signs.dot} {part.profile.name}"
            for part in self._plan.parts
        )
        return Content.assemble(
            (visible(profiles), ""), ("   ", ""), (visible(self._plan.site), "bold")
        )

    def _going(self) -> Content:
        groups: defaultdict[Purpose, list[tuple[str, str]]] = defaultdict(list)
        several = len(self._plan.parts) > 1
        for part in self._plan.parts:
            for each in part.deleting:
                who = provider(each.verdict) if each.verdict.declared else each.cookie.host
                place = [container(each.cookie), part.profile.brand if several else ""]
                where = ", ".join(filter(None, [who, *place]))
                groups[each.verdict.purpose].append((each.cookie.name, where))
        return self._listed(groups)

    def _staying(self) -> Content:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for kept in self._plan.keeping:
            groups[kept.why].append(kept.cookie.name)
        pieces: list[tuple[str, str]] = []
        for why, names in sorted(groups.items()):
            pieces.append((f"{why} {len(names)}\n", "bold $success"))
            pieces += [(f"  {visible(name) or '(no name)'}\n", "") for name in sorted(names)]
        return Content.assemble(*pieces)

    def _listed(self, groups: dict[Purpose, list[tuple[str, str]]]) -> Content:
        pieces: list[tuple[str, str]] = []
        for purpose in Purpose:
            names = sorted(groups.get(purpose, ()))
            if names:
                sign = self._signs.purposes[purpose]
                title = f"{sign} {PURPOSE_TITLES[purpose]} {len(names)}\n"
                pieces.append((title, f"bold ${tone(purpose)}"))
            for name, who in names:
                pieces.append((f"  {visible(name) or '(no name)'}", ""))
                pieces.append((f"  {visible(who)}\n", "$quiet"))
        return Content.assemble(*pieces)

    def _warnings(self) -> Content:
        sign = self._signs.warning
        lines: list[tuple[str, str]] = [
            (f"{sign} {visible(_obstacle(each))}\n", "bold $error") for each in self._plan.refused
        ]
        if self._busy:
            wait = f"{self._signs.dot} close {' and '.join(self._busy)}: it is noticed here\n"
            lines.append((wait, "$warning"))
        elif self._waited_for:
            verb = "is" if len(self._waited_for) == 1 else "are"
            closed = f"{' and '.join(self._waited_for)} {verb} closed now"
            lines.append((f"{self._signs.done} {closed}: y deletes\n", "$success"))
        unknown = sum(e.verdict.purpose is Purpose.UNKNOWN for e in self._plan.deleting)
        needed = sum(e.verdict.purpose is Purpose.NECESSARY for e in self._plan.deleting)
        if needed:
            text = f"{sign} {needed} necessary: you may be signed out\n"
            lines.append((text, "bold $error"))
        if unknown:
            lines.append((f"{sign} {unknown} unknown: they may be needed\n", "$warning"))
        if self._hidden:
            lines.append((f"{sign} {self._hidden} hidden by the filter, listed here\n", "$warning"))
        if self._possible:
            text = f"{self._signs.done} What is deleted is saved first. u brings it back."
            lines.append((text, ""))
        return Content.assemble(*lines)


def _in_use(refused: Failure) -> bool:
    """Whether a browser is in the way, which the person can change."""
    return refused.error == BrowserRunningError.__name__


def _obstacle(refused: Failure) -> str:
    """What stands in the way, before anything was tried."""
    what = refused.message.removesuffix("; nothing was changed")
    return what if _in_use(refused) else f"{what}; {refused.hint}"
