"""A layout newer than this program is read by the columns that are known, and never changed."""

from pathlib import Path

import pytest

from cookietui.errors import ReadOnlyError, UnknownSchemaError
from tests.builders import change, contents, reveal
from tests.stores.changes import begin, opened
from tests.stores.versions import row_of, say, store_of, table_of, twins

NEWEST = {"chromium": 24, "firefox": 17}
NEWER = [("chromium", 25), ("chromium", 1000), ("firefox", 18), ("firefox", 1000)]


@pytest.fixture(params=["the same columns", "another column"])
def extra(request: pytest.FixtureRequest) -> bool:
    """Whether the newer layout has a column that nobody knows yet."""
    return bool(request.param == "another column")


def newer(family: str, version: int, folder: Path, *, extra: bool) -> Path:
    """A store as a browser to come may write it."""
    store = store_of(family, folder, twins(family, NEWEST[family]), NEWEST[family])
    say(store, version)
    if extra:
        change(store, f"ALTER TABLE {table_of(store)} ADD COLUMN unheard_of TEXT DEFAULT 'x'")
    return store


@pytest.mark.parametrize(("family", "version"), NEWER)
def test_a_newer_layout_is_read_as_the_newest_known_one_is(
    tmp_path: Path, family: str, version: int, extra: bool
) -> None:
    known = store_of(family, tmp_path / "known", twins(family, NEWEST[family]), NEWEST[family])
    expected = opened(known, tmp_path).read()
    jar = opened(newer(family, version, tmp_path, extra=extra), tmp_path).read()
    assert jar.cookies == expected.cookies
    assert jar.schema == version
    assert expected.read_only == ""
    assert f"layout {version} is newer" in jar.read_only


@pytest.mark.parametrize(("family", "version"), NEWER)
def test_a_newer_layout_is_never_changed(
    tmp_path: Path, family: str, version: int, extra: bool
) -> None:
    store = newer(family, version, tmp_path, extra=extra)
    before, rows = store.read_bytes(), contents(store)
    names = {path.name for path in store.parent.iterdir()}
    with pytest.raises(ReadOnlyError, match="nothing was changed") as caught:
        begin(opened(store, tmp_path))
    assert f"layout {version} is newer" in caught.value.message
    assert caught.value.exit_code == 4
    assert str(opened(store, tmp_path).obstacle()) == caught.value.message
    assert store.read_bytes() == before
    assert contents(store) == rows
    # Firefox's lock may be left: it is there in every profile that was ever used.
    assert {path.name for path in store.parent.iterdir()} - {".parentlock"} == names


@pytest.mark.parametrize("family", ["chromium", "firefox"])
def test_a_store_that_becomes_newer_after_it_was_read_is_not_changed(
    tmp_path: Path, family: str
) -> None:
    store = store_of(family, tmp_path, [row_of(family, NEWEST[family])], NEWEST[family])
    whose = opened(store, tmp_path)
    assert whose.read().read_only == ""
    say(store, NEWEST[family] + 1)
    before = store.read_bytes()
    with pytest.raises(ReadOnlyError):
        begin(whose)
    assert store.read_bytes() == before


@pytest.mark.parametrize("family", ["chromium", "firefox"])
def test_a_value_in_a_newer_layout_is_revealed_on_request(tmp_path: Path, family: str) -> None:
    newest = NEWEST[family]
    store = store_of(family, tmp_path, [row_of(family, newest, value="secret")], newest)
    say(store, newest + 1)
    whose = opened(store, tmp_path)
    assert reveal(whose, *whose.read().cookies) == ["secret"]


@pytest.mark.parametrize(
    ("family", "column"),
    [
        ("chromium", "samesite"),
        ("chromium", "source_type"),
        ("chromium", "has_cross_site_ancestor"),
        ("chromium", "top_frame_site_key"),
        ("chromium", "encrypted_value"),
        ("firefox", "sameSite"),
        ("firefox", "lastAccessed"),
        ("firefox", "creationTime"),
        ("firefox", "expiry"),
    ],
)
def test_a_newer_layout_that_lacks_what_is_known_is_not_guessed_at(
    tmp_path: Path, family: str, column: str
) -> None:
    version = NEWEST[family] + 1
    store = newer(family, version, tmp_path, extra=False)
    if family == "chromium":
        change(store, "DROP INDEX cookies_unique_index")
    change(store, f"ALTER TABLE {table_of(store)} DROP COLUMN {column}")
    with pytest.raises(UnknownSchemaError, match=f"layout {version} is newer .* {column}") as got:
        opened(store, tmp_path).read()
    assert "newer cookietui" in got.value.hint
    before = store.read_bytes()
    with pytest.raises(UnknownSchemaError):
        begin(opened(store, tmp_path))
    assert store.read_bytes() == before
