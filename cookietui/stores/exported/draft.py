"""What every kind of exported file has in common: a cookie of which little need be known."""

from collections.abc import Sequence

from cookietui.errors import CookieTuiError, StoreError
from cookietui.model.cookie import Container, Cookie, CookieKey, Partition, SameSite
from cookietui.model.profile import Profile

_SAID = 3  # problems told one by one


def drafted(
    profile: Profile,
    *,
    name: str,
    host: str,
    path: str = "",
    partition: Partition | None = None,
    container: Container | None = None,
    created: int | None = None,
    expires: int | None = None,
    last_used: int | None = None,
    session: bool = False,
    secure: bool | None = None,
    http_only: bool | None = None,
    same_site: SameSite | None = None,
    size: int | None = None,
    encryption: str | None = None,
) -> Cookie:
    """A cookie of a file; what the file does not say stays unknown."""
    apart = (
        name,
        host,
        path,
        partition.site if partition else None,
        partition.cross_site if partition else None,
        container.id if container else None,
    )
    return Cookie(
        key=CookieKey(profile.id, apart, created),
        name=name,
        host=host,
        path=path,
        partition=partition,
        container=container,
        created=created,
        expires=expires,
        last_used=last_used,
        session=session,
        secure=secure,
        http_only=http_only,
        same_site=same_site,
        size=size,
        encryption=encryption,
    )


def told(problems: Sequence[str], profile: Profile) -> tuple[CookieTuiError, ...]:
    """Turn what is wrong with single cookies into one line."""
    if not problems:
        return ()
    more = len(problems) - _SAID
    what = "; ".join(problems[:_SAID]) + (f"; and {more} more" if more > 0 else "")
    return (StoreError(f"{profile.store}: {what}", "the other cookies of the file are shown"),)
