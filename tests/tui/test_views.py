"""The other views: audit, history, policies, doctor; what they tell, and the ways out."""

from pathlib import Path

import pytest
from textual.widgets import Input

from cookietui.tui.screens.audit import AuditScreen
from cookietui.tui.screens.doctor import DoctorScreen
from cookietui.tui.screens.history import HistoryScreen
from cookietui.tui.screens.listing import ListScreen
from cookietui.tui.screens.looking import LookingScreen
from cookietui.tui.screens.policies import ImportScreen, PoliciesScreen
from cookietui.tui.widgets.details import Details
from cookietui.tui.widgets.rows import RowList
from tests.tui.driving import (
    FIREFOX,
    SHOP,
    Driver,
    all_sites,
    app_in,
    app_on,
    explained,
    listed,
    names_in,
    press,
    put_cursor_on_item,
    rows,
    running,
    said,
    seen,
    selection,
    settled,
    status,
    with_own_policy,
    workspace_in,
)
from tests.tui.test_states import spoil

WIDE = (160, 45)
VIEWS = [
    ("A", AuditScreen),
    ("H", HistoryScreen),
    ("P", PoliciesScreen),
    ("D", DoctorScreen),
]


async def delete_suggested(pilot: Driver) -> int:
    """Delete what is suggested; how many."""
    await press(pilot, "a")
    count = len(selection(pilot).chosen)
    await press(pilot, "d", "y")
    assert "deleted and verified" in status(pilot)
    return count


@pytest.mark.parametrize(("key", "kind"), VIEWS)
async def test_a_view_opens_and_every_way_out_leads_back(
    home: Path, key: str, kind: type[ListScreen]
) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        before = selection(pilot)
        for leave in ("escape", "q"):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, kind)
            assert kind.heading in seen(pilot)
            await press(pilot, leave)
            assert isinstance(pilot.app.screen, LookingScreen)
        assert pilot.app.is_running
        assert selection(pilot).lines == before.lines


@pytest.mark.parametrize(("key", "kind"), VIEWS)
async def test_enter_reads_on_and_escape_comes_back_to_the_list(
    home: Path, key: str, kind: type[ListScreen]
) -> None:
    async with running(app_in(home, SHOP), (80, 16)) as pilot:
        if kind is HistoryScreen:
            await delete_suggested(pilot)
        await press(pilot, key, "enter")
        assert pilot.app.screen.query_one(Details).has_focus
        assert pilot.app.screen.query_one(Details).display
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, kind)
        assert pilot.app.screen.items.has_focus
        await press(pilot, "tab", "tab", "escape", "escape")
        assert isinstance(pilot.app.screen, LookingScreen)


@pytest.mark.parametrize("key", [key for key, _ in VIEWS])
async def test_no_view_changes_a_store_whatever_is_pressed(home: Path, key: str) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, key, "space", "d", "y", "G", "X", "u", "K", "asterisk", "j")
    assert rows(home) == before


# Audit


async def test_an_audit_of_all_sites_is_not_possible_and_says_so(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await all_sites(pilot)
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "choose one site" in status(pilot)


async def test_without_a_policy_the_audit_says_so_and_offers_to_import_one(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "A")
        assert "no policy is known" in seen(pilot)
        assert "i brings the site's policy in" in said(pilot)
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ImportScreen)


async def test_an_audit_tells_what_is_declared_and_what_is_there(home: Path) -> None:
    async with running(app_on(with_own_policy(home), SHOP), WIDE) as pilot:
        await press(pilot, "A")
        lines = listed(pilot)
        headings = [line for line in lines if line.startswith("▾")]
        assert "▾ Declared but not there 1" in headings
        at = lines.index("▾ Declared but not there 1")
        assert "never_there" in lines[at + 1]
        at = next(i for i, line in enumerate(lines) if line.startswith("▾ Living longer"))
        assert "_ga" in lines[at + 1]
        assert "1 minute" in lines[at + 1]
        undeclared = lines[1 : lines.index(headings[1])]
        told = {line.split()[0] for line in undeclared}
        assert told == names_in(home, SHOP) - {"session", "_ga"}
        assert said(pilot).startswith(f"{len(undeclared)} not declared")


async def test_each_line_of_an_audit_is_explained(home: Path) -> None:
    async with running(app_on(with_own_policy(home), SHOP), WIDE) as pilot:
        await press(pilot, "A")
        await put_cursor_on_item(pilot, "never_there")
        assert "never_there" in explained(pilot)
        await put_cursor_on_item(pilot, "_fbp")
        assert "_fbp" in explained(pilot)


async def test_a_policy_brought_in_from_the_audit_is_judged_by_at_once(home: Path) -> None:
    file = home / "cookies.md"
    file.write_text("| Name | Category |\n|---|---|\n| currency | Marketing |\n")
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "A", "i")
        await fill_in(pilot, str(file), SHOP)
        assert isinstance(pilot.app.screen, AuditScreen)
        assert "no policy is known" not in seen(pilot)
        await press(pilot, "escape")
        found = next(e for e in selection(pilot).judged if e.cookie.name == "currency")
        assert found.verdict.purpose.value == "marketing"


async def test_a_policy_that_cannot_be_brought_in_from_the_audit_is_told(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "A", "i")
        await fill_in(pilot, str(home / "gone.html"), SHOP)
        assert isinstance(pilot.app.screen, LookingScreen)
        assert "gone.html cannot be read" in status(pilot)
        assert not (home / ".config/cookietui/policies").exists()


async def fill_in(pilot: Driver, file: str, site: str) -> None:
    """Fill in the dialog and press enter."""
    pilot.app.screen.query_one("#file", Input).value = file
    pilot.app.screen.query_one("#site", Input).value = site
    await press(pilot, "enter")


# History


async def test_history_lists_deletions_and_u_puts_the_chosen_one_back(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        first = await delete_suggested(pilot)
        after_first = rows(home)
        await press(pilot, "r", "G")
        await put_cursor_on_unknown(pilot)
        await press(pilot, "space", "d", "y", "H")
        lines = listed(pilot)
        assert len(lines) == 2
        assert SHOP in lines[1]
        assert f" {first} " in lines[1]
        assert "_fbp" not in seen(pilot)
        await press(pilot, "G")
        assert "_fbp" in explained(pilot)
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, LookingScreen)
        assert f"{first} cookies put back and verified" in status(pilot)
        assert rows(home) != after_first
        await press(pilot, "u")
    assert rows(home) == before


async def put_cursor_on_unknown(pilot: Driver) -> None:
    """Put the cursor on the group of which nothing is suggested."""
    names = [getattr(line, "name", "") for line in selection(pilot).lines]
    pilot.app.screen.query_one("#cookies", RowList).cursor = names.index("Unknown")
    await settled(pilot)


async def test_what_was_put_back_cannot_be_put_back_again(home: Path) -> None:
    before = rows(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await delete_suggested(pilot)
        await press(pilot, "H", "u", "H", "u")
        assert isinstance(pilot.app.screen, HistoryScreen)
    assert rows(home) == before


async def test_a_read_only_look_puts_nothing_back(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await delete_suggested(pilot)
    after = rows(home)
    async with running(app_in(home, SHOP, read_only=True)) as pilot:
        await press(pilot, "H", "u")
        assert isinstance(pilot.app.screen, HistoryScreen)
    assert rows(home) == after


async def test_without_a_deletion_history_says_so(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "H", "u", "enter")
        assert "Nothing was deleted yet" in seen(pilot)


async def test_history_shows_no_value(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        values = {e.cookie.name for e in selection(pilot).judged}
        assert values
        await press(pilot, "asterisk", "d", "y", "H")
        assert "GBP" not in explained(pilot)
        assert "currency" in explained(pilot)


# Policies


async def test_policies_lists_what_is_built_in_and_one_s_own_first(home: Path) -> None:
    async with running(app_on(with_own_policy(home), SHOP), WIDE) as pilot:
        await press(pilot, "P")
        lines = listed(pilot)
        assert "yours" in lines[0]
        assert SHOP in lines[0]
        assert {"built in" in line for line in lines[1:]} == {True}
        assert "never_there" in explained(pilot)


async def test_removing_a_policy_of_one_s_own_is_judged_by_at_once(home: Path) -> None:
    workspace = with_own_policy(home)
    async with running(app_on(workspace, SHOP), WIDE) as pilot:
        await press(pilot, "P", "X")
        assert "is removed" in said(pilot)
        assert "yours" not in " ".join(listed(pilot))
        assert not list((home / ".config/cookietui/policies").iterdir())
        await press(pilot, "escape")
        assert [e for e in selection(pilot).judged if e.cookie.name == "_ga"]
    assert workspace.catalogue.own == ()


async def test_what_is_built_in_is_not_removed(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "P")
        before = listed(pilot)
        await press(pilot, "X")
        assert listed(pilot) == before
        assert "removed" not in said(pilot)


async def test_a_file_that_holds_other_policies_is_left_alone_and_that_is_told(home: Path) -> None:
    workspace = with_own_policy(home)
    (file,) = (home / ".config/cookietui/policies").iterdir()
    text = file.read_text()
    file.write_text(text + text.replace('name = "', 'name = "other-', 1))
    async with running(app_on(workspace, SHOP), WIDE) as pilot:
        await press(pilot, "P", "X")
        assert "holds other policies too" in said(pilot)
    assert file.exists()


# Doctor


async def test_the_doctor_tells_every_profile_and_what_is_wrong(home: Path) -> None:
    spoil(home / FIREFOX)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "D")
        lines = listed(pilot)
        assert any("chromium:Default" in line and "possible" in line for line in lines)
        broken = next(line for line in lines if line.startswith("firefox"))
        assert broken.endswith("not")
        await put_cursor_on_item(pilot, "firefox")
        assert "What to do" in explained(pilot)
        await press(pilot, "G")
        assert "cookietui" in explained(pilot)


async def test_the_doctor_counts_what_there_is(home: Path) -> None:
    scanned = workspace_in(home).scan().scanned
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "D")
        for each in scanned:
            line = next(line for line in listed(pilot) if line.startswith(each.profile.id))
            assert f" {len(each.cookies)} " in line
