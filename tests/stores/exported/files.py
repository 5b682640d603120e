"""Files that somebody exported, opened as the program opens them."""

import json
from pathlib import Path

from cookietui.errors import StoreError
from cookietui.model.cookie import Cookie
from cookietui.stores.choosing import file_profile
from cookietui.stores.file_store import Contents
from cookietui.stores.opening import Stores
from cookietui.stores.port import CookieStore, Jar
from cookietui.stores.snapshot import Snapshots

SECRET = "s3cr3t"  # noqa: S105 - it is there to be looked for
SECOND = 1_000_000
# What is known of a cookie of which a file says the least.
UNKNOWN = {
    "path": "",
    "partition": None,
    "container": None,
    "created": None,
    "expires": None,
    "last_used": None,
    "secure": None,
    "http_only": None,
    "same_site": None,
    "size": None,
    "encryption": None,
}


def opened(folder: Path, content: bytes | str | list[object] | dict[str, object]) -> CookieStore:
    """The store that is a file with this content; what is no text is written as JSON."""
    if isinstance(content, list | dict):
        content = json.dumps(content)
    path = folder / "cookies"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Stores(Snapshots(folder / "scratch")).of(file_profile(path))


def names(found: Jar | Contents) -> list[str]:
    each = found.cookies if isinstance(found, Jar) else [cookie for cookie, _ in found.cookies]
    return [cookie.name for cookie in each]


def only(store: CookieStore) -> Cookie:
    """The one cookie of a file without a problem."""
    jar = store.read()
    assert jar.problems == ()
    (cookie,) = jar.cookies
    return cookie


def problem(jar: Jar) -> str:
    """The one line about what could not be understood, which never holds a value."""
    (error,) = jar.problems
    assert isinstance(error, StoreError)
    assert SECRET not in error.message + error.hint
    assert "\n" not in error.message
    return error.message
