"""How the screen was left is how it is found again; never anything of a cookie."""

from pathlib import Path

import pytest

from cookietui.config import ViewState, load_view, save_view
from cookietui.model.site import Site
from cookietui.operations.arranging import Grouping, Order
from cookietui.operations.site_list import SiteOrder
from cookietui.tui.panes import View
from tests.tui.driving import (
    NEWS,
    SHOP,
    VIEW,
    all_sites,
    app_in,
    go_to_site,
    left_behind,
    main_screen,
    narrow,
    press,
    put_cursor_on,
    running,
    scope,
    selection,
    view,
)


async def test_theme_order_grouping_and_site_are_found_again(home: Path) -> None:
    async with running(app_in(home)) as pilot:
        await go_to_site(pilot, SHOP)
        await press(pilot, "2", "t", "s", "o", "1", "s")
    left = left_behind(home)
    assert left == ViewState("light", Grouping.KIND, Order.LIFETIME, SiteOrder.COOKIES, SHOP)
    async with running(app_in(home, left=left)) as pilot:
        assert pilot.app.theme == "light"
        assert scope(pilot) == SHOP
        assert selection(pilot).grouping is Grouping.KIND
        assert selection(pilot).order is Order.LIFETIME
        assert main_screen(pilot)._sites.order is SiteOrder.COOKIES
    assert left_behind(home) == left


async def test_all_sites_are_no_site_to_be_remembered(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await all_sites(pilot)
    assert left_behind(home).site == ""


async def test_nothing_of_a_cookie_is_written_down_nor_what_was_typed(home: Path) -> None:
    async with running(app_in(home, SHOP), (120, 45)) as pilot:
        await put_cursor_on(pilot, "currency")
        await press(pilot, "v")
        assert view(pilot).value == "GBP"
        await press(pilot, "a")
        await narrow(pilot, "currency")
        await press(pilot, "1", "slash", *"harbour", "enter")
    written = (home / VIEW).read_text()
    for secret in ("GBP", "currency", "_fbp", "search", "marked"):
        assert secret not in written
    assert (home / VIEW).stat().st_mode & 0o077 == 0


async def test_marks_and_filters_are_not_found_again(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await narrow(pilot, "gcl")
        await press(pilot, "a")
    async with running(app_in(home, left=left_behind(home))) as pilot:
        assert scope(pilot) == SHOP
        assert selection(pilot).marked == frozenset()
        assert not selection(pilot).filter


async def test_a_site_that_has_gone_is_no_reason_to_complain(home: Path) -> None:
    async with running(app_in(home, left=ViewState(site="gone.example"))) as pilot:
        assert scope(pilot) == NEWS


async def test_a_site_that_is_named_wins_over_the_remembered_one(home: Path) -> None:
    async with running(app_in(home, NEWS, left=ViewState(site=SHOP))) as pilot:
        assert scope(pilot) == NEWS


async def test_a_theme_that_has_gone_is_no_reason_to_complain(home: Path) -> None:
    async with running(app_in(home, left=ViewState(theme="gone"))) as pilot:
        assert pilot.app.theme == "dark"


async def test_a_look_without_colours_does_not_change_the_remembered_theme(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")  # so that it is put back when the test is over
    async with running(app_in(home, left=ViewState(theme="light"), color=False)):
        pass
    assert left_behind(home).theme == "light"


@pytest.mark.parametrize(
    ("theme", "used"), [("terminal", "ansi-dark"), ("contrast", "contrast"), ("nord", "nord")]
)
async def test_every_theme_is_found_again(home: Path, theme: str, used: str) -> None:
    async with running(app_in(home, theme=theme)) as pilot:
        assert pilot.app.theme == used
    async with running(app_in(home, left=left_behind(home))) as pilot:
        assert pilot.app.theme == used
        await press(pilot, "a")


async def test_a_disk_that_takes_nothing_is_no_reason_to_complain(home: Path) -> None:
    state = home / ".local/state/cookietui"
    async with running(app_in(home, SHOP)) as pilot:
        (state / "view.json").mkdir()
        await press(pilot, "t")
    assert not pilot.app._exception


async def test_a_site_whose_host_is_no_text_is_no_reason_to_crash(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        main_screen(pilot)._view = View(scope=Site("a\udce9.example", "a\udce9.example"))
    assert left_behind(home).site == "a.example"


async def test_samples_leave_what_is_remembered_of_one_s_own_alone(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await pilot.app.run_action("open_samples")
        await press(pilot, "o")
    left = left_behind(home)
    assert (left.site, left.grouping) == (SHOP, Grouping.PURPOSE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"theme": 3}',
        b'{"grouping": "colour"}',
        b"\xff\xfe",
        b'{"site": "\\ud800"}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_understood_is_as_if_it_were_not_there(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "view.json"
    file.write_bytes(content)
    assert load_view(file) == ViewState()


def test_what_a_newer_program_remembers_beside_it_does_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    file.write_bytes(b'{"theme": "light", "columns": [1]}')
    assert load_view(file) == ViewState(theme="light")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    left = ViewState("nord", Grouping.HOST, Order.HOST, SiteOrder.NAME, "a.example")
    save_view(tmp_path / "new" / "view.json", left)
    assert load_view(tmp_path / "new" / "view.json") == left


def test_without_a_file_all_is_as_at_first(tmp_path: Path) -> None:
    assert load_view(tmp_path / "none.json") == ViewState()
