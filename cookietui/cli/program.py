"""The command line as a whole: finding the command, and how every run of it ends."""

import os
import sys
from collections import UserDict
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from cookietui.cli import offers
from cookietui.cli.output import Output, standard_output
from cookietui.cli.suggesting import nearest
from cookietui.config import Config, load_config
from cookietui.errors import CookieTuiError
from cookietui.operations.workspace import Workspace, wall_clock
from cookietui.paths import Environment

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_INTERRUPTED = 130
_USAGE = 2
_UNEXPECTED = 1

_OPEN = "open"
_NO_COLOR = "--no-color"
_WITHOUT_MOVING = ("dumb", "unknown")
_ABOUT_ITSELF = ("-h", "--help", "--version")

OpenScreen = Callable[..., int]


class Program:
    """What every command works with.

    Args:
        environment: Where everything is.
        output: Where results go.
        open_screen: Opens the full-screen program on a workspace and gives its exit status.
    """

    def __init__(self, environment: Environment, output: Output, open_screen: OpenScreen) -> None:
        self.environment = environment
        self.output = output
        self.open_screen = open_screen
        self._workspace: Workspace | None = None
        self._config: Config | None = None

    @property
    def workspace(self) -> Workspace:
        """Everything a command works with, put together when it is first needed.

        Raises:
            CatalogueError: A policy file is wrong.
            ConfigError: The settings or the kept cookies cannot be understood.
        """
        if self._workspace is None:
            config = self.config
            self._workspace = Workspace(self.environment, config.folders, config.backups)
        return self._workspace

    @property
    def config(self) -> Config:
        """The person's settings, read when they are first needed.

        Raises:
            ConfigError: They cannot be understood.
        """
        if self._config is None:
            self._config = load_config(self.environment.settings)
        return self._config

    @property
    def settled(self) -> Workspace:
        """The same, once it was told how deletions ended in whose middle the program did.

        Raises:
            CatalogueError: A policy file is wrong.
            ConfigError: The settings or the kept cookies cannot be understood.
        """
        for line in self.workspace.settle():
            self.output.note(f"cookietui: {line}")
        return self.workspace

    def on_samples(self, *, fresh: bool = False) -> "Program":
        """The same on sample profiles made for the purpose.

        Args:
            fresh: Whether to make them anew if they are there.

        Raises:
            CookieTuiError: They cannot be made.
        """
        # The samples' values are encrypted; no other command should pay for loading a cipher.
        from cookietui.operations.sample.folder import sample_home  # noqa: PLC0415

        environment = Environment.of_home(sample_home(wall_clock(), fresh=fresh), sample=True)
        return Program(environment, self.output, self.open_screen)


class CommandTable(UserDict[str, Any]):
    """Commands by name, some of which are loaded only when somebody asks for them.

    Args:
        elsewhere: By the names of these, the modules that have them under the same name.
    """

    def __init__(self, elsewhere: Mapping[str, str]) -> None:
        super().__init__(elsewhere)

    def __getitem__(self, name: str) -> click.Command:
        found: click.Command | str = super().__getitem__(name)
        if isinstance(found, str):
            loaded: click.Command = getattr(import_module(found), name)
            self[name] = found = loaded
        return found


class Commands(click.Group):
    """The commands; a first word that is no command is the site to open the screen on."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command a line means.

        Raises:
            click.UsageError: The first word is neither a command nor a site.
        """
        word = args[0]
        if self.get_command(ctx, word) is None:
            if looks_like_site(word):
                return super().resolve_command(ctx, [_OPEN, *args])
            known = [name for name in self.list_commands(ctx) if not self.commands[name].hidden]
            near = nearest(word, known)
            hint = f" Did you mean {near!r}?" if near else ""
            ctx.fail(f"{word!r} is neither a command nor a site.{hint}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Open the screen if no command is named, whatever options are given."""
        first = args[0] if args else ""
        # A line that is being completed is not at its end yet.
        opens = first.startswith("-") or not (first or ctx.resilient_parsing)
        if opens and first not in _ABOUT_ITSELF:
            args = [_OPEN, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
        """What a first word could be: a command, an option of the screen, or a site."""
        found = super().shell_complete(ctx, incomplete)
        screen = self.commands[_OPEN]
        if incomplete.startswith("-"):
            known = {item.value for item in found}
            more = screen.shell_complete(ctx, incomplete)
            return found + [item for item in more if item.value not in known]
        if not incomplete or found:
            return found
        return offers.sites(ctx, screen.params[0], incomplete)


def looks_like_site(word: str) -> bool:
    """Whether a word can only be a host or URL."""
    return "." in word or "://" in word or word == "localhost"


def run(
    commands: click.Command,
    arguments: Sequence[str],
    environment: Environment,
    open_screen: OpenScreen,
) -> int:
    """Run one command line.

    Args:
        commands: The commands.
        arguments: The words after the program's name.
        environment: Where everything is.
        open_screen: Opens the full-screen program.

    Returns:
        The exit status.
    """
    # Taken out here, so that it may stand anywhere on the line.
    color = "NO_COLOR" not in os.environ and _NO_COLOR not in arguments
    arguments = [word for word in arguments if word != _NO_COLOR]
    output = standard_output(color=color, moving=os.environ.get("TERM") not in _WITHOUT_MOVING)
    program = Program(environment, output, open_screen)
    try:
        asked = os.environ.get(offers.COMPLETE)
        if asked:
            from cookietui.cli.shells import answer  # noqa: PLC0415 - nobody else asks

            output.answer(answer(commands, asked, program, program.on_samples))
            return 0
        status = invoke(commands, arguments, program)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        output.note("cookietui: interrupted")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; nothing may be written to it any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the rim: nothing passes it as a traceback
        return _tell(error, output)
    return status


def _tell(error: Exception, output: Output) -> int:
    """Say on one line what ended a run; the exit status that goes with it."""
    if isinstance(error, CookieTuiError):
        output.error(error)
        return error.exit_code
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return _USAGE
    if isinstance(error, click.ClickException):
        output.problem(error.format_message().rstrip("."), _where_help_is(error))
        return _USAGE
    if os.environ.get("COOKIETUI_DEBUG"):
        raise error
    # A message could hold a cookie's value: only the kind of the error is told.
    hint = "COOKIETUI_DEBUG=1 shows where it comes from"
    output.problem(f"unexpected {type(error).__name__}", hint)
    return _UNEXPECTED


def invoke(
    commands: click.Command,
    arguments: Sequence[str],
    program: Program,
    name: str = "cookietui",
) -> int:
    """Run a command line and let every error through, unlike click's own way of doing it.

    Args:
        commands: The commands.
        arguments: The words after the program's name.
        program: What the command works with.
        name: The program's name, for usage lines.

    Returns:
        The exit status.
    """
    try:
        with commands.make_context(name, list(arguments), obj=program) as context:
            result = commands.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return result if isinstance(result, int) else 0


def _where_help_is(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "cookietui"
    return f"see `{command} --help`"
