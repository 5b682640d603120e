"""The one file that the program reads is what the files say that people edit."""

from pathlib import Path

import pytest

from cookietui.catalogue.compiling import COMPILED, compiled, read_compiled
from cookietui.catalogue.loading import BUILT_IN, load_catalogue, read_built_in
from cookietui.errors import CatalogueError


def test_the_one_file_is_up_to_date() -> None:
    policies, kinds = read_built_in()
    made = compiled(policies, kinds)
    assert (BUILT_IN / COMPILED).read_bytes() == made, "run `make catalogue`"
    catalogue = load_catalogue(Path("nobody's"))
    assert tuple(catalogue.builtin) == policies
    assert tuple(catalogue.kinds.values()) == kinds


def test_a_policy_can_be_had_by_its_place_and_in_pieces() -> None:
    policies, _ = read_built_in()
    builtin = load_catalogue(Path("nobody's")).builtin
    assert builtin[-1] == policies[-1]
    assert builtin[-1] is builtin[len(policies) - 1]
    assert tuple(builtin[3:9:2]) == policies[3:9:2]


@pytest.mark.parametrize("content", [None, b"", b"\x80", b"\xc1", b"{}"])
def test_a_file_that_is_missing_or_damaged_is_told_in_one_line(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / COMPILED).write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        read_compiled(tmp_path)
    assert COMPILED in caught.value.message
    assert "\n" not in caught.value.message
