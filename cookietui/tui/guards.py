"""What keeps strangers' text and secrets from getting out through the terminal library.

Each of these leans on something the library does not promise; the library is pinned, and each has a
test.
"""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter  # called internal in its documentation

# C0, DEL and C1 controls, bidirectional marks, zero-width characters and line separators.
_DROPPED = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0xAD,
        0x61C,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    ]
)


class ControlNet(LineFilter):
    """Drops every character that could act on the terminal, as the last thing before it is drawn.

    Text is made visible where it enters a widget; this is the net below that.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean one line."""
        del background
        return [_cleaned(segment) for segment in segments]


def with_net(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """Put the net behind all other filters."""
    return [*filters, ControlNet()]


def _cleaned(segment: Segment) -> Segment:
    text, style, control = segment
    if control or (text.isascii() and text.isprintable()):
        return segment
    return Segment(text.translate(_DROPPED), style, control)
