"""Firefox's session cookies are shown beside the others, and revealed on request."""

import json
from pathlib import Path

import pytest

from cookietui.errors import StoreError
from cookietui.model.cookie import Container, Cookie, Partition, SameSite
from cookietui.stores.port import CookieStore, Jar
from tests.builders import NOW, firefox_row, firefox_store, open_store, profile, reveal
from tests.sessions import (
    CLEAN_END,
    OLDER_RECOVERY,
    RECOVERY,
    entry,
    origin,
    packed,
    write_file,
    write_session,
)

FILES = (CLEAN_END, RECOVERY, OLDER_RECOVERY)
BROKEN = b"not a session file"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile with one cookie in its cookie store."""
    return firefox_store(tmp_path / "a.default", [firefox_row(name="kept", value="v4l")]).parent


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> CookieStore:
    return open_store(profile(folder / "cookies.sqlite"), tmp_path)


def in_session(jar: Jar) -> list[Cookie]:
    return [cookie for cookie in jar.cookies if cookie.in_session_file]


def only(store: CookieStore) -> Cookie:
    """The one session cookie."""
    jar = store.read()
    assert jar.problems == ()
    (cookie,) = in_session(jar)
    return cookie


def test_a_session_cookie_has_what_its_file_says_and_nothing_made_up(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(name="näme", value="välue", path="/a"))
    cookie = only(store)
    assert (cookie.name, cookie.host, cookie.path) == ("näme", "shop.example", "/a")
    assert (cookie.created, cookie.last_used, cookie.expires) == (None, None, None)
    assert (cookie.session, cookie.secure, cookie.http_only) == (True, False, False)
    assert (cookie.same_site, cookie.size, cookie.encryption) == (SameSite.UNSET, 11, None)
    assert (cookie.partition, cookie.container, cookie.isolation) == (None, None, "")
    assert cookie.set_by_script is None
    assert cookie.key.profile == store.profile.id


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"secure": True}, "secure", True),
        ({"httponly": True}, "http_only", True),
        ({"sameSite": 0}, "same_site", SameSite.NONE),
        ({"sameSite": 1}, "same_site", SameSite.LAX),
        ({"sameSite": 2}, "same_site", SameSite.STRICT),
        ({"sameSite": None}, "same_site", None),
        ({"name": None}, "name", ""),
        ({"path": None}, "path", ""),
        ({"value": None}, "size", 2),
        ({"originAttributes": None}, "container", None),
        ({"expiry": NOW // 1000}, "expires", None),
        ({"expiry": NOW // 1000}, "session", True),
        ({"host": ".shop.example"}, "host_only", False),
        ({"host": ".shop.example"}, "domain", "shop.example"),
        ({"host": "shop.example"}, "host_only", True),
        ({"originAttributes": origin(privateBrowsingId=1)}, "isolation", "privateBrowsingId=1"),
        (
            {"originAttributes": origin(geckoViewSessionContextId="x")},
            "isolation",
            "geckoViewSessionContextId=x",
        ),
    ],
)
def test_every_attribute_is_read(
    folder: Path, store: CookieStore, change: dict[str, object], field: str, expected: object
) -> None:
    write_session(folder, entry(**change))
    assert getattr(only(store), field) == expected


@pytest.mark.parametrize(
    ("host", "key", "partition"),
    [
        ("embed.example", "(https,shop.example)", Partition("https://shop.example", True)),
        ("a.shop.example", "(https,shop.example)", Partition("https://shop.example", False)),
        ("a.shop.example", "(https,shop.example,f)", Partition("https://shop.example", True)),
        ("embed.example", "(http,localhost,8080)", Partition("http://localhost:8080", True)),
    ],
)
def test_a_partition_is_read_and_whether_another_site_stood_between(
    folder: Path, store: CookieStore, host: str, key: str, partition: Partition
) -> None:
    whose = origin(partitionKey=key)
    write_session(folder, entry(host=host, originAttributes=whose, isPartitioned=True))
    assert only(store).partition == partition


def test_containers_go_by_the_names_the_person_gave_them(folder: Path, store: CookieStore) -> None:
    identities = [{"userContextId": 6, "public": True, "name": "Post office"}]
    (folder / "containers.json").write_text(json.dumps({"identities": identities}))
    numbers = (6, 7)
    write_session(
        folder, *(entry(originAttributes=origin(userContextId=number)) for number in numbers)
    )
    containers = [cookie.container for cookie in in_session(store.read())]
    assert containers == [Container(6, "Post office"), Container(7, None)]


def test_cookies_that_only_their_origin_tells_apart_have_ids_of_their_own(
    folder: Path, store: CookieStore
) -> None:
    origins = [
        origin(),
        origin(userContextId=1),
        origin(privateBrowsingId=1),
        origin(partitionKey="(https,a.example)"),
        origin(firstPartyDomain="a.example"),
        origin(geckoViewSessionContextId="a"),
    ]
    write_session(folder, *(entry(originAttributes=each, value=str(each)) for each in origins))
    cookies = in_session(store.read())
    assert len({cookie.id for cookie in cookies}) == len(origins)
    assert reveal(store, *cookies) == [str(each) for each in origins]


def test_cookies_that_nothing_tells_apart_have_ids_of_their_own_all_the_same(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(value="1"), entry(value="2"))
    cookies = in_session(store.read())
    assert len({cookie.id for cookie in cookies}) == 2
    assert reveal(store, *cookies) == ["1", "2"]


def test_an_id_is_the_same_in_whichever_file_and_place_the_cookie_lies(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(value="before"), name=RECOVERY)
    before = only(store).id
    write_session(folder, entry(name="new"), entry(value="after", expiry=NOW))
    assert [cookie.id for cookie in in_session(store.read())][1] == before


def test_a_persistent_cookie_of_the_same_name_is_another_cookie(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(name="kept", value="session"))
    stored, session = store.read().cookies
    assert (stored.name, stored.host, stored.path) == (session.name, session.host, session.path)
    assert (stored.in_session_file, session.in_session_file) == (False, True)
    assert stored.id != session.id
    assert reveal(store, session, stored) == ["session", "v4l"]


@pytest.mark.parametrize(
    ("there", "read"),
    [
        (FILES, CLEAN_END),
        ((RECOVERY, OLDER_RECOVERY), RECOVERY),
        ((OLDER_RECOVERY,), OLDER_RECOVERY),
        (("sessionstore-backups/previous.jsonlz4", "sessionstore-backups/upgrade.jsonlz4-1"), None),
        ((), None),
    ],
)
def test_the_file_that_firefox_would_restore_from_is_read_and_no_other(
    folder: Path, store: CookieStore, there: tuple[str, ...], read: str | None
) -> None:
    for name in there:
        write_session(folder, entry(name=name), name=name)
    jar = store.read()
    assert [cookie.name for cookie in in_session(jar)] == ([read] if read else [])
    assert jar.problems == ()


@pytest.mark.parametrize("broken", [FILES[:1], FILES[1:2], FILES[:2]])
def test_a_broken_file_gives_way_to_the_next(
    folder: Path, store: CookieStore, broken: tuple[str, ...]
) -> None:
    for name in FILES:
        write_session(folder, entry(name=name), name=name)
    for name in broken:
        write_file(folder, BROKEN, name)
    first = next(name for name in FILES if name not in broken)
    assert only(store).name == first


@pytest.mark.parametrize("there", [FILES, FILES[:1], FILES[2:], FILES[::2]])
def test_where_every_file_is_broken_the_others_are_shown_and_one_problem(
    folder: Path, store: CookieStore, there: tuple[str, ...]
) -> None:
    for name in there:
        write_file(folder, BROKEN, name)
    jar = store.read()
    assert [cookie.name for cookie in jar.cookies] == ["kept"]
    (problem,) = jar.problems
    assert isinstance(problem, StoreError)
    assert str(folder / there[0]) in problem.message


def test_a_session_without_cookies_is_no_problem(folder: Path, store: CookieStore) -> None:
    for content in (b"{}", b'{"cookies": null}', b'{"cookies": []}', b'{"windows": [{"a": 1}]}'):
        write_file(folder, packed(content))
        jar = store.read()
        assert (in_session(jar), jar.problems) == ([], ()), content


def test_values_are_revealed_on_request_and_are_nowhere_else(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(value="s3cr3t"), entry(name="none", value=None))
    jar = store.read()
    stored, session, empty = jar.cookies
    assert store.values([empty.key, stored.key, session.key]) == {
        empty.key: "",
        stored.key: "v4l",
        session.key: "s3cr3t",
    }
    assert "s3cr3t" not in repr(jar)


def test_a_session_cookie_that_is_gone_is_told_beside_the_values_of_the_others(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry(name="gone"), entry(name="stays", value="here"))
    stored, gone, stays = store.read().cookies
    write_session(folder, entry(name="stays", value="here"))
    values = store.values([stored.key, gone.key, stays.key])
    assert (values[stored.key], values[stays.key]) == ("v4l", "here")
    assert isinstance(values[gone.key], StoreError)


def test_a_session_file_that_broke_meanwhile_costs_no_other_value(
    folder: Path, store: CookieStore
) -> None:
    write_session(folder, entry())
    stored, session = store.read().cookies
    write_file(folder, BROKEN)
    values = store.values([stored.key, session.key])
    assert values[stored.key] == "v4l"
    assert isinstance(values[session.key], StoreError)
