"""A deletion where there is little room left, and its undo where there is room again.

::

    python -m tests.tight HOME FOLDER PAGES

Runs in a name space of its own, with a small disk mounted at FOLDER; what belongs there waits
elsewhere in HOME, and so many pages are left free. Prints what became of everything, as JSON.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.cli import schemas
from tests.proofs.aftermath import ROOT, SITE, Rows, rows

_MOUNTED = 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"'
_ASIDE = "aside"


def cleaned_where_little_room_is(home: Path, folder: Path, pages: int) -> dict[str, Any]:
    """Delete with this much room left in a folder, then undo; what was seen."""
    if folder.exists():
        folder.rename(home / _ASIDE)
    folder.mkdir(parents=True)
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _MOUNTED, str(folder)]
    seen = subprocess.run(
        [*command, sys.executable, "-m", "tests.tight", str(home), str(folder), str(pages)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(seen.stdout)
    return told


def _seen(home: Path, folder: Path, pages: int) -> dict[str, Any]:
    aside = home / _ASIDE
    if aside.exists():
        shutil.copytree(aside, folder, dirs_exist_ok=True)
    before = rows(home)
    planned = json.loads(_program(home, "clean", SITE, "--json").stdout)["deleted"]
    filler = folder / "filler"
    _fill(filler, pages)
    ran = _program(home, "clean", SITE, "--apply", "--json")
    after = rows(home)
    filler.unlink()
    history = json.loads(_program(home, "history", "--json").stdout)["entries"]
    undone = _program(home, "undo")
    return {
        "planned": _by_profile(planned),
        "code": ran.returncode,
        "err": ran.stderr,
        "receipt": json.loads(ran.stdout) if ran.stdout else None,
        "gone": {each: _missing(before, after, each) for each in before},
        "history": history,
        "undo": undone.returncode,
        "back": rows(home) == before,
        "left": [str(path) for path in home.glob(".local/state/cookietui/scratch/*")],
    }


def _program(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "cookietui", *words],
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    schemas.check(words, ran.stdout)
    return ran


def _fill(filler: Path, pages: int) -> None:
    room = os.statvfs(filler.parent)
    filler.write_bytes(bytes((room.f_bavail - pages) * room.f_bsize))
    assert os.statvfs(filler.parent).f_bavail == pages


def _by_profile(cookies: list[dict[str, Any]]) -> dict[str, int]:
    profiles = [cookie["profile"] for cookie in cookies]
    return {profile: profiles.count(profile) for profile in sorted(set(profiles))}


def _missing(before: Rows, after: Rows, profile: str) -> int:
    assert all(row in before[profile] for row in after[profile])
    return len(before[profile]) - len(after[profile])


if __name__ == "__main__":
    print(json.dumps(_seen(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
