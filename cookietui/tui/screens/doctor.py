"""What was found on this machine, what can be read and deleted, and why not."""

from cookietui.operations.diagnosing import Diagnosis, Findings, told
from cookietui.text import plural, visible
from cookietui.tui.screens.listing import Item, ListScreen
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.columns import Cell, Column


class DoctorScreen(ListScreen):
    """Every profile and every problem.

    Args:
        signs: The characters to draw with.
        findings: What is known about this machine.
    """

    heading = "Profiles"
    columns = (
        Column("Profile", minimum=20),
        Column("Cookies", width=8, right=True),
        Column("Reading", width=10),
        Column("Deleting", width=12),
        Column("Browser", width=24),
    )

    def __init__(self, signs: Signs, findings: Findings) -> None:
        super().__init__(signs)
        self._findings = findings

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        findings = self._findings
        read = {each.profile.id for each in findings.profiles}
        items = [self._profile(each) for each in findings.profiles]
        items += [
            Item(
                cells=(Cell(visible(each.profile)), Cell(""), Cell("not", "error")),
                badge="cannot be read",
                tone="error",
                title=each.profile,
                summary=each.message,
                facts=(("What to do", each.hint),),
            )
            for each in findings.failures
            if each.profile not in read
        ]
        items.append(
            Item(
                cells=(Cell("this program", "quiet"),),
                badge="cookietui",
                tone="primary",
                summary="Nothing here is secret: `cookietui doctor` prints it for a report.",
                facts=(*findings.versions.items(), *findings.folders.items()),
            )
        )
        self.list(items)
        self.tell("doctor", plural(len(findings.profiles), "profile"), ())
        self.say("`cookietui doctor` prints all of this")

    def _profile(self, each: Diagnosis) -> Item:
        problems = [f for f in self._findings.failures if f.profile == each.profile.id]
        possible = not each.obstacle
        return Item(
            cells=(
                Cell(visible(each.profile.id), bold=True),
                Cell(str(each.cookies)),
                Cell("in part" if problems else "all", "warning" if problems else ""),
                Cell("possible" if possible else "not now", "" if possible else "warning"),
                Cell(visible(each.browser), "quiet"),
            ),
            badge="readable",
            tone="success" if possible and not problems else "warning",
            title=f"{each.profile.brand}, {each.profile.name}",
            summary=each.obstacle or "Cookies of this profile can be deleted now.",
            facts=(*told(each), *(("Problem", f.message) for f in problems)),
        )
