"""Options that mean the same on every command."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from cookietui.cli import offers
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Party, Purpose
from cookietui.model.site import Site
from cookietui.model.verdict import KindName, Suggestion
from cookietui.operations.filtering import Filter, parse_span
from cookietui.stores.choosing import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])

_AGE_DIGITS = 5
_DAY = 86_400 * MICROSECONDS
_LISTS = (
    "purposes", "kinds", "parties", "suggestions", "names", "hosts", "providers", "containers",
)  # fmt: skip


def read_site(context: click.Context, parameter: click.Parameter, value: str | None) -> Site | None:
    """Read a host, a registrable domain or a URL.

    Raises:
        click.BadParameter: It is none of these.
    """
    if value is None:
        return None
    try:
        return Site.parse(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


site_argument = click.argument("site", callback=read_site, shell_complete=offers.sites)
any_site_argument = click.argument(
    "site", callback=read_site, required=False, shell_complete=offers.sites
)


def examples(*lines: str) -> str:
    """What stands below a command's help: lines that can be typed as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def read_age(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Read a number of days such as ``30d``, as microseconds.

    Raises:
        click.BadParameter: It is not one.
    """
    if value is None:
        return None
    digits = value.removesuffix("d")
    if value == digits or not digits.isdecimal() or len(digits) > _AGE_DIGITS:
        raise click.BadParameter(f"{value!r} is not a number of days such as 30d")
    return int(digits) * _DAY


def profile_options(command: Command) -> Command:
    """Which profiles to read."""
    return _all(
        command,
        click.option(
            "--profile",
            "profiles",
            multiple=True,
            metavar="SELECTOR",
            shell_complete=offers.profiles,
            help="An id from `cookietui profiles`, or the path of a profile folder or database.",
        ),
        click.option(
            "--browser",
            "browsers",
            multiple=True,
            metavar="NAME",
            shell_complete=offers.browsers,
            help="All profiles of a browser.",
        ),
        click.option(
            "--from",
            "files",
            multiple=True,
            metavar="FILE",
            shell_complete=offers.files,
            help="Read a cookie file instead of a browser: JSON of this program, cookies.txt,"
            " Cookie-Editor, Playwright.",
        ),
        click.option(
            "--policy",
            "policies",
            multiple=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Let a policy count for this run; any file that `policy import` reads.",
        ),
    )


def json_option(command: Command) -> Command:
    """Results for programs."""
    return _all(
        command, click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
    )


def _read_spans(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> dict[str, int]:
    """Read lifetimes such as ``>1y``.

    Raises:
        click.BadParameter: One is none.
    """
    spans: dict[str, int] = {}
    for text in value:
        span = parse_span(text)
        if not span:
            raise click.BadParameter(f"{text!r} is not like <30d or >1y", context, parameter)
        spans |= span
    return spans


def values_option(command: Command) -> Command:
    """Whether to reveal values."""
    return _all(
        command,
        click.option(
            "--values", "with_values", is_flag=True, help="Include values; they are secrets."
        ),
    )


def filter_options(command: Command) -> Command:
    """Which cookies are meant; combinable."""
    return _all(
        command,
        _choice("--purpose", "purposes", Purpose, "Only cookies for this; repeatable."),
        _choice("--type", "kinds", KindName, "Only cookies of this kind; repeatable."),
        _choice("--party", "parties", Party, "Only cookies of this party; repeatable."),
        _choice("--suggestion", "suggestions", Suggestion, "Only these; repeatable."),
        _text("--name", "names", "GLOB", "Cookies of this name; * stands for anything."),
        click.option(
            "--host",
            "hosts",
            multiple=True,
            metavar="HOST",
            shell_complete=offers.sites,
            help="Cookies of this host and its subdomains.",
        ),
        _text("--provider", "providers", "TEXT", "Cookies of providers with TEXT in their name."),
        _text("--container", "containers", "NAME", "Cookies in this Firefox container, or none."),
        click.option("--expired", is_flag=True, help="Only cookies that have expired."),
        click.option("--session", is_flag=True, help="Only cookies that go with the session."),
        click.option("--came-back", is_flag=True, help="Only cookies you deleted once."),
        click.option(
            "--expires",
            "spans",
            multiple=True,
            callback=_read_spans,
            metavar="<30d|>1y",
            help="Only cookies that live for less or longer: min, h, d, w, mo, y.",
        ),
    )


def wanted_from(options: dict[str, Any]) -> Wanted:
    """Take what to read out of a command's options."""
    return Wanted(*(tuple(options.pop(name)) for name in ("profiles", "browsers", "files")))


def policies_from(options: dict[str, Any]) -> tuple[Path, ...]:
    """Take the policies that count for this run out of a command's options."""
    return tuple(options.pop("policies"))


def filter_from(options: dict[str, Any]) -> Filter:
    """Take the filter out of a command's options."""
    fields: dict[str, Any] = {name: tuple(options.pop(name)) for name in _LISTS}
    fields |= {name: options.pop(name) or None for name in ("expired", "session", "came_back")}
    fields |= options.pop("spans")
    return msgspec.convert(fields, Filter)


def _all(command: Command, *options: Callable[[Command], Command]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def _choice(
    flag: str, name: str, choices: type[StrEnum], text: str
) -> Callable[[Command], Command]:
    kind = click.Choice([choice.value for choice in choices], case_sensitive=False)
    return click.option(flag, name, multiple=True, type=kind, help=text)


def _text(flag: str, name: str, metavar: str, text: str) -> Callable[[Command], Command]:
    return click.option(flag, name, multiple=True, metavar=metavar, help=text)
