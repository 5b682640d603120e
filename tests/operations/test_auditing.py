"""A site's own policy held against its cookies: each list says what it says and nothing else."""

import time
from collections.abc import Iterable
from typing import Any

import pytest

from cookietui.model.cookie import Cookie, Partition, SameSite
from cookietui.model.policy import Consent, Match, Party, Policy, Purpose
from cookietui.model.site import Site
from cookietui.operations.auditing import Audit, Check, audit
from tests.making import DAY, NOW, SECOND, cookie, declaration, embedded, judge, policy, session
from tests.making import judged as with_verdict

from cookietui.model.verdict import JudgedCookie  # isort: skip

SITE = Site.parse("shop.example")
HOSTS = ("shop.example",)
HOUR = 3_600 * SECOND
YEAR = 31_557_600


def audited(
    cookies: Iterable[Cookie], *policies: Policy, site: Site = SITE, now: int = NOW
) -> Audit:
    """An audit of cookies that were judged by the same policies."""
    judging = judge(*policies)
    found = [JudgedCookie(c, judging.judge(c, now, site.registrable)) for c in cookies]
    return audit(site, policies, found, now)


def own(
    *rows: object,
    name: str = "shop",
    hosts: tuple[str, ...] = HOSTS,
    **fields: Any,  # noqa: ANN401
) -> Policy:
    """The site's own policy with rows of some fields in common."""
    declared = [declaration(row, **fields) if isinstance(row, str) else row for row in rows]
    return policy(name, *declared, hosts=hosts)  # type: ignore[arg-type]


def names(found: Iterable[JudgedCookie]) -> list[str]:
    return [each.cookie.name for each in found]


def test_each_cookie_is_declared_or_not_and_each_row_there_or_not() -> None:
    found = audited([cookie("basket"), cookie("_x1"), cookie("_x2"), cookie("odd")],
                    own("basket", "_x*", "gone"))  # fmt: skip
    present = {each.declared.declaration.pattern: names(each.cookies) for each in found.present}
    assert present == {"basket": ["basket"], "_x*": ["_x1", "_x2"]}
    assert [each.declaration.pattern for each in found.absent] == ["gone"]
    assert names(found.undeclared) == ["odd"]
    assert [policy.name for policy in found.policies] == ["shop"]
    assert len(found.cookies) == 4


def test_names_are_compared_letter_by_letter() -> None:
    found = audited([cookie("Basket"), cookie("basket ")], own("basket"))
    assert names(found.undeclared) == ["Basket", "basket "]


def test_a_row_whose_cookie_a_more_exact_row_declares_too_is_there() -> None:
    found = audited([cookie("_x1")], own("_x*", "_x1", declaration("_x[0-9]", match=Match.REGEX)))
    assert found.absent == ()
    assert [each.declared.declaration.pattern for each in found.present] == [
        "_x*",
        "_x1",
        "_x[0-9]",
    ]


@pytest.mark.parametrize(
    ("lifetime", "left", "outlives"),
    [
        ("1 day", DAY, False),
        ("1 day", DAY * 105 // 100, False),
        ("1 day", DAY * 105 // 100 + SECOND, True),
        ("1 day", -DAY, False),
        ("1 minute", HOUR, False),
        ("1 minute", HOUR + SECOND, True),
        ("Session", HOUR, False),
        ("Session", HOUR + SECOND, True),
        ("13 months", 365 * DAY, False),
        ("13 months", 2 * 365 * DAY, True),
        ("1 an", 400 * DAY, True),
        ("", 10_000 * DAY, False),
        ("as long as needed", 10_000 * DAY, False),
        ("persistent", 10_000 * DAY, False),
        ("9" * 330 + " days", 10_000 * DAY, False),
    ],
)
def test_what_is_left_may_not_be_more_than_was_declared(
    lifetime: str, left: int, outlives: bool
) -> None:
    found = audited([cookie("basket", expires=NOW + left)], own("basket", lifetime=lifetime))
    assert bool(found.outliving) is outlives
    assert found.undeclared == ()
    for each in found.outliving:
        assert each.actual_seconds == left // SECOND
        assert each.declared.declaration.lifetime == lifetime


def test_a_renewed_cookie_may_be_older_than_it_may_become() -> None:
    old = cookie("basket", created=NOW - 1_000 * DAY, expires=NOW + DAY)
    assert audited([old], own("basket", lifetime="1 day")).outliving == ()


def test_a_cookie_of_the_session_outlives_nothing_and_one_declared_so_is_told_as_zero() -> None:
    rows = own("basket", "seat", lifetime="session")
    found = audited([session("seat"), cookie("basket")], rows)
    assert [(each.judged.cookie.name, each.declared_seconds) for each in found.outliving] == [
        ("basket", 0)
    ]
    assert audited([session("basket")], own("basket", lifetime="1 year")).outliving == ()


def test_a_cookie_whose_end_nobody_knows_outlives_nothing() -> None:
    unknown = cookie("basket", expires=None, session=False)
    assert audited([unknown], own("basket", lifetime="1 day")).outliving == ()


@pytest.mark.parametrize(
    ("there", "said", "actual"),
    [
        (cookie("basket"), Party.THIRD, Party.FIRST),
        (cookie("basket"), Party.FIRST, None),
        (cookie("basket"), Party.UNKNOWN, None),
        (embedded("basket"), Party.FIRST, Party.THIRD),
        (embedded("basket"), Party.THIRD, None),
        (embedded("basket"), Party.UNKNOWN, None),
        (cookie("basket", partition=Partition("https://shop.example", None)), Party.THIRD,
         Party.FIRST),
    ],
)  # fmt: skip
def test_parties_are_told_where_both_are_known(
    there: Cookie, said: Party, actual: Party | None
) -> None:
    found = audited([there], own("basket", party=said))
    assert [each.actual for each in found.wrong_party] == ([actual] if actual else [])


def test_a_cookie_of_another_site_that_could_be_either_is_of_no_wrong_party() -> None:
    site = Site.parse("other.example")
    there = cookie("basket", host="shop.example", same_site=SameSite.NONE)
    rows = own("basket", hosts=("other.example", "shop.example"), party=Party.THIRD)
    assert audited([there], rows, site=site).wrong_party == ()


@pytest.mark.parametrize(
    ("hosts", "site", "speaks"),
    [
        (("shop.example",), "shop.example", True),
        (("shop.example",), "www.shop.example", True),
        (("shop.example",), "a.b.shop.example", True),
        (("blog.shop.example",), "shop.example", True),
        (("blog.shop.example",), "blog.shop.example", True),
        (("blog.shop.example",), "other.shop.example", False),
        (("other.example", "shop.example"), "shop.example", True),
        (("other.example",), "shop.example", False),
        (("p.example",), "shop.example", False),
        (("example",), "shop.example", True),
    ],
)
def test_a_policy_speaks_for_its_hosts_and_what_is_under_them(
    hosts: tuple[str, ...], site: str, speaks: bool
) -> None:
    found = audited([], own("basket", hosts=hosts), site=Site.parse(site))
    assert bool(found.policies) is speaks
    assert len(found.absent) == speaks


def test_a_policy_of_a_part_declares_the_cookies_of_that_part_only() -> None:
    there = [cookie("basket", host="blog.shop.example"), cookie("basket", host="www.shop.example")]
    found = audited(there, own("basket", hosts=("blog.shop.example",)))
    assert [each.cookie.host for each in found.undeclared] == ["www.shop.example"]


def test_what_a_provider_declares_is_not_declared_by_the_site() -> None:
    provider = policy("acme", declaration("_x1", Purpose.MARKETING))
    found = audited([cookie("_x1")], own("basket"), provider)
    assert names(found.undeclared) == ["_x1"]
    assert found.undeclared[0].verdict.purpose is Purpose.MARKETING
    assert [policy.name for policy in found.policies] == ["shop"]


def test_without_a_policy_no_cookie_is_declared_and_no_row_is_absent() -> None:
    found = audited([cookie("basket")], policy("acme", declaration("basket")))
    assert (found.policies, found.present, found.absent) == ((), (), ())
    assert names(found.undeclared) == ["basket"]
    assert (found.outliving, found.wrong_party) == ((), ())


def test_of_two_policies_both_count_and_what_both_declare_is_absent_in_neither() -> None:
    first = own("basket", "_first", name="zebra", lifetime="1 year")
    second = own("basket", "_second", name="ant", lifetime="1 day")
    found = audited([cookie("basket"), cookie("_second"), cookie("odd")], first, second)
    assert [policy.name for policy in found.policies] == ["zebra", "ant"]
    assert names(found.undeclared) == ["odd"]
    assert [each.declaration.pattern for each in found.absent] == ["_first"]
    assert len(found.present) == 3


@pytest.mark.parametrize("names_", [("zebra", "ant"), ("ant", "zebra")])
def test_of_two_policies_the_persons_own_decides_whatever_they_are_called(
    names_: tuple[str, str],
) -> None:
    day = own("basket", name=names_[0], lifetime="1 day")
    year = own("basket", name=names_[1], lifetime="1 year")
    assert len(audited([cookie("basket")], day, year).outliving) == 1
    assert audited([cookie("basket")], year, day).outliving == ()


def test_two_policies_that_are_alike_are_each_told_once() -> None:
    found = audited([], own("basket", name="a"), own("basket", name="a"))
    assert len(found.absent) == 2


def test_what_is_there_although_consent_is_needed_is_told_whoever_declares_it() -> None:
    given = [
        with_verdict("ads", Purpose.MARKETING, about={"consent": Consent.NEEDED}),
        with_verdict("basket", Purpose.NECESSARY, about={"consent": Consent.NOT_NEEDED}),
        with_verdict("odd", about={"consent": Consent.UNCLEAR}),
    ]
    found = audit(SITE, [], given, NOW)
    assert names(found.needing_consent) == ["ads"]
    assert found.found(Check.CONSENT) == 1


def test_every_check_counts_its_own_list() -> None:
    rows = own(
        declaration("long", lifetime="1 day"), declaration("third", party=Party.THIRD), "gone", "g2"
    )
    there = [cookie("long"), cookie("third"), cookie("o1"), cookie("o2"), cookie("o3")]
    found = audited(there, rows)
    counts = {check: found.found(check) for check in Check}
    assert counts == {
        Check.UNDECLARED: 3, Check.OUTLIVES: 1, Check.PARTY: 1, Check.ABSENT: 2, Check.CONSENT: 2,
    }  # fmt: skip


def test_a_policy_of_many_rows_and_a_site_of_many_cookies_are_audited_at_once() -> None:
    rows = [declaration(f"acme_{n}", lifetime="1 day") for n in range(5_000)]
    there = [with_verdict(f"acme_{n}") for n in range(2_500, 7_500)]
    started = time.monotonic()
    found = audit(SITE, [policy("shop", *rows, hosts=HOSTS)], there, NOW)
    assert time.monotonic() - started < 5
    assert (len(found.present), len(found.absent), len(found.undeclared)) == (2_500, 2_500, 2_500)
