"""The policies that come with the program: whole, consistent, and safe for logins."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest

from cookietui.catalogue.loading import Catalogue, load_catalogue
from cookietui.catalogue.matching import GENERIC_NAMES, Matcher, glob
from cookietui.judging.judge import Judge
from cookietui.model.policy import Consent, Declaration, Match, Party, Policy, Purpose
from cookietui.model.verdict import Suggestion
from tests.making import NOW, cookie

SCREEN_WIDTH = 24
SHORT = 3
LEAST_LITERAL = 4
LONGEST_DESCRIPTION = 300
# Short or generic names that programs found on very many sites give to their own sessions.
NAMES_OF_SESSIONS = {"sessionid", "SESSION", "TGC"}

LOGINS = {
    ".google.com": (
        "SID", "HSID", "SSID", "APISID", "SAPISID", "__Secure-1PSID", "__Secure-3PSID",
        "__Secure-1PAPISID", "__Secure-3PAPISID",
    ),
    "accounts.google.com": ("__Host-GAPS", "LSID"),
    ".facebook.com": ("c_user", "xs"),
    ".x.com": ("auth_token", "ct0"),
    ".twitter.com": ("auth_token", "ct0"),
    ".linkedin.com": ("li_at",),
    ".www.linkedin.com": ("li_at", "JSESSIONID"),
    ".instagram.com": ("sessionid", "csrftoken"),
    "github.com": ("user_session", "__Host-user_session_same_site"),
    ".amazon.com": ("session-token", "at-main"),
    ".shop.example": (
        "PHPSESSID", "JSESSIONID", "connect.sid", "sessionid", "csrftoken",
        "wordpress_logged_in_5f2c81d0a4b9e7733c1d2e4f5a6b7c8d",
        "wordpress_sec_5f2c81d0a4b9e7733c1d2e4f5a6b7c8d",
    ),
}  # fmt: skip
LOGIN_ROWS = [(host, name) for host, names in LOGINS.items() for name in names]

Row = tuple[Policy, Declaration]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_catalogue(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def judge(catalogue: Catalogue) -> Judge:
    return Judge(catalogue)


def rows(catalogue: Catalogue) -> Iterator[Row]:
    return ((policy, row) for policy in catalogue.builtin for row in policy.declarations)


def place(policy: Policy, row: Declaration) -> str:
    return f"{policy.name}: {row.pattern} {list(row.hosts)}"


def test_at_least_eighty_declarations_are_shipped(catalogue: Catalogue) -> None:
    assert sum(1 for _ in rows(catalogue)) >= 80


def test_the_founding_policy_declares_exactly_its_four_necessary_cookies(
    catalogue: Catalogue,
) -> None:
    [founding] = [policy for policy in catalogue.builtin if policy.of_site]
    assert founding.hosts == ("opendatasoft.com",)
    assert [(row.pattern, row.purpose, row.match) for row in founding.declarations] == [
        (name, Purpose.NECESSARY, Match.EXACT)
        for name in ("sessionid", "django_language", "csrftoken", "cookies_preferences")
    ]


def test_the_four_kinds_say_whether_consent_is_needed(catalogue: Catalogue) -> None:
    assert {name: kind.consent for name, kind in catalogue.kinds.items()} == {
        "necessary": Consent.NOT_NEEDED,
        "statistical": Consent.NEEDED,
        "first-party": Consent.NEEDED,
        "third-party": Consent.NEEDED,
    }
    assert all(kind.consent_note.endswith(".") for kind in catalogue.kinds.values())


def test_every_policy_has_a_name_of_its_own(catalogue: Catalogue) -> None:
    counts = Counter(policy.name for policy in catalogue.builtin)
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_policy_says_where_it_was_published(catalogue: Catalogue) -> None:
    assert [p.name for p in catalogue.builtin if not p.source.startswith("https://")] == []


def test_no_pattern_is_given_two_purposes_on_the_same_hosts(catalogue: Catalogue) -> None:
    said: defaultdict[object, set[Purpose]] = defaultdict(set)
    for policy, row in rows(catalogue):
        for host in row.hosts or policy.hosts or ("",):
            said[row.pattern, row.match, host].add(row.purpose)
    assert {str(key): purposes for key, purposes in said.items() if len(purposes) > 1} == {}


def test_nothing_is_declared_twice(catalogue: Catalogue) -> None:
    alike: defaultdict[tuple[str, Match], list[Row]] = defaultdict(list)
    for policy, row in rows(catalogue):
        if not policy.of_site:
            alike[row.pattern, row.match].append((policy, row))
    twice = [
        (place(*one), place(*other))
        for same in alike.values()
        for one, other in combinations(same, 2)
        if set(one[1].hosts or ("",)) & set(other[1].hosts or ("",))
    ]
    assert twice == []


def test_no_pattern_swallows_a_name_that_is_declared_to_be_needed_more(
    catalogue: Catalogue,
) -> None:
    careful = list(Purpose)
    everywhere = [r for p, r in rows(catalogue) if not (r.hosts or p.of_site)]
    named = [row for row in everywhere if row.match is Match.EXACT]
    patterns = [row for row in everywhere if row.match is not Match.EXACT]
    assert named
    assert patterns
    swallowed = []
    for row in patterns:
        whole = re.compile(row.pattern) if row.match is Match.REGEX else glob(row.pattern)
        least = careful.index(row.purpose)
        needed_more = [each for each in named if careful.index(each.purpose) > least]
        swallowed += [(row.pattern, n.pattern) for n in needed_more if whole.fullmatch(n.pattern)]
    assert swallowed == []


def test_no_short_or_generic_name_is_declared_for_every_site(catalogue: Catalogue) -> None:
    generic = {name.casefold() for name in GENERIC_NAMES}
    offenders = [
        place(policy, row)
        for policy, row in rows(catalogue)
        if not (row.hosts or policy.of_site or row.pattern.startswith("_"))
        and row.match is not Match.REGEX
        and (row.pattern.casefold() in generic or row.literal_length <= SHORT)
        and not (row.pattern in NAMES_OF_SESSIONS and row.purpose is Purpose.NECESSARY)
    ]
    assert offenders == []


def anywhere_removable(catalogue: Catalogue) -> Iterator[Row]:
    """What leads to removal on every site."""
    for policy, row in rows(catalogue):
        if row.purpose.removable and not (row.hosts or policy.of_site):
            yield policy, row


def test_no_short_or_generic_name_leads_to_removal_without_a_host(catalogue: Catalogue) -> None:
    generic = {name.casefold() for name in GENERIC_NAMES}
    offenders = [
        place(policy, row)
        for policy, row in anywhere_removable(catalogue)
        if row.match is not Match.REGEX
        and not row.pattern.startswith("_")
        and (row.pattern.casefold() in generic or row.literal_length <= SHORT)
    ]
    assert offenders == []


def test_no_expression_without_a_host_reaches_a_short_or_generic_name(catalogue: Catalogue) -> None:
    names = {change(name) for name in GENERIC_NAMES for change in (str, str.upper, str.title)}
    names |= {"".join(name) for name in product("aIRf0_-", repeat=SHORT)}
    expressions = [each for each in anywhere_removable(catalogue) if each[1].match is Match.REGEX]
    assert expressions
    offenders = {
        place(policy, row): name
        for policy, row in expressions
        for name in names
        if re.fullmatch(row.pattern, name)
    }
    assert offenders == {}


@pytest.mark.parametrize("name", ["_a" * 2048, "_" * 4096, "a" * 4096, "_ga_" * 1024, "f0-" * 1365])
def test_no_pattern_takes_long_over_a_name_made_to_be_slow(catalogue: Catalogue, name: str) -> None:
    matcher = Matcher(catalogue.builtin, trusted=True)
    before = time.process_time()
    matcher.find(name, "shop.example", "shop.example")
    assert time.process_time() - before < 0.5


def test_a_glob_without_hosts_has_at_least_four_letters_of_its_own(catalogue: Catalogue) -> None:
    offenders = [
        place(policy, row)
        for policy, row in rows(catalogue)
        if row.match is Match.GLOB and not row.hosts and row.literal_length < LEAST_LITERAL
    ]
    assert offenders == []


def test_every_declaration_of_a_third_party_has_hosts(catalogue: Catalogue) -> None:
    third = [each for each in rows(catalogue) if each[1].party is Party.THIRD]
    assert third
    assert [place(*each) for each in third if not each[1].hosts] == []


def test_every_description_is_a_sentence(catalogue: Catalogue) -> None:
    assert [place(*r) for r in rows(catalogue) if not r[1].description.endswith(".")] == []
    assert [place(*r) for r in rows(catalogue) if "\n" in r[1].description] == []


def test_every_declaration_says_what_follows_from_deleting(catalogue: Catalogue) -> None:
    assert [place(*r) for r in rows(catalogue) if not r[1].if_deleted.endswith(".")] == []


def test_every_description_is_written_for_its_own_cookie(catalogue: Catalogue) -> None:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for policy, row in rows(catalogue):
        said[row.description].append(place(policy, row))
    assert {text: places for text, places in said.items() if len(places) > 1} == {}


def test_no_description_is_empty_or_longer_than_a_reader_has_patience_for(
    catalogue: Catalogue,
) -> None:
    texts = [(place(*each), each[1].description) for each in rows(catalogue)]
    assert [where for where, text in texts if not text.strip(" .")] == []
    assert [where for where, text in texts if len(text) > LONGEST_DESCRIPTION] == []


def test_no_description_is_another_providers_in_other_letters(catalogue: Catalogue) -> None:
    said: defaultdict[str, set[str]] = defaultdict(set)
    for policy, row in rows(catalogue):
        said["".join(filter(str.isalnum, row.description.casefold()))].add(policy.name)
    assert {text: names for text, names in said.items() if len(names) > 1} == {}


def test_every_policy_is_one_provider_s_and_no_collection(catalogue: Catalogue) -> None:
    collection = re.compile(r"\b(more|others?|tools|programs|platforms)\b", re.IGNORECASE)
    # Names that many sites made up for themselves: there is no provider to tell.
    nobodys = {"Other load balancers", "More web frameworks", "Firebase, Remix, others"}
    found = {policy.title for policy in catalogue.builtin if collection.search(policy.title)}
    assert found == nobodys
    providers = {
        policy.name: {row.provider for row in policy.declarations if row.provider}
        for policy in catalogue.builtin
        if not policy.of_site
    }
    assert {name: each for name, each in providers.items() if len(each) > 1} == {}


def test_titles_and_providers_fit_the_screen(catalogue: Catalogue) -> None:
    titles = {p.title for p in catalogue.builtin} | {r.provider for _, r in rows(catalogue)}
    assert sorted(title for title in titles if len(title) > SCREEN_WIDTH) == []


def test_hosts_are_in_lower_case_without_dots_or_wildcards_at_their_ends(
    catalogue: Catalogue,
) -> None:
    hosts = {host for _, row in rows(catalogue) for host in row.hosts}
    hosts |= {host for policy in catalogue.builtin for host in policy.hosts}
    wrong = [
        h for h in hosts if h != h.lower().strip(".") or not h.isascii() or set(h) & set("*/:")
    ]
    assert wrong == []
    assert [host for host in hosts if "." not in host] == []


@pytest.mark.parametrize("http_only", [True, False])
@pytest.mark.parametrize(("host", "name"), LOGIN_ROWS)
def test_a_well_known_login_is_necessary_and_kept(
    judge: Judge,
    host: str,
    name: str,
    http_only: bool,
) -> None:
    said = judge.judge(cookie(name, host, http_only=http_only), NOW)
    assert (said.purpose, said.suggestion) == (Purpose.NECESSARY, Suggestion.KEEP)


@pytest.mark.parametrize("site", [None, "google.com", "shop.example"])
@pytest.mark.parametrize(("host", "name"), LOGIN_ROWS)
def test_a_well_known_login_is_never_suggested_for_removal_wherever_one_looks(
    judge: Judge, host: str, name: str, site: str | None
) -> None:
    for kind in (cookie(name, host), cookie(name, "login." + host.strip("."))):
        assert judge.judge(kind, NOW, site).suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize(
    "name",
    ["_session_id", "_shibsession_64656661", "_simplesaml_x", "SRVNAME", "utm_source", "cartToken"],
)
def test_a_short_glob_of_a_tracker_captures_no_strange_cookie(judge: Judge, name: str) -> None:
    assert judge.judge(cookie(name), NOW).suggestion is not Suggestion.REMOVE


@pytest.mark.parametrize(
    ("name", "host"),
    [("_ga", ".shop.example"), ("_fbp", ".shop.example"), ("IDE", ".doubleclick.net")],
)
def test_a_well_known_tracker_is_suggested_for_removal(judge: Judge, name: str, host: str) -> None:
    assert judge.judge(cookie(name, host), NOW).suggestion is Suggestion.REMOVE


def test_the_data_files_are_all_in_the_package(catalogue: Catalogue) -> None:
    data = Path(load_catalogue.__code__.co_filename).parent / "data"
    names = {"advertising.toml", "analytics.toml", "consent.toml", "opendatasoft.toml"}
    assert names <= {file.name for file in data.iterdir()}
    assert len(catalogue.builtin) >= len(list(data.glob("*.toml"))) - 1
