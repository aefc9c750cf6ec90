"""The thin shell around a session: from an accepted socket to a welcome, then frames in and out.

`Socket` does it with plain ASGI calls; where the server has the quicker way of `server.direct`, the endpoint hands the
connection over to that. Both pass the same tests.
"""

import asyncio
import logging
from typing import Final, Protocol

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.live.loading import DamagedError, UnknownRoomError
from server.live.room import Room
from server.live.rooms import Rooms
from server.sockets.origin import is_own
from server.sockets.session import Closing, Outlet, Session, greeting
from server.storage.codec import BEGINNING
from server.storage.log import LogError, PersonKept
from server.wire import protocol
from server.wire.frames import Frame
from server.wire.protocol import Hello

logger = logging.getLogger("kern.connection")

FARTHEST: Final = 5_000
"""Events behind which a client gets the canvas instead: by then it is the smaller of the two."""

DIRECT: Final = "kern.direct"
"""The extension in the scope by which the server offers the quicker way."""


class Shell(Outlet, Protocol):
    """A socket that a session runs on."""

    async def run(self, session: Session) -> None:
        """Pass frames both ways until the connection ends."""


async def live(websocket: WebSocket) -> None:
    """Serve one connection to /api/rooms/{room}/live."""
    if not is_own(websocket.headers):
        await websocket.close()  # before it is accepted, this is a 403
        return
    await websocket.accept()
    rooms: Rooms = websocket.app.state.rooms
    try:
        hello = greeting(await _first(websocket))
        room, person = await _admitted(rooms, websocket.path_params["room"], hello)
    except Closing as closing:
        await websocket.close(closing.code, protocol.CLOSE_CODES[closing.code])
        return
    except WebSocketDisconnect:
        return
    direct = websocket.scope["extensions"].get(DIRECT)
    socket: Shell = direct if direct is not None else Socket(websocket)
    session = Session(socket, room, person, rooms.pace(room, person.participant), hello)
    events = await _missing(rooms, room, hello)
    session.enter(rooms.commands_per_second, events)
    try:
        await socket.run(session)
    finally:
        session.leave()


async def _first(websocket: WebSocket) -> bytes | str | None:
    """Wait for the first frame, but not for long."""
    try:
        message = await asyncio.wait_for(websocket.receive(), protocol.HELLO_SECONDS)
    except TimeoutError:
        raise Closing(protocol.NO_HELLO) from None
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"])
    return _text(message)


def _text(message: Message) -> str | None:
    """Take a message's text, None of a binary one. Raises Closing: a server may let larger ones through than we do."""
    text: str | None = message.get("text")
    if text is None:
        size = len(message.get("bytes") or b"")
    else:
        size = len(text) if len(text) > protocol.FRAME_BYTES else len(text.encode())
    if size > protocol.FRAME_BYTES:
        raise Closing(protocol.FRAME_TOO_LARGE)
    return text


def _receive(session: Session, message: Message) -> None:
    try:
        text = _text(message)
    except Closing as closing:
        session.dismiss(closing.code)
        return
    if text is None:
        session.receive_binary()
    else:
        session.receive(text)


async def _admitted(rooms: Rooms, id_: str, hello: Hello) -> tuple[Room, PersonKept]:
    """Find the room and the person whose token it is. Raises Closing."""
    if rooms.draining:
        raise Closing(protocol.DRAINING)
    try:
        room = await rooms.get(id_)
    except UnknownRoomError:
        raise Closing(protocol.NO_SUCH_ROOM) from None
    except (DamagedError, LogError):
        raise Closing(protocol.DAMAGED) from None
    person = room.person(hello.token)
    if person is None:
        raise Closing(protocol.NO_SUCH_ROOM)
    if room.removed(person.participant):
        raise Closing(protocol.REMOVED)
    return room, person


async def _missing(rooms: Rooms, room: Room, hello: Hello) -> list[bytes] | None:
    """Find the events behind what the client holds; None where it must have the canvas.

    When this returns, the room stands at the last of them: nothing is awaited after that was checked.
    """
    since = hello.since
    if since is None or hello.epoch != room.epoch or (hello.shape is not None and hello.shape != room.shape):
        return None
    if not max(room.version - FARTHEST, room.redacted_at) <= since <= room.version:
        return None
    try:
        if hello.digest is not None and hello.digest != await _digest_at(rooms, room, since):
            return None
        older: list[bytes] = []
        while (rest := room.behind(since + len(older))) is None:
            older += await rooms.events_after(room, since + len(older), room.version)
    except (LogError, DamagedError):
        logger.exception("room %s: what a client missed can't be read; it gets the canvas", room.id)
        return None
    return None if since < room.redacted_at else older + rest  # it may have come to that while reading


async def _digest_at(rooms: Rooms, room: Room, version: int) -> str:
    if version == room.version:
        return room.digest
    if version == 0:
        return BEGINNING
    return (await rooms.read(rooms.log.events, room.id, version - 1, 1))[0].digest.hex()


class Socket:
    """A connection by plain ASGI calls: one bounded outbox, one writer."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._outbox: asyncio.Queue[Frame | int] = asyncio.Queue()
        self._waiting = 0
        self._welcome = 0  # bytes that may wait beside the outbox, until they have gone out
        self._closed = False

    def send(self, frame: Frame) -> None:
        """Put a frame into the outbox; see Outlet."""
        if self._closed:
            return
        if self._waiting > protocol.OUTBOX_BYTES + self._welcome:
            self.close(protocol.TOO_SLOW)
            return
        if self._waiting < protocol.OUTBOX_BYTES:
            self._welcome = 0
        self._put(frame)

    def welcome(self, frame: Frame) -> None:
        """Put a welcome into the outbox, however large it is; see Outlet."""
        self._welcome = self._waiting + len(frame.payload)
        if not self._closed:
            self._put(frame)

    def _put(self, frame: Frame) -> None:
        self._waiting += len(frame.payload)
        self._outbox.put_nowait(frame)

    def offer(self, frame: Frame) -> None:
        """Put a frame into the outbox unless others wait; see Outlet."""
        if not self._waiting:
            self.send(frame)

    def close(self, code: int) -> None:
        """Close behind what was sent; see Outlet. Who is too slow gets nothing more."""
        if self._closed:
            return
        self._closed = True
        if code == protocol.TOO_SLOW:
            while not self._outbox.empty():
                self._outbox.get_nowait()
        self._outbox.put_nowait(code)

    async def run(self, session: Session) -> None:
        """Pass frames both ways until the connection ends."""
        writer = asyncio.ensure_future(self._write())
        try:
            while True:
                message = await self._websocket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                _receive(session, message)
        finally:
            writer.cancel()

    async def _write(self) -> None:
        while True:
            frame = await self._outbox.get()
            if isinstance(frame, int):
                await self._websocket.close(frame, protocol.CLOSE_CODES[frame])
                return
            await self._websocket.send_text(frame.payload.decode())
            self._waiting -= len(frame.payload)
