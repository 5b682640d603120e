"""Names of strangers in every view: shown as text, whatever they hold."""

import sqlite3
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Static

from cookietui.catalogue.loading import Catalogue
from cookietui.operations.sample.hostile import STORED_SITE, TAMPERED_SITE
from cookietui.tui.widgets.bars import TitleBar
from cookietui.tui.widgets.rows import RowList
from tests.making import declaration, policy
from tests.tui.driving import (
    FIREFOX,
    Driver,
    app_in,
    app_on,
    explained,
    go_to_site,
    main_screen,
    panes,
    press,
    running,
    said,
    seen,
    settled,
    toasts,
    workspace_in,
)
from tests.tui.pseudoterminal import PseudoTerminal, without_sequences

WIDE = (200, 50)
NAMES = ("a\u202eb", "[bold]c[/]", "\x1b[31md", "e\nf", "[/]", "g\u200bh", "\u009b31mi", "j\\k")
HOST = "x[red]\x1b[31m\u202e[/].example"
_ROOT = Path(__file__).parents[2]


def acting(text: str) -> set[str]:
    """Every character that a terminal would obey or that hides, but line ends."""
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    return hidden - {"\n", "\r"}


def in_widgets(pilot: Driver) -> str:
    """What widgets were given, above the net that catches what gets through."""
    screen = pilot.app.screen
    texts = [explained(pilot)]
    for rows in screen.query(RowList):
        for index in range(rows.count):
            for cell in rows._rows.row(index):
                texts += [cell.text, *(text for text, _ in cell.parts)]
        texts += [str(rows.border_title), str(rows.border_subtitle)]
    texts += [str(bar.render()) for bar in screen.query(TitleBar)]
    bars = screen.query("#status, #empty Static").results(Static)
    texts += [str(each.content) for each in bars]
    return "\n".join(texts)


def hostile_home(home: Path) -> Path:
    """A home in which profile, host and names are hostile, and so is a policy of one's own."""
    with closing(sqlite3.connect(home / FIREFOX, isolation_level=None)) as connection:
        connection.execute(
            f"UPDATE moz_cookies SET host = ? WHERE host = '{TAMPERED_SITE}'",  # noqa: S608 - a constant
            (HOST,),
        )
    ini = home / FIREFOX.parent.parent / "profiles.ini"
    ini.write_text(ini.read_text().replace("default-release", "[/]a\u202eb", 1))
    return home


async def through(pilot: Driver, key: str) -> str:
    """Open a view, read every line of it, and go back; everything that was there to be seen."""
    await press(pilot, key)
    assert pilot.app.screen is not main_screen(pilot)
    rows = pilot.app.screen.query_one("#items", RowList)
    found = [seen(pilot)]
    for index in range(min(rows.count, 40)):
        rows.cursor = index
        await settled(pilot)
        found += [in_widgets(pilot), seen(pilot)]
    await press(pilot, "escape")
    return "\n".join(found)


@pytest.mark.parametrize("site", [STORED_SITE, pytest.param(HOST, marks=pytest.mark.proof)])
async def test_no_view_lets_a_hostile_name_act(home: Path, site: str) -> None:
    workspace = workspace_in(hostile_home(home))
    rows = (
        msgspec.structs.replace(declaration(name), description=name, provider=name, lifetime=name)
        for name in NAMES
    )
    bad = msgspec.structs.replace(policy("bad", *rows, hosts=(site,)), title=NAMES[0])
    catalogue = workspace.catalogue
    workspace._use(Catalogue((bad,), catalogue.builtin[:3], catalogue.kinds))
    async with running(app_on(workspace), WIDE) as pilot:
        await go_to_site(pilot, site)
        await press(pilot, "2", "asterisk", "d", "y")
        texts = [in_widgets(pilot), seen(pilot), toasts(pilot)]
        texts += [await through(pilot, key) for key in ("A", "H", "P", "D")]
        await press(pilot, "u")
        texts += [in_widgets(pilot), seen(pilot), toasts(pilot)]
    assert not acting("\n".join(texts))
    everything = "\n".join(texts)
    assert "[bold]c[/]" in everything
    assert "a\\u202eb" in everything
    assert "\\x1b[31md" in everything


@pytest.mark.parametrize("site", [pytest.param(STORED_SITE, marks=pytest.mark.proof), HOST])
async def test_no_way_of_looking_lets_a_hostile_name_act(home: Path, site: str) -> None:
    async with running(app_in(hostile_home(home)), WIDE) as pilot:
        await go_to_site(pilot, site)
        await press(pilot, "2")
        texts = []
        for key in ("s", "o", "o", "o", "o", "o", "w", "asterisk", "i", "r", "w"):
            await press(pilot, key)
            texts += [in_widgets(pilot), seen(pilot)]
        for index in range(panes(pilot).cookies.count):
            panes(pilot).cookies.cursor = index
            await settled(pilot)
            await press(pilot, "y", "K", "v")
            texts += [in_widgets(pilot), seen(pilot), toasts(pilot), pilot.app.clipboard]
        await press(pilot, "1", "slash", *"xred", "enter")
        texts += [in_widgets(pilot), seen(pilot)]
        await press(pilot, "ctrl+p", *"samples")
        texts.append(seen(pilot))
    assert not acting("\n".join(texts))


async def test_what_is_typed_is_text_wherever_it_is_told(home: Path) -> None:
    async with running(app_in(home), WIDE) as pilot:
        await press(pilot, "slash")
        panes(pilot).filter.value = "purpose:[/] \x1b[31m \u202e [bold]"
        await settled(pilot)
        assert not acting(seen(pilot) + said(pilot))
        await press(pilot, "escape", "1", "slash")
        panes(pilot).filter.value = "[/bold]\u202e"
        await settled(pilot)
        assert not acting(seen(pilot) + said(pilot))
        await press(pilot, "escape")
        assert pilot.app.is_running


def test_no_byte_of_a_hostile_name_reaches_the_terminal_from_any_view() -> None:
    command = [sys.executable, "-m", "cookietui", "demo", STORED_SITE]
    with PseudoTerminal(command, cwd=_ROOT, columns=160, lines=45) as terminal:
        terminal.read_until("no_end_known")
        terminal.send("*")
        terminal.read_until("marked")
        terminal.send("d")
        terminal.read_until("Will be deleted")
        terminal.send("y")
        terminal.read_until("deleted and verified")
        for key, heading in (("A", "Policy against"), ("H", "Past deletions"), ("D", "Profiles")):
            terminal.send(key)
            terminal.read_until(heading)
            terminal.send("jjjjjjjj")
            terminal.send("q")
            terminal.read_until("not needed")
        terminal.send("q")
        assert terminal.read_to_the_end() == 0
        output = terminal.output
    for payload in ("\u202e", "\u009b", "\u200b", "\u200d"):
        assert payload.encode() not in output
    assert not acting(without_sequences(output.decode()))
