"""A cookie as a store keeps it, without its value."""

from enum import StrEnum

import msgspec

from cookietui.digests import name_of

MICROSECONDS = 1_000_000


class SameSite(StrEnum):
    """When a cookie travels with requests that another site causes (RFC 6265bis)."""

    NONE = "none"
    LAX = "lax"
    STRICT = "strict"
    UNSET = "unset"


# Frozen values cannot refer to themselves, so none of them is of interest to the garbage collector:
# a hundred thousand cookies would keep it busy.


class Partition(msgspec.Struct, frozen=True, gc=False):
    """The top-level site under which a cookie is kept apart.

    Attributes:
        site: Scheme and registrable domain, such as ``https://shop.example``.
        cross_site: Whether another site stood between the two; None if the store does not say.
    """

    site: str
    cross_site: bool | None


class Container(msgspec.Struct, frozen=True, gc=False):
    """A Firefox container.

    Attributes:
        id: The ``userContextId``; never 0, which is no container.
        name: What the person calls it; None if the profile no longer names it.
    """

    id: int
    name: str | None


class CookieKey(msgspec.Struct, frozen=True, gc=False):
    """What tells one cookie from every other: its store and that store's own unique key.

    Attributes:
        profile: The profile's id.
        columns: The values of the unique key's columns in the store's order. Text is decoded with
            ``surrogateescape``, so that any bytes come back as they were.
        created: The creation time as the store writes it; tells a cookie from its successor.
    """

    profile: str
    columns: tuple["KeyCell", ...]
    created: "KeyCell"

    @property
    def id(self) -> str:
        """An opaque name, the same for the same cookie in the same store whenever it is read."""
        columns = repr((self.profile, *self.columns))
        return name_of(columns.encode(errors="surrogateescape"))


# What SQLite may hold in a column; a browser writes text and whole numbers only.
KeyCell = None | int | float | str | bytes


class Cookie(msgspec.Struct, frozen=True, gc=False):
    """One row of a store.

    Times are microseconds since the Unix epoch in UTC; None means that the store does not know.

    Attributes:
        key: Which row it is.
        name: The name; may be empty (Chromium) and may hold anything.
        host: The host as stored; a leading dot marks a cookie for subdomains too.
        path: The path it is limited to.
        partition: The top-level site it is kept under, if it is partitioned.
        container: The Firefox container, if any.
        created: When it was set first.
        expires: When it expires; None for a session cookie, or if it is not known.
        last_used: When it was last read or sent.
        session: Whether it goes when the browser closes.
        secure: Sent over HTTPS only; None if the source does not say.
        http_only: Hidden from scripts; None if the source does not say.
        same_site: Its SameSite attribute; None if the source does not say.
        size: Bytes of name and value; None when encryption hides the length of the value.
        encryption: How the value is encrypted (``v10``, ``v11``, ``v12``, ``v20``, ``dpapi``);
            None if it is plain.
        set_by_script: Whether a script set it last; None if the store does not say.
        isolation: Firefox's other origin attributes, such as private browsing; mostly empty.
        in_session_file: Whether it lies in Firefox's session file, which is never changed.
    """

    key: CookieKey
    name: str
    host: str
    path: str
    partition: Partition | None
    container: Container | None
    created: int | None
    expires: int | None
    last_used: int | None
    session: bool
    secure: bool | None
    http_only: bool | None
    same_site: SameSite | None
    size: int | None
    encryption: str | None
    set_by_script: bool | None = None
    isolation: str = ""
    in_session_file: bool = False

    @property
    def host_only(self) -> bool:
        """Whether it is sent to exactly its host and to no subdomain."""
        return not self.host.startswith(".")

    @property
    def domain(self) -> str:
        """The host without the dot that marks a domain cookie."""
        return self.host.removeprefix(".")

    @property
    def id(self) -> str:
        """An opaque name, the same for the same cookie in the same store whenever it is read."""
        return self.key.id

    def lifetime(self, now: int) -> int | None:
        """Microseconds until it expires, negative if it has; None for a session cookie."""
        return None if self.expires is None else self.expires - now

    def expired(self, now: int) -> bool:
        """Whether its time has passed."""
        return self.expires is not None and self.expires <= now
