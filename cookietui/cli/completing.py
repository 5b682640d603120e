"""The command that makes a shell complete what is typed."""

import click

from cookietui.cli.options import examples
from cookietui.cli.program import Program
from cookietui.cli.shells import SHELLS, script


@click.command(
    epilog=examples(
        "cookietui completion bash > ~/.local/share/bash-completion/completions/cookietui",
        "cookietui completion zsh > ~/.zfunc/_cookietui",
        "cookietui completion fish > ~/.config/fish/completions/cookietui.fish",
    )
)
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def completion(context: click.Context, /, shell: str) -> None:
    """Print what makes a shell complete commands, sites, profiles and policies.

    In ~/.bashrc or ~/.zshrc a line does it too: eval "$(cookietui completion bash)".
    """
    program: Program = context.obj
    program.output.document(script(context.find_root().command, shell))
