"""A site's policy held against what real browsers really keep."""

from pathlib import Path

import pytest

from tests.browsers import offers
from tests.browsers.person import Person
from tests.browsers.server import CookieServer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browsers")]

_SITE = "shop.test"
_PAGE = """# Cookies of the shop

## Necessary cookies

| Cookie | Provider | Description | Duration |
|---|---|---|---|
| sid | Shop | Keeps you signed in | Session |
| sessionid | Shop | Keeps you signed in for longer | 1 day |
| theme | Shop | How the shop looks | 1 year |
| _fbp | Shop | Whatever the name says, it is needed | 1 year |
| never_set | Shop | Is not there | 1 year |

## Statistics

| Cookie | Provider | Description | Duration |
|---|---|---|---|
| _ga* | Google | Counts visits | 2 years |
"""


@pytest.fixture(params=["chromium", "firefox"])
def person(request: pytest.FixtureRequest, tmp_path: Path, server: CookieServer) -> Person:
    """Somebody with a browser that has been to the shop."""
    home = tmp_path / "home"
    home.mkdir()
    offers.serve_offers(server)
    person = Person(request.param, tmp_path / "profile", home)
    with person.start(server) as browser:
        offers.visit_all(browser)
    return person


def test_an_audit_tells_which_cookies_a_real_browser_keeps_undeclared(
    person: Person, tmp_path: Path
) -> None:
    page = tmp_path / "cookies.md"
    page.write_text(_PAGE)
    listed = person.run("list", _SITE)["cookies"]
    found = person.run("audit", _SITE, "--policy", str(page))
    declared = {"sid", "sessionid", "theme", "_fbp", "_ga", "_ga_ABC123"}
    there = {cookie["name"] for cookie in listed}
    assert declared - {"sid"} <= there
    assert {each["name"] for each in found["undeclared"]} == there - declared
    assert {each["id"] for each in found["undeclared"]} == {
        cookie["id"] for cookie in listed if cookie["name"] not in declared
    }
    assert "never_set" in {each["pattern"] for each in found["declared_but_absent"]}
    assert {each["name"] for each in found["outlives_declaration"]} == {"sessionid"}
    person.run("audit", _SITE, "--policy", str(page), "--fail-on", "undeclared", code=7)

    # What the shop says it needs stays, and so it does without a word of it.
    deleted = person.run("clean", _SITE, "--policy", str(page), "--apply")["deleted"]
    gone = {cookie["name"] for cookie in deleted}
    assert "_ga" in gone
    assert not gone & {"sid", "sessionid", "theme", "_fbp"}
