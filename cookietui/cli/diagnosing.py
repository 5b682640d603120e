"""The command that says what was found on this machine, and what can be done there."""

import click

from cookietui.cli.encoding import SCHEMA, Json, failure
from cookietui.cli.options import examples, json_option, profile_options, wanted_from
from cookietui.cli.output import Cell, Output
from cookietui.cli.program import Program
from cookietui.cli.reading import read, use_policies
from cookietui.operations.diagnosing import Findings, diagnose, told


@click.command(
    epilog=examples("cookietui doctor", "cookietui doctor --profile firefox:default-release")
)
@profile_options
@json_option
@click.pass_obj
def doctor(program: Program, /, as_json: bool, **where: tuple[str, ...]) -> int:
    """Say what was found, what can be read and deleted, and what cannot and why.

    No cookie's name or value is in it, so that it can be pasted into a report.
    """
    use_policies(program, where, None)
    inventory = read(program, program.workspace, wanted_from(where))
    with program.output.busy("looking at what can be deleted"):
        findings = diagnose(program.workspace, inventory)
    if as_json:
        program.output.json(_encoded(findings))
    else:
        _print(program.output, findings)
    return inventory.failures[0].exit_code if inventory.failures else 0


def _encoded(findings: Findings) -> Json:
    return {
        "schema": SCHEMA,
        "versions": findings.versions,
        "folders": findings.folders,
        "profiles": [
            {
                "id": each.profile.id,
                "browser": each.profile.brand,
                "family": each.profile.family.value,
                "store": each.store,
                "bytes": each.bytes,
                "beside": each.beside,
                "layout": each.layout,
                "cookies": each.cookies,
                "session": each.session,
                "in_session_file": each.in_session_file,
                "partitioned": each.partitioned,
                "containers": each.containers,
                "encryption": each.encryption,
                "running": each.browser,
                "deleting": each.obstacle or None,
            }
            for each in findings.profiles
        ],
        "failures": [failure(each) for each in findings.failures],
    }


def _print(output: Output, findings: Findings) -> None:
    output.line(", ".join(f"{name} {text}" for name, text in findings.versions.items()))
    for name, text in findings.folders.items():
        output.line(f"{name + ':':14}{text}")
    for each in findings.profiles:
        output.line()
        title = f"{each.profile.id}  {each.profile.brand}, {each.profile.name}"
        output.line(Cell(title, strong=True))
        own = [("Problem", f.message) for f in findings.failures if f.profile == each.profile.id]
        for label, text in (*told(each), *own):
            output.line(f"  {label + ':':12}{text}")
    read = {each.profile.id for each in findings.profiles}
    for problem in findings.failures:
        if problem.profile not in read:
            output.line()
            output.line(f"{problem.profile}  cannot be read")
            output.line(f"  {'Why:':12}{problem.message}; {problem.hint}")
