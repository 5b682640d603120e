"""What commands load and reach: nothing heavy for scripts, and never the network."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cookietui

PACKAGE = Path(cookietui.__file__).parent
ROOT = PACKAGE.parent
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socketserver", "ssl", "telnetlib", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
# Taking addresses apart is not reaching for them.
HARMLESS = {"urllib.parse"}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever it stands in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", ["textual", "rich", "browser_cookie3"])
def test_loading_the_commands_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, cookietui.cli.commands\nprint({module!r} in sys.modules)"
    assert python("-c", code).stdout == "False\n"


def test_listing_in_a_pipe_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom cookietui.__main__ import main\n"
        "sys.argv = ['cookietui', 'demo', 'list']\n"
        "code = main()\n"
        "print(code, [m for m in ('textual', 'rich', 'browser_cookie3') if m in sys.modules])"
    )
    assert python("-c", code).stdout.splitlines()[-1] == "0 []"


def test_the_version_is_printed() -> None:
    ran = python("-m", "cookietui", "--version")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert cookietui.__version__ in ran.stdout


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["list", "--help"], ["clean", "-h"], ["keep", "add", "--help"]]
)
def test_help_is_printed(words: list[str]) -> None:
    ran = python("-m", "cookietui", *words)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Usage: cookietui")


def test_help_names_every_command() -> None:
    told = python("-m", "cookietui", "--help").stdout
    for command in ("clean", "demo", "explain", "history", "keep", "list", "profiles", "sites",
                    "undo"):  # fmt: skip
        assert f"  {command} " in told


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_no_module_can_reach_the_network(file: Path) -> None:
    modules = set(imported(file))
    assert {name for name in modules if name.partition(".")[0] in NETWORK} == set()
    opened = {name for name in modules if name.startswith("urllib") and name not in HARMLESS}
    assert {name for name in opened if not name.startswith("urllib.parse.")} == set()


def test_only_the_look_for_a_running_browser_uses_sockets_and_only_local_ones() -> None:
    users = [file for file in PACKAGE.rglob("*.py") if "socket" in set(imported(file))]
    assert [file.relative_to(PACKAGE) for file in users] == [Path("stores/running.py")]
    text = users[0].read_text("utf-8")
    assert text.count("socket.socket(") == text.count("socket.socket(socket.AF_UNIX") == 1
    assert "create_connection" not in text
    assert "AF_INET" not in text
