"""Programs that read cookies.txt, and a server that tells which cookies arrive."""

import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


def tool(name: str) -> str:
    """Return the path of a program, or end the test.

    A developer without it sees a skipped test. On a build machine (the environment variable CI is
    set) the test fails, because there a skip would go unnoticed.

    Raises:
        pytest.fail.Exception: It is missing and CI is set.
        pytest.skip.Exception: It is missing and CI is not set.
    """
    if found := shutil.which(name):
        return found
    line = f"no {name} on PATH: apt-get install {name}"
    if os.environ.get("CI"):
        pytest.fail(line)
    pytest.skip(line)


class _Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with the cookies that came."""
        body = (self.headers.get("Cookie") or "").encode("latin-1")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def echo(tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on this machine that answers with the cookies it gets; its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Echo) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def output(*command: str, **environment: str) -> str:
    """What a program prints, started without anybody's settings."""
    done = subprocess.run(
        command, check=True, capture_output=True, timeout=60, env={"PATH": "", **environment}
    )
    return done.stdout.decode()


def sent(header: str) -> set[str]:
    """The cookies in a header."""
    return set(filter(None, header.split("; ")))
