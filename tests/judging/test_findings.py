"""What is worth knowing about how a cookie is set."""

from typing import Any

import pytest

from cookietui.judging.findings import find
from cookietui.model.cookie import Cookie, Partition, SameSite
from cookietui.model.policy import Purpose
from cookietui.model.verdict import JudgedCookie, Level
from tests.making import DAY, NOW, cookie, session, verdict

SAFE: dict[str, Any] = {"http_only": True, "secure": True, "same_site": SameSite.LAX}


def codes(about: Cookie, purpose: Purpose = Purpose.NECESSARY) -> list[str]:
    return [finding.code for finding in find(JudgedCookie(about, verdict(purpose)), NOW)]


def login(**fields: Any) -> Cookie:  # noqa: ANN401
    return session("session", **(SAFE | fields))


def test_a_login_set_as_it_should_be_has_no_findings() -> None:
    assert codes(login()) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"http_only": False}, "login-readable"),
        ({"secure": False}, "login-not-secure"),
        ({"same_site": SameSite.NONE}, "login-cross-site"),
        ({"same_site": SameSite.UNSET}, "same-site-unset"),
        ({"session": False, "expires": NOW + 366 * DAY}, "long-lived"),
        ({"session": False, "expires": NOW}, "expired"),
        ({"session": False, "expires": NOW - DAY}, "expired"),
    ],
)
def test_each_weakness_of_a_login_has_its_finding(fields: dict[str, Any], code: str) -> None:
    assert codes(login(**fields)) == [code]


@pytest.mark.parametrize("field", ["http_only", "secure", "same_site"])
def test_nothing_is_found_in_what_the_source_does_not_say(field: str) -> None:
    assert codes(login(**{field: None})) == []


def test_a_cookie_in_the_session_file_is_said_to_be_there() -> None:
    assert codes(login(in_session_file=True)) == ["in-session-file"]


@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.STATISTICS, Purpose.PREFERENCES])
def test_what_is_declared_as_no_login_has_no_findings_of_a_login(purpose: Purpose) -> None:
    assert codes(login(http_only=False, secure=False), purpose) == []


def test_a_login_nobody_declares_is_looked_at_as_a_login() -> None:
    assert codes(login(http_only=False), Purpose.UNKNOWN) == ["login-readable"]


@pytest.mark.parametrize("name", ["csrftoken", "XSRF-TOKEN", "session_csrf"])
def test_a_token_against_forgery_may_be_read_by_scripts(name: str) -> None:
    assert codes(session(name, **(SAFE | {"http_only": False}))) == []


def test_a_partitioned_login_of_another_site_is_not_told_as_cross_site() -> None:
    apart = Partition("https://shop.example", cross_site=True)
    assert codes(login(same_site=SameSite.NONE, partition=apart)) == []


@pytest.mark.parametrize("left", [364 * DAY, 365 * DAY])
def test_a_year_is_not_yet_long(left: int) -> None:
    assert codes(cookie("theme", expires=NOW + left, **SAFE)) == []


def test_the_gravest_finding_comes_first_and_all_are_sentences() -> None:
    worst = cookie("session", secure=False, expires=NOW + 400 * DAY)
    found = find(JudgedCookie(worst, verdict(Purpose.NECESSARY)), NOW)
    assert [f.level for f in found] == [Level.HIGH, Level.HIGH, Level.INFO, Level.INFO]
    assert all(f.text.endswith(".") for f in found)
    assert len({f.code for f in found}) == 4
