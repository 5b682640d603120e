"""A made-up person's home for every test of the screen."""

import shutil
from pathlib import Path

import msgspec
import pytest

from cookietui.catalogue.loading import Catalogue, load_catalogue, load_policies
from cookietui.operations import workspace
from cookietui.operations.sample import make_samples
from tests.tui.driving import NOW


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample profiles; only to be copied."""
    folder = tmp_path_factory.mktemp("samples")
    make_samples(folder, now=NOW)
    return folder


@pytest.fixture
def home(samples: Path, tmp_path: Path) -> Path:
    """A home with the sample profiles, for one test."""
    return Path(shutil.copytree(samples, tmp_path / "person"))


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue without a person's own policies, of which the samples have none."""
    return load_catalogue(tmp_path_factory.mktemp("policies"))


@pytest.fixture(autouse=True)
def catalogue_read_once(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    """Read what is built in, which takes a while, once for all tests of the screen."""

    def load(folder: Path) -> Catalogue:
        own = [policy for file in sorted(folder.glob("*.toml")) for policy in load_policies(file)]
        return msgspec.structs.replace(catalogue, own=tuple(own))

    monkeypatch.setattr(workspace, "load_catalogue", load)
