"""The command about the person's settings: where they are, and what is in force."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from cookietui.cli.encoding import SCHEMA, Json
from cookietui.cli.options import examples, json_option
from cookietui.cli.output import Cell, Output
from cookietui.cli.program import Program
from cookietui.config import Config


class Setting(msgspec.Struct, frozen=True):
    """One key of the settings.

    Attributes:
        key: As it is written in the file, with the tables it stands in.
        value: What is in force, as JSON has it.
        default: Whether it is what would be in force without the file.
    """

    key: str
    value: Any
    default: bool


@click.command(epilog=examples("cookietui config", "cookietui config --json"))
@json_option
@click.pass_obj
def config(program: Program, /, as_json: bool) -> None:
    """Say where your settings are, and what is in force."""
    path = program.environment.settings
    settings = tuple(in_force(program.config))
    if as_json:
        program.output.json(_encoded(path, settings))
    else:
        _tell(program.output, path, settings)


def in_force(config: Config) -> Iterator[Setting]:
    """Every key with its value; keys of the screen only if they were changed."""
    yield from _settings("", msgspec.to_builtins(config), msgspec.to_builtins(Config()))


def _settings(before: str, table: dict[str, Any], usual: dict[str, Any]) -> Iterator[Setting]:
    for name, value in table.items():
        key = before + name
        if isinstance(value, dict):
            yield from _settings(f"{key}.", value, usual.get(name, {}))
        else:
            yield Setting(key, value, name in usual and value == usual[name])


def _encoded(path: Path, settings: tuple[Setting, ...]) -> Json:
    return {
        "schema": SCHEMA,
        "path": str(path),
        "exists": path.exists(),
        "settings": [msgspec.to_builtins(each) for each in settings],
    }


def _tell(output: Output, path: Path, settings: tuple[Setting, ...]) -> None:
    output.line(f"{path}{'' if path.exists() else ' (not there: everything is the default)'}")
    output.table(
        ("Setting", "Value", ""),
        [
            (
                each.key,
                Cell(json.dumps(each.value, ensure_ascii=False), strong=not each.default),
                Cell("default" if each.default else "yours", quiet=each.default),
            )
            for each in settings
        ],
    )
