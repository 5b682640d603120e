"""Firefox's session cookies, which lie in the files it restores a session from; read only.

Firefox restores from the first of these that it can read: ``sessionstore.jsonlz4``, which a clean
end writes, then ``recovery.jsonlz4`` and its predecessor ``recovery.baklz4``, which are written now
and then while it runs. Others are of earlier sessions. Such a file is eight bytes of mark, the size
of what follows once unpacked (32 bits, little-endian) and one LZ4 block of JSON whose ``cookies``
are the session cookies (browser/components/sessionstore in Firefox's source).
"""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from math import nan
from pathlib import Path
from typing import Any

import msgspec

from cookietui.errors import CookieTuiError, StoreError
from cookietui.model.cookie import Cookie, CookieKey, SameSite
from cookietui.model.profile import Profile, Usage
from cookietui.model.site import Site
from cookietui.stores.file_store import Contents, read_whole, told_apart, values_of
from cookietui.stores.firefox_origin import container_names, origin_of, with_party
from cookietui.stores.port import CookieStore, Edit, Jar, Values
from cookietui.stores.rows import lossless_text, size_of
from cookietui.text import plural

_MARK = b"mozLz40\0"
_HEADER = len(_MARK) + 4
_LARGEST = 512 * 1024 * 1024  # bytes unpacked
_MOST_PACKED = 255  # LZ4 packs no tighter than this
_DIGITS = 4_000  # Python reads no longer numbers
_IN_SESSION_FILE = "session file"
_SAME_SITE = {None: None, 0: SameSite.NONE, 1: SameSite.LAX, 2: SameSite.STRICT}


_FILES = (
    "sessionstore.jsonlz4",
    "sessionstore-backups/recovery.jsonlz4",
    "sessionstore-backups/recovery.baklz4",
)


class _Entry(msgspec.Struct, frozen=True):
    host: str
    name: str = ""
    value: str = ""
    path: str = ""
    secure: bool = False
    http_only: bool = msgspec.field(default=False, name="httponly")
    same_site: int | None = msgspec.field(default=None, name="sameSite")
    origin: dict[str, str | int] = msgspec.field(default_factory=dict, name="originAttributes")


class WithSessionFiles:
    """The store of a Firefox profile together with its session files.

    Args:
        store: The profile's cookie store.
    """

    def __init__(self, store: CookieStore) -> None:
        self._store = store

    @property
    def profile(self) -> Profile:
        """Whose store it is."""
        return self._store.profile

    def read(self, site: Site | None = None) -> Jar:
        """Read cookies, all those of the session too."""
        jar = self._store.read(site)
        try:
            found = session_cookies(self.profile)
        except CookieTuiError as error:
            return msgspec.structs.replace(jar, problems=(*jar.problems, error))
        return msgspec.structs.replace(
            jar,
            cookies=(*jar.cookies, *(cookie for cookie, _ in found.cookies)),
            problems=(*jar.problems, *found.problems),
        )

    def usage(self) -> Usage:
        """Tell whether a browser is using the profile."""
        return self._store.usage()

    def obstacle(self) -> StoreError | None:
        """Say why nothing can be changed in the cookie store now."""
        return self._store.obstacle()

    def edit(self) -> AbstractContextManager[Edit]:
        """Begin to change the cookie store; the session files are never changed."""
        return self._store.edit()

    def values(self, keys: Iterable[CookieKey]) -> Values:
        """Reveal values, on the person's request only."""
        by_place: dict[bool, list[CookieKey]] = {True: [], False: []}
        for key in keys:
            by_place[key.columns[:1] == (_IN_SESSION_FILE,)].append(key)
        found = self._store.values(by_place[False]) if by_place[False] else {}
        try:
            contents = session_cookies(self.profile) if by_place[True] else Contents(())
        except StoreError as error:
            return found | dict.fromkeys(by_place[True], error)
        return found | values_of(contents, by_place[True], self.profile.folder)


def session_cookies(profile: Profile) -> Contents:
    """Read the session cookies of a Firefox profile.

    Raises:
        StoreError: Its session file is there but cannot be read.
    """
    names = container_names(profile.folder)
    found, lost = [], 0
    for each in _entries(profile.folder):
        try:
            entry = msgspec.convert(each, _Entry)
        except (msgspec.ValidationError, UnicodeEncodeError):
            lost += 1
        else:
            found.append((_cookie(entry, profile, names), entry.value))
    cookies = tuple(told_apart(found))
    if not lost:
        return Contents(cookies)
    problem = StoreError(
        f"{plural(lost, 'cookie')} in the session file of {profile.folder} could not be understood",
        "the others are shown",
    )
    return Contents(cookies, (problem,))


def _entries(folder: Path) -> list[Any]:
    """The cookies of the first file that can be read, none if there is no file.

    Raises:
        StoreError: There are files, and none can be read.
    """
    failed: StoreError | None = None
    for path in (folder / name for name in _FILES):
        try:
            return _cookies_in(lossless_text(_unpacked(read_whole(path))))
        except StoreError as error:
            missing = isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError))
            failed = failed or (None if missing else error)
        except (ValueError, RecursionError) as error:
            failed = failed or StoreError(
                f"{path} is damaged ({error}): cookies of the session are not shown",
                "Firefox writes it anew while it runs",
            )
    if failed:
        raise failed
    return []


def _cookies_in(text: str) -> list[Any]:
    """The session cookies of a session in JSON.

    Raises:
        ValueError: It is none.
    """
    # What is too long for a number costs its own cookie, not all of them.
    state = json.loads(text, parse_int=lambda digits: int(digits) if len(digits) < _DIGITS else nan)
    cookies = state.get("cookies") if isinstance(state, dict) else ()
    if not isinstance(cookies, list | None):
        raise ValueError("it holds no list of cookies")
    return cookies or []


def _unpacked(content: bytes) -> bytes:
    """Take the one block apart.

    Raises:
        ValueError: It is no session file, is broken, or lies about its size.
    """
    if not content.startswith(_MARK) or len(content) < _HEADER:
        raise ValueError("it does not begin as a session file does")
    size = int.from_bytes(content[len(_MARK) : _HEADER], "little")
    packed = content[_HEADER:]
    if size > min(_LARGEST, len(packed) * _MOST_PACKED):
        raise ValueError("it says that it holds more than it can")
    import lz4.block  # noqa: PLC0415 - slow to load

    try:
        unpacked: bytes = lz4.block.decompress(packed, uncompressed_size=size)
    except lz4.block.LZ4BlockError as error:
        raise ValueError(error) from error
    return unpacked


def _cookie(entry: _Entry, profile: Profile, names: dict[int, str]) -> Cookie:
    attributes = {name: str(value) for name, value in entry.origin.items() if value}
    partition, container, isolation = origin_of(attributes, names)
    apart = "&".join(f"{name}={value}" for name, value in sorted(attributes.items()))
    return Cookie(
        key=CookieKey(
            profile.id, (_IN_SESSION_FILE, entry.name, entry.host, entry.path, apart), None
        ),
        name=entry.name,
        host=entry.host,
        path=entry.path,
        partition=with_party(partition, entry.host),
        container=container,
        created=None,
        expires=None,
        last_used=None,
        session=True,
        secure=entry.secure,
        http_only=entry.http_only,
        same_site=_SAME_SITE.get(entry.same_site, SameSite.UNSET),
        size=size_of(entry.name) + size_of(entry.value),
        encryption=None,
        isolation=isolation,
        in_session_file=True,
    )
