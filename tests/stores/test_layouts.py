"""Every layout there ever was is read in full, and changed without loss."""

from pathlib import Path

import pytest

from cookietui.errors import ReadOnlyError, UnknownSchemaError
from cookietui.model.cookie import Container, Cookie, CookieKey, KeyCell, Partition, SameSite
from tests.builders import (
    DAY,
    EPOCH,
    LATER,
    NOW,
    add_rows,
    change,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
    through_a_journal,
)
from tests.layouts import CHROMIUM, FIREFOX
from tests.stores.changes import delete, opened
from tests.stores.versions import (
    CHANGEABLE,
    CREATED,
    KEYLESS,
    LAYOUTS,
    row_of,
    say,
    store_of,
    twins,
)

SITE = "https://top.example"


def chromium_key(version: int) -> tuple[KeyCell, ...]:
    """What tells the one cookie below from others, by the ranges in Chromium's source."""
    if version < 15:
        return (".shop.example", "sid", "/a")
    if version < 20:
        return (".shop.example", SITE, "sid", "/a")
    if version < 23:
        return (".shop.example", SITE, "sid", "/a", 1, 8443)
    return (".shop.example", SITE, 0, "sid", "/a", 1, 8443)


def firefox_key(version: int) -> tuple[KeyCell, ...]:
    """The same for Firefox."""
    if version < 4:
        return (CREATED,)
    if version == 4:
        return ("sid", ".shop.example", "/a")
    if version == 5:
        return ("sid", ".shop.example", "/a", 7, 1)
    return ("sid", ".shop.example", "/a", "^userContextId=3&privateBrowsingId=1")


@pytest.mark.parametrize("version", CHROMIUM)
def test_every_field_is_read_from_every_layout_of_chromium(tmp_path: Path, version: int) -> None:
    row = chromium_row(
        name="sid",
        host_key=".shop.example",
        path="/a",
        value="1234",
        top_frame_site_key=SITE,
        has_cross_site_ancestor=0,
        source_scheme=1,
        source_port=8443,
        is_secure=0,
        is_httponly=1,
        samesite=2,
        source_type=2,
    )
    jar = opened(chromium_store(tmp_path / "Default", [row], version), tmp_path).read()
    assert (jar.schema, jar.read_only, jar.problems) == (version, "", ())
    expected = Cookie(
        key=CookieKey("chromium:Default", chromium_key(version), CREATED + EPOCH),
        name="sid",
        host=".shop.example",
        path="/a",
        partition=Partition(SITE, False if version >= 23 else None) if version >= 15 else None,
        container=None,
        created=CREATED,
        expires=LATER,
        last_used=NOW - DAY,
        session=False,
        secure=False,
        http_only=True,
        same_site=SameSite.STRICT if version >= 11 else None,
        size=7,
        encryption=None,
        set_by_script=True if version >= 22 else None,
    )
    assert jar.cookies == (expected,)


@pytest.mark.parametrize("version", FIREFOX)
def test_every_field_is_read_from_every_layout_of_firefox(tmp_path: Path, version: int) -> None:
    row = row_of(
        "firefox",
        version,
        name="sid",
        host=".shop.example",
        path="/a",
        value="1234",
        originAttributes="^userContextId=3&privateBrowsingId=1",
        appId=7,
        inBrowserElement=1,
        isSecure=0,
        isHttpOnly=1,
        sameSite=2,
        rawSameSite=2,
    )
    jar = opened(firefox_store(tmp_path / "default", [row], version), tmp_path).read()
    assert (jar.schema, bool(jar.read_only), jar.problems) == (version, version < 4, ())
    isolation = {5: "appId=7&inBrowserElement=1"}.get(version, "privateBrowsingId=1")
    expected = Cookie(
        key=CookieKey("firefox:default", firefox_key(version), CREATED),
        name="sid",
        host=".shop.example",
        path="/a",
        partition=None,
        container=Container(3, None) if version >= 6 else None,
        created=CREATED,
        expires=LATER,
        last_used=NOW - DAY,
        session=False,
        secure=False,
        http_only=True,
        same_site=SameSite.STRICT if version >= 9 else None,
        size=7,
        encryption=None,
        isolation=isolation if version >= 5 else "",
    )
    assert jar.cookies == (expected,)


@pytest.mark.parametrize(("family", "version"), LAYOUTS)
def test_twins_of_every_layout_are_different_cookies(
    tmp_path: Path, family: str, version: int
) -> None:
    rows = twins(family, version)
    cookies = opened(store_of(family, tmp_path, rows, version), tmp_path).read().cookies
    assert len({cookie.key.columns for cookie in cookies}) == len(rows)
    assert len({cookie.id for cookie in cookies}) == len(rows)


@pytest.mark.parametrize(("family", "version"), CHANGEABLE)
def test_deleting_and_putting_back_leaves_every_layout_as_it_was(
    tmp_path: Path, family: str, version: int
) -> None:
    rows = twins(family, version)
    store = store_of(family, tmp_path, rows, version)
    whose = opened(store, tmp_path)
    before, cookies = contents(store), whose.read().cookies
    middle = cookies[len(cookies) // 2]
    for going in ([middle], list(cookies)):
        saved = delete(whose, *going)
        assert {row.expires for row in saved.rows} == {LATER}
        assert sorted([*contents(store), *(row.cells for row in saved.rows)], key=repr) == before
        assert set(whose.read().cookies) == set(cookies) - set(going)
        with whose.edit() as edit:
            reasons = edit.insert(through_a_journal(saved, store, tmp_path), NOW)
            edit.commit()
        assert reasons == ("",) * len(going)
        assert contents(store) == before


@pytest.mark.parametrize(("family", "version"), CHANGEABLE)
def test_what_a_site_set_again_is_not_overwritten_in_any_layout(
    tmp_path: Path, family: str, version: int
) -> None:
    store = store_of(family, tmp_path, [row_of(family, version)], version)
    whose = opened(store, tmp_path)
    saved = delete(whose, *whose.read().cookies)
    newer = {"creation_utc": NOW + EPOCH, "creationTime": NOW, "id": NOW}
    add_rows(store, [row_of(family, version, **newer)])
    before = contents(store)
    with whose.edit() as edit:
        reasons = edit.insert(saved, NOW)
        edit.commit()
    assert contents(store) == before
    assert reasons == ("the site has set it again since",)


@pytest.mark.parametrize(("family", "version"), KEYLESS)
def test_a_layout_without_a_unique_key_is_read_but_never_changed(
    tmp_path: Path, family: str, version: int
) -> None:
    store = store_of(family, tmp_path, twins(family, version), version)
    before = contents(store)
    whose = opened(store, tmp_path)
    with pytest.raises(ReadOnlyError, match="from its successor"):
        delete(whose, *whose.read().cookies)
    assert contents(store) == before


def test_a_chromium_16_that_was_updated_from_15_is_read_and_changed(tmp_path: Path) -> None:
    rows = twins("chromium", 15)
    store = chromium_store(tmp_path / "Default", rows, 15)
    say(store, 16)
    whose = opened(store, tmp_path)
    before, jar = contents(store), whose.read()
    assert (jar.schema, jar.read_only, len(jar.cookies)) == (16, "", len(rows))
    assert {cookie.partition for cookie in jar.cookies} == {
        None,
        Partition("https://other.example", None),
    }
    saved = delete(whose, jar.cookies[0])
    with whose.edit() as edit:
        assert edit.insert(saved, NOW) == ("",)
        edit.commit()
    assert contents(store) == before


def test_columns_that_an_update_put_last_are_read_by_their_names(tmp_path: Path) -> None:
    chromium = chromium_store(tmp_path / "c", [chromium_row(samesite=2)], 11)
    for added in ("source_scheme INTEGER DEFAULT 0", "source_port", "is_same_party", "first"):
        change(chromium, f"ALTER TABLE cookies ADD COLUMN {added}")
    change(chromium, "ALTER TABLE cookies DROP COLUMN priority")
    say(chromium, 14)
    row = firefox_row(sameSite=256, originAttributes="^userContextId=2", expiry=LATER // 1000)
    firefox = firefox_store(tmp_path / "f", [row], 11)
    for added in ("schemeMap", "isPartitionedAttributeSet", "updateTime"):
        change(firefox, f"ALTER TABLE moz_cookies ADD COLUMN {added} INTEGER")
    change(firefox, "ALTER TABLE moz_cookies DROP COLUMN rawSameSite")
    say(firefox, 17)
    for store, same_site in ((chromium, SameSite.STRICT), (firefox, SameSite.UNSET)):
        whose = opened(store, tmp_path)
        before, (cookie,) = contents(store), whose.read().cookies
        assert (cookie.name, cookie.same_site, cookie.expires) == ("id", same_site, LATER)
        saved = delete(whose, cookie)
        assert contents(store) == []
        with whose.edit() as edit:
            assert edit.insert(saved, NOW) == ("",)
            edit.commit()
        assert contents(store) == before


@pytest.mark.parametrize(
    ("family", "version"),
    [("chromium", 9), ("chromium", 1), ("firefox", 1), ("firefox", 0), ("firefox", -1)],
)
def test_a_layout_older_than_all_that_are_known_is_not_guessed_at(
    tmp_path: Path, family: str, version: int
) -> None:
    store = store_of(family, tmp_path, [row_of(family, 17)], {"chromium": 10, "firefox": 2}[family])
    say(store, version)
    with pytest.raises(UnknownSchemaError, match=f"layout {version} is older") as caught:
        opened(store, tmp_path).read()
    assert caught.value.exit_code == 4
    assert "start the browser" in caught.value.hint
