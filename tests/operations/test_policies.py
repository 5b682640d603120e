"""The person's own policies as files: kept, replaced, removed, and never at another's cost."""

from pathlib import Path

import msgspec
import pytest

from cookietui.catalogue.loading import load_catalogue
from cookietui.catalogue.writing import to_toml
from cookietui.errors import CatalogueError, NothingFoundError
from cookietui.model.policy import Policy, Purpose
from cookietui.model.site import Site
from cookietui.operations.policies import find_policy, read_policy, remove_policy, save_policy
from cookietui.operations.workspace import Workspace
from cookietui.paths import Environment
from tests.homes import furnished
from tests.making import NOW, cookie, declaration, policy

SITE = "shop.example"
MINE = policy(SITE, declaration("acme_visits"), hosts=(SITE,))
PAGE = "## Statistics\n\n| Cookie | Description |\n|---|---|\n| acme_visits | Counts visits |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "config" / "policies"


def own(folder: Path) -> tuple[Policy, ...]:
    return load_catalogue(folder).own


def refused(folder: Path, each: Policy) -> CatalogueError:
    """The refusal of a policy, which changes nothing."""
    before = {file: file.read_bytes() for file in folder.glob("*")} if folder.is_dir() else {}
    with pytest.raises(CatalogueError) as caught:
        save_policy(folder, each)
    assert {file: file.read_bytes() for file in before} == before
    assert not folder.is_dir() or set(folder.glob("*")) == set(before)
    assert caught.value.hint
    assert caught.value.exit_code == 2
    return caught.value


def test_a_saved_policy_is_loaded_and_only_its_owner_may_read_it(folder: Path) -> None:
    file = save_policy(folder, MINE)
    assert file == folder / "shop.example.toml"
    assert own(folder) == (MINE,)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_policy_of_the_same_name_is_replaced(folder: Path) -> None:
    save_policy(folder, MINE)
    newer = policy(SITE, declaration("acme_other"), hosts=(SITE,))
    save_policy(folder, newer)
    assert own(folder) == (newer,)


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a b/c\\d",
        "\x1b[31m",
        "über",
        "CON",
        "a\nb",
        "*",
    ],
)
def test_any_name_is_kept_inside_the_folder_and_found_again(folder: Path, name: str) -> None:
    each = policy(name, declaration("acme_visits"))
    file = save_policy(folder, each)
    assert file.parent == folder
    assert list(folder.iterdir()) == [file]
    assert own(folder) == (each,)
    assert remove_policy(folder, name) == file
    assert own(folder) == ()


def test_a_name_that_no_file_can_have_is_refused(folder: Path) -> None:
    refused(folder, policy("n" * 300, declaration("acme_visits")))


def test_another_policy_whose_file_would_have_the_same_name_is_not_lost(folder: Path) -> None:
    save_policy(folder, policy("my-shop", declaration("acme_visits")))
    assert "my-shop.toml" in refused(folder, policy("My Shop", declaration("acme_x"))).message


def test_policies_that_share_a_file_are_not_lost(folder: Path) -> None:
    folder.mkdir(parents=True)
    both = (MINE, policy("other", declaration("acme_other")))
    (folder / "shop.example.toml").write_text("\n".join(map(to_toml, both)))
    assert "other policies" in refused(folder, MINE).message
    with pytest.raises(CatalogueError, match="holds other policies too"):
        remove_policy(folder, SITE)
    assert own(folder) == both


def test_a_name_that_another_file_holds_is_refused(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "by-hand.toml").write_text(to_toml(MINE))
    assert "by-hand.toml" in refused(folder, MINE).message


@pytest.mark.parametrize("pattern", ["", "*", "***"])
def test_a_policy_that_could_not_be_loaded_again_is_not_kept(folder: Path, pattern: str) -> None:
    refused(folder, policy(SITE, declaration(pattern)))


def test_a_policy_that_is_too_large_to_be_loaded_again_is_not_kept(folder: Path) -> None:
    rows = [declaration(f"acme_{n}", provider="p" * 2_000) for n in range(5_000)]
    assert "10 MB" in refused(folder, policy(SITE, *rows)).message


def test_a_broken_file_beside_it_is_told_before_anything_is_written(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text("[[policies]")
    assert "a.toml" in refused(folder, MINE).message
    with pytest.raises(CatalogueError, match=r"a\.toml"):
        remove_policy(folder, SITE)


def test_a_folder_that_is_none_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file")
    assert "cannot be written" in refused(folder, MINE).message


def test_a_folder_that_leads_elsewhere_is_told_with_its_reason(folder: Path) -> None:
    folder.parent.mkdir()
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    assert "symbolic link" in refused(folder, MINE).message


def test_what_is_not_there_cannot_be_removed_or_found(folder: Path) -> None:
    save_policy(folder, MINE)
    for name in ("nothing", "google-analytics", "SHOP.EXAMPLE"):
        with pytest.raises(NothingFoundError) as caught:
            remove_policy(folder, name)
        assert "policy list" in caught.value.hint
    assert own(folder) == (MINE,)
    with pytest.raises(NothingFoundError):
        find_policy(load_catalogue(folder), "nothing")


def test_the_persons_own_policy_is_found_before_one_of_the_same_name(folder: Path) -> None:
    mine = policy("google-analytics", declaration("_ga"))
    save_policy(folder, mine)
    assert find_policy(load_catalogue(folder), "google-analytics") == mine
    assert find_policy(load_catalogue(folder), "opendatasoft").of_site


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("shop.example", "shop.example"),
        ("www.shop.example", "shop.example"),
        ("https://www.shop.example/cookies", "shop.example"),
        ("blog.shop.example", "blog.shop.example"),
        ("www.com", "www.com"),
        ("www.co.uk", "www.co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_a_page_speaks_for_its_host_and_never_for_half_a_country(
    tmp_path: Path, written: str, host: str
) -> None:
    file = tmp_path / "page.md"
    file.write_text(PAGE)
    catalogue = load_catalogue(tmp_path / "none")
    (found,) = read_policy(file, Site.parse(written), catalogue, NOW).policies
    assert (found.name, found.hosts) == (host, (host,))
    assert found.written.isoformat() == "2026-11-18"


def test_a_workspace_judges_by_what_it_was_given_and_by_what_it_keeps(tmp_path: Path) -> None:
    workspace = Workspace(Environment.of_home(furnished(tmp_path / "home")))
    file = tmp_path / "page.md"
    file.write_text(PAGE.replace("acme_visits", "zq_zq"))
    site, there = Site.parse(SITE), cookie("zq_zq")

    def purpose() -> Purpose:
        return workspace.judge([there])[0].verdict.purpose

    assert purpose() is Purpose.UNKNOWN
    (added,) = workspace.add_policies([file], site)
    assert purpose() is Purpose.STATISTICS
    assert not workspace.environment.policies.exists()

    kept = msgspec.structs.replace(
        added.policies[0], declarations=(declaration("zq_zq", Purpose.NECESSARY),)
    )
    workspace.keep_policy(kept)
    assert purpose() is Purpose.NECESSARY
    workspace.remove_policy(SITE)
    assert purpose() is Purpose.UNKNOWN
