"""The purpose that a consent tool's own category or group is named after."""

import re

from cookietui.catalogue.importing.words import purpose_of
from cookietui.model.policy import Purpose

_LONGEST = 200
_JOINED = re.compile(r"[&,;/+]|\b(?:and|und|et|y|en|e|i|oraz)\b", re.IGNORECASE)


def purpose_named(name: str) -> Purpose:
    """The one purpose that a name such as ``ad_storage`` names; unknown if none or several are.

    Unlike the heading of a table it is all that is said, so that "performance and functionality"
    must not become either of the two.
    """
    parts = _JOINED.split(name[:_LONGEST].replace("_", " "))
    named = {purpose for part in parts if (purpose := purpose_of(part))}
    return named.pop() if len(named) == 1 else Purpose.UNKNOWN
