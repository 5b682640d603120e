"""A profile on a file system that nothing can be written to is read, and refused for deletion."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import schemas
from tests.homes import CHROMIUM_FOLDER, contents, furnished

SITE = "harbour-books.example"
# In a name space of its own, where everybody may mount.
_MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program where the person's Chromium profile is on a read-only file system."""
    folder = str(home / CHROMIUM_FOLDER)
    where = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _MOUNTED, folder]
    ran = subprocess.run(
        [*where, sys.executable, "-m", "cookietui", *words, "--browser", "chromium"],
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    schemas.check(words, ran.stdout)
    return ran


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if shutil.which("unshare") is None:
        pytest.skip("apt-get install util-linux")
    return furnished(tmp_path / "person")


def test_it_is_read_as_everywhere(home: Path) -> None:
    listed = run(home, "list", SITE, "--json")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)["cookies"]) == 20


def test_nothing_is_deleted_and_the_reason_is_said(home: Path) -> None:
    before = contents(home, "chromium:Default")
    refused = run(home, "clean", SITE, "--apply")
    assert refused.returncode == 4
    assert "may not be written; nothing was changed" in refused.stderr
    assert contents(home, "chromium:Default") == before
    assert "may not be written" in run(home, "doctor").stdout
