"""What a cookie says of itself."""

import msgspec
import pytest

from cookietui.model.cookie import CookieKey
from cookietui.model.profile import Activity, Usage
from tests.builders import DAY, NOW, cookie


@pytest.mark.parametrize(
    ("host", "host_only", "domain"), [("a.b", True, "a.b"), (".a", False, "a")]
)
def test_a_leading_dot_marks_a_cookie_for_subdomains(
    host: str, host_only: bool, domain: str
) -> None:
    assert (cookie(host).host_only, cookie(host).domain) == (host_only, domain)


def test_a_cookie_is_over_at_the_very_moment_it_expires() -> None:
    lasting = msgspec.structs.replace(cookie("a.example"), expires=NOW)
    assert not lasting.expired(NOW - 1)
    assert lasting.expired(NOW)
    assert lasting.lifetime(NOW - DAY) == DAY
    assert lasting.lifetime(NOW + DAY) == -DAY


def test_a_session_cookie_has_no_lifetime_and_never_expires() -> None:
    session = msgspec.structs.replace(cookie("a.example"), expires=None, session=True)
    assert session.lifetime(NOW) is None
    assert not session.expired(2**62)


def test_the_id_is_the_same_for_the_same_key_and_differs_for_any_other() -> None:
    plain = cookie("a.example")
    keys = [
        CookieKey("chromium:Default", ("a.example", "\udce9", "/"), 1),
        CookieKey("chromium:Default", ("a.example", "\u00e9", "/"), 1),
        CookieKey("chromium:Default", ("a.example", b"\xe9", "/"), 1),
        CookieKey("firefox:default", ("a.example", "id", "/"), 1),
        CookieKey("chromium:Default", ("a.example", "id", None), 1),
        CookieKey("chromium:Default", ("a.example", "1", "/"), 1),
        CookieKey("chromium:Default", ("a.example", 1, "/"), 1),
    ]
    ids = {msgspec.structs.replace(plain, key=key).id for key in keys}
    assert len(ids | {plain.id}) == len(keys) + 1
    assert plain.id == cookie("a.example").id
    later = msgspec.structs.replace(plain.key, created=2)
    assert msgspec.structs.replace(plain, key=later).id == plain.id


@pytest.mark.parametrize(
    ("activity", "running"),
    [(Activity.RUNNING, True), (Activity.CLOSED, False), (Activity.UNKNOWN, None)],
)
def test_usage_that_cannot_be_told_is_neither_running_nor_closed(
    activity: Activity, running: bool | None
) -> None:
    assert Usage(activity).running is running
