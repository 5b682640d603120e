"""The sample profiles are what the browsers would have written, and hold what the demo needs."""

import configparser
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from Cryptodome.Cipher import AES
from Cryptodome.Util.Padding import unpad
from hypothesis import given
from hypothesis import strategies as st

from cookietui.operations.sample import make_samples
from cookietui.operations.sample.hostile import STORED_SITE, TAMPERED_SITE, hostile_cookies
from cookietui.operations.sample.jar import SampleSite, everyday_cookies, microseconds

NOW = 1_795_000_000_000_000
EPOCH_1601 = 11_644_473_600_000_000
DAY = 86_400_000_000
CHROMIUM = Path(".config/chromium/Default/Cookies")
FIREFOX = Path(".config/mozilla/firefox/sample.default-release/cookies.sqlite")
EVERYTHING = {
    "Cookies": "SELECT * FROM cookies ORDER BY rowid",
    "cookies.sqlite": "SELECT * FROM moz_cookies ORDER BY id",
}
# The key every Chromium on Linux derives when no keyring answers.
BASIC_KEY = bytes.fromhex("fd621fe5a2b402539dfa147ca9272778")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    make_samples(folder, now=NOW)
    return folder


@pytest.fixture(scope="module")
def chromium(home: Path) -> list[Row]:
    return rows(home / CHROMIUM)


@pytest.fixture(scope="module")
def firefox(home: Path) -> list[Row]:
    return rows(home / FIREFOX)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Opens without leaving a file behind; stray bytes in text arrive as surrogates."""
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.row_factory = sqlite3.Row
        yield connection


def rows(path: Path) -> list[Row]:
    """Returns every cookie's columns by name, in the order they were inserted."""
    with opened(path) as connection:
        return [dict(row) for row in connection.execute(EVERYTHING[path.name])]


def decrypted(row: Row) -> bytes:
    """Returns the digest of the host and the value, as Chromium would get them."""
    blob = row["encrypted_value"]
    assert blob[:3] == b"v10"
    return unpad(AES.new(BASIC_KEY, AES.MODE_CBC, iv=b" " * 16).decrypt(blob[3:]), 16)


def test_everything_is_for_the_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_samples(tmp_path, now=NOW)
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in tmp_path.rglob("*")}
    assert modes == {(True, 0o700), (False, 0o600)}
    # Both browsers were closed: no write-ahead log, and nothing in the rollback journal.
    assert [path.stat().st_size for path in tmp_path.rglob("*-*") if path.is_file()] == [0]


@pytest.mark.parametrize(("path", "journal"), [(CHROMIUM, 1), (FIREFOX, 2)])
def test_sqlite_finds_nothing_wrong(home: Path, path: Path, journal: int) -> None:
    with opened(home / path) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    # Bytes 18 and 19 of the header: 1 is a rollback journal, 2 a write-ahead log.
    assert set((home / path).read_bytes()[18:20]) == {journal}


def test_a_home_in_use_is_left_alone_and_a_missing_one_not_made(home: Path) -> None:
    before = (home / CHROMIUM).read_bytes()
    with pytest.raises(FileExistsError):
        make_samples(home, now=NOW)
    assert (home / CHROMIUM).read_bytes() == before
    with pytest.raises(FileNotFoundError):
        make_samples(home / "nowhere", now=NOW)


def test_both_browsers_find_their_profile(home: Path) -> None:
    state = json.loads((home / ".config/chromium/Local State").read_bytes())
    assert state["profile"]["info_cache"]["Default"]["name"] == "Sample person"
    root = home / ".config/mozilla/firefox"
    profiles, installs = configparser.ConfigParser(), configparser.ConfigParser()
    profiles.read(root / "profiles.ini")
    installs.read(root / "installs.ini")
    assert profiles["Profile0"]["Name"] == "default-release"
    assert (root / profiles["Profile0"]["Path"] / "cookies.sqlite").is_file()
    (install,) = installs.sections()
    assert installs[install]["Default"] == profiles["Profile0"]["Path"]


def test_four_usual_containers_and_one_of_their_own(home: Path) -> None:
    content = json.loads((home / FIREFOX).with_name("containers.json").read_bytes())
    shown = [one.get("l10nId", one.get("name")) for one in content["identities"] if one["public"]]
    usual = [f"user-context-{name}" for name in ("personal", "work", "banking", "shopping")]
    assert shown == [*usual, "Holiday plans"]


@pytest.mark.parametrize("path", [CHROMIUM, FIREFOX])
def test_the_same_now_gives_the_same_rows(home: Path, tmp_path: Path, path: Path) -> None:
    make_samples(tmp_path, now=NOW)
    assert rows(tmp_path / path) == rows(home / path)


def test_another_now_moves_every_time_by_as_much(tmp_path: Path, firefox: list[Row]) -> None:
    make_samples(tmp_path, now=NOW + DAY)
    later = [row["creationTime"] - DAY for row in rows(tmp_path / FIREFOX)]
    assert later == [row["creationTime"] for row in firefox]


def test_schema_24(home: Path) -> None:
    with opened(home / CHROMIUM) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        index = connection.execute("PRAGMA index_info(cookies_unique_index)").fetchall()
        unique = connection.execute("PRAGMA index_list(cookies)").fetchone()["unique"]
        columns = connection.execute("PRAGMA table_info(cookies)").fetchall()
    assert meta == {"mmap_status": "-1", "version": "24", "last_compatible_version": "24"}
    assert ",".join(row["name"] for row in index) == (
        "host_key,top_frame_site_key,has_cross_site_ancestor,name,path,source_scheme,source_port"
    )
    assert unique == 1
    assert len(columns) == 20
    assert all(column["notnull"] for column in columns)


def test_some_two_hundred_cookies(chromium: list[Row], firefox: list[Row]) -> None:
    assert 110 <= len(chromium) <= 130
    assert 80 <= len(firefox) <= 100
    assert sum(not row["name"] for row in chromium) == 1


def test_every_value_decrypts_and_is_bound_to_its_host(chromium: list[Row]) -> None:
    for row in chromium:
        plain = decrypted(row)
        assert plain[:32] == hashlib.sha256(row["host_key"].encode()).digest()
        assert row["value"] == ""
    (language,) = [row for row in chromium if row["name"] == "django_language"]
    assert decrypted(language)[32:] == b"en"
    analytics = [decrypted(row)[32:] for row in chromium if row["name"] == "_ga"]
    assert all(re.fullmatch(rb"GA1\.[12]\.[1-9]\d{8}\.1\d{9}", value) for value in analytics)


def test_lives_are_of_every_kind(chromium: list[Row]) -> None:
    session = [row for row in chromium if not row["is_persistent"]]
    assert len(session) >= 10
    assert {(row["has_expires"], row["expires_utc"]) for row in session} == {(0, 0)}
    lasting = [row for row in chromium if row["is_persistent"]]
    assert sum(0 < row["expires_utc"] < NOW + EPOCH_1601 for row in lasting) == 2
    assert [row["name"] for row in lasting if not row["expires_utc"]] == ["no_end_known"]


def test_times_are_possible(chromium: list[Row]) -> None:
    for row in chromium:
        assert row["creation_utc"] <= row["last_access_utc"] <= NOW + EPOCH_1601
        # Chromium would cut a longer life to 400 days.
        assert row["expires_utc"] - row["last_update_utc"] <= 400 * DAY


def test_partitions_are_sites_and_need_secure(chromium: list[Row]) -> None:
    inside = [row for row in chromium if row["top_frame_site_key"]]
    assert {row["is_secure"] for row in inside} == {1}
    assert all(row["top_frame_site_key"].startswith("https://") for row in inside)
    own = [row for row in chromium if not row["has_cross_site_ancestor"]]
    assert [row["name"] for row in own] == ["__Host-player"]


def test_one_name_in_several_partitions_and_in_none(
    chromium: list[Row], firefox: list[Row]
) -> None:
    sites = {row["top_frame_site_key"] for row in chromium if row["name"] == "IDE"}
    assert {"", "https://opendatasoft.com", "https://morning-post.example"} < sites
    jars = {row["originAttributes"] for row in firefox if row["name"] == "IDE"}
    assert {"", "^partitionKey=%28https%2Copendatasoft.com%29"} < jars


def test_names_with_a_prefix_keep_its_promise(chromium: list[Row]) -> None:
    kept = [row for row in chromium if row["name"].startswith(("__Host-", "__Secure-"))]
    assert {row["is_secure"] for row in kept} == {1}
    strict = [row for row in kept if row["name"].startswith("__Host-")]
    assert 0 < len(strict) < len(kept)
    assert all(row["path"] == "/" and row["host_key"][0] != "." for row in strict)


def test_the_founding_site_sets_what_it_declares_and_more(chromium: list[Row]) -> None:
    host = "datamidsouth.opendatasoft.com"
    declared = {"sessionid", "django_language", "csrftoken", "cookies_preferences"}
    assert {row["name"] for row in chromium if row["host_key"] == host} == declared
    shared = {row["name"] for row in chromium if row["host_key"] == ".opendatasoft.com"}
    assert {"_ga", "_gid", "_fbp"} < shared
    assert sum(row["top_frame_site_key"] == "https://opendatasoft.com" for row in chromium) >= 2


def test_schema_17(home: Path) -> None:
    with opened(home / FIREFOX) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 17
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE type='table'").fetchone()
    assert sql.endswith("CONSTRAINT moz_uniqueid UNIQUE (name, host, path, originAttributes))")


def test_expiry_is_in_milliseconds(firefox: list[Row]) -> None:
    for row in firefox:
        assert row["creationTime"] <= row["lastAccessed"] <= NOW
        if row["expiry"] is not None:
            assert -3 * DAY < row["expiry"] * 1000 - NOW < 400 * DAY
    assert sum(row["expiry"] is None for row in firefox) == 1


def test_the_same_name_in_two_containers_and_in_none(firefox: list[Row]) -> None:
    logins = {row["originAttributes"] for row in firefox if row["name"] == "login"}
    assert logins == {"^userContextId=1", "^userContextId=2"}
    searches = {row["originAttributes"] for row in firefox if row["name"] == "last_search"}
    assert searches == {"", "^userContextId=6"}


def test_partitions_asked_for_and_imposed(firefox: list[Row]) -> None:
    inside = [row for row in firefox if "partitionKey=%28https%2C" in row["originAttributes"]]
    assert [row["isPartitionedAttributeSet"] for row in inside].count(0) >= 5
    assert [row["isPartitionedAttributeSet"] for row in inside].count(1) >= 3
    framed = [row for row in firefox if row["originAttributes"].endswith("%2Cf%29")]
    assert [row["name"] for row in framed] == ["prefs2"]


@pytest.mark.parametrize(
    "part",
    ["[bold red]", "\u202e", "\u009b", "\x1b[31m", "\n", "n" * 4096, "\udce9", "🍪", "言"],
)
def test_hostile_names_are_text_in_both(chromium: list[Row], firefox: list[Row], part: str) -> None:
    # A name stored as a blob would arrive as bytes, in which no text is found.
    assert any(part in row["name"] for row in chromium)
    assert any(part in row["name"] for row in firefox)


def test_they_share_a_site_with_no_everyday_cookie() -> None:
    everyday = {cookie.site for cookie in everyday_cookies()}
    assert {cookie.site for cookie in hostile_cookies()} == {STORED_SITE, TAMPERED_SITE}
    assert not everyday & {STORED_SITE, TAMPERED_SITE}
    assert len(everyday) >= 12


def test_a_third_party_is_partitioned_and_never_its_own_site() -> None:
    for cookie in everyday_cookies():
        inside = f".{cookie.host.lstrip('.')}".endswith(f".{cookie.site}")
        assert inside is not cookie.embedded


def test_no_blank_is_left_in_a_value(chromium: list[Row], firefox: list[Row]) -> None:
    assert not any(b"{" in decrypted(row)[32:] for row in chromium)
    assert not any("{" in row["value"] for row in firefox)


def test_each_browser_has_its_own_identifiers(chromium: list[Row], firefox: list[Row]) -> None:
    ones = {decrypted(row)[32:].decode() for row in chromium if row["name"] in ("_ga", "IDE")}
    assert ones.isdisjoint(row["value"] for row in firefox)


@given(count=st.integers(0, 10_000), unit=st.sampled_from("mhdy"))
def test_durations_count_and_turn(count: int, unit: str) -> None:
    assert microseconds(f"{count}{unit}") == count * microseconds(f"1{unit}")
    assert microseconds(f"-{count}{unit}") == -microseconds(f"{count}{unit}")


@pytest.mark.parametrize("text", ["", "3", "d", "1w", "1.5d", "3 d", "session"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        microseconds(text)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `lifetime`"):
        msgspec.convert({"domain": "", "host": "", "cookies": [], "lifetime": "1d"}, SampleSite)
