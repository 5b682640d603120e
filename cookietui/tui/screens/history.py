"""Past deletions: what each took, and how it stands."""

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from cookietui.judging.explain import duration
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.deletion import TextCell
from cookietui.safety.events import Entry
from cookietui.text import plural, visible
from cookietui.tui.screens.listing import CLOSING, Item, ListScreen
from cookietui.tui.theme import Signs
from cookietui.tui.widgets.columns import Cell, Column

_NAMES_SHOWN = 400


class HistoryScreen(ListScreen):
    """Past deletions, the newest first. What it gives is the id of the one to undo, or None.

    Args:
        signs: The characters to draw with.
        entries: The deletions, the newest first.
        now: Microseconds since the Unix epoch.
        read_only: Whether nothing can be put back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("u", "undo", "Put back"), CLOSING]
    heading = "Past deletions"
    columns = (
        Column("When", width=16),
        Column("Site", minimum=16),
        Column("Cookies", width=8, right=True),
        Column("State", width=14),
        Column("Profiles", width=34),
    )

    def __init__(
        self, signs: Signs, entries: tuple[Entry, ...], now: int, *, read_only: bool
    ) -> None:
        super().__init__(signs)
        self._entries = entries
        self._now = now
        self._read_only = read_only

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.list([self._item(entry) for entry in self._entries])
        self.tell(
            "history",
            plural(len(self._entries), "deletion"),
            ("Nothing was deleted yet", "esc goes back"),
        )
        self.say("u puts the deletion under the cursor back")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        del parameters
        if action == "undo":
            entry = self.item.subject if self.item else None
            possible = isinstance(entry, Entry) and not entry.undone and not self._read_only
            return True if possible else None
        return True

    def action_undo(self) -> None:
        """Put the deletion under the cursor back."""
        entry = self.item.subject if self.item else None
        if isinstance(entry, Entry):
            self.dismiss(entry.id)

    def _item(self, entry: Entry) -> Item:
        when = _when(entry.at)
        facts = [("ID", entry.id), ("State", entry.state)]
        for part in entry.parts:
            back = f", {len(part.back)} put back" if part.back else ""
            who = f"{part.profile.brand}, {part.profile.name}"
            facts.append(("Profile", f"{who}: {plural(len(part.rows.rows), 'cookie')}{back}"))
        facts += [("Cookies", name) for name in _names(entry)[:_NAMES_SHOWN]]
        ago = duration(max(self._now - entry.at, 0))
        return Item(
            cells=(
                Cell(when),
                Cell(visible(entry.site) or "all sites", bold=not entry.undone),
                Cell(str(len(entry.rows))),
                Cell(entry.state, "quiet" if entry.undone else ""),
                Cell(visible(", ".join(part.profile.id for part in entry.parts)), "quiet"),
            ),
            badge=entry.state,
            tone="cat-statistics" if entry.unfinished else "primary",
            title=entry.site or "all sites",
            aside=f"{ago} ago",
            summary="Saved rows are kept until you forget them: `cookietui forget` drops them.",
            facts=tuple(facts),
            subject=entry,
        )


def _when(at: int) -> str:
    try:
        return datetime.fromtimestamp(at / MICROSECONDS).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return "unknown"


def _names(entry: Entry) -> list[str]:
    """The names and hosts of what was deleted; never a value."""
    found = []
    for part in entry.parts:
        columns = part.rows.columns
        host = "host_key" if "host_key" in columns else "host"
        places = [columns.index(column) for column in ("name", host) if column in columns]
        for row in part.rows.rows:
            found.append("  ".join(_text(row.cells[place]) for place in places))
    return sorted(found)


def _text(cell: object) -> str:
    return cell.raw.decode("utf-8", "surrogateescape") if isinstance(cell, TextCell) else str(cell)
