"""Whether what the program prints with --json is what its schemas say."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Schema = bool | Mapping[str, Any]

FOLDER = resources.files("cookietui.cli") / "schemas"
PARTS = "parts"
SCHEMAS = {
    "audit": "audit",
    "clean": "clean",
    "config": "config",
    "doctor": "doctor",
    "explain": "list",
    "history": "history",
    "keep list": "keep-list",
    "list": "list",
    "policy import": "policy-show",
    "policy list": "policy-list",
    "policy show": "policy-show",
    "profiles": "profiles",
    "sites": "sites",
    "undo": "undo",
}
"""The name of the schema of each command that prints JSON."""

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(text: object) -> bool:
    """Whether it is a time that there is; jsonschema itself checks none without another package."""
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is UTC


@_FORMATS.checks("date", raises=ValueError)
def _is_day(text: object) -> bool:
    return not isinstance(text, str) or bool(date.fromisoformat(text))


def validate(command: str, document: object) -> None:
    """Check the output of a command.

    Args:
        command: The command as it is typed, such as ``keep list``.
        document: What it printed, decoded.

    Raises:
        AssertionError: It is not what the schema says; names the place.
    """
    # The first mistake alone is asked for: most documents have none.
    if validator(SCHEMAS[command]).is_valid(document):
        return
    mistake = best_match(validator(SCHEMAS[command]).iter_errors(document))
    assert mistake is not None
    raise AssertionError(f"{command} --json: {mistake.json_path}: {mistake.message[:300]}")


def check(words: Sequence[str | bytes], printed: str) -> None:
    """Check what a command line printed, if it was to be JSON and anything was printed.

    Args:
        words: The words after the program's name.
        printed: Its standard output.
    """
    if "--json" in words and printed:
        validate(_command(words), json.loads(printed))


@cache
def load(name: str) -> dict[str, Any]:
    """Read a schema by its file's name without the ending."""
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert isinstance(schema, dict)
    return schema


@cache
def validator(name: str) -> Draft202012Validator:
    """What checks documents by a schema, which finds others beside it and nowhere else."""
    return Draft202012Validator(load(name), registry=_registry(), format_checker=_FORMATS)


@cache
def _registry() -> Registry[Schema]:
    names = {PARTS, *SCHEMAS.values()}
    empty: Registry[Schema] = Registry()
    return empty.with_resources(
        (f"{name}.json", DRAFT202012.create_resource(load(name))) for name in sorted(names)
    )


def _command(words: Sequence[str | bytes]) -> str:
    typed = [word for word in words if isinstance(word, str) and word != "demo"]
    one, two = typed[0], " ".join(typed[:2])
    return two if two in SCHEMAS else one
