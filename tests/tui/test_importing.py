"""The dialog that asks for a policy: only enter imports, and what goes wrong changes nothing."""

from pathlib import Path

import pytest
from textual.widgets import Input

from cookietui.tui.screens.policies import ImportScreen, PoliciesScreen
from tests.tui.driving import (
    SHOP,
    Driver,
    app_in,
    listed,
    press,
    running,
    said,
    seen,
    selection,
    settled,
    toasts,
)

PAGE = "| Name | Category |\n|---|---|\n| currency | Marketing |\n"
WIDE = (160, 45)


def files(home: Path) -> list[str]:
    """The policies that are kept."""
    folder = home / ".config/cookietui/policies"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def page(home: Path, text: str = PAGE) -> str:
    file = home / "cookies.md"
    file.write_text(text)
    return str(file)


async def ask(pilot: Driver, file: str, site: str | None = None) -> None:
    """Open the dialog and fill it in."""
    await press(pilot, "P", "i")
    assert isinstance(pilot.app.screen, ImportScreen)
    pilot.app.screen.query_one("#file", Input).value = file
    if site is not None:
        pilot.app.screen.query_one("#site", Input).value = site
    await settled(pilot)


async def test_enter_imports_for_the_site_that_is_looked_at(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, page(home))
        assert pilot.app.screen.query_one("#site", Input).value == SHOP
        assert files(home) == []
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PoliciesScreen)
        assert "1 declaration of" in said(pilot)
        assert len(files(home)) == 1
        assert "yours" in listed(pilot)[0]
        assert SHOP in listed(pilot)[0]
        await press(pilot, "escape")
        found = next(e for e in selection(pilot).judged if e.cookie.name == "currency")
        assert found.verdict.purpose.value == "marketing"


async def test_letters_are_typed_and_tab_goes_to_the_other_line(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await press(pilot, "P", "i", *"qXu")
        asking = pilot.app.screen
        assert asking.query_one("#file", Input).value == "qXu"
        await press(pilot, "tab")
        assert asking.query_one("#site", Input).has_focus
        await press(pilot, "tab")
        assert asking.query_one("#file", Input).has_focus
        assert files(home) == []


async def test_escape_imports_nothing(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, page(home))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, PoliciesScreen)
        assert files(home) == []
        assert "yours" not in " ".join(listed(pilot))


async def test_enter_without_a_file_goes_on_asking(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, "   ", "other.example")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert pilot.app.screen.query_one("#file", Input).has_focus
        assert pilot.app.screen.query_one("#site", Input).value == "other.example"


@pytest.mark.parametrize(
    ("site", "told"),
    [("not a site", "not a site"), ("..", ".."), ("[/bold]", "[/bold]"), ("a\u202eb", "u202eb")],
)
async def test_a_site_that_is_none_is_told_and_asked_for_again(
    home: Path, site: str, told: str
) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, page(home), site)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert told in toasts(pilot)
        assert "\u202e" not in toasts(pilot)
        assert files(home) == []


@pytest.mark.parametrize("file", ["~nobody-has-this-home/x", "a\0b", "a\udce9b\ud800"])
async def test_a_name_that_no_file_has_is_told_and_asked_for_again(home: Path, file: str) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, file)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert toasts(pilot)
        assert files(home) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        ("Nothing of cookies here.", "no declaration"),
        ("\0\1\2", "is not text"),
    ],
)
async def test_a_document_that_cannot_be_used_is_told_and_nothing_is_changed(
    home: Path, content: str | None, told: str
) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        file = home / "x[red]\u202e.txt"
        if content is not None:
            file.write_text(content)
        await ask(pilot, str(file))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PoliciesScreen)
        assert told in said(pilot)
        assert told in toasts(pilot)
        assert "x[red]\\u202e.txt" in toasts(pilot)
        assert "\u202e" not in seen(pilot)
        assert files(home) == []
        assert "yours" not in " ".join(listed(pilot))


async def test_a_folder_and_a_home_written_short_are_no_surprise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(home))
    page(home)
    async with running(app_in(home, SHOP), WIDE) as pilot:
        await ask(pilot, "~")
        await press(pilot, "enter")
        assert "cannot be read" in said(pilot)
        await press(pilot, "escape")
        await ask(pilot, "~/cookies.md")
        await press(pilot, "enter")
        assert len(files(home)) == 1


async def test_a_policy_that_cannot_be_kept_is_told(home: Path) -> None:
    async with running(app_in(home, SHOP), WIDE) as pilot:
        (home / ".config/cookietui").mkdir(parents=True)
        (home / ".config/cookietui/policies").write_text("in the way")
        await ask(pilot, page(home))
        await press(pilot, "enter")
        assert "cannot be written" in said(pilot)
        assert "yours" not in " ".join(listed(pilot))


async def test_a_file_of_several_policies_is_told_and_none_is_kept(home: Path) -> None:
    one = (
        '[[policies]]\nname = "{0}"\ntitle = "{0}"\nsource = "https://{0}.example"\n'
        'written = 2026-11-23\n\n[[policies.declarations]]\npattern = "{0}_id"\n'
        'purpose = "marketing"\ndescription = "It is for {0}."\n\n'
    )
    async with running(app_in(home, SHOP), WIDE) as pilot:
        file = home / "several.toml"
        file.write_text(one.format("one") + one.format("two"))
        await ask(pilot, str(file), "")
        await press(pilot, "enter")
        assert "holds 2 policies" in said(pilot)
        assert files(home) == []
