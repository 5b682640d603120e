"""However little room a disk has, a store loses all of it or nothing, and it is said which."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.homes import CHROMIUM_FOLDER, FIREFOX_FOLDER, furnished
from tests.tight import cleaned_where_little_room_is

_STATE = Path(".local/state/cookietui")
_FEW = [(_STATE, 0), (_STATE, 40), (CHROMIUM_FOLDER, 2), (FIREFOX_FOLDER, 2), (FIREFOX_FOLDER, 12)]
_MANY = [
    *((_STATE, pages) for pages in range(2, 140, 4)),
    *((CHROMIUM_FOLDER, pages) for pages in range(9) if pages != 2),
    *((FIREFOX_FOLDER, pages) for pages in range(1, 33, 3)),
]
_NO_STORE = 4
_NO_BACKUP = 6

Seen = dict[str, Any]


def _named(room: tuple[Path, int]) -> str:
    return f"{room[1]} pages in {room[0].name}"


@pytest.fixture(
    scope="module",
    params=[*_FEW, *(pytest.param(each, marks=pytest.mark.proof) for each in _MANY)],
    ids=_named,
)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What became of a deletion with so much room, and of its undo with room again."""
    if shutil.which("unshare") is None:
        pytest.skip("apt-get install util-linux")
    folder, pages = request.param
    home = furnished(tmp_path_factory.mktemp("tight") / "person")
    return cleaned_where_little_room_is(home, home / folder, pages)


def test_every_store_loses_all_of_it_or_nothing(seen: Seen) -> None:
    assert len(seen["planned"]) == 2
    for profile, planned in seen["planned"].items():
        assert seen["gone"][profile] in (0, planned)


def test_the_exit_code_tells_whether_all_of_it_was_done(seen: Seen) -> None:
    if seen["gone"] == seen["planned"] and not seen["receipt"]["refused"]:
        assert (seen["code"], seen["err"]) == (0, "")
    else:
        assert seen["code"] in (_NO_STORE, _NO_BACKUP)


def test_each_store_that_is_left_alone_has_its_line(seen: Seen) -> None:
    lines = seen["err"].splitlines()
    assert len(lines) == len(seen["receipt"]["refused"])
    assert all(line.startswith("cookietui: ") for line in lines)
    named = {each["profile"] for each in seen["receipt"]["refused"]}
    assert {profile for profile, gone in seen["gone"].items() if not gone} <= named


def test_a_store_that_is_refused_was_not_changed(seen: Seen) -> None:
    deleted = {each["profile"] for each in seen["receipt"]["deleted"]}
    assert {profile for profile, gone in seen["gone"].items() if gone} == deleted, seen["err"]


def test_only_what_was_deleted_is_listed_as_deleted(seen: Seen) -> None:
    listed = {profile for each in seen["history"] for profile in each["profiles"]}
    assert listed == {profile for profile, gone in seen["gone"].items() if gone}, seen["err"]


def test_where_there_is_room_again_undo_brings_everything_back(seen: Seen) -> None:
    assert seen["undo"] == 0 if any(seen["gone"].values()) else seen["undo"] in (0, 3)
    assert seen["back"]
    assert seen["left"] == []


def test_a_full_disk_is_never_told_as_a_damaged_store(seen: Seen) -> None:
    assert "damaged" not in seen["err"]
