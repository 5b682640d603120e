"""What was deleted, from which store, and where copies of the whole stores are."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import contents as rows_of
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, STORES, contents, firefox_running

SITE = "opendatasoft.com"
_KILLED = """
import os, signal, sys
from cookietui.operations import workspace

class Dying(workspace.Journal):
    def save(self, *arguments):
        super().save(*arguments)
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)

    def record(self, *arguments):
        os.kill(os.getpid(), signal.SIGKILL)

workspace.Journal = Dying
from cookietui.__main__ import main
moment = sys.argv.pop(1)
main()
"""
BACKUP = {"at", "profile", "store", "path", "bytes", "sha256"}


def stores(cli: Cli) -> dict[str, list[tuple[object, ...]]]:
    return {profile: contents(cli.home, profile) for profile in (CHROMIUM, FIREFOX)}


def configure(cli: Cli, text: str) -> Path:
    cli.environment.settings.parent.mkdir(parents=True, exist_ok=True)
    cli.environment.settings.write_text(text)
    return cli.environment.settings


def copies(cli: Cli) -> list[Path]:
    return sorted(cli.environment.backups.glob("*"))


def test_every_store_is_told_with_what_went_from_it(cli: Cli) -> None:
    before = stores(cli)
    ran = cli("clean", SITE, "--apply")
    after = stores(cli)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    gone = {who: len(before[who]) - len(after[who]) for who in before}
    assert lines[0] == f"{sum(gone.values())} cookies deleted and verified"
    assert lines[1:3] == [f"  {who}: {gone[who]}" for who in (CHROMIUM, FIREFOX)]
    assert min(gone.values()) > 0
    assert lines[3].startswith("`cookietui undo ")
    assert len(lines) == 4


def test_one_store_alone_needs_no_line_of_its_own(cli: Cli) -> None:
    ran = cli("clean", SITE, "--apply", "--profile", FIREFOX)
    assert ran.code == 0
    assert FIREFOX not in ran.out
    assert len(ran.out.splitlines()) == 2


def test_nothing_went_from_a_store_that_was_refused(cli: Cli) -> None:
    before = stores(cli)
    with firefox_running(cli.home):
        ran = cli("clean", SITE, "--apply")
    after = stores(cli)
    assert ran.code == 5
    gone = len(before[CHROMIUM]) - len(after[CHROMIUM])
    assert ran.out.splitlines()[:3] == [
        f"{gone} cookies deleted and verified",
        f"  {CHROMIUM}: {gone}",
        f"  {FIREFOX}: nothing",
    ]
    assert gone > 0
    assert after[FIREFOX] == before[FIREFOX]
    assert "Firefox" in ran.err


def test_if_every_store_is_refused_none_is_told_as_changed(cli: Cli) -> None:
    before = stores(cli)
    with firefox_running(cli.home):
        ran = cli("clean", SITE, "--apply", "--profile", FIREFOX)
    assert (ran.code, ran.out) == (5, "nothing was deleted\n")
    assert stores(cli) == before


def test_the_first_deletion_of_a_day_keeps_a_copy_of_each_store(cli: Cli) -> None:
    before = stores(cli)
    assert cli("clean", SITE, "--name", "_ga", "--apply").code == 0
    backups = cli.json("history")["backups"]
    assert all(set(each) == BACKUP for each in backups)
    assert {each["profile"]: each["store"] for each in backups} == {
        who: str(cli.home / STORES[who][0]) for who in (CHROMIUM, FIREFOX)
    }
    for each in backups:
        path, table = Path(each["path"]), STORES[each["profile"]][1]
        assert path.stat().st_size == each["bytes"]
        assert len(rows_of(path, table)) == len(before[each["profile"]])
    assert {path.parent for path in copies(cli)} == {cli.environment.backups}
    kept = [path.read_bytes() for path in copies(cli)]
    assert len(kept) == 4
    assert cli("clean", SITE, "--apply").code == 0
    assert [path.read_bytes() for path in copies(cli)] == kept


def test_a_store_of_which_nothing_goes_is_not_copied(cli: Cli) -> None:
    assert cli("clean", SITE).code == 0
    assert cli("clean", SITE, "--name", "no_such", "--apply").code == 0
    assert copies(cli) == []
    assert cli("clean", SITE, "--apply", "--profile", FIREFOX).code == 0
    (backup,) = cli.json("history")["backups"]
    assert backup["profile"] == FIREFOX


def test_history_says_where_copies_are_beside_its_table(cli: Cli) -> None:
    assert cli("history").err == ""
    cli("clean", SITE, "--apply")
    ran = cli("history")
    size = sum(path.stat().st_size for path in cli.environment.backups.glob("*.sqlite"))
    assert ran.err == f"2 copies of whole stores, {size} bytes, in {cli.environment.backups}\n"
    ((_, _, site, count, state, _),) = ran.rows
    assert (site, count, state) == (SITE, "14", "deleted")


def test_copies_are_forgotten_with_the_old_deletions(cli: Cli) -> None:
    cli("clean", SITE, "--apply")
    assert "copies" not in cli("forget", "--older-than", "1d").err
    assert len(copies(cli)) == 4
    ran = cli("forget", "--older-than", "0d")
    assert (ran.code, ran.out) == (0, "1 deletion forgotten\n")
    assert "2 copies of whole stores" in ran.err
    assert copies(cli) == []
    assert cli.json("history")["backups"] == []


def test_a_deletion_that_is_forgotten_by_its_id_leaves_the_copies(cli: Cli) -> None:
    name = cli.json("clean", SITE, "--apply")["journal"]
    assert cli("forget", name).code == 0
    assert len(copies(cli)) == 4


def test_the_settings_can_do_without_copies(cli: Cli) -> None:
    configure(cli, "[backups]\nkeep_days = 0\n")
    assert cli("clean", SITE, "--apply").code == 0
    assert not cli.environment.backups.exists()
    assert cli.json("history")["backups"] == []
    assert cli("undo").code == 0


def test_the_settings_say_how_large_the_copies_may_be(cli: Cli) -> None:
    configure(cli, "[backups]\nkeep_megabytes = 0\n")
    assert cli("clean", SITE, "--apply", "--profile", CHROMIUM).code == 0
    (first,) = cli.json("history")["backups"]
    assert cli("clean", SITE, "--apply", "--profile", FIREFOX).code == 0
    (second,) = cli.json("history")["backups"]
    assert (first["profile"], second["profile"]) == (CHROMIUM, FIREFOX)


@pytest.mark.parametrize("text", ["keep_days = -1", "keep_megabytes = -1"])
def test_fewer_than_no_days_and_bytes_are_refused(cli: Cli, text: str) -> None:
    before = stores(cli)
    settings = configure(cli, f"[backups]\n{text}\n")
    ran = cli("clean", SITE, "--apply")
    assert ran.code == 2
    assert str(settings) in ran.err
    assert stores(cli) == before


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_where_no_copy_can_be_kept_nothing_is_deleted(cli: Cli, more: tuple[str, ...]) -> None:
    before = stores(cli)
    cli.environment.backups.parent.mkdir(parents=True, exist_ok=True)
    cli.environment.backups.write_text("a file in the place of the folder")
    ran = cli("clean", SITE, "--apply", *more)
    assert ran.code == 6
    assert ran.err.count("\n") == 2
    for line, who in zip(ran.err.splitlines(), (CHROMIUM, FIREFOX), strict=True):
        assert str(cli.home / STORES[who][0]) in line
        assert str(cli.environment.backups) in line
        assert "nothing was changed" in line
    assert stores(cli) == before
    assert cli("history").rows == []
    assert not list(cli.environment.journal.iterdir())


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_deletion_in_whose_middle_the_program_was_killed_is_told_once(
    cli: Cli, moment: str
) -> None:
    before = stores(cli)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, moment, "clean", SITE, "--apply"],
        env=os.environ | {"HOME": str(cli.home)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    gone = moment == "after"
    assert (len(stores(cli)[CHROMIUM]) < len(before[CHROMIUM])) is gone
    ran = cli("list", SITE)
    (line,) = ran.err.splitlines()
    assert "Chromium Sample person was interrupted" in line
    assert ("`cookietui undo " in line) is gone
    assert cli("list", SITE).err == ""
    assert [row[4:] for row in cli("history").rows] == [["deleted", CHROMIUM]] * gone
    assert cli("undo").code == (0 if gone else 3)
    assert stores(cli) == before
