"""What CONTRIBUTING says of the house is so: its modules, its dependencies, its commands."""

import re
import tomllib
from pathlib import Path

from tests.papers import FOLDER, paper, section

CONTRIBUTING = paper("CONTRIBUTING.md")
_ROOM = re.compile(r"^( *)(\w+)/( |$)")
_MODULE = re.compile(r"\b(\w+\.py)\b")
_PACKAGE = re.compile(r"[A-Za-z0-9-]+")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(paper("pyproject.toml"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {match[0] for line in needed if (match := _PACKAGE.match(line))}
    rows = section(CONTRIBUTING, "Dependencies, and why each is there").splitlines()
    listed = {
        name.split(" (")[0].strip()
        for row in rows
        if row.startswith("| ")
        for name in row.split("|")[1].split(",")
    }
    assert listed - {"package"} == names


def test_every_target_of_make_is_told_and_no_other() -> None:
    there = set(re.findall(r"^(\w+):.*##", paper("Makefile"), re.MULTILINE)) - {"help", "clean"}
    assert set(re.findall(r"^\| `make (\w+)` \|", CONTRIBUTING, re.MULTILINE)) == there


def house() -> set[Path]:
    """Every module that the picture of the house shows, by its path."""
    picture = re.search(r"^```\ncookietui/\n(.*?)^```", CONTRIBUTING, re.M | re.S)
    assert picture
    rooms: dict[int, Path] = {}
    shown: set[Path] = set()
    for line in picture[1].splitlines():
        if room := _ROOM.match(line):
            indent = len(room[1])
            above = max((depth for depth in rooms if depth < indent), default=None)
            rooms = {depth: path for depth, path in rooms.items() if depth < indent}
            rooms[indent] = (rooms[above] if above is not None else FOLDER) / room[2]
        else:
            inside = rooms[max(rooms)] if rooms else FOLDER
            shown |= {inside / name for name in _MODULE.findall(line)}
    return shown


def test_every_module_is_in_the_picture_of_the_house_and_no_other() -> None:
    there = {path for path in FOLDER.rglob("*.py") if path.name != "__init__.py"}
    relative = {str(path.relative_to(FOLDER)) for path in house() ^ there}
    assert sorted(relative) == []
