"""What a revealed value says, as far as its form is known; pure.

Nothing here is certain: a value is only told as what it reads like.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from cookietui.judging.explain import Fact

_LONGEST = 64 * 1024  # characters; more is not taken apart
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_JWT = re.compile(r"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_GOOGLE_CLIENT = re.compile(r"GA1\.\d+\.(?P<id>\d+\.(?P<seconds>\d{9,10}))")
_GOOGLE_SESSION = re.compile(r"GS\d\.\d+\.s?(?P<seconds>\d{9,10})[.$].*")
_META_CLIENT = re.compile(r"fb\.\d\.(?P<milliseconds>\d{13})\.(?P<id>.+)")
_JWT_TIMES = {"iat": "Issued", "nbf": "Valid from", "exp": "Valid until"}
_MOSTLY = 3 / 4
_LAST_SECOND = 253_402_300_799  # of the year 9999


def decode(value: str) -> tuple[Fact, ...]:
    """Take a value apart: what it reads like, one line each; nothing if it is only itself."""
    return tuple(_facts(value)) if len(value) <= _LONGEST else ()


def _facts(value: str) -> Iterator[Fact]:
    text = unquote(value, errors="strict") if _percent_encoded(value) else value
    if text != value:
        yield Fact("Decoded", text)
    if _JWT.fullmatch(text):
        yield from _jwt(text)
        return
    yield from _visits(text)
    document = _json(text)
    if document is None and (inner := _base64(text)) is not None:
        yield Fact("Base64", inner)
        document = _json(inner)
    if document is not None:
        yield Fact("JSON", json.dumps(document, ensure_ascii=False, indent=None))


def _percent_encoded(value: str) -> bool:
    try:
        return "%" in value and unquote(value, errors="strict") != value
    except UnicodeDecodeError:
        return False


def _jwt(text: str) -> Iterator[Fact]:
    header, payload = (_json(_base64(part) or "") for part in text.split(".")[:2])
    if not isinstance(header, dict) or not isinstance(payload, dict):
        return
    yield Fact("JWT", json.dumps(payload, ensure_ascii=False))
    yield Fact("Signed by", str(header.get("alg", "not said")))
    for name, label in _JWT_TIMES.items():
        seconds = payload.get(name)
        if isinstance(seconds, int | float) and 0 < seconds <= _LAST_SECOND and seconds is not True:
            yield Fact(label, _moment(int(seconds)))


def _visits(text: str) -> Iterator[Fact]:
    if found := _GOOGLE_CLIENT.fullmatch(text):
        first = _moment(int(found["seconds"]))
        yield Fact("Reads like", f"Google Analytics visitor {found['id']}, first seen {first}")
    elif found := _GOOGLE_SESSION.fullmatch(text):
        began = _moment(int(found["seconds"]))
        yield Fact("Reads like", f"a Google Analytics visit that began {began}")
    elif found := _META_CLIENT.fullmatch(text):
        first = _moment(int(found["milliseconds"]) // 1000)
        yield Fact("Reads like", f"Meta visitor {found['id']}, first seen {first}")


def _base64(text: str) -> str | None:
    """Decode base64, of either alphabet, if what comes out can hardly be so by chance."""
    if not _BASE64.fullmatch(text):
        return None
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
        inner = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return inner if _readable(inner) else None


def _readable(text: str) -> bool:
    if text.startswith(("{", "[")):
        return "".join(text.split()).isprintable()
    ascii_only = sum(character.isascii() for character in text)
    return bool(text) and text.isprintable() and ascii_only >= len(text) * _MOSTLY


def _json(text: str) -> Any:  # noqa: ANN401 - whatever it holds
    """Read an object or a list; a bare number or word says nothing more as JSON."""
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
