"""What this program prints as JSON it reads again, with nothing lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cookietui.model.cookie import Container, Partition, SameSite
from tests.builders import reveal
from tests.cli.conftest import Cli
from tests.stores.exported.files import SECOND, SECRET, UNKNOWN, names, only, opened, problem

ATTRIBUTES = (
    "name", "host", "path", "host_only", "partition", "container", "created", "expires",
    "last_used", "session", "secure", "http_only", "same_site", "size", "encryption",
)  # fmt: skip
LEAST = {"name": "id", "host": "shop.example"}


def test_every_attribute_of_every_sample_comes_back(cli: Cli, tmp_path: Path) -> None:
    before = cli.json("list")["cookies"]
    path = tmp_path / "all.json"
    path.write_text(cli("list", "--json").out)
    after = cli.json("list", "--from", str(path))
    assert after["failures"] == []
    assert len(after["cookies"]) == len(before) > 200
    for one, other in zip(before, after["cookies"], strict=True):
        assert {key: one[key] for key in ATTRIBUTES} == {key: other[key] for key in ATTRIBUTES}
    assert len({each["id"] for each in after["cookies"]}) == len(before)
    hostile = {each["name"] for each in after["cookies"]}
    assert {"latin-\udce9t\udce9-\udcff", "two\nlines", "x_trk\x1b[31m", "[/]"} < hostile
    for key in ("partition", "container", "encryption", "created", "last_used", "same_site"):
        assert any(each[key] is not None for each in after["cookies"]), key


def test_values_that_were_exported_are_revealed_on_request_only(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    where = ("list", "--browser", "firefox", "--values")
    path.write_text(cli(*where, "--json").out)
    before = [each["value"] for each in cli.json(*where)["cookies"]]
    hidden = cli.json("list", "--from", str(path))["cookies"]
    shown = cli.json("list", "--from", str(path), "--values")["cookies"]
    assert {each["value"] for each in hidden} == {None}
    assert [each["value"] for each in shown] == before
    assert any(before)


def test_values_that_were_not_exported_are_told_not_to_be_there(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text(cli("list", "--json").out)
    ran = cli("list", "--from", str(path), "--values")
    assert "holds no value" in ran.err
    assert str(path) in ran.err


def test_a_name_and_a_host_are_enough_and_the_rest_is_unknown(tmp_path: Path) -> None:
    cookie = only(opened(tmp_path, [LEAST]))
    assert (cookie.name, cookie.host, cookie.session) == ("id", "shop.example", False)
    assert {field: getattr(cookie, field) for field in UNKNOWN} == UNKNOWN


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"partition": {"site": "https://a.b", "cross_site": None}}, "partition",
         Partition("https://a.b", None)),
        ({"partition": {"site": "https://a.b", "cross_site": True}}, "partition",
         Partition("https://a.b", True)),
        ({"container": {"id": 6, "name": None}}, "container", Container(6, None)),
        ({"container": {"id": 6, "name": "Work"}}, "container", Container(6, "Work")),
        ({"same_site": "unset"}, "same_site", SameSite.UNSET),
        ({"same_site": "strict"}, "same_site", SameSite.STRICT),
        ({"same_site": "sideways"}, "same_site", None),
        ({"secure": False}, "secure", False),
        ({"http_only": False}, "http_only", False),
        ({"host_only": False}, "host", ".shop.example"),
        ({"host_only": True}, "host", "shop.example"),
        ({"host_only": False, "host": ".shop.example"}, "host", ".shop.example"),
        ({"created": "1970-01-02T00:00:00Z"}, "created", 86_400 * SECOND),
        ({"created": "1970-01-01T00:00:00.5+00:00"}, "created", SECOND // 2),
        ({"created": "1970-01-01T02:00:00+02:00"}, "created", 0),
        ({"created": "1970-01-01T00:00:00"}, "created", 0),
        ({"expires": "1601-01-01T00:00:00Z"}, "expires", -11_644_473_600 * SECOND),
        ({"something": {"new": [1]}}, "name", "id"),
    ],
)  # fmt: skip
def test_every_attribute_is_read(
    tmp_path: Path, change: dict[str, object], field: str, expected: object
) -> None:
    assert getattr(only(opened(tmp_path, {"cookies": [LEAST | change]})), field) == expected


def test_the_edges_of_time_are_read(tmp_path: Path) -> None:
    last = "9999-12-31T23:59:59Z"
    cookie = only(opened(tmp_path, [LEAST | {"expires": last, "created": "0001-01-01T00:00:00Z"}]))
    assert (
        cookie.expires == int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp()) * SECOND
    )
    assert cookie.created is not None
    assert cookie.created < 0


@pytest.mark.parametrize("where", ["$", "$.cookies"])
@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"name": 5}, ".name: Expected `str`, got `int`"),
        ({"host": None}, ".host: Expected `str`, got `null`"),
        ({"value": [SECRET]}, ".value: Expected `str | null`, got `array`"),
        ({"value": SECRET, "created": SECRET}, ".created: "),
        ({"value": SECRET, "expires": 5}, ".expires: "),
        ({"value": SECRET, "secure": SECRET}, ".secure: Expected `bool | null`, got `str`"),
        ({"partition": {"site": SECRET}}, ".partition: "),
        ({"partition": {"site": [SECRET], "cross_site": None}}, ".partition.site: "),
        ({"container": {"id": SECRET, "name": None}}, ".container.id: "),
    ],
)
def test_a_cookie_that_is_broken_is_told_by_its_place_beside_the_others(
    tmp_path: Path, where: str, broken: dict[str, object], told: str
) -> None:
    entries: list[object] = [LEAST, LEAST, LEAST, LEAST | broken, LEAST]
    jar = opened(tmp_path, entries if where == "$" else {"cookies": entries}).read()
    assert len(jar.cookies) == 4
    assert f"{where}[3]{told}" in problem(jar)
    assert str(tmp_path / "cookies") in problem(jar)


@pytest.mark.parametrize("missing", ["name", "host"])
def test_a_cookie_without_name_or_host_is_told(tmp_path: Path, missing: str) -> None:
    entry = {key: value for key, value in LEAST.items() if key != missing}
    jar = opened(tmp_path, [entry | {"value": SECRET}]).read()
    assert jar.cookies == ()
    assert f"$[0]: Object missing required field `{missing}`" in problem(jar)


@pytest.mark.parametrize("odd", [5, None, "text", [], True, [LEAST]])
def test_what_is_no_cookie_at_all_is_told(tmp_path: Path, odd: object) -> None:
    jar = opened(tmp_path, [odd, LEAST]).read()
    assert names(jar) == ["id"]
    assert "$[0]: Expected `object`" in problem(jar)


@pytest.mark.parametrize("count", [1, 3, 4, 1000])
def test_at_most_three_problems_are_spelled_out(tmp_path: Path, count: int) -> None:
    told = problem(opened(tmp_path, [LEAST, *[{"name": SECRET}] * count]).read())
    assert told.count("$[") == min(count, 3)
    assert told.endswith(f"and {count - 3} more") is (count > 3)


@pytest.mark.parametrize(
    "odd",
    [
        {"\ud800": 1},
        {"created": "\ud800"},
        {"same_site": "\ud800"},
        {"partition": {"site": "\ud800", "cross_site": None}},
        {"container": {"\ud800": 1}},
        {"value": "\ud800"},
        {"name": "\ud800"},
    ],
)
def test_half_a_character_costs_its_own_cookie_at_most(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    jar = opened(tmp_path, [LEAST | odd, LEAST | {"name": "other"}]).read()
    assert "other" in names(jar)
    assert all(len(cookie.id) == 16 for cookie in jar.cookies)


def test_cookies_that_nothing_tells_apart_are_numbered(tmp_path: Path) -> None:
    entries = [LEAST | {"value": str(number)} for number in range(3)]
    store = opened(tmp_path, [*entries, LEAST | {"path": "/a", "value": "3"}])
    cookies = store.read().cookies
    assert len({cookie.id for cookie in cookies}) == 4
    assert reveal(store, *cookies) == ["0", "1", "2", "3"]


def test_no_value_is_in_what_a_reading_finds(tmp_path: Path) -> None:
    store = opened(tmp_path, [LEAST | {"value": SECRET}])
    assert SECRET not in repr(store.read())
    assert reveal(store, only(store)) == [SECRET]
