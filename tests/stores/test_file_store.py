"""Files that are read whole and never changed, and why some cannot be read."""

import errno
import os
import socket
import sys
from pathlib import Path

import pytest

from cookietui.errors import (
    BrowserRunningError,
    ReadOnlyError,
    StoreError,
    UnreadableValueError,
)
from cookietui.model.profile import Activity, Family, Profile, Usage
from cookietui.stores.file_store import Contents, FileStore, read_whole, unopened, values_of
from tests.builders import cookie, reveal

LARGEST = 256 * 1024 * 1024
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


def parse(content: bytes, profile: Profile) -> Contents:
    """One cookie for each line ``host name value``; without a value there is none."""
    del profile
    lines = [line.split(" ") for line in content.decode().splitlines()]
    cookies = tuple((cookie(host, name), rest[0] if rest else None) for host, name, *rest in lines)
    return Contents(cookies, (StoreError("one line is odd"),) if b"odd" in content else ())


def store_of(folder: Path, content: bytes) -> FileStore:
    path = folder / "cookies.txt"
    path.write_bytes(content)
    whose = Profile("file:cookies.txt", "File", "cookies.txt", Family.FILE, folder, path)
    return FileStore(whose, parse, "it is somebody's export", Usage(Activity.CLOSED))


def descriptors() -> int:
    """How many files this process has open."""
    return len(os.listdir("/dev/fd"))  # noqa: PTH208 - numbers, not paths


@pytest.mark.parametrize("content", [b"", b"a\r\nb\n\x1a\x00", b"x" * 100_000])
def test_a_file_is_read_to_the_last_byte(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert read_whole(path) == content


@POSIX
def test_a_file_is_read_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"there")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_whole(tmp_path / "link") == b"there"


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing is not there"):
        read_whole(tmp_path / "missing")


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be read|not an ordinary file"):
        read_whole(tmp_path)


@POSIX
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="not an ordinary file"):
        read_whole(tmp_path / "pipe")


@POSIX
def test_a_socket_in_its_place_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("socket")
        with pytest.raises(StoreError, match="cannot be read"):
            read_whole(tmp_path / "socket")


@POSIX
def test_a_link_that_leads_to_itself_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(StoreError, match="cannot be read"):
        read_whole(tmp_path / "link")


@POSIX
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_in_its_place_is_not_read(path: str) -> None:
    with pytest.raises(StoreError, match="not an ordinary file"):
        read_whole(Path(path))


@POSIX
def test_a_file_far_too_large_is_not_read_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.truncate(tmp_path / "file", LARGEST + 1)  # takes no room on the disk
    with pytest.raises(StoreError, match="too large"):
        read_whole(tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch(0)
    with pytest.raises(StoreError, match="may not be read"):
        read_whole(tmp_path / "file")


@POSIX
@pytest.mark.parametrize("what", ["file", "folder", "pipe", "missing"])
def test_nothing_stays_open_however_it_ends(tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    make = {"file": path.touch, "folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}
    make.get(what, lambda: None)()
    before = descriptors()
    try:
        read_whole(path)
    except StoreError:
        assert what != "file"
    assert descriptors() == before


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file"), "is not there", "check the path"),
        (PermissionError(errno.EPERM, "no"), "is protected by the system", "Full Disk Access"),
        (PermissionError(errno.EACCES, "no"), "may not be read", "check who owns it"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output", "check"),
        (OSError("without a number"), "cannot be read: without a number", "check"),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_one_line(
    error: OSError, message: str, hint: str
) -> None:
    said = unopened(Path("/a/file"), error)
    assert said.message.startswith("/a/file ")
    assert message in said.message
    assert hint in said.hint
    assert "\n" not in said.message + said.hint
    assert said.exit_code == 4


def test_a_file_that_a_browser_keeps_for_itself_says_that_it_is_running() -> None:
    error = PermissionError(errno.EACCES, "used by another process")
    error.winerror = 32  # as Windows sets it, where it is an attribute of every such error
    said = unopened(Path("/a/file"), error)
    assert isinstance(said, BrowserRunningError)
    assert said.exit_code == 5
    assert "close the browser" in said.hint


@pytest.mark.parametrize("winerror", [5, None])
def test_other_errors_of_windows_are_told_as_what_they_are(winerror: int | None) -> None:
    error = PermissionError(errno.EACCES, "no")
    error.winerror = winerror
    said = unopened(Path("/a/file"), error)
    assert not isinstance(said, BrowserRunningError)
    assert "may not be read" in said.message


def test_values_are_found_by_their_keys_and_what_is_missing_is_told_in_their_place() -> None:
    a, b, gone = (cookie(host).key for host in ("a.example", "b.example", "c.example"))
    contents = Contents(((cookie("a.example"), "of a"), (cookie("b.example"), None)))
    values = values_of(contents, [a, b, gone], Path("/a/file"))
    assert list(values) == [a, b, gone]
    assert values[a] == "of a"
    assert isinstance(values[b], UnreadableValueError)
    assert "/a/file holds no value" in str(values[b])
    assert isinstance(values[gone], StoreError)
    assert "no longer in /a/file" in str(values[gone])


def test_a_store_shows_what_its_file_holds_and_what_it_could_not_understand(
    tmp_path: Path,
) -> None:
    store = store_of(tmp_path, b"a.example id secret\nb.example odd\n")
    jar = store.read()
    assert [cookie.host for cookie in jar.cookies] == ["a.example", "b.example"]
    assert (jar.schema, jar.read_only) == (None, "it is somebody's export")
    assert [problem.message for problem in jar.problems] == ["one line is odd"]
    assert store.usage() == Usage(Activity.CLOSED)
    assert store.profile.family is Family.FILE
    assert "secret" not in repr(jar)


def test_twins_are_numbered_from_the_second_on_and_keep_their_values(tmp_path: Path) -> None:
    store = store_of(tmp_path, b"a.example id 1\nb.example id x\na.example id 2\na.example id 3\n")
    cookies = store.read().cookies
    assert cookies[0].key.columns == ("a.example", "id", "/")
    assert len({cookie.id for cookie in cookies}) == 4
    assert reveal(store, *cookies) == ["1", "x", "2", "3"]


def test_a_store_is_read_anew_every_time(tmp_path: Path) -> None:
    store = store_of(tmp_path, b"a.example id 1\n")
    (before,) = store.read().cookies
    store_of(tmp_path, b"b.example id 2\n")
    (after,) = store.read().cookies
    assert (before.host, after.host) == ("a.example", "b.example")
    with pytest.raises(StoreError, match="no longer"):
        reveal(store, before)


def test_a_store_refuses_every_change_and_says_why(tmp_path: Path) -> None:
    store = store_of(tmp_path, b"a.example id 1\n")
    with pytest.raises(ReadOnlyError, match="somebody's export; nothing was changed"), store.edit():
        pytest.fail("it was opened for changes")
    assert isinstance(store.obstacle(), ReadOnlyError)
    assert store.profile.store.read_bytes() == b"a.example id 1\n"
