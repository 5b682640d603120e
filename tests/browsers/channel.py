"""A remote control's wire: numbered JSON commands, their answers, and events in between.

The DevTools protocol and WebDriver BiDi differ in their commands and hardly in this.
"""

import contextlib
import time
from collections.abc import Callable
from typing import Any

import msgspec
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

JsonObject = dict[str, Any]
_TIMEOUT = 60.0


class ChannelError(RuntimeError):
    """The browser refused a command, or went away."""


class Channel:
    """One connection to a browser's remote control; not for use by several threads."""

    def __init__(self, url: str) -> None:
        """Connect.

        Raises:
            OSError: Nobody listens there.
            TimeoutError: Nobody answers there.
        """
        # Without proxy=None the developer's proxy variables would be asked for 127.0.0.1.
        # Between two commands nobody reads: a full queue would hold up the answers to pings, and
        # the connection would be given up.
        connection = connect(
            url,
            proxy=None,
            compression=None,
            max_size=None,
            max_queue=None,
            ping_interval=None,
            open_timeout=30,
        )
        self._connected = contextlib.ExitStack()
        self._socket = self._connected.enter_context(connection)
        self._number = 0
        self._events: list[JsonObject] = []

    def call(
        self, method: str, params: JsonObject | None = None, *, session: str = ""
    ) -> JsonObject:
        """Send a command and return its result.

        Args:
            method: The command's name.
            params: Its parameters.
            session: The DevTools session it is for; "" for the browser itself.

        Raises:
            ChannelError: The browser refused it, or the connection ended.
            TimeoutError: No answer after 60 seconds.
        """
        self._number += 1
        message: JsonObject = {"id": self._number, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        self._events.clear()
        try:
            self._socket.send(msgspec.json.encode(message).decode())
        except WebSocketException as error:
            raise ChannelError(f"{method}: {error}") from error
        number = self._number
        answer = self._receive_until(lambda reply: reply.get("id") == number, method)
        if "error" in answer:
            raise ChannelError(f"{method}: {answer['error']} {answer.get('message', '')}".strip())
        result: JsonObject = answer["result"]
        return result

    def wait_for_event(self, condition: Callable[[JsonObject], bool], what: str) -> JsonObject:
        """Return the first event since the last command that meets a condition.

        Raises:
            ChannelError: The connection ended.
            TimeoutError: No such event after 60 seconds.
        """
        for event in self._events:
            if condition(event):
                return event
        return self._receive_until(condition, what)

    def close(self) -> None:
        """End the connection; a connection the browser has ended already is fine."""
        with contextlib.suppress(WebSocketException, OSError):
            self._connected.close()

    def _receive_until(self, condition: Callable[[JsonObject], bool], what: str) -> JsonObject:
        deadline = time.monotonic() + _TIMEOUT
        while True:
            try:
                received = self._socket.recv(max(0.0, deadline - time.monotonic()))
            except WebSocketException as error:
                raise ChannelError(f"{what}: {error}") from error
            except TimeoutError as error:
                raise TimeoutError(f"waited {_TIMEOUT:g} s for {what}") from error
            message: JsonObject = msgspec.json.decode(received, type=JsonObject)
            if condition(message):
                return message
            if "id" not in message:
                self._events.append(message)
