"""What the columns of a site's own cookie table hold, by what they are called."""

from cookietui.catalogue.importing.collecting import text_of
from cookietui.catalogue.importing.words import Role, role_of


class Columns:
    """Which cell of a row is which.

    Args:
        headings: The keys of the cells and the headings shown above them.
    """

    def __init__(self, headings: dict[str, object]) -> None:
        self._keys: dict[Role, str] = {}
        for key, heading in headings.items():
            role = role_of(text_of(heading)) or role_of(key)
            if role is not None:
                self._keys.setdefault(role, key)

    def name(self, cells: dict[str, object]) -> object:
        """The name; without a heading for it the first cell, as the scripts themselves take it."""
        key = self._keys.get(Role.NAME)
        return cells.get(key) if key else next(iter(cells.values()), None)

    def text(self, cells: dict[str, object], role: Role) -> str:
        """The text in the column of a role; nothing where there is none."""
        return text_of(cells.get(self._keys.get(role, "")))
