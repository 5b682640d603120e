"""What the papers say is so, and what there is stands in them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import msgspec
import pytest

from benchmarks import scoring
from cookietui import errors
from cookietui.catalogue.loading import load_catalogue
from cookietui.cli.commands import cookietui
from cookietui.config import Config, ScreenSettings
from cookietui.judging.evidence import RULES
from cookietui.judging.findings import find
from cookietui.model.cookie import SameSite
from cookietui.model.deletion import Status
from cookietui.model.policy import Consent, Declaration, Match, Party, Policy, Purpose, Trust
from cookietui.model.profile import AddedFolder, Family
from cookietui.model.verdict import Basis, KindName, Level, Suggestion
from cookietui.operations.arranging import Grouping
from cookietui.operations.auditing import Check
from cookietui.safety.backup import BackupRules
from cookietui.stores.brands import BRANDS
from cookietui.tui.commands import COMMANDS, key_names
from tests.papers import DOCS, FOLDER, PAPERS, ROOT, paper, section

SHARED = ("Options that mean the same everywhere", "The screen")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\- ]")
_TEST = re.compile(r"`(test_\w+)`")
# What a shell or click itself offers with every command.
_EVERYWHERE = {"--help", "-h", "--version"}
_POINTS = 0.02

Node = tuple[str, click.Command]


README = paper("README.md")
COMMANDS_PAPER = paper("docs/commands.md")
SCREEN_PAPER = paper("docs/screen.md")


def leaves(group: click.Group, above: str = "") -> Iterator[Node]:
    """Every command that a person can type, by the words they type for it."""
    for name, command in group.commands.items():
        path = f"{above} {name}".strip()
        if isinstance(command, click.Group):
            yield from leaves(command, path)
        elif not command.hidden:
            yield path, command


LEAVES = dict(leaves(cookietui))


def options(command: click.Command) -> set[str]:
    return {
        flag
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for flag in parameter.opts
    } - _EVERYWHERE


def written(text: str) -> set[str]:
    """The options that are spelled in a text between backticks, alone or with what they take."""
    return set(re.findall(r"`(-{1,2}[a-z][a-z-]*)", text))


def test_every_promise_names_a_test_that_there_is() -> None:
    promises = section(README, "What is promised about deleting")
    numbered = re.findall(r"^\d\. \*\*", promises, re.MULTILINE)
    assert len(numbered) == len(_TEST.findall(promises)) == 5


def test_every_test_that_a_paper_names_is_there() -> None:
    named = {name for each in PAPERS for name in _TEST.findall(each.read_text("utf-8"))}
    tests = "\n".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py"))
    assert len(named) > 20
    # Without a bracket: a file of tests may be named too.
    known = {*re.findall(r"def (test_\w+)\(", tests)}
    assert sorted(named - known) == []


@pytest.mark.parametrize("command", LEAVES)
def test_every_command_has_a_section_of_its_own(command: str) -> None:
    told = section(COMMANDS_PAPER, command)
    assert f"cookietui {command}" in told


@pytest.mark.parametrize("command", LEAVES)
def test_every_option_of_a_command_is_told(command: str) -> None:
    told = written(section(COMMANDS_PAPER, command))
    told |= written(section(COMMANDS_PAPER, SHARED[0]))
    assert options(LEAVES[command]) - told == set()


def test_every_option_of_the_screen_is_told() -> None:
    told = set().union(*(written(section(COMMANDS_PAPER, title)) for title in SHARED))
    assert options(cookietui.commands["open"]) - told == set()


def test_no_option_is_told_that_there_is_not() -> None:
    known = set().union(*(options(command) for command in cookietui.commands.values()))
    known |= set().union(*map(options, LEAVES.values())) | _EVERYWHERE | {"--no-color"}
    assert written(COMMANDS_PAPER) - known == set()


def test_no_command_is_told_that_there_is_not() -> None:
    told = {"".join(title.split("`")) for title in re.findall(r"^## (.+)$", COMMANDS_PAPER, re.M)}
    assert told - {*SHARED, "Exit status"} == set(LEAVES)


def test_every_key_stands_beside_its_command() -> None:
    rows = {}
    for line in section(SCREEN_PAPER, "Keys").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[0].startswith("`"):
            rows[cells[0].strip("`")] = cells[1].replace("`", "")
    assert rows == {command.id: key_names(command, {}) for command in COMMANDS}


def test_the_first_key_of_every_command_stands_in_readme() -> None:
    lines = section(README, "Looking around").splitlines()
    table = "\n".join(line for line in lines if line.startswith("|"))
    moving = {"up", "down", "pgup", "pgdn"}  # arrows and the like need no telling
    keys = {key_names(command, {}).split()[0] for command in COMMANDS} - moving
    assert [key for key in sorted(keys) if f"`{key}`" not in table] == []


def test_every_setting_is_told_with_its_default() -> None:
    told = section(README, "Settings")
    for field in msgspec.structs.fields(Config):
        assert f"[{field.name}]" in told
    for shape in (ScreenSettings, BackupRules):
        for field in msgspec.structs.fields(shape):
            assert f"{field.name} = {msgspec.json.encode(field.default).decode()}" in told
    for field in msgspec.structs.fields(AddedFolder):
        assert re.search(rf"^{field.name} = ", told, re.MULTILINE)


def exit_statuses() -> set[int]:
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type))
    own = {kind.exit_code for kind in kinds if issubclass(kind, errors.CookieTuiError)}
    return own | {0, 7, 130}


def test_every_exit_status_is_told() -> None:
    short = README.partition("Exit status:")[2].partition("\n\n")[0]
    told = {int(number) for number in re.findall(r"(?:^|·)\s*(\d+) ", short)}
    table = section(COMMANDS_PAPER, "Exit status")
    assert told == exit_statuses()
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", table, re.M)} == told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("docs/judging.md", Purpose),
        ("docs/judging.md", Suggestion),
        ("docs/judging.md", Basis),
        ("docs/judging.md", Consent),
        ("docs/json.md", Party),
        ("docs/json.md", KindName),
        ("docs/json.md", Level),
        ("docs/json.md", SameSite),
        ("docs/json.md", Family),
        ("docs/json.md", Status),
        ("docs/commands.md", Check),
        ("docs/commands.md", Grouping),
        ("docs/policy-format.md", Match),
        ("docs/policy-format.md", Trust),
        ("docs/policy-format.md", Purpose),
    ],
)
def test_every_word_is_told(name: str, words: type[StrEnum]) -> None:
    text = paper(name)
    assert [word.value for word in words if f"`{word.value}`" not in text] == []


@pytest.mark.parametrize("shape", [Policy, Declaration])
def test_every_key_of_a_policy_is_told(shape: type[msgspec.Struct]) -> None:
    table = section(paper("docs/policy-format.md"), "The format")
    keys = [field.name for field in msgspec.structs.fields(shape)]
    assert [key for key in keys if f"| `{key}` |" not in table] == []


def test_every_rule_of_evidence_is_told_with_its_weight() -> None:
    text = section(paper("docs/judging.md"), "Evidence")
    for rule in RULES:
        assert f"`{rule.name}`" in text
        row = next((line for line in text.splitlines() if f"| `{rule.name}` |" in line), "")
        weight = re.search(r"\d+ of 100", rule.concludes.reason)
        assert not (row and weight) or weight[0] in row, rule.name


def test_every_finding_is_told() -> None:
    source = Path(find.__code__.co_filename).read_text("utf-8")
    codes = re.findall(r'Finding\(\s*"([a-z-]+)"', source)
    text = section(paper("docs/judging.md"), "Findings")
    assert len(codes) > 5
    assert [code for code in codes if f"`{code}`" not in text] == []


def test_every_schema_is_told_with_its_keys() -> None:
    text = paper("docs/json.md")
    for file in (FOLDER / "cli" / "schemas").glob("*.json"):
        assert f"schemas/{file.name})" in text
        shape = msgspec.json.decode(file.read_bytes())
        keys = shape.get("required") or shape["$defs"]["cookie"]["required"]
        assert [key for key in keys if f"`{key}`" not in text] == []


def test_every_browser_is_in_readme() -> None:
    table = section(README, "What it reads")
    channel = re.compile(r" (Beta|Dev|Canary|Nightly|Snapshot|Developer|for Testing)$")
    titles = {channel.sub("", brand.title) for brand in BRANDS}
    assert [title for title in sorted(titles) if title not in table] == []


def anchors(text: str) -> set[str]:
    """The anchors of a paper's headings, as they are made where papers are read."""
    titles = _HEADING.findall(_FENCE.sub("", text))
    return {_NOT_IN_AN_ANCHOR.sub("", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("source", PAPERS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(source: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", source.read_text("utf-8"))):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (source.parent / name).resolve() if name else source
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


def test_every_paper_can_be_reached_from_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        source = waiting.pop()
        reached.add(source)
        links = (link.partition("#")[0] for link in _LINK.findall(source.read_text("utf-8")))
        found = {(source.parent / link).resolve() for link in links if link.endswith(".md")}
        waiting += found - reached
    assert set(PAPERS) - reached == set()


def test_every_picture_is_shown_and_made_by_the_script() -> None:
    pictures = {path.stem for path in (DOCS / "pictures").glob("*.svg")}
    shown = set(re.findall(r"\(docs/pictures/([\w-]+)\.svg\)", README))
    made = set(re.findall(r'^    Picture\("([\w-]+)"', paper("docs/pictures.py"), re.MULTILINE))
    assert pictures == shown == made


def test_no_picture_loads_anything() -> None:
    for picture in (DOCS / "pictures").glob("*.svg"):
        text = picture.read_text("utf-8")
        assert not re.search(r"@import|@font-face|url\((?!#)|href=|<script|<image", text), picture


def test_the_catalogue_is_as_large_as_readme_says() -> None:
    figures = re.search(r"more than ([\d,]+) declarations of more than ([\d,]+) providers", README)
    assert figures
    declarations, providers = (int(figure.replace(",", "")) for figure in figures.groups())
    builtin = load_catalogue(ROOT / "no policies of anybody's own").builtin
    assert sum(len(policy.declarations) for policy in builtin) > declarations
    assert len({policy.title for policy in builtin}) > providers


def test_the_scores_are_those_that_are_measured() -> None:
    table = section(paper("docs/judging.md"), "How often it is right")
    told = [float(figure) / 100 for figure in re.findall(r"\| ([\d.]+) % \|", table)]
    found = scoring.score(scoring.labels("held-out"))
    measured = [found.covered, found.right, found.right_of_covered]
    measured += [found.necessary_removed, found.trackers_kept]
    # The catalogue grows; but what is told must never be far off.
    assert told == pytest.approx(measured, abs=_POINTS)
    assert f"| {found.logins_removed} of {found.logins} |" in table


def test_readme_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 250
