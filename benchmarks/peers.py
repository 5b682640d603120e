"""Programs that read the same stores, each installed into an environment of its own."""

import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import msgspec

from benchmarks.plan import ROOT
from benchmarks.stores import Person

_ENVIRONMENT = ROOT / ".bench-venv"
_SECONDS = 600
# Each prints how many cookies it has. Where there is no session bus the first would fail, though
# no key of a key ring is needed: it is given the password it would fall back to.
_CODE = {
    "browser_cookie3": """
import sys, browser_cookie3 as it
it._LinuxPasswordManager.get_password = lambda *_: it.CHROMIUM_DEFAULT_PASSWORD
print(len(list(getattr(it, sys.argv[1].lower())(cookie_file=sys.argv[2]))))
""",
    "rookiepy": """
import sys, rookiepy as it
print(len(getattr(it, sys.argv[1].lower() + "_based")(sys.argv[2])))
""",
    "yt-dlp": """
import sys, pathlib
from yt_dlp.cookies import extract_cookies_from_browser, YDLLogger
class Quiet(YDLLogger):
    debug = info = warning = error = lambda *_, **__: None
    progress_bar = lambda _: None
folder = str(pathlib.Path(sys.argv[2]).parent)
print(len(extract_cookies_from_browser(sys.argv[1].lower(), folder, Quiet(), keyring="BASICTEXT")))
""",
    "pycookiecheat": """
import sys
from pycookiecheat import BrowserType, chrome_cookies, firefox_cookies
where = {"cookie_file": sys.argv[2], "as_cookies": True}
if sys.argv[1] == "Chromium":
    where |= {"browser": BrowserType.CHROMIUM, "password": "peanuts"}
    print(len(chrome_cookies("https://" + sys.argv[3], **where)))
else:
    print(len(firefox_cookies("https://" + sys.argv[3], **where)))
""",
}
_PACKAGES = {"browser_cookie3": "browser-cookie3"}


class Peer(msgspec.Struct, frozen=True):
    """One of the programs.

    Attributes:
        name: What it is called.
        why_not: Why it cannot be run; empty if it can.
    """

    name: str
    why_not: str = ""

    def command(self, person: Person) -> list[str]:
        """The words that start it on a person's store."""
        words = [person.family, str(person.store), person.site]
        return [str(_python()), "-c", _CODE[self.name], *words]

    def objection(self, person: Person) -> str:
        """Why it cannot be measured on a person's store; empty if it can."""
        if self.why_not:
            return self.why_not
        done = _run(self.command(person), person)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["?"]
            return f"fails: {lines[-1][:90]}"
        return ""

    def count(self, person: Person) -> int:
        """How many cookies it finds in a person's store."""
        return int(_run(self.command(person), person).stdout)


def readers(*, install: bool) -> Iterator[Peer]:
    """Those that read whole stores."""
    return (_peer(name, install=install) for name in _CODE if name != "pycookiecheat")


def reader_of_one_site(*, install: bool) -> Peer:
    """The one that reads the cookies of one address only."""
    return _peer("pycookiecheat", install=install)


def versions() -> dict[str, str]:
    """The version of every program that is installed."""
    folder = [str(path) for path in _ENVIRONMENT.glob("lib/python3*/site-packages")]
    wanted = {_package(name) for name in _CODE}
    found = {each.name: each.version for each in distributions(path=folder)}
    return {name: version for name, version in found.items() if name in wanted}


def _peer(name: str, *, install: bool) -> Peer:
    if _package(name) in versions():
        return Peer(name)
    return Peer(name, _install(_package(name)) if install else "is not installed")


def _install(package: str) -> str:
    """Install one package; why that cannot be done, or nothing."""
    if not _python().exists():
        venv.create(_ENVIRONMENT, with_pip=True)
        (_ENVIRONMENT / ".gitignore").write_text("*\n")
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
    done = subprocess.run(  # noqa: S603 - a constant
        [str(_python()), *words], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    return "" if done.returncode == 0 else "cannot be installed"


def _package(name: str) -> str:
    return _PACKAGES.get(name, name)


def _python() -> Path:
    folder = "Scripts" if sys.platform == "win32" else "bin"
    return _ENVIRONMENT / folder / "python"


def _run(command: list[str], person: Person) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the constants above
        command,
        env=person.variables(),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
