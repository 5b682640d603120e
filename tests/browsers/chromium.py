"""Drives a real Chromium over the DevTools protocol."""

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tests.browsers.channel import Channel, ChannelError
from tests.browsers.process import BrowserFailedError, BrowserProcess
from tests.browsers.reported import ReportedCookie, SameSiteName
from tests.browsers.requirement import browser_path
from tests.browsers.server import CookieServer

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    # Plain HTTP pages have to stay plain.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-port=0",
    "--ignore-certificate-errors",
    "--proxy-server=direct://",
)
# The key that every such profile shares: the developer's key ring is never asked.
_NO_KEY_RING = "--password-store=basic"
_KEY_RING = "--password-store=gnome-libsecret"
_SAME_SITE: dict[str, SameSiteName] = {"None": "none", "Lax": "lax", "Strict": "strict"}


class _PartitionKey(msgspec.Struct, rename="camel"):
    """Where a partitioned cookie was set."""

    top_level_site: str
    has_cross_site_ancestor: bool


class _ListedCookie(msgspec.Struct, rename="camel"):
    """The part of the protocol's cookie that is reported."""

    name: str
    domain: str
    path: str
    expires: float
    http_only: bool
    secure: bool
    session: bool
    same_site: str | None = None
    partition_key: _PartitionKey | None = None


class Chromium:
    """A headless Chromium with one page, on a profile folder that outlives it."""

    def __init__(
        self,
        user_data_dir: Path,
        server: CookieServer,
        *,
        restore_session: bool = False,
        session_bus: str = "",
    ) -> None:
        """Prepare; the browser starts when the context is entered.

        Args:
            user_data_dir: The folder that holds "Default"; made when missing.
            server: Answers for every host.
            restore_session: Keep session cookies over a restart. Counts only while the profile
                does not exist yet.
            session_bus: The address of a bus with a key ring to keep the key in; none if empty.
        """
        self._user_data_dir = user_data_dir
        self._server = server
        self._restore_session = restore_session
        self._session_bus = session_bus
        self._process: BrowserProcess | None = None
        self._channel: Channel | None = None
        self._page = ""

    @property
    def pid(self) -> int:
        """Process id of the browser's main process."""
        return self._started()[0].pid

    def __enter__(self) -> Self:
        """Start the browser and open a page.

        Raises:
            BrowserFailedError: It did not start within 60 seconds.
            ChannelError: It started and cannot be driven.
        """
        self._write_preferences()
        resolver = f"--host-resolver-rules=MAP * 127.0.0.1:{self._server.port}"
        profile = f"--user-data-dir={self._user_data_dir}"
        store, variables = _NO_KEY_RING, {}
        if self._session_bus:
            store = _KEY_RING
            variables = {
                "DBUS_SESSION_BUS_ADDRESS": self._session_bus,
                "XDG_CURRENT_DESKTOP": "GNOME",
            }
        command = [browser_path("chromium"), *_FLAGS, store, resolver, profile, "about:blank"]
        self._process = BrowserProcess(command, variables)
        try:
            url = self._process.wait_for_line(r"DevTools listening on (ws://\S+)")
            self._channel = Channel(url)
            self._open_page(self._channel)
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

    def visit(self, url: str) -> None:
        """Open a page and wait for its load event, frames and images included.

        Raises:
            ChannelError: The page cannot be reached.
            TimeoutError: It did not load within 60 seconds.
        """
        channel = self._started()[1]
        answer = channel.call("Page.navigate", {"url": url}, session=self._page)
        if problem := answer.get("errorText"):
            raise ChannelError(f"{url}: {problem}")
        # The loader tells this page's load event from a late one of the page before.
        expected = ("load", answer["frameId"], answer["loaderId"])
        channel.wait_for_event(
            lambda event: (
                event.get("method") == "Page.lifecycleEvent"
                and tuple(event["params"][key] for key in ("name", "frameId", "loaderId"))
                == expected
            ),
            f"the load of {url}",
        )

    def run(self, script: str) -> object:
        """Evaluate a script in the page and return its result, as JSON would carry it.

        Raises:
            ChannelError: The script threw.
        """
        answer = self._started()[1].call(
            "Runtime.evaluate",
            {"expression": script, "returnByValue": True, "awaitPromise": True},
            session=self._page,
        )
        if "exceptionDetails" in answer:
            raise ChannelError(f"{script}: {answer['exceptionDetails']}")
        result: object = answer["result"].get("value")
        return result

    def cookies(self) -> list[ReportedCookie]:
        """Return every cookie of the default profile, session cookies and partitions included.

        Raises:
            ChannelError: The browser went away.
        """
        answer = self._started()[1].call("Storage.getCookies")
        return [_reported(c) for c in msgspec.convert(answer["cookies"], list[_ListedCookie])]

    def close(self) -> None:
        """Quit cleanly, so that everything is on disk, and wait for the exit.

        Raises:
            BrowserFailedError: It did not quit within 30 seconds, and was killed.
        """
        if self._process is None or self._channel is None:
            return
        # It may hang up before it answers.
        with contextlib.suppress(ChannelError, TimeoutError):
            self._channel.call("Browser.close")
        self._channel.close()
        self._process.wait()
        self._process = self._channel = None

    def kill(self) -> None:
        """End every process of the browser with SIGKILL, as a crash would."""
        if self._process is not None:
            self._process.kill()
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None

    def _started(self) -> tuple[BrowserProcess, Channel]:
        if self._process is None or self._channel is None:
            raise BrowserFailedError("Chromium is not running")
        return self._process, self._channel

    def _write_preferences(self) -> None:
        preferences = self._user_data_dir / "Default" / "Preferences"
        if preferences.exists():
            return
        preferences.parent.mkdir(parents=True, exist_ok=True)
        # 0 accepts third-party cookies without a partition, as most people's browsers do.
        chosen: dict[str, dict[str, int]] = {"profile": {"cookie_controls_mode": 0}}
        if self._restore_session:
            chosen["session"] = {"restore_on_startup": 1}
        preferences.write_bytes(msgspec.json.encode(chosen))

    def _open_page(self, channel: Channel) -> None:
        target = channel.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = channel.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._page = attached["sessionId"]
        channel.call("Page.enable", session=self._page)
        channel.call("Page.setLifecycleEventsEnabled", {"enabled": True}, session=self._page)


def _reported(cookie: _ListedCookie) -> ReportedCookie:
    key = cookie.partition_key
    return ReportedCookie(
        name=cookie.name,
        host=cookie.domain,
        path=cookie.path,
        partition=key.top_level_site if key else None,
        cross_site=key.has_cross_site_ancestor if key else False,
        container=0,
        secure=cookie.secure,
        http_only=cookie.http_only,
        same_site=_SAME_SITE.get(cookie.same_site or "", "unset"),
        session=cookie.session,
        expires=None if cookie.session else cookie.expires,
    )
