"""What most commands do first and last: read the profiles, and say what could not be read."""

from collections import Counter
from typing import Any

from cookietui.cli.options import policies_from, wanted_from
from cookietui.cli.program import Program
from cookietui.cli.suggesting import no_profile, without_cookies
from cookietui.errors import NothingFoundError, StoreError
from cookietui.model.cookie import CookieKey
from cookietui.model.deletion import Failure
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.filtering import Filter
from cookietui.operations.inventory import Inventory
from cookietui.operations.workspace import Workspace
from cookietui.stores.choosing import Wanted
from cookietui.text import plural


def scan(program: Program, options: dict[str, Any], site: Site | None = None) -> Inventory:
    """Read the policies and the profiles that a command's options name.

    Args:
        program: What the command works with.
        options: The command's options; those that say what to read are taken out of them.
        site: The site that was asked about; its cookies are read, if it has any, and policies are
            its own where they do not say so.

    Raises:
        CatalogueError: A policy cannot be read.
        NothingFoundError: There is no profile.
    """
    use_policies(program, options, site)
    wanted = wanted_from(options)
    inventory = read(program, program.settled, wanted, site)
    if site is not None and next(inventory.of_site(site), None) is None:
        inventory = read(program, program.workspace, wanted)  # to tell which site could be meant
    if not inventory.scanned and not inventory.failures:
        raise NothingFoundError(
            "no browser profile was found",
            "name one with --profile PATH, or look around with `cookietui demo`",
        )
    return inventory


def read(
    program: Program, workspace: Workspace, wanted: Wanted, site: Site | None = None
) -> Inventory:
    """Read profiles, perhaps only what a site has there, and tell whoever waits which.

    Raises:
        NothingFoundError: No profile goes by a name.
    """
    try:
        with program.output.busy("looking for profiles") as progress:
            return workspace.scan(wanted, progress, site)
    except NothingFoundError as error:
        raise no_profile(error, wanted, program.environment, program.config) from error


def use_policies(program: Program, options: dict[str, Any], site: Site | None) -> None:
    """Let the policies count that a command's options name; what is not understood is said.

    Raises:
        CatalogueError: One of them cannot be read.
    """
    files = policies_from(options)
    with program.output.busy("reading policies"):
        added = program.workspace.add_policies(files, site)
    for file, imported in zip(files, added, strict=True):
        for problem in imported.problems:
            program.output.note(f"{file}: line {problem.line}: {problem.text}")


def judge(
    program: Program, site: Site | None, inventory: Inventory, wanted: Filter
) -> tuple[JudgedCookie, ...]:
    """Judge the cookies of a site that a filter lets through."""
    under = site.registrable if site else None
    with program.output.busy("judging cookies"):
        judged = program.workspace.judge(inventory.of_site(site), under)
    return tuple(each for each in judged if wanted.matches(each, inventory.at))


def reveal(
    program: Program, judged: tuple[JudgedCookie, ...], inventory: Inventory
) -> dict[CookieKey, str]:
    """Reveal values, and say what cannot be revealed and why, once for each reason."""
    with program.output.busy("revealing values"):
        found = program.workspace.values((each.cookie for each in judged), inventory)
    values = {key: value for key, value in found.items() if isinstance(value, str)}
    errors = [value for value in found.values() if isinstance(value, StoreError)]
    for (message, hint), count in Counter((each.message, each.hint) for each in errors).items():
        program.output.problem(f"{plural(count, 'value')} not shown: {message}", hint)
    return values


def nothing_there(program: Program, site: Site | None, inventory: Inventory) -> int:
    """Say so if a site has no cookies at all; the exit status that goes with it."""
    if site is None or next(inventory.of_site(site), None) is not None:
        return 0
    nothing = without_cookies(site, inventory)
    program.output.error(nothing)
    return nothing.exit_code


def exit_code(program: Program, failures: tuple[Failure, ...]) -> int:
    """Say what could not be done; the exit status that goes with it."""
    for each in failures:
        program.output.problem(each.message, each.hint)
    return failures[0].exit_code if failures else 0
