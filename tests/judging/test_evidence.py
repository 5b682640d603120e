"""What attributes tell: they confirm that a cookie is needed; one kind of evidence removes."""

from collections import defaultdict
from pathlib import Path

import msgspec
import pytest

from cookietui.catalogue.loading import load_catalogue
from cookietui.judging.evidence import (
    RULES,
    hints,
    looks_like_forgery_token,
    looks_like_sign_in,
    weigh,
)
from cookietui.judging.name_words import told_by
from cookietui.model.cookie import Cookie, Partition
from cookietui.model.policy import Party, Purpose
from cookietui.model.verdict import Suggestion
from tests.making import DAY, NOW, cookie, embedded, judge, session

NEEDED = [
    "sid", "session", "auth", "user_session", "userSession", "login", "logged_in", "jwt", "sso",
    "access_token", "identity", "remember_me", "csrftoken", "XSRF-TOKEN", "consent", "gdpr_choice",
    "cookie_notice", "cookie-policy", "cookieconsent_status", "__RequestVerificationToken",
]  # fmt: skip


def concluded(about: Cookie, party: Party) -> tuple[str, Purpose] | None:
    """The rule that decides, and what follows."""
    left = about.lifetime(NOW)
    for rule in RULES:
        if rule.holds(about, party, left):
            assert weigh(about, party, left) == rule.concludes
            return rule.name, rule.concludes.purpose
    assert weigh(about, party, left) is None
    return None


@pytest.mark.parametrize(
    ("about", "party", "rule"),
    [
        (cookie("csrf"), Party.FIRST, "forgery-token"),
        (embedded("_xsrf"), Party.THIRD, "forgery-token"),
        (session("a1", http_only=True), Party.FIRST, "hidden-session"),
        (session("a1", http_only=True), Party.UNKNOWN, "hidden-session"),
        (cookie("my_login", http_only=True), Party.FIRST, "hidden-sign-in"),
        (cookie("__Host-a1"), Party.FIRST, "host-prefix"),
        (cookie("__HOST-a1"), Party.UNKNOWN, "host-prefix"),
        (cookie("cookie_notice_seen"), Party.FIRST, "consent-choice"),
    ],
)
def test_these_attributes_show_that_a_cookie_is_needed(
    about: Cookie, party: Party, rule: str
) -> None:
    assert concluded(about, party) == (rule, Purpose.NECESSARY)


def test_a_hidden_cookie_with_no_more_to_tell_is_kept() -> None:
    assert concluded(cookie("a1", http_only=True), Party.FIRST) == ("hidden", Purpose.NECESSARY)


@pytest.mark.parametrize(
    "about",
    [
        session("a1"),
        session("a1", http_only=None),
        cookie("a1"),
        cookie("a1", http_only=None),
        cookie("a1", expires=NOW + 400 * DAY),
        cookie("__Secure-a1"),
        cookie("x__Host-a1"),
        cookie(""),
    ],
)
def test_these_attributes_tell_nothing_of_a_sites_own_cookie(about: Cookie) -> None:
    assert concluded(about, Party.FIRST) is None


@pytest.mark.parametrize(
    "about",
    [
        embedded("a1", session=True, expires=None, http_only=True),
        embedded("a1", http_only=True),
        embedded("my_login", http_only=True),
        embedded("cookie_consent", expires=NOW + 10 * DAY),
    ],
)
def test_a_third_party_gains_nothing_from_hiding_or_naming_itself(about: Cookie) -> None:
    assert concluded(about, Party.THIRD) is None


def test_a_third_partys_long_lived_cookie_is_taken_for_marketing() -> None:
    assert concluded(embedded("x_trk"), Party.THIRD) == (
        "third-party-long-lived",
        Purpose.MARKETING,
    )
    said = judge().judge(embedded("x_trk"), NOW, "shop.example")
    assert said.suggestion is Suggestion.REMOVE
    assert any("91 of 100" in reason for reason in said.reasons)


@pytest.mark.parametrize(
    "about",
    [
        embedded("x_trk", expires=NOW + 31 * DAY),
        embedded("x_trk", expires=None),
        embedded("x_trk", expires=NOW - DAY),
        embedded("x_trk", http_only=True),
        embedded("x_trk", http_only=None),
        embedded("x_trk", partition=None),
        embedded("x_trk", partition=Partition("https://shop.example", None)),
        embedded("x_trk", partition=Partition("https://shop.example", cross_site=False)),
        cookie("x_trk", expires=NOW + 400 * DAY),
    ],
)
def test_without_every_part_of_the_evidence_nothing_is_suggested_for_removal(
    about: Cookie,
) -> None:
    for site in (None, "shop.example", "stranger.example"):
        assert judge().judge(about, NOW, site).suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize("name", NEEDED)
def test_a_third_party_with_a_name_of_logins_forms_or_choices_is_not_removed(name: str) -> None:
    said = judge().judge(embedded(name), NOW, "shop.example")
    assert said.suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize(
    "name",
    ["checkoutSessionId", "ASPSESSIONIDQQTDABCD", "MYSESSID", "isLoggedIn", "userAuthId"],
)
def test_a_login_named_in_one_word_is_not_removed_either(name: str) -> None:
    said = judge().judge(embedded(name), NOW, "shop.example")
    assert said.suggestion is not Suggestion.REMOVE


def test_a_choice_named_as_the_founding_policy_names_it_is_not_removed() -> None:
    said = judge().judge(embedded("cookies_preferences"), NOW, "shop.example")
    assert said.suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize(
    "name", ["sid", "SID", "my-auth", "jwt", "wordpress_logged_in_5f", "token"]
)
def test_names_of_logins_are_recognised(name: str) -> None:
    assert looks_like_sign_in(cookie(name))


@pytest.mark.parametrize("name", ["", "beside", "lang", "_ga", "insider", "theme"])
def test_names_that_only_contain_such_letters_are_not(name: str) -> None:
    assert not looks_like_sign_in(cookie(name))


@pytest.mark.parametrize("name", ["csrftoken", "XSRF-TOKEN", "__RequestVerificationToken", "_csrf"])
def test_names_of_tokens_against_forgery_are_recognised(name: str) -> None:
    assert looks_like_forgery_token(cookie(name))


def test_every_rule_has_a_name_of_its_own_and_a_reason_in_a_sentence() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.concludes.reason.endswith(".") for rule in RULES)


def test_only_one_rule_is_enough_for_removal() -> None:
    assert [r.name for r in RULES if r.concludes.enough] == ["third-party-long-lived"]


@pytest.mark.parametrize(
    ("name", "rule", "purpose"),
    [
        ("my_login", "named-like-sign-in", Purpose.NECESSARY),
        ("userSession", "named-like-sign-in", Purpose.NECESSARY),
        ("shop-basket", "named-like-basket", Purpose.NECESSARY),
        ("cartCount", "named-like-basket", Purpose.NECESSARY),
        ("SERVERID", "named-like-routing", Purpose.NECESSARY),
        ("bm_bot", "named-like-protection", Purpose.NECESSARY),
        ("site_lang", "named-like-preference", Purpose.PREFERENCES),
        ("darkMode", "named-like-preference", Purpose.PREFERENCES),
        ("x_ads", "named-like-advertising", Purpose.MARKETING),
        ("utmCampaign", "named-like-advertising", Purpose.MARKETING),
        ("visitor-stats", "named-like-measurement", Purpose.STATISTICS),
    ],
)
def test_words_in_a_name_tell_what_it_is_for(name: str, rule: str, purpose: Purpose) -> None:
    assert concluded(cookie(name), Party.FIRST) == (rule, purpose)


@pytest.mark.parametrize("name", ["x_ads", "utmCampaign", "visitor-stats"])
def test_a_name_alone_is_never_enough_for_removal(name: str) -> None:
    for about in (cookie(name), cookie(name, http_only=None), embedded(name, http_only=None)):
        said = judge().judge(about, NOW, "shop.example")
        assert said.suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize("name", ["add", "download", "clandestine", "broadcast", "a1", ""])
def test_words_within_other_words_tell_nothing(name: str) -> None:
    assert told_by(name) is None


def test_a_short_life_that_scripts_can_read_tells_of_statistics() -> None:
    about = cookie("a1", expires=NOW + DAY)
    assert concluded(about, Party.FIRST) == ("short-lived-readable", Purpose.STATISTICS)
    assert judge().judge(about, NOW, "shop.example").suggestion is Suggestion.ASK


def test_names_with_the_same_hints_are_told_the_same_whatever_else_a_cookie_has() -> None:
    alike: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for policy in load_catalogue(Path("nobody's")).builtin:
        for declaration in policy.declarations:
            name = declaration.pattern.replace("*", "x1")
            alike[hints(name)].append(name)
    assert len(alike) > 20
    shapes = [
        (kind("", http_only=hidden, expires=expires, session=expires is None), party)
        for kind in (cookie, embedded)
        for hidden in (True, False, None)
        for expires in (NOW + DAY // 2, NOW + 400 * DAY, None)
        for party in Party
    ]
    for names in alike.values():
        for about, party in shapes:
            told = {
                weigh(msgspec.structs.replace(about, name=name), party, about.lifetime(NOW))
                for name in names
            }
            assert len(told) == 1, (names, about, party)
