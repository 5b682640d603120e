"""Where this program and the browsers keep their files; the only reader of the environment.

Everything that depends on the machine is read once, in `Environment.of_this_machine`, and handed on
as a value, so that a test or the samples can stand in another home.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
import platformdirs

# Windows would otherwise change line ends inside binary files.
BINARY = getattr(os, "O_BINARY", 0)
# Without waiting: a pipe in the place of a file would never be opened.
_READING = os.O_RDONLY | BINARY | getattr(os, "O_NONBLOCK", 0)


class Environment(msgspec.Struct, frozen=True):
    """One person's folders on one machine.

    Attributes:
        home: The home folder.
        system: ``sys.platform``: ``linux``, ``darwin`` or ``win32``.
        config: Where this program's settings, policies and kept cookies are.
        state: Where this program's journal, scratch copies and view state are.
        variables: Folders named by environment variables, such as ``XDG_CONFIG_HOME``.
        sample: Whether these are the sample profiles and not a person's own.
    """

    home: Path
    system: str
    config: Path
    state: Path
    variables: Mapping[str, str] = {}
    sample: bool = False

    @classmethod
    def of_this_machine(cls) -> "Environment":
        """Read the folders of the person who started the program."""
        names = ("XDG_CONFIG_HOME", "CHROME_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")
        return cls(
            home=Path.home(),
            system=sys.platform,
            config=platformdirs.user_config_path("cookietui", appauthor=False),
            state=platformdirs.user_state_path("cookietui", appauthor=False),
            variables={name: os.environ[name] for name in names if os.environ.get(name)},
        )

    @classmethod
    def of_home(cls, home: Path, *, sample: bool = False) -> "Environment":
        """Stand in another home, laid out as on Linux, with nothing of this machine's in it."""
        return cls(
            home=home,
            system="linux",
            config=home / ".config" / "cookietui",
            state=home / ".local" / "state" / "cookietui",
            sample=sample,
        )

    @property
    def xdg_config(self) -> Path:
        """The folder for settings after the XDG base directory specification."""
        named = self.variables.get("XDG_CONFIG_HOME", "")
        # The specification says that a relative path is to be ignored.
        return Path(named) if named.startswith("/") else self.home / ".config"

    @property
    def chrome_config(self) -> Path:
        """The same for the Chromium family, which can be told another one (user_data_dir.md)."""
        named = self.variables.get("CHROME_CONFIG_HOME", "")
        return Path(named) if named.startswith("/") else self.xdg_config

    def windows_folder(self, variable: str, name: str) -> Path:
        """One of Windows' folders for application data."""
        named = self.variables.get(variable, "")
        return Path(named) if named else self.home / "AppData" / name

    @property
    def journal(self) -> Path:
        """Where deletions are recorded."""
        return self.state / "journal"

    @property
    def backups(self) -> Path:
        """Where copies of whole stores are kept."""
        return self.state / "backups"

    @property
    def scratch(self) -> Path:
        """Where private copies of stores live for the moment they are read."""
        return self.state / "scratch"

    @property
    def view(self) -> Path:
        """The file that remembers how the screen was left."""
        return self.state / "view.json"

    @property
    def settings(self) -> Path:
        """The file of settings."""
        return self.config / "config.toml"

    @property
    def kept(self) -> Path:
        """The file that holds what the person said about cookies."""
        return self.config / "kept.json"

    @property
    def policies(self) -> Path:
        """The folder of the person's own policies."""
        return self.config / "policies"


def open_to_read(path: Path) -> BinaryIO:
    """Open a file, whatever it is, without waiting for anybody.

    Raises:
        OSError: It cannot be opened, or is a folder.
    """
    descriptor = os.open(path, _READING)
    try:
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may enter, with the parents it needs.

    Raises:
        OSError: It cannot be made, or is not a folder of this person's.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.is_symlink():
        raise NotADirectoryError(f"{folder} is a symbolic link")
    folder.chmod(0o700)
    return folder


def write_privately(path: Path, content: bytes) -> None:
    """Replace a file of this program's own, in a folder that only its owner may enter.

    Raises:
        OSError: It cannot be written; what was there before is still there.
    """
    private_folder(path.parent)
    replace_file(path, content)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step, readable by its owner only, and be sure it reached the disk.

    Raises:
        OSError: It cannot be written; what was there before is still there.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Be sure that a new or removed name in ``folder`` reached the disk."""
    if sys.platform == "win32":  # folders cannot be opened there, and need not be
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
