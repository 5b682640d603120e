"""What a report tells: the same on a page and in Markdown."""

from collections.abc import Callable

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cookietui.model.policy import Kind
from cookietui.model.verdict import Level
from cookietui.operations.auditing import Audit
from cookietui.operations.reporting import html_report, markdown_report
from cookietui.operations.reporting.content import LEVELS
from tests.making import DAY, cookie, session
from tests.operations.reporting.audits import KINDS, MANY, NOW, SHOP, everything, held

Report = Callable[[Audit, dict[str, Kind], int], str]


def page(audit: Audit) -> LexborHTMLParser:
    return LexborHTMLParser(html_report(audit, KINDS, NOW))


def only(parent: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = parent.css(selector)
    return found


def words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def rows(audit: Audit, section: str) -> list[list[str]]:
    """The cells of a section's tables, row by row, without its sections."""
    tables = page(audit).css(f"#{section} > table, #{section} > details > table")
    return [
        [words(cell) for cell in row.css("th, td")]
        for table in tables
        for row in table.css("tbody > tr")
    ]


def names(audit: Audit, section: str) -> list[str]:
    return [row[0].partition(" ")[0] for row in rows(audit, section)]


def markdown_rows(text: str, title: str) -> list[str]:
    """The rows of the table under a heading."""
    section = text.partition(f"# {title}")[2].partition("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return lines[2:]


def test_it_says_of_what_when_and_from_where_it_is() -> None:
    head = words(only(page(everything()), "header"))
    for told in (
        "Cookie audit", "shop.example", "2026-11-18 11:06:40 UTC", "Shop",
        "https://shop.example/policy", "written down on 2026-11-23, 18 declarations",
        "chromium:Default: 6 cookies", "firefox:default-release: 1 cookie",
        "7 cookies in 2 browser profiles. The site's own policy declares 4 of them, and not the"
        " other 3. Consent is needed for 3 of the 7.",
    ):  # fmt: skip
        assert told in head


def test_the_numbers_lead_to_what_they_count() -> None:
    audit = everything()
    found = page(audit)
    numbers = {link.attributes["href"]: words(only(link, "b")) for link in found.css(".numbers a")}
    assert numbers == {
        "#cookies": "7",
        "#undeclared": "3",
        "#outliving": "1",
        "#party": "1",
        "#absent": str(MANY),
        "#consent": "3",
        "#findings": "1",
    }
    for link in found.css("a"):
        assert found.css(str(link.attributes["href"]))
    for section in ("cookies", "undeclared", "outliving", "party", "absent", "consent"):
        assert len(rows(audit, section)) == int(numbers[f"#{section}"])


def test_the_policy_is_held_against_reality() -> None:
    audit = everything()
    assert names(audit, "undeclared") == ["chat_window", "(no", "mystery"]
    assert rows(audit, "undeclared")[0][2:] == [
        "Chat", "It is there for preferences. Chat, a known provider, declares it by its name."
    ]  # fmt: skip
    (outliving,) = rows(audit, "outliving")
    assert outliving[0].startswith("_visits shop.example/")
    assert outliving[1:] == ["30 days taken for 1 mo", "1 y 11 mo"]
    (other,) = rows(audit, "party")
    assert other[0].startswith("ads ")
    assert "stored under https://shop.example" in other[0]
    assert other[1:] == ["first party", "third party"]
    present = {row[0]: row[-1] for row in rows(audit, "present")}
    assert present == {"_visits Counters": "_visits ×2", "ads Shop": "ads",  # noqa: RUF001 - as shown
                       "session_id Shop": "session_id"}  # fmt: skip
    assert names(audit, "absent") == [f"old_{number}_*" for number in range(MANY)]
    assert [row[0].split()[0] for row in rows(audit, "consent")] == ["ads", "_visits", "_visits"]


def test_purposes_and_lifetimes_are_told_in_words_beside_the_bars() -> None:
    audit = everything()
    purposes = {row[0]: row[2] for row in rows(audit, "purposes")}
    assert purposes == {
        "✖ Marketing": "1 of 7 (14 %)",
        "■ Statistics": "2 of 7 (29 %)",
        "▲ Preferences": "1 of 7 (14 %)",
        "? Unknown": "2 of 7 (29 %)",
        "◆ Necessary": "1 of 7 (14 %)",
    }
    told = {row[0]: row[2] for row in rows(audit, "lifetimes")}
    assert told == {
        "Session": "1 necessary",
        "Up to a day": "none",
        "Up to a week": "none",
        "Up to a month": "3: 1 statistics, 1 preferences, 1 unknown",
        "Up to half a year": "none",
        "Up to 13 months": "1 marketing",
        "Longer": "1 statistics",
        "Expired": "1 unknown",
    }
    longest = only(page(audit), "#lifetimes tr:nth-child(4) .bar")
    assert longest.attributes["style"] == "width:100.00%"
    assert len(longest.css(".part")) == 3


@pytest.mark.parametrize(
    ("expires", "title"),
    [
        (1, "Up to a day"),
        (DAY, "Up to a day"),
        (DAY + 1, "Up to a week"),
        (31 * DAY, "Up to a month"),
        (184 * DAY, "Up to half a year"),
        (397 * DAY, "Up to 13 months"),
        (397 * DAY + 1, "Longer"),
        (0, "Expired"),
    ],
)
def test_a_lifetime_belongs_where_it_ends(expires: int, title: str) -> None:
    told = {
        row[0]: row[2] for row in rows(held((), cookie("x", expires=NOW + expires)), "lifetimes")
    }
    assert [name for name, said in told.items() if said != "none"] == [title]


def test_a_lifetime_that_is_not_known_is_told_as_not_known() -> None:
    audit = held((), cookie("x", expires=None, session=False))
    assert rows(audit, "lifetimes")[-1] == ["Not known", "?", "1 unknown"]


def test_findings_stand_together_the_gravest_first() -> None:
    found = rows(everything(), "findings")
    assert [row[0].split()[-1] for row in found] == [
        "login-readable", "expired", "long-lived", "same-site-unset"
    ]  # fmt: skip
    assert [row[1] for row in found] == ["Serious", *["Good to know"] * 3]
    assert found[0][2:] == ["1", "session_id"]
    assert found[-1][2] == "6"


def test_every_level_has_a_word() -> None:
    assert set(LEVELS) == set(Level)


def test_every_cookie_is_listed_with_what_is_known() -> None:
    listed = rows(everything(), "cookies")
    assert len(listed) == 7
    chat = next(row for row in listed if row[0].startswith("chat_window"))
    assert chat == [
        "chat_window shop.example/ (and its subdomains) container: Banking in chromium:Default",
        "▲ Preferences consent unclear",
        "It is there for preferences.",
        "Chat first party",
        "a provider's word Chat, a known provider, declares it by its name.",
        "10 d declared: 1 year",
        "Secure, readable by scripts, SameSite not set, not encrypted",
    ]


def test_without_a_policy_it_says_what_cannot_be_told_and_how_to_import_one() -> None:
    audit = held((), cookie("_visits"), session("x"))
    found = page(audit)
    head = words(only(found, "header"))
    assert "none of this site is known" in head
    assert "cookietui policy import FILE --site shop.example" in head
    assert len(found.css(".numbers .unknown")) == 4
    assert "not declared: not known" in words(only(found, ".numbers"))
    assert not found.css("#undeclared, #absent")
    for link in found.css("a"):
        assert found.css(str(link.attributes["href"]))
    text = markdown_report(audit, KINDS, NOW)
    assert "| not known | not declared |" in text
    assert "policy import FILE --site shop\\.example" in text


def test_without_cookies_it_says_so() -> None:
    audit = held((SHOP,))
    assert "No cookie of this site" in words(only(page(audit), ".lead"))
    assert "There is none." in words(only(page(audit), "#cookies"))
    assert "## All cookies (0)\n\nThere is none." in markdown_report(audit, KINDS, NOW)


@pytest.mark.parametrize(
    ("cookies", "said"),
    [(["ads"], "declares every one."), (["other"], "declares none of them.")],
)
def test_the_lead_knows_all_and_none(cookies: list[str], said: str) -> None:
    audit = held((SHOP,), *map(cookie, cookies))
    assert said in words(only(page(audit), ".lead"))


@pytest.mark.parametrize("report", [html_report, markdown_report])
def test_it_explains_its_words_and_its_limits(report: Report) -> None:
    text = report(everything(), KINDS, NOW)
    for kind in KINDS.values():
        assert kind.title in text
    for told in (
        "of a cookie is never in this report", "differs between countries", "no legal advice",
        "may be set on another page", "are not counted",
    ):  # fmt: skip
        assert told in text


def test_markdown_holds_what_the_page_holds() -> None:
    audit = everything()
    text = markdown_report(audit, KINDS, NOW)
    titles = {
        "undeclared": "There and not declared (3)",
        "outliving": "Lives longer than declared (1)",
        "party": "Of another party than declared (1)",
        "present": "Declared and there (3)",
        "absent": f"Declared and not there ({MANY})",
        "consent": "Needs consent and is there (3)",
        "purposes": "By purpose",
        "lifetimes": "Time left",
        "findings": "Findings (4)",
        "cookies": "All cookies (7)",
        "words": "What the words mean",
    }
    for section, title in titles.items():
        assert len(markdown_rows(text, title)) == len(rows(audit, section)) > 0
    (outliving,) = markdown_rows(text, titles["outliving"])
    assert outliving == (
        "| \\_visits · shop\\.example/ (and its subdomains) · in chromium\\:Default"
        " | 30 days · taken for 1 mo | 1 y 11 mo |"
    )
    assert "*(no name)*" in text
    assert text.startswith("# Cookie audit: shop\\.example\n")
    assert text.endswith("\n")


def test_few_will_read_all_that_is_absent_so_it_is_folded() -> None:
    found = page(everything())
    assert words(only(found, "#absent summary")) == f"Show all {MANY}"
    few = msgspec.structs.replace(SHOP, declarations=SHOP.declarations[:4])
    assert not page(held((few,))).css("details")
