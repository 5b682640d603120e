"""Stores of both families with twins in them, to be changed."""

from pathlib import Path

import pytest

from tests.builders import chromium_row, chromium_store, firefox_row, firefox_store

PARTITIONS = ("", "https://a.example", "https://b.example")
CONTAINERS = ("", "^userContextId=1", "^userContextId=2", "^partitionKey=%28https%2Ca.test%29")


@pytest.fixture
def chromium(tmp_path: Path) -> Path:
    """Three twins that differ in their partition only, and a stranger."""
    rows = [chromium_row(top_frame_site_key=site) for site in PARTITIONS]
    return chromium_store(tmp_path / "chromium" / "Default", [*rows, chromium_row(name="other")])


@pytest.fixture
def firefox(tmp_path: Path) -> Path:
    """Four twins that differ in their container or partition only, and a stranger."""
    rows = [firefox_row(originAttributes=text) for text in CONTAINERS]
    return firefox_store(tmp_path / "firefox" / "a.default", [*rows, firefox_row(name="other")])


@pytest.fixture(params=["chromium", "firefox"])
def store(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path
