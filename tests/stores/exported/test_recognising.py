"""A file is recognised by its content, and what is no file of cookies is one error of one line."""

import codecs
from pathlib import Path

import pytest

from cookietui.errors import ReadOnlyError, StoreError
from cookietui.model.profile import Activity, Family
from tests.binarycookies import file, page, record
from tests.builders import chromium_row, chromium_store, firefox_row, firefox_store
from tests.sessions import entry, packed, state
from tests.stores.exported.files import SECRET, names, opened

JSON = '{"cookies": [{"name": "id", "host": "shop.example", "value": "välue"}]}'
LIST = '[{"name": "id", "domain": "shop.example", "value": "välue"}]'
TXT = "shop.example\tFALSE\t/\tTRUE\t0\tid\tvälue\n"
HEADED = f"# HTTP Cookie File\n{TXT}"
HTML = '<!doctype html>\n<html>\t<body>\t<a href="#">s3cr3t</a>\n</html>\n'


@pytest.mark.parametrize("text", [JSON, LIST, TXT, HEADED])
@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        pytest.param(b"", "utf-8", id="plain"),
        pytest.param(codecs.BOM_UTF8, "utf-8", id="utf-8-with-a-mark"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", id="utf-16-of-windows"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", id="utf-16-the-other-way"),
    ],
)
def test_every_kind_is_recognised_in_every_encoding(
    tmp_path: Path, text: str, start: bytes, encoding: str
) -> None:
    store = opened(tmp_path, start + text.encode(encoding))
    jar = store.read()
    assert (names(jar), jar.problems) == (["id"], ())
    assert list(store.values(cookie.key for cookie in jar.cookies).values()) == ["välue"]


@pytest.mark.parametrize("text", [JSON, LIST, TXT, HEADED])
@pytest.mark.parametrize("blanks", ["\n", "  \n\t", "\r\n\r\n"])
def test_leading_blank_lines_are_no_hindrance(tmp_path: Path, text: str, blanks: str) -> None:
    jar = opened(tmp_path, blanks.rstrip(" \t") + text).read()
    assert (names(jar), jar.problems) == (["id"], ())


@pytest.mark.parametrize("text", ["  " + JSON, "\t" + LIST])
def test_leading_blanks_are_no_hindrance_to_json(tmp_path: Path, text: str) -> None:
    assert names(opened(tmp_path, text).read()) == ["id"]


def test_a_file_is_of_no_browser_and_is_only_read(tmp_path: Path) -> None:
    store = opened(tmp_path, JSON)
    before = store.profile.store.read_bytes()
    assert store.profile.family is Family.FILE
    assert store.usage().activity is Activity.CLOSED
    assert "exported" in store.read().read_only
    with pytest.raises(ReadOnlyError, match="only read"), store.edit():
        pytest.fail("it was opened for changes")
    assert store.profile.store.read_bytes() == before


def browsers_own(folder: Path) -> dict[str, bytes]:
    """Files of browsers that somebody may take for an export."""
    return {
        "Chromium's": chromium_store(folder / "c", [chromium_row(value=SECRET)]).read_bytes(),
        "Firefox's": firefox_store(folder / "f", [firefox_row(value=SECRET)]).read_bytes(),
        "a session's": packed(state(entry(value=SECRET))),
    }


def test_a_browsers_own_file_is_told_to_be_one_and_how_to_name_it(tmp_path: Path) -> None:
    for whose, content in browsers_own(tmp_path).items():
        with pytest.raises(StoreError, match="browser's own file") as caught:
            opened(tmp_path, content).read()
        assert "--profile" in caught.value.hint, whose


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\n\t\n", id="blank"),
        pytest.param(codecs.BOM_UTF8, id="a-mark-only"),
        pytest.param(codecs.BOM_UTF16_LE, id="another-mark-only"),
        pytest.param(b"\xff\xfes", id="half-a-character"),
        pytest.param(bytes(range(256)) * 10, id="binary"),
        pytest.param(b"\x00" * 5000, id="zeros"),
        pytest.param(b"SQLite format 2\x00", id="an-older-database"),
        pytest.param(file(page(record("s3cr3t"))), id="safaris"),
        pytest.param(HTML.encode(), id="html"),
        pytest.param(b"name,value\nid,s3cr3t\n", id="commas"),
        pytest.param(b"Cookie: id=s3cr3t\n", id="a-header"),
        pytest.param(b'"s3cr3t"', id="json-text"),
        pytest.param(b"id\ts3cr3t\n", id="two-fields"),
    ],
)
def test_what_is_no_file_of_cookies_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(StoreError, match="no file of cookies that is known") as caught:
        opened(tmp_path, content).read()
    assert str(tmp_path / "cookies") in caught.value.message
    assert "cookies.txt" in caught.value.hint
    assert SECRET not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[",
        '{"cookies": [{"name": "id", "value": "s3cr3t',
        '[{"name": "id", "value": "s3cr3t"},]',
        "[s3cr3t]",
        "{'value': 's3cr3t'}",
        '[{"name": "id", "value": "s3cr3t\n"}]',
        '[1] {"value": "s3cr3t"}',
        pytest.param("[" * 100_000, id="deep-and-open"),
        pytest.param("[" * 100_000 + "]" * 100_000, id="deep"),
        pytest.param(f"[{'9' * 5000}]", id="digits"),
    ],
)
def test_broken_json_is_told_without_what_is_in_it(tmp_path: Path, content: str) -> None:
    with pytest.raises(StoreError, match="broken JSON") as caught:
        opened(tmp_path, content).read()
    assert SECRET not in caught.value.message + caught.value.hint
    assert str(tmp_path / "cookies") in caught.value.message
    assert len(caught.value.message.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        '{"cookies": null}',
        '{"cookies": {"id": "s3cr3t"}}',
        '{"cookie": []}',
        '{"cookies": 1}',
    ],
)
def test_json_without_a_list_of_cookies_says_what_is_expected(tmp_path: Path, content: str) -> None:
    with pytest.raises(StoreError, match="no list of cookies") as caught:
        opened(tmp_path, content).read()
    assert "an object with a list called cookies" in caught.value.hint
    assert SECRET not in caught.value.message


@pytest.mark.parametrize("content", ["[]", '{"cookies": []}'])
def test_an_empty_list_is_no_problem(tmp_path: Path, content: str) -> None:
    jar = opened(tmp_path, content).read()
    assert (jar.cookies, jar.problems) == ((), ())
