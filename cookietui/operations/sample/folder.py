"""The private temporary folder that the sample profiles live in."""

import os
import shutil
import tempfile
from pathlib import Path

from cookietui.errors import CookieTuiError
from cookietui.operations.sample import make_samples

_MARK = "cookietui-samples"


def sample_home(now: int, *, fresh: bool) -> Path:
    """Give the home of a made-up person, which stays until it is asked for fresh.

    Args:
        now: Microseconds since the Unix epoch, from which ages and lives of cookies count.
        fresh: Whether to make it anew.

    Raises:
        CookieTuiError: The folder is not this person's own, or cannot be made.
    """
    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "me")
    home = Path(tempfile.gettempdir()) / f"cookietui-demo-{owner}"
    try:
        if os.path.lexists(home):
            _refuse_foreign(home)
            if not fresh and (home / _MARK).is_file():
                return home
            shutil.rmtree(home)
        home.mkdir(mode=0o700)
        make_samples(home, now=now)
        (home / _MARK).touch()
    except OSError as error:
        raise CookieTuiError(
            f"the samples cannot be made in {home}: {error.strerror}", "make room there"
        ) from error
    return home


def _refuse_foreign(home: Path) -> None:
    """A folder in a place that everybody may write to could be somebody else's trap."""
    status = home.lstat()
    foreign = hasattr(os, "getuid") and status.st_uid != os.getuid()
    if home.is_symlink() or not home.is_dir() or foreign:
        raise CookieTuiError(f"{home} is not a folder of yours", "take it away and try again")
