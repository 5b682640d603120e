"""What a browser says about its own cookies, in one shape for both of them."""

from typing import Literal, Protocol

import msgspec

SameSiteName = Literal["none", "lax", "strict", "unset"]


class ReportedCookie(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie as the browser reports it. The value is left out on purpose.

    Attributes:
        name: As the browser decodes it; may be empty (Chromium) or hostile. Bytes that are no
            UTF-8 are left out by Chromium, and are U+FFFD here for Firefox.
        host: With a leading dot for a domain-wide cookie, without for a host-only one.
        path: The path the cookie is limited to.
        partition: The top-level site, such as "https://shop.test"; None when unpartitioned.
        cross_site: Chromium's ancestor bit, which is set for any third party; Firefox's foreign
            ancestor, which is set only for a site embedded by a stranger inside itself.
        container: Firefox's userContextId, 0 for no container; always 0 in Chromium.
        secure: Sent over TLS only.
        http_only: Hidden from scripts.
        same_site: "unset" when the server did not say.
        session: True when the cookie has no expiry.
        expires: Unix time in seconds, None for a session cookie.
    """

    name: str
    host: str
    path: str
    partition: str | None
    cross_site: bool
    container: int
    secure: bool
    http_only: bool
    same_site: SameSiteName
    session: bool
    expires: float | None


class Browser(Protocol):
    """What both drivers can do."""

    @property
    def pid(self) -> int:
        """Process id of the browser's main process."""

    def visit(self, url: str) -> None:
        """Open a page and wait until it has loaded, with its frames and images."""

    def run(self, script: str) -> object:
        """Evaluate a script in the page and return its plain result."""

    def cookies(self) -> list[ReportedCookie]:
        """Return every cookie of the browser's default profile."""

    def close(self) -> None:
        """Quit cleanly and wait for the exit."""

    def kill(self) -> None:
        """End the browser at once, as a crash would."""
