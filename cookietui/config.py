"""The person's settings, from one TOML file, and how the screen was left."""

from contextlib import suppress
from pathlib import Path

import msgspec

from cookietui.errors import ConfigError
from cookietui.model.profile import AddedFolder
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.site_list import SiteOrder
from cookietui.paths import write_privately
from cookietui.safety.backup import DEFAULT_RULES, BackupRules
from cookietui.stores.brands import BRANDS


class ScreenSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the screen is to look.

    Attributes:
        theme: The name of a theme; empty for the one that was chosen last.
        ascii: Whether to draw with ASCII characters only.
        mouse: Whether the program takes the mouse.
    """

    theme: str = ""
    ascii: bool = False
    mouse: bool = True


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person set; everything has a default.

    Attributes:
        folders: Folders of profiles to look in beside those that are known.
        backups: How long copies of whole stores are kept.
        screen: How the screen is to look.
        keys: Keys of the screen, by the command they are for.
    """

    folders: tuple[AddedFolder, ...] = ()
    backups: BackupRules = DEFAULT_RULES
    screen: ScreenSettings = ScreenSettings()
    keys: dict[str, str] = {}


def load_config(path: Path) -> Config:
    """Read the settings; all defaults where there is no file.

    Args:
        path: The file.

    Raises:
        ConfigError: It cannot be read or understood, by file and key.
    """
    try:
        config = msgspec.toml.decode(path.read_bytes(), type=Config)
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "check its rights") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}", "README lists the settings") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} is not TOML: {error}", "correct that line") from error
    _check(config, path)
    return config


def _check(config: Config, path: Path) -> None:
    """Be sure that every folder is of a browser that is known.

    Raises:
        ConfigError: One is not.
    """
    known = sorted(brand.slug for brand in BRANDS)
    for number, folder in enumerate(config.folders):
        if folder.browser not in known:
            raise ConfigError(
                f"{path}: no browser is called {folder.browser!r}"
                f" - at `$.folders[{number}].browser`",
                f"known are {', '.join(known)}",
            )


class ViewState(msgspec.Struct, frozen=True):
    """How the screen was left; never anything of a cookie.

    Attributes:
        theme: The theme.
        grouping: What cookies were grouped by.
        order: What they were sorted by.
        site_order: What sites were sorted by.
        site: The site that was looked at.
    """

    theme: str = ""
    grouping: Grouping = Grouping.PURPOSE
    order: Order = Order.NAME
    site_order: SiteOrder = SiteOrder.REMOVABLE
    site: str = ""


def load_view(path: Path) -> ViewState:
    """How the screen was left; as it is at first where that cannot be told."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=ViewState)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return ViewState()


def save_view(path: Path, view: ViewState) -> None:
    """Remember how the screen was left; a disk that takes nothing is no reason to complain."""
    with suppress(OSError, UnicodeEncodeError):
        write_privately(path, msgspec.json.encode(view))
