"""What the person said is kept in one private file, and never lost by a mistake in it."""

import stat
from pathlib import Path

import pytest

from cookietui.catalogue.overrides import ANY_HOST, Overrides
from cookietui.errors import ConfigError
from cookietui.model.cookie import Cookie
from cookietui.model.policy import Purpose
from tests.making import cookie


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "kept.json"


def kept(overrides: Overrides, about: Cookie) -> bool:
    said = overrides.about(about)
    return said is not None and said.keep


def test_without_a_file_nothing_is_said(file: Path) -> None:
    overrides = Overrides(file)
    assert list(overrides) == []
    assert overrides.about(cookie()) is None
    assert not file.exists()


def test_a_kept_cookie_is_kept_with_its_note(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example", "my login")
    said = overrides.about(cookie("sid"))
    assert said is not None
    assert (said.keep, said.note, said.purpose) == (True, "my login", None)


def test_what_was_said_survives_the_program(file: Path) -> None:
    Overrides(file).keep("sid", "shop.example", "my login")
    Overrides(file).keep("lang", ANY_HOST)
    assert [(o.name, o.host, o.note) for o in Overrides(file)] == [
        ("sid", "shop.example", "my login"),
        ("lang", "*", ""),
    ]


def test_saying_it_again_replaces_the_note(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example", "old")
    overrides.keep("sid", "shop.example", "new")
    assert [o.note for o in Overrides(file)] == ["new"]


def test_a_released_cookie_is_no_longer_kept(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example")
    overrides.keep("lang", "shop.example")
    assert overrides.release("sid", "shop.example")
    assert not kept(Overrides(file), cookie("sid"))
    assert kept(Overrides(file), cookie("lang"))


@pytest.mark.parametrize(("name", "host"), [("sid", "other.example"), ("SID", "shop.example")])
def test_nothing_is_released_that_was_not_said(file: Path, name: str, host: str) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example")
    before = file.read_bytes()
    assert not overrides.release(name, host)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("shop.example", True),
        (".shop.example", True),
        ("www.shop.example", True),
        ("bookshop.example", False),
        ("example", False),
        ("shop.example.evil.example", False),
    ],
)
def test_a_host_is_meant_with_its_subdomains_by_whole_labels(
    file: Path,
    host: str,
    meant: bool,
) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example")
    assert kept(overrides, cookie("sid", host)) is meant


def test_a_star_in_a_name_stands_for_anything_and_nothing_else_is_special(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("log.in_*", "shop.example")
    assert kept(overrides, cookie("log.in_5f2c"))
    assert kept(overrides, cookie("log.in_a\nb"))
    assert not kept(overrides, cookie("logXin_5f2c"))
    assert not kept(overrides, cookie("my_log.in_5f2c"))


def test_a_cookie_whose_name_holds_a_star_can_be_kept(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("a*[b", "shop.example")
    assert kept(overrides, cookie("a*[b"))


def test_any_host_means_every_host(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", ANY_HOST)
    assert kept(overrides, cookie("sid", "anywhere.example"))


def test_a_full_name_says_more_than_a_glob_and_a_host_more_than_any(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(
        """{"overrides": [
            {"name": "s*", "host": "www.shop.example", "purpose": "preferences"},
            {"name": "sid", "host": "*", "purpose": "marketing"},
            {"name": "sid", "host": "shop.example", "purpose": "necessary"}
        ]}"""
    )
    overrides = Overrides(file)
    wanted = {"www.shop.example": Purpose.NECESSARY, "other.example": Purpose.MARKETING}
    for host, purpose in wanted.items():
        said = overrides.about(cookie("sid", host))
        assert said is not None
        assert said.purpose is purpose


def test_only_its_owner_can_read_the_file(file: Path) -> None:
    Overrides(file).keep("sid", "shop.example")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["kept.json"]


BROKEN = {
    "no JSON": b'{"overrides": [',
    "an unknown key": b'{"overrides": [{"name": "a", "host": "b", "keeep": true}]}',
    "another shape": b'["sid"]',
    "a purpose that there is not": b'{"overrides": [{"name": "a", "host": "b", "purpose": "x"}]}',
    "not UTF-8": b'{"overrides": [{"name": "\xff", "host": "b"}]}',
    "an empty file": b"",
    "brackets nested beyond measure": b"[" * 100_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_and_left_as_it_is(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        Overrides(file)
    assert str(file) in caught.value.message
    assert caught.value.exit_code == 2
    assert file.read_bytes() == content


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(ConfigError, match="cannot be read"):
        Overrides(file)


def test_what_cannot_be_written_changes_nothing(file: Path) -> None:
    overrides = Overrides(file)
    overrides.keep("sid", "shop.example")
    before = file.read_bytes()
    with pytest.raises(ConfigError, match="cannot be written"):
        overrides.keep("raw-\udce9", "shop.example")
    assert file.read_bytes() == before
    assert [each.name for each in overrides] == ["sid"]


def test_a_full_folder_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(ConfigError) as caught:
        Overrides(tmp_path / "config" / "kept.json").keep("sid", "shop.example")
    assert "config" in caught.value.message
