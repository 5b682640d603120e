"""Code that runs without root's right to enter every folder."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parent.parent
# After everything was imported, for somebody else need not be able to read Python's own files: some
# of them are loaded late only.
_DROP = """
import concurrent.futures.thread, encodings.utf_8_sig, os, tomllib
from cookietui.stores import processes
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


def printed(imports: str, code: str, *arguments: object) -> str:
    """What code prints as a person who is not root."""
    command = [sys.executable, "-c", f"import sys\n{imports}\n{_DROP}\n{code}"]
    return subprocess.run(
        [*command, *map(str, arguments)], cwd=_ROOT, check=True, capture_output=True, text=True
    ).stdout


@contextmanager
def folder_for_everybody() -> Iterator[Path]:
    """A folder that everybody may enter, which pytest's own are not."""
    before = os.umask(0o022)
    try:
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            Path(folder).chmod(0o755)
            yield Path(folder)
    finally:
        os.umask(before)


@contextmanager
def locked(folder: Path) -> Iterator[Path]:
    """Take away every right to a folder until the block ends."""
    folder.chmod(0)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
