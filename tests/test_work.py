"""What a command costs, counted in work and not in seconds: modules, connections, judgements."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cookietui.judging import judge as judging
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from tests.builders import chromium_row, chromium_store
from tests.making import NOW, cookie, judge

ROOT = Path(__file__).parent.parent
# Each takes longer to load than a small profile takes to read.
_HEAVY = (
    "textual", "rich.console", "browser_cookie3", "Cryptodome", "markdown_it", "selectolax", "re2",
    "importlib.metadata", "importlib.resources", "tomllib", "asyncio", "psutil", "socket", "lz4",
    "concurrent.futures", "idna", "difflib", "csv", "cookietui.model.lifetime",
    "cookietui.catalogue.importing.opening", "cookietui.operations.reporting",
    "cookietui.operations.exporting", "cookietui.cli.policies", "cookietui.operations.auditing",
    "cookietui.operations.diagnosing", "cookietui.stores.exported", "cookietui.judging.decoding",
    "cookietui.cli.shells", "click.shell_completion",
)  # fmt: skip
_LOADED = """
import json, sys
from cookietui.cli.commands import cookietui
from cookietui.cli.program import run
from cookietui.paths import Environment
from pathlib import Path
connections = []
sys.addaudithook(lambda event, _: connections.append(event) if event == "sqlite3.connect" else None)
code = run(cookietui, sys.argv[2:], Environment.of_home(Path(sys.argv[1])), None)
print(json.dumps([code, len(connections), sorted(sys.modules)]), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [("list", "shop.example"), ("sites",), ("profiles",)])
def test_a_command_loads_nothing_it_does_not_need_and_opens_one_copy(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    store = chromium_store(tmp_path / "Default", [chromium_row()])
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED, str(tmp_path), *words, "--json", "--profile", str(store)],
        cwd=ROOT, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    code, connections, modules = json.loads(ran.stderr.splitlines()[-1])
    assert code == 0, ran.stderr
    assert [name for name in _HEAVY if name in modules] == []
    assert connections == 1


def test_cookies_that_are_alike_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = []
    real = judging._verdict

    def counted(*arguments: object) -> object:
        judged.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "_verdict", counted)
    by = judge()
    for number in range(500):
        by.judge(cookie(f"name{number}", f"site{number}.example"), NOW)
        by.judge(cookie(f"login{number}", f"site{number}.example"), NOW)
    assert len(judged) == 2


def test_looking_again_reads_no_policy_again(tmp_path: Path) -> None:
    workspace = Workspace(Environment.of_home(tmp_path))
    before = workspace.catalogue
    workspace.scan()
    assert workspace.catalogue is before
