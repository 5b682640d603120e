"""The papers, and how their parts are found."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FOLDER = ROOT / "cookietui"
PAPERS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted(DOCS.glob("*.md")),
)
_SECOND_LEVEL = "\n## "


def paper(name: str) -> str:
    """A paper's text, by its path from the root."""
    return (ROOT / name).read_text("utf-8")


def section(text: str, title: str) -> str:
    """What stands below a heading of the second level; empty if there is none."""
    _, found, rest = f"\n{text}".partition(f"{_SECOND_LEVEL}{title}\n")
    return rest.partition(_SECOND_LEVEL)[0] if found else ""
