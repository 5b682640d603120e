"""Records of deletions hold live secrets: they can be dropped, one or all old ones."""

import pytest

from tests.cli.conftest import Cli

_SITE = "opendatasoft.com"


def test_a_forgotten_deletion_cannot_be_undone(cli: Cli) -> None:
    assert cli("clean", _SITE, "--apply").code == 0
    ((name, *_),) = cli("history").rows
    assert cli("forget", name).code == 0
    assert cli("history").rows == []
    assert cli("undo").code == 3


def test_only_deletions_older_than_an_age_are_forgotten(cli: Cli) -> None:
    assert cli("clean", _SITE, "--apply").code == 0
    ran = cli("forget", "--older-than", "1d")
    assert (ran.code, len(cli("history").rows)) == (0, 1)
    assert cli("forget", "--older-than", "0d").code == 0
    assert cli("history").rows == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("x", "--older-than", "1d"), 2),
        (("--older-than", "soon"), 2),
        (("--older-than", "-1d"), 2),
        (("--older-than", "9" * 30 + "d"), 2),
        (("../x",), 3),
        (("nothing",), 3),
    ],
)
def test_what_cannot_be_forgotten_is_said(cli: Cli, words: tuple[str, ...], code: int) -> None:
    ran = cli("forget", *words)
    assert ran.code == code
    assert ran.err.count("\n") == 1
