"""A verdict in plain words, without any markup; both front ends show the same."""

import msgspec

from cookietui.judging.findings import find
from cookietui.model.cookie import MICROSECONDS, Cookie, SameSite
from cookietui.model.policy import Consent, Kind, Party, Purpose
from cookietui.model.site import registrable_domain, site_of
from cookietui.model.verdict import Basis, Declared, JudgedCookie, Verdict

_MINUTE = 60 * MICROSECONDS
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_MONTH = 30 * _DAY
_YEAR = 365 * _DAY
_STEPS = ((_YEAR, "y", _MONTH, "mo"), (_MONTH, "mo", _DAY, "d"))
_WITHOUT_REST = 6 * _MONTH

PURPOSE_TITLES = {
    Purpose.MARKETING: "Marketing",
    Purpose.STATISTICS: "Statistics",
    Purpose.PREFERENCES: "Preferences",
    Purpose.UNKNOWN: "Unknown",
    Purpose.NECESSARY: "Necessary",
}
PURPOSE_MEANINGS = {
    Purpose.MARKETING: "Recognises you, often across many sites, to choose or count advertising.",
    Purpose.STATISTICS: "Follows what visitors do, to count visits and compare pages.",
    Purpose.PREFERENCES: "Remembers a choice you made, such as a language or a layout. Deleting it"
    " brings the site's own default back.",
    Purpose.UNKNOWN: "Nobody declares these, and their attributes do not tell. They may be needed:"
    " look before you delete one.",
    Purpose.NECESSARY: "The site cannot do what you ask of it without these: staying signed in, the"
    " basket, protection, your choice about cookies.",
}
IN_SESSION_FILE = "it lies in Firefox's session file, which is only read"
# What is said of a single cookie that nobody declares.
_UNDECLARED = {
    Purpose.MARKETING: "It seems to follow you from one site to another.",
    Purpose.UNKNOWN: "Nobody declares it, and its attributes do not tell. It may be needed: look"
    " before you delete it.",
    Purpose.NECESSARY: "It seems to be needed for what you do on the site.",
}
CONSENT_TITLES = {
    Consent.NEEDED: "consent needed",
    Consent.NOT_NEEDED: "no consent needed",
    Consent.UNCLEAR: "consent unclear",
}
PURPOSE_CONSENT = {
    Purpose.MARKETING: "consent needed",
    Purpose.STATISTICS: "consent needed",
    Purpose.PREFERENCES: "consent unclear",
    Purpose.UNKNOWN: "not known",
    Purpose.NECESSARY: "no consent needed",
}
_BASES = {
    Basis.USER: "your own word",
    Basis.POLICY: "the site's policy",
    Basis.CATALOGUE: "a provider's word",
    Basis.EVIDENCE: "evidence",
    Basis.NONE: "not known",
}
_SECURE = {True: "Secure", False: "not Secure", None: "Secure not known"}
_HTTP_ONLY = {True: "HttpOnly", False: "readable by scripts", None: "HttpOnly not known"}
_SAME_SITE = {
    None: "SameSite not known",
    SameSite.NONE: "SameSite=None",
    SameSite.LAX: "SameSite=Lax",
    SameSite.STRICT: "SameSite=Strict",
    SameSite.UNSET: "SameSite not set",
}
_PARTIES = {
    Party.FIRST: "first party",
    Party.THIRD: "third party",
    Party.UNKNOWN: "party not known",
}


class Fact(msgspec.Struct, frozen=True):
    """One labelled line of an explanation."""

    label: str
    text: str


class Explanation(msgspec.Struct, frozen=True):
    """One cookie explained.

    Attributes:
        summary: What it does for or to the visitor.
        facts: Everything else, line by line.
    """

    summary: str
    facts: tuple[Fact, ...]


def explain(judged: JudgedCookie, kinds: dict[str, Kind], now: int) -> Explanation:
    """Explain one cookie in full.

    Args:
        judged: The cookie and its verdict.
        kinds: The four kinds of cookie, by name.
        now: Microseconds since the Unix epoch.
    """
    cookie, verdict = judged.cookie, judged.verdict
    declared = verdict.declared
    kind = kinds[verdict.kind.value]
    lines = [
        ("Provider", f"{provider(verdict)}, {_PARTIES[verdict.party]}"),
        ("Lifetime", _lifetime(cookie, declared, now)),
        ("If deleted", declared.declaration.if_deleted if declared else "Cannot be foretold."),
        ("Known by", " ".join(verdict.reasons)),
        *(("Other word", _other(other)) for other in verdict.disagreements),
        ("Source", declared.policy.source if declared else ""),
        ("Function", declared.declaration.function if declared else ""),
        ("Kind", f"{kind.title}. {kind.meaning}"),
        ("Consent", _consent(verdict, kind)),
        ("Your note", verdict.note),
        ("Kept", "You said never to delete it." if verdict.kept else ""),
        ("Scope", scope(cookie)),
        ("Stored under", stored_under(cookie)),
        ("Container", container(cookie)),
        ("Apart by", cookie.isolation),
        ("Flags", flags(cookie)),
        *(("Finding", finding.text) for finding in find(judged, now)),
    ]
    said = declared.declaration.description if declared else ""
    unsaid = PURPOSE_MEANINGS if declared else _UNDECLARED
    summary = said or unsaid.get(verdict.purpose, PURPOSE_MEANINGS[verdict.purpose])
    return Explanation(summary, tuple(Fact(label, text) for label, text in lines if text))


def provider(verdict: Verdict) -> str:
    """Who gives the service, or that it is not known."""
    return verdict.declared.provider if verdict.declared else "not known"


def basis(verdict: Verdict) -> str:
    """On whose word, in two words."""
    return _BASES[verdict.basis]


def duration(microseconds: int) -> str:
    """Say how long, to the precision that matters: ``1 y 11 mo``, ``21 h``, ``19 min``."""
    for unit, name, smaller, rest_name in _STEPS:
        if microseconds >= unit:
            whole, rest = divmod(microseconds, unit)
            more = rest // smaller
            fine = more and (unit == _YEAR or microseconds < _WITHOUT_REST)
            return f"{whole} {name} {more} {rest_name}" if fine else f"{whole} {name}"
    for unit, name in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if microseconds >= unit:
            return f"{microseconds // unit} {name}"
    return f"{max(microseconds, 0) // MICROSECONDS} s"


def remaining(cookie: Cookie, now: int) -> str:
    """Say how long a cookie will stay: ``session``, ``expired``, ``unknown`` or a duration."""
    left = cookie.lifetime(now)
    if left is None:
        return "session" if cookie.session else "unknown"
    return duration(left) if left > 0 else "expired"


def scope(cookie: Cookie) -> str:
    """Say which requests carry it."""
    reach = "this host only" if cookie.host_only else "and its subdomains"
    return f"{cookie.domain}{cookie.path} ({reach})"


def stored_under(cookie: Cookie) -> str:
    """Say under which site a partitioned cookie is kept."""
    if cookie.partition is None:
        return ""
    own = site_of(cookie.partition.site) == registrable_domain(cookie.domain)
    embedded = ", embedded by way of another site" if own and cookie.partition.cross_site else ""
    return f"{cookie.partition.site}{embedded}"


def container(cookie: Cookie) -> str:
    """Name its container."""
    if cookie.container is None:
        return ""
    return cookie.container.name or f"number {cookie.container.id}"


def flags(cookie: Cookie) -> str:
    """List its attributes as developers know them."""
    names = [
        _SECURE[cookie.secure],
        _HTTP_ONLY[cookie.http_only],
        _SAME_SITE[cookie.same_site],
        f"encrypted {cookie.encryption}" if cookie.encryption else "not encrypted",
        "last set by a script" if cookie.set_by_script else "",
    ]
    return ", ".join(name for name in names if name)


def _lifetime(cookie: Cookie, declared: Declared | None, now: int) -> str:
    left = remaining(cookie, now)
    said = declared.declaration.lifetime if declared else ""
    shown = left if left in ("session", "expired", "unknown") else f"{left} left"
    return f"{shown}, declared: {said}" if said else shown


def _consent(verdict: Verdict, kind: Kind) -> str:
    title = CONSENT_TITLES[verdict.consent].capitalize()
    if verdict.purpose in (Purpose.UNKNOWN, Purpose.PREFERENCES):
        return f"{title}: it depends on what the site does with it, and on the country."
    declaration = verdict.declared.declaration if verdict.declared else None
    if verdict.purpose is Purpose.STATISTICS and declaration and declaration.anonymised:
        said = f"{basis(verdict)} is that these statistics cannot be traced to a person"
        return f"{title}: {said}; whether that is enough differs between countries."
    return kind.consent_note


def _other(other: Declared) -> str:
    purpose = PURPOSE_TITLES[other.declaration.purpose].lower()
    return f"{other.policy.title} calls {other.declaration.pattern} {purpose}."
