"""What the person said about cookies: which to keep for ever, and what they are for.

Kept in one JSON file without any value. A file that cannot be understood stops everything that
deletes: an empty list by accident would cost logins.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from cookietui.catalogue.matching import glob
from cookietui.errors import ConfigError
from cookietui.model.cookie import Cookie
from cookietui.model.policy import Override, Purpose
from cookietui.model.site import Site, registrable_domain, under
from cookietui.paths import write_privately

ANY_HOST = "*"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    overrides: tuple[Override, ...] = ()


class Overrides:
    """The person's word, read from and written to one file.

    Args:
        path: The file; it need not exist yet.

    Raises:
        ConfigError: It cannot be read or understood.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._overrides = _load(path)

    def __iter__(self) -> Iterator[Override]:
        return iter(self._overrides)

    def __bool__(self) -> bool:
        return bool(self._overrides)

    def reload(self) -> None:
        """Read the file again: another window of the program may have written it.

        Raises:
            ConfigError: It cannot be read or understood.
        """
        self._overrides = _load(self._path)

    def about(self, cookie: Cookie) -> Override | None:
        """The person's word about a cookie: a name before a glob, a host before any host."""
        meant = [override for override in self._overrides if _means(override, cookie)]
        return max(meant, key=_exactness, default=None)

    def keep(self, name: str, host: str, note: str = "") -> None:
        """Never delete cookies of this name and host; what they are for stays as it was said.

        Raises:
            ConfigError: It cannot be written down.
        """
        self.reload()
        purpose = next(
            (o.purpose for o in self._overrides if (o.name, o.host) == (name, host)), None
        )
        about = Override(name, host, keep=True, purpose=purpose, note=note)
        self._write((*self._others(name, host), about))

    def say(self, name: str, host: str, purpose: Purpose, note: str = "") -> None:
        """Say what cookies of this name and host are for; whether they are kept stays as it was.

        Raises:
            ConfigError: It cannot be written down.
        """
        self.reload()
        said = [o for o in self._overrides if (o.name, o.host) == (name, host)]
        kept = any(override.keep for override in said)
        about = Override(name, host, keep=kept, purpose=purpose, note=note)
        self._write((*self._others(name, host), about))

    def release(self, name: str, host: str) -> bool:
        """Take back what was said about this name and host; false if nothing was.

        Raises:
            ConfigError: It cannot be written down.
        """
        self.reload()
        others = self._others(name, host)
        if len(others) == len(self._overrides):
            return False
        self._write(others)
        return True

    def _others(self, name: str, host: str) -> tuple[Override, ...]:
        return tuple(o for o in self._overrides if (o.name, o.host) != (name, host))

    def _write(self, overrides: tuple[Override, ...]) -> None:
        try:
            content = msgspec.json.format(msgspec.json.encode(_File(overrides)), indent=2)
            write_privately(self._path, content + b"\n")
        except (OSError, UnicodeEncodeError) as error:
            raise ConfigError(
                f"{self._path} cannot be written: {error}", "nothing was changed"
            ) from error
        self._overrides = overrides


def _load(path: Path) -> tuple[Override, ...]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File).overrides
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}", "it says which cookies to keep"
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(
            f"{path} cannot be understood: {error}",
            "it says which cookies to keep: correct it, or move it away to start anew",
        ) from error


def _means(override: Override, cookie: Cookie) -> bool:
    if override.host != ANY_HOST and not _belongs(cookie, override.host):
        return False
    return override.name == cookie.name or (
        "*" in override.name and glob(override.name).fullmatch(cookie.name) is not None
    )


def _belongs(cookie: Cookie, host: str) -> bool:
    """Whether a word about a host means a cookie: of it, sent to it or kept under it.

    Wide on purpose: a word to keep something must not miss it.
    """
    return under(cookie.domain, host) or Site(host, registrable_domain(host)).owns(cookie)


def _exactness(override: Override) -> tuple[bool, int, int, bool]:
    return (
        "*" not in override.name,
        0 if override.host == ANY_HOST else len(override.host),
        len(override.name),
        override.keep,
    )
