"""curl, wget and yt-dlp take the cookies.txt that is written, and send what a browser would."""

import http.cookiejar
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookietui.model.cookie import Cookie
from tests.browsers.certificate import self_signed_context
from tests.making import SECOND, cookie, embedded, session
from tests.operations.exporting.tools import echo, output, sent, tool
from tests.operations.exporting.written import written

HOST, BELOW, OTHER = "shop.example", "www.shop.example", "notshop.example"
LONG_AFTER = 4_000_000_000 * SECOND
LONG_AGO = 1_000_000_000 * SECOND


def plain(name: str, **fields: object) -> Cookie:
    return cookie(name, **({"secure": False, "expires": LONG_AFTER} | fields))


COOKIES = (
    plain("everywhere"),
    plain("host", host=HOST),
    plain("hidden", http_only=True),
    plain("hidden_host", host=HOST, http_only=True),
    plain("secure", secure=True),
    plain("__Host-id", host=HOST, secure=True),
    session("visit", secure=False),
    plain("expired", expires=LONG_AGO),
    plain("expired_before_1970", expires=-LONG_AGO),
    plain("inside", path="/inside"),
    plain("naïve=1"),
    plain("elsewhere", host=".notshop.example"),
    embedded("partitioned", host=HOST, secure=False),
    plain("smuggled\tv\n.shop.example\tTRUE\t/\tFALSE\t0\tsmuggler"),
)
EVERYWHERE = {"everywhere=v 1", "hidden=v 1", "visit=v 1", "naïve=1=v 1"}
ON_HOST = EVERYWHERE | {"host=v 1", "hidden_host=v 1"}
HTTP_ONLY = {"hidden=v 1", "hidden_host=v 1"}


@pytest.fixture
def jar(tmp_path: Path) -> str:
    exported = written("netscape", *COOKIES, value="v 1")
    assert len(exported.left_out) == 2
    path = tmp_path / "cookies.txt"
    path.write_bytes(exported.text.encode())
    return str(path)


@pytest.fixture
def port() -> Iterator[int]:
    with echo() as listening:
        yield listening


def curl(jar: str, port: int, host: str, path: str = "/", scheme: str = "http") -> set[str]:
    where = f"{host}:{port}"
    command = [tool("curl"), "-q", "--silent", "--show-error", "--insecure", "--noproxy", "*"]
    command += ["--cookie", jar, "--resolve", f"{where}:127.0.0.1", f"{scheme}://{where}{path}"]
    return sent(output(*command))


def wget(jar: str, port: int, host: str, path: str = "/") -> set[str]:
    # As its proxy the server is asked for every host.
    command = [tool("wget"), "--no-config", "--quiet", "--output-document=-"]
    command += [f"--load-cookies={jar}", f"http://{host}{path}"]
    return sent(output(*command, http_proxy=f"http://127.0.0.1:{port}"))


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        (HOST, "/", ON_HOST),
        (HOST, "/inside/it", ON_HOST | {"inside=v 1"}),
        (BELOW, "/", EVERYWHERE),
        (OTHER, "/", {"elsewhere=v 1"}),
    ],
)
def test_curl_sends_what_a_browser_would(
    jar: str, port: int, host: str, path: str, expected: set[str]
) -> None:
    assert curl(jar, port, host, path) == expected


def test_curl_sends_secure_cookies_over_https_only(jar: str) -> None:
    with echo(self_signed_context()) as port:
        assert curl(jar, port, HOST, scheme="https") == ON_HOST | {"secure=v 1", "__Host-id=v 1"}
        assert curl(jar, port, BELOW, scheme="https") == EVERYWHERE | {"secure=v 1"}


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        (HOST, "/", ON_HOST),
        (HOST, "/inside/it", ON_HOST | {"inside=v 1"}),
        (BELOW, "/", EVERYWHERE),
        (OTHER, "/", {"elsewhere=v 1"}),
    ],
)
def test_wget_sends_the_same_but_for_http_only_cookies_which_it_takes_for_comments(
    jar: str, port: int, host: str, path: str, expected: set[str]
) -> None:
    assert wget(jar, port, host, path) - HTTP_ONLY == expected - HTTP_ONLY


def loaded(jar: str) -> http.cookiejar.CookieJar:
    """The jar of yt-dlp if that is installed, or else the one that yt-dlp's is made from."""
    try:
        from yt_dlp.cookies import YoutubeDLCookieJar  # noqa: PLC0415 - mostly not there
    except ImportError:
        found = http.cookiejar.MozillaCookieJar(jar)
        found.load(ignore_discard=True, ignore_expires=True)
        for each in found:
            each.expires = each.expires or None  # as yt-dlp does it: 0 is a session cookie
        return found
    theirs = YoutubeDLCookieJar(jar)
    theirs.load()
    return theirs


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"http://{HOST}/", ON_HOST),
        (f"https://{HOST}/", ON_HOST | {"secure=v 1", "__Host-id=v 1"}),
        # Python's jar, and so yt-dlp's, sends cookies of one host to its subdomains too.
        (f"http://{BELOW}/", ON_HOST),
        (f"http://{OTHER}/", {"elsewhere=v 1"}),
    ],
)
def test_yt_dlp_sends_what_the_file_says(jar: str, url: str, expected: set[str]) -> None:
    request = urllib.request.Request(url)  # noqa: S310 - it is never opened
    loaded(jar).add_cookie_header(request)
    assert sent(request.get_header("Cookie") or "") == expected


def test_names_without_values_are_taken_too(tmp_path: Path, port: int) -> None:
    path = tmp_path / "cookies.txt"
    path.write_bytes(written("netscape", *COOKIES, value=None).text.encode())
    assert curl(str(path), port, BELOW) == {each.replace("v 1", "") for each in EVERYWHERE}


def test_a_missing_program_fails_on_a_build_machine_and_is_told_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install curl"):
        tool("curl")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="apt-get install curl"):
        tool("curl")
