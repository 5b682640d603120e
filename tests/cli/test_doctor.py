"""What `cookietui doctor` says: everything that is known about a machine, and nothing secret."""

import platform
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import cookietui
from tests.builders import change
from tests.cli.conftest import Cli
from tests.homes import CHROMIUM, FIREFOX, FIREFOX_FOLDER, STORES, firefox_running

DOCUMENT = {"schema", "versions", "folders", "profiles", "failures"}
PROFILE = {
    "id", "browser", "family", "store", "bytes", "beside", "layout", "cookies", "session",
    "in_session_file", "partitioned", "containers", "encryption", "running", "deleting",
}  # fmt: skip
FAILURE = {"profile", "error", "message", "hint"}
VERSIONS = {
    "cookietui", "textual", "browser-cookie3", "publicsuffixlist", "psutil", "Python", "SQLite",
    "system",
}  # fmt: skip
FOLDERS = {"settings", "kept cookies", "own policies", "journal", "scratch"}
# Words of the report itself, and the name of a profile, that some cookie has too.
ORDINARY = {"session", "default", "layout", "profile", "Sample person"}


def store_of(cli: Cli, profile: str) -> Path:
    return cli.home / STORES[profile][0]


def beside(store: Path) -> dict[str, int]:
    """The sizes of the other files of a database, by their endings."""
    others = store.parent.glob(f"{store.name}-*")
    return {each.name.removeprefix(store.name): each.stat().st_size for each in others}


def test_the_document_has_exactly_the_documented_keys(cli: Cli) -> None:
    document = cli.json("doctor")
    assert set(document) == DOCUMENT
    assert document["schema"] == 1
    assert set(document["versions"]) == VERSIONS
    assert document["versions"]["cookietui"] == cookietui.__version__
    assert document["versions"]["Python"] == platform.python_version()
    assert document["versions"]["SQLite"] == sqlite3.sqlite_version
    assert set(document["folders"]) == FOLDERS
    assert [set(each) for each in document["profiles"]] == [PROFILE, PROFILE]
    assert document["failures"] == []


def test_every_profile_is_described_as_it_is(cli: Cli) -> None:
    listed = cli.json("list")["cookies"]
    for each in cli.json("doctor")["profiles"]:
        store, own = store_of(cli, each["id"]), [c for c in listed if c["profile"] == each["id"]]
        assert each["store"] == f"~/{STORES[each['id']][0].as_posix()}"
        assert each["bytes"] == store.stat().st_size
        assert each["cookies"] == len(own)
        assert each["session"] == sum(c["session"] for c in own)
        assert each["partitioned"] == sum(c["partition"] is not None for c in own) > 0
        assert each["containers"] == sum(c["container"] is not None for c in own)
        assert (each["running"], each["deleting"]) == ("closed", None)
        assert each["in_session_file"] == 0
        assert each["beside"] == beside(store)
    chromium, firefox = cli.json("doctor")["profiles"]
    assert (chromium["layout"], firefox["layout"]) == (24, 17)
    assert (chromium["family"], firefox["family"]) == ("chromium", "firefox")
    assert chromium["encryption"] == {"v10": chromium["cookies"]}
    assert firefox["encryption"] == {"none": firefox["cookies"]}
    assert chromium["session"] > 0
    assert firefox["containers"] > 0


def test_people_read_the_same_facts(cli: Cli) -> None:
    ran = cli("doctor")
    assert (ran.code, ran.err) == (0, "")
    document = cli.json("doctor")
    for name, version in document["versions"].items():
        assert f"{name} {version}" in ran.out.splitlines()[0]
    for name, folder in document["folders"].items():
        assert any(
            line.startswith(f"{name}:") and line.endswith(folder) for line in ran.out.splitlines()
        )
    for each in document["profiles"]:
        assert f"{each['id']}  {each['browser']}" in ran.out
        assert f"{each['store']}, {each['bytes']} bytes, layout {each['layout']}" in ran.out
        assert f" {each['cookies']}, " in ran.out
    assert ran.out.count("Deleting:   possible") == 2
    assert ran.out.count("Browser:    closed") == 2


def test_the_files_beside_a_store_are_told_with_their_sizes(cli: Cli) -> None:
    store = store_of(cli, FIREFOX)
    with closing(sqlite3.connect(store)) as firefox:
        firefox.execute("UPDATE moz_cookies SET lastAccessed = 1")
        firefox.commit()
        expected = beside(store)
        _, each = cli.json("doctor")["profiles"]
        out = cli("doctor").out
    assert set(expected) == {"-wal", "-shm"}
    assert each["beside"] == expected
    assert f", -wal {expected['-wal']} bytes, -shm {expected['-shm']} bytes" in out


def test_folders_that_are_not_there_yet_are_said_not_to_be(cli: Cli) -> None:
    before = cli.json("doctor")["folders"]
    assert before["kept cookies"].endswith("(not there)")
    cli("keep", "add", "opendatasoft.com", "_ga")
    after = cli.json("doctor")["folders"]
    assert after["kept cookies"] == before["kept cookies"].removesuffix(" (not there)")
    assert all(each.startswith("~/") for each in after.values())


@pytest.mark.parametrize("words", [("doctor",), ("doctor", "--json")])
def test_nothing_in_it_is_secret(cli: Cli, words: tuple[str, ...]) -> None:
    cookies = cli.json("list", "--values")["cookies"]
    secrets = {each[key] for each in cookies for key in ("name", "value", "host")}
    store_of(cli, FIREFOX).write_bytes(b"no database")
    ran = cli(*words)
    told = ran.out + ran.err
    assert len(secrets) > 300
    assert [
        each for each in secrets if len(each) > 5 and each not in ORDINARY and each in told
    ] == []
    assert str(cli.home) not in told
    assert "~/" in told


def test_a_profile_named_by_its_path_does_not_tell_the_home(cli: Cli) -> None:
    copy = cli.home / "copies" / "Cookies"
    copy.parent.mkdir()
    shutil.copyfile(store_of(cli, CHROMIUM), copy)
    document = cli.json("doctor", "--profile", str(copy))
    [each] = document["profiles"]
    assert each["store"] == "~/copies/Cookies"
    assert str(cli.home) not in str(document)
    assert str(cli.home) not in cli("doctor", "--profile", str(copy)).out


def test_another_persons_home_is_not_taken_for_this_one(cli: Cli) -> None:
    other = cli.home.with_name(f"{cli.home.name}-of-another") / "Cookies"
    other.parent.mkdir()
    other.write_bytes(b"no database")
    document = cli.json("doctor", "--profile", str(other), code=4)
    [failure] = document["failures"]
    assert str(other) in failure["message"]


def test_a_broken_profile_is_told_with_the_reason(cli: Cli) -> None:
    store_of(cli, FIREFOX).write_bytes(b"no database")
    document = cli.json("doctor", code=4)
    assert [each["id"] for each in document["profiles"]] == [CHROMIUM]
    [failure] = document["failures"]
    assert set(failure) == FAILURE
    assert (failure["profile"], failure["error"]) == (FIREFOX, "StoreError")
    assert f"~/{STORES[FIREFOX][0].as_posix()} is not a database" in failure["message"]
    ran = cli("doctor")
    assert ran.code == 4
    assert f"{FIREFOX}  cannot be read\n" in ran.out
    assert failure["message"] in ran.out
    assert f"{CHROMIUM}  Chromium" in ran.out


def test_a_session_file_that_is_broken_does_not_make_its_profile_unreadable(cli: Cli) -> None:
    (cli.home / FIREFOX_FOLDER / "sessionstore.jsonlz4").write_bytes(b"broken")
    document = cli.json("doctor", code=4)
    assert [each["id"] for each in document["profiles"]] == [CHROMIUM, FIREFOX]
    [failure] = document["failures"]
    assert "sessionstore.jsonlz4" in failure["message"]
    ran = cli("doctor")
    assert ran.code == 4
    assert "sessionstore.jsonlz4" in ran.out
    assert f"{FIREFOX}  cannot be read" not in ran.out


def test_a_running_browser_is_told_and_that_nothing_can_be_deleted(cli: Cli) -> None:
    with firefox_running(cli.home):
        chromium, firefox = cli.json("doctor")["profiles"]
        out = cli("doctor").out
    assert firefox["running"].startswith("running")
    assert "Firefox" in firefox["deleting"]
    assert (chromium["running"], chromium["deleting"]) == ("closed", None)
    assert f"Browser:    {firefox['running']}" in out
    assert f"Deleting:   {firefox['deleting']}" in out
    assert out.count("Deleting:   possible") == 1


def test_a_newer_layout_is_told_to_be_only_read(cli: Cli) -> None:
    change(store_of(cli, CHROMIUM), "UPDATE meta SET value = '99' WHERE key = 'version'")
    chromium, firefox = cli.json("doctor")["profiles"]
    assert (chromium["layout"], firefox["deleting"]) == (99, None)
    assert "only read: its layout 99 is newer" in chromium["deleting"]
    assert chromium["cookies"] > 0
    assert "only read: its layout 99 is newer" in cli("doctor").out


def test_a_store_that_may_not_be_written_is_told(cli: Cli) -> None:
    store = store_of(cli, CHROMIUM)
    link = store.with_name("elsewhere")
    store.rename(link)
    store.symlink_to(link)
    chromium = cli.json("doctor")["profiles"][0]
    assert chromium["deleting"].startswith("~/")
    assert "symbolic link" in chromium["deleting"]


def test_where_there_is_no_profile_versions_and_folders_are_told(empty: Cli) -> None:
    document = empty.json("doctor")
    assert (document["profiles"], document["failures"]) == ([], [])
    assert set(document["versions"]) == VERSIONS
    assert set(document["folders"]) == FOLDERS
    ran = empty("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert f"cookietui {cookietui.__version__}" in ran.out
    assert str(empty.home) not in ran.out


def test_one_profile_alone_is_looked_at_if_it_is_named(cli: Cli) -> None:
    store_of(cli, FIREFOX).write_bytes(b"no database")
    document = cli.json("doctor", "--profile", CHROMIUM)
    assert [each["id"] for each in document["profiles"]] == [CHROMIUM]
    ran = cli("doctor", "--profile", "nobody:home")
    assert (ran.code, ran.out) == (3, "")
