"""The server has to record exactly what came in, whatever way it came."""

import http.client
import socket
import ssl
import threading

import pytest

from tests.browsers.server import CookieServer

_ANY_CERTIFICATE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
_ANY_CERTIFICATE.check_hostname = False
_ANY_CERTIFICATE.verify_mode = ssl.CERT_NONE


def _ask(connection: http.client.HTTPConnection, target: str, **headers: str) -> list[str]:
    """Send one request and return the Set-Cookie headers of the answer."""
    connection.request("GET", target, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.headers.get_all("set-cookie", [])


def test_one_port_speaks_plain_http_tls_and_connect(server: CookieServer) -> None:
    server.route("a.test", "/", set_cookie=["a=1"])
    plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    secure = http.client.HTTPSConnection(
        "127.0.0.1", server.port, timeout=10, context=_ANY_CERTIFICATE
    )
    tunnel = http.client.HTTPSConnection(
        "127.0.0.1", server.port, timeout=10, context=_ANY_CERTIFICATE
    )
    tunnel.set_tunnel("a.test", 443)
    answers = [
        _ask(plain, "/?q=1", Host="a.test"),
        _ask(plain, "http://a.test/", Host="ignored.test"),
        _ask(secure, "/", Host="A.test:8443"),
        _ask(tunnel, "/"),
    ]
    for connection in (plain, secure, tunnel):
        connection.close()

    assert answers == [["a=1"]] * 4
    seen = [(r.scheme, r.host, r.path, r.query) for r in server.requests]
    assert seen == [
        ("http", "a.test", "/", "q=1"),
        ("http", "a.test", "/", ""),
        ("https", "a.test", "/", ""),
        ("https", "a.test", "/", ""),
    ]


def test_cookie_bytes_arrive_and_leave_untouched(server: CookieServer) -> None:
    raw = b"caf\xe9=\x85\xff; nameless; twin=1; twin=2"
    server.route("odd.test", "/", set_cookie=[b"caf\xe9=\x85"])
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: odd.test\r\nCookie: " + raw + b"\r\n\r\n")
        answer = client.recv(65536)

    assert b"Set-Cookie: caf\xe9=\x85\r\n" in answer
    assert server.requests[-1].cookie == raw
    assert server.cookies_sent("odd.test", "/") == [
        (b"caf\xe9", b"\x85\xff"),
        (b"", b"nameless"),
        (b"twin", b"1"),
        (b"twin", b"2"),
    ]


def test_only_the_last_request_counts_until_cleared(server: CookieServer) -> None:
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    _ask(client, "/x", Host="a.test", Cookie="old=1")
    _ask(client, "/x", Host="a.test")
    client.close()

    assert server.requests[0].cookie == b"old=1"
    assert server.cookies_sent("a.test", "/x") == []
    server.clear()
    with pytest.raises(LookupError, match=r"a\.test/x"):
        server.cookies_sent("a.test", "/x")


def test_closing_ends_idle_connections_and_their_threads() -> None:
    with CookieServer() as server:
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        _ask(client, "/", Host="a.test")
        busy = threading.active_count()
    assert threading.active_count() <= busy - 2  # the acceptor, and the one connection
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)
    client.close()
