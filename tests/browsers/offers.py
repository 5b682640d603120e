"""A web to collect cookies from: shops, trackers, and names that mean harm."""

from tests.browsers.firefox import Firefox
from tests.browsers.reported import Browser
from tests.browsers.server import CookieServer

SHOP = "https://shop.test/"
"""Embeds a tracker, a pixel, and a widget that embeds the shop again."""

OFFER_CONTAINER = 2
"""The Firefox container in which shop.test is visited a second time ("Work" in every profile)."""

VALUE = "v4lue"
"""Begins every value offered, so that a test can look for values where none may appear."""

INVALID_NAME = b"inval\xe9d"
"""A name that is not UTF-8."""

LONG_NAME = "n" * 2000

SCRIPTED = ("scripted", "scripted_session")
"""Names set by a script of shop.test."""

_KEPT = "Max-Age=31536000"
_THIRD = f"Secure; SameSite=None; {_KEPT}"

_SHOP_PAGE = """<!doctype html><meta charset=utf-8><title>shop</title>
<script>
document.cookie = "scripted=v4lue-script; path=/; max-age=86400";
document.cookie = "scripted_session=v4lue-script; path=/cart; secure; samesite=strict";
</script>
<iframe src="https://tracker.test/frame"></iframe>
<iframe src="https://embed.test/widget"></iframe>
<img src="https://cdn.tracker.test/pixel.gif">
"""
_NEWS_PAGE = """<!doctype html><meta charset=utf-8><title>news</title>
<iframe src="https://tracker.test/frame"></iframe>
<iframe src="https://embed.test/widget"></iframe>
"""
_WIDGET_PAGE = """<!doctype html><meta charset=utf-8><title>widget</title>
<iframe src="https://shop.test/inside"></iframe>
"""

_PAGES = (
    SHOP,
    "https://www.shop.test/",
    "https://news.test/",
    "https://tracker.test/frame",
    "https://odd.test/",
    "http://plain.test/",
    "https://xn--bcher-kva.test/",
    "https://datamidsouth.opendatasoft.com/",
)


def serve_offers(server: CookieServer) -> None:
    """Register every page that visit_all() opens, and what those pages embed."""
    _serve_shop(server)
    _serve_embedded(server)
    _serve_odd_names(server)
    _serve_other_sites(server)


def visit_all(browser: Browser) -> None:
    """Visit every offering page in order; in Firefox also the shop in a container.

    The shop comes last once more, outside any container: the server's record of the last requests
    then tells what the browser sends from its default jar.
    """
    for url in _PAGES:
        browser.visit(url)
    if isinstance(browser, Firefox):
        browser.visit(SHOP, OFFER_CONTAINER)
    browser.visit(SHOP)


def _serve_shop(server: CookieServer) -> None:
    first_party = [
        "sid=v4lue; Path=/; Secure; HttpOnly; SameSite=Lax",
        f"sessionid=v4lue; Path=/; Secure; HttpOnly; SameSite=Lax; {_KEPT}",
        f"csrftoken=v4lue; Path=/; Secure; SameSite=Strict; {_KEPT}",
        f"cookies_preferences=v4lue; Path=/; {_KEPT}",
        f"theme=v4lue; Domain=shop.test; Path=/; {_KEPT}",
        # Three cookies of one name, told apart by host and path only.
        f"cart=v4lue-host; Path=/; {_KEPT}",
        f"cart=v4lue-path; Path=/cart; {_KEPT}",
        f"cart=v4lue-domain; Domain=shop.test; Path=/; {_KEPT}",
        f"__Host-auth=v4lue; Path=/; Secure; HttpOnly; SameSite=Strict; {_KEPT}",
        f"__Secure-plan=v4lue; Domain=shop.test; Path=/; Secure; {_KEPT}",
    ]
    analytics = ("_ga", "_ga_ABC123", "_gid", "_fbp", "_hjSessionUser_123")
    first_party += [f"{name}=v4lue; Domain=shop.test; Path=/; {_KEPT}" for name in analytics]
    server.route("shop.test", "/", set_cookie=first_party, body=_SHOP_PAGE)
    server.route(
        "www.shop.test",
        "/",
        set_cookie=[
            f"www_only=v4lue; Path=/; {_KEPT}",
            f"cart=v4lue-www; Path=/; {_KEPT}",
            f"from_www=v4lue; Domain=shop.test; Path=/; SameSite=Lax; {_KEPT}",
        ],
    )


def _serve_embedded(server: CookieServer) -> None:
    server.route(
        "tracker.test",
        "/frame",
        set_cookie=[
            f"uid=v4lue; Domain=tracker.test; Path=/; {_THIRD}",
            "visit=v4lue; Path=/; Secure; SameSite=None",
            # Twins: one name with and without a partition, and in a partition for every embedder.
            f"twin=v4lue; Path=/; {_THIRD}",
            f"twin=v4lue-chips; Path=/; {_THIRD}; Partitioned",
            f"__Host-chips=v4lue; Path=/; {_THIRD}; Partitioned",
            "chips_session=v4lue; Path=/; Secure; SameSite=None; Partitioned",
        ],
    )
    server.route("cdn.tracker.test", "/pixel.gif", set_cookie=[f"pixel=v4lue; Path=/; {_THIRD}"])
    server.route(
        "embed.test",
        "/widget",
        set_cookie=[f"widget=v4lue; Path=/; {_THIRD}; Partitioned"],
        body=_WIDGET_PAGE,
    )
    # Inside shop.test this is A-B-A: the site itself, embedded by a stranger.
    server.route(
        "shop.test",
        "/inside",
        set_cookie=[
            f"inside=v4lue; Path=/; {_THIRD}",
            f"inside_chips=v4lue; Path=/; {_THIRD}; Partitioned",
        ],
    )


def _serve_odd_names(server: CookieServer) -> None:
    server.route(
        "odd.test",
        "/",
        set_cookie=[
            f"csi\u009b31mred=v4lue\u009b31m; Path=/; {_KEPT}",
            f"rtl\u202egnp.exe=v4lue\u202e; Path=/; {_KEPT}",
            f"[bold red]=v4lue[/]; Path=/; {_KEPT}",
            f"two words here=v4lue with spaces; Path=/; {_KEPT}",
            f"=v4lue-nameless; Path=/; {_KEPT}",
            f"{LONG_NAME}=v4lue; Path=/; {_KEPT}",
            INVALID_NAME + f"=v4lue; Path=/; {_KEPT}".encode(),
            b"invalid_value=v4lue\xff\xfe; Path=/; " + _KEPT.encode(),
            f"grüße_日本=v4lue; Path=/; {_KEPT}",
            f"empty_value=; Path=/; {_KEPT}",
        ],
    )


def _serve_other_sites(server: CookieServer) -> None:
    server.route(
        "news.test",
        "/",
        set_cookie=[
            "consent=v4lue; Path=/; SameSite=Lax; Max-Age=3600",
            f"sessionid=v4lue; Path=/; HttpOnly; {_KEPT}",
            f"_ga=v4lue; Domain=news.test; Path=/; {_KEPT}",
        ],
        body=_NEWS_PAGE,
    )
    server.route(
        "plain.test", "/", set_cookie=["insecure=v4lue; Path=/; Max-Age=86400", "PHPSESSID=v4lue"]
    )
    server.route("xn--bcher-kva.test", "/", set_cookie=[f"buch=v4lue; Path=/; {_KEPT}"])
    server.route(
        "datamidsouth.opendatasoft.com",
        "/",
        set_cookie=[
            f"django_language=v4lue; Path=/; SameSite=Lax; {_KEPT}",
            f"_ga=v4lue; Domain=datamidsouth.opendatasoft.com; Path=/; {_KEPT}",
            f"sessionid=v4lue; Path=/; Secure; HttpOnly; SameSite=Lax; {_KEPT}",
            f"csrftoken=v4lue; Path=/; Secure; SameSite=Lax; {_KEPT}",
            "cookies_preferences=v4lue; Path=/; Max-Age=7776000",
        ],
    )
