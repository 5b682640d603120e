"""Policies that speak of all that a domain sets: only where nobody signs in, and as a last word."""

from collections.abc import Iterator

import pytest

from cookietui.catalogue.loading import Catalogue, load_catalogue
from cookietui.judging.judge import Judge
from cookietui.model.policy import Declaration, Match, Party, Purpose
from cookietui.model.site import under_any
from cookietui.model.verdict import Suggestion
from tests.making import NOW, cookie

COMPANIES = 300
# Domains of companies that also advertise or measure, on which people sign in.
SIGNED_IN = """
    google.com youtube.com facebook.com instagram.com yahoo.com amazon.com microsoft.com live.com
    microsoftonline.com bing.com msn.com linkedin.com x.com twitter.com t.co tiktok.com snapchat.com
    pinterest.com reddit.com adobe.com hubspot.com oracle.com salesforce.com ibm.com sap.com
    mail.ru vk.com yandex.ru yandex.com baidu.com qq.com naver.com yahoo.co.jp rakuten.co.jp
    ebay.com paypal.com otto.de allegro.pl wp.pl onet.pl spotify.com disqus.com comcast.net
    vimeo.com dailymotion.com opera.com samsung.com roku.com nielsen.com experian.com
    quantcast.com hotjar.com segment.com mixpanel.com heapanalytics.com amplitude.com
    statcounter.com taboola.com outbrain.com criteo.com adroll.com mgid.com stackadapt.com
    awin.com cj.com shareasale.com admitad.com tradedoubler.com impact.com clickbank.com
""".split()  # noqa: SIM905 - a hundred lines of one domain each are no easier to read
NECESSARY_NAMES = (
    "PHPSESSID", "JSESSIONID", "connect.sid", "sessionid", "csrftoken", "XSRF-TOKEN", "__cf_bm",
    "AWSALB", "OptanonConsent", "optout", "opt_out", "OptOut", "wordpress_logged_in_5f2c81d0a4b9",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_catalogue(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def judge(catalogue: Catalogue) -> Judge:
    return Judge(catalogue)


def of_whole_domains(catalogue: Catalogue) -> Iterator[Declaration]:
    for policy in catalogue.builtin:
        yield from (row for row in policy.declarations if not row.pattern.strip("*"))


def hosts(catalogue: Catalogue) -> list[str]:
    rows = (row for row in of_whole_domains(catalogue) if row.purpose.removable)
    return sorted({host for row in rows for host in row.hosts})


def test_a_word_about_everything_names_the_domains_it_means(catalogue: Catalogue) -> None:
    rows = list(of_whole_domains(catalogue))
    assert len(rows) >= COMPANIES
    assert all(row.match is Match.GLOB and row.hosts for row in rows)


def test_only_advertising_and_measuring_is_said_of_everything_and_as_a_third_party(
    catalogue: Catalogue,
) -> None:
    rows = [row for row in of_whole_domains(catalogue) if row.purpose is not Purpose.NECESSARY]
    assert all(row.purpose.removable and row.party is Party.THIRD for row in rows)


def test_nothing_is_said_of_everything_where_people_sign_in(catalogue: Catalogue) -> None:
    assert [domain for domain in SIGNED_IN if under_any(domain, hosts(catalogue))] == []


def test_no_two_companies_claim_the_same_domain(catalogue: Catalogue) -> None:
    claimed = [host for row in of_whole_domains(catalogue) for host in row.hosts]
    assert sorted(host for host in set(claimed) if claimed.count(host) > 1) == []


def test_an_unheard_of_cookie_of_an_advertising_domain_is_suggested_for_removal(
    judge: Judge,
) -> None:
    for host in ("adsrvr.org", "rubiconproject.com", "cm.g.doubleclick.net"):
        said = judge.judge(cookie("never_heard_of_it", f".{host}"), NOW)
        assert (said.purpose, said.suggestion) == (Purpose.MARKETING, Suggestion.REMOVE)


@pytest.mark.parametrize("name", NECESSARY_NAMES)
def test_a_login_a_check_a_consent_and_a_refusal_are_kept_or_asked_about_on_every_such_domain(
    judge: Judge, catalogue: Catalogue, name: str
) -> None:
    offenders = [
        host
        for host in hosts(catalogue)
        if judge.judge(cookie(name, f".{host}"), NOW).suggestion is Suggestion.REMOVE
    ]
    assert offenders == []


def test_who_works_with_ads_stays_signed_in(judge: Judge) -> None:
    said = judge.judge(cookie("never_heard_of_it", "apps.pubmatic.com"), NOW)
    assert said.suggestion is not Suggestion.REMOVE
