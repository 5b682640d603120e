"""One copy of each whole store for each day on which it is changed, for its owner only."""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cookietui.errors import BackupError, StoreError
from cookietui.safety.backup import Backup, BackupRules, Backups
from tests.builders import (
    DAY,
    NOW,
    backups,
    chromium_row,
    chromium_store,
    contents,
    firefox_row,
    firefox_store,
    open_store,
    profile,
)

MEGABYTE = 1_000_000


def write(content: bytes) -> Callable[[Path], None]:
    """A copy that holds just this."""

    def copy(target: Path) -> None:
        with target.open("xb") as file:
            file.write(content)

    return copy


def fail(target: Path) -> None:
    """A copy on a disk that is full after some bytes."""
    target.write_bytes(b"secret")
    raise OSError(28, "No space left on device")


def refuse(target: Path) -> None:
    raise StoreError(f"nothing can be written to {target}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def copies(tmp_path: Path) -> Backups:
    return backups(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return chromium_store(tmp_path / "Default", [chromium_row(name=name) for name in "abc"])


@pytest.fixture
def firefox(tmp_path: Path) -> Path:
    return firefox_store(tmp_path / "a.default", [firefox_row(name=name) for name in "abc"])


def made(copies: Backups, store: Path, now: int = NOW, content: bytes = b"copy") -> list[Backup]:
    copies.before_change(profile(store), write(content), now)
    return list(copies)


def note_of(backup: Backup) -> Path:
    return Path(backup.path).with_suffix(".json")


@pytest.mark.parametrize("family", ["store", "firefox"])
def test_a_copy_is_a_whole_store_with_exactly_the_rows_from_before(
    family: str, tmp_path: Path, copies: Backups, request: pytest.FixtureRequest
) -> None:
    store: Path = request.getfixturevalue(family)
    before, who = contents(store), profile(store)
    whose = open_store(who, tmp_path)
    cookies = whose.read().cookies
    with whose.edit() as edit:
        saved = edit.rows(cookie.key for cookie in cookies)
        edit.delete(saved)
        copies.before_change(who, edit.backup, NOW)
        edit.commit()
    assert contents(store) == []
    (backup,) = copies
    aside = tmp_path / "restored" / store.name
    aside.parent.mkdir()
    aside.write_bytes(Path(backup.path).read_bytes())
    assert contents(aside) == before
    assert len(open_store(profile(aside), tmp_path).read().cookies) == len(cookies) == 3


def test_a_note_tells_of_whom_when_how_large_and_what(copies: Backups, store: Path) -> None:
    (backup,) = made(copies, store, content=b"some bytes")
    who = profile(store)
    assert (backup.at, backup.profile, backup.browser) == (NOW, who.id, who.brand)
    assert backup.store == str(store)
    assert backup.size == len(b"some bytes")
    assert backup.sha256 == hashlib.sha256(b"some bytes").hexdigest()
    assert Path(backup.path).read_bytes() == b"some bytes"


def test_the_copies_are_for_their_owner_only(copies: Backups, store: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        made(copies, store)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_store_is_copied_once_a_day(copies: Backups, store: Path) -> None:
    (first,) = made(copies, store, content=b"morning")
    assert made(copies, store, NOW + 1, b"a moment later") == [first]
    made(copies, store, NOW + DAY, b"tomorrow")
    assert [Path(each.path).read_bytes() for each in copies] == [b"tomorrow", b"morning"]


def test_each_store_has_a_copy_of_its_own(copies: Backups, store: Path, firefox: Path) -> None:
    made(copies, store, content=b"one")
    made(copies, firefox, content=b"other")
    found = {each.store: Path(each.path).read_bytes() for each in copies}
    assert found == {str(store): b"one", str(firefox): b"other"}


@pytest.mark.parametrize("copy", [fail, refuse])
def test_a_copy_that_fails_is_a_backup_error_and_leaves_nothing(
    copies: Backups, store: Path, folder: Path, copy: Callable[[Path], None]
) -> None:
    with pytest.raises(BackupError, match="nothing was changed") as caught:
        copies.before_change(profile(store), copy, NOW)
    assert caught.value.exit_code == 6
    assert str(store) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint
    assert list(folder.iterdir()) == []
    assert list(copies) == []
    assert made(copies, store)


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_copy_leaves_no_secrets(
    copies: Backups, store: Path, folder: Path, end: type[BaseException]
) -> None:
    def interrupted(target: Path) -> None:
        target.write_bytes(b"secret")
        raise end

    with pytest.raises(end):
        copies.before_change(profile(store), interrupted, NOW)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_that_cannot_be_made_is_a_backup_error(
    copies: Backups, store: Path, folder: Path, tmp_path: Path, kind: str
) -> None:
    if kind == "file":
        folder.write_text("in the way")
    else:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupError) as caught:
        made(copies, store)
    assert str(folder) in caught.value.message
    assert kind == "file" or list((tmp_path / "elsewhere").iterdir()) == []


def half_made(copies: Backups, store: Path) -> Path:
    """A copy as a run leaves it that is killed before its note is written."""
    (backup,) = made(copies, store, content=b"half")
    note_of(backup).unlink()
    return Path(backup.path)


def test_a_copy_that_was_half_made_is_replaced(copies: Backups, store: Path) -> None:
    left = half_made(copies, store)
    (backup,) = made(copies, store, content=b"whole copy")
    assert backup.path == str(left)
    assert left.read_bytes() == b"whole copy"
    assert (backup.size, backup.sha256) == (10, hashlib.sha256(b"whole copy").hexdigest())


def test_what_was_half_made_on_another_day_is_removed_with_the_old_ones(
    copies: Backups, store: Path
) -> None:
    left = half_made(copies, store)
    os.utime(left, (NOW / 1_000_000, NOW / 1_000_000))
    copies.forget(NOW + DAY)
    assert not left.exists()


def test_copies_that_are_too_old_are_removed(tmp_path: Path, store: Path) -> None:
    copies = backups(tmp_path, BackupRules(keep_days=2))
    (first,) = made(copies, store)
    assert len(made(copies, store, NOW + 2 * DAY)) == 2
    assert [each.at for each in made(copies, store, NOW + 3 * DAY)] == [
        NOW + 3 * DAY,
        NOW + 2 * DAY,
    ]
    assert not Path(first.path).exists()
    assert not note_of(first).exists()


@pytest.mark.parametrize(("megabytes", "left"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_the_oldest_go_when_all_are_too_large_and_the_newest_stays(
    tmp_path: Path, store: Path, megabytes: int, left: int
) -> None:
    copies = backups(tmp_path, BackupRules(keep_megabytes=megabytes))
    for day in range(3):
        made(copies, store, NOW + day * DAY, bytes(MEGABYTE))
    assert [each.at for each in copies] == [NOW + day * DAY for day in (2, 1, 0)][:left]
    assert len(list((tmp_path / "backups").iterdir())) == 2 * left


def test_with_no_days_to_keep_them_none_is_made(tmp_path: Path, store: Path) -> None:
    copies = backups(tmp_path, BackupRules(keep_days=0))
    copies.before_change(profile(store), fail, NOW)
    assert list(copies) == []
    assert not (tmp_path / "backups").exists()


def test_those_made_before_a_time_are_forgotten(copies: Backups, store: Path) -> None:
    for day in range(3):
        made(copies, store, NOW + day * DAY)
    assert copies.forget(NOW) == 0
    assert copies.forget(NOW + DAY) == 1
    assert [each.at for each in copies] == [NOW + 2 * DAY, NOW + DAY]
    assert copies.forget(NOW + 3 * DAY) == 2
    assert list(copies) == []


def test_nobody_whose_stores_were_never_changed_has_any(tmp_path: Path) -> None:
    assert list(backups(tmp_path)) == []
    assert backups(tmp_path).forget(NOW) == 0
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\xfe", b'{"at": "x"}', b"[" * 100_000], ids=range(6)
)
def test_notes_that_cannot_be_understood_hide_no_other(
    copies: Backups, store: Path, folder: Path, content: bytes
) -> None:
    (backup,) = made(copies, store)
    (folder / "bad.json").write_bytes(content)
    (folder / "odd.json").mkdir()
    assert list(copies) == [backup]
    assert copies.forget(NOW + 1) == 1
    assert (folder / "bad.json").read_bytes() == content


@pytest.mark.parametrize(
    "place", ["{out}/precious", "{in}/../precious", "{in}/below/precious", "precious", "{in}/.."]
)
def test_a_note_that_points_outside_the_folder_removes_nothing_there(
    copies: Backups, store: Path, folder: Path, tmp_path: Path, place: str
) -> None:
    (backup,) = made(copies, store)
    (folder / "below").mkdir()
    precious = [tmp_path / "precious", folder / "below" / "precious"]
    for path in precious:
        path.write_bytes(b"precious")
        path.with_suffix(".json").write_bytes(b"{}")
    moved = msgspec.structs.replace(
        backup, path=place.format_map({"out": tmp_path, "in": folder}), at=NOW - 90 * DAY
    )
    (folder / "moved.json").write_bytes(msgspec.json.encode(moved))
    copies.forget(NOW)
    made(copies, store, NOW + DAY)
    assert all(path.read_bytes() == b"precious" for path in precious)
    assert all(path.with_suffix(".json").exists() for path in precious)
    assert Path(backup.path).exists()


def test_a_note_with_a_path_that_no_file_can_have_stands_in_nobodys_way(
    copies: Backups, store: Path, folder: Path
) -> None:
    (backup,) = made(copies, store)
    odd = msgspec.structs.replace(backup, path=f"{folder}/a\x00b", at=1)
    (folder / "odd.json").write_bytes(msgspec.json.encode(odd))
    copies.forget(NOW)
    assert made(copies, store, NOW + DAY)[0].at == NOW + DAY


def test_a_note_whose_copy_somebody_removed_is_no_copy(copies: Backups, store: Path) -> None:
    (backup,) = made(copies, store)
    Path(backup.path).unlink()
    assert [Path(each.path).read_bytes() for each in made(copies, store)] == [b"copy"]
