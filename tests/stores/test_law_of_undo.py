"""The law of this program: delete, then put back, and everything is as it was."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cookietui.model.deletion import Cell, TextCell
from tests.builders import (
    EPOCH,
    LATER,
    NOW,
    Row,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
    open_store,
    profile,
    sealed,
    through_a_journal,
)
from tests.layouts import CHROMIUM, FIREFOX, Layout

_HOST = "shop.example"
_TEXT = st.binary(max_size=4).map(TextCell)
_NUMBER = st.integers(min_value=-(2**63), max_value=2**63 - 1)
_ODD = st.one_of(_NUMBER, _TEXT, st.binary(max_size=3), st.floats(-1e300, 1e300))
_LASTING = st.integers(min_value=LATER + EPOCH, max_value=2**63 - 1)


# Older ones have no unique key and are never changed.
_FIREFOX = {version: layout for version, layout in FIREFOX.items() if layout[1]}


@st.composite
def _chromium_rows(draw: st.DrawFn) -> Row:
    text = {name: draw(_TEXT) for name in ("host_key", "top_frame_site_key", "name", "path")}
    odd = {name: draw(_ODD) for name in ("priority", "samesite", "source_scheme", "source_type")}
    # Of one key: rows that the browser could not decrypt are not put back, which is another test.
    sealed_value = draw(st.sampled_from([b"", sealed(_HOST, "x"), sealed(_HOST, "y" * 40)]))
    return chromium_row(
        **text, **odd, value=draw(_TEXT), encrypted_value=sealed_value, expires_utc=draw(_LASTING)
    )


@st.composite
def _firefox_rows(draw: st.DrawFn) -> Row:
    cells: dict[str, Cell] = {name: draw(st.none() | _TEXT) for name in ("name", "host", "path")}
    odd = {name: draw(st.none() | _ODD) for name in ("sameSite", "schemeMap", "lastAccessed")}
    return firefox_row(
        **cells,
        **odd,
        value=draw(st.none() | _ODD),
        originAttributes=draw(_TEXT),
        expiry=draw(st.none() | _LASTING),
    )


_TEXTS = {"host_key", "host", "name", "path", "top_frame_site_key", "originAttributes"}


@st.composite
def _jars(
    draw: st.DrawFn, layouts: dict[int, Layout], row: Callable[[], st.SearchStrategy[Row]]
) -> tuple[int, list[Row]]:
    """A layout and rows that its unique key lets stand together, NULL taken to equal NULL."""
    version = draw(st.sampled_from(sorted(layouts, reverse=True)))
    key = _TEXTS.intersection(layouts[version][1].split(", "))
    rows = st.lists(row(), max_size=4, unique_by=lambda row: repr([row[name] for name in key]))
    return version, draw(rows if key else st.lists(row(), max_size=4))


def _check_law(store: Path, folder: Path, chosen: list[bool]) -> None:
    whose = open_store(profile(store), folder)
    before, cookies = contents(store), whose.read().cookies
    keys = [cookie.key for cookie, goes in zip(cookies, chosen, strict=True) if goes]
    with whose.edit() as edit:
        saved = edit.rows(keys)
        edit.delete(saved)
        edit.commit()
    gone = [row.cells for row in saved.rows]
    assert sorted([*contents(store), *gone], key=repr) == before
    assert len(gone) == len(keys)
    if gone:
        saved = through_a_journal(saved, store, folder)
    with whose.edit() as edit:
        assert not any(edit.insert(saved, NOW))
        edit.commit()
    assert contents(store) == before


@settings(max_examples=60)
@given(_jars(CHROMIUM, _chromium_rows), st.data())
def test_deleting_and_putting_back_any_chromium_rows_leaves_all_as_it_was(
    jar: tuple[int, list[Row]], data: st.DataObject
) -> None:
    version, rows = jar
    chosen = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    with tempfile.TemporaryDirectory() as folder:
        store = chromium_store(Path(folder, "Default"), rows, version)
        _check_law(store, Path(folder), chosen)


@settings(max_examples=60)
@given(_jars(_FIREFOX, _firefox_rows), st.data())
def test_deleting_and_putting_back_any_firefox_rows_leaves_all_as_it_was(
    jar: tuple[int, list[Row]], data: st.DataObject
) -> None:
    version, rows = jar
    chosen = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    with tempfile.TemporaryDirectory() as folder:
        store = firefox_store(Path(folder, "a.default"), rows, version)
        _check_law(store, Path(folder), chosen)
