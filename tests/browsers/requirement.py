"""Finds the browsers, and says what to install where one is missing."""

import os
import shutil
from typing import Literal

import pytest

BrowserName = Literal["chromium", "firefox"]

_COMMANDS: dict[BrowserName, tuple[str, ...]] = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
_INSTALL: dict[BrowserName, str] = {
    "chromium": "apt-get install chromium",
    "firefox": "apt-get install firefox-esr",
}


def browser_path(name: BrowserName) -> str:
    """Return the path of a browser's executable, or end the test.

    A developer without the browser sees a skipped test. On a build machine (the environment
    variable CI is set) the test fails, because there a skip would go unnoticed.

    Args:
        name: Which browser is needed.

    Raises:
        pytest.fail.Exception: The browser is missing and CI is set.
        pytest.skip.Exception: The browser is missing and CI is not set.
    """
    for command in _COMMANDS[name]:
        if found := shutil.which(command):
            return found
    line = f"no {name} on PATH (tried {', '.join(_COMMANDS[name])}): {_INSTALL[name]}"
    if os.environ.get("CI"):
        pytest.fail(line)
    pytest.skip(line)
