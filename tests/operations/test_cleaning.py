"""Plan, delete, put back: exactly what was meant, all of it reversible, or nothing at all."""

import stat
from pathlib import Path

import pytest

from cookietui.errors import ConfigError, NothingFoundError, UndoError
from cookietui.model.deletion import Plan, Status
from cookietui.model.site import Site
from cookietui.model.verdict import JudgedCookie, Suggestion
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from tests.homes import CHROMIUM, FIREFOX, contents, firefox_running, furnished

SITE = Site.parse("opendatasoft.com")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return furnished(tmp_path / "home")


@pytest.fixture
def workspace(home: Path) -> Workspace:
    return Workspace(Environment.of_home(home))


def stores(home: Path) -> dict[str, list[tuple[object, ...]]]:
    return {profile: contents(home, profile) for profile in (CHROMIUM, FIREFOX)}


def planned(workspace: Workspace, *names: str) -> Plan:
    """What goes: the cookies of these names, or whatever is suggested for removal."""
    inventory = workspace.scan()
    shown = workspace.judge(inventory.of_site(SITE), SITE.registrable)

    def goes(each: JudgedCookie) -> bool:
        if names:
            return each.cookie.name in names
        return each.verdict.suggestion is Suggestion.REMOVE

    return workspace.plan(SITE.host, shown, [each for each in shown if goes(each)], inventory)


def test_a_plan_says_what_goes_what_stays_and_why_and_changes_nothing(
    workspace: Workspace, home: Path
) -> None:
    before = stores(home)
    workspace.overrides.keep("_gid", "opendatasoft.com")
    plan = planned(workspace)
    assert [part.profile.id for part in plan.parts] == [CHROMIUM, FIREFOX]
    names = {each.cookie.name for each in plan.deleting}
    assert {"_ga", "_fbp", "IDE", "fr"} <= names
    why = {kept.cookie.name: kept.why for kept in plan.keeping}
    assert why == {
        "sessionid": "necessary",
        "django_language": "necessary",
        "csrftoken": "necessary",
        "cookies_preferences": "necessary",
        "_gid": "you said to keep it",
    }
    assert plan.refused == ()
    assert stores(home) == before
    assert not workspace.environment.journal.exists()


def test_what_is_not_chosen_stays_and_is_told_so(workspace: Workspace) -> None:
    why = {kept.cookie.name: kept.why for kept in planned(workspace, "_ga").keeping}
    assert why["_fbp"] == "not chosen"


def test_exactly_what_was_planned_is_deleted_from_both_stores(
    workspace: Workspace, home: Path
) -> None:
    before, plan = stores(home), planned(workspace)
    receipt = workspace.clean(plan)
    assert receipt.status is Status.DONE
    assert receipt.deleted == plan.deleting
    assert receipt.refused == ()
    after = stores(home)
    for profile in (CHROMIUM, FIREFOX):
        gone = [row for row in before[profile] if row not in after[profile]]
        part = next(part for part in plan.parts if part.profile.id == profile)
        assert len(gone) == len(part.deleting)
        assert [row for row in before[profile] if row not in gone] == after[profile]
    left = {each.id for each in workspace.scan().of_site(SITE)}
    assert left == {kept.cookie.id for kept in plan.keeping}


def test_an_undo_puts_every_byte_back(workspace: Workspace, home: Path) -> None:
    before = stores(home)
    receipt = workspace.clean(planned(workspace))
    entry, restoration = workspace.undo()
    assert entry.id == receipt.journal == restoration.journal
    assert restoration.status is Status.DONE
    assert restoration.restored == len(receipt.deleted)
    assert restoration.skipped == ()
    assert stores(home) == before


def test_a_deletion_is_on_record_for_its_owner_only(workspace: Workspace) -> None:
    receipt = workspace.clean(planned(workspace))
    [entry] = workspace.journal.entries()
    assert entry.id == receipt.journal
    assert entry.site == SITE.host
    assert len(entry.rows) == len(receipt.deleted)
    assert (entry.undone, entry.unfinished) == (False, False)
    folder = workspace.environment.journal
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_two_deletions_in_the_same_second_have_two_records(home: Path) -> None:
    workspace = Workspace(Environment.of_home(home), clock=lambda: 1_795_000_000_000_000)
    one = workspace.clean(planned(workspace, "_ga"))
    other = workspace.clean(planned(workspace, "_fbp"))
    assert one.journal != other.journal
    assert {entry.id for entry in workspace.journal.entries()} == {one.journal, other.journal}


def test_deletions_are_undone_from_the_last_to_the_first(workspace: Workspace, home: Path) -> None:
    before = stores(home)
    first = workspace.clean(planned(workspace, "_ga"))
    between = stores(home)
    second = workspace.clean(planned(workspace, "_fbp", "sessionid"))
    assert workspace.undo()[0].id == second.journal
    assert stores(home) == between
    assert workspace.undo()[0].id == first.journal
    assert stores(home) == before


def test_a_deletion_can_be_undone_by_its_id_though_it_is_not_the_last(
    workspace: Workspace, home: Path
) -> None:
    first = workspace.clean(planned(workspace, "_ga"))
    workspace.clean(planned(workspace, "_fbp"))
    _, restoration = workspace.undo(first.journal)
    assert restoration.restored == len(first.deleted)
    names = {each.name for each in workspace.scan().of_site(SITE)}
    assert "_ga" in names
    assert "_fbp" not in names


def test_what_was_undone_cannot_be_undone_again(workspace: Workspace, home: Path) -> None:
    receipt = workspace.clean(planned(workspace))
    workspace.undo()
    before = stores(home)
    with pytest.raises(UndoError, match="put back before") as caught:
        workspace.undo(receipt.journal)
    assert caught.value.exit_code == 6
    assert stores(home) == before
    with pytest.raises(NothingFoundError):
        workspace.undo()


@pytest.mark.parametrize("entry", [None, "20261123-120000-1", "../kept", "", "/etc/passwd"])
def test_without_a_deletion_there_is_nothing_to_undo(
    workspace: Workspace, entry: str | None
) -> None:
    with pytest.raises(NothingFoundError) as caught:
        workspace.undo(entry)
    assert caught.value.exit_code == 3


def test_nothing_chosen_deletes_nothing_and_leaves_no_record(
    workspace: Workspace, home: Path
) -> None:
    before = stores(home)
    receipt = workspace.clean(planned(workspace, "no such name"))
    assert (receipt.status, receipt.journal, receipt.deleted) == (Status.DONE, None, ())
    assert stores(home) == before
    assert workspace.journal.entries() == ()


def test_a_running_browser_is_left_alone_and_the_other_is_cleaned(
    workspace: Workspace, home: Path
) -> None:
    before = stores(home)
    with firefox_running(home):
        plan = planned(workspace)
        receipt = workspace.clean(plan)
    assert [(each.profile, each.error) for each in plan.refused] == [
        (FIREFOX, "BrowserRunningError")
    ]
    assert receipt.status is Status.PARTIAL
    assert [(each.profile, each.exit_code) for each in receipt.refused] == [(FIREFOX, 5)]
    assert {each.cookie.key.profile for each in receipt.deleted} == {CHROMIUM}
    assert stores(home)[FIREFOX] == before[FIREFOX]
    assert len(stores(home)[CHROMIUM]) == len(before[CHROMIUM]) - len(receipt.deleted)
    _, restoration = workspace.undo(receipt.journal)
    assert restoration.status is Status.DONE
    assert stores(home) == before


def test_a_browser_that_starts_after_the_plan_is_left_alone_too(
    workspace: Workspace, home: Path
) -> None:
    before, plan = stores(home), planned(workspace, "django_language")
    only_firefox = Plan(plan.site, plan.parts[1:], plan.keeping)
    with firefox_running(home):
        receipt = workspace.clean(only_firefox)
    assert (receipt.status, receipt.journal, receipt.deleted) == (Status.REFUSED, None, ())
    assert stores(home) == before
    assert workspace.journal.entries() == ()


def test_an_undo_leaves_a_running_browser_alone_and_can_be_finished_later(
    workspace: Workspace, home: Path
) -> None:
    before = stores(home)
    receipt = workspace.clean(planned(workspace))
    with firefox_running(home):
        _, half = workspace.undo()
    assert half.status is Status.PARTIAL
    assert [each.profile for each in half.refused] == [FIREFOX]
    assert stores(home)[CHROMIUM] == before[CHROMIUM]
    _, rest = workspace.undo()
    assert rest.status is Status.DONE
    assert half.restored + rest.restored == len(receipt.deleted)
    assert stores(home) == before


def test_nothing_is_deleted_that_cannot_be_saved_first(workspace: Workspace, home: Path) -> None:
    before, plan = stores(home), planned(workspace)
    workspace.environment.journal.parent.mkdir(parents=True, exist_ok=True)
    workspace.environment.journal.write_text("a file in the place of the folder")
    receipt = workspace.clean(plan)
    assert (receipt.status, receipt.deleted) == (Status.REFUSED, ())
    assert {(each.error, each.exit_code) for each in receipt.refused} == {("BackupError", 6)}
    assert stores(home) == before


def test_a_plan_that_is_out_of_date_deletes_nothing_of_its_store(
    workspace: Workspace, home: Path
) -> None:
    plan = planned(workspace)
    workspace.clean(planned(workspace, "_ga"))
    before = stores(home)
    receipt = workspace.clean(plan)
    assert receipt.status is Status.REFUSED
    assert {each.profile for each in receipt.refused} == {CHROMIUM, FIREFOX}
    assert stores(home) == before


def test_with_a_broken_file_of_kept_cookies_nothing_can_be_deleted(
    workspace: Workspace, home: Path
) -> None:
    workspace.environment.kept.parent.mkdir(parents=True, exist_ok=True)
    workspace.environment.kept.write_text('{"overrides": [{"name": "sid"')
    with pytest.raises(ConfigError):
        Workspace(Environment.of_home(home))
    assert workspace.environment.kept.read_text() == '{"overrides": [{"name": "sid"'


def test_what_the_site_set_again_meanwhile_is_left_as_it_is(
    workspace: Workspace, home: Path
) -> None:
    saved = (home / ".config/chromium/Default/Cookies").read_bytes()
    receipt = workspace.clean(planned(workspace, "_ga"))
    (home / ".config/chromium/Default/Cookies").write_bytes(saved)
    before = contents(home, CHROMIUM)
    _, restoration = workspace.undo(receipt.journal)
    assert restoration.status is Status.DONE
    assert [each.name for each in restoration.skipped] == ["_ga"]
    assert restoration.skipped[0].why
    assert restoration.restored == len(receipt.deleted) - 1
    assert contents(home, CHROMIUM) == before
