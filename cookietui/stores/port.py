"""What the rest of the program may ask of a store, whatever the browser."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import msgspec

from cookietui.errors import CookieTuiError, ReadOnlyError, StoreError
from cookietui.model.cookie import Cookie, CookieKey
from cookietui.model.deletion import SavedRows
from cookietui.model.profile import Profile, Usage
from cookietui.model.site import Site

THERE = "it is there already"


def read_only_error(profile: Profile, why: str) -> ReadOnlyError:
    """Say that nothing can be changed in a store, and why."""
    return ReadOnlyError(
        f"{profile.brand} {profile.name} is only read: {why}; nothing was changed",
        "delete these cookies where they are kept",
    )


class Jar(msgspec.Struct, frozen=True):
    """What one reading of a store found.

    Attributes:
        cookies: Every cookie that was asked for, in the store's own order.
        schema: The version of the store's layout; None where layouts have no versions.
        read_only: Why nothing in it can be changed by this program; empty if it can.
        problems: What could not be read beside the cookies that could.
    """

    cookies: tuple[Cookie, ...]
    schema: int | None
    read_only: str = ""
    problems: tuple[CookieTuiError, ...] = ()


class Edit(Protocol):
    """One transaction on a closed store. Leaving it without `commit` changes nothing."""

    @property
    def committed(self) -> bool:
        """Whether the store may have been changed: from just before that on."""

    def backup(self, target: Path) -> None:
        """Write the whole store, as it was before this edit, to a path where nothing is yet.

        Raises:
            OSError: It cannot be written there.
        """

    def rows(self, keys: Iterable[CookieKey]) -> SavedRows:
        """Read whole rows as they are now.

        Raises:
            StoreError: A row is not there any more, or is another one since it was looked at.
        """

    def delete(self, saved: SavedRows) -> None:
        """Delete exactly these rows.

        Raises:
            StoreError: Other than these rows would have been deleted.
        """

    def insert(self, saved: SavedRows, now: int) -> tuple[str, ...]:
        """Put rows back as they were, but for those that must not or need not go back.

        Args:
            saved: The rows.
            now: Microseconds since the Unix epoch.

        Returns:
            For each row why it was left out, such as `THERE`; empty if it was put back.

        Raises:
            StoreError: The store does not take them.
        """

    def commit(self) -> None:
        """Make it last, then prove it by reading the store again.

        Raises:
            BrowserRunningError: A browser has started meanwhile; nothing was changed.
            UnprovenError: It was changed but does not hold what it should.
        """


Values = dict[CookieKey, str | StoreError]
"""Values by cookie, and in the place of a value why it cannot be had."""


class CookieStore(Protocol):
    """The cookie store of one profile."""

    @property
    def profile(self) -> Profile:
        """Whose store it is."""

    def read(self, site: Site | None = None) -> Jar:
        """Read cookies from a private copy; the original is never locked.

        Args:
            site: The one that was asked about: cookies that do not belong to it may be left out.

        Raises:
            StoreError: It cannot be read.
        """

    def usage(self) -> Usage:
        """Tell whether a browser is using the profile."""

    def obstacle(self) -> StoreError | None:
        """Say why nothing can be changed now; None if it can."""

    def edit(self) -> AbstractContextManager[Edit]:
        """Begin to change the store, with the browser closed and kept from starting if possible.

        Raises:
            StoreError: It may not be changed, and why.
        """

    def values(self, keys: Iterable[CookieKey]) -> Values:
        """Reveal values, on the person's request only; one that cannot be is told in its place.

        Raises:
            StoreError: The store cannot be read.
        """
