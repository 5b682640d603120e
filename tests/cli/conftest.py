"""The command line, run on the home of a made-up person."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cookietui.cli.commands import cookietui
from cookietui.cli.program import run
from cookietui.paths import Environment
from tests.cli import schemas
from tests.homes import furnished

Screen = Callable[..., int]


class Ran(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table in a pipe."""
        return [line.split("\t") for line in self.out.splitlines()]


class Cli:
    """Runs commands in one home.

    Args:
        home: The person's home.
        capsys: Takes what is printed.
    """

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.environment = Environment.of_home(home)
        self._capsys = capsys

    def __call__(self, *arguments: str, screen: Screen | None = None) -> Ran:
        """Run one command line; JSON that it prints has to be what its schema says."""
        self._capsys.readouterr()
        code = run(cookietui, arguments, self.environment, screen or _no_screen)
        ran = Ran(code, *self._capsys.readouterr())
        schemas.check(arguments, ran.out)
        return ran

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        """Run one command line with --json and read what it prints."""
        ran = self(*arguments, "--json")
        assert ran.code == code, ran.err
        document = json.loads(ran.out)
        assert isinstance(document, dict)
        return document


def _no_screen(*_: object, **__: object) -> int:
    raise AssertionError("the screen was opened")


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(furnished(tmp_path / "person"), capsys)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    home = tmp_path / "nobody"
    home.mkdir()
    return Cli(home, capsys)
