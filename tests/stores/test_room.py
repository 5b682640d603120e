"""A change is not begun where there may be too little room to finish it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Row, chromium_row, chromium_store, contents, firefox_row, firefox_store

# A disk of its own, of a given size, in the place of a folder; what is left on it is copied out.
_SMALL_DISK = """
set -e
folder=$0; size=$1; out=$2; shift 2
mkdir "$out"
cp -a "$folder/." "$out"
mount -t tmpfs -o "size=$size" tmpfs "$folder"
cp -a "$out/." "$folder"
set +e
"$@"
code=$?
rm -r "$out"
cp -a "$folder" "$out"
exit $code
"""
SPARE = 1_000_000


def run(
    home: Path, folder: Path, size: int, *words: str
) -> tuple["subprocess.CompletedProcess[str]", Path]:
    """Run the program where a folder is on a disk of so many bytes; and the folder afterwards."""
    out = home / "afterwards"
    where = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _SMALL_DISK]
    done = subprocess.run(
        [*where, folder, str(size), out, sys.executable, "-m", "cookietui", *words],
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, out


@pytest.fixture(params=["chromium", "firefox"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if shutil.which("unshare") is None:
        pytest.skip("apt-get install util-linux")
    home = tmp_path / "person"
    names = [f"x{number}" for number in range(40)]
    if request.param == "chromium":
        rows: list[Row] = [chromium_row(name=name, value="v" * 3000) for name in names]
        return chromium_store(home / ".config/chromium/Default", rows)
    rows = [firefox_row(name=name, value="v" * 3000) for name in names]
    return firefox_store(home / ".config/mozilla/firefox/a.default", rows)


CLEAN = ("clean", "shop.example", "--include", "ask", "--apply")


def test_with_too_little_room_beside_it_a_store_is_not_changed(store: Path, tmp_path: Path) -> None:
    home, before = tmp_path / "person", contents(store)
    done, afterwards = run(home, store.parent, 2 * store.stat().st_size + SPARE // 2, *CLEAN)
    assert (done.returncode, done.stdout) == (4, "nothing was deleted\n"), done.stderr
    assert "too little room" in done.stderr
    assert "nothing was changed; make room on that disk" in done.stderr
    assert str(store) in done.stderr
    assert done.stderr.count("\n") == 1
    assert contents(afterwards / store.name) == before
    assert not list((home / ".local/state/cookietui/journal").iterdir())


def test_with_room_enough_it_is(store: Path, tmp_path: Path) -> None:
    home = tmp_path / "person"
    done, afterwards = run(home, store.parent, 2 * store.stat().st_size + 2 * SPARE, *CLEAN)
    assert done.returncode == 0, done.stderr
    assert "40 cookies deleted and verified" in done.stdout
    assert contents(afterwards / store.name) == []


def test_that_there_is_too_little_room_is_told_before_too(store: Path, tmp_path: Path) -> None:
    size = 2 * store.stat().st_size + SPARE // 2
    done, _ = run(tmp_path / "person", store.parent, size, "doctor")
    assert done.returncode == 0, done.stderr
    assert "too little room" in done.stdout


@pytest.mark.parametrize(("copies", "code"), [(1, 4), (12, 0)])
def test_where_there_is_no_room_to_prove_it_a_store_is_not_changed_either(
    store: Path, tmp_path: Path, copies: int, code: int
) -> None:
    home, before = tmp_path / "person", contents(store)
    state = home / ".local/state/cookietui"
    state.mkdir(parents=True)
    size = copies * store.stat().st_size + SPARE // 2 * (copies > 1) + SPARE // 2
    done, left = run(home, state, size, *CLEAN)
    assert done.returncode == code, done.stderr
    assert contents(store) == ([] if code == 0 else before)
    assert ("nothing was changed" in done.stderr) == (code != 0)
    assert not list((left / "scratch").iterdir())
    assert len(list((left / "journal").iterdir())) == (code == 0)
