"""The commands about cookies that are never to be deleted."""

import click

from cookietui.cli import encoding
from cookietui.cli.options import examples, json_option, site_argument
from cookietui.cli.program import Program
from cookietui.errors import NothingFoundError
from cookietui.model.policy import Purpose
from cookietui.model.site import Site

TOLD = (Purpose.NECESSARY, Purpose.PREFERENCES, Purpose.STATISTICS, Purpose.MARKETING)


@click.group(epilog=examples("cookietui keep add example.com session", "cookietui keep list"))
def keep() -> None:
    """Say which cookies are never to be deleted."""


@keep.command(
    "add",
    epilog=examples(
        "cookietui keep add example.com 'basket*'",
        "cookietui keep add example.com session --note 'I stay signed in'",
    ),
)
@site_argument
@click.argument("name")
@click.option("--note", default="", help="Why, for yourself.")
@click.pass_obj
def keep_add(program: Program, /, site: Site, name: str, note: str) -> None:
    """Keep the cookies called NAME of SITE for ever; * in NAME stands for anything."""
    program.workspace.overrides.keep(name, site.host, note)
    program.output.line(f"{name} of {site.host} is kept")


@click.command(
    epilog=examples(
        "cookietui say example.com prefs necessary --note 'my columns are in it'",
        "cookietui say example.com 'promo*' marketing",
    )
)
@site_argument
@click.argument("name")
@click.argument("purpose", type=click.Choice([p.value for p in TOLD]))
@click.option("--note", default="", help="Why, for yourself.")
@click.pass_obj
def say(program: Program, /, site: Site, name: str, purpose: str, note: str) -> None:
    """Say what the cookies called NAME of SITE are for; your word wins over everybody's.

    * in NAME stands for anything. `keep remove SITE NAME` takes it back.
    """
    program.workspace.overrides.say(name, site.host, Purpose(purpose), note)
    program.output.line(f"{name} of {site.host} is {purpose}, by your word")


@keep.command("remove", epilog=examples("cookietui keep remove example.com session"))
@site_argument
@click.argument("name")
@click.pass_obj
def keep_remove(program: Program, /, site: Site, name: str) -> None:
    """Take back what was said about NAME of SITE."""
    if not program.workspace.overrides.release(name, site.host):
        raise NothingFoundError(
            f"nothing was said about {name!r} of {site.host}", "`cookietui keep list` lists it"
        )
    program.output.line(f"{name} of {site.host} is no longer kept, nor called anything by you")


@keep.command("list", epilog=examples("cookietui keep list", "cookietui keep list --json"))
@json_option
@click.pass_obj
def keep_list(program: Program, /, as_json: bool) -> None:
    """List the cookies that are kept for ever."""
    kept = [override for override in program.workspace.overrides if override.keep]
    if as_json:
        rows = [{"name": each.name, "host": each.host, "note": each.note} for each in kept]
        program.output.json({"schema": encoding.SCHEMA, "kept": rows})
    else:
        program.output.table(
            ("Name", "Host", "Note"), [(each.name, each.host, each.note) for each in kept]
        )
