"""A made-up person's home for every test of the screen."""

import shutil
from pathlib import Path

import pytest

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
