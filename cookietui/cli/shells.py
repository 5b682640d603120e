"""How shells ask what a line could go on with; the answers themselves are in `offers`.

The scripts for zsh and fish are click's own but for a comma. The one for bash is ours: bash takes
words apart at colons, which stand in the id of every profile, and leaves it to whoever answers to
quote a name with blanks in it.
"""

import os
import re
from collections.abc import Callable
from typing import ClassVar

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

from cookietui.cli.offers import COMPLETE

PROGRAM = "cookietui"
_DEMO = "demo"
_END = "\0"
_TEXT = "plain"  # click's word for what is neither a file nor a folder
_PLAIN = re.compile(r"([^\w@%+=:,./~-])")
_BASH = """\
%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Bash, which is answered with what it is to put in the place of what it calls a word."""

    source_template: ClassVar[str] = _BASH

    def source(self) -> str:
        """The script; the bash that is asked for here need not be the one that will read it."""
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, and what of one stands there."""
        line = os.environ.get("COMP_LINE")
        if line is None:
            return super().get_completion_args()
        words = split_arg_string(line + _END)
        return words[1:-1], words[-1].removesuffix(_END)

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What could stand there, as bash has to insert it."""
        found = super().get_completions(args, incomplete)
        line = os.environ.get("COMP_LINE")
        if line is None:
            return found
        before, quote = word_before(line, os.environ.get("COMP_WORDBREAKS", ""))
        return [
            CompletionItem(_inserted(item.value, before, quote), item.type)
            if item.type == _TEXT
            else item
            for item in _with_option(found, incomplete)
            if not (quote and quote in item.value)
        ]


class Zsh(ZshComplete):
    """Zsh, which puts what it is told in the place of the whole word."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What could stand there."""
        return _with_option(super().get_completions(args, incomplete), incomplete)


class Fish(FishComplete):
    """Fish, which does so too; what it is told may have commas in it."""

    source_template: ClassVar[str] = FishComplete.source_template.replace(
        'string split ","', 'string split -m 1 ","'
    )

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """What could stand there."""
        return _with_option(super().get_completions(args, incomplete), incomplete)


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


def script(commands: click.Command, shell: str) -> str:
    """What a shell has to read to ask this program."""
    return SHELLS[shell](commands, {}, PROGRAM, COMPLETE).source()


def answer(commands: click.Command, asked: str, own: object, samples: Callable[[], object]) -> str:
    """Answer a shell; whatever goes wrong, with nothing.

    Args:
        commands: The commands.
        asked: What the shell asks.
        own: What the commands work with.
        samples: Gives what they work with in the demo.
    """
    shell, _, what = asked.partition("_")
    if shell not in SHELLS:
        return ""
    if what == "source":
        return script(commands, shell)
    try:
        asking = SHELLS[shell](commands, {"obj": own}, PROGRAM, COMPLETE)
        args, incomplete = asking.get_completion_args()
        if args[:1] == [_DEMO]:
            asking.ctx_args["obj"] = samples()
            args = args[1:]
        items = asking.get_completions(args, incomplete)
        return "\n".join(asking.format_completion(item) for item in items)
    except Exception:  # noqa: BLE001 - in the middle of somebody's line nothing may be said
        return ""


def word_before(line: str, breaks: str) -> tuple[str, str]:
    """What of the last word bash leaves alone, and the quote in which the line ends.

    Args:
        line: A line up to the cursor.
        breaks: The characters after which bash begins another word.
    """
    word = before = quote = ""
    escaped = False
    for character in line:
        if escaped or (quote and character != quote):
            word += character
            escaped = False
        elif quote or character in "'\"":
            quote = "" if quote else character
        elif character == "\\":
            escaped = True
        elif character.isspace():
            word = before = ""
        else:
            word += character
            before = word if character in breaks else before
    return before, quote


def _with_option(found: list[CompletionItem[str]], typed: str) -> list[CompletionItem[str]]:
    """The same with the option before them, where it is a part of the word (``--to=csv``)."""
    name, given, _ = typed.partition("=")
    if not given or not name.startswith("-"):
        return found
    return [
        CompletionItem(f"{name}={item.value}", item.type, item.help) if item.type == _TEXT else item
        for item in found
    ]


def _inserted(value: str, before: str, quote: str) -> str:
    """What of a value has yet to be inserted, as it has to be written there."""
    rest = value.removeprefix(before)
    return rest if quote else _PLAIN.sub(r"\\\1", rest)
