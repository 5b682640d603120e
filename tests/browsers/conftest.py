"""The server every browser test talks to."""

from collections.abc import Iterator

import pytest

from tests.browsers.server import CookieServer


@pytest.fixture
def server() -> Iterator[CookieServer]:
    """A server without routes, listening until the test ends."""
    with CookieServer() as running:
        yield running
