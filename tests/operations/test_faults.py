"""Stores and journals that may not be written, from the beginning or all of a sudden."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, furnished
from tests.operations.test_cleaning import planned
from tests.proofs.aftermath import ROOT, rows
from tests.unprivileged import folder_for_everybody, printed

_SITE = "opendatasoft.com"
_NOBODY = 65534
_IMPORTS = """
import contextlib, io, json, tempfile
from cookietui.cli import deleting
from pathlib import Path
from cookietui.cli.commands import cookietui
from cookietui.cli.program import run
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
import tests.operations.test_cleaning as cleaning
from tests.homes import furnished
environment = Environment.of_home(Path(sys.argv[1]))

def told(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(cookietui, words, environment, None)
    print(json.dumps([code, err.getvalue()]))

with tempfile.TemporaryDirectory() as other:  # so that every module is there
    warm = Workspace(Environment.of_home(furnished(Path(other))))
    warm.clean(cleaning.planned(warm))
"""
_MIDWAY = """
workspace = Workspace(environment)
plan = cleaning.planned(workspace)
print("planned", flush=True)
sys.stdin.readline()
receipt = workspace.clean(plan)
print(json.dumps([[each.profile, each.exit_code, each.message] for each in receipt.refused]))
print(json.dumps([receipt.status.value, len(receipt.deleted)]), flush=True)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that belongs to somebody who is not root."""
    with folder_for_everybody() as folder:
        yield _given(furnished(folder / "person"))


@pytest.mark.parametrize("profile", [CHROMIUM, FIREFOX])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_store_that_may_not_be_written_is_refused_and_the_other_is_cleaned(
    home: Path, profile: str, what: str
) -> None:
    before, store = rows(home), home / STORES[profile][0]
    path = store if what == "file" else store.parent
    rights = path.stat().st_mode
    path.chmod(0o444 if what == "file" else 0o555)
    code, err = _run(home, "clean", _SITE, "--apply")
    path.chmod(rights)
    after = rows(home)
    assert code == 4
    assert err.count("\n") == 1
    assert "may not be written; nothing was changed" in err
    assert after[profile] == before[profile]
    assert [each for each in after if after[each] != before[each]] == list({*after} - {profile})
    assert _run(home, "undo") == (0, "")
    assert rows(home) == before


@pytest.mark.parametrize("way", ["not ours", "a file", "a link", "a link to nowhere"])
def test_without_a_journal_nothing_is_deleted(home: Path, tmp_path: Path, way: str) -> None:
    journal = Environment.of_home(home).journal
    journal.parent.mkdir(parents=True)
    _given(home)
    elsewhere = tmp_path / "elsewhere"
    match way:
        case "not ours":
            if os.geteuid() != 0:
                pytest.skip("only root can give files away")
            journal.mkdir()
            os.chown(journal, 0, 0)
            journal.chmod(0o755)
        case "a file":
            journal.write_text("in the way")
        case "a link":
            elsewhere.mkdir()
            journal.symlink_to(elsewhere)
        case _:
            journal.symlink_to(elsewhere)
    before = rows(home)
    code, err = _run(home, "clean", _SITE, "--apply")
    assert code == 6
    lines = err.splitlines()
    assert len(lines) == 2  # one for each profile
    assert all("nothing was changed" in line for line in lines)
    assert rows(home) == before
    assert not elsewhere.exists() or not list(elsewhere.iterdir())
    assert _run(home, "undo")[0] == 3


def test_a_journal_on_a_disk_that_is_read_only_stops_everything(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("apt-get install util-linux")
    home = furnished(tmp_path / "person")
    before, journal = rows(home), Environment.of_home(home).journal
    journal.mkdir(parents=True)
    mounted = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    where = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounted, str(journal)]
    ran = subprocess.run(
        [*where, sys.executable, "-m", "cookietui", "clean", _SITE, "--apply"],
        cwd=ROOT,
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 6
    assert ran.stderr.count("nothing was changed") == ran.stderr.count("\n") == 2
    assert rows(home) == before


@pytest.mark.parametrize("profile", [CHROMIUM, FIREFOX])
@pytest.mark.parametrize("how", ["chmod", "chown"])
def test_a_right_that_is_lost_after_the_plan_keeps_the_store_as_it_is(
    home: Path, profile: str, how: str
) -> None:
    if how == "chown" and os.geteuid() != 0:
        pytest.skip("only root can give files away")
    before, store = rows(home), home / STORES[profile][0]
    with _midway(home) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "planned\n"
        if how == "chmod":
            store.chmod(0o444)
        else:
            os.chown(store, 0, 0)
            store.chmod(0o666)
        out, _ = process.communicate("go\n", timeout=60)
    refused, (status, deleted) = (json.loads(line) for line in out.splitlines())
    (only,) = refused
    assert only[:2] == [profile, 4]
    assert only[2].endswith("nothing was changed")
    assert (status, deleted > 0) == ("partial", True)
    assert rows(home)[profile] == before[profile]
    _given(home)
    store.chmod(0o600)
    assert _run(home, "undo") == (0, "")
    assert rows(home) == before


def test_a_store_that_vanishes_after_the_plan_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = furnished(tmp_path / "person")
    before, workspace = rows(home), Workspace(Environment.of_home(home))
    plan, store = planned(workspace), home / STORES[CHROMIUM][0]
    store.rename(home / "elsewhere")
    receipt = workspace.clean(plan)
    assert [(each.profile, each.exit_code) for each in receipt.refused] == [(CHROMIUM, 4)]
    assert not store.exists()
    (home / "elsewhere").rename(store)
    assert Cli(home, capsys)("undo").code == 0
    assert rows(home) == before


def _given(home: Path) -> Path:
    """Give everything in a home to somebody who is not root."""
    if os.geteuid() == 0:
        for folder, _, names in os.walk(home):
            for path in (folder, *(Path(folder) / name for name in names)):
                os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
    return home


def _run(home: Path, *words: str) -> tuple[int, str]:
    code, err = json.loads(printed(_IMPORTS, "told(*sys.argv[2:])", home, *words))
    return code, err


def _midway(home: Path) -> "subprocess.Popen[str]":
    drop = f"os.setgroups([]); os.setgid({_NOBODY}); os.setuid({_NOBODY})"
    code = f"import sys, os\n{_IMPORTS}\nif os.geteuid() == 0: {drop}\n{_MIDWAY}"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
