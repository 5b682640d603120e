"""The commands: each reads its words, calls an operation, and prints what came of it."""

import sys
from typing import Any

import click

from cookietui import __version__
from cookietui.cli import encoding, papers
from cookietui.cli.keeping import keep
from cookietui.cli.options import (
    filter_from,
    filter_options,
    json_option,
    profile_options,
    read_age,
    read_site,
)
from cookietui.cli.program import Commands, Program, invoke
from cookietui.errors import NothingFoundError
from cookietui.model.deletion import Failure, Plan
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.filtering import Filter
from cookietui.operations.inventory import Inventory, count_sites
from cookietui.operations.workspace import wall_clock
from cookietui.paths import Environment
from cookietui.text import plural

site_argument = click.argument("site", callback=read_site)


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
@click.option("--theme", metavar="NAME", help="dark, light, or one of the terminal library's.")
@click.option("--ascii", "ascii_only", is_flag=True, help="No characters beyond ASCII.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_obj
def open_screen(program: Program, /, **options: Any) -> int:  # noqa: ANN401 - click's own
    """Open the screen."""
    return program.open_screen(program.workspace, color=program.output.color, **options)


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
    inventory = _scan(program, where)
    if as_json:
        program.output.json(encoding.profiles(inventory))
    else:
        papers.profiles(program.output, inventory)
    return _exit_code(program, inventory.failures)


@cookietui.command()
@profile_options
@json_option
@click.pass_obj
def sites(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """List every site with its counts per purpose."""
    inventory = _scan(program, where)
    counts = count_sites(program.workspace.judge(inventory.cookies))
    if as_json:
        program.output.json(encoding.sites(counts, inventory))
    else:
        papers.sites(program.output, counts)
    return _exit_code(program, inventory.failures)


@cookietui.command("list")
@click.argument("site", callback=read_site, required=False)
@profile_options
@filter_options
@json_option
@click.pass_obj
def list_cookies(
    program: Program,
    /,
    site: Site | None,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> int:
    """List cookies with their verdicts."""
    wanted = filter_from(options)
    inventory = _scan(program, options)
    judged = _judge(program, site, inventory, wanted)
    if as_json:
        program.output.json(encoding.listing(site, inventory, judged))
    else:
        papers.cookies(program.output, judged, inventory.at)
    return _exit_code(program, inventory.failures) or _nothing_there(program, site, inventory)


@cookietui.command()
@site_argument
@click.argument("name")
@profile_options
@json_option
@click.pass_obj
def explain(
    program: Program,
    /,
    site: Site,
    name: str,
    as_json: bool,
    **where: tuple[str, ...],
) -> int:
    """Explain one cookie in full."""
    inventory = _scan(program, where)
    judged = tuple(
        each for each in _judge(program, site, inventory, Filter()) if each.cookie.name == name
    )
    if not judged:
        raise NothingFoundError(
            f"{site.host} has no cookie called {name!r}", f"`cookietui list {site.host}` lists them"
        )
    if as_json:
        program.output.json(encoding.listing(site, inventory, judged))
    else:
        papers.explanations(program.output, judged, program.workspace.catalogue.kinds, inventory)
    return _exit_code(program, inventory.failures)


@cookietui.command()
@site_argument
@profile_options
@filter_options
@click.option("--apply", is_flag=True, help="Delete; without it, only say what would be deleted.")
@click.option("--yes", is_flag=True, help="Do not ask once more.")
@click.option(
    "--include",
    multiple=True,
    type=click.Choice(["ask", "keep"]),
    help="Also cookies to ask about; or, if named by --name, necessary and kept ones.",
)
@json_option
@click.pass_obj
def clean(
    program: Program,
    /,
    *,
    site: Site,
    apply: bool,
    yes: bool,
    include: tuple[str, ...],
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> int:
    """Delete what is not needed; only says what it would delete until --apply."""
    wanted = filter_from(options)
    if "keep" in include and not _plain_names(wanted):
        raise click.UsageError("--include keep needs every cookie named in full by --name")
    inventory = _scan(program, options)
    shown = _judge(program, site, inventory, Filter())
    chosen = [
        each for each in shown if wanted.matches(each, inventory.at) and _may_go(each, include)
    ]
    intended = program.workspace.plan(site.host, shown, chosen, inventory)
    if not apply:
        _tell_plan(program, intended, inventory, as_json=as_json)
        return _exit_code(program, inventory.failures) or _nothing_there(program, site, inventory)
    if not yes and chosen and not _confirmed(program, intended):
        if as_json:
            program.output.json(encoding.planned(intended, inventory))
        program.output.note("nothing was deleted")
        return 0
    try:
        receipt = program.workspace.clean(intended)
    except KeyboardInterrupt:
        program.output.note("`cookietui history` tells what was deleted before that")
        raise
    if as_json:
        program.output.json(encoding.cleaned(receipt, inventory))
    else:
        papers.receipt(program.output, receipt)
    return _exit_code(program, (*receipt.refused, *inventory.failures))


@cookietui.command()
@json_option
@click.pass_obj
def history(program: Program, /, as_json: bool) -> None:
    """List past deletions."""
    entries = program.workspace.journal.entries()
    if as_json:
        program.output.json(encoding.history(entries))
    else:
        papers.history(program.output, entries)


@cookietui.command()
@click.argument("entry", metavar="[ID]", required=False)
@json_option
@click.pass_obj
def undo(program: Program, /, entry: str | None, as_json: bool) -> int:
    """Put a past deletion back; the last one if no ID is given."""
    _, restoration = program.workspace.undo(entry)
    if as_json:
        program.output.json(encoding.undone(restoration))
    else:
        papers.restoration(program.output, restoration)
    return _exit_code(program, restoration.refused)


@cookietui.command()
@click.argument("entry", metavar="[ID]", required=False)
@click.option("--older-than", callback=read_age, metavar="30d", help="All older than that.")
@click.pass_obj
def forget(program: Program, /, entry: str | None, older_than: int | None) -> None:
    """Drop the record of a past deletion, or of all old ones; they cannot be undone any more."""
    if (entry is None) == (older_than is None):
        raise click.UsageError("name one ID, or an age with --older-than")
    workspace = program.workspace
    if entry is not None:
        names = [entry]
    else:
        last = workspace.clock() - (older_than or 0)
        names = [each.id for each in workspace.journal.entries() if each.at < last]
    for name in names:
        workspace.journal.discard(name)
    program.output.line(f"{plural(len(names), 'deletion')} forgotten")


cookietui.add_command(keep)


def _scan(program: Program, where: dict[str, Any]) -> Inventory:
    inventory = program.workspace.scan(where["profiles"], where["browsers"])
    if not inventory.scanned and not inventory.failures:
        raise NothingFoundError(
            "no browser profile was found",
            "name one with --profile PATH, or look around with `cookietui demo`",
        )
    return inventory


def _nothing_there(program: Program, site: Site | None, inventory: Inventory) -> int:
    """Say so if a site has no cookies at all; the exit status that goes with it."""
    if site is None or next(inventory.of_site(site), None) is not None:
        return 0
    nothing = NothingFoundError(f"{site.host} has no cookies", "`cookietui sites` lists who has")
    program.output.error(nothing)
    return nothing.exit_code


def _judge(
    program: Program, site: Site | None, inventory: Inventory, wanted: Filter
) -> tuple[JudgedCookie, ...]:
    under = site.registrable if site else None
    judged = program.workspace.judge(inventory.of_site(site), under)
    return tuple(each for each in judged if wanted.matches(each, inventory.at))


def _plain_names(wanted: Filter) -> bool:
    return bool(wanted.names) and not any("*" in name for name in wanted.names)


def _may_go(judged: JudgedCookie, include: tuple[str, ...]) -> bool:
    suggestion = judged.verdict.suggestion
    return suggestion is Suggestion.REMOVE or suggestion.value in include


def _tell_plan(program: Program, intended: Plan, inventory: Inventory, *, as_json: bool) -> None:
    if as_json:
        program.output.json(encoding.planned(intended, inventory))
    else:
        papers.plan(program.output, intended, inventory.at)
        program.output.note("nothing was deleted: --apply does it")


def _confirmed(program: Program, intended: Plan) -> bool:
    """Ask once more where somebody can answer; a script that says --apply has said it."""
    if not sys.stdin.isatty():
        return True
    papers.going(program.output, intended)
    count = plural(len(intended.deleting), "cookie")
    return bool(click.confirm(f"Delete {count}?", err=True))


def _exit_code(program: Program, failures: tuple[Failure, ...]) -> int:
    for each in failures:
        program.output.problem(each.message, each.hint)
    return failures[0].exit_code if failures else 0
