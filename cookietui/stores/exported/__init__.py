"""Files of cookies that people already have: recognised by their content, read only."""

import codecs

from cookietui.errors import StoreError
from cookietui.model.profile import Profile
from cookietui.stores.exported import json_dialects, netscape
from cookietui.stores.file_store import Contents

READ_ONLY = "it is a file that somebody exported, not a browser's own store"

_KNOWN = "known are this program's own JSON, cookies.txt, Cookie-Editor JSON and Playwright's state"
_DATABASE = b"SQLite format 3\0"
_SESSION_FILE = b"mozLz40\0"


def parse(content: bytes, profile: Profile) -> Contents:
    """Read every cookie that can be understood.

    Raises:
        StoreError: It is none of the files that are known, or broken as a whole.
    """
    if content.startswith((_DATABASE, _SESSION_FILE)):
        raise StoreError(f"{profile.store} is a browser's own file", "name it with --profile")
    text = _text(content)
    if text.lstrip().startswith(("{", "[")):
        return json_dialects.parse(text, profile)
    if netscape.recognised(text):
        return netscape.parse(text, profile)
    raise StoreError(f"{profile.store} is no file of cookies that is known", _KNOWN)


def _text(content: bytes) -> str:
    """Decode a file, whatever wrote it: some shells write everything in UTF-16."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
