"""What is wrong with a session file is told in one line, and costs no cookie that can be read."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cookietui.errors import StoreError
from cookietui.stores.port import Jar
from cookietui.stores.session_files import session_cookies
from tests.builders import firefox_row, firefox_store, open_store, profile
from tests.sessions import CLEAN_END, MARK, RECOVERY, entry, packed, state, write_file
from tests.sessions import write_session as write
from tests.unprivileged import folder_for_everybody, locked, printed

SECRET = "s3cr3t"  # noqa: S105 - it is there to be looked for
WHOLE = state(entry(name="a", value=SECRET), entry(name="b"))
DEEP = 100_000
ROOM = 4 + len(MARK)
_READ = """
profile = Profile("firefox:a", "Firefox", "a", Family.FIREFOX, Path(sys.argv[1]), Path("x"))
try:
    print([cookie.name for cookie, _ in session_cookies(profile).cookies])
except StoreError as error:
    print(error.message)
"""
_IMPORTS = """
from pathlib import Path
from cookietui.errors import StoreError
from cookietui.model.profile import Family, Profile
from cookietui.stores.session_files import session_cookies
"""


def read(tmp_path: Path, content: bytes) -> Jar:
    """A profile with one stored cookie and this session file."""
    store = firefox_store(tmp_path / "a.default", [firefox_row(name="kept")])
    write_file(store.parent, content)
    return open_store(profile(store), tmp_path).read()


def names(jar: Jar) -> list[str]:
    return [cookie.name for cookie in jar.cookies]


def problem(jar: Jar) -> str:
    """The one problem there is, which never holds a value."""
    (error,) = jar.problems
    assert isinstance(error, StoreError)
    assert SECRET not in error.message + error.hint
    assert "\n" not in error.message
    return error.message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(MARK, id="no-size"),
        pytest.param(MARK + bytes(4), id="no-block"),
        pytest.param(packed(WHOLE, mark=b"mozLz41\0"), id="another-mark"),
        pytest.param(packed(WHOLE)[ROOM:], id="a-bare-block"),
        pytest.param(WHOLE, id="not-packed"),
        pytest.param(packed(WHOLE, size=len(WHOLE) - 1), id="a-little-more-than-it-says"),
        pytest.param(packed(WHOLE, size=0), id="says-it-is-empty"),
        pytest.param(packed(WHOLE, size=2**32 - 1), id="says-four-gigabytes"),
        pytest.param(packed(WHOLE, size=2**28), id="says-more-than-can-be"),
        pytest.param(MARK + (100).to_bytes(4, "little") + b"\xff" * 50, id="not-lz4"),
        pytest.param(packed(b"hello, no JSON"), id="not-json"),
        pytest.param(packed(WHOLE[:-1]), id="half-json"),
        pytest.param(packed(b"[]"), id="a-list"),
        pytest.param(packed(b"null"), id="null"),
        pytest.param(packed(b'{"cookies": {}}'), id="cookies-are-an-object"),
        pytest.param(packed(b'{"cookies": 5}'), id="cookies-are-a-number"),
        pytest.param(packed(b'{"cookies": "s3cr3t"}'), id="cookies-are-text"),
        pytest.param(packed(b'{"windows":' + b"[" * DEEP), id="deep-and-open"),
        pytest.param(packed(b'{"w":' + b"[" * DEEP + b"]" * DEEP + b"}"), id="deep"),
    ],
)
def test_a_file_that_cannot_be_understood_is_one_problem_beside_the_stored_cookies(
    tmp_path: Path, content: bytes
) -> None:
    jar = read(tmp_path, content)
    assert names(jar) == ["kept"]
    assert str(tmp_path / "a.default" / CLEAN_END) in problem(jar)


def test_a_block_that_holds_less_than_it_says_is_read_as_firefox_reads_it(tmp_path: Path) -> None:
    jar = read(tmp_path, packed(WHOLE, size=len(WHOLE) * 10))
    assert names(jar) == ["kept", "a", "b"]
    assert jar.problems == ()


def test_a_file_that_was_cut_short_anywhere_is_damaged_and_never_half_a_list(
    tmp_path: Path,
) -> None:
    whose = profile(tmp_path / "cookies.sqlite")
    content = packed(WHOLE)
    for kept in range(len(content)):
        write_file(tmp_path, content[:kept])
        with pytest.raises(StoreError, match="damaged"):
            session_cookies(whose)


@pytest.mark.parametrize(
    "broken",
    [
        "5",
        "null",
        "[]",
        "{}",
        '"s3cr3t"',
        '{"host": 5, "value": "s3cr3t"}',
        '{"host": "a.example", "value": ["s3cr3t"]}',
        '{"host": "a.example", "name": null, "value": "s3cr3t"}',
        '{"host": "a.example", "value": "s3cr3t", "secure": "yes"}',
        '{"host": "a.example", "value": "s3cr3t", "sameSite": 1.5}',
        '{"host": "a.example", "value": "s3cr3t", "originAttributes": []}',
        '{"host": "a.example", "originAttributes": {"partitionKey": ["s3cr3t"]}}',
        pytest.param(
            f'{{"host": "a", "originAttributes": {{"userContextId": {"9" * 5000}}}}}', id="digits"
        ),
    ],
)
def test_a_single_cookie_that_is_broken_is_told_beside_the_others(
    tmp_path: Path, broken: str
) -> None:
    one, two = json.dumps(entry(name="a")), json.dumps(entry(name="b"))
    jar = read(tmp_path, packed(f'{{"cookies": [{one}, {broken}, {two}]}}'.encode()))
    assert names(jar) == ["kept", "a", "b"]
    assert "1 cookie in the session file" in problem(jar)


@pytest.mark.parametrize(
    "content",
    [
        '{"windows": [{"title": "half an emoji: \\ud83d"}], "cookies": [%s]}',
        '{"cookies": [%s, {"host": "a.example", "value": "s3cr3t\\ud800"}]}',
    ],
)
def test_half_a_character_anywhere_costs_no_other_cookie(tmp_path: Path, content: str) -> None:
    # Browsers cut texts between the two halves of a character and write down what is left.
    jar = read(tmp_path, packed((content % json.dumps(entry(name="a"))).encode()))
    assert names(jar)[:2] == ["kept", "a"]


def test_broken_cookies_are_counted_in_one_line(tmp_path: Path) -> None:
    jar = read(tmp_path, packed(state(5, entry(name="a"), None, {})))
    assert names(jar) == ["kept", "a"]
    assert "3 cookies in the session file" in problem(jar)


@pytest.mark.parametrize("number", [0, 2**32 - 1, 2**64, -1])
def test_any_number_of_a_container_is_shown_or_told(tmp_path: Path, number: int) -> None:
    jar = read(tmp_path, packed(state(entry(name="a", originAttributes={"userContextId": number}))))
    assert names(jar) == ["kept", "a"]
    assert jar.problems == ()


def test_a_name_that_is_not_utf_8_is_kept_as_its_bytes(tmp_path: Path) -> None:
    jar = read(tmp_path, packed(WHOLE.replace(b'"a"', b'"\xff"')))
    assert names(jar) == ["kept", "\udcff", "b"]
    assert jar.problems == ()


def test_a_folder_in_the_place_of_a_file_gives_way_to_the_next(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "a.default")
    (store.parent / CLEAN_END).mkdir()
    opened = open_store(profile(store), tmp_path)
    assert problem(opened.read())
    write(store.parent, entry(name="a"), name=RECOVERY)
    jar = opened.read()
    assert (names(jar), jar.problems) == (["a"], ())


def test_a_file_in_the_place_of_the_folder_is_no_session(tmp_path: Path) -> None:
    store = firefox_store(tmp_path / "a.default", [firefox_row(name="kept")])
    (store.parent / "sessionstore-backups").write_text("in the way")
    jar = open_store(profile(store), tmp_path).read()
    assert (names(jar), jar.problems) == (["kept"], ())


def test_a_folder_that_may_not_be_entered_is_told_unless_it_is_not_needed() -> None:
    with folder_for_everybody() as folder:
        write(folder, entry(name="a"), name=RECOVERY)
        with locked(folder / "sessionstore-backups"):
            refused = printed(_IMPORTS, _READ, folder)
            write(folder, entry(name="b"))
            instead = printed(_IMPORTS, _READ, folder)
        after = printed(_IMPORTS, _READ, folder)
    assert refused == f"{folder / RECOVERY} may not be read\n"
    assert instead == after == "['b']\n"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(sorted(entry(secure=True, httponly=True, expiry=1)))
ENTRIES = st.lists(
    st.dictionaries(KEYS, JSON).map(lambda change: entry(**change)) | JSON, max_size=4
)


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(st.binary(max_size=80), st.integers(0, 2**32 - 1))
@example(b"", 0)
@example(b"\xff" * 80, 2**14)
def test_whatever_follows_the_mark_stops_no_scan(anywhere: Path, rest: bytes, size: int) -> None:
    write_file(anywhere, MARK + size.to_bytes(4, "little") + rest)
    with pytest.raises(StoreError, match="damaged"):
        session_cookies(profile(anywhere / "cookies.sqlite"))


@given(ENTRIES)
def test_whatever_the_cookies_are_each_is_shown_or_counted(
    anywhere: Path, entries: list[object]
) -> None:
    write_file(anywhere, packed(json.dumps({"cookies": entries}).encode()))
    found = session_cookies(profile(anywhere / "cookies.sqlite"))
    lost = sum(int(error.message.split(" ")[0]) for error in found.problems)
    assert len(found.cookies) + lost == len(entries)
    assert all(cookie.session and cookie.in_session_file for cookie, _ in found.cookies)
