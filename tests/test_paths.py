"""Private folders and files, and whose home it is."""

import os
import stat
from pathlib import Path

import pytest

from cookietui.paths import Environment, private_folder, sync_folder, write_privately


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_private_folder_is_for_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = private_folder(tmp_path / "new" / "journal")
    finally:
        os.umask(before)
    assert made == tmp_path / "new" / "journal"
    assert mode(made) == 0o700


def test_a_folder_that_others_could_enter_is_closed_to_them(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir(mode=0o755)
    open_to_all.chmod(0o755)
    private_folder(open_to_all)
    assert mode(open_to_all) == 0o700


def test_a_symbolic_link_is_no_private_folder_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    target.chmod(0o755)
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(OSError, match="symbolic link"):
        private_folder(tmp_path / "link")
    assert mode(target) == 0o755


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "file")


def test_a_file_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "config" / "kept.json"
    before = os.umask(0)
    try:
        write_privately(path, b"secret")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"secret"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    with path.open("rb") as before:
        write_privately(path, b"new")
        assert before.read() == b"old"  # the old file was not written into
    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600
    assert os.listdir(tmp_path) == ["kept.json"]  # noqa: PTH208 - names are what is asked for


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    (path / "inside").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - the kind depends on the file system
        write_privately(path, b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.json"]


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "kept.json").symlink_to(target)
    write_privately(folder / "kept.json", b"new")
    assert target.read_bytes() == b"precious"
    assert (folder / "kept.json").read_bytes() == b"new"


def test_nothing_is_written_through_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(NotADirectoryError):
        write_privately(tmp_path / "link" / "kept.json", b"new")
    assert list((tmp_path / "real").iterdir()) == []


def test_a_folder_that_is_not_there_cannot_be_synced(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "missing")


@pytest.mark.parametrize("named", ["", "config", "./config", "~/config"])
def test_a_relative_xdg_folder_is_ignored(tmp_path: Path, named: str) -> None:
    environment = Environment(
        home=tmp_path,
        system="linux",
        config=tmp_path,
        state=tmp_path,
        variables={"XDG_CONFIG_HOME": named},
    )
    assert environment.xdg_config == tmp_path / ".config"


def test_an_absolute_xdg_folder_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    environment = Environment.of_this_machine()
    assert environment.xdg_config == tmp_path / "settings"
    assert environment.config == tmp_path / "settings" / "cookietui"
    assert environment.state == tmp_path / "state" / "cookietui"


def test_this_machines_home_is_the_one_of_the_environment() -> None:
    environment = Environment.of_this_machine()
    assert environment.home == Path(os.environ["HOME"])
    assert environment.xdg_config == environment.home / ".config"
    assert not environment.sample


def test_everything_of_another_home_is_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere/else")
    environment = Environment.of_home(tmp_path, sample=True)
    folders = (
        environment.config,
        environment.state,
        environment.journal,
        environment.scratch,
        environment.kept,
        environment.policies,
        environment.xdg_config,
    )
    assert all(folder.is_relative_to(tmp_path) for folder in folders)
    assert len(set(folders)) == len(folders)
    assert environment.sample
