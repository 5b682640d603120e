"""The page's colours: the program's own, and readable."""

import pytest
from textual.theme import Theme

from cookietui.model.policy import Purpose
from cookietui.operations.reporting.page import SIGNS
from cookietui.operations.reporting.style import DARK, LIGHT
from cookietui.tui import theme


@pytest.mark.parametrize(("colours", "own"), [(LIGHT, theme.LIGHT), (DARK, theme.DARK)])
def test_the_colours_are_the_programs(colours: dict[str, str], own: Theme) -> None:
    assert (colours["bg"], colours["text"]) == (own.background, own.foreground)
    assert (colours["accent"], colours["surface"]) == (own.accent, own.surface)
    for purpose in Purpose:
        assert colours[purpose.value] == own.variables[theme.tone(purpose)]


def test_the_signs_are_the_programs() -> None:
    assert theme.UNICODE.purposes == SIGNS


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_every_text_can_be_read(colours: dict[str, str], ground: str) -> None:
    for name in ("text", "quiet", "accent", *(purpose.value for purpose in Purpose)):
        assert contrast(colours[name], colours[ground]) >= 4.5, name


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
