"""Safari's cookie file, read as its format is described."""

import math
from pathlib import Path

import pytest

from cookietui.errors import ReadOnlyError, StoreError
from cookietui.model.cookie import Cookie, CookieKey
from cookietui.model.profile import Activity
from tests.binarycookies import HTTP_ONLY, SECURE, file, page, record, seconds
from tests.builders import DAY, LATER, NOW, reveal
from tests.stores.safaris import opened


def one(folder: Path, content: bytes) -> Cookie:
    """Read the only cookie of a store made for it."""
    jar = opened(folder, file(page(content))).read()
    (cookie,) = jar.cookies
    assert jar.problems == ()
    return cookie


def begin(folder: Path, content: bytes) -> None:
    with opened(folder, content).edit():
        pytest.fail("it was opened for changes")


def test_every_field_is_read(tmp_path: Path) -> None:
    cookie = one(tmp_path, record("sid", ".shop.example", "/a", "1234", flags=SECURE | HTTP_ONLY))
    assert cookie == Cookie(
        key=CookieKey("safari:Default", (".shop.example", "sid", "/a"), NOW - 10 * DAY),
        name="sid",
        host=".shop.example",
        path="/a",
        partition=None,
        container=None,
        created=NOW - 10 * DAY,
        expires=LATER,
        last_used=None,
        session=False,
        secure=True,
        http_only=True,
        same_site=None,
        size=7,
        encryption=None,
    )


@pytest.mark.parametrize(
    ("flags", "secure", "http_only"),
    [
        (0, False, False),
        (SECURE, True, False),
        (HTTP_ONLY, False, True),
        (SECURE | HTTP_ONLY, True, True),
        (2 | 8 | 16, False, False),
        (0xFFFFFFFF, True, True),
    ],
)
def test_flags_are_bits_of_which_two_are_known(
    tmp_path: Path, flags: int, secure: bool, http_only: bool
) -> None:
    cookie = one(tmp_path, record(flags=flags))
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (secure, http_only, None)


def test_a_dot_tells_a_domain_cookie_from_a_host_only_one(tmp_path: Path) -> None:
    pages = page(record(host=".shop.example"), record(host="shop.example"))
    domain, host_only = opened(tmp_path, file(pages)).read().cookies
    assert (domain.host_only, domain.domain) == (False, "shop.example")
    assert (host_only.host_only, host_only.domain) == (True, "shop.example")
    assert domain.id != host_only.id


def test_cookies_of_all_pages_come_in_the_files_order(tmp_path: Path) -> None:
    content = file(page(record("a"), record("b")), page(), page(record("c")))
    jar = opened(tmp_path, content).read()
    assert [cookie.name for cookie in jar.cookies] == ["a", "b", "c"]
    assert (jar.schema, jar.problems) == (None, ())


def test_a_file_without_cookies_is_an_empty_jar(tmp_path: Path) -> None:
    for content in (file(), file(page()), b"cook\x00\x00\x00\x00"):
        jar = opened(tmp_path, content).read()
        assert (jar.cookies, jar.problems) == ((), ())


def test_what_stands_behind_the_pages_does_not_matter(tmp_path: Path) -> None:
    content = file(page(record("a"))) + b"bplist00 and more" * 9
    jar = opened(tmp_path, content).read()
    assert ([cookie.name for cookie in jar.cookies], jar.problems) == (["a"], ())


def test_a_cookie_that_expires_at_no_time_is_a_session_cookie(tmp_path: Path) -> None:
    cookie = one(tmp_path, record(expires=0.0))
    assert (cookie.session, cookie.expires) == (True, None)
    assert cookie.created == NOW - 10 * DAY


@pytest.mark.parametrize("time", [math.nan, math.inf, -math.inf, 1e300, -1e300, 1e13])
def test_times_beyond_all_clocks_are_not_known(tmp_path: Path, time: float) -> None:
    cookie = one(tmp_path, record(expires=time, created=time))
    assert (cookie.expires, cookie.created, cookie.key.created) == (None, None, None)
    assert cookie.session is False
    assert cookie.expired(NOW) is False


@pytest.mark.parametrize(
    "moment", [NOW, 1_000_000, -1_000_000, 978_307_200_000_000 - 1_000_000, 2**52]
)
def test_times_before_and_after_2001_are_read(tmp_path: Path, moment: int) -> None:
    cookie = one(tmp_path, record(expires=seconds(moment), created=seconds(moment)))
    assert (cookie.expires, cookie.created) == pytest.approx((moment, moment), abs=1)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", ""),
        (b"latin-\xe9", "latin-\udce9"),
        (b"\x1b[31m", "\x1b[31m"),
        (b"\xed\xa0\x80", "\udced\udca0\udc80"),
        ("\u202egnp".encode(), "\u202egnp"),
        (b"n" * 5000, "n" * 5000),
    ],
)
def test_texts_come_back_as_the_bytes_that_were_stored(
    tmp_path: Path, raw: bytes, name: str
) -> None:
    store = opened(tmp_path, file(page(record(raw, raw, raw, raw))))
    (cookie,) = store.read().cookies
    assert (cookie.name, cookie.host, cookie.path) == (name, name, name)
    assert reveal(store, cookie) == [name]
    assert cookie.size == 2 * len(raw)
    assert len(cookie.id) == 16


def test_twins_that_a_file_does_not_forbid_are_different_cookies(tmp_path: Path) -> None:
    content = file(page(record(value="one"), record(value="two")), page(record(value="three")))
    store = opened(tmp_path, content)
    cookies = store.read().cookies
    assert len({cookie.id for cookie in cookies}) == 3
    assert reveal(store, *cookies) == ["one", "two", "three"]
    assert cookies == store.read().cookies


def test_no_value_is_in_what_a_reading_gives_but_on_request(tmp_path: Path) -> None:
    content = file(page(record("a", value="the-secret-of-a"), record("b", value="")))
    store = opened(tmp_path, content)
    jar = store.read()
    assert "secret" not in repr(jar)
    assert reveal(store, *jar.cookies) == ["the-secret-of-a", ""]


def test_the_value_of_a_cookie_that_is_gone_or_was_set_anew_is_not_told(tmp_path: Path) -> None:
    (cookie,) = opened(tmp_path, file(page(record()))).read().cookies
    for content in (file(), file(page(record(created=seconds(NOW), value="newer")))):
        with pytest.raises(StoreError, match="no longer") as caught:
            reveal(opened(tmp_path, content), cookie)
        assert "newer" not in caught.value.message


def test_it_is_never_changed(tmp_path: Path) -> None:
    content = file(page(record()))
    assert "memory" in opened(tmp_path, content).read().read_only
    with pytest.raises(ReadOnlyError, match="Safari Default is only read") as caught:
        begin(tmp_path, content)
    assert caught.value.exit_code == 4
    assert (tmp_path / "Cookies.binarycookies").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["Cookies.binarycookies"]


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    store = opened(tmp_path, file(page(record())))
    before = store.profile.store.stat()
    store.read()
    after = store.profile.store.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert store.usage().activity is Activity.UNKNOWN
