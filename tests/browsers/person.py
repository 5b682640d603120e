"""Somebody with a browser: what the browser says about its cookies, and what the program says."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tests.browsers import offers
from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.reported import ReportedCookie
from tests.browsers.requirement import BrowserName
from tests.browsers.server import CookieServer
from tests.cli import schemas

Seen = tuple[object, ...]
"""Name, host, path, partition, container, and then what else both of them tell."""


class Person(msgspec.Struct, frozen=True):
    """Somebody with one browser profile and a home of their own.

    Attributes:
        browser: Which browser.
        profile: The folder the browser was started on.
        home: The home folder.
        bus: The session bus with their key ring; empty if there is none.
    """

    browser: BrowserName
    profile: Path
    home: Path
    bus: str = ""

    def start(self, server: CookieServer) -> Chromium | Firefox:
        """A driver for the profile."""
        if self.browser == "firefox":
            return Firefox(self.profile, server)
        return Chromium(self.profile, server, session_bus=self.bus)

    @property
    def selector(self) -> str:
        """What the command line calls the profile."""
        return str(self.profile / "Default" if self.browser == "chromium" else self.profile)

    def run(self, *words: str | bytes, code: int = 0) -> dict[str, Any]:
        """Run the program on the profile and read its JSON, in which no value may be."""
        finished = self.told(*words, code=code)
        assert offers.VALUE not in finished.stdout + finished.stderr
        result: dict[str, Any] = json.loads(finished.stdout) if finished.stdout else {}
        return result

    def told(self, *words: str | bytes, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the program on the profile, and return all that it says."""
        where = () if words[0] in ("undo", "history") else ("--profile", self.selector)
        bus = {"DBUS_SESSION_BUS_ADDRESS": self.bus} if self.bus else {}
        finished = subprocess.run(
            [sys.executable, "-m", "cookietui", *words, *where, "--json"],
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], **bus},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert finished.returncode == code, finished.stderr
        assert "Traceback" not in finished.stderr
        schemas.check((*words, "--json"), finished.stdout)
        return finished

    def listed(self, *, session: bool = True) -> set[Seen]:
        """What the program says the profile holds, perhaps without cookies of the session."""
        cookies = self.run("list")["cookies"]
        return {self.seen(cookie) for cookie in cookies if session or not cookie["session"]}

    def reported(self, cookies: list[ReportedCookie], *, session: bool) -> set[Seen]:
        """What the browser says it holds, in the same shape."""
        return {
            (
                cookie.name, cookie.host, cookie.path, cookie.partition, cookie.container,
                cookie.secure, cookie.http_only, cookie.same_site, cookie.session,
                cookie.cross_site if self.browser == "chromium" and cookie.partition else None,
                None if cookie.expires is None else int(cookie.expires),
            )
            for cookie in cookies
            if session or not cookie.session
        }  # fmt: skip

    def seen(self, cookie: dict[str, Any]) -> Seen:
        """A cookie of the program's JSON, in the shape of what the browser says."""
        name = cookie["name"].encode("utf-8", "surrogateescape")
        errors = "ignore" if self.browser == "chromium" else "replace"
        partition, container = cookie["partition"], cookie["container"]
        chromium = self.browser == "chromium"
        expires = cookie["expires"]
        return (
            name.decode("utf-8", errors), cookie["host"], cookie["path"],
            partition and partition["site"], container["id"] if container else 0,
            cookie["secure"], cookie["http_only"], cookie["same_site"], cookie["session"],
            partition["cross_site"] if chromium and partition else None,
            None if expires is None else _seconds(expires),
        )  # fmt: skip


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
