"""What is worth knowing about how a cookie is set: weaker than it could be, or longer than said.

Never for a token against forged requests without HttpOnly: pages have to read it. The rules follow
RFC 6265bis and its cookie prefixes.
"""

from cookietui.judging.evidence import looks_like_forgery_token, looks_like_sign_in
from cookietui.model.cookie import MICROSECONDS, SameSite
from cookietui.model.policy import Purpose
from cookietui.model.verdict import Finding, JudgedCookie, Level

_DAY = 86_400 * MICROSECONDS
_LONG = 365 * _DAY
_HTTP_ONLY = Finding(
    "login-readable",
    Level.HIGH,
    "It looks like a login but scripts can read it; the site should set HttpOnly.",
)
_SECURE = Finding(
    "login-not-secure",
    Level.HIGH,
    "It looks like a login but travels over plain HTTP too; the site should set Secure.",
)
_CROSS_SITE = Finding(
    "login-cross-site",
    Level.HIGH,
    "It looks like a login and other sites can make the browser send it (SameSite=None, not"
    " partitioned); the site should set SameSite=Lax or Partitioned.",
)
_SAME_SITE = Finding(
    "same-site-unset",
    Level.INFO,
    "The site leaves SameSite to the browser, and browsers differ.",
)
_LONG_LIVED = Finding("long-lived", Level.INFO, "It stays for more than a year.")
_EXPIRED = Finding("expired", Level.INFO, "It has expired; the browser will drop it by itself.")
_CAME_BACK = Finding("came-back", Level.INFO, "You deleted it before; the site has set it again.")
_IN_SESSION_FILE = Finding(
    "in-session-file",
    Level.INFO,
    "It lies in Firefox's session file and not in its cookie store. Firefox writes that file now"
    " and then, so it may be out of date, and the cookie can be deleted only in Firefox. It is gone"
    " once the session is not restored.",
)


def find(judged: JudgedCookie, now: int) -> tuple[Finding, ...]:
    """List what is worth knowing, the gravest first.

    Args:
        judged: The cookie and what it is for.
        now: Microseconds since the Unix epoch.
    """
    cookie, verdict = judged.cookie, judged.verdict
    login = (
        looks_like_sign_in(cookie)
        and not looks_like_forgery_token(cookie)
        and verdict.purpose in (Purpose.NECESSARY, Purpose.UNKNOWN)
    )
    left = cookie.lifetime(now)
    rules = (
        (login and cookie.http_only is False, _HTTP_ONLY),
        (login and cookie.secure is False, _SECURE),
        (login and cookie.same_site is SameSite.NONE and not cookie.partition, _CROSS_SITE),
        (cookie.same_site is SameSite.UNSET, _SAME_SITE),
        (left is not None and left > _LONG, _LONG_LIVED),
        (cookie.expired(now), _EXPIRED),
        (judged.came_back is not None, _CAME_BACK),
        (cookie.in_session_file, _IN_SESSION_FILE),
    )
    return tuple(finding for holds, finding in rules if holds)
