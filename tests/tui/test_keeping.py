"""Keeping cookies for ever, and letting them go again."""

import json
from pathlib import Path

from cookietui.model.verdict import Suggestion
from tests.tui.driving import (
    SHOP,
    app_in,
    judged,
    marked,
    press,
    put_cursor_on,
    running,
    status,
    toasts,
    workspace_in,
)


def kept(home: Path) -> list[tuple[str, str]]:
    """What the file of kept cookies says."""
    content = json.loads((home / ".config/cookietui/kept.json").read_bytes())
    return [(each["name"], each["host"]) for each in content["overrides"]]


async def test_k_keeps_a_cookie_for_ever_and_releases_it_again(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        assert kept(home) == [("_fbp", SHOP)]
        assert judged(pilot, "_fbp").verdict.kept
        await press(pilot, "a")
        assert marked(pilot)
        assert "_fbp" not in marked(pilot)
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "space")
        assert "_fbp" not in marked(pilot)
        assert "you keep it" in status(pilot)
    async with running(app_in(home, SHOP)) as pilot:
        assert judged(pilot, "_fbp").verdict.kept
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        assert kept(home) == []
        assert judged(pilot, "_fbp").verdict.suggestion is Suggestion.REMOVE
        await press(pilot, "a")
        assert "_fbp" in marked(pilot)


async def test_keeping_a_marked_cookie_takes_its_mark_away(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await press(pilot, "a")
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        assert "_fbp" not in marked(pilot)


async def test_keeping_a_group_is_asked_for_one_cookie_at_a_time(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "Marketing")
        await press(pilot, "K")
        assert "one cookie" in status(pilot)
        assert not (home / ".config/cookietui/kept.json").exists()


async def test_a_word_that_cannot_be_written_down_is_told(home: Path) -> None:
    async with running(app_in(home, SHOP)) as pilot:
        (home / ".config/cookietui").write_text("in the way")
        await put_cursor_on(pilot, "_fbp")
        await press(pilot, "K")
        assert "kept.json cannot be" in toasts(pilot)
        assert not judged(pilot, "_fbp").verdict.kept


async def test_a_cookie_kept_by_a_word_about_several_is_told_how_to_release(home: Path) -> None:
    workspace_in(home).overrides.keep("_ga*", SHOP)
    async with running(app_in(home, SHOP)) as pilot:
        await put_cursor_on(pilot, "_ga")
        await press(pilot, "K")
        assert "several cookies" in toasts(pilot)
        assert kept(home) == [("_ga*", SHOP)]
