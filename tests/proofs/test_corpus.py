"""Some thousand damaged files: each is read or refused, in time, and nothing else happens."""

import time
from pathlib import Path

import pytest

from tests.stores.test_damage import check

LONGEST_SECONDS = 10


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10_000, 12_600))
def test_a_damaged_file_is_read_or_refused_in_time(tmp_path: Path, seed: int) -> None:
    began = time.monotonic()
    check(seed, tmp_path)
    assert time.monotonic() - began < LONGEST_SECONDS
