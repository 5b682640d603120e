"""What marks a few words of a line in reStructuredText, taken away."""

import re

# ``literal``, :role:`text <target>`, `text <target>`_, **strong**, *emphasis*
_MARKUP = re.compile(
    r"``([^`]{1,300})``"
    r"|:[\w-]{1,40}:`([^`<]{1,300}?)(?:\s{0,9}<[^<>`]{0,300}>)?`"
    r"|`([^`<]{1,300}?)(?:\s{0,9}<[^<>`]{0,300}>)?`__?"
    r"|\*\*([^*]{1,300})\*\*"
    r"|(?<![\w*])\*([^*\s][^*]{0,300})\*(?![\w*])"
)
_FIELD = re.compile(r"^\s*:([A-Za-zÀ-ÿ][^:]{0,40}):\s+")


def without_markup(text: str) -> str:
    """Take the markup out of a line; a field ``:Name: value`` becomes a key with its value."""
    text = _FIELD.sub(r"\1: ", text)
    return stripped(_MARKUP.sub(lambda found: found[found.lastindex or 0], text))


def stripped(text: str) -> str:
    """Take white space from both ends of a line, but no tabs that stand for empty columns."""
    bare = text.strip()
    return bare if "\t" not in bare else text.strip(" \r\n")
