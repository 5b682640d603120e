"""The command that holds a site's policy against the cookies that are really there."""

from pathlib import Path
from typing import Any

import click

from cookietui.cli import offers, policy_json, policy_papers
from cookietui.cli.options import examples, json_option, profile_options, site_argument
from cookietui.cli.output import as_json as to_json
from cookietui.cli.output import write_file
from cookietui.cli.program import Program
from cookietui.cli.reading import exit_code, scan
from cookietui.model.site import Site
from cookietui.operations.auditing import Audit, Check

_FOUND = 7


def read_checks(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[Check, ...]:
    """Read names of checks, separated by commas.

    Raises:
        click.BadParameter: One of them is none.
    """
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    known = [check.value for check in Check]
    for name in names:
        if name not in known:
            raise click.BadParameter(
                f"{name!r} is not one of {', '.join(known)}", context, parameter
            )
    return tuple(map(Check, names))


@click.command(
    epilog=examples(
        "cookietui audit example.com --policy cookies.html",
        "cookietui audit example.com --to html -o report.html",
        "cookietui audit example.com --fail-on undeclared,outlives",
    )
)
@site_argument
@profile_options
@click.option(
    "--fail-on",
    callback=read_checks,
    metavar="CHECK,...",
    shell_complete=offers.checks,
    help="Exit with 7 if one of these was found: " + ", ".join(check.value for check in Check),
)
@click.option(
    "--to",
    "shape",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="The format of the report.",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write to a file.")
@json_option
@click.pass_obj
def audit(
    program: Program,
    /,
    site: Site,
    fail_on: tuple[Check, ...],
    target: Path | None,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> int:
    """Hold a site's own policy against the cookies that are really there."""
    shape = options.pop("shape")
    inventory = scan(program, options, site)
    found = program.workspace.audit(site, inventory)
    if as_json and target is not None:
        write_file(target, to_json(policy_json.audit(found)))
        program.output.note(f"written to {target}, which only you may read")
    elif as_json:
        program.output.json(policy_json.audit(found))
    elif shape == "text" and target is None:
        policy_papers.audit(program.output, found, inventory.at)
    else:
        # Only a report needs what makes reports.
        from cookietui.operations.reporting import html_report, markdown_report  # noqa: PLC0415

        kinds = program.workspace.catalogue.kinds
        report = html_report if shape == "html" else markdown_report
        text = report(found, kinds, inventory.at)
        if target is None:
            program.output.document(text)
        else:
            write_file(target, text)
            program.output.note(f"written to {target}, which only you may read")
    if not found.policies and (as_json or shape == "text"):
        program.output.note(
            f"cookietui: no policy of {site.host} is known; save the page and import it:"
            f" cookietui policy import FILE --site {site.host}"
        )
    return exit_code(program, inventory.failures) or _verdict(program, found, fail_on)


def _verdict(program: Program, found: Audit, fail_on: tuple[Check, ...]) -> int:
    failed = [f"{check.value} {found.found(check)}" for check in fail_on if found.found(check)]
    if not failed:
        return 0
    program.output.note(f"cookietui: found {', '.join(failed)}")
    return _FOUND
