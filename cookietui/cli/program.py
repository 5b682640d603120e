"""The command line as a whole: finding the command, and how every run of it ends."""

import difflib
import os
import sys
from collections.abc import Callable, Sequence

import click

from cookietui.cli.output import Output, standard_output
from cookietui.config import Config, load_config
from cookietui.errors import CookieTuiError
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment

_INTERRUPTED = 130
_USAGE = 2
_UNEXPECTED = 1

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
                return super().resolve_command(ctx, ["open", *args])
            near = difflib.get_close_matches(word, self.list_commands(ctx), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"{word!r} is neither a command nor a site.{hint}")
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Open the screen if no command is named, whatever options are given."""
        first = args[0] if args else ""
        if (not first or first.startswith("-")) and first not in _ABOUT_ITSELF:
            args = ["open", *args]
        return super().parse_args(ctx, args)


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
        asked = os.environ.get(COMPLETE)
        status = answer(commands, program, asked) if asked else invoke(commands, arguments, program)
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
