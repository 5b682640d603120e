"""JSON that Cookie-Editor and Playwright write is read for what it says."""

from pathlib import Path
from typing import Any

import pytest

from cookietui.model.cookie import Partition, SameSite
from tests.builders import reveal
from tests.stores.exported.files import SECOND, SECRET, UNKNOWN, names, only, opened, problem

EDITOR: dict[str, Any] = {
    "domain": ".shop.example",
    "expirationDate": 1829560000.25,
    "hostOnly": False,
    "httpOnly": True,
    "name": "sid",
    "path": "/account",
    "sameSite": "no_restriction",
    "secure": True,
    "session": False,
    "storeId": "0",
    "value": "välue",
}
PLAYWRIGHT: dict[str, Any] = {
    "name": "sid",
    "value": "välue",
    "domain": ".shop.example",
    "path": "/account",
    "expires": 1829560000.25,
    "httpOnly": True,
    "secure": True,
    "sameSite": "None",
}
LEAST: dict[str, Any] = {"name": "id", "domain": "shop.example"}


def storage_state(*cookies: object) -> dict[str, object]:
    """What Playwright writes beside the cookies too."""
    item = {"name": "token", "value": SECRET}
    return {
        "cookies": list(cookies),
        "origins": [{"origin": "https://a.example", "localStorage": [item]}],
    }


@pytest.mark.parametrize("content", [[EDITOR], storage_state(PLAYWRIGHT)])
def test_everything_that_is_said_is_read(tmp_path: Path, content: Any) -> None:  # noqa: ANN401
    store = opened(tmp_path, content)
    cookie = only(store)
    assert (cookie.name, cookie.host, cookie.path) == ("sid", ".shop.example", "/account")
    assert (cookie.expires, cookie.session) == (1829560000_250_000, False)
    assert (cookie.secure, cookie.http_only, cookie.same_site) == (True, True, SameSite.NONE)
    assert (cookie.size, cookie.encryption, cookie.created) == (9, None, None)
    assert (cookie.partition, cookie.container, cookie.last_used) == (None, None, None)
    assert reveal(store, cookie) == ["välue"]


def test_what_is_not_said_is_unknown(tmp_path: Path) -> None:
    cookie = only(opened(tmp_path, [LEAST]))
    assert (cookie.name, cookie.host) == ("id", "shop.example")
    assert {field: getattr(cookie, field) for field in UNKNOWN} == UNKNOWN


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"hostOnly": True}, "host", "shop.example"),
        ({"hostOnly": False}, "host", ".shop.example"),
        ({"sameSite": "lax"}, "same_site", SameSite.LAX),
        ({"sameSite": "strict"}, "same_site", SameSite.STRICT),
        ({"sameSite": "Lax"}, "same_site", SameSite.LAX),
        ({"sameSite": "Strict"}, "same_site", SameSite.STRICT),
        ({"sameSite": "unspecified"}, "same_site", SameSite.UNSET),
        ({"sameSite": None}, "same_site", None),
        ({"sameSite": "new"}, "same_site", None),
        ({"session": True}, "session", True),
        ({"session": True}, "expires", None),
        ({"session": False}, "session", False),
        ({"expires": -1}, "session", True),
        ({"expires": -1}, "expires", None),
        ({"expires": 5}, "expires", 5 * SECOND),
        ({"expires": 5}, "session", False),
        ({"expirationDate": 5}, "expires", 5 * SECOND),
        ({"value": ""}, "size", 2),
        ({"value": None}, "size", None),
        ({"storeId": 0, "id": 1}, "name", "id"),
    ],
)
def test_every_attribute_is_read(
    tmp_path: Path, change: dict[str, object], field: str, expected: object
) -> None:
    assert getattr(only(opened(tmp_path, [LEAST | change])), field) == expected


@pytest.mark.parametrize(
    ("change", "partition"),
    [
        (
            {"partitionKey": {"topLevelSite": "https://a.b", "hasCrossSiteAncestor": True}},
            Partition("https://a.b", True),
        ),
        ({"partitionKey": {"topLevelSite": "https://a.b"}}, Partition("https://a.b", None)),
        ({"partitionKey": {}}, None),
        ({"partitionKey": {"topLevelSite": ""}}, None),
        ({"partitionKey": None}, None),
        ({"partitionKey": ""}, None),
        ({"partitionKey": "https://a.b"}, Partition("https://a.b", None)),
        (
            {"partitionKey": "https://a.b", "_crHasCrossSiteAncestor": False},
            Partition("https://a.b", False),
        ),
        (
            {"partitionKey": "https://a.b", "_crHasCrossSiteAncestor": True},
            Partition("https://a.b", True),
        ),
    ],
)
def test_a_partition_is_read_however_it_is_written(
    tmp_path: Path, change: dict[str, object], partition: Partition | None
) -> None:
    assert only(opened(tmp_path, [LEAST | change])).partition == partition


@pytest.mark.parametrize("key", ["expires", "expirationDate"])
@pytest.mark.parametrize("number", ["1e14", "1e300", "Infinity"])
def test_a_time_beyond_all_times_is_no_end_of_the_session(
    tmp_path: Path, key: str, number: str
) -> None:
    jar = opened(tmp_path, f'[{{"name": "id", "domain": "a.example", "{key}": {number}}}]').read()
    assert not any(cookie.session for cookie in jar.cookies)


def test_a_state_without_cookies_is_no_problem(tmp_path: Path) -> None:
    jar = opened(tmp_path, storage_state()).read()
    assert (jar.cookies, jar.problems) == ((), ())


def test_dialects_may_be_mixed_in_one_file(tmp_path: Path) -> None:
    own = {"name": "own", "host": "a.example"}
    assert names(opened(tmp_path, [EDITOR, own, PLAYWRIGHT]).read()) == ["sid", "own", "sid"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"name": 5, "value": SECRET}, ".name: Expected `str`, got `int`"),
        ({"domain": None, "value": SECRET}, ".domain: Expected `str`, got `null`"),
        ({"value": {"secret": SECRET}}, ".value: "),
        ({"expires": SECRET}, ".expires: Expected `float | null`, got `str`"),
        ({"expirationDate": [SECRET]}, ".expirationDate: "),
        ({"hostOnly": SECRET}, ".hostOnly: "),
        ({"partitionKey": [SECRET]}, ".partitionKey: "),
        ({"partitionKey": {"topLevelSite": [SECRET]}}, ".partitionKey.topLevelSite: "),
        ({"_crHasCrossSiteAncestor": SECRET}, "._crHasCrossSiteAncestor: "),
    ],
)
def test_a_cookie_that_is_broken_is_told_by_its_place_beside_the_others(
    tmp_path: Path, broken: dict[str, object], told: str
) -> None:
    jar = opened(tmp_path, storage_state(LEAST, LEAST | broken, LEAST)).read()
    assert len(jar.cookies) == 2
    assert f"$.cookies[1]{told}" in problem(jar)


def test_a_cookie_without_a_name_is_told(tmp_path: Path) -> None:
    jar = opened(tmp_path, [{"domain": "a.example", "value": SECRET}]).read()
    assert jar.cookies == ()
    assert "$[0]: Object missing required field `name`" in problem(jar)


def test_a_number_with_too_many_digits_is_told(tmp_path: Path) -> None:
    text = '[{"name": "id", "domain": "a.example", "expires": %s}]'
    jar = opened(tmp_path, text.replace("%s", "9" * 400)).read()
    assert jar.cookies == ()
    assert "$[0].expires" in problem(jar)


@pytest.mark.parametrize(
    "odd",
    [
        {"value": "\ud800"},
        {"name": "\ud800"},
        {"domain": "\ud800"},
        {"sameSite": "\ud800"},
        {"\ud800": 1},
        {"partitionKey": "\ud800"},
        {"partitionKey": {"\ud800": 1}},
    ],
)
def test_half_a_character_costs_its_own_cookie_at_most(
    tmp_path: Path, odd: dict[str, object]
) -> None:
    jar = opened(tmp_path, [LEAST | odd, LEAST | {"name": "other"}]).read()
    assert "other" in names(jar)
    assert all(len(cookie.id) == 16 for cookie in jar.cookies)


def test_cookies_that_nothing_tells_apart_are_numbered(tmp_path: Path) -> None:
    store = opened(tmp_path, [LEAST | {"value": "1"}, LEAST | {"value": "2"}])
    cookies = store.read().cookies
    assert len({cookie.id for cookie in cookies}) == 2
    assert reveal(store, *cookies) == ["1", "2"]
