"""How things look: two themes of our own, the categories' signs, and what other themes lack."""

import msgspec
from textual.theme import Theme

from cookietui.judging.tones import ASCII_SIGNS, COLORS, SIGNS
from cookietui.model.policy import Purpose

DARK = Theme(
    name="dark",
    primary="#e0a458",
    secondary="#c9b79c",
    accent="#e0a458",
    foreground="#e8e3db",
    background="#161412",
    surface="#1f1c19",
    panel="#2b2723",
    success="#7fc48f",
    warning="#e9c46a",
    error="#f08a8a",
    dark=True,
    variables={
        "cat-necessary": "#7fc48f",
        "cat-preferences": "#89b4d8",
        "cat-statistics": "#e9c46a",
        "cat-marketing": "#f08aa8",
        "cat-unknown": "#b8afa4",
        "quiet": "#a39a8e",
        "cursor": "#4a3920",
        "line": "#574e44",
        "input-cursor-background": "#e0a458",
        "footer-key-foreground": "#e0a458",
    },
)
LIGHT = Theme(
    name="light",
    primary="#8f5310",
    secondary="#6b5b45",
    accent="#8f5310",
    foreground="#2a2520",
    background="#fbf8f3",
    surface="#f3eee6",
    panel="#e8e0d4",
    success="#1e6b37",
    warning="#7a5900",
    error="#a3213a",
    dark=False,
    variables={
        "cat-necessary": "#1e6b37",
        "cat-preferences": "#1f5f99",
        "cat-statistics": "#7a5900",
        "cat-marketing": "#a3214f",
        "cat-unknown": "#5f574e",
        "quiet": "#655c52",
        "cursor": "#f0d9b5",
        "line": "#b5a994",
        "footer-key-foreground": "#8f5310",
    },
)
CONTRAST = Theme(
    name="contrast",
    primary="#ffd75f",
    secondary="#ffffff",
    accent="#ffd75f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#5fff87",
    warning="#ffff5f",
    error="#ff8787",
    dark=True,
    variables={
        "cat-necessary": "#5fff87",
        "cat-preferences": "#87d7ff",
        "cat-statistics": "#ffff5f",
        "cat-marketing": "#ff87d7",
        "cat-unknown": "#ffffff",
        "quiet": "#d0d0d0",
        "cursor": "#005f87",
        "line": "#ffffff",
        "input-cursor-background": "#ffd75f",
        "footer-key-foreground": "#ffd75f",
    },
)
OURS = (DARK, LIGHT, CONTRAST)
TERMINAL_THEMES = {"terminal": "ansi-dark", "terminal-light": "ansi-light"}
# For the terminal's own colours, of which nothing is known but their names.
TERMINAL = {
    **{f"cat-{purpose.value}": f"ansi_{color}" for purpose, color in COLORS.items()},
    "quiet": "ansi_default",
    "cursor": "ansi_default",
    "line": "ansi_default",
}


class Signs(msgspec.Struct, frozen=True):
    """The few characters that are drawn beside words.

    Attributes:
        purposes: One for each purpose.
        open: Before a group that is open.
        folded: Before a group that is folded.
        done: Before what went well.
        warning: Before what to look at.
        arrow: Between a profile and a site.
        dot: Between facts.
        cut: Where a text is cut short.
    """

    purposes: dict[Purpose, str]
    open: str
    folded: str
    done: str
    warning: str
    arrow: str
    dot: str
    cut: str


UNICODE = Signs(
    purposes=SIGNS,
    open="▾",
    folded="▸",
    done="✓",
    warning="▲",
    arrow="›",  # noqa: RUF001 - meant as it is
    dot="·",
    cut="…",
)
ASCII = Signs(
    purposes=ASCII_SIGNS,
    open="-",
    folded="+",
    done="ok",
    warning="!",
    arrow=">",
    dot="-",
    cut="~",
)


def tone(purpose: Purpose) -> str:
    """The theme variable that holds a purpose's colour."""
    return f"cat-{purpose.value}"


def defaults(theme: Theme) -> dict[str, str]:
    """What themes that are not ours lack."""
    if theme.ansi:
        return TERMINAL
    return dict((DARK if theme.dark else LIGHT).variables)
