"""The commands: each reads its words, calls an operation, and prints what came of it."""

from typing import Any

import click

from cookietui import __version__
from cookietui.cli import encoding, papers
from cookietui.cli.options import (
    any_site_argument,
    examples,
    filter_from,
    filter_options,
    json_option,
    profile_options,
    site_argument,
    values_option,
    wanted_from,
)
from cookietui.cli.program import Commands, CommandTable, Program, invoke
from cookietui.cli.reading import (
    exit_code,
    judge,
    nothing_there,
    reveal,
    scan,
    use_policies,
)
from cookietui.cli.suggesting import no_cookie
from cookietui.model.site import Site
from cookietui.operations.arranging import Grouping
from cookietui.operations.filtering import Filter
from cookietui.operations.inventory import by_site, count_sites

# Most take longer to load than a small profile to read.
_ELSEWHERE = {
    "auditing": ("audit",),
    "completing": ("completion",),
    "diagnosing": ("doctor",),
    "deleting": ("clean", "forget", "history", "undo"),
    "exporting": ("export",),
    "keeping": ("keep", "say"),
    "policies": ("policy",),
    "settings": ("config",),
}


@click.group(
    cls=Commands,
    commands=CommandTable(
        {name: f"cookietui.cli.{room}" for room, names in _ELSEWHERE.items() for name in names}
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "cookietui example.com",
        "cookietui demo",
        "cookietui list example.com --purpose marketing",
        "cookietui clean example.com",
    ),
)
@click.version_option(__version__)
def cookietui() -> None:
    """See what a website has stored on your computer, why, and delete what you do not need.

    Without a command the screen opens; `cookietui example.com` opens it on one site.
    --no-color anywhere on the line, or NO_COLOR in the environment, does without colours.
    """


@cookietui.command(
    "open",
    hidden=True,
    epilog=examples("cookietui example.com --read-only", "cookietui --group provider"),
)
@any_site_argument
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


@cookietui.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    epilog=examples("cookietui demo", "cookietui demo list harbour-books.example"),
)
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def demo(program: Program, /, command: tuple[str, ...]) -> int:
    """Do the same on sample profiles made for the purpose; nothing of yours is read.

    `cookietui demo` opens the screen on fresh samples; `cookietui demo list harbour-books.example`
    and the like work on those that are there.
    """
    fresh = not any(not word.startswith("-") for word in command)
    return invoke(cookietui, command, program.on_samples(fresh=fresh), "cookietui demo")


@cookietui.command(epilog=examples("cookietui profiles", "cookietui profiles --browser firefox"))
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


@cookietui.command(epilog=examples("cookietui sites", "cookietui sites --profile chromium:Default"))
@profile_options
@json_option
@click.pass_obj
def sites(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """List every site with its counts per purpose."""
    inventory = scan(program, where)
    counts = count_sites(by_site(program.workspace.judge(inventory.cookies)))
    if as_json:
        program.output.json(encoding.sites(counts, inventory))
    else:
        papers.sites(program.output, counts)
    return exit_code(program, inventory.failures)


@cookietui.command(
    "list",
    epilog=examples(
        "cookietui list example.com",
        "cookietui list --purpose marketing --party third",
        "cookietui list --expires '>1y' --json",
    ),
)
@any_site_argument
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


@cookietui.command(
    epilog=examples("cookietui explain example.com _ga", "cookietui explain example.com _ga --json")
)
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
        raise no_cookie(site, name, inventory)
    values = reveal(program, judged, inventory) if with_values else {}
    if as_json:
        program.output.json(encoding.listing(site, inventory, judged, values))
    else:
        kinds = program.workspace.catalogue.kinds
        papers.explanations(program.output, judged, kinds, inventory, values)
    return exit_code(program, inventory.failures)
