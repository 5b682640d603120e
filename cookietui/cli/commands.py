"""The commands: each reads its words, calls an operation, and prints what came of it."""

from typing import Any

import click

from cookietui import __version__
from cookietui.cli import encoding, papers
from cookietui.cli.auditing import audit
from cookietui.cli.deleting import clean, forget, history, undo
from cookietui.cli.exporting import export
from cookietui.cli.keeping import keep
from cookietui.cli.options import (
    filter_from,
    filter_options,
    json_option,
    profile_options,
    read_site,
    site_argument,
    values_option,
    wanted_from,
)
from cookietui.cli.policies import policy
from cookietui.cli.program import Commands, Program, invoke
from cookietui.cli.reading import exit_code, judge, nothing_there, reveal, scan, use_policies
from cookietui.errors import NothingFoundError
from cookietui.model.site import Site
from cookietui.operations.diagnosing import diagnose
from cookietui.operations.filtering import Filter
from cookietui.operations.inventory import count_sites
from cookietui.operations.selection import Grouping
from cookietui.operations.workspace import wall_clock
from cookietui.paths import Environment


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cookietui() -> None:
    """See what a website has stored on your computer, why, and delete what you do not need.

    Without a command the screen opens; `cookietui example.com` opens it on one site.
    --no-color anywhere on the line, or NO_COLOR in the environment, does without colours.
    """


@cookietui.command("open", hidden=True)
@click.argument("site", callback=read_site, required=False)
@profile_options
@click.option("--read-only", is_flag=True, help="Nothing can be deleted.")
@click.option(
    "--theme", metavar="NAME", help="dark, light, contrast, terminal, or another of the palette's."
)
@click.option(
    "--group",
    type=click.Choice([grouping.value for grouping in Grouping]),
    help="What cookies are grouped by.",
)
@click.option("--ascii", "ascii_only", is_flag=True, help="No characters beyond ASCII.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_obj
def open_screen(program: Program, /, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Open the screen."""
    use_policies(program, options, options["site"])
    wanted = wanted_from(options)
    color = program.output.color
    return program.open_screen(
        program.workspace, program.config, wanted=wanted, color=color, **options
    )


@cookietui.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def demo(program: Program, /, command: tuple[str, ...]) -> int:
    """Do the same on sample profiles made for the purpose; nothing of yours is read.

    `cookietui demo` opens the screen on fresh samples; `cookietui demo list harbour-books.example`
    and the like work on those that are there.
    """
    # The samples' values are encrypted; no other command should pay for loading a cipher.
    from cookietui.operations.sample.folder import sample_home  # noqa: PLC0415

    fresh = not any(not word.startswith("-") for word in command)
    environment = Environment.of_home(sample_home(wall_clock(), fresh=fresh), sample=True)
    inner = Program(environment, program.output, program.open_screen)
    return invoke(cookietui, command, inner, "cookietui demo")


@cookietui.command()
@profile_options
@json_option
@click.pass_obj
def profiles(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """List every browser profile found."""
    inventory = scan(program, where)
    if as_json:
        program.output.json(encoding.profiles(inventory))
    else:
        papers.profiles(program.output, inventory)
    return exit_code(program, inventory.failures)


@cookietui.command()
@profile_options
@json_option
@click.pass_obj
def sites(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """List every site with its counts per purpose."""
    inventory = scan(program, where)
    counts = count_sites(program.workspace.judge(inventory.cookies))
    if as_json:
        program.output.json(encoding.sites(counts, inventory))
    else:
        papers.sites(program.output, counts)
    return exit_code(program, inventory.failures)


@cookietui.command("list")
@click.argument("site", callback=read_site, required=False)
@profile_options
@filter_options
@values_option
@json_option
@click.pass_obj
def list_cookies(
    program: Program,
    /,
    site: Site | None,
    with_values: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> int:
    """List cookies with their verdicts."""
    wanted = filter_from(options)
    inventory = scan(program, options, site)
    judged = judge(program, site, inventory, wanted)
    values = reveal(program, judged, inventory) if with_values else {}
    if as_json:
        program.output.json(encoding.listing(site, inventory, judged, values))
    else:
        papers.cookies(program.output, judged, inventory.at, values if with_values else None)
    return exit_code(program, inventory.failures) or nothing_there(program, site, inventory)


@cookietui.command()
@site_argument
@click.argument("name")
@profile_options
@values_option
@json_option
@click.pass_obj
def explain(
    program: Program,
    /,
    site: Site,
    name: str,
    with_values: bool,
    as_json: bool,
    **where: tuple[str, ...],
) -> int:
    """Explain one cookie in full."""
    inventory = scan(program, where, site)
    judged = tuple(
        each for each in judge(program, site, inventory, Filter()) if each.cookie.name == name
    )
    if not judged:
        raise NothingFoundError(
            f"{site.host} has no cookie called {name!r}", f"`cookietui list {site.host}` lists them"
        )
    values = reveal(program, judged, inventory) if with_values else {}
    if as_json:
        program.output.json(encoding.listing(site, inventory, judged, values))
    else:
        kinds = program.workspace.catalogue.kinds
        papers.explanations(program.output, judged, kinds, inventory, values)
    return exit_code(program, inventory.failures)


@cookietui.command()
@profile_options
@json_option
@click.pass_obj
def doctor(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """Say what was found, what can be read and deleted, and what cannot and why.

    No cookie's name or value is in it, so that it can be pasted into a report.
    """
    use_policies(program, where, None)
    inventory = program.workspace.scan(wanted_from(where))
    findings = diagnose(program.workspace, inventory)
    if as_json:
        program.output.json(encoding.diagnosis(findings))
    else:
        papers.diagnosis(program.output, findings)
    return inventory.failures[0].exit_code if inventory.failures else 0


for command in (clean, history, undo, forget, export, audit, policy, keep):
    cookietui.add_command(command)
