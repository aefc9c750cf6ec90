"""The quicker way for a connection's frames, without a task switch and a queue for each message.

They go from the parser straight to the session, and prepared frames go straight to the transport.

It is uvicorn's own protocol on the websockets library, with three things changed: once a hello was accepted, text
frames go to the session; the session's frames go to the transport, whose buffer is the outbox; and too large a frame is
told by our own close code.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode
from websockets.frames import Frame as ReceivedFrame
from websockets.http11 import Request
from websockets.server import ServerProtocol

from server.sockets.connection import DIRECT
from server.sockets.session import Session
from server.wire import protocol
from server.wire.frames import Frame

LINGER: Final = 1.0
"""Seconds in which what a client still sends is read and dropped, so that it can read why it was closed."""


class _Parser(ServerProtocol):
    def fail(self, code: int, reason: str = "") -> None:
        """Fail the connection, with our own code where a frame was too large."""
        if code == CloseCode.MESSAGE_TOO_BIG:
            code, reason = protocol.FRAME_TOO_LARGE, protocol.CLOSE_CODES[protocol.FRAME_TOO_LARGE]
        super().fail(code, reason)


class DirectProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which hands text frames to a session once there is one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own, handed on
        super().__init__(*arguments, **options)
        self.conn = _Parser(max_size=protocol.FRAME_BYTES, logger=self.conn.logger)
        self.direct: DirectSocket | None = None
        self._heard = True

    def data_received(self, data: bytes) -> None:
        """Take what came; whoever sends something is alive, whether or not they answer pings."""
        self._heard = True
        super().data_received(data)

    def send_keepalive_ping(self) -> None:
        """Ask whether the other side is there."""
        self._heard = False
        super().send_keepalive_ping()

    def keepalive_timeout(self) -> None:
        """Find the connection dead where nothing at all has come since the ping."""
        if self._heard:
            self.pong_timer = None
            self.schedule_ping()
        else:
            super().keepalive_timeout()

    def handle_connect(self, event: Request) -> None:
        """Offer the quicker way to the endpoint."""
        super().handle_connect(event)
        if not self.close_sent:
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[DIRECT] = DirectSocket(self)

    def handle_text(self, event: ReceivedFrame) -> None:
        """Hand a whole message to the session without a detour: most messages are one frame."""
        if event.fin and self.direct is not None:
            self.direct.received(event.data, text=True)
        else:
            super().handle_text(event)

    def send_receive_event_to_app(self) -> None:
        """Hand a message to the session; before the hello, to the endpoint."""
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.direct is not None:
            self.direct.received(data, text=self.curr_msg_data_type == "text")
        elif not self.close_sent:
            self._queue(data)

    def handle_parser_exception(self) -> None:
        """Say why the connection is closed, and stay a moment, so that the other side can read it."""
        sent = self.conn.close_sent
        code = sent.code if sent is not None else CloseCode.PROTOCOL_ERROR
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.direct is not None:
            self.direct.lost()
        if self.close_timer is None:
            self.close_timer = self.loop.call_later(LINGER, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the session go."""
        super().connection_lost(exc)
        if self.direct is not None:
            self.direct.lost()

    def handle_close(self, event: ReceivedFrame) -> None:
        """Answer the other side's closing."""
        super().handle_close(event)
        if self.direct is not None:
            self.direct.lost()

    def resume(self) -> None:
        """Read on, after reading paused for the endpoint's sake."""
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def _queue(self, data: bytes) -> None:
        """Queue a message for the endpoint; bytes that are no UTF-8 are no text."""
        message: Any = {"type": "websocket.receive", "bytes": data}
        if self.curr_msg_data_type == "text":
            try:
                message = {"type": "websocket.receive", "text": bytes(data).decode()}
            except UnicodeDecodeError:
                message = {"type": "websocket.receive", "bytes": data}
        self.queue.put_nowait(message)
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()


class DirectSocket:
    """An Outlet onto the transport, and the shell around its session."""

    def __init__(self, protocol_: DirectProtocol) -> None:
        self._protocol = protocol_
        self._session: Session | None = None
        self._ended: asyncio.Future[None] = protocol_.loop.create_future()
        self._closed = False
        self._welcome = 0  # bytes that may wait beside the outbox, until they have gone out

    async def run(self, session: Session) -> None:
        """Hand all messages to the session from now on, until the connection ends."""
        self._session = session
        waiting, ended = self._protocol.queue, self._ended
        self._protocol.direct = self
        while not waiting.empty():
            message: Any = waiting.get_nowait()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("text")
            self.received(data if data is not None else b"", text=data is not None)
        self._protocol.resume()
        await ended

    def received(self, data: protocol.Raw, *, text: bool) -> None:
        """Hand one message to the session."""
        if self._session is None or self._closed:
            return
        if text:
            self._session.receive(data)
        else:
            self._session.receive_binary()

    def send(self, frame: Frame) -> None:
        """Write a frame; see Outlet. The transport's buffer is the outbox."""
        if self._closed:
            return
        transport = self._protocol.transport
        waiting = transport.get_write_buffer_size()
        if waiting > protocol.OUTBOX_BYTES + self._welcome:
            self._too_slow()
            return
        if waiting < protocol.OUTBOX_BYTES:
            self._welcome = 0
        transport.write(frame.wire)

    def welcome(self, frame: Frame) -> None:
        """Write a welcome, however large it is; see Outlet."""
        self._welcome = self._protocol.transport.get_write_buffer_size() + len(frame.payload)
        if not self._closed:
            self._protocol.transport.write(frame.wire)

    def offer(self, frame: Frame) -> None:
        """Write a frame unless others wait; see Outlet."""
        if not self._closed and not self._protocol.transport.get_write_buffer_size():
            self._protocol.transport.write(frame.wire)

    def close(self, code: int) -> None:
        """Close with a code; see Outlet."""
        if self._closed:
            return
        self._closed = True
        shell = self._protocol
        if shell.close_sent or shell.transport.is_closing():
            return
        shell.conn.send_close(code, protocol.CLOSE_CODES[code])
        shell.transport.write(b"".join(shell.conn.data_to_send()))
        shell.close_sent = True
        shell.stop_keepalive()
        shell.close_timer = shell.loop.call_later(LINGER, shell.transport.abort)
        shell.resume()

    def lost(self) -> None:
        """Learn that the connection is over."""
        self._closed = True
        if not self._ended.done():
            self._ended.set_result(None)

    def _too_slow(self) -> None:
        session = self._session
        if session is not None:
            session.dismiss(protocol.TOO_SLOW)
        else:
            self.close(protocol.TOO_SLOW)
