"""The commands about policies: what sites and providers declare about their cookies."""

from collections.abc import Iterable
from pathlib import Path

import click

from cookietui.catalogue.loading import Catalogue
from cookietui.catalogue.writing import to_toml
from cookietui.cli import offers, policy_json, policy_papers
from cookietui.cli.options import examples, json_option, read_site
from cookietui.cli.program import Program
from cookietui.cli.suggesting import with_suggestion
from cookietui.errors import NothingFoundError, UsageError
from cookietui.model.policy import Policy
from cookietui.model.site import Site
from cookietui.operations.policies import find_policy
from cookietui.text import plural


@click.group(
    epilog=examples(
        "cookietui policy import cookies.html --site example.com",
        "cookietui policy show example.com",
    )
)
def policy() -> None:
    """See what sites and providers declare, and bring in policies of your own."""


@policy.command("list", epilog=examples("cookietui policy list --own", "cookietui policy list"))
@click.option("--own", "only_own", is_flag=True, help="Only those you added.")
@json_option
@click.pass_obj
def policy_list(program: Program, /, only_own: bool, as_json: bool) -> None:
    """List the policies in use, yours first."""
    catalogue = program.workspace.catalogue
    own = [(each, True) for each in catalogue.own]
    listed = own + [(each, False) for each in catalogue.builtin if not only_own]
    if as_json:
        program.output.json(policy_json.policies(listed))
    else:
        policy_papers.policies(program.output, listed)


@policy.command("show", epilog=examples("cookietui policy show opendatasoft"))
@click.argument("name", shell_complete=offers.policies)
@json_option
@click.pass_obj
def policy_show(program: Program, /, name: str, as_json: bool) -> None:
    """Show one policy with everything it declares."""
    found = _find(program.workspace.catalogue, name)
    if as_json:
        program.output.json(policy_json.policy(found, ()))
    else:
        policy_papers.policy(program.output, found)


@policy.command(
    "import",
    epilog=examples(
        "cookietui policy import cookies.html --site example.com",
        "cookietui policy import cookies.md --site example.com --dry-run",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--site",
    callback=read_site,
    metavar="SITE",
    shell_complete=offers.sites,
    help="The site whose policy it is.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and keep nothing.")
@json_option
@click.pass_obj
def policy_import(
    program: Program, /, file: Path, site: Site | None, dry_run: bool, as_json: bool
) -> None:
    """Read a saved cookie policy and keep it as one of yours.

    FILE is a page as Markdown, HTML, reStructuredText or text; the Open Cookie Database; a TCF
    disclosure; a file of Cookiebot, OneTrust, Termly, CookieConsent or Klaro; or a policy in this
    program's own format. What is not understood is told with its line.
    """
    workspace = program.workspace
    with program.output.busy(f"reading {file}"):
        imported = workspace.read_policy(file, site)
    if len(imported.policies) != 1:
        raise UsageError(
            f"{file} holds {len(imported.policies)} policies",
            f"copy it into {workspace.environment.policies} instead",
        )
    read = imported.policies[0]
    kept = None if dry_run else workspace.keep_policy(read)
    if as_json:
        program.output.json(policy_json.policy(read, imported.problems))
        return
    policy_papers.policy(program.output, read)
    for problem in imported.problems:
        program.output.note(f"{file}: line {problem.line}: {problem.text}")
    count = plural(len(read.declarations), "declaration")
    program.output.note(f"{count} kept in {kept}" if kept else f"{count}; nothing was kept")


@policy.command(
    "export",
    epilog=examples(
        "cookietui policy export example.com",
        "cookietui policy export all --to open-cookie-database",
    ),
)
@click.argument("name", shell_complete=offers.policies)
@click.option(
    "--to",
    "shape",
    type=click.Choice(["toml", "open-cookie-database"]),
    default="toml",
    show_default=True,
    help="This program's own format, or the Open Cookie Database's CSV.",
)
@click.pass_obj
def policy_export(program: Program, /, name: str, shape: str) -> None:
    """Print one policy as a file that can be given to others; `all` for every policy in use."""
    catalogue = program.workspace.catalogue
    every = (*catalogue.own, *catalogue.builtin)
    chosen = every if name == "all" else (_find(catalogue, name),)
    if shape == "toml":
        program.output.document("\n".join(map(to_toml, chosen)))
        return
    from cookietui.catalogue.exporting import to_open_cookie_database  # noqa: PLC0415 - slow to load

    text, left_out = to_open_cookie_database(chosen)
    program.output.document(text)
    for each in left_out:
        program.output.note(f"left out: {each}")


@policy.command("remove", epilog=examples("cookietui policy remove example.com"))
@click.argument("name", shell_complete=offers.own_policies)
@click.pass_obj
def policy_remove(program: Program, /, name: str) -> None:
    """Remove a policy that you added."""
    workspace = program.workspace
    try:
        file = workspace.remove_policy(name)
    except NothingFoundError as error:
        raise with_suggestion(error, name, _names(workspace.catalogue.own)) from error
    program.output.line(f"{name} is removed ({file})")


def _find(catalogue: Catalogue, name: str) -> Policy:
    """Find a policy by its name.

    Raises:
        NothingFoundError: There is none; says which similar one there is.
    """
    try:
        return find_policy(catalogue, name)
    except NothingFoundError as error:
        every = (*catalogue.own, *catalogue.builtin)
        raise with_suggestion(error, name, _names(every)) from error


def _names(policies: Iterable[Policy]) -> Iterable[str]:
    return (each.name for each in policies)
