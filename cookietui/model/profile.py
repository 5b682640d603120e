"""A browser profile: whose jar a cookie lies in."""

from enum import StrEnum
from pathlib import Path

import msgspec


class Family(StrEnum):
    """Browsers that keep cookies the same way."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    SAFARI = "safari"
    FILE = "file"
    """Not a browser: a file of cookies that somebody exported."""


class Profile(msgspec.Struct, frozen=True):
    """One profile of one browser.

    Attributes:
        id: How the command line names it, such as ``chromium:Default``; unique in a run.
        brand: The browser as people know it, such as ``Chromium``.
        name: The name the person gave the profile.
        family: How its store is laid out.
        folder: The profile folder.
        store: The cookie database.
    """

    id: str
    brand: str
    name: str
    family: Family
    folder: Path
    store: Path


class AddedFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of profiles that the person told the program about.

    Attributes:
        browser: The brand by its slug, such as ``brave``.
        path: Its user data folder (Chromium family) or the folder with ``profiles.ini`` (Firefox
            family), or a profile folder itself; ``~`` stands for the home folder.
    """

    browser: str
    path: str


class Activity(StrEnum):
    """Whether a browser is using a profile."""

    RUNNING = "running"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Usage(msgspec.Struct, frozen=True):
    """What is known about a browser using a profile.

    Attributes:
        activity: Running, closed, or not to be told; the last counts as running for deletions.
        pid: The process that uses it, if known.
        reason: How it is known, for the person.
    """

    activity: Activity
    pid: int | None = None
    reason: str = ""

    @property
    def running(self) -> bool | None:
        """True, false, or None when it cannot be told."""
        return {Activity.RUNNING: True, Activity.CLOSED: False}.get(self.activity)
