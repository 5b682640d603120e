"""How the purposes are told apart where they are drawn: both front ends use the same signs."""

from cookietui.model.policy import Purpose

SIGNS = {
    Purpose.NECESSARY: "◆",
    Purpose.PREFERENCES: "▲",
    Purpose.STATISTICS: "■",
    Purpose.MARKETING: "✖",
    Purpose.UNKNOWN: "?",
}
ASCII_SIGNS = {
    Purpose.NECESSARY: "N",
    Purpose.PREFERENCES: "P",
    Purpose.STATISTICS: "S",
    Purpose.MARKETING: "M",
    Purpose.UNKNOWN: "?",
}
COLORS = {
    Purpose.NECESSARY: "green",
    Purpose.PREFERENCES: "blue",
    Purpose.STATISTICS: "yellow",
    Purpose.MARKETING: "magenta",
    Purpose.UNKNOWN: "default",
}
"""Of the terminal's own colours, of which nothing is known but their names."""
