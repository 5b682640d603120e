"""Drives a real Firefox over WebDriver BiDi, with system access to ask its cookie service."""

import contextlib
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from tests.browsers.channel import Channel, ChannelError, JsonObject
from tests.browsers.firefox_listing import LISTING_SCRIPT, read_listing
from tests.browsers.process import BrowserFailedError, BrowserProcess
from tests.browsers.reported import ReportedCookie
from tests.browsers.requirement import browser_path
from tests.browsers.server import CookieServer

_FLAGS = (
    "--headless",
    "--no-remote",
    "--new-instance",
    "--remote-debugging-port=0",
    # Scripts in the browser's own scope: BiDi's cookie listing hides partitions and containers.
    "--remote-allow-system-access",
)
_PREFERENCES: dict[str, bool | int | str] = {
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.pagethumbnails.capturing_disabled": True,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    # Plain HTTP pages have to stay plain.
    "dom.security.https_first": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.prefetch-next": False,
    "network.proxy.type": 1,
    "network.proxy.no_proxies_on": "",
    "privacy.userContext.enabled": True,
    "privacy.userContext.ui.enabled": True,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "signon.rememberSignons": False,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "data:,",
    "toolkit.telemetry.unified": False,
}
_RESUME_SESSION = {"browser.startup.page": 3}

_IMPORT_CONTAINERS = """
const { ContextualIdentityService } = ChromeUtils.importESModule(
    "resource://gre/modules/ContextualIdentityService.sys.mjs");
const { UserContextManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/UserContextManager.sys.mjs");
"""


class Firefox:
    """A headless Firefox with one tab per container, on a profile folder that outlives it."""

    def __init__(
        self, profile: Path, server: CookieServer, *, restore_session: bool = False
    ) -> None:
        """Prepare; the browser starts when the context is entered.

        Args:
            profile: The profile folder; made when missing.
            server: Answers for every host.
            restore_session: Take up the tabs and session cookies of the last clean close.
        """
        self._profile = profile
        self._server = server
        self._restore_session = restore_session
        self._process: BrowserProcess | None = None
        self._channel: Channel | None = None
        self._tabs: dict[int, str] = {}
        self._window = ""
        self._current = ""

    @property
    def pid(self) -> int:
        """Process id of the browser's main process."""
        return self._started()[0].pid

    def __enter__(self) -> Self:
        """Start the browser and find its window.

        Raises:
            BrowserFailedError: It did not start within 60 seconds.
            ChannelError: It started and cannot be driven.
        """
        self._write_preferences()
        command = [browser_path("firefox"), *_FLAGS, "--profile", str(self._profile), "about:blank"]
        self._process = BrowserProcess(command)
        try:
            url = self._process.wait_for_line(r"WebDriver BiDi listening on (ws://\S+)")
            self._channel = Channel(f"{url}/session")
            self._open_session(self._channel)
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Quit cleanly, unless close() or kill() came first."""
        self.close()

    def visit(self, url: str, container: int = 0) -> None:
        """Open a page and wait for its load event, frames and images included.

        Args:
            url: The page.
            container: The userContextId; 1 to 4 exist in every profile.

        Raises:
            ChannelError: The page cannot be reached, or there is no such container.
            TimeoutError: It did not load within 60 seconds.
        """
        if container not in self._tabs:
            self._tabs[container] = self._open_tab(container)
        self._current = self._tabs[container]
        self._call(
            "browsingContext.navigate", {"context": self._current, "url": url, "wait": "complete"}
        )

    def new_container(self) -> int:
        """Make a container and return its userContextId, the number the store writes.

        Raises:
            ChannelError: The browser refused.
        """
        number = self._run_inside(
            f"{_IMPORT_CONTAINERS}"
            'ContextualIdentityService.create("harness", "fingerprint", "blue").userContextId'
        )
        return msgspec.convert(number, int)

    def run(self, script: str) -> object:
        """Evaluate a script in the page visited last and return its plain result.

        Args:
            script: Its result has to be a string, a number, a truth value, null or undefined.

        Raises:
            ChannelError: The script threw.
        """
        return self._evaluate(script, self._current)

    def cookies(self) -> list[ReportedCookie]:
        """Return every cookie, session cookies, partitions and containers included.

        Raises:
            ChannelError: The browser went away.
        """
        return read_listing(msgspec.convert(self._run_inside(LISTING_SCRIPT), str))

    def close(self) -> None:
        """Quit cleanly, so that everything is on disk, and wait for the exit.

        Raises:
            BrowserFailedError: It did not quit within 30 seconds, and was killed.
        """
        if self._process is None or self._channel is None:
            return
        # It may hang up before it answers.
        with contextlib.suppress(ChannelError, TimeoutError):
            self._channel.call("browser.close")
        self._channel.close()
        self._process.wait()
        self._forget()

    def kill(self) -> None:
        """End every process of the browser with SIGKILL, as a crash would."""
        if self._process is not None:
            self._process.kill()
        if self._channel is not None:
            self._channel.close()
        self._forget()

    def _forget(self) -> None:
        self._process = self._channel = None
        self._tabs.clear()

    def _started(self) -> tuple[BrowserProcess, Channel]:
        if self._process is None or self._channel is None:
            raise BrowserFailedError("Firefox is not running")
        return self._process, self._channel

    def _call(self, method: str, params: JsonObject) -> JsonObject:
        return self._started()[1].call(method, params)

    def _write_preferences(self) -> None:
        self._profile.mkdir(parents=True, exist_ok=True)
        chosen = dict(_PREFERENCES)
        for scheme in ("http", "ssl"):
            chosen[f"network.proxy.{scheme}"] = "127.0.0.1"
            chosen[f"network.proxy.{scheme}_port"] = self._server.port
        if self._restore_session:
            chosen |= _RESUME_SESSION
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in chosen.items()]
        (self._profile / "user.js").write_text("".join(lines), encoding="utf-8")

    def _open_session(self, channel: Channel) -> None:
        capabilities = {"alwaysMatch": {"acceptInsecureCerts": True}}
        channel.call("session.new", {"capabilities": capabilities})
        windows = self._call("browsingContext.getTree", {"moz:scope": "chrome"})["contexts"]
        self._window = windows[0]["context"]
        tabs = self._call("browsingContext.getTree", {})["contexts"]
        # A restored session may have put a container's tab first.
        outside = [tab["context"] for tab in tabs if tab["userContext"] == "default"]
        self._tabs = {0: outside[0]} if outside else {}
        self._current = tabs[0]["context"]

    def _open_tab(self, container: int) -> str:
        known = self._run_inside(
            f"{_IMPORT_CONTAINERS}UserContextManager.getIdByInternalId({int(container)})"
        )
        if known is None:
            raise ChannelError(f"no container {container}")
        tab = self._call("browsingContext.create", {"type": "tab", "userContext": known})
        return msgspec.convert(tab["context"], str)

    def _run_inside(self, script: str) -> object:
        # The braces keep a script's names to itself, so that it can run twice.
        return self._evaluate(f"{{{script}}}", self._window)

    def _evaluate(self, script: str, context: str) -> object:
        answer = self._call(
            "script.evaluate",
            {"expression": script, "target": {"context": context}, "awaitPromise": True},
        )
        if answer["type"] == "exception":
            raise ChannelError(f"{script}: {answer['exceptionDetails']['text']}")
        result: dict[str, Any] = answer["result"]
        return result.get("value")
