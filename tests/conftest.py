"""What holds for every test: nobody's own profiles, settings or key ring are in reach."""

import os
import tempfile

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None)
settings.load_profile("ci")

_FOREIGN = (
    "NO_COLOR", "FORCE_COLOR", "DBUS_SESSION_BUS_ADDRESS", "CHROME_CONFIG_HOME", "APPDATA",
    "LOCALAPPDATA",
)  # fmt: skip


@pytest.fixture(autouse=True)
def away_from_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stand in an empty home with its own folder for temporary files."""
    home = tmp_path_factory.mktemp("home")
    temporary = home / "tmp"
    temporary.mkdir()
    for name in [*_FOREIGN, *(name for name in os.environ if name.startswith("XDG_"))]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
