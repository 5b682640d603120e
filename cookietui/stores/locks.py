"""Locks on whole files, as Firefox takes them on its profiles: asked about, and held.

Firefox locks ``.parentlock`` with fcntl on Linux and macOS, and opens ``parent.lock`` for itself
alone on Windows (nsProfileLock.cpp). On Windows a file that anybody has open without sharing it
cannot be opened by others: that tells about cookie stores too.
"""

import errno
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNNAMED = 0
"""The holder of a lock who cannot be named, such as a process in a container."""

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _SHARING_VIOLATION = 32
    _READ, _WRITE = 0x80000000, 0x40000000
    _OPEN_EXISTING, _OPEN_ALWAYS = 3, 4
    _INVALID = wintypes.HANDLE(-1).value
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateFileW.restype = wintypes.HANDLE
    _kernel32.CreateFileW.argtypes = (
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.HANDLE,
    )
    _kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)

    def holder(path: Path) -> int | None:
        """Who keeps a file for itself: `UNNAMED` if somebody does, None if nobody.

        Raises:
            OSError: It is not there or may not be opened.
        """
        try:
            handle = _open_alone(path, _READ, _OPEN_EXISTING)
        except BlockingIOError:
            return UNNAMED
        _kernel32.CloseHandle(handle)
        return None

    @contextmanager
    def held(path: Path) -> Iterator[None]:
        """Keep a file for ourselves.

        Raises:
            BlockingIOError: Somebody else has it.
            OSError: It may not be opened.
        """
        handle = _open_alone(path, _READ | _WRITE, _OPEN_ALWAYS)
        try:
            yield
        finally:
            _kernel32.CloseHandle(handle)

    def _open_alone(path: Path, access: int, disposition: int) -> int:
        handle = _kernel32.CreateFileW(str(path), access, 0, None, disposition, 0, None)
        if handle not in (None, _INVALID):
            return int(handle)
        code = ctypes.get_last_error()
        if code == _SHARING_VIOLATION:
            raise BlockingIOError(errno.EAGAIN, "somebody else has it open", str(path))
        raise ctypes.WinError(code)

else:
    import fcntl

    _LINUX = sys.platform.startswith("linux")
    # struct flock with 64-bit offsets. Linux: type, whence, start, length, pid; macOS and the BSDs:
    # start, length, pid, type, whence.
    _FLOCK = struct.Struct("hhqqi4x" if _LINUX else "qqihh")
    # A lock of the open file, not of the process: an ordinary lock is lost as soon as any other
    # part of the program closes the same file. Numbers of Linux and of macOS.
    _SET_LOCK_OF_OPEN_FILE = 37 if _LINUX else 90

    def holder(path: Path) -> int | None:
        """Who holds a lock on a file: its process, `UNNAMED`, or None if nobody does.

        Raises:
            OSError: It is not there or may not be opened.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            answer = fcntl.fcntl(descriptor, fcntl.F_GETLK, _request())
        finally:
            os.close(descriptor)
        kind, pid = _kind_and_pid(answer)
        if kind == fcntl.F_UNLCK:
            return None
        return pid if pid > 0 else UNNAMED

    @contextmanager
    def held(path: Path) -> Iterator[None]:
        """Hold a lock on a file, which is made if it is not there.

        Raises:
            BlockingIOError: Somebody else holds it.
            OSError: It may not be opened.
        """
        # Without truncating: the file's time of change is how Firefox notices a crash.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _take(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _take(descriptor: int) -> None:
        try:
            try:
                fcntl.fcntl(descriptor, _SET_LOCK_OF_OPEN_FILE, _request())
            except OSError as error:
                if error.errno != errno.EINVAL or _LINUX:
                    raise
                fcntl.fcntl(descriptor, fcntl.F_SETLK, _request())  # an older macOS
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise BlockingIOError(errno.EAGAIN, "somebody else holds it") from error
            raise

    def _request() -> bytes:
        if _LINUX:
            return _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        return _FLOCK.pack(0, 0, 0, fcntl.F_WRLCK, os.SEEK_SET)

    def _kind_and_pid(answer: bytes) -> tuple[int, int]:
        fields = _FLOCK.unpack(answer)
        return (fields[0], fields[4]) if _LINUX else (fields[3], fields[2])
