"""Cookie files that are read whole and never changed: Safari's, and those that people exported."""

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cookietui.errors import BrowserRunningError, CookieTuiError, StoreError, UnreadableValueError
from cookietui.model.cookie import Cookie, CookieKey, KeyCell
from cookietui.model.profile import Profile, Usage
from cookietui.model.site import Site
from cookietui.paths import open_to_read
from cookietui.stores.port import Edit, Jar, Values, read_only_error

_LARGEST = 256 * 1024 * 1024  # bytes; no browser keeps cookies in files of this size
_SHARING_VIOLATION = 32  # Windows: somebody else has the file for itself


class Contents(msgspec.Struct, frozen=True):
    """What a file holds.

    Attributes:
        cookies: Every cookie that could be understood, with its value, if the file has it.
        problems: What could not be understood.
    """

    cookies: tuple[tuple[Cookie, str | None], ...]
    problems: tuple[CookieTuiError, ...] = ()


Parse = Callable[[bytes, Profile], Contents]


class FileStore:
    """A cookie file of one profile.

    Args:
        profile: Whose it is.
        parse: Understands its content; raises StoreError if there is nothing to understand.
        read_only: Why it is never changed.
        usage: What is known about a browser using it.
    """

    def __init__(self, profile: Profile, parse: Parse, read_only: str, usage: Usage) -> None:
        self._profile = profile
        self._parse = parse
        self._read_only = read_only
        self._usage = usage

    @property
    def profile(self) -> Profile:
        """Whose store it is."""
        return self._profile

    def read(self, site: Site | None = None) -> Jar:
        """Read every cookie, whatever site was asked about."""
        del site
        found = self._contents()
        cookies = tuple(cookie for cookie, _ in found.cookies)
        return Jar(cookies, None, self._read_only, found.problems)

    def usage(self) -> Usage:
        """Tell whether a browser is using the profile."""
        return self._usage

    def obstacle(self) -> StoreError | None:
        """Say why nothing can be changed."""
        return read_only_error(self._profile, self._read_only)

    @contextmanager
    def edit(self) -> Iterator[Edit]:
        """Refuse: nothing is ever changed here."""
        raise read_only_error(self._profile, self._read_only)
        yield  # makes this a context manager, like every other store's

    def values(self, keys: Iterable[CookieKey]) -> Values:
        """Reveal values, on the person's request only."""
        return values_of(self._contents(), keys, self._profile.store)

    def _contents(self) -> Contents:
        found = self._parse(read_whole(self._profile.store), self._profile)
        return msgspec.structs.replace(found, cookies=tuple(told_apart(found.cookies)))


def told_apart(
    cookies: Iterable[tuple[Cookie, str | None]],
) -> Iterator[tuple[Cookie, str | None]]:
    """Number cookies that are alike in all that tells cookies apart: a file forbids no twins."""
    seen: Counter[tuple[KeyCell, ...]] = Counter()
    for cookie, value in cookies:
        columns = cookie.key.columns
        number = seen[columns]
        seen[columns] += 1
        if not number:
            yield cookie, value
            continue
        key = msgspec.structs.replace(cookie.key, columns=(*columns, number))
        yield msgspec.structs.replace(cookie, key=key), value


def values_of(contents: Contents, keys: Iterable[CookieKey], path: Path) -> Values:
    """The values of some cookies of a file, or why there is none."""
    held = {cookie.key: value for cookie, value in contents.cookies}
    gone = StoreError(f"the cookie is no longer in {path}", "read the browsers again")
    none = UnreadableValueError(f"{path} holds no value for this cookie", "")
    return {key: none if (value := held.get(key, gone)) is None else value for key in keys}


def read_whole(path: Path) -> bytes:
    """Read a file that is small enough to be what it should be.

    Raises:
        StoreError: It cannot be read, or is far too large.
    """
    try:
        with open_to_read(path) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise StoreError(f"{path} is not an ordinary file", "find out what made it")
            if status.st_size > _LARGEST:
                raise StoreError(f"{path} is too large for a cookie file", "check the path")
            return file.read(_LARGEST)
    except OSError as error:
        raise unopened(path, error) from error


def unopened(path: Path, error: OSError) -> StoreError:
    """Say in one line why a file cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return StoreError(f"{path} is not there", "check the path")
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return BrowserRunningError(
            f"{path} is kept by the browser for itself while it runs", "close the browser"
        )
    # macOS answers so, and not with EACCES, where its privacy protection and not the file's rights
    # is in the way; being root does not help.
    if error.errno == errno.EPERM:
        return StoreError(
            f"{path} is protected by the system",
            "on macOS give your terminal Full Disk Access in System Settings, Privacy & Security,"
            " and start the terminal again",
        )
    if isinstance(error, PermissionError):
        return StoreError(f"{path} may not be read", "check who owns it")
    if error.errno == errno.ENOSPC:
        return StoreError(
            f"there is no room for a private copy of {path}",
            "make room on the disk of the state folder",
        )
    return StoreError(f"{path} cannot be read: {error.strerror or error}", "check the path")
