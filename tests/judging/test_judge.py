"""From what is declared, said and seen to a verdict: who outranks whom, and when to ask."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cookietui.catalogue.loading import load_catalogue
from cookietui.judging.judge import Judge
from cookietui.model.cookie import Cookie, Partition, SameSite
from cookietui.model.policy import Consent, Match, Override, Party, Policy, Purpose, Trust
from cookietui.model.verdict import Basis, KindName, Suggestion, Verdict
from tests.making import DAY, NOW, cookie, declaration, embedded, judge, policy, session

NAME = "_visits"
SITE = "shop.example"
KEEP, REMOVE, ASK = Suggestion.KEEP, Suggestion.REMOVE, Suggestion.ASK


def of_site(purpose: Purpose, **fields: Any) -> Policy:  # noqa: ANN401
    return policy("site", declaration(NAME, purpose, **fields), hosts=(SITE,))


def provider(purpose: Purpose, name: str = "provider", **fields: Any) -> Policy:  # noqa: ANN401
    return policy(name, declaration(NAME, purpose, **fields))


TOLD = [purpose for purpose in Purpose if purpose is not Purpose.UNKNOWN]


def saying(**said: Any) -> Callable[[Cookie], Override]:  # noqa: ANN401
    return lambda _cookie: Override(NAME, SITE, **said)


def verdict(judge_: Judge, about: Cookie | None = None, site: str | None = SITE) -> Verdict:
    return judge_.judge(about or cookie(NAME), NOW, site)


@pytest.mark.parametrize("theirs", TOLD)
@pytest.mark.parametrize("own", TOLD)
def test_the_sites_own_word_outranks_a_providers(own: Purpose, theirs: Purpose) -> None:
    said = verdict(judge(provider(theirs), of_site(own)))
    assert (said.purpose, said.basis) == (own, Basis.POLICY)
    assert [d.policy.name for d in said.disagreements] == ([] if own is theirs else ["provider"])


@pytest.mark.parametrize("theirs", TOLD)
def test_a_site_that_names_a_cookie_without_its_purpose_leaves_it_to_others(
    theirs: Purpose,
) -> None:
    said = verdict(judge(provider(theirs), of_site(Purpose.UNKNOWN)))
    assert (said.purpose, said.basis, said.disagreements) == (theirs, Basis.CATALOGUE, ())
    said = verdict(judge(of_site(Purpose.UNKNOWN)))
    assert (said.purpose, said.basis, said.suggestion) == (Purpose.UNKNOWN, Basis.POLICY, ASK)


@pytest.mark.parametrize("purpose", TOLD)
def test_a_collection_of_names_speaks_only_where_nobody_else_does(purpose: Purpose) -> None:
    collection = msgspec.structs.replace(provider(purpose, "collection"), trust=Trust.LOW)
    other = policy("other", declaration("_vis*", Purpose.PREFERENCES))
    assert verdict(judge(collection, other)).purpose is Purpose.PREFERENCES
    assert verdict(judge(collection)).purpose is purpose


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("_visits_7", REMOVE),
        ("_visits_session", ASK),
        ("_visits_csrf", ASK),
        ("_visitslang", REMOVE),
    ],
)
def test_a_sweeping_word_is_doubted_where_the_rest_of_the_name_tells_of_a_login(
    name: str, suggestion: Suggestion
) -> None:
    sweeping = policy("p", declaration("_visits*", Purpose.STATISTICS, match=Match.GLOB))
    said = verdict(judge(sweeping), cookie(name))
    assert (said.purpose, said.suggestion) == (Purpose.STATISTICS, suggestion)


@pytest.mark.parametrize(
    ("about", "suggestion"),
    [
        (cookie("u", "ads.example"), REMOVE),
        (cookie("sid", "ads.example"), ASK),
        (session("u", host="ads.example", http_only=True), ASK),
        (session("u", host="ads.example", http_only=False), REMOVE),
    ],
)
def test_a_word_about_a_whole_host_spares_what_looks_like_a_login(
    about: Cookie, suggestion: Suggestion
) -> None:
    host = declaration("*", Purpose.MARKETING, match=Match.GLOB, hosts=("ads.example",))
    said = verdict(judge(policy("p", host)), about, "ads.example")
    assert (said.purpose, said.suggestion) == (Purpose.MARKETING, suggestion)


@pytest.mark.parametrize("own", list(Purpose))
def test_the_persons_word_outranks_the_site_and_every_provider(own: Purpose) -> None:
    others = (provider(Purpose.STATISTICS), of_site(Purpose.PREFERENCES))
    said = verdict(judge(*others, said=saying(purpose=own)))
    assert (said.purpose, said.basis) == (own, Basis.USER)
    assert said.reasons == (f"You said that it is {own.value}.",)


@pytest.mark.parametrize(
    ("own", "suggestion"),
    [
        (Purpose.MARKETING, REMOVE),
        (Purpose.STATISTICS, REMOVE),
        (Purpose.PREFERENCES, ASK),
        (Purpose.UNKNOWN, ASK),
        (Purpose.NECESSARY, KEEP),
    ],
)
def test_what_follows_from_the_persons_word_follows_against_all_others(
    own: Purpose, suggestion: Suggestion
) -> None:
    against = of_site(Purpose.NECESSARY if own.removable else Purpose.MARKETING)
    assert verdict(judge(against, said=saying(purpose=own))).suggestion is suggestion


def test_the_persons_own_policies_do_not_outrank_the_sites_word() -> None:
    said = verdict(judge(of_site(Purpose.NECESSARY), own=[provider(Purpose.MARKETING)]))
    assert (said.basis, said.suggestion) == (Basis.POLICY, KEEP)


@pytest.mark.parametrize("purpose", [Purpose.MARKETING, Purpose.STATISTICS])
def test_a_removal_that_another_calls_necessary_is_word_against_word(purpose: Purpose) -> None:
    said = verdict(judge(of_site(purpose), provider(Purpose.NECESSARY)))
    assert (said.purpose, said.suggestion) == (purpose, ASK)
    assert [d.declaration.purpose for d in said.disagreements] == [Purpose.NECESSARY]


def test_a_removal_that_another_calls_preferences_stays_a_removal() -> None:
    said = verdict(judge(of_site(Purpose.MARKETING), provider(Purpose.PREFERENCES)))
    assert said.suggestion is REMOVE
    assert said.disagreements


def test_what_the_site_needs_is_kept_whatever_a_provider_says() -> None:
    said = verdict(judge(of_site(Purpose.NECESSARY), provider(Purpose.MARKETING)))
    assert (said.suggestion, said.consent) == (KEEP, Consent.NOT_NEEDED)
    assert len(said.disagreements) == 1


@pytest.mark.parametrize("one", TOLD)
@pytest.mark.parametrize("other", TOLD)
def test_of_two_equal_words_the_more_careful_counts_and_the_person_is_asked(
    one: Purpose, other: Purpose
) -> None:
    order = list(Purpose)
    said = verdict(judge(provider(one, "one"), provider(other, "other")))
    assert said.purpose is max(one, other, key=order.index)
    if one is not other:
        assert said.suggestion is ASK
        assert len(said.disagreements) == 1


def test_a_more_exact_word_of_another_provider_decides_alone() -> None:
    vague = policy("vague", declaration("_vis*", Purpose.PREFERENCES))
    said = verdict(judge(vague, provider(Purpose.MARKETING)))
    assert (said.purpose, said.suggestion) == (Purpose.MARKETING, REMOVE)


@pytest.mark.parametrize(
    ("purpose", "suggestion"),
    [
        (Purpose.MARKETING, REMOVE),
        (Purpose.STATISTICS, REMOVE),
        (Purpose.PREFERENCES, ASK),
        (Purpose.UNKNOWN, ASK),
        (Purpose.NECESSARY, KEEP),
    ],
)
@pytest.mark.parametrize("basis", [Basis.POLICY, Basis.CATALOGUE])
def test_a_single_word_leads_to_its_suggestion(
    purpose: Purpose, suggestion: Suggestion, basis: Basis
) -> None:
    word = of_site(purpose) if basis is Basis.POLICY else provider(purpose)
    said = verdict(judge(word))
    assert (said.basis, said.suggestion) == (basis, suggestion)
    assert len(said.reasons) == 1
    assert said.declared is not None


def test_what_nobody_declares_is_unknown_and_to_be_asked_about() -> None:
    said = verdict(judge(), cookie("a1"))
    assert (said.purpose, said.basis, said.suggestion) == (Purpose.UNKNOWN, Basis.NONE, ASK)
    assert said.declared is None
    assert said.reasons == ("Nobody declares it, and its attributes do not tell.",)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_kept_cookie_is_kept_and_its_purpose_stays(purpose: Purpose) -> None:
    said = verdict(judge(provider(purpose), said=saying(keep=True, note="mine")))
    assert (said.suggestion, said.kept, said.note) == (KEEP, True, "mine")
    assert (said.purpose, said.basis) == (purpose, Basis.CATALOGUE)


def test_a_kept_cookie_the_person_calls_marketing_is_kept() -> None:
    said = verdict(judge(said=saying(keep=True, purpose=Purpose.MARKETING)))
    assert (said.suggestion, said.purpose) == (KEEP, Purpose.MARKETING)


def test_what_the_person_says_meanwhile_counts_at_once() -> None:
    word: list[Override | None] = [None]
    asked = judge(provider(Purpose.MARKETING), said=lambda _cookie: word[0])
    assert verdict(asked).suggestion is REMOVE
    word[0] = Override(NAME, SITE, keep=True)
    assert verdict(asked).suggestion is KEEP


def test_evidence_counts_only_where_nobody_says_anything() -> None:
    secret = session(NAME, http_only=True)
    assert verdict(judge(), secret).basis is Basis.EVIDENCE
    assert verdict(judge(provider(Purpose.PREFERENCES)), secret).basis is Basis.CATALOGUE


@pytest.mark.parametrize(
    ("word", "consent"),
    [
        (of_site(Purpose.STATISTICS, anonymised=True), Consent.NOT_NEEDED),
        (provider(Purpose.STATISTICS, anonymised=True), Consent.UNCLEAR),
        (of_site(Purpose.STATISTICS), Consent.NEEDED),
        (provider(Purpose.STATISTICS), Consent.NEEDED),
        (of_site(Purpose.MARKETING, anonymised=True), Consent.NEEDED),
        (of_site(Purpose.NECESSARY), Consent.NOT_NEEDED),
        (of_site(Purpose.PREFERENCES), Consent.UNCLEAR),
        (provider(Purpose.UNKNOWN), Consent.UNCLEAR),
    ],
)
def test_consent_follows_from_purpose_and_from_who_says_anonymised(
    word: Policy, consent: Consent
) -> None:
    said = verdict(judge(word))
    assert said.consent is consent


def test_anonymised_statistics_are_still_suggested_for_removal() -> None:
    assert verdict(judge(of_site(Purpose.STATISTICS, anonymised=True))).suggestion is REMOVE


@pytest.mark.parametrize(
    ("about", "site", "party"),
    [
        (cookie(NAME), None, Party.UNKNOWN),
        (cookie(NAME), SITE, Party.FIRST),
        (cookie(NAME), "other.example", Party.UNKNOWN),
        (cookie(NAME, "www.shop.example"), SITE, Party.FIRST),
        (cookie(NAME, same_site=SameSite.LAX), None, Party.FIRST),
        (cookie(NAME, same_site=SameSite.STRICT), "other.example", Party.FIRST),
        (cookie(NAME, same_site=SameSite.NONE), None, Party.UNKNOWN),
        (embedded(NAME), SITE, Party.THIRD),
        (embedded(NAME, same_site=SameSite.LAX), "stranger.example", Party.THIRD),
        (cookie(NAME, partition=Partition("https://shop.example", None)), None, Party.FIRST),
        (cookie(NAME, partition=Partition("https://a.shop.example:84", None)), None, Party.FIRST),
    ],
)  # fmt: skip
def test_the_party_is_told_by_partition_site_and_same_site(
    about: Cookie, site: str | None, party: Party
) -> None:
    assert verdict(judge(), about, site).party is party


@pytest.mark.parametrize("site", [None, SITE])
def test_a_declared_third_party_is_one_wherever_one_looks(site: str | None) -> None:
    said = verdict(judge(provider(Purpose.MARKETING, party=Party.THIRD)), site=site)
    assert (said.party, said.kind) == (Party.THIRD, KindName.THIRD_PARTY)


def test_a_declared_first_party_is_one_unless_the_partition_says_otherwise() -> None:
    asked = judge(provider(Purpose.MARKETING, party=Party.FIRST))
    assert verdict(asked, site=None).party is Party.FIRST
    assert verdict(asked, embedded(NAME)).party is Party.THIRD


@pytest.mark.parametrize("third", [True, False])
@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        (Purpose.NECESSARY, KindName.NECESSARY),
        (Purpose.STATISTICS, KindName.STATISTICAL),
        (Purpose.MARKETING, None),
        (Purpose.PREFERENCES, None),
        (Purpose.UNKNOWN, None),
    ],
)
def test_the_kind_follows_from_purpose_then_party(
    purpose: Purpose,
    kind: KindName | None,
    third: bool,
) -> None:
    said = verdict(judge(provider(purpose)), embedded(NAME) if third else cookie(NAME))
    assert said.kind is (kind or (KindName.THIRD_PARTY if third else KindName.FIRST_PARTY))


def test_the_founding_sites_first_cookie_is_kept_though_a_tracker_has_its_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    asked = Judge(load_catalogue(tmp_path_factory.mktemp("own")))
    said = verdict(asked, session("sessionid", host="datamidsouth.opendatasoft.com"), None)
    assert (said.basis, said.suggestion) == (Basis.POLICY, KEEP)


COOKIES = st.builds(
    cookie,
    name=st.text(max_size=20) | st.sampled_from(["sid", "csrf", "consent", "__Host-x", "x_trk"]),
    host=st.sampled_from([".shop.example", "www.shop.example", "stranger.example"]),
    partition=st.none()
    | st.builds(
        Partition, st.sampled_from(["https://shop.example", "https://a.example"]),
        st.sampled_from([None, True, False]),
    ),
    expires=st.none() | st.integers(NOW - 400 * DAY, NOW + 400 * DAY),
    session=st.booleans(),
    secure=st.booleans(),
    http_only=st.booleans(),
    same_site=st.sampled_from(list(SameSite)),
)  # fmt: skip
SITES = st.sampled_from([None, SITE, "stranger.example"])


@given(COOKIES, SITES)
def test_without_a_word_and_without_evidence_the_person_is_asked(
    about: Cookie, site: str | None
) -> None:
    said = verdict(judge(), about, site)
    if said.basis is Basis.NONE:
        assert (said.suggestion, said.purpose) == (ASK, Purpose.UNKNOWN)
    else:
        assert said.basis is Basis.EVIDENCE
    assert said.reasons


@given(COOKIES, SITES, st.lists(st.sampled_from(list(Purpose)), max_size=3), st.booleans())
def test_every_removal_has_a_reason_and_is_for_statistics_or_marketing(
    about: Cookie,
    site: str | None,
    purposes: list[Purpose],
    keep: bool,
) -> None:
    words = [
        policy(f"p{number}", declaration(about.name or "x", purpose))
        for number, purpose in enumerate(purposes)
    ]
    said = verdict(judge(*words, said=saying(keep=keep)), about, site)
    if said.suggestion is REMOVE:
        assert said.purpose in (Purpose.STATISTICS, Purpose.MARKETING)
        assert all(reason.endswith(".") for reason in said.reasons)
        assert said.reasons
        assert not keep
        assert said.consent is Consent.NEEDED


_SPEAKING = (
    policy("exact", declaration("_visits", Purpose.STATISTICS)),
    policy("sweeping", declaration("_v*", Purpose.MARKETING, match=Match.GLOB)),
    policy("third", declaration("t", Purpose.MARKETING, party=Party.THIRD)),
    policy("host", declaration("sid", Purpose.MARKETING, hosts=("ads.example",))),
    policy("all", declaration("*", Purpose.MARKETING, match=Match.GLOB, hosts=("ads.example",))),
    policy("shop", declaration("sid", Purpose.NECESSARY), hosts=("shop.example",)),
    policy("named", declaration("cart", Purpose.UNKNOWN), hosts=("shop.example",)),
)
_NAMES = (
    "_visits", "_vis_session", "_v1", "t", "sid", "cart", "a1", "b2", "csrf", "xsrf2", "my_ads",
    "your_ads", "__Host-a", "__host-b", "login_x", "session_y", "gdpr_ok", "consent_z", "stat",
)  # fmt: skip
_COOKIES = st.builds(
    lambda name, host, under, life, session_, hidden: cookie(
        name,
        host,
        partition=under,
        expires=None if session_ or life is None else NOW + life,
        session=session_,
        http_only=hidden,
    ),
    st.sampled_from(_NAMES),
    st.sampled_from(
        [".shop.example", "ads.example", "x.ads.example", "a.shop.example", "b.example"]
    ),
    st.sampled_from(
        [None]
        + [
            Partition(f"https://{site}", cross_site=cross)
            for site in ("shop.example", "b.example")
            for cross in (True, False, None)
        ]
    ),
    st.sampled_from([None, -DAY, DAY // 2, 20 * DAY, 400 * DAY]),
    st.booleans(),
    st.sampled_from([True, False, None]),
)


@given(st.lists(st.tuples(_COOKIES, st.sampled_from([None, "shop.example", "ads.example"]))))
def test_what_was_judged_before_changes_no_verdict(
    cookies: list[tuple[Cookie, str | None]],
) -> None:
    remembering = judge(*_SPEAKING)
    for about, site in cookies:
        assert remembering.judge(about, NOW, site) == judge(*_SPEAKING).judge(about, NOW, site)
