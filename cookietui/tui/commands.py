"""What a person can do, in one table: keys, footer, palette and help are all made from it."""

from enum import StrEnum

import msgspec
from textual.binding import Binding


class Section(StrEnum):
    """Where a command stands in the help."""

    MOVE = "Move"
    CHOOSE = "Choose"
    ACT = "Act"
    VIEWS = "Views"
    PROGRAM = "Program"


class Command(msgspec.Struct, frozen=True):
    """One thing a person can do.

    Attributes:
        id: A stable word; also the name of the action.
        keys: Its keys, the first being the one to show.
        label: A word or two for the footer and the palette.
        help: What it does.
        section: Where it stands in the help.
        footer: Whether the footer shows it.
        in_list: Whether it belongs to a list of rows rather than to the screen.
        at_once: Whether it is done before the next key is even looked at: what is typed right
            after it must not be taken for commands.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    section: Section
    footer: bool = False
    in_list: bool = False
    at_once: bool = False

    def binding(self) -> Binding:
        """As the terminal library wants it."""
        return Binding(
            ",".join(self.keys),
            self.id,
            self.label,
            show=self.footer,
            priority=self.at_once,
            id=self.id,
        )


COMMANDS = (
    Command("cursor_up", ("up", "k"), "Up", "one row up", Section.MOVE, in_list=True),
    Command("cursor_down", ("down", "j"), "Down", "one row down", Section.MOVE, in_list=True),
    Command("page_up", ("pageup",), "Page up", "one page up", Section.MOVE, in_list=True),
    Command("page_down", ("pagedown",), "Page down", "one page down", Section.MOVE, in_list=True),
    Command("top", ("g", "home"), "Top", "to the first row", Section.MOVE, in_list=True),
    Command("bottom", ("G", "end"), "Bottom", "to the last row", Section.MOVE, in_list=True),
    Command(
        "previous_group",
        ("left_curly_bracket",),
        "Group up",
        "one group up",
        Section.MOVE,
        in_list=True,
    ),
    Command(
        "next_group",
        ("right_curly_bracket",),
        "Group down",
        "one group down",
        Section.MOVE,
        in_list=True,
    ),
    Command("show_sites", ("1",), "Sites", "go to the sites", Section.MOVE),
    Command("show_cookies", ("2",), "Cookies", "go to the cookies", Section.MOVE),
    Command("show_details", ("3",), "Details", "go to the details", Section.MOVE),
    Command("back", ("escape",), "Back", "back; clears the filter", Section.MOVE),
    Command(
        "toggle_mark",
        ("space",),
        "Mark",
        "mark a cookie or a group",
        Section.CHOOSE,
        footer=True,
        in_list=True,
    ),
    Command(
        "mark_suggested",
        ("a",),
        "Mark unneeded",
        "mark all that is suggested for removal",
        Section.CHOOSE,
        footer=True,
    ),
    Command(
        "mark_shown", ("asterisk",), "Mark all shown", "mark all that is shown", Section.CHOOSE
    ),
    Command("mark_range", ("V",), "Mark range", "mark from the last mark to here", Section.CHOOSE),
    Command("invert_marks", ("i",), "Invert marks", "mark what is not marked", Section.CHOOSE),
    Command("clear_marks", ("x",), "Clear marks", "take all marks away", Section.CHOOSE),
    Command(
        "choose",
        ("enter",),
        "Open",
        "show details, or fold a group",
        Section.CHOOSE,
        in_list=True,
    ),
    Command(
        "filter",
        ("slash",),
        "Filter",
        "show only some cookies, or sites",
        Section.CHOOSE,
        footer=True,
        at_once=True,
    ),
    Command("sort", ("s",), "Sort", "sort the list the cursor is in", Section.CHOOSE),
    Command("group", ("o",), "Group", "group by purpose, kind, provider...", Section.CHOOSE),
    Command(
        "delete", ("d",), "Delete", "delete what is marked; asks first", Section.ACT, footer=True
    ),
    Command("undo", ("u",), "Undo", "put the last deletion back", Section.ACT, footer=True),
    Command("keep", ("K",), "Keep", "keep a cookie for ever, or release it", Section.ACT),
    Command("copy_name", ("y",), "Copy name", "copy the cookie's name", Section.ACT),
    Command("value", ("v",), "Value", "show or hide the value", Section.ACT),
    Command("copy_value", ("Y",), "Copy value", "copy the value that is shown", Section.ACT),
    Command("read", ("r",), "Read again", "read the browsers again", Section.ACT),
    Command("watch", ("w",), "Watch", "show cookies as they come and go", Section.ACT),
    Command("audit", ("A",), "Audit", "the site's policy against reality", Section.VIEWS),
    Command("history", ("H",), "History", "past deletions, each with undo", Section.VIEWS),
    Command("policies", ("P",), "Policies", "what is declared; import a policy", Section.VIEWS),
    Command("doctor", ("D",), "Doctor", "what can be read and deleted, and why not", Section.VIEWS),
    Command("toggle_theme", ("t",), "Dark or light", "dark or light", Section.PROGRAM),
    Command("help", ("question_mark",), "Help", "this help", Section.PROGRAM, footer=True),
    Command("command_palette", ("ctrl+p",), "All commands", "all commands", Section.PROGRAM),
    Command("quit", ("q",), "Quit", "quit", Section.PROGRAM, footer=True),
)
LIST_BINDINGS = [command.binding() for command in COMMANDS if command.in_list]
SCREEN_BINDINGS = [
    command.binding()
    for command in COMMANDS
    if not command.in_list and command.id != "command_palette"
]
_KEY_NAMES = {
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "asterisk": "*",
    "comma": ",",
}
_NAMED_KEYS = {name: key for key, name in _KEY_NAMES.items()}
CONFIRMING = "y"
"""The key that answers the question whether to delete: pressing one key twice deletes nothing."""
Keys = dict[str, tuple[str, ...]]


def key_names(command: Command, changed: Keys) -> str:
    """A command's keys as they are written on a keyboard."""
    keys = changed.get(command.id, command.keys)
    return " ".join(_KEY_NAMES.get(key, key) for key in keys)


def changed_keys(settings: dict[str, str]) -> Keys:
    """The keys that a person chose for commands.

    Args:
        settings: Keys by the id of their command, several separated by blanks; ``{`` and the like
            may be written as they are.

    Raises:
        ValueError: There is no such command, no key is named, two commands share one, or the key
            that confirms a deletion is to begin it.
    """
    known = {command.id for command in COMMANDS}
    changed: Keys = {}
    for name, written in settings.items():
        if name not in known:
            raise ValueError(f"no command is called {name!r}")
        keys = tuple(_NAMED_KEYS.get(key, key) for key in written.split())
        if not keys:
            raise ValueError(f"no key is named for {name!r}")
        if name == "delete" and CONFIRMING in keys:
            raise ValueError(f"{CONFIRMING!r} confirms a deletion and cannot begin one")
        changed[name] = keys
    taken: dict[str, str] = {}
    for command in COMMANDS:
        for key in changed.get(command.id, command.keys):
            if (other := taken.setdefault(key, command.id)) != command.id:
                raise ValueError(f"{key!r} is the key of both {other!r} and {command.id!r}")
    return changed
