"""The request lines of HTTP/1.1, read as bytes.

The standard library's parser splits header lines at every character that Unicode calls a line
end. A hostile cookie may contain such bytes, and they have to be recorded as they were sent.
"""

from typing import BinaryIO
from urllib.parse import urlsplit

import msgspec

_LONGEST_LINE = 1 << 20


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request as a browser sent it.

    Attributes:
        method: "GET", "CONNECT" and so on.
        scheme: "https" when the request came through TLS, else "http".
        host: Lower case, without the port.
        path: Without the query.
        query: Without the question mark; "" when there is none.
        cookie: The raw Cookie header, b"" when none was sent.
        headers: Every header in order, names in lower case.
    """

    method: str
    scheme: str
    host: str
    path: str
    query: str
    cookie: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def cookie_pairs(self) -> list[tuple[bytes, bytes]]:
        """Return names and values in the order sent; a nameless cookie has the name b""."""
        if not self.cookie:
            return []
        pairs = []
        for piece in self.cookie.split(b"; "):
            name, equals, value = piece.partition(b"=")
            pairs.append((name, value) if equals else (b"", piece))
        return pairs


def read_request(reader: BinaryIO, scheme: str) -> Request | None:
    """Read one request, its body included.

    Args:
        reader: The buffered incoming side of a connection.
        scheme: "https" or "http", as the connection is known to be.

    Returns:
        The request, or None when the connection ended or does not speak HTTP.

    Raises:
        OSError: The connection broke.
    """
    words = reader.readline(_LONGEST_LINE).split()
    if len(words) != 3:
        return None
    headers = _read_headers(reader)
    named = dict(headers)
    reader.read(int(named.get(b"content-length", b"0")))
    target = words[1].decode("latin-1")
    # A proxy is asked for whole URLs, a server for paths.
    url = urlsplit(target if "://" in target else f"//{named.get(b'host', b'').decode()}{target}")
    return Request(
        method=words[0].decode("latin-1"),
        scheme=scheme,
        host=url.hostname or "",
        path=url.path or "/",
        query=url.query,
        cookie=b"; ".join(value for name, value in headers if name == b"cookie"),
        headers=headers,
    )


def _read_headers(reader: BinaryIO) -> tuple[tuple[bytes, bytes], ...]:
    headers = []
    while line := reader.readline(_LONGEST_LINE).rstrip(b"\r\n"):
        name, _, value = line.partition(b":")
        headers.append((name.lower(), value.strip(b" \t")))
    return tuple(headers)
