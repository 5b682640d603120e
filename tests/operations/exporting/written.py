"""Exports made of cookies in memory, and read back by the program's own readers."""

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from cookietui.model.cookie import Cookie
from cookietui.model.verdict import JudgedCookie
from cookietui.operations.exporting import FORMATS, Export, Exported
from cookietui.stores.choosing import file_profile
from cookietui.stores.exported import parse
from cookietui.stores.port import Values
from cookietui.stores.rows import size_of
from tests.making import NOW, cookie, verdict

WHOSE = file_profile(Path("/nowhere/cookies"))
ANY_TEXT = st.text(st.characters(), max_size=8)  # half characters and control characters too


def judged_as_unknown(*cookies: Cookie) -> tuple[JudgedCookie, ...]:
    return tuple(JudgedCookie(each, verdict()) for each in cookies)


def export(*judged: JudgedCookie, values: Values | None = None) -> Export:
    return Export("shop.example", judged, values, NOW)


def written(name: str, *cookies: Cookie, value: str | None = "v") -> Exported:
    """Cookies in a format, all with the same value; without values if it is None."""
    values: Values | None = None if value is None else {each.key: value for each in cookies}
    return FORMATS[name](export(*judged_as_unknown(*cookies), values=values))


def read_back(text: str) -> list[tuple[Cookie, str | None]]:
    """The cookies of an export, of which none is a problem."""
    found = parse(text.encode(), WHOSE)
    assert found.problems == ()
    return list(found.cookies)


def said(each: Cookie, value: str | None, *unsaid: str) -> dict[str, Any]:
    """What a file can say of a cookie; `unsaid` are the attributes it cannot."""
    size = None if value is None else size_of(each.name) + size_of(value)
    whole = msgspec.structs.asdict(each) | {"size": size}
    never = ("key", "created", "last_used", "container", "encryption", *unsaid)
    return {name: value for name, value in whole.items() if name not in never}


def why(exported: Exported) -> str:
    """Why the only cookie was left out."""
    (left,) = exported.left_out
    return left.why


def numbered(cookies: list[Cookie]) -> list[Cookie]:
    """The same cookies with keys of their own, as a store gives them."""
    return [
        msgspec.structs.replace(
            each, key=msgspec.structs.replace(cookie().key, columns=(number,), created=number)
        )
        for number, each in enumerate(cookies)
    ]
