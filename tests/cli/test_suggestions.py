"""What is not there is told with what may have been meant."""

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_errors import one_line
from tests.homes import CHROMIUM, FIREFOX

SITE = "opendatasoft.com"
HINT = "`cookietui sites` lists who has"


@pytest.mark.parametrize(
    "words", [("list",), ("clean",), ("clean", "--apply"), ("export", "--to", "csv")]
)
def test_a_misspelt_site_suggests_the_right_one(cli: Cli, words: tuple[str, ...]) -> None:
    ran = cli(words[0], "opendatsoft.com", *words[1:])
    assert ran.code == 3
    assert ran.err.endswith(f"opendatsoft.com has no cookies; did you mean {SITE}? {HINT}\n"), (
        ran.err
    )


def test_a_cookie_of_a_misspelt_site_suggests_the_site(cli: Cli) -> None:
    assert f"did you mean {SITE}?" in one_line(cli("explain", "opendatasoft.co", "_ga"), 3)


def test_a_misspelt_cookie_suggests_the_right_one(cli: Cli) -> None:
    said = one_line(cli("explain", SITE, "csrf_token"), 3)
    assert "has no cookie called 'csrf_token'; did you mean csrftoken?" in said


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        (("--profile", "chromium:default"), CHROMIUM),
        (("--profile", "chromium:Defualt"), CHROMIUM),
        (("--profile", CHROMIUM, "--profile", "firefox:default-relase"), FIREFOX),
        (("--browser", "firefx"), "firefox"),
    ],
)
@pytest.mark.parametrize("command", ["list", "profiles", "doctor"])
def test_a_misspelt_profile_suggests_the_right_one(
    cli: Cli, command: str, selector: tuple[str, ...], meant: str
) -> None:
    assert f"did you mean {meant}?" in one_line(cli(command, *selector), 3)


@pytest.mark.parametrize("command", ["show", "export"])
def test_a_misspelt_policy_suggests_the_right_one(cli: Cli, command: str) -> None:
    said = one_line(cli("policy", command, "opendatasof"), 3)
    assert "did you mean opendatasoft? `cookietui policy list` lists them" in said


def test_only_ones_own_policies_are_suggested_for_removal(cli: Cli) -> None:
    assert "did you mean" not in one_line(cli("policy", "remove", "opendatasof"), 3)
    page = cli.home / "page.md"
    page.write_text("| Cookie | Purpose |\n|---|---|\n| sid | Necessary |\n")
    assert cli("policy", "import", str(page), "--site", "shop.example").code == 0
    assert "did you mean shop.example?" in one_line(cli("policy", "remove", "shop.exmple"), 3)


@pytest.mark.parametrize(
    "words",
    [
        ("list", "xq-zz.invalid"),
        ("explain", SITE, "nothing-like-it"),
        ("list", "--profile", "zzz"),
        ("policy", "show", "xq zz-%%"),
    ],
)
def test_nothing_is_suggested_where_nothing_is_near(cli: Cli, words: tuple[str, ...]) -> None:
    ran = cli(*words)
    assert ran.code == 3
    assert "did you mean" not in ran.err


def test_a_suggested_name_of_a_stranger_cannot_act(cli: Cli) -> None:
    jar = cli.home / "jar.json"
    jar.write_text('[{"name": "basket\\u001b[31m\\u202e", "host": "shop.example"}]')
    ran = cli("explain", "shop.example", "basket", "--from", str(jar))
    assert "did you mean basket\\x1b[31m\\u202e?" in one_line(ran, 3)
