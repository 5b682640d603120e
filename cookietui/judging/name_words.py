"""What the words in a cookie's name tell when nobody declares it.

Developers name cookies after what they hold. A word can be a part of the name set off by case,
digits or punctuation (``lang`` in ``siteLang``), or a stem that no other word contains
(``basket``), across whatever stands between its letters.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from cookietui.model.policy import Purpose

_REMEMBERED = 50_000
_LONGEST = 200  # characters of a name that are looked at
_PART = re.compile(r"(?i:i18n)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NO_LETTER = re.compile(r"[^a-z]+")
_PREFIX = re.compile(r"__(host|secure)-", re.IGNORECASE)


class Told(NamedTuple):
    """What a word tells."""

    topic: str
    purpose: Purpose
    sentence: str


class _Topic(NamedTuple):
    told: Told
    stems: tuple[str, ...]
    parts: frozenset[str]


def _topic(topic: str, purpose: Purpose, sentence: str, stems: str, parts: str = "") -> _Topic:
    return _Topic(Told(topic, purpose, sentence), tuple(stems.split()), frozenset(parts.split()))


# Tried in this order: what would be missed comes first.
_TOPICS = (
    _topic(
        "sign-in",
        Purpose.NECESSARY,
        "It is named like what keeps somebody signed in.",
        "session sessid auth login logon logged signin signedin remember passport password"
        " saml oauth accesstoken refreshtoken identity account twofactor",
        "sess sid jwt sso token user username userid member mfa otp idp ticket role key"
        " state redirect challenge",
    ),
    _topic(
        "protection",
        Purpose.NECESSARY,
        "It is named like what protects forms, or tells people and robots apart.",
        "csrf xsrf forgery captcha antibot botcheck verification security fraud nonce",
        "bot waf",
    ),
    _topic(
        "consent",
        Purpose.NECESSARY,
        "It is named like a choice about cookies or privacy.",
        "consent gdpr ccpa cookiepolicy cookiespolicy cookienotice cookiesnotice cookiebar"
        " cookieaccept cookiesaccept acceptcookie acceptedcookie allowcookie allowedcookie"
        " cookieallow cookiesallow cookiesetting cookiessetting cookiepref cookiespref"
        " cookielaw cookiebanner cookieinfo cookiehint cookiehinweis cookiemessage"
        " cookiechoice cookiecheck cookiescheck cookietest cookiestest testcookie"
        " cookieenabled cookiesenabled optout datenschutz privacy",
        "notice tcf euconsent cmp policy adult",
    ),
    _topic(
        "basket",
        Purpose.NECESSARY,
        "It is named like a basket or an order.",
        "basket checkout addtocart warenkorb panier carrito shoppingcart",
        "cart bag order quote wishlist compare payment pay coupon voucher invoice",
    ),
    _topic(
        "routing",
        Purpose.NECESSARY,
        "It is named like what sends requests to the same server each time.",
        "affinity loadbalanc serverid backendid balancer upstream routeid stickysession"
        " xmapping lbcookie",
        "lb srv server node route backend flash env deploy build cluster pool queue region test",
    ),
    _topic(
        "preference",
        Purpose.PREFERENCES,
        "It is named like a choice of how the site looks or reads.",
        "language locale culture currency theme darkmode layout fontsize preference prefs"
        " settings timezone sidebar collapsed expanded dismissed perpage viewmode sortorder"
        " accessib contrast volume autoplay subtitle googtrans presentation scrollposition"
        " translate newsletter popup country region",
        "lang lc i18n tz loc geo zip store shop search recent alert message push intro tour video"
        " device screen skin sort view filter filters pref mute sound display mode font"
        " units hide closed seen tab columns rows grid zoom",
    ),
    _topic(
        "advertising",
        Purpose.MARKETING,
        "It is named like what counts or aims advertising.",
        "advert gclid fbclid msclkid dclid retarget remarket affiliate campaign adserver"
        " adsense adform adroll criteo doubleclick taboola outbrain pixel usersync idsync"
        " cookiesync conversion promo",
        "ad ads adv aff affid dsp ssp rtb bid dmp utm clickid adid trk sync",
    ),
    _topic(
        "measurement",
        Purpose.STATISTICS,
        "It is named like what counts visits.",
        "analytic visit pageview statistic tracking tracker telemetry metrics referrer"
        " referer landing firstvisit lastvisit experiment variant abtest returning matomo"
        " piwik webtrends",
        "uuid vid guid stats stat hits counter track ref experiment sample poll polls survey",
    ),
)

TOPICS = tuple(topic.told for topic in _TOPICS)

_HEAD = 3  # letters of a stem by which it is found; none is shorter
# Names are many: words are looked up, with the places of their topics, and not tried one by one.
_PARTS: dict[str, int] = {}
_STEMS: dict[str, list[tuple[str, int]]] = {}
for _place, _each in enumerate(_TOPICS):
    _PARTS = dict.fromkeys(_each.parts, _place) | _PARTS
    for _stem in _each.stems:
        _STEMS.setdefault(_stem[:_HEAD], []).append((_stem, _place))


@lru_cache(maxsize=_REMEMBERED)
def told_by(name: str) -> Told | None:
    """What the words in a name tell; None if they tell nothing.

    Args:
        name: The name, in any spelling.
    """
    bare = _PREFIX.sub("", name[:_LONGEST])
    letters = _NO_LETTER.sub("", bare.lower())
    parts = {part.lower() for part in _PART.findall(bare)}
    found = [_PARTS[part] for part in parts if part in _PARTS]
    for place in range(len(letters) - _HEAD + 1):
        for stem, topic in _STEMS.get(letters[place : place + _HEAD], ()):
            if letters.startswith(stem, place):
                found.append(topic)
    return TOPICS[min(found)] if found else None
