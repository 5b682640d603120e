"""The labelled cookies of the benchmarks: their shape, their number, and nothing twice."""

import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from publicsuffixlist import PublicSuffixList

_FILE = Path(__file__).parent.parent / "benchmarks" / "labelled" / "cookies.toml"
_PURPOSES = {"necessary": 120, "preferences": 60, "statistics": 120, "marketing": 120}
_SETS = ("tuning", "held-out")
_TEXT = {"name", "host", "site", "purpose", "source", "set"}
_KEYS = _TEXT | {"http_only", "session", "lifetime_days", "login"}
_LOGINS, _LOGIN_SITES = 60, 40


@pytest.fixture(scope="module")
def cookies() -> list[dict[str, Any]]:
    """The rows as they are written."""
    with _FILE.open("rb") as opened:
        rows: list[dict[str, Any]] = tomllib.load(opened)["cookies"]
    return rows


def test_every_row_says_what_it_must_and_nothing_else(cookies: list[dict[str, Any]]) -> None:
    for row in cookies:
        assert set(row) >= _TEXT, row
        assert set(row) <= _KEYS, row
        assert all(
            isinstance(row[key], str) and row[key].strip() == row[key] != "" for key in _TEXT
        )
        assert row["purpose"] in _PURPOSES, row
        assert row["set"] in _SETS, row
        assert row["source"].startswith(("https://", "http://")), row
        assert all(row[key] is True for key in ("http_only", "session", "login") if key in row), row


def test_a_lifetime_is_a_session_or_a_number_of_days(cookies: list[dict[str, Any]]) -> None:
    for row in cookies:
        assert not {"session", "lifetime_days"} <= set(row), row
        assert row.get("lifetime_days", 1) > 0, row


def test_names_are_concrete(cookies: list[dict[str, Any]]) -> None:
    for row in cookies:
        assert not set(row["name"]) & set("*<>{}#;=, \t"), row


def test_sites_are_registrable_domains(cookies: list[dict[str, Any]]) -> None:
    suffixes = PublicSuffixList()
    for row in cookies:
        assert suffixes.privatesuffix(row["site"]) == row["site"], row
        assert suffixes.privatesuffix(row["host"].removeprefix(".")), row


def test_no_cookie_is_there_twice(cookies: list[dict[str, Any]]) -> None:
    twice = [key for key, n in Counter((r["name"], r["host"]) for r in cookies).items() if n > 1]
    assert not twice


def test_there_are_enough_of_each_purpose(cookies: list[dict[str, Any]]) -> None:
    assert len(cookies) >= 500
    counted = Counter(row["purpose"] for row in cookies)
    assert {
        purpose: counted[purpose] >= least for purpose, least in _PURPOSES.items()
    } == dict.fromkeys(_PURPOSES, True), counted


def test_logins_are_necessary_and_of_many_sites(cookies: list[dict[str, Any]]) -> None:
    logins = [row for row in cookies if row.get("login")]
    assert all(row["purpose"] == "necessary" for row in logins)
    assert len(logins) >= _LOGINS
    assert len({row["site"] for row in logins}) >= _LOGIN_SITES


def test_a_source_lies_in_one_set_and_the_sets_are_of_a_size(cookies: list[dict[str, Any]]) -> None:
    sets: dict[str, set[str]] = defaultdict(set)
    for row in cookies:
        sets[row["source"]].add(row["set"])
    assert all(len(found) == 1 for found in sets.values())
    held_out = sum(row["set"] == "held-out" for row in cookies)
    assert 0.4 <= held_out / len(cookies) <= 0.6
    for purpose in _PURPOSES:
        of_it = [row["set"] for row in cookies if row["purpose"] == purpose]
        assert min(of_it.count(each) for each in _SETS) >= len(of_it) // 4, purpose
