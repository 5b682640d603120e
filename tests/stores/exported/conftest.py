"""The command line, for what it prints and reads again."""

from tests.cli.conftest import cli

__all__ = ["cli"]
