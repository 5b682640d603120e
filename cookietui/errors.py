"""The errors a person can meet, each with what happened and what to do.

::

    CookieTuiError                   1   anything else
    ├ UsageError                     2   asked for in a way that cannot work
    ├ ConfigError                    2   a settings or keep file, by file and key
    ├ NothingFoundError              3   no profile, site or entry by that name
    ├ StoreError                     4   names browser and profile
    │ ├ UnknownSchemaError               written by a newer browser: not guessed at
    │ ├ ReadOnlyError                    read, but never changed by this program
    │ ├ BusyError                        kept changing while it was copied
    │ ├ UnprovenError                    changed, but not found as it should be afterwards
    │ ├ BrowserRunningError          5   nothing was changed
    │ └ UnreadableValueError             one value, never fatal to a scan
    ├ CatalogueError                 2   a policy file, by file and key
    └ SafetyError                    6   nothing was changed
      ├ BackupError
      └ UndoError

The number is the exit status of the command line. Expected outcomes are values (a receipt tells
what was refused); these are for what ends an operation.
"""

from typing import ClassVar


class CookieTuiError(Exception):
    """Something a person should be told in one line, with a hint of what to do.

    Args:
        message: What happened and where, without a cookie's value, safe to print once escaped.
        hint: What the person can do; empty when there is nothing.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CookieTuiError):
    """What was asked for cannot be done like this."""

    exit_code = 2


class ConfigError(CookieTuiError):
    """A file of the person's own (settings, kept cookies) cannot be used as it is."""

    exit_code = 2


class NothingFoundError(CookieTuiError):
    """Nothing goes by the name that was asked for."""

    exit_code = 3


class StoreError(CookieTuiError):
    """A browser's cookie store cannot be read or changed."""

    exit_code = 4


class UnknownSchemaError(StoreError):
    """The store has a layout this program does not know, so nothing about it is guessed."""


class ReadOnlyError(StoreError):
    """The store is one that this program reads but does not change."""


class BusyError(StoreError):
    """The store kept changing while it was being copied."""


class UnprovenError(StoreError):
    """A store was changed, but does not hold afterwards what it should."""


class BrowserRunningError(StoreError):
    """A browser is using the profile, or it cannot be told that none is."""

    exit_code = 5


class UnreadableValueError(StoreError):
    """One cookie's value cannot be decrypted; the cookie itself is known all the same."""


class CatalogueError(CookieTuiError):
    """A policy file is wrong."""

    exit_code = 2


class SafetyError(CookieTuiError):
    """What makes a deletion reversible could not be done, so nothing was deleted."""

    exit_code = 6


class BackupError(SafetyError):
    """What is about to be deleted could not be saved."""


class UndoError(SafetyError):
    """A past deletion cannot be put back."""
