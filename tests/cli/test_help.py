"""Help: every command shows how it is used, and every option says what it does."""

import shlex
from collections.abc import Iterator

import click
import pytest

from cookietui import __version__
from cookietui.cli.commands import cookietui
from tests.cli.conftest import Cli

COMMAND = "  cookietui"


def commands(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for word, each in command.commands.items():
            yield from commands(each, f"{name} {word}".strip())


EVERY = dict(commands(cookietui))


def examples(command: click.Command) -> list[list[str]]:
    lines = (command.epilog or "").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith(COMMAND)]


@pytest.mark.parametrize("name", EVERY)
def test_every_command_has_examples_that_can_be_typed(name: str) -> None:
    found = examples(EVERY[name])
    assert found
    for words in found:
        assert " ".join(words).startswith(name) or name == "open", words
        line = words[: words.index(">")] if ">" in words else words
        # Read as it would be when it is run; only nothing is run.
        context = cookietui.make_context("cookietui", list(line))
        while isinstance(context.command, click.Group):
            rest = [*context._protected_args, *context.args]
            if not rest:
                break
            _, command, rest = context.command.resolve_command(context, rest)
            assert command is not None
            context = command.make_context(command.name, rest, parent=context)


@pytest.mark.parametrize("name", EVERY)
def test_every_option_says_what_it_does(name: str) -> None:
    command = EVERY[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.opts
            assert option.help.endswith((".", ")", *"abcdefghijklmnopqrstuvwxyz")), option.help


def test_examples_are_shown_line_by_line(cli: Cli) -> None:
    lines = cli("clean", "--help").out.splitlines()
    start = lines.index("  Examples:")
    assert [line.split()[:2] for line in lines[start + 1 :] if line] == [["cookietui", "clean"]] * 3


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out == f"cookietui, version {__version__}\n"
