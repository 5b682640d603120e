"""What goes, what stays and why, before anything happens."""

from collections import defaultdict
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from cookietui.judging.explain import PURPOSE_TITLES, container, provider
from cookietui.model.deletion import Plan
from cookietui.model.policy import Purpose
from cookietui.text import plural, visible
from cookietui.tui.theme import Signs, tone


class ConfirmScreen(ModalScreen[bool]):
    """Shows a plan and asks. Cancel has the focus; the key that began it does nothing here.

    Args:
        plan: What is asked about.
        signs: The characters to draw with.
        hidden: How many of the cookies the filter hides.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Delete"),
        Binding("n,escape,q", "answer(False)", "Cancel"),
        Binding("left,right,tab", "other", "Other button", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-wide")]  # noqa: RUF012 - so typed by the library
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 - so typed by the library

    def __init__(self, plan: Plan, signs: Signs, *, hidden: int) -> None:
        super().__init__()
        self._plan = plan
        self._signs = signs
        self._hidden = hidden
        self._count = len(plan.deleting)
        refused = {each.profile for each in plan.refused}
        self._possible = any(part.profile.id not in refused for part in plan.parts)

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
                yield Button(f"y Delete {self._count}", id="delete", compact=True)

    def on_mount(self) -> None:
        """Make the harmless answer the one that Enter gives."""
        self.query_one("#delete", Button).disabled = not self._possible
        self.query_one("#cancel", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Take an answer by mouse or Enter."""
        self.action_answer(event.button.id == "delete")

    def action_answer(self, yes: bool) -> None:
        """Give the answer; yes only if something can be deleted."""
        if not yes or self._possible:
            self.dismiss(yes)

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
            (f"{sign} {visible(each.message)}; {visible(each.hint)}\n", "bold $error")
            for each in self._plan.refused
        ]
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
