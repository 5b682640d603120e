"""Completion: what shells are told, asked as they ask, and what a real bash makes of it."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookietui.cli.shells import SHELLS, word_before
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, contents, values

SITE = "opendatasoft.com"
BREAKS = " \t\n\"'><=;|&(:"
ROOT = Path(__file__).parents[2]


class Shell:
    """Asks as a shell does.

    Args:
        cli: The command line in somebody's home.
        monkeypatch: Sets what a shell sets.
    """

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cli = cli
        self._patch = monkeypatch

    def words(self, *words: str, asking: str = "bash") -> list[str]:
        """What could stand in the place of the last word."""
        with self._patch.context() as patch:
            patch.setenv("_COOKIETUI_COMPLETE", f"{asking}_complete")
            patch.setenv("COMP_WORDS", " ".join(("cookietui", *words)))
            patch.setenv("COMP_CWORD", words[-1] if asking == "fish" else str(len(words)))
            ran = self.cli()
        assert (ran.code, ran.err) == (0, "")
        return ran.out.splitlines()

    def line(self, line: str) -> list[str]:
        """What bash would put in the place of what it calls a word."""
        with self._patch.context() as patch:
            patch.setenv("_COOKIETUI_COMPLETE", "bash_complete")
            patch.setenv("COMP_LINE", line)
            patch.setenv("COMP_WORDBREAKS", BREAKS)
            ran = self.cli()
        assert (ran.code, ran.err) == (0, "")
        return ran.out.splitlines()


@pytest.fixture
def shell(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(cli, monkeypatch)


def plain(*words: str) -> list[str]:
    return [f"plain,{word}" for word in words]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("comp",), ("completion",)),
        (("harb",), ("harbour-books.example",)),
        (("list", "harb"), ("harbour-books.example",)),
        (("list", "www.harb"), ("www.harbour-books.example",)),
        (("explain", "opendata"), (SITE,)),
        (("keep", "add", "opendata"), (SITE,)),
        (("keep", "re"), ("remove",)),
        (("list", "--host", "opendata"), (SITE,)),
        (("policy", "import", "x.md", "--site", "opendata"), (SITE,)),
        (("list", "--profile", ""), (CHROMIUM, FIREFOX)),
        (("list", "--profile", "fire"), (FIREFOX,)),
        (("list", "--profile=fire"), (FIREFOX,)),
        (("sites", "--browser", "c"), ("chromium",)),
        (("policy", "show", "opendatas"), ("opendatasoft",)),
        (("policy", "remove", ""), ()),
        (("clean", SITE, "--purpose", "m"), ("marketing",)),
        (("clean", SITE, "--purpose", "statistics", "--purpose", "m"), ("marketing",)),
        (("export", SITE, "--to", "c"), ("cookie-editor", "csv")),
        (("audit", SITE, "--to", "h"), ("html",)),
        (("audit", SITE, "--fail-on", "und"), ("undeclared",)),
        (("audit", SITE, "--fail-on", "undeclared,u"), ()),
        (("audit", SITE, "--fail-on", "undeclared,out"), ("undeclared,outlives",)),
        (("--the",), ("--theme",)),
        (("list", "--jso"), ("--json",)),
        (("completion", ""), ("bash", "zsh", "fish")),
        (("undo", ""), ()),
        (("nonsense", "more", ""), ()),
        (("explain", SITE, ""), ()),
    ],
)
def test_bash_is_told_what_is_there(
    shell: Shell, words: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert shell.words(*words) == plain(*found)


def test_zsh_and_fish_are_told_the_same_with_what_it_means(shell: Shell) -> None:
    told = shell.words("list", "--profile", "fire", asking="zsh")
    assert told == ["plain", FIREFOX.replace(":", "\\:"), "Firefox, default-release"]
    told = shell.words("list", "--profile", "fire", asking="fish")
    assert told == [f"plain,{FIREFOX}\tFirefox, default-release"]


@pytest.mark.parametrize("asking", ["zsh", "fish"])
def test_an_option_in_the_same_word_is_part_of_the_answer(shell: Shell, asking: str) -> None:
    told = "".join(shell.words("export", SITE, "--to=net", asking=asking))
    assert "--to=netscape" in told


def test_only_the_sites_of_a_named_profile_are_offered(shell: Shell) -> None:
    everything = set(shell.words("list", "--profile", CHROMIUM, ""))
    other = set(shell.words("list", "--profile", FIREFOX, ""))
    assert everything - other
    assert other - everything


def test_deletions_are_offered_by_their_ids(shell: Shell) -> None:
    shell.cli("clean", SITE, "--apply")
    entry = shell.cli("history").rows[0][0]
    assert shell.words("undo", "2") == plain(entry)
    assert shell.words("forget", "") == plain(entry)


def test_own_policies_are_offered_for_removal(shell: Shell) -> None:
    page = shell.cli.home / "page.md"
    page.write_text("| Cookie | Purpose |\n|---|---|\n| sid | Necessary |\n")
    assert shell.cli("policy", "import", str(page), "--site", "shop.example").code == 0
    assert shell.words("policy", "remove", "") == plain("shop.example")


@pytest.mark.parametrize("words", [("--from", "x"), ("--policy", "x"), ("--profile", "./x")])
def test_files_are_left_to_the_shell(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell.words("list", *words) == [f"file,{words[1]}"]


def test_the_demo_completes_what_is_in_the_demo(shell: Shell) -> None:
    shutil.rmtree(shell.cli.home / ".config")
    assert shell.words("list", "harb") == []
    assert shell.words("demo", "list", "harb") == plain("harbour-books.example")
    assert shell.words("demo", "list", "--pur") == plain("--purpose")
    assert shell.words("demo", "expl") == plain("explain")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("cookietui list --profile chromium:", ("Default", "Profile\\ 1")),
        ("cookietui list --profile chromium:D", ("Default",)),
        ("cookietui list --profile chromium:Profile\\ ", ("Profile\\ 1",)),
        ("cookietui list --profile chro", ("chromium:Default", "chromium:Profile\\ 1")),
        ('cookietui list --profile "chromium:Pro', ("chromium:Profile 1",)),
        ("cookietui list --profile 'chromium:Pro", ("chromium:Profile 1",)),
        ("cookietui list --profile=chromium:P", ("Profile\\ 1",)),
        ("cookietui list --profile=", ("chromium:Default", "chromium:Profile\\ 1", FIREFOX)),
        ("cookietui   list   opendata", (SITE,)),
    ],
)
def test_bash_is_told_what_it_has_to_insert(
    shell: Shell, line: str, found: tuple[str, ...]
) -> None:
    folder = shell.cli.home / STORES[CHROMIUM][0].parent
    shutil.copytree(folder, folder.with_name("Profile 1"))
    assert shell.line(line) == plain(*found)


@pytest.mark.parametrize(
    ("line", "before", "quote"),
    [
        ("a b", "", ""),
        ("a x:y:z", "x:y:", ""),
        ("a x\\:y", "", ""),
        ("a 'x:y", "", "'"),
        ("a x:'y z' ", "", ""),
        ('a x:"y z', "x:", '"'),
        ("a --o=x:y", "--o=x:", ""),
        ("a b\\ c:d", "b c:", ""),
        ("", "", ""),
    ],
)
def test_a_word_is_taken_apart_as_bash_does(line: str, before: str, quote: str) -> None:
    assert word_before(line, ":=") == (before, quote)


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_store_that_cannot_be_read_is_passed_over(shell: Shell, damage: bytes) -> None:
    (shell.cli.home / STORES[FIREFOX][0]).write_bytes(damage)
    assert shell.words("list", "harb") == plain("harbour-books.example")


def test_broken_settings_and_policies_are_passed_over(shell: Shell) -> None:
    shell.cli.environment.policies.mkdir(parents=True)
    (shell.cli.environment.policies / "mine.toml").write_text("[[")
    assert shell.words("policy", "show", "open") == []
    shell.cli.environment.settings.write_text("[")
    assert shell.words("list", "harb") == []
    assert shell.words("list", "--profile", "") == []
    assert shell.words("lis") == plain("list")


def test_strangers_hosts_are_never_offered_as_something_else(shell: Shell) -> None:
    jar = shell.cli.home / "jar.json"
    hosts = ["a\\u001b[31m.example", "b\\n.example", "\\u202ec.example", "d$(touch x).example"]
    cookies = ", ".join(f'{{"name": "n", "host": "{host}"}}' for host in hosts)
    jar.write_text(f"[{cookies}]")
    line = shell.line(f"cookietui list --from {jar} ")
    assert not any(sign in "".join(line) for sign in "\x1b\u202e")
    assert not any("$(" in each.replace("\\$\\(", "") for each in line)


def test_of_cookies_nothing_is_told_but_whose_they_are(shell: Shell) -> None:
    told = "\n".join(
        line
        for words in (("list", ""), ("explain", SITE, ""), ("keep", "add", SITE, ""), ("",))
        for line in shell.words(*words)
    )
    names = {row[0] for row in shell.cli("list").rows} - {"session", "list"}
    secrets = values(shell.cli.home)
    assert not [line for line in told.splitlines() if line.partition(",")[2] in names | secrets]


def test_nothing_is_changed_and_no_copy_is_left(shell: Shell) -> None:
    before = {profile: contents(shell.cli.home, profile) for profile in (CHROMIUM, FIREFOX)}
    shell.words("list", "")
    assert {profile: contents(shell.cli.home, profile) for profile in before} == before
    assert not list(shell.cli.environment.scratch.glob("*"))


@pytest.mark.parametrize(
    "asked", ["bash", "bash_", "powershell_complete", "x" * 5000, "zsh_complete"]
)
def test_whatever_is_asked_nothing_is_said_but_answers(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setenv("_COOKIETUI_COMPLETE", asked)
    ran = cli("list")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_printed(cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    ran = cli("completion", name)
    assert (ran.code, ran.err) == (0, "")
    assert f"_COOKIETUI_COMPLETE={name}_complete" in ran.out
    assert "%(" not in ran.out
    monkeypatch.setenv("_COOKIETUI_COMPLETE", f"{name}_source")
    assert cli().out == ran.out


def test_fish_takes_only_the_first_comma_for_its_own(cli: Cli) -> None:
    assert 'string split -m 1 ","' in cli("completion", "fish").out


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_that_is_there_can_read_its_script(cli: Cli, name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name}")
    text = cli("completion", name).out
    ran = subprocess.run([name, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


class Bash:
    """A real bash on a terminal of its own, in which keys are pressed."""

    def __init__(self, home: Path, folder: Path) -> None:
        folder.mkdir()
        program = folder / "cookietui"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cookietui "$@"\n')
        program.chmod(0o700)
        self._own, theirs = pty.openpty()
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-i"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            start_new_session=True,
            env=os.environ | {
                "HOME": str(home),
                "PATH": f"{folder}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
                "PS1": "$ ",
                "TERM": "dumb",
                "HISTFILE": "",
                "INPUTRC": os.devnull,
            },
        )  # fmt: skip
        os.close(theirs)

    def press(self, keys: str, until: str) -> str:
        """Press keys, and read until something is there."""
        os.write(self._own, keys.encode())
        told = ""
        while until not in told:
            told += os.read(self._own, 4096).decode()
        return told

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        os.close(self._own)


@pytest.fixture
def bash(cli: Cli, tmp_path: Path) -> Iterator[Bash]:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    folder = cli.home / STORES[CHROMIUM][0].parent
    shutil.copytree(folder, folder.with_name("Profile 1"))
    found = Bash(cli.home, tmp_path / "bin")
    try:
        # The words are put together by bash, so that what was typed is not taken for them.
        found.press('bind "set enable-bracketed-paste off"; echo re""ady\n', "ready\r\n")
        found.press('eval "$(cookietui completion bash)"; echo rea""d\n', "read\r\n")
        yield found
    finally:
        found.close()


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cookietui compl\t", ["completion"]),
        ("cookietui list opendata\t", ["list", SITE]),
        ("cookietui list --profile chromium:D\t", ["list", "--profile", CHROMIUM]),
        ("cookietui list --profile chromium:P\t", ["list", "--profile", "chromium:Profile 1"]),
        ("cookietui list --profile 'chromium:P\t", ["list", "--profile", "chromium:Profile 1"]),
        ("cookietui list --profile=fire\t", ["list", f"--profile={FIREFOX}"]),
        ("cookietui clean opendata\t--purp\tmark\t", ["clean", SITE, "--purpose", "marketing"]),
    ],
)
def test_a_real_bash_completes_a_line(bash: Bash, typed: str, meant: list[str]) -> None:
    # Instead of being run the line is printed, a word a line.
    told = bash.press(typed + "\x01printf '<%s>' \x05\n", f"<{meant[-1]}>")
    assert "".join(f"<{word}>" for word in ["cookietui", *meant]) in told
