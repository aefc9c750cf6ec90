"""HTTP before anybody is known: a request's head is bounded in size and in time.

uvicorn's own protocol reads a head of any length, and waits for its end for ever.
"""

from asyncio import TimerHandle, Transport
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES: Final = 65_536
HEAD_SECONDS: Final = 10.0
LINGER: Final = 0.5


def _answer(status: bytes, code: bytes) -> bytes:
    body = b'{"type":"about:blank","title":"%b","status":%b,"code":"%b"}' % (status[4:], status[:3], code)
    head = b"HTTP/1.1 %b\r\nconnection: close\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n\r\n"
    return head % (status, len(body)) + body


TOO_LARGE: Final = _answer(b"431 Request Header Fields Too Large", b"payload_too_large")
TOO_LATE: Final = _answer(b"408 Request Timeout", b"too_late")


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's protocol, with a bound on the heads of requests."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own, handed on
        super().__init__(*arguments, **options)
        self._head = 0
        self._in_head, self._refused = True, False
        self._timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._done()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head: all that came while its end has not."""
        if self._refused:
            return
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._refuse(TOO_LARGE)

    def on_message_begin(self) -> None:
        """Begin a head: the connection's next, or its first."""
        super().on_message_begin()
        if not self._in_head:
            self._wait()

    def on_headers_complete(self) -> None:
        """End the head: what follows is the body, which is bounded where it is read."""
        self._done()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._in_head, self._head = True, 0
        self._timer = self.loop.call_later(HEAD_SECONDS, self._refuse, TOO_LATE)

    def _done(self) -> None:
        self._in_head = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, answer: bytes) -> None:
        """Answer, and read on for a moment without keeping anything: else the answer would be lost with the line."""
        self._done()
        if not self.transport.is_closing():
            self._refused = True
            self.transport.write(answer)
            self.loop.call_later(LINGER, self.transport.close)
