"""Is a browser using this profile?

Lock files alone do not tell: Chromium's outlive a crash and Firefox's symbolic link outlives even a
clean exit. What tells is whether somebody answers at Chromium's socket, and whether somebody holds
the lock on Firefox's lock file (process_singleton_posix.cc, nsProfileLock.cpp). On Windows the
system removes Chromium's ``lockfile`` when its process ends, however it does
(process_singleton_win.cc).
"""

import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cookietui.errors import BrowserRunningError
from cookietui.model.profile import Activity, Family, Profile, Usage
from cookietui.stores import locks
from cookietui.text import visible

_CLOSED = Usage(Activity.CLOSED)
_CONNECT_SECONDS = 1.0
_CHROMIUM_PROCESSES = ("chrom", "brave", "edge", "vivaldi", "opera", "arc")
_KNOWN_SYSTEMS = ("linux", "darwin", "win32")
_WINDOWS = sys.platform == "win32"
_FIREFOX_LOCK = "parent.lock" if _WINDOWS else ".parentlock"
_FLATPAK = "/.var/app/"


def usage_of(profile: Profile) -> Usage:
    """Tell whether a browser is using ``profile``."""
    if not sys.platform.startswith(_KNOWN_SYSTEMS):
        return Usage(Activity.UNKNOWN, reason=f"cannot be told on {sys.platform}")
    if profile.family is Family.FIREFOX:
        return _firefox(profile.folder / _FIREFOX_LOCK)
    # The lock is in the user data folder: above the profile, or, in old Operas, the profile itself.
    above = _chromium(profile.folder.parent, profile)
    return above if above.activity is not Activity.CLOSED else _chromium(profile.folder, profile)


def holder_of(store: Path) -> Usage:
    """Tell whether any process of this person's has the store or a file beside it open.

    Finds what lock files cannot show: sandboxed browsers, other tools, a forgotten shell.
    """
    beside = [store.with_name(store.name + end) for end in ("", "-wal", "-journal")]
    if _WINDOWS:
        return _holder_on_windows(beside)
    wanted = {_identity(path) for path in beside}
    wanted.discard(None)
    from cookietui.stores import processes  # noqa: PLC0415 - slow to load

    for pid, file in processes.open_files():
        if _identity(file) in wanted:
            return Usage(Activity.RUNNING, pid, f"process {pid} has the cookie store open")
    return _CLOSED


@contextmanager
def kept_closed(profile: Profile) -> Iterator[bool]:
    """Keep the browser from starting on ``profile``, where it can be kept from it.

    Firefox refuses to start while its own lock is held. Chromium has no lock that may be taken: a
    second Chromium kills the process that its lock names.

    Yields:
        Whether a lock is held: nobody else can hold it then.

    Raises:
        BrowserRunningError: Firefox holds the lock.
    """
    if profile.family is not Family.FIREFOX:
        yield False
        return
    try:
        lock = locks.held(profile.folder / _FIREFOX_LOCK)
        lock.__enter__()
    except BlockingIOError as error:
        held = Usage(Activity.RUNNING, reason="its profile lock is held")
        raise running_error(profile, held) from error
    try:
        yield True
    finally:
        lock.__exit__(None, None, None)


def running_error(profile: Profile, usage: Usage) -> BrowserRunningError:
    """Say that nothing can be changed in ``profile`` now, and how that is known."""
    who = f"the profile {profile.name} of {profile.brand}"
    if usage.activity is Activity.RUNNING:
        message = f"{who} is in use ({usage.reason}); nothing was changed"
    else:
        message = f"whether {who} is in use cannot be told ({usage.reason}); nothing was changed"
    return BrowserRunningError(message, f"close {profile.brand} and try again")


def _firefox(lock: Path) -> Usage:
    try:
        pid = locks.holder(lock)
    except FileNotFoundError:
        return _CLOSED
    except OSError as error:
        return Usage(Activity.UNKNOWN, reason=f"{lock} cannot be opened: {error.strerror}")
    if pid is None:
        return _CLOSED
    if pid == locks.UNNAMED:
        return Usage(Activity.RUNNING, reason="its profile lock is held")
    return Usage(Activity.RUNNING, pid, f"its profile lock is held by process {pid}")


def _chromium(user_data: Path, profile: Profile) -> Usage:
    if _WINDOWS:
        there = (user_data / "lockfile").exists()
        return Usage(Activity.RUNNING, reason="its lock file is there") if there else _CLOSED
    lock = user_data / "SingletonLock"
    try:
        target = str(lock.readlink())
    except FileNotFoundError:
        return _CLOSED
    except OSError as error:
        return Usage(Activity.UNKNOWN, reason=f"{lock} cannot be read: {error.strerror}")
    pid = int(text) if (text := target.rpartition("-")[2]).isdigit() else None
    if _answers(user_data / "SingletonSocket"):
        return Usage(Activity.RUNNING, pid, f"{visible(target)} answers at its socket")
    if _FLATPAK in profile.folder.as_posix():
        return _in_sandbox(profile)
    return _named(target, pid)


def _in_sandbox(profile: Profile) -> Usage:
    """Judge by open files: the number in the lock is the sandbox's own and means nothing here."""
    holder = holder_of(profile.store)
    if holder.activity is Activity.RUNNING:
        return holder
    return Usage(Activity.UNKNOWN, reason="its lock was made inside a sandbox")


def _named(target: str, pid: int | None) -> Usage:
    """Judge by the computer and process that a lock names, when nobody answers at the socket."""
    host = target.rpartition("-")[0]
    if host != platform.node():
        return Usage(Activity.UNKNOWN, pid, f"its lock was made on another computer ({host})")
    if pid is None:
        return Usage(Activity.UNKNOWN, reason="its lock names no process")
    return _process(pid)


def _process(pid: int) -> Usage:
    from cookietui.stores import processes  # noqa: PLC0415 - slow to load

    try:
        name = processes.name_of(pid)
    except PermissionError:
        return Usage(Activity.UNKNOWN, pid, f"process {pid} may not be looked at")
    if name is None or not any(word in name.lower() for word in _CHROMIUM_PROCESSES):
        return _CLOSED  # the number may have been given to another program since
    return Usage(Activity.UNKNOWN, pid, f"its lock names process {pid} ({name}), which is silent")


def _answers(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    import socket  # noqa: PLC0415 - slow to load

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_CONNECT_SECONDS)
        try:
            # The link leads to a short path; its own path may be too long for a socket address.
            client.connect(str(path.readlink()))
        except OSError:
            return False
        return True


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _holder_on_windows(paths: list[Path]) -> Usage:
    for path in paths:
        try:
            if locks.holder(path) is not None:
                return Usage(Activity.RUNNING, reason=f"another program has {path.name} open")
        except FileNotFoundError:
            continue
        except OSError as error:
            return Usage(Activity.UNKNOWN, reason=f"{path} cannot be opened: {error.strerror}")
    return _CLOSED
