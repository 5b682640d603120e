"""Pictures of the screen for the papers, made on the sample profiles: run by ``make pictures``.

The clock stands still and the samples are always the same, so that the same program makes the same
pictures, byte for byte.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

import msgspec

from cookietui.operations.sample import make_samples
from tests.tui.driving import NEWS, NOW, SHOP, app_in, narrow, press, running

FOLDER = Path(__file__).parent / "pictures"
MEDIUM, WIDE = (112, 34), (190, 42)
# Pictures load nothing from anywhere: a viewer's own fixed-width font has to do.
_FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_FONT = re.compile(r"font-family: Fira Code, monospace")
_OURS = "font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


class Picture(msgspec.Struct, frozen=True):
    """One picture.

    Attributes:
        name: The name of its file, without ending.
        keys: What is pressed before it is taken.
        site: The site to begin with.
        size: Columns and rows of the terminal.
        theme: How it looks.
        typed: What is written into the filter before the keys are pressed.
    """

    name: str
    keys: tuple[str, ...] = ()
    site: str = SHOP
    size: tuple[int, int] = MEDIUM
    theme: str = "dark"
    typed: str = ""


PICTURES = (
    Picture("main", ("down",)),
    Picture("filter", ("down", "down"), site=NEWS, typed="purpose:marketing party:third"),
    Picture("delete", ("a", "d")),
    Picture("undone", ("a", "d", "y", "u")),
    Picture("audit", ("A", "down"), site="opendatasoft.com"),
    Picture("all-sites", ("1", "g", "enter", "o", "o", "down"), site="", size=WIDE),
    Picture("light", ("a", "down"), theme="light"),
)


def main() -> int:
    """Make every picture, or those that are named."""
    wanted = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if not wanted or picture.name in wanted:
            target = FOLDER / f"{picture.name}.svg"
            target.write_text(drawn(picture), "utf-8")
            sys.stdout.write(f"{target.relative_to(Path.cwd())}\n")
    return 0


def drawn(picture: Picture) -> str:
    """Take one picture, in a home of its own."""
    with tempfile.TemporaryDirectory(prefix="cookietui-pictures-") as name:
        home = Path(name)
        make_samples(home, now=NOW)
        return asyncio.run(_taken(picture, home))


async def _taken(picture: Picture, home: Path) -> str:
    app = app_in(home, picture.site, theme=picture.theme)
    async with running(app, picture.size) as pilot:
        if picture.typed:
            await narrow(pilot, picture.typed)
        await press(pilot, *picture.keys)
        drawing = app.export_screenshot(title="cookietui")
    plain = _FONT.sub(_OURS, _FONT_FACE.sub("", drawing))
    return _TRAILING.sub("", plain)


if __name__ == "__main__":
    sys.exit(main())
