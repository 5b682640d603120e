"""What a report says, from first to last."""

from collections import Counter

from cookietui.judging.findings import find
from cookietui.model.policy import Kind, Policy
from cookietui.model.verdict import Finding, JudgedCookie, Level
from cookietui.operations.auditing import Audit
from cookietui.operations.exporting.export import moment
from cookietui.operations.reporting.blocks import (
    Cell,
    Facts,
    Name,
    Number,
    Numbers,
    Paragraph,
    Report,
    Section,
    Table,
)
from cookietui.operations.reporting.charts import lifetimes, purposes
from cookietui.operations.reporting.listing import listing
from cookietui.operations.reporting.naming import names
from cookietui.operations.reporting.notes import notes, words
from cookietui.operations.reporting.reality import reality
from cookietui.text import plural

Found = tuple[tuple[Finding, JudgedCookie], ...]

LEVELS = {Level.HIGH: "Serious", Level.MEDIUM: "Worth a look", Level.INFO: "Good to know"}
_NO_POLICY = "none of this site is known"
_IMPORT = "Save its cookie policy as a file, and let cookietui read it:"


def report(audit: Audit, kinds: dict[str, Kind], now: int) -> Report:
    """Put a report together.

    Args:
        audit: What it is about.
        kinds: The four kinds of cookie, by name.
        now: When the cookies were read, in microseconds since the Unix epoch.
    """
    found = tuple((finding, each) for each in audit.cookies for finding in find(each, now))
    return Report(
        title="Cookie audit",
        site=audit.site.host,
        lead=_lead(audit),
        facts=_facts(audit, now),
        sections=(
            _numbers(audit, found),
            purposes(audit.cookies),
            reality(audit, kinds),
            lifetimes(audit.cookies, now),
            _findings(found),
            listing(audit.cookies, kinds, now),
            words(kinds),
            notes(audit.policies),
        ),
    )


def _lead(audit: Audit) -> str:
    cookies, profiles = len(audit.cookies), len(_profiles(audit))
    if not cookies:
        return "No cookie of this site is in the browser profiles that were read."
    where = f"{plural(cookies, 'cookie')} in {plural(profiles, 'browser profile')}"
    needing = len(audit.needing_consent)
    consent = f"Consent is needed for {needing or 'none'} of the {cookies}."
    if not audit.policies:
        return f"{where}, and no policy to hold against them. {consent}"
    return f"{where}. {_declared(cookies, len(audit.undeclared))} {consent}"


def _declared(cookies: int, undeclared: int) -> str:
    if not undeclared:
        return "The site's own policy declares every one."
    if undeclared == cookies:
        return "The site's own policy declares none of them."
    declared = cookies - undeclared
    return f"The site's own policy declares {declared} of them, and not the other {undeclared}."


def _profiles(audit: Audit) -> Counter[str]:
    return Counter(each.cookie.key.profile for each in audit.cookies)


def _facts(audit: Audit, now: int) -> Facts:
    kept_by = (f"{name}: {plural(n, 'cookie')}" for name, n in sorted(_profiles(audit).items()))
    policies = tuple(map(_policy, audit.policies)) or (_no_policy(audit),)
    return Facts(
        (
            ("Read at", (moment(now).replace("T", " ").replace("Z", " UTC"),)),
            *(("Policy", policy) for policy in policies),
            ("Browser profiles", tuple(kept_by) or ("none that was read has its cookies",)),
            ("Made by", ("cookietui, without any cookie's value",)),
        )
    )


def _policy(policy: Policy) -> Cell:
    declared = plural(len(policy.declarations), "declaration")
    source = (Name(policy.source),) if policy.source else ()
    return (policy.title, *source, f"written down on {policy.written}, {declared}")


def _no_policy(audit: Audit) -> Cell:
    return (_NO_POLICY, _IMPORT, Name(f"cookietui policy import FILE --site {audit.site.host}"))


def _numbers(audit: Audit, found: Found) -> Section:
    serious = len({each.cookie.key for finding, each in found if finding.level is Level.HIGH})
    against: tuple[Number, ...] = (
        Number(len(audit.undeclared), "not declared", "undeclared"),
        Number(len(audit.outliving), "outlive what is declared", "outliving"),
        Number(len(audit.wrong_party), "of another party than declared", "party"),
        Number(len(audit.absent), "declared and not there", "absent", alarming=False),
    )
    if not audit.policies:
        against = tuple(Number(None, each.label, "reality") for each in against)
    rows = (
        Number(len(audit.cookies), "cookies in all", "cookies", alarming=False),
        *against,
        Number(len(audit.needing_consent), "need consent", "consent"),
        Number(serious, "with serious findings", "findings"),
    )
    return Section("summary", "At a glance", (Numbers(rows),))


def _findings(found: Found) -> Section:
    by_finding: dict[Finding, list[JudgedCookie]] = {}
    for finding, each in found:
        by_finding.setdefault(finding, []).append(each)
    levels = list(LEVELS)
    in_order = sorted(by_finding, key=lambda each: (levels.index(each.level), each.code))
    rows = tuple(_finding(each, by_finding[each]) for each in in_order)
    headings = ("Finding", "Weight", "How many", "Cookies")
    table = Table("How cookies are set, the gravest first", headings, rows)
    nothing = Paragraph("Nothing was found that is worth knowing.")
    return Section("findings", "Findings", (table if rows else nothing,), count=len(rows))


def _finding(finding: Finding, cookies: list[JudgedCookie]) -> tuple[Cell, ...]:
    return (
        (finding.text, Name(finding.code)),
        (LEVELS[finding.level],),
        (str(len(cookies)),),
        (names(cookies),),
    )
