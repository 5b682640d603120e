"""What is given to others is whole: it is built, installed into nothing, and starts."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "cookietui"
_LONG = 600  # seconds; packages may have to be fetched
_NEWER = ("python3.12", "python3.13", "python3.14")
_NOT_OURS = ("__pycache__", ".pyc")

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("packaging")]


def ran(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run something that has to succeed; what it printed."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, timeout=_LONG,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def pythons() -> Iterator[str]:
    """This Python, and every newer one at hand; a name on the path may lead to nothing."""
    yield sys.executable
    for name in _NEWER:
        found = shutil.which(name)
        asked = [found, "-c", "import sys, venv; print(sys.version_info[:2])"] if found else []
        if asked and name != f"python3.{sys.version_info.minor}":
            answer = subprocess.run(asked, capture_output=True, text=True, check=False)
            if answer.returncode == 0:
                yield str(found)


def environment(python: str, folder: Path) -> Path:
    """An empty environment; its Python."""
    ran(python, "-m", "venv", folder, cwd=folder.parent)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources as they are given to others."""
    folder = tmp_path_factory.mktemp("sdist")
    builder = environment(sys.executable, folder / "builder")
    ran(builder, "-m", "pip", "install", "--quiet", "hatchling", cwd=folder)
    ran(builder, "-m", "hatchling", "build", "-t", "sdist", "-d", folder / "dist", cwd=ROOT)
    [file] = (folder / "dist").glob("*.tar.gz")
    return file


@pytest.fixture(scope="session")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is made from these sources, and from nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "pip", "wheel", sdist, "--no-deps", "-w", folder, cwd=folder)
    [file] = folder.glob("*.whl")
    return file


def packaged() -> set[str]:
    """Every file of the program, as a wheel names it."""
    files = (path for path in FOLDER.rglob("*") if path.is_file())
    names = {path.relative_to(ROOT).as_posix() for path in files}
    return {name for name in names if not any(part in name for part in _NOT_OURS)}


def test_the_wheel_holds_every_file_of_the_program_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if ".dist-info/" not in name}
    assert names == packaged()
    endings = {Path(name).suffix for name in names}
    assert {".toml", ".msgpack", ".json", ".tcss"} <= endings  # catalogue, schemas, style
    assert "cookietui/py.typed" in names


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = {Path(name).name: opened.read(name) for name in opened.namelist()}
    said = inside["METADATA"].decode()
    assert "Requires-Python: >=3.11" in said
    assert "License-Expression: MIT" in said
    assert "# cookietui" in said
    assert "cookietui = cookietui.__main__:main" in inside["entry_points.txt"].decode()
    assert inside["LICENSE"] == (ROOT / "LICENSE").read_bytes()


def test_the_sources_hold_the_papers_and_the_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile"} <= names
    assert {"tests/test_packaging.py", "cookietui/__main__.py", "pyproject.toml"} <= names


@pytest.mark.parametrize("python", pythons(), ids=lambda path: Path(path).name)
def test_the_wheel_installs_into_nothing_and_starts(
    python: str, wheel: Path, tmp_path: Path
) -> None:
    inside = environment(python, tmp_path / "installed")
    ran(inside, "-m", "pip", "install", "--quiet", "--prefer-binary", wheel, cwd=tmp_path)
    program = inside.with_name("cookietui")
    # Nothing of this machine's but the path and where temporary files go.
    person = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PATH": os.defpath}
    assert ran(program, "--version", cwd=tmp_path, env=person).startswith("cookietui, version ")
    words = ("demo", "list", "harbour-books.example", "--json")
    document = json.loads(ran(program, *words, cwd=tmp_path, env=person))
    purposes = {cookie["purpose"] for cookie in document["cookies"]}
    assert {"necessary", "marketing", "statistics"} <= purposes
    ran(inside, "-c", "import cookietui.tui.opening", cwd=tmp_path, env=person)
    ran(inside, "-m", "pip", "check", cwd=tmp_path)
    assert ran(inside, "-m", "cookietui", "profiles", "--help", cwd=tmp_path, env=person)
