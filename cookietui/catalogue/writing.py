"""A policy as a file of the person's own: the TOML that `loading` reads."""

import json
import re
from collections.abc import Iterator

import msgspec

from cookietui.model.policy import Declaration, Policy

_HALF = re.compile("[\ud800-\udfff]")  # of a character, which no file can hold
_PLANE_0_MAX = 0xFFFF


def to_toml(policy: Policy) -> str:
    """Write a policy as TOML; `loading.load_policies` gives the same policy back."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield "[[policies]]"
    yield from _fields(policy, left_out=("declarations",))
    for declaration in policy.declarations:
        yield ""
        yield "[[policies.declarations]]"
        yield from _fields(declaration)


def _fields(struct: Policy | Declaration, left_out: tuple[str, ...] = ()) -> Iterator[str]:
    """Every field that says something; what is left out is what it would be anyway."""
    defaults = {
        field.name: field.default
        for field in msgspec.structs.fields(struct)
        if field.default is not msgspec.NODEFAULT
    }
    for name, value in msgspec.to_builtins(struct, builtin_types=(type(None),)).items():
        if name in left_out or (name in defaults and getattr(struct, name) == defaults[name]):
            continue
        yield f"{name} = {value if name == 'written' else _value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    # Escapes of JSON are escapes of TOML. What is printed may not act on a terminal.
    text = json.dumps(_HALF.sub("\ufffd", str(value)), ensure_ascii=False)
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _PLANE_0_MAX else f"\\U{code:08x}"
