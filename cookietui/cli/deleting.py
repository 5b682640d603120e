"""The commands that delete, and those about what was deleted."""

import sys
from typing import Any

import click

from cookietui.cli import encoding, offers, papers
from cookietui.cli.options import (
    examples,
    filter_from,
    filter_options,
    json_option,
    profile_options,
    read_age,
    site_argument,
)
from cookietui.cli.program import Program
from cookietui.cli.reading import exit_code, judge, nothing_there, scan
from cookietui.errors import UndoError
from cookietui.model.deletion import Plan, Status
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.filtering import Filter
from cookietui.operations.inventory import Inventory
from cookietui.text import plural


@click.command(
    epilog=examples(
        "cookietui clean example.com",
        "cookietui clean example.com --apply --purpose marketing",
        "cookietui clean example.com --include ask --name 'promo*' --apply",
    )
)
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
    inventory = scan(program, options, site)
    shown = judge(program, site, inventory, Filter())
    chosen = [
        each for each in shown if wanted.matches(each, inventory.at) and _may_go(each, include)
    ]
    intended = program.workspace.plan(site.host, shown, chosen, inventory)
    if not apply:
        _tell_plan(program, intended, inventory, as_json=as_json)
        return exit_code(program, inventory.failures) or nothing_there(program, site, inventory)
    if not yes and chosen and not _confirmed(program, intended):
        if as_json:
            program.output.json(encoding.planned(intended, inventory))
        program.output.note("nothing was deleted")
        return 0
    try:
        with program.output.busy(f"deleting {plural(len(intended.deleting), 'cookie')}"):
            receipt = program.workspace.clean(intended)
    except KeyboardInterrupt:
        program.output.note("`cookietui history` tells what was deleted before that")
        raise
    if as_json:
        program.output.json(encoding.cleaned(receipt, inventory))
    else:
        papers.receipt(program.output, receipt)
    failed = exit_code(program, (*receipt.refused, *inventory.failures))
    return failed or nothing_there(program, site, inventory)


@click.command(epilog=examples("cookietui history", "cookietui history --json"))
@json_option
@click.pass_obj
def history(program: Program, /, as_json: bool) -> None:
    """List past deletions."""
    workspace = program.settled
    entries, backups = workspace.journal.entries(), tuple(workspace.backups)
    if as_json:
        program.output.json(encoding.history(entries, backups))
    else:
        papers.history(program.output, entries, backups)


@click.command(
    epilog=examples(
        "cookietui undo", "cookietui undo 20261123-120000-1", "cookietui undo --name '_ga*'"
    )
)
@click.argument("entry", metavar="[ID]", required=False, shell_complete=offers.deletions)
@click.option("--name", "names", multiple=True, metavar="GLOB", help="Only cookies of this name.")
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="HOST",
    shell_complete=offers.sites,
    help="Only cookies of this host.",
)
@json_option
@click.pass_obj
def undo(
    program: Program,
    /,
    entry: str | None,
    names: tuple[str, ...],
    hosts: tuple[str, ...],
    as_json: bool,
) -> int:
    """Put a past deletion back; the last one if no ID is given."""
    wanted = Filter(names=names, hosts=hosts)
    workspace = program.settled
    with program.output.busy("putting cookies back"):
        _, restoration = workspace.undo(entry, wanted.means if wanted else None)
    if as_json:
        program.output.json(encoding.undone(restoration))
    else:
        papers.restoration(program.output, restoration)
    nothing = UndoError.exit_code if restoration.status is Status.REFUSED else 0
    return exit_code(program, restoration.refused) or nothing


@click.command(
    epilog=examples("cookietui forget 20261123-120000-1", "cookietui forget --older-than 30d")
)
@click.argument("entry", metavar="[ID]", required=False, shell_complete=offers.deletions)
@click.option("--older-than", callback=read_age, metavar="30d", help="All older than that.")
@click.pass_obj
def forget(program: Program, /, entry: str | None, older_than: int | None) -> None:
    """Drop the record of a past deletion, or of all old ones; they cannot be undone any more."""
    if (entry is None) == (older_than is None):
        raise click.UsageError("name one ID, or an age with --older-than")
    workspace = program.workspace
    if entry is not None:
        workspace.journal.discard(entry)
        program.output.line("1 deletion forgotten")
        return
    last = workspace.clock() - (older_than or 0)
    names = [each.id for each in workspace.journal.entries() if each.at < last]
    for name in names:
        workspace.journal.discard(name)
    copies = workspace.backups.forget(last)
    program.output.line(f"{plural(len(names), 'deletion')} forgotten")
    if copies:
        program.output.note(f"and removed: {plural(copies, 'copy', 'copies')} of whole stores")


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
