"""The one file that the program reads is what the files say that people edit."""

import shutil
from pathlib import Path

from cookietui.catalogue.compiling import COMPILED, compiled, read_compiled
from cookietui.catalogue.loading import BUILT_IN, load_catalogue, read_built_in


def test_the_one_file_is_up_to_date() -> None:
    policies, kinds = read_built_in()
    made = compiled(BUILT_IN, policies, kinds)
    assert (BUILT_IN / COMPILED).read_bytes() == made, "run `make catalogue`"
    assert load_catalogue(Path("nobody's")).builtin == policies


def test_where_any_file_is_another_the_one_file_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(BUILT_IN, folder)
    assert read_compiled(folder) is not None
    file = folder / "advertising.toml"
    file.write_text(file.read_text().replace("marketing", "necessary", 1))
    assert read_compiled(folder) is None
    shutil.copy(BUILT_IN / "advertising.toml", file)
    (folder / "another.toml").write_text("policies = []")
    assert read_compiled(folder) is None


def test_a_file_that_is_missing_or_broken_is_not_believed(tmp_path: Path) -> None:
    assert read_compiled(tmp_path) is None
    (tmp_path / COMPILED).write_bytes(b"{}")
    assert read_compiled(tmp_path) is None
