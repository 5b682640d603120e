"""What was deleted is on disk before it goes, byte for byte, for its owner only."""

import math
import os
import stat
from pathlib import Path

import msgspec
import pytest

from cookietui.errors import BackupError, NothingFoundError, UndoError
from cookietui.model.deletion import Cell, SavedRow, SavedRows, TextCell
from cookietui.model.profile import Family, Profile
from cookietui.safety.events import Deleted, PutBack, Saved, Void
from cookietui.safety.journal import Journal

STORE = "/home/me/.config/chromium/Default/Cookies"
OTHER = "/home/me/.mozilla/firefox/a.default/cookies.sqlite"


def saved(*cells: Cell, store: str = STORE, at: int = 1, part: int = 0) -> Saved:
    path = Path(store)
    family = Family.FIREFOX if path.name == "cookies.sqlite" else Family.CHROMIUM
    profile = Profile(f"x:{path.parent.name}", "X", "me", family, path.parent, path)
    rows = SavedRows(
        profile=profile.id,
        family=family,
        store=store,
        schema=24,
        table="cookies",
        columns=tuple(f"column{number}" for number in range(len(cells))),
        witnesses={"host": b"v10\x00\xff"},
        rows=(SavedRow(None, cells),),
    )
    return Saved(at, part, "shop.example", profile, rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture
def journal(folder: Path) -> Journal:
    journal = Journal(folder)
    journal.discard(journal.begin("first"))
    return journal


@pytest.mark.parametrize(
    "cell",
    [
        None,
        0,
        -1,
        2**63 - 1,
        -(2**63),
        1.0,
        0.1,
        -2.5e-300,
        1e22,
        b"",
        b"v10\x00\xff\xfe",
        TextCell(b""),
        TextCell(b"plain"),
        TextCell(b"\xff\x00\xfe"),
        TextCell('"\\\n\x1b\u202e{}'.encode()),
        pytest.param(TextCell(b"x" * 100_000), id="long"),
    ],
)
def test_a_cell_reads_back_as_it_was_type_and_all(journal: Journal, cell: Cell) -> None:
    journal.save("one", saved(cell))
    ((found,),) = (row.cells for row in journal.entry("one").rows)
    assert found == cell
    assert type(found) is type(cell)


def test_an_entry_reads_back_as_it_was_saved(journal: Journal) -> None:
    event = saved(TextCell(b"a"), None, 1.5, store="/home/me/\u202e x/Cookies", at=42)
    event = msgspec.structs.replace(
        event,
        rows=msgspec.structs.replace(
            event.rows,
            rows=(*event.rows.rows, SavedRow(2**70, (None, None, None))),
        ),
    )
    journal.save("one", event)
    entry = journal.entry("one")
    assert (entry.id, entry.at, entry.site) == ("one", 42, "shop.example")
    (part,) = entry.parts
    assert (part.rows, part.profile) == (event.rows, event.profile)
    assert entry.rows == event.rows.rows
    assert journal.entries() == (entry,)


def test_the_journal_is_for_its_owner_only(journal: Journal, folder: Path) -> None:
    before = os.umask(0)
    try:
        journal.save("one", saved(1))
    finally:
        os.umask(before)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_event_is_added_and_what_stands_before_it_stays(journal: Journal, folder: Path) -> None:
    journal.save("one", saved(1))
    before = (folder / "one.jsonl").read_bytes()
    journal.record("one", Deleted(2, 0))
    after = (folder / "one.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 2


def test_the_states_of_a_deletion_follow_from_its_events(journal: Journal) -> None:
    journal.save("one", saved(1))
    crashed = journal.entry("one")
    assert (crashed.unfinished, crashed.undone, crashed.parts[0].deleted) == (True, False, False)
    journal.record("one", Deleted(2, 0))
    deleted = journal.entry("one")
    assert (deleted.unfinished, deleted.undone, deleted.parts[0].deleted) == (False, False, True)
    journal.record("one", PutBack(3, 0, (0,)))
    undone = journal.entry("one")
    assert (undone.unfinished, undone.undone, undone.parts[0].back) == (False, True, frozenset({0}))


def test_a_deletion_that_ended_in_the_middle_can_be_undone_too(journal: Journal) -> None:
    journal.save("one", saved(1))
    journal.record("one", PutBack(3, 0, (0,)))
    entry = journal.entry("one")
    assert (entry.unfinished, entry.undone) == (False, True)


def test_a_store_in_which_nothing_was_deleted_is_no_part_of_it(journal: Journal) -> None:
    journal.save("one", saved(1))
    journal.record("one", Void(2, 0))
    assert journal.entries() == ()
    journal.save("one", saved(1, store=OTHER, part=1))
    journal.record("one", Deleted(3, 1))
    (part,) = journal.entry("one").parts
    assert part.rows.store == OTHER


def test_each_store_of_a_deletion_has_its_own_state(journal: Journal) -> None:
    for part, store in enumerate((STORE, OTHER)):
        journal.save("one", saved(1, store=store, part=part))
        journal.record("one", Deleted(2, part))
    journal.record("one", PutBack(3, 1, (0,)))
    entry = journal.entry("one")
    assert [part.missing for part in entry.parts] == [(0,), ()]
    assert (entry.undone, entry.tried) == (False, False)
    journal.record("one", PutBack(4, 0, (0,)))
    assert journal.entry("one").undone


def test_what_was_left_out_once_is_missing_until_it_is_put_back(journal: Journal) -> None:
    journal.save("one", saved(1))
    journal.record("one", Deleted(2, 0))
    journal.record("one", PutBack(3, 0, ()))
    left_out = journal.entry("one")
    assert (left_out.tried, left_out.undone, left_out.unfinished) == (True, False, False)
    assert left_out.parts[0].missing == (0,)
    journal.record("one", PutBack(4, 0, (0,)))
    assert journal.entry("one").undone


def test_entries_are_listed_the_newest_first(journal: Journal) -> None:
    for name, at in (("b", 2), ("a", 1), ("d", 3), ("c", 3)):
        journal.save(name, saved(1, at=at))
    assert [entry.id for entry in journal.entries()] == ["d", "c", "b", "a"]


def test_a_last_line_that_was_cut_short_is_passed_over(journal: Journal, folder: Path) -> None:
    journal.save("one", saved(1))
    whole = (folder / "one.jsonl").read_bytes()
    journal.record("one", Deleted(2, 0))
    everything = (folder / "one.jsonl").read_bytes()
    for length in range(len(whole), len(everything) - 1):
        (folder / "one.jsonl").write_bytes(everything[:length])
        assert journal.entry("one").unfinished
    (folder / "one.jsonl").write_bytes(everything)
    assert not journal.entry("one").unfinished


def test_an_entry_stays_readable_when_an_event_follows_a_line_cut_short(
    journal: Journal, folder: Path
) -> None:
    journal.save("one", saved(1))
    with (folder / "one.jsonl").open("ab") as file:
        file.write(b'{"type":"dele')
    journal.record("one", PutBack(3, 0, (0,)))
    assert journal.entry("one").undone


def test_a_second_store_can_be_saved_after_a_line_cut_short(journal: Journal, folder: Path) -> None:
    journal.save("one", saved(1))
    journal.record("one", Deleted(2, 0))
    with (folder / "one.jsonl").open("ab") as file:
        file.write(b'{"type":"saved","at":3,"si')
    journal.save("one", saved(2, store=OTHER, part=1))
    assert [part.rows.store for part in journal.entry("one").parts] == [STORE, OTHER]


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"garbage",
        b"garbage\n",
        b"\xff\xfe\n",
        b"{}\n",
        b"[]\n",
        b'{"type":"saved"}\n',
        b'{"type":"deleted","at":1,"store":"x"}\n',
        pytest.param(b"[" * 100_000 + b"\n", id="nested"),
        pytest.param(b'{"type":"deleted","at":' + b"[" * 100_000 + b"\n", id="nested-in-a-field"),
        pytest.param(b'{"type":"deleted","x":' + b"[" * 100_000 + b"\n", id="nested-unknown"),
    ],
)
def test_a_file_that_cannot_be_understood_hides_no_other(
    journal: Journal, folder: Path, garbage: bytes
) -> None:
    journal.save("good", saved(1))
    (folder / "bad.jsonl").write_bytes(garbage)
    assert [entry.id for entry in journal.entries()] == ["good"]
    with pytest.raises(UndoError, match="cannot be understood"):
        journal.entry("bad")


def test_a_folder_among_the_records_is_passed_over(journal: Journal, folder: Path) -> None:
    journal.save("good", saved(1))
    (folder / "odd.jsonl").mkdir()
    assert [entry.id for entry in journal.entries()] == ["good"]


@pytest.mark.parametrize("name", ["missing", "", ".", "..", "../outside", "/etc/passwd", "a\x00b"])
def test_an_unknown_id_or_a_path_is_nothing_found(
    journal: Journal, folder: Path, name: str
) -> None:
    journal.save("good", saved(1))
    (folder.parent / "outside.jsonl").write_bytes((folder / "good.jsonl").read_bytes())
    with pytest.raises(NothingFoundError):
        journal.entry(name)


@pytest.mark.parametrize("name", ["missing", "../outside", "{parent}/outside"])
def test_nothing_outside_the_journal_can_be_discarded(
    journal: Journal, folder: Path, name: str
) -> None:
    journal.save("good", saved(1))
    outside = folder.parent / "outside.jsonl"
    outside.write_bytes(b"precious")
    with pytest.raises(NothingFoundError):
        journal.discard(name.format(parent=folder.parent))
    assert outside.read_bytes() == b"precious"
    assert journal.entry("good")


def test_a_discarded_deletion_is_gone(journal: Journal, folder: Path) -> None:
    journal.save("one", saved(1))
    journal.discard("one")
    assert journal.entries() == ()
    assert list(folder.iterdir()) == []


def test_nobody_who_deleted_nothing_has_a_journal(tmp_path: Path) -> None:
    assert Journal(tmp_path / "journal").entries() == ()
    assert not (tmp_path / "journal").exists()


def test_no_id_can_be_taken_where_nothing_can_be_recorded(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file in the way")
    with pytest.raises(BackupError, match="nothing was changed"):
        Journal(tmp_path / "journal").begin("now")


def test_ids_of_the_same_second_differ(journal: Journal) -> None:
    names = [journal.begin("20261123-120000") for _ in range(3)]
    assert names == ["20261123-120000-1", "20261123-120000-2", "20261123-120000-3"]
    assert journal.entries() == ()


@pytest.mark.parametrize("event", [saved(1), Deleted(1, 0)])
def test_a_journal_that_cannot_be_written_is_a_backup_error(
    folder: Path, event: Saved | Deleted
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file in the way")
    journal = Journal(folder)
    with pytest.raises(BackupError):
        journal.save("one", event) if isinstance(event, Saved) else journal.record("one", event)
    assert folder.read_text() == "a file in the way"
    assert journal.entries() == ()


def test_nothing_is_saved_through_a_link_to_somewhere_else(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    journal.save("good", saved(1))
    (tmp_path / "elsewhere").write_bytes(b"")
    (folder / "one.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupError):
        journal.save("one", saved(1))
    assert (tmp_path / "elsewhere").read_bytes() == b""


def test_a_whole_line_of_garbage_costs_no_other_event(journal: Journal, folder: Path) -> None:
    journal.save("one", saved(1))
    with (folder / "one.jsonl").open("ab") as file:
        file.write(b"a whole line of garbage\n")
    journal.record("one", Deleted(2, 0))
    assert journal.entry("one").parts[0].deleted


def test_a_deletion_that_could_not_be_saved_is_not_listed(journal: Journal) -> None:
    with pytest.raises(BackupError):
        journal.save("one", saved(math.nan))  # equals nothing, not even itself
    assert journal.entries() == ()


def test_a_profile_whose_path_is_no_utf_8_is_refused_or_recorded_but_crashes_nothing(
    journal: Journal,
) -> None:
    event = saved(1, store="/home/\udce9/Default/Cookies")
    try:
        journal.save("one", event)
    except BackupError:
        assert journal.entries() == ()
    else:
        assert journal.entry("one").parts[0].profile == event.profile
