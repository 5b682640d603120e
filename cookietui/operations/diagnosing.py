"""What was found on this machine, what can be read and changed, and what cannot and why.

Nothing here is secret: no cookie's name or value, and the home folder is written as ``~``, so that
it can be pasted into a report.
"""

import platform
import re
import sqlite3
from collections import Counter
from pathlib import Path

import msgspec

from cookietui.model.deletion import Failure
from cookietui.model.profile import Profile
from cookietui.operations.inventory import Inventory, ScannedProfile
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment

_LIBRARIES = ("cookietui", "textual", "browser-cookie3", "publicsuffixlist", "psutil")
_BESIDE = ("-wal", "-shm", "-journal")


class Diagnosis(msgspec.Struct, frozen=True):
    """One profile that can be read.

    Attributes:
        profile: The profile.
        store: Where its cookies are.
        bytes: The size of that file.
        beside: The sizes of the database's other files, by their endings.
        layout: The version of the store's layout; None where layouts have no versions.
        cookies: How many cookies.
        session: How many of them go with the session.
        in_session_file: How many of them lie in Firefox's session file.
        partitioned: How many of them are partitioned.
        containers: How many of them are in a container.
        encryption: How many are encrypted how; ``none`` for plain ones.
        browser: Whether the browser is running, and how that is known.
        obstacle: Why nothing can be deleted now; empty if it can.
    """

    profile: Profile
    store: str
    bytes: int | None
    beside: dict[str, int]
    layout: int | None
    cookies: int
    session: int
    in_session_file: int
    partitioned: int
    containers: int
    encryption: dict[str, int]
    browser: str
    obstacle: str


class Findings(msgspec.Struct, frozen=True):
    """Everything that is known about this machine.

    Attributes:
        versions: Of this program and what it stands on.
        folders: Where this program's own files are, and what is there.
        profiles: Every profile that can be read.
        failures: What cannot be read, or not wholly, and why.
    """

    versions: dict[str, str]
    folders: dict[str, str]
    profiles: tuple[Diagnosis, ...]
    failures: tuple[Failure, ...]


def diagnose(workspace: Workspace, inventory: Inventory) -> Findings:
    """Look at everything once more, with the eyes of somebody who has to find out what is wrong."""
    environment = workspace.environment
    return Findings(
        versions=_versions(environment),
        folders=_folders(environment),
        profiles=tuple(_diagnosis(workspace, scanned) for scanned in inventory.scanned),
        failures=tuple(
            msgspec.structs.replace(
                problem,
                profile=_homeless(problem.profile, environment.home),
                message=_homeless(problem.message, environment.home),
            )
            for problem in inventory.failures
        ),
    )


def _versions(environment: Environment) -> dict[str, str]:
    # Only asked for here, and slow to load.
    from importlib.metadata import version  # noqa: PLC0415

    return {
        **{name: version(name) for name in _LIBRARIES},
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "system": f"{environment.system} {platform.release()} {platform.machine()}",
    }


def _folders(environment: Environment) -> dict[str, str]:
    places = {
        "settings": environment.settings,
        "kept cookies": environment.kept,
        "own policies": environment.policies,
        "journal": environment.journal,
        "scratch": environment.scratch,
    }
    return {name: _place(path, environment.home) for name, path in places.items()}


def _place(path: Path, home: Path) -> str:
    there = "" if path.exists() else " (not there)"
    return f"{_homeless(str(path), home)}{there}"


def _homeless(text: str, home: Path) -> str:
    """Write ``~`` for the home folder, which often bears a person's name."""
    return re.sub(re.escape(str(home)) + r"(?![\w.-])", "~", text) if home.name else text


def _diagnosis(workspace: Workspace, scanned: ScannedProfile) -> Diagnosis:
    cookies, home = scanned.cookies, workspace.environment.home
    profile = scanned.profile
    path = profile.store
    sizes = {end: _size(path.with_name(path.name + end)) for end in _BESIDE}
    obstacle = workspace.store(profile).obstacle()
    usage = scanned.usage
    return Diagnosis(
        profile=msgspec.structs.replace(profile, id=_homeless(profile.id, home)),
        store=_homeless(str(path), home),
        bytes=_size(path),
        beside={end: size for end, size in sizes.items() if size is not None},
        layout=scanned.jar.schema,
        cookies=len(cookies),
        session=sum(cookie.session for cookie in cookies),
        in_session_file=sum(cookie.in_session_file for cookie in cookies),
        partitioned=sum(cookie.partition is not None for cookie in cookies),
        containers=sum(cookie.container is not None for cookie in cookies),
        encryption=dict(Counter(cookie.encryption or "none" for cookie in cookies)),
        browser=f"{usage.activity.value} ({usage.reason})"
        if usage.reason
        else usage.activity.value,
        obstacle=_homeless(obstacle.message, home) if obstacle else "",
    )


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def told(each: Diagnosis) -> tuple[tuple[str, str], ...]:
    """A diagnosis as labelled lines for people."""
    beside = "".join(f", {end} {size} bytes" for end, size in each.beside.items())
    layout = "" if each.layout is None else f", layout {each.layout}"
    kinds = (
        (each.session, "session"),
        (each.in_session_file, "in the session file"),
        (each.partitioned, "partitioned"),
        (each.containers, "in containers"),
    )
    told = "".join(f", {count} {what}" for count, what in kinds if count)
    encryption = ", ".join(f"{name} {count}" for name, count in sorted(each.encryption.items()))
    return (
        ("Store", f"{each.store}, {each.bytes} bytes{layout}{beside}"),
        ("Cookies", f"{each.cookies}{told}"),
        ("Encryption", encryption or "nothing to encrypt"),
        ("Browser", each.browser),
        ("Deleting", each.obstacle or "possible"),
    )
