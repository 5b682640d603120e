"""A verdict in plain words: every fact there is, none invented, and no markup to interpret."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.loading import load_catalogue
from cookietui.judging.explain import duration, explain, remaining, scope, stored_under
from cookietui.model.cookie import Container, Cookie, Partition, SameSite
from cookietui.model.policy import Kind, Party, Purpose
from cookietui.model.verdict import Basis, JudgedCookie
from tests.making import (
    DAY,
    KINDS,
    NOW,
    SECOND,
    by,
    cookie,
    declaration,
    embedded,
    judged,
    policy,
    session,
)

MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
MONTH, YEAR = 30 * DAY, 365 * DAY

ANALYTICS = policy(
    "analytics",
    declaration(
        "_visits",
        Purpose.STATISTICS,
        function="Audience measurement",
        lifetime="2 years",
        if_deleted="You count as a new visitor.",
    ),
)


def facts(each: JudgedCookie, kinds: dict[str, Kind] = KINDS) -> dict[str, str]:
    told = explain(each, kinds, NOW).facts
    assert all(fact.text for fact in told), "no empty line is told"
    return {fact.label: fact.text for fact in told}


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [
        (-DAY, "0 s"),
        (0, "0 s"),
        (999_999, "0 s"),
        (59 * SECOND, "59 s"),
        (MINUTE, "1 min"),
        (HOUR - 1, "59 min"),
        (21 * HOUR + 59 * MINUTE, "21 h"),
        (DAY, "1 d"),
        (29 * DAY, "29 d"),
        (MONTH, "1 mo"),
        (MONTH + DAY, "1 mo 1 d"),
        (6 * MONTH + 5 * DAY, "6 mo"),
        (11 * MONTH + 20 * DAY, "11 mo"),
        (YEAR, "1 y"),
        (YEAR + MONTH, "1 y 1 mo"),
        (2 * YEAR + 29 * DAY, "2 y"),
        (9000 * YEAR, "9000 y"),
    ],
)
def test_durations_are_told_to_the_precision_that_matters(microseconds: int, text: str) -> None:
    assert duration(microseconds) == text


@given(st.integers(0, 3 * YEAR), st.integers(0, 3 * YEAR))
def test_a_longer_duration_never_reads_shorter(one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert _read(duration(short)) <= _read(duration(long))
    assert _read(duration(long)) <= long


def _read(text: str) -> int:
    sizes = {"y": YEAR, "mo": MONTH, "d": DAY, "h": HOUR, "min": MINUTE, "s": SECOND}
    words = text.split()
    return sum(
        int(count) * sizes[unit] for count, unit in zip(words[::2], words[1::2], strict=True)
    )


@pytest.mark.parametrize(
    ("about", "text"),
    [
        (session("a"), "session"),
        (cookie("a", expires=None), "unknown"),
        (cookie("a", expires=NOW), "expired"),
        (cookie("a", expires=NOW - YEAR), "expired"),
        (cookie("a", expires=NOW + DAY), "1 d"),
    ],
)
def test_what_is_left_of_a_life_is_told(about: Cookie, text: str) -> None:
    assert remaining(about, NOW) == text


def test_everything_that_is_declared_is_told() -> None:
    each = judged("_visits", Purpose.STATISTICS, about={"declared": by(ANALYTICS)})
    told = facts(each)
    assert explain(each, KINDS, NOW).summary == ANALYTICS.declarations[0].description
    assert told["Provider"] == "Analytics, first party"
    assert told["Function"] == "Audience measurement"
    assert told["If deleted"] == "You count as a new visitor."
    assert told["Lifetime"] == "10 d left, declared: 2 years"
    assert told["Source"] == ANALYTICS.source
    assert told["Known by"] == "For the test."


def test_nothing_is_invented_about_a_cookie_nobody_declares() -> None:
    told = facts(judged("a"))
    assert told["Provider"] == "not known, first party"
    assert told["If deleted"] == "Cannot be foretold."
    assert {"Function", "Source", "Other word", "Your note", "Kept"}.isdisjoint(told)


@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.UNKNOWN, Purpose.NECESSARY])
def test_an_undeclared_cookie_is_summed_up_by_its_purpose(purpose: Purpose) -> None:
    summaries = {p: explain(judged("a", p), KINDS, NOW).summary for p in Purpose}
    assert summaries[purpose].endswith(".")
    assert list(summaries.values()).count(summaries[purpose]) == 1


def test_other_words_are_told_with_who_says_them() -> None:
    each = judged("_visits", Purpose.NECESSARY, about={"disagreements": (by(ANALYTICS),)})
    assert facts(each)["Other word"] == "Analytics calls _visits statistics."


def test_what_the_person_said_is_told() -> None:
    told = facts(judged("a", about={"kept": True, "note": "my basket"}))
    assert told["Kept"] == "You said never to delete it."
    assert told["Your note"] == "my basket"


def test_where_a_cookie_lies_is_told() -> None:
    about = embedded("a", container=Container(6, None), isolation="firstPartyDomain=x")
    told = facts(msgspec.structs.replace(judged("a"), cookie=about))
    assert told["Stored under"] == "https://shop.example"
    assert told["Container"] == "number 6"
    assert told["Apart by"] == "firstPartyDomain=x"
    assert told["Scope"] == "stranger.example/ (and its subdomains)"


def test_a_cookie_for_one_host_is_told_so() -> None:
    assert scope(cookie("a", "www.shop.example", path="/app")) == (
        "www.shop.example/app (this host only)"
    )


def test_a_sites_own_cookie_in_a_frame_of_another_is_told_so() -> None:
    own = cookie("a", partition=Partition("https://shop.example", cross_site=True))
    assert "embedded by way of another site" in stored_under(own)
    assert "embedded" not in stored_under(
        cookie("a", partition=Partition("https://shop.example", None))
    )


def test_flags_are_told_as_developers_know_them() -> None:
    about = cookie(
        "a", secure=False, http_only=True, same_site=SameSite.STRICT, encryption="v10",
        set_by_script=True,
    )  # fmt: skip
    told = facts(msgspec.structs.replace(judged("a"), cookie=about))
    assert told["Flags"] == (
        "not Secure, HttpOnly, SameSite=Strict, encrypted v10, last set by a script"
    )


def test_flags_that_the_source_does_not_say_are_not_known() -> None:
    told = facts(judged("a", secure=None, http_only=None, same_site=None))
    assert told["Flags"] == (
        "Secure not known, HttpOnly not known, SameSite not known, not encrypted"
    )


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_is_explained_with_the_shipped_kinds(
    tmp_path_factory: pytest.TempPathFactory, purpose: Purpose
) -> None:
    kinds = load_catalogue(tmp_path_factory.mktemp("own")).kinds
    told = facts(judged("a", purpose), kinds)
    assert told["Consent"].endswith(".")
    assert told["Kind"].endswith(".")


def test_anonymised_statistics_are_told_as_somebodys_word_and_no_law() -> None:
    said = by(policy("site", declaration("v", anonymised=True), hosts=("shop.example",)))
    each = judged("v", Purpose.STATISTICS, about={"declared": said, "basis": Basis.POLICY})
    assert "the site's policy is that" in facts(each)["Consent"]
    assert "differs between countries" in facts(each)["Consent"]


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(list(Party)))
def test_strangers_texts_are_told_as_they_are(name: str, note: str, party: Party) -> None:
    about = {"note": note, "party": party, "reasons": (f"It is called {name}.",)}
    told = facts(judged("[bold]x[/]", about=about, path="/[red]"))
    assert told["Known by"] == f"It is called {name}."
    assert told.get("Your note", "") == note
    assert told["Scope"] == "shop.example/[red] (and its subdomains)"
