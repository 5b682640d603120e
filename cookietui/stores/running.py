"""Is a browser using this profile?

Lock files alone do not tell: Chromium's outlive a crash and Firefox's symbolic link outlives even a
clean exit. What tells is whether somebody answers at Chromium's socket, and whether somebody holds
the lock on Firefox's ``.parentlock`` (process_singleton_posix.cc, nsProfileLock.cpp).
"""

import errno
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from cookietui.errors import BrowserRunningError
from cookietui.model.profile import Activity, Family, Profile, Usage
from cookietui.text import visible

if sys.platform != "win32":
    import fcntl

_CLOSED = Usage(Activity.CLOSED)
_CONNECT_SECONDS = 1.0
_CHROMIUM_PROCESSES = ("chrom", "brave", "edge", "vivaldi", "opera")
# Linux: struct flock with 64-bit offsets (type, whence, start, length, pid).
_FLOCK = struct.Struct("hhqqi4x")


def usage_of(profile: Profile) -> Usage:
    """Tell whether a browser is using ``profile``."""
    if not sys.platform.startswith("linux"):
        return Usage(
            Activity.UNKNOWN, reason=f"cannot be told on {sys.platform} by this version yet"
        )
    if profile.family is Family.FIREFOX:
        return _firefox(profile.folder / ".parentlock")
    # The lock is in the user data folder: above the profile, or, in old Operas, the profile itself.
    above = _chromium(profile.folder.parent)
    return above if above.activity is not Activity.CLOSED else _chromium(profile.folder)


def holder_of(store: Path) -> Usage:
    """Tell whether any process of this person's has the store or a file beside it open.

    Finds what lock files cannot show: sandboxed browsers, other tools, a forgotten shell.
    """
    wanted = {_identity(store.with_name(store.name + end)) for end in ("", "-wal", "-journal")}
    wanted.discard(None)
    for process in psutil.process_iter():
        if process.pid != os.getpid() and _holds(process.pid, wanted):
            return Usage(
                Activity.RUNNING, process.pid, f"process {process.pid} has the cookie store open"
            )
    return _CLOSED


@contextmanager
def kept_closed(profile: Profile) -> Iterator[bool]:
    """Keep the browser from starting on ``profile``, where it can be kept from it.

    Firefox refuses to start while its own lock is held. Chromium has no lock that may be taken: a
    second Chromium kills the process that its lock names.

    Yields:
        Whether a lock is held.

    Raises:
        BrowserRunningError: Firefox holds the lock.
    """
    lock = profile.folder / ".parentlock"
    if profile.family is not Family.FIREFOX or not sys.platform.startswith("linux"):
        yield False
        return
    # Without truncating: the file's time of change is how Firefox notices a crash.
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # A lock of the open file, not of the process: an ordinary lock would be lost as soon as
        # any other part of the program closed the same file.
        request = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, request)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EAGAIN, errno.EACCES):
            held = Usage(Activity.RUNNING, reason="its profile lock is held")
            raise running_error(profile, held) from error
        raise
    try:
        yield True
    finally:
        os.close(descriptor)


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
        descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return _CLOSED
    except OSError as error:
        return Usage(Activity.UNKNOWN, reason=f"{lock} cannot be opened: {error.strerror}")
    try:
        request = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        kind, _, _, _, pid = _FLOCK.unpack(fcntl.fcntl(descriptor, fcntl.F_GETLK, request))
    finally:
        os.close(descriptor)
    if kind == fcntl.F_UNLCK:
        return _CLOSED
    if pid <= 0:  # a holder that cannot be seen from here, such as one in a container
        return Usage(Activity.RUNNING, reason="its profile lock is held")
    return Usage(Activity.RUNNING, pid, f"its profile lock is held by process {pid}")


def _chromium(user_data: Path) -> Usage:
    lock = user_data / "SingletonLock"
    try:
        target = str(lock.readlink())
    except FileNotFoundError:
        return _CLOSED
    except OSError as error:
        return Usage(Activity.UNKNOWN, reason=f"{lock} cannot be read: {error.strerror}")
    host, _, text = target.rpartition("-")
    pid = int(text) if text.isdigit() else None
    if _answers(user_data / "SingletonSocket"):
        return Usage(Activity.RUNNING, pid, f"{visible(target)} answers at its socket")
    if host != socket.gethostname():
        return Usage(Activity.UNKNOWN, pid, f"its lock was made on another computer ({host})")
    if pid is None:
        return Usage(Activity.UNKNOWN, reason=f"{lock} names no process")
    return _process(pid)


def _process(pid: int) -> Usage:
    """Judge by the process a lock names, when nobody answers at the socket."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return _CLOSED
        name = process.name()
    except psutil.NoSuchProcess:
        return _CLOSED
    except psutil.Error:
        return Usage(Activity.UNKNOWN, pid, f"process {pid} may not be looked at")
    if not any(word in name.lower() for word in _CHROMIUM_PROCESSES):
        return _CLOSED  # the number was given to another program since
    return Usage(Activity.UNKNOWN, pid, f"its lock names process {pid} ({name}), which is silent")


def _answers(path: Path) -> bool:
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


def _holds(pid: int, wanted: set[tuple[int, int] | None]) -> bool:
    try:
        return any(_identity(link) in wanted for link in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # gone, or another person's
        return False
