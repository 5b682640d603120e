"""Locks on files as Firefox takes them, tried and held by other processes."""

import subprocess
import sys
from pathlib import Path

LOCK = (
    "import fcntl; file = open(sys.argv[1], 'r+b')\n"
    "fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB); print('locked', flush=True)"
)
TRY_LOCK = (
    "import fcntl; file = open(sys.argv[1], 'r+b')\n"
    "try: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
    "except OSError: print('refused', flush=True)\n"
    "else: print('locked', flush=True)"
)


def outcome(path: Path) -> str:
    """What another process gets when it tries to lock a file as Firefox does."""
    code = f"import sys\n{TRY_LOCK}"
    done = subprocess.run(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()
