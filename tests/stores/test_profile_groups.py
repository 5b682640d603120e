"""Firefox's groups of profiles name their members, and cost nothing but names when broken."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cookietui.paths import Environment
from cookietui.stores.discovery import find_profiles
from tests.builders import firefox_store

STORE_ID = "0a1b2c3d"
TABLE = """
    CREATE TABLE "Profiles" (
        id INTEGER NOT NULL, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, avatar TEXT NOT NULL,
        themeId TEXT NOT NULL, themeFg TEXT NOT NULL, themeBg TEXT NOT NULL, PRIMARY KEY(id)
    )
"""
_LONG = "a" * 5000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "someone"


@pytest.fixture
def root(home: Path) -> Path:
    """Firefox's folder, with two profiles."""
    root = home / ".config/mozilla/firefox"
    for name in ("one", "two"):
        firefox_store(root / name)
    return root


def names(home: Path) -> dict[str, str]:
    """Profiles' names by their folders; their ids are unique, and nothing is told to be wrong."""
    profiles, wrong = find_profiles(Environment.of_home(home))
    assert wrong == ()
    assert len({profile.id for profile in profiles}) == len(profiles)
    return {profile.folder.name: profile.name for profile in profiles}


def write_ini(root: Path, text: str, name: str = "profiles.ini") -> None:
    (root / name).write_text(text)


def in_group(root: Path, store_id: str = STORE_ID, path: str = "one") -> None:
    """The one section that stands for a whole group."""
    write_ini(
        root,
        f"[Profile0]\nName=Original\nIsRelative=1\nPath={path}\nStoreID={store_id}\nDefault=1\n",
    )


def database(root: Path, store_id: str = STORE_ID) -> sqlite3.Connection:
    """The database of a group, as Firefox makes it."""
    path = root / "Profile Groups" / f"{store_id}.sqlite"
    path.parent.mkdir(exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA user_version=1")
    connection.execute(TABLE)
    return connection


def join(connection: sqlite3.Connection, *members: tuple[object, object]) -> None:
    """Add profiles to a group, by path and name."""
    rows = [(*member, "book", "default-theme", "", "") for member in members]
    connection.executemany(
        "INSERT INTO Profiles (path, name, avatar, themeId, themeFg, themeBg)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )


@pytest.fixture
def group(root: Path) -> Iterator[sqlite3.Connection]:
    """A group of both profiles."""
    in_group(root)
    with closing(database(root)) as connection:
        join(connection, ("one", "Personal"), ("two", "Wörk"))
        yield connection


def test_members_of_a_group_have_the_names_that_its_database_gives_them(
    home: Path, group: sqlite3.Connection
) -> None:
    group.close()
    assert names(home) == {"one": "Personal", "two": "Wörk"}


@pytest.mark.parametrize("used_last", ["one", "two"])
def test_the_name_of_the_section_that_stands_for_a_group_is_nobodys(
    home: Path, root: Path, group: sqlite3.Connection, used_last: str
) -> None:
    in_group(root, path=used_last)
    assert names(home) == {"one": "Personal", "two": "Wörk"}


def test_a_group_that_is_open_in_firefox_is_read_up_to_its_last_change(
    home: Path, root: Path, group: sqlite3.Connection
) -> None:
    group.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    group.execute("PRAGMA wal_autocheckpoint=0")
    firefox_store(root / "three")
    join(group, ("three", "Newest"))
    group.execute("UPDATE Profiles SET name = 'Renamed' WHERE path = 'one'")
    log = root / "Profile Groups" / f"{STORE_ID}.sqlite-wal"
    before = log.read_bytes()
    assert before
    assert names(home) == {"one": "Renamed", "two": "Wörk", "three": "Newest"}
    assert log.read_bytes() == before


def test_reading_a_group_leaves_nothing_behind(home: Path, group: sqlite3.Connection) -> None:
    folder = home / ".config/mozilla/firefox/Profile Groups"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    names(home)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert list(Environment.of_home(home).scratch.iterdir()) == []


def test_members_are_found_wherever_their_paths_lead(
    home: Path, root: Path, group: sqlite3.Connection, tmp_path: Path
) -> None:
    firefox_store(home / "far" / "away")
    firefox_store(tmp_path / "elsewhere" / "absolute")
    join(group, ("../../../far/away", "Far"), (str(tmp_path / "elsewhere/absolute"), "Absolute"))
    assert names(home) == {"one": "Personal", "two": "Wörk", "away": "Far", "absolute": "Absolute"}


def test_members_that_are_gone_are_not_listed(home: Path, group: sqlite3.Connection) -> None:
    join(group, ("gone", "Gone"), ("../nowhere", "Nowhere"))
    assert names(home) == {"one": "Personal", "two": "Wörk"}


def test_profiles_outside_every_group_keep_their_own_names(
    home: Path, root: Path, group: sqlite3.Connection
) -> None:
    firefox_store(root / "three")
    in_group(root)
    with (root / "profiles.ini").open("a") as ini:
        ini.write("[Profile1]\nName=Alone\nIsRelative=1\nPath=three\n")
    assert names(home) == {"one": "Personal", "two": "Wörk", "three": "Alone"}


def test_two_groups_name_their_own_members(
    home: Path, root: Path, group: sqlite3.Connection
) -> None:
    firefox_store(root / "three")
    with closing(database(root, "ffffffff")) as other:
        join(other, ("three", "Other"))
    with (root / "profiles.ini").open("a") as ini:
        ini.write("[Profile1]\nName=x\nIsRelative=1\nPath=three\nStoreID=ffffffff\n")
    assert names(home) == {"one": "Personal", "two": "Wörk", "three": "Other"}


@pytest.mark.parametrize("name", ["", "\x1b[31m", "a\nb", "%(x)s", _LONG, "one"])
def test_any_name_is_taken_as_it_is_and_an_empty_one_is_none(
    home: Path, root: Path, name: str
) -> None:
    write_ini(root, f"[Profile0]\nPath=one\nStoreID={STORE_ID}\n")
    with closing(database(root)) as connection:
        join(connection, ("one", name))
    assert names(home) == {"one": name or "one", "two": "two"}


def test_members_of_the_same_name_have_ids_of_their_own(home: Path, root: Path) -> None:
    in_group(root)
    with closing(database(root)) as connection:
        join(connection, ("one", "Same"), ("two", "Same"))
    assert names(home) == {"one": "Same", "two": "Same"}


@pytest.mark.parametrize(
    "store_id",
    [
        "../strange",
        "../../firefox/Profile Groups/strange",
        "..",
        ".",
        "/etc/passwd",
        "{absolute}",
        "*",
        "strange%00",
        "strange\x00",
        "0A1B2C3D\\..\\strange",
        "",
        "é",
        "٣",
        _LONG,
        "0" * 37,
    ],
)
def test_the_id_of_a_group_that_could_lead_elsewhere_is_not_followed(
    home: Path, root: Path, store_id: str
) -> None:
    in_group(root, store_id.replace("{absolute}", str(root / "strange")))
    (root / "Profile Groups").mkdir()
    for name in ("strange", "../strange", _LONG[:200], "0" * 37, "*", "é", "٣", "."):
        with closing(database(root, name)) as connection:
            join(connection, ("two", "A stranger's"))
    assert names(home) == {"one": "Original", "two": "two"}


def test_a_group_without_its_database_costs_its_names_only(home: Path, root: Path) -> None:
    in_group(root)
    assert names(home) == {"one": "Original", "two": "two"}
    (root / "Profile Groups").write_text("in the way")
    assert names(home) == {"one": "Original", "two": "two"}


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_database_costs_its_names_only(home: Path, root: Path, content: bytes) -> None:
    in_group(root)
    (root / "Profile Groups").mkdir()
    (root / "Profile Groups" / f"{STORE_ID}.sqlite").write_bytes(content)
    assert names(home) == {"one": "Original", "two": "two"}


def test_a_folder_in_the_place_of_the_database_costs_its_names_only(home: Path, root: Path) -> None:
    in_group(root)
    (root / "Profile Groups" / f"{STORE_ID}.sqlite").mkdir(parents=True)
    assert names(home) == {"one": "Original", "two": "two"}


@pytest.mark.parametrize(
    "tables",
    [
        "CREATE TABLE Others (id INTEGER)",
        "CREATE TABLE Profiles (id INTEGER, path TEXT)",
        "CREATE VIEW Profiles AS SELECT 1 AS id, path, name FROM nowhere",
    ],
)
def test_a_database_of_another_layout_costs_its_names_only(
    home: Path, root: Path, tables: str
) -> None:
    in_group(root)
    with closing(database(root)) as connection:
        connection.executescript(f"DROP TABLE Profiles; {tables}")
    assert names(home) == {"one": "Original", "two": "two"}


@pytest.mark.parametrize("odd", [(b"two", "Odd"), ("two", b"Odd")])
def test_members_of_wrong_types_cost_their_own_names_only(
    home: Path, root: Path, odd: tuple[object, object]
) -> None:
    in_group(root)
    with closing(database(root)) as connection:
        join(connection, odd, ("one", "Personal"))
    assert names(home) == {"one": "Personal", "two": "two"}


@pytest.mark.parametrize("path", ["", "a\x00b", _LONG, "/" * 300, "one/../../../..", "~", "."])
def test_odd_paths_of_members_lead_to_no_profile(home: Path, root: Path, path: str) -> None:
    in_group(root)
    with closing(database(root)) as connection:
        join(connection, (path, "Odd"), ("one", "Personal"))
    assert names(home) == {"one": "Personal", "two": "two"}


def test_text_that_is_not_utf_8_in_a_group_costs_its_names_only(home: Path, root: Path) -> None:
    in_group(root)
    with closing(database(root)) as connection:
        join(connection, ("one", "Personal"))
        connection.execute("UPDATE Profiles SET name = CAST(x'ff' AS TEXT)")
    assert names(home) == {"one": "Original", "two": "two"}
