"""One listener that is every web site there is."""

import contextlib
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self, cast

import msgspec

from tests.browsers.certificate import self_signed_context
from tests.browsers.wire import Request, read_request

_TLS_HANDSHAKE = b"\x16"
_EMPTY_PAGE = "<!doctype html><meta charset=utf-8><title>empty</title>"


class _Response(msgspec.Struct, frozen=True):
    """What a route answers."""

    status: str
    set_cookie: tuple[bytes, ...]
    body: bytes

    def encoded(self) -> bytes:
        """Return status line, headers and body as they go over the wire."""
        lines = [
            f"HTTP/1.1 {self.status}".encode(),
            b"Content-Type: text/html; charset=utf-8",
            f"Content-Length: {len(self.body)}".encode(),
            # Without this a second visit could be answered from the browser's cache, unseen.
            b"Cache-Control: no-store",
            *(b"Set-Cookie: " + cookie for cookie in self.set_cookie),
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


_UNROUTED = _Response("200 OK", (), _EMPTY_PAGE.encode())
_NO_ICON = _Response("404 Not Found", (), b"")


class CookieServer:
    """Answers for every host name, over TLS, plain HTTP and as a proxy, on 127.0.0.1."""

    def __init__(self) -> None:
        """Listen on a free port; connections are taken once the context is entered."""
        self._tls = self_signed_context()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._routes: dict[tuple[str, str], _Response] = {}
        self._requests: list[Request] = []
        self._open: dict[threading.Thread, socket.socket] = {}
        self._acceptor = threading.Thread(target=self._accept, name="cookie-server", daemon=True)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return cast(int, self._listener.getsockname()[1])

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request so far, oldest first; CONNECT is not among them."""
        with self._lock:
            return tuple(self._requests)

    def __enter__(self) -> Self:
        """Start taking connections."""
        self._acceptor.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop listening, end every connection and wait for its thread."""
        # Closing alone does not wake a thread that is waiting in accept.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join(timeout=10)
        self._listener.close()
        with self._lock:
            connections = dict(self._open)
        for thread, connection in connections.items():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=10)

    def route(
        self, host: str, path: str, *, set_cookie: Sequence[bytes | str] = (), body: str = ""
    ) -> None:
        """Register what a URL answers, replacing what it answered before.

        Args:
            host: The host name, without scheme and port.
            path: The path, without the query.
            set_cookie: One Set-Cookie header each. A str is sent as UTF-8, bytes as they are.
            body: HTML; an empty page when left out.
        """
        cookies = tuple(c.encode() if isinstance(c, str) else c for c in set_cookie)
        with self._lock:
            self._routes[host, path] = _Response("200 OK", cookies, (body or _EMPTY_PAGE).encode())

    def cookies_sent(self, host: str, path: str) -> list[tuple[bytes, bytes]]:
        """Return the cookies that came with the last request to a URL, in the order sent.

        Raises:
            LookupError: The URL was never asked for.
        """
        for request in reversed(self.requests):
            if (request.host, request.path) == (host, path):
                return request.cookie_pairs()
        raise LookupError(f"no request to {host}{path}")

    def clear(self) -> None:
        """Forget the requests; the routes stay."""
        with self._lock:
            self._requests.clear()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # the listener was shut down
                return
            thread = threading.Thread(target=self._converse, args=(connection,), daemon=True)
            with self._lock:
                self._open[thread] = connection
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        # A browser drops connections whenever it likes; that is no failure of a test.
        with contextlib.suppress(OSError), connection:
            self._sniff(connection)
        with self._lock:
            del self._open[threading.current_thread()]

    def _sniff(self, connection: socket.socket) -> None:
        if connection.recv(1, socket.MSG_PEEK) != _TLS_HANDSHAKE:
            self._answer(connection, "http")
            return
        # wrap_socket takes the descriptor over: the tunnel is what has to be shut down from now.
        with self._tls.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        ) as tunnel:
            with self._lock:
                self._open[threading.current_thread()] = tunnel
            tunnel.do_handshake()
            self._answer(tunnel, "https")

    def _answer(self, connection: socket.socket, scheme: str) -> None:
        with connection.makefile("rb") as reader:
            while (request := read_request(reader, scheme)) is not None:
                if request.method == "CONNECT":
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    break
                connection.sendall(self._response_to(request).encoded())
            else:
                return
        # The client says nothing before it has the 200, so the reader held nothing back.
        self._sniff(connection)

    def _response_to(self, request: Request) -> _Response:
        unrouted = _NO_ICON if request.path == "/favicon.ico" else _UNROUTED
        with self._lock:
            self._requests.append(request)
            return self._routes.get((request.host, request.path), unrouted)
