"""What Firefox's own cookie service says, asked by a script and read into reported cookies."""

import msgspec

from tests.browsers.reported import ReportedCookie, SameSiteName

LISTING_SCRIPT = """
JSON.stringify(Services.cookies.cookies.map(cookie => ({
    name: cookie.name, host: cookie.host, path: cookie.path, secure: cookie.isSecure,
    httpOnly: cookie.isHttpOnly, sameSite: cookie.sameSite, session: cookie.isSession,
    expiry: cookie.expiry, partitionKey: cookie.originAttributes.partitionKey,
    userContextId: cookie.originAttributes.userContextId,
})))
"""
"""Runs in the browser's own scope; its result is what read_listing() takes."""

_SAME_SITE: dict[int, SameSiteName] = {0: "none", 1: "lax", 2: "strict", 256: "unset"}


class _ListedCookie(msgspec.Struct, rename="camel"):
    """What the listing script tells of one cookie; the expiry is in milliseconds."""

    name: str
    host: str
    path: str
    secure: bool
    http_only: bool
    same_site: int
    session: bool
    expiry: int
    partition_key: str
    user_context_id: int


def read_listing(listing: str) -> list[ReportedCookie]:
    """Return the cookies of a listing.

    Args:
        listing: The JSON text that LISTING_SCRIPT made.

    Raises:
        msgspec.ValidationError: The service tells something else than it used to.
    """
    return [_reported(c) for c in msgspec.json.decode(listing, type=list[_ListedCookie])]


def _reported(cookie: _ListedCookie) -> ReportedCookie:
    partition, foreign = _partition(cookie.partition_key)
    return ReportedCookie(
        # The service hands out bytes, one character each.
        name=cookie.name.encode("latin-1").decode("utf-8", "replace"),
        host=cookie.host,
        path=cookie.path,
        partition=partition,
        cross_site=foreign,
        container=cookie.user_context_id,
        secure=cookie.secure,
        http_only=cookie.http_only,
        same_site=_SAME_SITE[cookie.same_site],
        session=cookie.session,
        expires=None if cookie.session else cookie.expiry / 1000,
    )


def _partition(key: str) -> tuple[str | None, bool]:
    """Read "(scheme,site[,port][,f])"; the f marks a foreign ancestor."""
    if not key:
        return None, False
    scheme, site, *rest = key.strip("()").split(",")
    port = "".join(f":{part}" for part in rest if part != "f")
    return f"{scheme}://{site}{port}", "f" in rest
