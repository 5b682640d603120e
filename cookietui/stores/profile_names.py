"""The profiles that browsers keep lists of, and the names people gave them.

Whatever is broken in these lists costs names only: a folder with a cookie store is found all the
same, and goes by its own name. Chromium lists profiles in ``Local State``; Firefox in
``profiles.ini`` and ``installs.ini``, and those of its newer profile manager in a database for each
group of profiles (toolkit/profile, browser/components/profiles in Firefox's source).
"""

import configparser
import json
import os
import re
from pathlib import Path

from cookietui.errors import StoreError
from cookietui.stores.rows import columns_of
from cookietui.stores.snapshot import Snapshots

_STORE_ID = re.compile(r"[0-9a-f-]{1,36}", re.ASCII)
_MEMBERS = """
    SELECT path, name FROM Profiles WHERE typeof(path) = 'text' AND typeof(name) = 'text'
    ORDER BY id
"""


def chromium_names(user_data: Path) -> dict[str, str]:
    """Names by folder, from the ``Local State`` of a Chromium's user data folder."""
    try:
        state = json.loads((user_data / "Local State").read_bytes())
        entries = state["profile"]["info_cache"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    named = {folder: entry for folder, entry in entries if isinstance(entry, dict)}
    return {folder: str(entry.get("name") or "") for folder, entry in named.items()}


def firefox_names(root: Path, snapshots: Snapshots) -> dict[Path, str]:
    """Profile folders and their names, as far as a Firefox's folder lists them.

    Args:
        root: The folder with ``profiles.ini``.
        snapshots: Makes private copies of databases: Firefox may be using them.
    """
    names: dict[Path, str] = {}
    profiles, installs = _sections(root / "profiles.ini"), _sections(root / "installs.ini")
    listed = [(section.get("path", ""), section.get("name", "")) for section in profiles]
    # The profile that an installation starts with, which need not be in the other list.
    listed += [(section.get("default", ""), "") for section in (*profiles, *installs)]
    # Last, for one section of profiles.ini stands for a whole group: its path is that of whichever
    # member was used last, its name is nobody's.
    for section in profiles:
        listed += _grouped(root, section.get("storeid", ""), snapshots)
    for path, name in listed:
        if path:
            folder = Path(os.path.normpath(root / path))
            names[folder] = name or names.get(folder, folder.name)
    return names


def _sections(ini: Path) -> list[configparser.SectionProxy]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(ini.read_text("utf-8-sig", errors="replace"))
    except (OSError, ValueError, configparser.Error):
        return []
    return [parser[name] for name in parser.sections()]


def _grouped(root: Path, store_id: str, snapshots: Snapshots) -> list[tuple[str, str]]:
    """The members of a group of profiles: their paths from ``root``, and names."""
    if not _STORE_ID.fullmatch(store_id):
        return []
    database = root / "Profile Groups" / f"{store_id}.sqlite"
    try:
        with snapshots.copy_of(database) as copy:
            return copy.execute(_MEMBERS).fetchall() if columns_of(copy, "Profiles") else []
    except StoreError:
        return []
