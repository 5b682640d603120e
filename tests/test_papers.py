"""What the papers say is so."""

import re
from pathlib import Path

import msgspec

from cookietui.config import Config
from cookietui.safety.backup import BackupRules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_promise_names_a_test_that_there_is() -> None:
    promises = README.partition("## What is promised about deleting")[2].partition("\n## ")[0]
    numbered = re.findall(r"^\d\. \*\*", promises, re.MULTILINE)
    named = re.findall(r"`(test_\w+)`", promises)
    assert len(numbered) == len(named) == 5
    tests = "\n".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    assert [name for name in named if f"def {name}(" not in tests] == []


def test_every_setting_is_explained_with_its_default() -> None:
    for field in msgspec.structs.fields(Config):
        assert f"[{field.name}]" in README
    for field in msgspec.structs.fields(BackupRules):
        assert f"{field.name} = {field.default}" in README


def test_every_module_of_the_stores_is_in_the_picture_of_the_house() -> None:
    house = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    modules = {path.stem for path in (ROOT / "cookietui" / "stores").glob("*.py")} - {"__init__"}
    assert [name for name in sorted(modules) if f"{name}.py" not in house] == []
