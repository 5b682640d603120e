"""The schemas of what --json prints: whole, strict, in the package, and true of the program."""

import copy
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from cookietui.cli.commands import cookietui
from cookietui.model.cookie import SameSite
from cookietui.model.deletion import Status
from cookietui.model.policy import Consent, Match, Party, Purpose
from cookietui.model.profile import Family
from cookietui.model.verdict import Basis, KindName, Level, Suggestion
from tests.cli.conftest import Cli
from tests.cli.documents import DOCUMENTS, Document
from tests.cli.schemas import PARTS, SCHEMAS, check, load, validate
from tests.homes import FIREFOX, STORES, firefox_running

ROOT = Path(__file__).parents[2]
FILES = {PARTS, *SCHEMAS.values()}
SITE = "opendatasoft.com"
MAPS = ("beside", "encryption")  # their keys say what there is, so none of them has to be there

Place = tuple[str | int, ...]
Words = tuple[str, ...]


def places(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """Everything in a document, and where it is."""
    yield place, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*place, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*place, number))


def objects(document: Document) -> list[Place]:
    """Where the objects are whose keys are fixed."""
    return [
        place
        for place, value in places(document)
        if isinstance(value, dict) and (not place or place[-1] not in MAPS)
    ]


def at(document: object, place: Place) -> Any:  # noqa: ANN401 - whatever is there
    for step in place:
        document = document[step]  # type: ignore[index]
    return document


def refused(command: str, document: Document) -> bool:
    try:
        validate(command, document)
    except AssertionError:
        return True
    return False


def commands(group: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words it is typed with."""
    if not isinstance(group, click.Group):
        yield name, group
        return
    for word, command in group.commands.items():
        yield from commands(command, f"{name} {word}".strip())


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_schema_is_itself_valid_and_is_called_what_its_file_is(name: str) -> None:
    schema = load(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"{name}.json"


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_object_in_a_schema_is_strict(name: str) -> None:
    for place, each in places(load(name)):
        if isinstance(each, dict) and "object" in str(each.get("type", "")):
            if place[-1:] in [(name,) for name in MAPS]:
                assert "propertyNames" in each, place
                continue
            assert each["additionalProperties"] is False, place
            assert each["required"] == list(each["properties"]), place


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_a_schema_refers_to_is_in_the_same_folder(name: str) -> None:
    for place, each in places(load(name)):
        if place and place[-1] == "$ref":
            file, _, part = str(each).partition("#/$defs/")
            assert part in load(file.removesuffix(".json") or name)["$defs"], place


def test_every_schema_is_in_the_package_and_of_some_use() -> None:
    folder = resources.files("cookietui") / "cli" / "schemas"
    assert {each.name for each in folder.iterdir()} == {f"{name}.json" for name in FILES}
    assert {SCHEMAS[command] for command in DOCUMENTS} == FILES - {PARTS}


def test_no_schema_is_left_out_of_what_is_built() -> None:
    # The build leaves out what git ignores, and nothing else of the package's folder.
    paths = sorted(f"cookietui/cli/schemas/{name}.json" for name in FILES)
    ran = subprocess.run(["git", "check-ignore", "--no-index", *paths], cwd=ROOT, check=False,
                         capture_output=True, text=True)  # fmt: skip
    assert ran.stdout == ""


def test_every_command_that_prints_json_has_a_schema() -> None:
    printing = {
        name
        for name, command in commands(cookietui)
        if any("--json" in option.opts for option in command.params)
    }
    assert printing <= set(SCHEMAS)
    assert len(printing) >= 9


@pytest.mark.parametrize("command", DOCUMENTS)
def test_every_documented_key_is_in_it(command: str) -> None:
    validate(command, DOCUMENTS[command])


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_key_too_many_is_refused(command: str) -> None:
    for place in objects(DOCUMENTS[command]):
        document = copy.deepcopy(DOCUMENTS[command])
        at(document, place)["more"] = 1
        assert refused(command, document), place


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_key_that_is_missing_is_refused(command: str) -> None:
    for place in objects(DOCUMENTS[command]):
        for key in at(DOCUMENTS[command], place):
            document = copy.deepcopy(DOCUMENTS[command])
            del at(document, place)[key]
            assert refused(command, document), (place, key)


WORDS = {
    "actual_party", "applied", "at", "basis", "code", "consent", "created", "declared_party",
    "encryption", "error", "expires", "family", "last_used", "level", "match", "own", "party",
    "purpose", "same_site", "scanned_at", "schema", "sha256", "status", "suggestion", "trust",
    "type", "written",
}  # fmt: skip


@pytest.mark.parametrize("command", DOCUMENTS)
@pytest.mark.parametrize("wrong", ["Lax", "2026-11-23T12:00:00+00:00", "2026-02-30", 2, ""])
def test_a_word_or_a_time_that_is_none_is_refused(command: str, wrong: object) -> None:
    tried = 0
    for place, _ in places(DOCUMENTS[command]):
        if place and place[-1] in WORDS:
            document = copy.deepcopy(DOCUMENTS[command])
            at(document, place[:-1])[place[-1]] = wrong
            assert refused(command, document), place
            tried += 1
    assert tried


@pytest.mark.parametrize("command", DOCUMENTS)
def test_another_type_is_refused_everywhere(command: str) -> None:
    for place, value in places(DOCUMENTS[command]):
        if place and value is not None:
            document = copy.deepcopy(DOCUMENTS[command])
            at(document, place[:-1])[place[-1]] = 1.5 if isinstance(value, str) else "text"
            assert refused(command, document), place


@pytest.mark.parametrize("moment", ["2026-02-30T12:00:00Z", "2026-11-23T25:00:00Z"])
def test_a_time_that_there_is_not_is_refused(moment: str) -> None:
    assert refused("list", DOCUMENTS["list"] | {"scanned_at": moment})


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("partition", [None, {"site": "https://a.example", "cross_site": None}]),
        ("container", [None, {"id": 6, "name": None}]),
        ("encryption", [None, "v10", "v11", "v12", "v20", "dpapi"]),
        *((key, [None]) for key in ("created", "expires", "last_used", "secure", "http_only",
          "same_site", "size", "provider", "function", "description", "declared_lifetime",
          "matched", "source")),
        ("value", [None, "", "a\x00\ud83d"]),
        ("name", ["", "\x1b[31m", "\udce9"]),
    ],
)  # fmt: skip
def test_what_is_unknown_may_be_null(key: str, values: list[object]) -> None:
    for value in values:
        document = copy.deepcopy(DOCUMENTS["list"])
        document["cookies"][0][key] = value
        validate("list", document)


@pytest.mark.parametrize(
    "wrong",
    [{"applied": False}, {"applied": False, "status": "planned"}, {"status": "planned"}],
)
def test_only_a_dry_run_is_planned_and_it_has_no_record(wrong: Document) -> None:
    assert refused("clean", DOCUMENTS["clean"] | wrong)
    planned = {"applied": False, "status": "planned", "journal": None}
    validate("clean", DOCUMENTS["clean"] | planned)


def test_a_value_has_no_place_where_something_is_deleted() -> None:
    document = copy.deepcopy(DOCUMENTS["clean"])
    document["deleted"][0]["value"] = "s3cr3t"
    assert refused("clean", document)


def test_the_words_are_the_programs_own() -> None:
    parts = load(PARTS)["$defs"]
    cookie = parts["cookie"]["properties"]
    found = cookie["findings"]["items"]["properties"]
    assert set(parts["family"]["enum"]) == set(Family)
    assert set(parts["purpose"]["enum"]) == set(Purpose)
    assert set(parts["suggestion"]["enum"]) == set(Suggestion)
    assert set(parts["basis"]["enum"]) == set(Basis)
    assert set(parts["consent"]["enum"]) == set(Consent)
    assert set(parts["party"]["enum"]) == set(Party)
    assert set(parts["match"]["enum"]) == set(Match)
    assert set(cookie["type"]["enum"]) == set(KindName)
    assert set(cookie["same_site"]["enum"]) == {None, *SameSite}
    assert set(found["level"]["enum"]) == set(Level)
    assert set(load("clean")["properties"]["status"]["enum"]) == set(Status)
    assert set(load("undo")["properties"]["status"]["enum"]) == set(Status) - {Status.PLANNED}


@pytest.mark.parametrize("where", [(), ("demo",)], ids=["own", "demo"])
def test_what_every_command_prints_is_what_its_schema_says(cli: Cli, where: Words) -> None:
    there = {name for name, _ in commands(cookietui)} & set(SCHEMAS)
    declared = cli.home / "policy.md"
    declared.write_text(
        "| Name | Purpose | Expiry |\n|---|---|---|\n| _ga | Statistics | 1 day |\n"
    )
    assert cli(*where, "keep", "add", SITE, "_gid").code == 0
    for command, *words in (
        ("config",), ("profiles",), ("sites",), ("list",), ("list", "--values"), ("list", SITE),
        ("explain", SITE, "_ga"), ("doctor",), ("keep list",), ("clean", SITE),
        ("audit", SITE), ("audit", "harbour-books.example"), ("policy list",),
        ("policy show", "opendatasoft"),
        ("policy import", str(declared), "--site", "harbour-books.example"),
        ("audit", "harbour-books.example"), ("policy list",),
        ("clean", SITE, "--apply"), ("history",), ("undo",), ("history",),
    ):  # fmt: skip
        if command in there:
            validate(command, cli.json(*where, *command.split(), *words))


def test_failures_are_what_the_schemas_say(cli: Cli) -> None:
    with firefox_running(cli.home):
        for words, code in ((("profiles",), 0), (("doctor",), 0), (("clean", SITE, "--apply"), 5)):
            validate(words[0], cli.json(*words, code=code))
    (cli.home / STORES[FIREFOX][0]).write_bytes(b"no database")
    for command, *more in (("list",), ("sites",), ("profiles",), ("doctor",), ("clean", SITE)):
        validate(command, cli.json(command, *more, code=4))


@pytest.mark.parametrize(
    "words", [("list", "--json"), ("demo", "undo", "--json"), ("keep", "list", "x", "--json")]
)
def test_tests_notice_what_is_not_as_documented(words: tuple[str, ...]) -> None:
    with pytest.raises(AssertionError, match="--json: "):
        check(words, '{"schema": 1}')
    check(words, "")
    check(words[:-1], "a table")
