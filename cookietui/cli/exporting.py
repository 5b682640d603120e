"""The command that writes cookies for other programs and for people."""

from pathlib import Path
from typing import Any

import click

from cookietui.cli import encoding
from cookietui.cli.options import (
    examples,
    filter_from,
    filter_options,
    profile_options,
    site_argument,
    values_option,
)
from cookietui.cli.output import as_json, write_file
from cookietui.cli.program import Program
from cookietui.cli.reading import exit_code, judge, nothing_there, reveal, scan
from cookietui.model.site import Site
from cookietui.operations.exporting import FORMATS, Export, Exported
from cookietui.stores.port import Values

_SHAPES = ("netscape", "json", "cookie-editor", "csv", "markdown")


@click.command(
    epilog=examples(
        "cookietui export example.com --to netscape --values -o cookies.txt",
        "cookietui export example.com --to csv --purpose marketing",
    )
)
@site_argument
@click.option("--to", "shape", type=click.Choice(_SHAPES), required=True, help="The format.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write to a file.")
@profile_options
@filter_options
@values_option
@click.pass_obj
def export(
    program: Program,
    /,
    site: Site,
    shape: str,
    target: Path | None,
    with_values: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> int:
    """Write cookies for other programs, or for people to read.

    Values are secrets and are written only with --values; files can be read by you alone. What a
    format cannot hold, such as a partition, is left out and told.
    """
    wanted = filter_from(options)
    inventory = scan(program, options, site)
    judged = judge(program, site, inventory, wanted)
    values: Values | None = None
    if with_values and shape != "markdown":
        with program.output.busy("revealing values"):
            values = program.workspace.values((each.cookie for each in judged), inventory)
    if shape == "json":
        shown = reveal(program, judged, inventory) if with_values else {}
        exported = Exported(as_json(encoding.listing(site, inventory, judged, shown)), ())
    else:
        exported = FORMATS[shape](Export(site.host, judged, values, inventory.at))
    if target is None:
        program.output.document(exported.text)
    else:
        write_file(target, exported.text)
        program.output.note(f"written to {target}, which only you may read")
    for each in exported.left_out:
        program.output.note(f"left out: {each.name} of {each.host}: {each.why}")
    if shape == "cookie-editor" and not with_values:
        program.output.note("without --values importing this file would empty these cookies")
    return exit_code(program, inventory.failures) or nothing_there(program, site, inventory)
