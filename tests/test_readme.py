"""Every command line that the papers show does what they say, in a home of its own."""

import re
import shlex
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cookietui.cli.commands import cookietui
from cookietui.cli.program import run
from cookietui.config import Config, load_config
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.tui.commands import changed_keys
from cookietui.tui.opening import build
from tests.builders import chromium_row, firefox_row
from tests.cli import schemas
from tests.homes import CHROMIUM_FOLDER, FIREFOX_FOLDER, furnished
from tests.papers import PAPERS, paper

_SHOWN = re.compile(r"^(?:    |\$ )(cookietui(?: .*|))$", re.MULTILINE)
_STATUS = re.compile(r"ends with (\d+)")
_TOML = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_DELETE = ("clean", "example.com", "--apply", "--yes")
# What has to have been done before a line has something to do.
_BEFORE: dict[str, tuple[str, ...]] = {
    "undo": _DELETE,
    "forget": _DELETE,
    "history": _DELETE,
    "--came-back": _DELETE,
    "keep remove": ("keep", "add", "example.com", "prefs"),
    "keep list": ("keep", "add", "example.com", "prefs"),
}
_POLICY = """\
# Cookies

| Name | Purpose | Description | Lifetime |
|---|---|---|---|
| basket | Necessary | Holds what you put into the basket. | 2 weeks |
| prefs | Preferences | Remembers your language. | 1 year |
"""
_PAGE = """\
<html><body><h1>Cookies</h1><table>
<tr><th>Name</th><th>Purpose</th><th>Description</th><th>Lifetime</th></tr>
<tr><td>basket</td><td>Necessary</td><td>Holds the basket.</td><td>2 weeks</td></tr>
<tr><td>prefs</td><td>Preferences</td><td>Remembers your language.</td><td>1 year</td></tr>
</table></body></html>
"""
_EXPORTED = """\
# Netscape HTTP Cookie File

.example.com\tTRUE\t/\tTRUE\t4000000000\t_ga\tGA1.1.1.1
"""

Line = tuple[str, str]


def shown() -> Iterator[Line]:
    """Every command line in a block of a paper, with the paper's name."""
    for source in PAPERS:
        for match in _SHOWN.finditer(source.read_text("utf-8")):
            yield source.name, match[1]


LINES = list(dict.fromkeys(shown()))


@pytest.fixture(scope="session")
def furniture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and some cookies of the site that the papers speak of; only to be copied."""
    home = furnished(tmp_path_factory.mktemp("readme"))
    policies = home / ".config" / "cookietui" / "policies"
    policies.mkdir(parents=True)
    (policies / "my-shop.toml").write_text(blocks("docs/policy-format.md")[0], "utf-8")
    for name in ("_ga", "_fbp", "prefs", "basket", "exp_layout"):
        set_by_the_site(home, name)
    return home


def set_by_the_site(home: Path, name: str, *, again: int = 0) -> None:
    """Set a cookie of the site that the papers speak of in both browsers."""
    host = ".example.com"
    row = chromium_row(host_key=host, name=name, expires_utc=20_000_000_000_000_000)
    row["creation_utc"] = int(str(row["creation_utc"])) + again
    insert(home / CHROMIUM_FOLDER / "Cookies", "cookies", row)
    row = firefox_row(host=host, name=name, expiry=4_000_000_000_000)
    row["creationTime"] = int(str(row["creationTime"])) + again
    insert(home / FIREFOX_FOLDER / "cookies.sqlite", "moz_cookies", row)


def insert(store: Path, table: str, row: dict[str, Any]) -> None:
    """Add a row to a sample store, of whatever layout that is."""
    with closing(sqlite3.connect(store)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        own = [name for name in columns if name in row and name != "id"]
        marks = ", ".join("?" for _ in own)
        query = f"INSERT INTO {table} ({', '.join(own)}) VALUES ({marks})"  # noqa: S608
        connection.execute(query, [row[name] for name in own])
        connection.commit()


def blocks(name: str) -> list[str]:
    """The blocks of TOML in a paper."""
    return _TOML.findall(paper(name))


@pytest.fixture
def home(furniture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for one test, which is where one types, with the files that the papers name."""
    home = tmp_path / "person"
    shutil.copytree(furniture, home)
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where the samples of the demo go
    Path("cookies.html").write_text(_PAGE, "utf-8")
    Path("cookies.md").write_text(_POLICY, "utf-8")
    Path("cookies.txt").write_text(_EXPORTED, "utf-8")
    return home


class Screen:
    """Puts the screen together as it would be opened, and stops there."""

    def __init__(self) -> None:
        self.opened = 0

    def __call__(
        self, workspace: Workspace, config: Config, *, theme: str | None, group: str | None,
        no_mouse: bool, **options: Any,  # noqa: ANN401 - the screen's own
    ) -> int:  # fmt: skip
        del config, group, no_mouse
        build(workspace, theme=theme or "", **options)
        self.opened += 1
        return 0


def words_of(line: str) -> tuple[list[str], int]:
    """The words after the program's name, and the exit status that the line speaks of."""
    typed, _, aside = line.partition("  #")
    status = _STATUS.search(aside)
    # What the shell does with the output is the shell's own.
    typed = re.split(r" [|>] ", typed)[0]
    return shlex.split(typed)[1:], int(status[1]) if status else 0


def opens_the_screen(words: list[str]) -> bool:
    commands = [word for word in words if word in cookietui.commands and word != "demo"]
    return not commands and "--help" not in words and "--version" not in words


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[1])
def test_a_line_that_is_shown_ends_as_it_is_said(
    line: Line, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, status = words_of(line[1])
    environment, screen = Environment.of_home(home), Screen()
    if before := next((done for what, done in _BEFORE.items() if what in line[1]), None):
        assert run(cookietui, before, environment, screen) == 0
        capsys.readouterr()
    if "--came-back" in words:
        set_by_the_site(home, "_ga", again=1_000_000)
    ended = run(cookietui, words, environment, screen)
    printed = capsys.readouterr()
    assert ended == status, printed.err
    assert screen.opened == opens_the_screen(words)
    if "-o" in words:
        assert Path(words[words.index("-o") + 1]).stat().st_mode & 0o077 == 0
    elif "--apply" not in words and not screen.opened:
        assert printed.out.strip() or printed.err.strip()
    schemas.check(words, printed.out)


def test_there_are_lines_of_every_command() -> None:
    said = {word for _, line in LINES for word in line.split()}
    assert len(LINES) > 40
    assert {name for name in cookietui.commands if name != "open"} - said == set()


def test_the_settings_that_are_shown_can_be_read(tmp_path: Path) -> None:
    [settings] = blocks("README.md")
    path = tmp_path / "config.toml"
    path.write_text(settings, "utf-8")
    config = load_config(path)
    assert config.screen == Config().screen
    assert config.backups == Config().backups
    assert config.folders[0].browser == "brave"
    assert changed_keys(config.keys)["delete"] == ("d", "delete")


def test_the_policy_that_is_shown_can_be_read(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["policy", "show", "my-shop"]
    assert run(cookietui, words, Environment.of_home(home), Screen()) == 0
    assert "Holds what you put into the basket." in capsys.readouterr().out
