"""Damaged files of every kind are read or refused. What is wrong follows from the seed alone."""

import json
import random
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import lz4.block
import pytest

from cookietui.errors import CookieTuiError, StoreError
from cookietui.model.cookie import Cookie
from cookietui.model.profile import Family, Profile
from cookietui.stores.opening import Stores
from cookietui.stores.port import Jar
from cookietui.stores.snapshot import Snapshots
from tests import binarycookies
from tests.builders import (
    LATER,
    Row,
    aged,
    chromium_row,
    chromium_store,
    firefox_row,
    firefox_store,
    insert_rows,
    sealed,
)
from tests.layouts import CHROMIUM, FIREFOX

SECRET = "n0b0dys-s3cret"  # noqa: S105 - nobody's
HOST = "shop.example"
MARK = b"mozLz40\x00"
CONTAINERS = b'{"version": 5, "identities": [{"userContextId": 1, "name": "Work"}]}'
# What stands in documents where it should not.
ODD = (
    b"1e999", b"-1", b"NaN", b"null", b"true", b"{}", b"[]", b'""', b'"\\ud800"', b'"\\u0000"',
    b"9" * 30, b"9" * 5000, b"[" * 5000, b'{"a":' * 5000, b'"0001-01-01T00:00:00+23:59"',
    b'"9999-12-31T23:59:59-23:59"', b"\xff\xfe", b"\x00", b"\t", b"\r\n", b"\xed\xa0\x80",
)  # fmt: skip
ODD_VALUES = (
    None, True, -1, 0.5, 10**30, 10**400, -1e300, float("inf"), float("nan"), "", "\x00", "\ud800",
    "\udcff", [], {}, [[[]]], "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x" * 9000,
    ".", "https://", "(https,a.example)",
)  # fmt: skip
EXTREMES = (0, 1, 2**7, 2**8 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1)

Files = dict[str, bytes]
Damage = Callable[[random.Random, bytes], bytes]
Made = tuple[Family, str, Files]


def closed(family: Family, rows: list[Row], version: int, folder: Path) -> Made:
    """A database as a closed browser leaves it."""
    make = chromium_store if family is Family.CHROMIUM else firefox_store
    store = make(folder, rows, version)
    beside = {"containers.json": CONTAINERS} if family is Family.FIREFOX else {}
    return family, store.name, {store.name: store.read_bytes()} | beside


def interrupted(family: Family, rows: list[Row], folder: Path) -> Made:
    """A database as it lies on the disk while a browser writes, with the file it needs beside."""
    _, name, files = closed(family, rows[:5], 24 if family is Family.CHROMIUM else 17, folder)
    store = folder / name
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        insert_rows(connection, rows[5:])
        if family is Family.FIREFOX:
            connection.execute("COMMIT")
        files |= {path.name: path.read_bytes() for path in folder.glob(f"{name}*")}
    return family, name, {each: content for each, content in files.items() if "-shm" not in each}


def session(rows: list[Row], folder: Path) -> Made:
    """A closed Firefox with the cookies of its last session."""
    family, name, files = closed(Family.FIREFOX, rows[:3], 17, folder)
    cookies = [
        {"host": HOST, "name": f"n{n}", "value": SECRET, "path": "/", "httponly": True,
         "originAttributes": {"userContextId": n % 2, "partitionKey": "(https,a.example)"}}
        for n in range(20)
    ]  # fmt: skip
    document = json.dumps({"version": ["sessionrestore", 1], "cookies": cookies}).encode()
    return family, name, files | {"sessionstore.jsonlz4": packed_session(document)}


def packed_session(document: bytes) -> bytes:
    packed: bytes = lz4.block.compress(document, store_size=False)
    return MARK + struct.pack("<I", len(document)) + packed


def exported() -> dict[str, bytes]:
    """The same cookies in every dialect of exported files."""
    own, editor, playwright, lines = [], [], [], ["# Netscape HTTP Cookie File"]
    for n in range(12):
        own.append({
            "name": f"n{n}", "host": f".{HOST}", "path": "/", "value": SECRET, "size": 9,
            "partition": {"site": "https://a.example", "cross_site": True},
            "container": {"id": n + 1, "name": "Work"}, "created": "2026-01-01T00:00:00Z",
            "expires": "2027-01-01T00:00:00Z", "session": False, "same_site": "lax",
        })  # fmt: skip
        foreign = {"name": f"n{n}", "domain": f".{HOST}", "path": "/", "value": SECRET}
        editor.append(foreign | {"expirationDate": LATER / 1e6, "hostOnly": False})
        playwright.append(foreign | {"expires": LATER / 1e6, "sameSite": "Lax"})
        lines.append(f".{HOST}\tTRUE\t/\tTRUE\t{LATER // 10**6}\tn{n}\t{SECRET}")
    return {
        "own.json": json.dumps({"schema": 1, "cookies": own}).encode(),
        "editor.json": json.dumps(editor, indent=1).encode(),
        "playwright.json": json.dumps({"cookies": playwright, "origins": []}).encode(),
        "cookies.txt": "\n".join(lines).encode(),
    }


@cache
def originals() -> dict[str, Made]:
    """Files of every kind as they should be."""
    chromium = [
        chromium_row(name=f"n{n}", encrypted_value=sealed(HOST, SECRET), path="/" + "p" * 9 * n)
        for n in range(150)
    ]
    firefox = [
        firefox_row(name=f"n{n}", value=SECRET * n, originAttributes=f"^userContextId={n}")
        for n in range(150)
    ]
    jar = binarycookies.file(
        *(binarycookies.page(*(binarycookies.record(f"n{n}") for n in range(9))) for _ in range(3))
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        made = {
            "chromium writing": interrupted(Family.CHROMIUM, chromium, folder / "a"),
            "firefox writing": interrupted(Family.FIREFOX, firefox, folder / "b"),
            "firefox session": session(firefox, folder / "c"),
            "safari": (Family.SAFARI, "Cookies.binarycookies", {"Cookies.binarycookies": jar}),
        }
        for family, rows, versions in (
            (Family.CHROMIUM, chromium, CHROMIUM), (Family.FIREFOX, firefox, FIREFOX),
        ):  # fmt: skip
            for version in (min(versions), max(versions)):
                kind = f"{family.value} {version}"
                made[kind] = closed(family, rows, version, folder / kind)
    return made | {
        each: (Family.FILE, each, {each: content}) for each, content in exported().items()
    }


def flip(chance: random.Random, content: bytes) -> bytes:
    """Turn bits around."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, content: bytes) -> bytes:
    """Lose the end."""
    return content[: chance.randrange(len(content))]


def rewrite(chance: random.Random, content: bytes) -> bytes:
    """Write noise or zeros over a part."""
    start, length = chance.randrange(len(content)), chance.choice((1, 4, 100, 5000))
    noise = chance.choice((chance.randbytes(length), bytes(length)))
    return content[:start] + noise + content[start + length :]


def swap_pages(chance: random.Random, content: bytes) -> bytes:
    """Let pages lie in another order, or one of them twice."""
    size = min(chance.choice((512, 4096, 32768)), max(len(content) // 3, 1))
    pages = [content[at : at + size] for at in range(0, len(content), size)]
    one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
    pages[one], pages[other] = pages[other], chance.choice((pages[one], pages[other]))
    return b"".join(pages)


def lie(chance: random.Random, content: bytes) -> bytes:
    """Say a number that cannot be, mostly where files say how large things are."""
    at = chance.randrange(chance.choice((min(len(content), 120), len(content))))
    number = struct.pack(chance.choice("<>") + "I", chance.choice(EXTREMES))
    return content[:at] + number[: chance.choice((1, 2, 4))] + content[at + 4 :]


def splice(chance: random.Random, content: bytes) -> bytes:
    """Put something odd in the place of a word or number."""
    starts = [at for at, byte in enumerate(content) if byte in b'":, \t\n'] or [0]
    start = chance.choice(starts)
    end = chance.choice([at for at in starts if at > start] or [len(content)])
    return content[: start + 1] + chance.choice(ODD) + content[min(end, start + 40) :]


def noise(chance: random.Random, content: bytes) -> bytes:
    """Keep nothing, or nothing but how it begins."""
    return content[: chance.choice((0, 4, 16, 100))] + chance.randbytes(chance.randrange(5000))


def confuse(chance: random.Random, content: bytes) -> bytes:
    """Keep a document well formed, but put something odd in the place of a value or a key."""
    packed = content.startswith(MARK)
    try:
        start = len(MARK) + 4
        document = json.loads(lz4.block.decompress(content[start:], 10**5) if packed else content)
        holder, key = chance.choice(list(places(document)))
    except (ValueError, IndexError, RecursionError, lz4.block.LZ4BlockError):
        return noise(chance, content)
    holder[key] = chance.choice(ODD_VALUES)
    if isinstance(holder, dict) and chance.random() < 0.2:
        holder[chance.choice(("domain", "name", "\ud800", ""))] = holder.pop(key)
    changed = json.dumps(document).encode()
    return packed_session(changed) if packed else changed


def places(document: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Everywhere in a document where a value is."""
    if isinstance(document, dict | list):
        for key in document if isinstance(document, dict) else range(len(document)):
            yield document, key
            yield from places(document[key])


DAMAGES: tuple[Damage, ...] = (flip, cut, rewrite, swap_pages, lie, splice, noise)


def damaged(seed: int) -> Made:
    """Files with something wrong in one of them or more; by its number every kind has its turn."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    family, name, whole = list(originals().values())[seed % len(originals())]
    files = dict(whole)
    for _ in range(chance.choice((1, 1, 2, 4))):
        victim = chance.choice(sorted(files))
        document = victim.endswith(("json", "jsonlz4"))
        damage = chance.choice((*DAMAGES, *[confuse] * 14 * document))
        files[victim] = damage(chance, files[victim] or b"\x00")
    return family, name, files


def outcome(made: Made, folder: Path) -> Jar | StoreError:
    """Read the files, as what they are."""
    family, name, files = made
    home = folder / "profile"
    home.mkdir()
    for each, content in files.items():
        (home / each).write_bytes(content)
        aged(home / each)
    whose = Profile(f"{family.value}:x", family.value.title(), "x", family, home, home / name)
    try:
        return Stores(Snapshots(folder / "scratch")).of(whose).read()
    except StoreError as error:
        return error


def check(seed: int, folder: Path) -> None:
    """Be sure that damaged files are read or refused, and that nothing is left of it."""
    found = outcome(damaged(seed), folder)
    cookies, problems = (
        (found.cookies, found.problems) if isinstance(found, Jar) else ((), (found,))
    )
    assert all(isinstance(problem, CookieTuiError) for problem in problems)
    assert SECRET not in "".join(f"{problem.message} {problem.hint}" for problem in problems)
    for cookie in cookies:
        check_cookie(cookie)
    assert not list(folder.glob("scratch/*"))


def check_cookie(cookie: Cookie) -> None:
    """Be sure that a cookie is made of what it should be, whatever its file held."""
    for text in (cookie.name, cookie.host, cookie.path, cookie.isolation, cookie.id):
        assert isinstance(text, str)
    for moment in (cookie.created, cookie.expires, cookie.last_used, cookie.size):
        assert moment is None or isinstance(moment, int)
    assert isinstance(cookie.session, bool)
    assert cookie.partition is None or isinstance(cookie.partition.site, str)
    assert cookie.container is None or isinstance(cookie.container.id, int)


@pytest.mark.parametrize("kind", originals())
def test_the_files_are_whole_before_they_are_damaged(tmp_path: Path, kind: str) -> None:
    found = outcome(originals()[kind], tmp_path)
    assert isinstance(found, Jar)
    assert len(found.cookies) >= 5
    assert found.problems == ()


@pytest.mark.parametrize("kind", ["chromium 24", "firefox 17"])
def test_a_schema_that_is_no_text_is_refused(tmp_path: Path, kind: str) -> None:
    family, name, files = originals()[kind]
    broken = files[name].replace(b"INTEGER", b"INT(\xccR", 1)
    assert isinstance(outcome((family, name, {name: broken}), tmp_path), StoreError)


@pytest.mark.parametrize("seed", range(156))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    check(seed, tmp_path)
