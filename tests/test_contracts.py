"""The rooms of the program import each other as is laid down, checked by import-linter."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_contract_about_imports_is_kept() -> None:
    code = "import sys\nfrom importlinter.cli import lint_imports\nsys.exit(lint_imports())"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "5 kept, 0 broken" in ran.stdout
