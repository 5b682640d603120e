"""The watch: cookies that come and go are shown while another program writes the store."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.builders import child
from tests.tui.driving import (
    FIREFOX,
    SHOP,
    Driver,
    app_in,
    go_to_site,
    main_screen,
    marked,
    panes,
    press,
    put_cursor_on,
    rows,
    running,
    seen,
    selection,
    settled,
    status,
    until,
    view,
)

NEW = "brand_new"
WRITE = """
import sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute(sys.argv[2])
print("written", flush=True)
"""
WIDE = (120, 45)
REMOVE = f"DELETE FROM moz_cookies WHERE name = '{NEW}'"  # noqa: S608 - constants


def adding(home: Path, name: str = NEW, host: str = SHOP) -> str:
    """The statement that adds a cookie to the Firefox store, like one that is there."""
    with closing(sqlite3.connect(home / FIREFOX)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(moz_cookies)")][1:]
        (row,) = connection.execute(
            f"SELECT {', '.join(f'quote({column})' for column in columns)} FROM moz_cookies LIMIT 1"  # noqa: S608 - names of columns
        ).fetchall()
    cells = dict(zip(columns, row, strict=True))
    cells |= {"name": f"'{name}'", "host": f"'.{host}'", "originAttributes": "''"}
    return f"INSERT INTO moz_cookies ({', '.join(cells)}) VALUES ({', '.join(cells.values())})"  # noqa: S608 - of a sample


def shown_names(pilot: Driver) -> set[str]:
    return {each.cookie.name for each in selection(pilot).judged}


async def test_a_cookie_that_comes_is_shown_and_one_that_goes_is_gone(home: Path) -> None:
    statement = adding(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "w")
        assert "watching" in status(pilot)
        with child(WRITE, home / FIREFOX, statement):
            await until(pilot, lambda: NEW in shown_names(pilot), "the new cookie")
            assert "1 cookie came" in status(pilot)
            assert "went" not in status(pilot)
            await go_to_line(pilot)
            assert f"+ {NEW}" in seen(pilot)
        with child(WRITE, home / FIREFOX, REMOVE):
            await until(pilot, lambda: NEW not in shown_names(pilot), "the cookie to go")
            assert "1 cookie went" in status(pilot)


async def go_to_line(pilot: Driver) -> None:
    await put_cursor_on(pilot, NEW)


async def test_what_came_before_the_watch_began_is_told_too(home: Path) -> None:
    statement = adding(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        with child(WRITE, home / FIREFOX, statement):
            await press(pilot, "w")
            await until(pilot, lambda: NEW in shown_names(pilot), "the new cookie")
            assert "1 cookie came" in status(pilot)


async def test_w_again_ends_the_watch(home: Path) -> None:
    statement = adding(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "w")
        with child(WRITE, home / FIREFOX, statement):
            await until(pilot, lambda: view(pilot).fresh, "the new cookie")
        await press(pilot, "w")
        assert "no longer watching" in status(pilot)
        assert view(pilot).fresh == frozenset()
        assert NEW in shown_names(pilot)
        assert f"+ {NEW}" not in seen(pilot)
        assert main_screen(pilot)._timer is None  # type: ignore[attr-defined]


async def test_marks_filter_and_cursor_stay_while_cookies_come(home: Path) -> None:
    statement = adding(home, name="aaa_first")
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "a", "w")
        await put_cursor_on(pilot, "currency")
        before = marked(pilot)
        with child(WRITE, home / FIREFOX, statement):
            await until(pilot, lambda: "aaa_first" in shown_names(pilot), "the new cookie")
        line = selection(pilot).lines[panes(pilot).cookies.cursor]
        assert getattr(line, "cookie").name == "currency"  # noqa: B009 - a cookie and no group
        assert marked(pilot) == before
        assert "aaa_first" not in marked(pilot)


async def test_a_change_on_another_site_leaves_this_one_as_it_is(home: Path) -> None:
    statement = adding(home, host="other-shop.example")
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "w")
        before = shown_names(pilot)
        with child(WRITE, home / FIREFOX, statement):
            await until(pilot, lambda: "came" in status(pilot), "the news")
        assert shown_names(pilot) == before
        await go_to_site(pilot, "other-shop.example")
        assert shown_names(pilot) == {NEW}


async def test_without_a_change_nothing_is_told_and_no_store_is_touched(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "w")
        screen = main_screen(pilot)
        for _ in range(3):
            screen._look_for_changes()  # type: ignore[attr-defined]
            await settled(pilot)
        assert "came" not in status(pilot)
        assert "went" not in status(pilot)
        assert view(pilot).fresh == frozenset()
    assert rows(home) == before


async def test_one_s_own_deletion_is_told_as_what_went(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "w", "a", "d", "y")
        await until(pilot, lambda: "went" in status(pilot), "the news")
        assert "came" not in status(pilot)
