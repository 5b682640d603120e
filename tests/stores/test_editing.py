"""A deletion takes exactly what was meant, wholly or not at all."""

from pathlib import Path

import pytest

from cookietui.errors import StoreError, UnprovenError
from tests.builders import add_rows, change, chromium_row, contents, firefox_row
from tests.stores.changes import delete, delete_but_for, opened
from tests.unprivileged import folder_for_everybody, printed


def throw(error: type[BaseException]) -> None:
    raise error


@pytest.mark.parametrize("index", range(4))
def test_one_of_several_twins_is_deleted_and_no_other(
    store: Path, tmp_path: Path, index: int
) -> None:
    whose = opened(store, tmp_path)
    before, cookies = contents(store), whose.read().cookies
    saved = delete(whose, cookies[index])
    assert len(saved.rows) == 1
    assert contents(store) == sorted(set(before) - {saved.rows[0].cells}, key=repr)
    assert len(contents(store)) == len(before) - 1
    assert set(whose.read().cookies) == set(cookies) - {cookies[index]}


def test_all_cookies_can_go_at_once(store: Path, tmp_path: Path) -> None:
    whose = opened(store, tmp_path)
    saved = delete(whose, *whose.read().cookies)
    assert contents(store) == []
    assert len(saved.rows) >= 4


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, OSError, SystemExit])
def test_an_exception_before_the_commit_takes_everything_back(
    store: Path, tmp_path: Path, error: type[BaseException]
) -> None:
    whose = opened(store, tmp_path)
    before, cookies = contents(store), whose.read().cookies
    expected = StoreError if error is OSError else error
    with pytest.raises(expected):
        delete_but_for(whose, lambda: throw(error), *cookies)
    assert contents(store) == before
    assert delete(whose, cookies[0]).rows  # and the store can be changed again


def test_leaving_without_a_commit_changes_nothing(store: Path, tmp_path: Path) -> None:
    whose = opened(store, tmp_path)
    before = contents(store)
    with whose.edit() as edit:
        edit.delete(edit.rows(cookie.key for cookie in whose.read().cookies))
    assert contents(store) == before


@pytest.mark.parametrize("family", ["chromium", "firefox"])
def test_a_cookie_that_was_set_anew_is_not_taken_for_the_one_looked_at(
    family: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store: Path = request.getfixturevalue(family)
    whose = opened(store, tmp_path)
    cookies = whose.read().cookies
    table, column = (
        ("cookies", "creation_utc") if family == "chromium" else ("moz_cookies", "creationTime")
    )
    change(store, f"UPDATE {table} SET {column} = {column} + 1 WHERE name = 'other'")  # noqa: S608
    before = contents(store)
    with pytest.raises(StoreError, match="changed or gone"):
        delete(whose, *cookies)
    assert contents(store) == before


def test_a_row_that_changes_between_saving_and_deleting_is_not_deleted(
    chromium: Path, tmp_path: Path
) -> None:
    whose = opened(chromium, tmp_path)
    saved = delete(whose, whose.read().cookies[3])
    before = contents(chromium)
    with pytest.raises(StoreError, match="changed while"), whose.edit() as edit:
        edit.delete(saved)
    assert contents(chromium) == before


def test_the_same_cookie_named_twice_is_an_error_and_nothing_changes(
    store: Path, tmp_path: Path
) -> None:
    whose = opened(store, tmp_path)
    before, (cookie, *_) = contents(store), whose.read().cookies
    with pytest.raises(StoreError):
        delete(whose, cookie, cookie)
    assert contents(store) == before


@pytest.mark.parametrize("effect", ["DELETE FROM {table}", "UPDATE {table} SET value = 'x'"])
def test_a_trigger_that_would_change_other_rows_changes_none(
    store: Path, tmp_path: Path, effect: str
) -> None:
    table = "cookies" if store.name == "Cookies" else "moz_cookies"
    trap = effect.format(table=table)
    change(store, f"CREATE TRIGGER trap AFTER DELETE ON {table} BEGIN {trap}; END")
    whose = opened(store, tmp_path)
    before = contents(store)
    with pytest.raises(StoreError, match="nothing was changed"):
        delete(whose, whose.read().cookies[0])
    assert contents(store) == before


def test_a_store_that_holds_something_else_afterwards_is_not_told_as_success(
    chromium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose = opened(chromium, tmp_path)
    cookies = whose.read().cookies

    def meanwhile(folder: Path) -> None:
        assert folder == chromium.parent
        change(chromium, "UPDATE cookies SET value = 'x' WHERE name = 'other'")

    monkeypatch.setattr("cookietui.stores.editing.sync_folder", meanwhile)
    with pytest.raises(UnprovenError):
        delete(whose, cookies[0])


def test_what_was_deleted_is_in_no_file_afterwards(store: Path, tmp_path: Path) -> None:
    row = chromium_row if store.name == "Cookies" else firefox_row
    add_rows(store, [row(name=f"{n % 2}-{n}", value="t0p-s3cr3t" * 50) for n in range(40)])
    assert b"t0p-s3cr3t" in store.read_bytes()
    whose = opened(store, tmp_path)
    # Every second one first: neighbours that go together may be overwritten by chance.
    for start in ("0-", "1-"):
        delete(whose, *(cookie for cookie in whose.read().cookies if cookie.name.startswith(start)))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert store in files
    assert not [path for path in files if b"t0p-s3cr3t" in path.read_bytes()]


def test_an_edit_tells_whether_it_may_have_changed_the_store(store: Path, tmp_path: Path) -> None:
    whose = opened(store, tmp_path)
    with whose.edit() as edit:
        edit.delete(edit.rows([whose.read().cookies[0].key]))
        assert not edit.committed
        edit.commit()
        assert edit.committed


_LOCKED_OUT = """
folder = Path(sys.argv[1]) / "Default"
store = chromium_store(folder, [chromium_row(name="a"), chromium_row(name="b")])
whose = open_store(profile(store), Path(sys.argv[1]))
before = contents(store)
try:
    with whose.edit() as edit:
        edit.delete(edit.rows([whose.read().cookies[0].key]))
        # From this very moment on SQLite can neither remove its log nor can the store be looked at.
        edit._still_closed = lambda: folder.chmod(0)
        edit.commit()
except StoreError as error:
    print(type(error).__name__, edit.committed)
folder.chmod(0o700)
print(contents(store) == before)
"""


def test_a_commit_whose_outcome_cannot_be_known_is_not_told_as_nothing_changed() -> None:
    imports = (
        "from pathlib import Path\n"
        "from cookietui.errors import StoreError\n"
        "from tests.builders import chromium_row, chromium_store, contents, open_store, profile"
    )
    with folder_for_everybody() as folder:
        folder.chmod(0o777)
        assert printed(imports, _LOCKED_OUT, folder).split() == ["UnprovenError", "True", "True"]
