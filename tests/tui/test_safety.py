"""What must never get out: control characters of strangers, and values of cookies."""

import html
import os
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from cookietui.model.verdict import JudgedCookie
from cookietui.stores.choosing import Wanted
from cookietui.tui.guards import ControlNet
from tests.tui.driving import (
    FIREFOX,
    Driver,
    app_in,
    go_to_site,
    panes,
    press,
    put_cursor_on,
    running,
    seen,
    selection,
    settled,
    toasts,
)
from tests.tui.pseudoterminal import PseudoTerminal, without_sequences

SECRET = "S3CRET"  # noqa: S105 - a word to look for
_BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("site", "last"),
    [("hostile-names.example", "no_end_known"), ("tampered-names.example", "two\\x0alines")],
)
def test_no_byte_of_a_hostile_name_reaches_the_terminal(site: str, last: str) -> None:
    command = [sys.executable, "-m", "cookietui", "demo", site]
    with PseudoTerminal(command, cwd=_ROOT, columns=160, lines=45) as terminal:
        terminal.read_until(last)
        for _ in range(20):
            terminal.send("j")
        terminal.send("o")
        terminal.read_until("grouped by kind")
        terminal.send("oooo")
        terminal.read_until("grouped by purpose")
        terminal.send("y")
        terminal.read_until("name copied")
        terminal.send("g ")
        terminal.read_until("marked")
        terminal.send("d")
        terminal.read_until("Will be deleted")
        terminal.send("n")
        terminal.read_until("nothing was deleted")
        terminal.send("q")
        assert terminal.read_to_the_end() == 0
        output = terminal.output
    for payload in ("\u202e", "\u009b", "\u200b", "\u200d", "x_trk\x1b[31m", "\x1b]0;title"):
        assert payload.encode() not in output
    assert b"\x1b[31m" not in output
    left = without_sequences(output.decode())
    hidden = {c for c in left if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert hidden <= {"\r", "\n"}


def test_the_net_drops_what_acts_on_a_terminal_and_keeps_the_rest() -> None:
    acting = "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\xad\u200b\u200d\u200e\u2028\u202e\u2066\ufeff"
    text = f"a{acting}b 言語 é…"
    (clean,) = ControlNet().apply([Segment(text)], Color(0, 0, 0))
    assert clean.text == "ab 言語 é…"


def test_the_net_drops_every_mark_that_turns_text_around() -> None:
    turning = [chr(c) for c in range(sys.maxunicode) if unicodedata.bidirectional(chr(c)) in _BIDI]
    marks = "".join(turning) + "\u061c\u200e\u200f"
    (clean,) = ControlNet().apply([Segment(f"a{marks}b")], Color(0, 0, 0))
    assert clean.text == "ab"


def test_the_net_leaves_the_program_s_own_control_segments_alone() -> None:
    own = Segment.line()
    plain = Segment("plain")
    title = Segment("\x1b]0;ours\x07", control=[])
    kept = ControlNet().apply([plain, title], Color(0, 0, 0))
    assert kept[0] is plain
    assert own.text == "\n"


async def test_the_net_lies_under_every_widget(home: Path) -> None:
    async with running(app_in(home)) as pilot:
        names = [type(each) for each in pilot.app.get_line_filters()]
        assert names[-1] is ControlNet
        panes(pilot).border_title = "x"
        panes(pilot).sites.border_title = "a\u202eb"
        await settled(pilot)
        await press(pilot, "1")
        assert "\u202e" not in seen(pilot)


async def test_markup_in_names_and_news_is_text(home: Path) -> None:
    async with running(app_in(home, "hostile-names.example"), (120, 40)) as pilot:
        for name in ("[bold red]sale[/]", "[/]"):
            await put_cursor_on(pilot, name)
            await press(pilot, "K")
            assert name in seen(pilot).splitlines()[-2]
        await put_cursor_on(pilot, "Unknown")
        await press(pilot, "space", "d")
        assert "[bold red]sale[/]" in seen(pilot)
        await press(pilot, "y")
        assert toasts(pilot) == ""
        await press(pilot, "u")
        assert len(selection(pilot).judged) == 18


async def test_markup_in_a_host_and_a_profile_s_name_is_text(home: Path) -> None:
    hostile = "x[red]\x1b[31m[/].example"
    with closing(sqlite3.connect(home / FIREFOX, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE moz_cookies SET host = ? WHERE host = 'tampered-names.example'", (hostile,)
        )
    ini = home / FIREFOX.parent.parent / "profiles.ini"
    ini.write_text(ini.read_text().replace("default-release", "[/]a\u202eb", 1))
    async with running(app_in(home), (120, 40)) as pilot:
        await go_to_site(pilot, hostile)
        await put_cursor_on(pilot, "Unknown")
        await press(pilot, "space", "d")
        shown = seen(pilot)
        assert "x[red]\\x1b[31m[/].example" in shown
        assert "[/]a\\u202eb" in shown
        asked = pilot.app.screen.query_one("#where")
        assert "\x1b" not in str(asked.content)  # type: ignore[attr-defined]


def firefox_values(home: Path) -> set[str]:
    """Every value in the Firefox store that cannot be something else by chance."""
    with closing(sqlite3.connect(home / FIREFOX)) as connection:
        found = connection.execute("SELECT value FROM moz_cookies").fetchall()
    return {value for (value,) in found if len(value) > 8 and " " not in value}


def firefox_line(pilot: Driver, name: str) -> int:
    """Where the cookie of the Firefox profile stands."""
    return next(
        index
        for index, line in enumerate(selection(pilot).lines)
        if isinstance(line, JudgedCookie)
        and line.cookie.name == name
        and line.cookie.key.profile.startswith("firefox")
    )


async def test_no_value_is_in_a_picture_of_the_screen_unless_asked_for(home: Path) -> None:
    values = firefox_values(home)
    assert len(values) > 40
    async with running(
        app_in(home, "opendatasoft.com", wanted=Wanted(browsers=("firefox",))), (160, 45)
    ) as pilot:
        for _ in selection(pilot).lines:
            picture = html.unescape(pilot.app.export_screenshot())
            assert [value for value in values if value in picture] == []
            await press(pilot, "down")
        name = "_gid"
        panes(pilot).cookies.cursor = firefox_line(pilot, name)
        await settled(pilot)
        await press(pilot, "v")
        picture = html.unescape(pilot.app.export_screenshot())
        assert len([value for value in values if value in picture]) == 1


_CRASH = """
import sys
from pathlib import Path
from textual.binding import Binding
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.tui.app import CookieApp
from cookietui.tui.screens.main import MainScreen
from cookietui.tui.theme import UNICODE

class Crashing(MainScreen):
    def action_sort(self):
        value = "S3" + "CRET"
        raise ValueError("what " + "happened")
    def action_group(self):
        def job():
            value = "S3" + "CRET"
            raise ValueError("what " + "happened")
        self._work(job)

async def pilot(driver):
    await driver.press(sys.argv[2])
    await driver.app.workers.wait_for_complete()
    await driver.pause()

workspace = Workspace(Environment.of_home(Path(sys.argv[1])))
app = CookieApp(workspace, lambda where: Crashing(where, UNICODE), lambda: workspace)
app.run(headless=True, auto_pilot=pilot)
sys.exit(app.return_code)
"""


@pytest.mark.parametrize("debug", [False, True], ids=["usual", "debugging"])
@pytest.mark.parametrize("key", ["s", "o"], ids=["in a handler", "in a worker"])
def test_a_crash_tells_no_value(tmp_path: Path, key: str, debug: bool) -> None:
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "COOKIETUI_DEBUG": "1" if debug else ""}
    ended = subprocess.run(
        [sys.executable, "-c", _CRASH, tmp_path, key],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    told = ended.stderr + ended.stdout
    assert ended.returncode == 1
    assert SECRET not in told
    if debug:
        assert "Traceback" in told
        assert "locals" not in told
    else:
        assert len(told.strip().splitlines()) == 1
        assert "what happened" not in told
        assert "COOKIETUI_DEBUG" in told


_LOGGED = """
import sys
from pathlib import Path
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.choosing import Wanted
from cookietui.tui.opening import build

async def pilot(driver):
    view = lambda: driver.app.screen._view
    while not view().selection.lines:
        await driver.pause()
    await driver.press("j", "v")
    while view().value is None:
        await driver.pause()
    shown = view().value
    await driver.press("Y", "j")
    await driver.pause()
    driver.app.exit(shown)

workspace = Workspace(Environment.of_home(Path(sys.argv[1]), sample=True))
app = build(workspace, wanted=Wanted(browsers=("firefox",)))
print(app.run(headless=True, auto_pilot=pilot))
"""


def test_the_library_s_log_holds_no_value_though_one_is_shown(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    environment = os.environ | {"PYTHONPATH": str(_ROOT), "TEXTUAL_LOG": str(log)}
    ended = subprocess.run(
        [sys.executable, "-c", _LOGGED, home],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    values, logged = firefox_values(home), log.read_text()
    assert ended.stdout.strip() in values
    assert "ValueRevealed" in logged
    assert [value for value in values if value in logged] == []
