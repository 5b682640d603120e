"""The person's settings, from one TOML file."""

from pathlib import Path

import msgspec

from cookietui.errors import ConfigError
from cookietui.model.profile import AddedFolder
from cookietui.safety.backup import DEFAULT_RULES, BackupRules
from cookietui.stores.brands import BRANDS


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person set; everything has a default.

    Attributes:
        folders: Folders of profiles to look in beside those that are known.
        backups: How long copies of whole stores are kept.
    """

    folders: tuple[AddedFolder, ...] = ()
    backups: BackupRules = DEFAULT_RULES


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
