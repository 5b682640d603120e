"""A real browser opens the page: nothing leaves, nothing overflows, nothing is wrong."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookietui.operations.reporting import html_report
from tests.browsers.channel import Channel, JsonObject
from tests.browsers.process import BrowserProcess
from tests.browsers.requirement import browser_path
from tests.operations.reporting.audits import KINDS, MANY, NOW, everything, written_by

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--remote-debugging-port=0", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
_END = "that was all"
_OUTSIDE = """[...document.querySelectorAll('main *, header *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('thead'))
  .map(e => e.outerHTML.slice(0, 80))"""
_SPILLING = """[...document.querySelectorAll('td, th')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && !e.closest('thead'))
  .map(e => e.outerHTML.slice(0, 80))"""


class Window:
    """One page of a headless Chromium, of which everything that happens is written down."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        target = channel.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = channel.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._session = attached["sessionId"]
        self.happened: list[JsonObject] = []
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._call(f"{domain}.enable")

    def open(self, file: Path, width: int) -> None:
        self.happened.clear()
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", metrics)
        self._call("Page.navigate", {"url": file.as_uri()})
        self._write_down_until("Page.loadEventFired", "")
        # Whatever the page caused comes before the answer to this.
        self.run(f"new Promise(requestAnimationFrame).then(() => console.log('{_END}'))")
        self._write_down_until("Runtime.consoleAPICalled", _END)

    def run(self, script: str) -> object:
        answer = self._call(
            "Runtime.evaluate",
            {"expression": script, "returnByValue": True, "awaitPromise": True},
        )
        assert "exceptionDetails" not in answer
        result: object = answer["result"].get("value")
        return result

    def media(self, name: str) -> None:
        self._call("Emulation.setEmulatedMedia", {"media": name})

    def asked_for(self) -> list[str]:
        return [
            each["params"]["request"]["url"]
            for each in self.happened
            if each["method"] == "Network.requestWillBeSent"
        ]

    def refused(self) -> list[str]:
        return [
            each["params"]["blockedReason"]
            for each in self.happened
            if each["method"] == "Network.loadingFailed"
        ]

    def complaints(self) -> list[JsonObject]:
        return [
            each
            for each in self.happened
            if each["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")
        ]

    def _call(self, method: str, params: JsonObject | None = None) -> JsonObject:
        return self._channel.call(method, params, session=self._session)

    def _write_down_until(self, method: str, text: str) -> None:
        def is_last(event: JsonObject) -> bool:
            self.happened.append(event)
            return event.get("method") == method and text in str(event)

        self._channel.wait_for_event(is_last, method)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    profile = f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"
    with contextlib.ExitStack() as stack:
        process = BrowserProcess([browser_path("chromium"), *_FLAGS, profile, "about:blank"])
        stack.callback(process.kill)
        channel = Channel(process.wait_for_line(r"DevTools listening on (ws://\S+)"))
        stack.callback(channel.close)
        yield Window(channel)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(html_report(everything(), KINDS, NOW), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 768, 1100, 1280, 1600])
def test_it_fits_at_any_width_and_wants_nothing(window: Window, file: Path, width: int) -> None:
    window.open(file, width)
    assert window.asked_for() == [file.as_uri()]
    assert window.complaints() == []
    assert window.run("innerWidth") == width
    assert window.run("document.documentElement.scrollWidth <= innerWidth")
    assert window.run(_OUTSIDE) == []
    assert window.run(_SPILLING) == []


@pytest.mark.parametrize("width", [360, 1100, 1280])
def test_long_names_stay_in_their_cells(window: Window, tmp_path: Path, width: int) -> None:
    path = tmp_path / "long.html"
    audit = written_by(("x" * 4_000, "y" * 4_000, "z" * 4_000))
    path.write_text(html_report(audit, KINDS, NOW), encoding="utf-8")
    window.open(path, width)
    assert window.run("document.documentElement.scrollWidth <= innerWidth")
    assert window.run(_OUTSIDE) == []
    assert window.run(_SPILLING) == []


def test_a_page_that_wants_something_would_be_seen(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "other.html"
    path.write_text(
        "<!doctype html><img src='http://elsewhere.example/x'>"
        "<p style='width:2000px'>x<script>throw Error()</script>"
    )
    window.open(path, 360)
    assert "http://elsewhere.example/x" in window.asked_for()
    assert window.complaints()
    assert not window.run("document.documentElement.scrollWidth <= innerWidth")


def test_the_rules_of_the_page_stop_what_should_never_be_in_it(
    window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "broken.html"
    report = html_report(everything(), KINDS, NOW)
    worse = "<main><img src='http://elsewhere.example/x'><script>document.title = 'ran'</script>"
    path.write_text(report.replace("<main>", worse), encoding="utf-8")
    window.open(path, 1280)
    assert window.refused() == ["csp"]
    assert len(window.complaints()) == 2
    assert window.run("document.title") == "Cookie audit: shop.example"


def test_what_is_folded_is_printed(window: Window, file: Path) -> None:
    window.open(file, 1280)
    shown = (
        "[...document.querySelectorAll('#absent tbody tr')].filter(e => e.checkVisibility()).length"
    )
    assert window.run(shown) == 0
    window.media("print")
    try:
        assert window.run(shown) == MANY
        assert window.run("document.querySelector('nav').checkVisibility()") is False
    finally:
        window.media("")
