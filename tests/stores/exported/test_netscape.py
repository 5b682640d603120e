"""The cookies.txt of curl, wget and yt-dlp is read line by line."""

from pathlib import Path

import pytest

from tests.builders import reveal
from tests.stores.exported.files import SECOND, SECRET, names, only, opened, problem

HEADING = "# Netscape HTTP Cookie File\n# This is a generated file! Do not edit.\n\n"


def line(**overrides: str) -> str:
    """One cookie, as curl writes it."""
    fields = {
        "domain": "shop.example",
        "subdomains": "FALSE",
        "path": "/",
        "secure": "TRUE",
        "expires": "1829560000",
        "name": "id",
        "value": "v4l",
    }
    return "\t".join((fields | overrides).values()) + "\n"


def test_a_line_is_read_for_all_it_says_and_the_rest_is_unknown(tmp_path: Path) -> None:
    store = opened(tmp_path, HEADING + line(path="/a", name="näme", value="a=b c"))
    cookie = only(store)
    assert (cookie.name, cookie.host, cookie.path) == ("näme", "shop.example", "/a")
    assert (cookie.expires, cookie.session) == (1829560000 * SECOND, False)
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (True, False, None)
    assert (cookie.created, cookie.last_used, cookie.partition) == (None, None, None)
    assert (cookie.container, cookie.encryption, cookie.size) == (None, None, 10)
    assert reveal(store, cookie) == ["a=b c"]


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"subdomains": "TRUE"}, "host", ".shop.example"),
        ({"subdomains": "TRUE", "domain": ".shop.example"}, "host", ".shop.example"),
        ({"subdomains": "FALSE", "domain": ".shop.example"}, "host", "shop.example"),
        ({"subdomains": "true"}, "host_only", False),
        ({"secure": "false"}, "secure", False),
        ({"domain": "#HttpOnly_shop.example"}, "http_only", True),
        ({"domain": "#HttpOnly_shop.example"}, "host", "shop.example"),
        ({"domain": "#HttpOnly_.shop.example", "subdomains": "TRUE"}, "host", ".shop.example"),
        ({"expires": "0"}, "session", True),
        ({"expires": "0"}, "expires", None),
        ({"expires": ""}, "session", True),
        ({"expires": "-1"}, "session", True),
        ({"expires": "-1"}, "expires", None),
        ({"expires": "1829560000.75"}, "expires", 1829560000 * SECOND),
        ({"expires": "999999999999999"}, "session", False),
        ({"name": ""}, "name", ""),
        ({"value": ""}, "size", 2),
        ({"path": ""}, "path", ""),
    ],
)
def test_every_field_is_read(
    tmp_path: Path, change: dict[str, str], field: str, expected: object
) -> None:
    assert getattr(only(opened(tmp_path, line(**change))), field) == expected


def test_a_cookie_without_a_name_keeps_its_value(tmp_path: Path) -> None:
    store = opened(tmp_path, line(name="", value="alone"))
    assert reveal(store, only(store)) == ["alone"]


def test_a_line_whose_last_tab_was_lost_has_an_empty_value(tmp_path: Path) -> None:
    store = opened(tmp_path, HEADING + line(value="").rstrip() + "\n" + line(name="other"))
    first, second = store.read().cookies
    assert (first.name, second.name) == ("id", "other")
    assert reveal(store, first, second) == ["", "v4l"]


def test_line_ends_of_windows_are_no_part_of_a_value(tmp_path: Path) -> None:
    text = (HEADING + line() + line(name="other", value="")).replace("\n", "\r\n")
    store = opened(tmp_path, text)
    cookies = store.read().cookies
    assert store.read().problems == ()
    assert [cookie.name for cookie in cookies] == ["id", "other"]
    assert reveal(store, *cookies) == ["v4l", ""]


def test_comments_and_blank_lines_are_no_cookies(tmp_path: Path) -> None:
    commented = "#" + line(name="commented out")
    text = f"{HEADING}\n  \n\t\n# a note\n{commented}{line()}#\n#HttpOnly is no mark\n"
    assert only(opened(tmp_path, text)).name == "id"


def test_a_file_of_comments_only_holds_nothing_and_is_no_problem(tmp_path: Path) -> None:
    jar = opened(tmp_path, HEADING).read()
    assert (jar.cookies, jar.problems) == ((), ())


def test_a_file_needs_no_line_end_at_its_end(tmp_path: Path) -> None:
    assert only(opened(tmp_path, line().rstrip("\n"))).size == 5


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("s3cr3t\n", "1 fields between tabs, not 7"),
        (line(value="a\ts3cr3t"), "8 fields between tabs, not 7"),
        (line(value=SECRET).replace("\t", " "), "1 fields between tabs, not 7"),
        (line(domain="", value=SECRET), "no domain"),
        (line(domain=".", value=SECRET), "no domain"),
        (line(domain="#HttpOnly_", value=SECRET), "no domain"),
        (line(subdomains=SECRET), "TRUE or FALSE expected"),
        (line(secure="", value=SECRET), "TRUE or FALSE expected"),
        (line(expires=SECRET), "no time in seconds"),
        (line(expires="1e9", value=SECRET), "no time in seconds"),
        (line(expires="--1", value=SECRET), "no time in seconds"),
        (line(expires="9" * 16, value=SECRET), "no time in seconds"),
        (line(expires="9" * 5000, value=SECRET), "no time in seconds"),
        (line(expires="²", value=SECRET), "no time in seconds"),
    ],
)
def test_a_line_that_is_broken_is_told_by_its_number_beside_the_others(
    tmp_path: Path, broken: str, why: str
) -> None:
    jar = opened(tmp_path, HEADING + line(name="a") + broken + line(name="b")).read()
    assert names(jar) == ["a", "b"]
    assert "line 5: " in problem(jar)
    assert why in problem(jar)
    assert str(tmp_path / "cookies") in problem(jar)


@pytest.mark.parametrize("count", [1, 3, 4, 1000])
def test_at_most_three_lines_are_spelled_out(tmp_path: Path, count: int) -> None:
    told = problem(opened(tmp_path, line() + f"{SECRET}\n" * count).read())
    assert told.count("line ") == min(count, 3)
    assert told.endswith(f"and {count - 3} more") is (count > 3)


def test_bytes_that_are_not_utf_8_are_kept_as_they_are(tmp_path: Path) -> None:
    content = line(name="n", value="v").encode().replace(b"\tn\tv", b"\tn\xe9\tv\xff\xfe")
    store = opened(tmp_path, content)
    cookie = only(store)
    assert (cookie.name, cookie.size) == ("n\udce9", 5)
    assert reveal(store, cookie) == ["v\udcff\udcfe"]


def test_characters_that_other_programs_end_lines_with_are_part_of_a_value(tmp_path: Path) -> None:
    odd = "a\x0bb\x0cc\x1cd\x85e\u2028f"
    store = opened(tmp_path, line(value=odd))
    assert reveal(store, only(store)) == [odd]


def test_cookies_that_nothing_tells_apart_are_numbered(tmp_path: Path) -> None:
    text = line(value="1") + line(value="2") + line(value="3", path="/a")
    store = opened(tmp_path, text)
    cookies = store.read().cookies
    assert len({cookie.id for cookie in cookies}) == 3
    assert reveal(store, *cookies) == ["1", "2", "3"]


def test_no_value_is_in_what_a_reading_finds(tmp_path: Path) -> None:
    store = opened(tmp_path, line(value=SECRET))
    assert SECRET not in repr(store.read())
    assert reveal(store, only(store)) == [SECRET]
