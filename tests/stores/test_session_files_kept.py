"""Nothing of this program ever changes a session file, nor says that it will."""

from pathlib import Path

import pytest

from cookietui.errors import StoreError
from cookietui.model.policy import Purpose
from cookietui.model.site import Site
from cookietui.operations.selection import Selection
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from cookietui.stores.port import CookieStore
from tests.builders import firefox_row, firefox_store, open_store, profile
from tests.making import NOW, judged
from tests.sessions import CLEAN_END, OLDER_RECOVERY, RECOVERY, entry, write_session

FILES = (CLEAN_END, RECOVERY, OLDER_RECOVERY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with one cookie in its cookie store."""
    return firefox_store(tmp_path / "a.default", [firefox_row(name="kept")]).parent


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> CookieStore:
    return open_store(profile(folder / "cookies.sqlite"), tmp_path)


def test_a_deletion_changes_the_cookie_store_and_no_session_file(
    folder: Path, store: CookieStore
) -> None:
    paths = [write_session(folder, entry(name="kept"), name=name) for name in FILES]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    stored, session = store.read().cookies
    with store.edit() as edit:
        edit.delete(edit.rows([stored.key]))
        edit.commit()
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before
    assert store.read().cookies == (session,)
    assert sorted(path.name for path in (folder / "sessionstore-backups").iterdir()) == [
        "recovery.baklz4",
        "recovery.jsonlz4",
    ]


def test_an_edit_knows_no_row_of_a_session_cookie(folder: Path, store: CookieStore) -> None:
    write_session(folder, entry())
    _, session = store.read().cookies
    with pytest.raises((StoreError, ValueError)), store.edit() as edit:
        edit.rows([session.key])
    assert len(store.read().cookies) == 2


def test_a_chosen_session_cookie_is_kept_in_every_plan_and_told_why(tmp_path: Path) -> None:
    home, site = tmp_path / "home", Site.parse("shop.example")
    folder = home / ".config/mozilla/firefox/a.default"
    firefox_store(folder, [firefox_row(name="_ga")])
    path = write_session(folder, entry(name="_ga"), entry(name="_fbp"))
    before = path.read_bytes()
    workspace = Workspace(Environment.of_home(home))
    inventory = workspace.scan()
    shown = workspace.judge(inventory.of_site(site), site.registrable)
    plan = workspace.plan(site.host, shown, shown, inventory)
    assert [each.cookie.in_session_file for each in plan.deleting] == [False]
    assert [(kept.cookie.name, kept.cookie.in_session_file) for kept in plan.keeping] == [
        ("_ga", True),
        ("_fbp", True),
    ]
    assert all("session file" in kept.why for kept in plan.keeping)
    assert workspace.clean(plan).deleted == plan.deleting
    assert [cookie.name for cookie in workspace.scan().cookies] == ["_ga", "_fbp"]
    assert path.read_bytes() == before
    only_session = [each for each in shown if each.cookie.in_session_file]
    assert workspace.plan(site.host, shown, only_session, inventory).parts == ()


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_session_cookie_is_never_marked_by_a_person(purpose: Purpose) -> None:
    each = judged("sid", purpose, in_session_file=True)
    selection = Selection(judged=(each,), now=NOW)
    for released in (selection, selection.releasing(each)):
        assert released.protected(each)
        assert released.toggled(each).chosen == ()
        assert released.toggled(released.lines[0]).chosen == ()


def test_a_session_cookie_is_never_marked_by_the_suggestion() -> None:
    each = judged("_ga", Purpose.STATISTICS, in_session_file=True)
    selection = Selection(judged=(each,), now=NOW)
    assert selection.marking_suggested().chosen == ()
    assert selection.removable == 0
