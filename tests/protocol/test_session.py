"""The session without a network: rooms on a log that the test holds up, and an outlet that keeps what it is given."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.websockets import WebSocket

from server.live.access import hashed
from server.live.openings import opening
from server.live.pace import Pace
from server.live.room import Room
from server.live.rooms import Rooms
from server.sockets.connection import Shell, Socket, _admitted
from server.sockets.direct import DirectProtocol, DirectSocket
from server.sockets.session import Closing, Session
from server.storage.cache import Cache
from server.storage.log import Append, PersonKept
from server.storage.store import SQLiteLog
from server.wire.answers import Answer
from server.wire.frames import Frame
from server.wire.protocol import OUTBOX_BYTES, Hello
from tests.support.live import new_id
from tests.support.patch import Json

ROOM, HOST = "room1", "host1"


class Kept:
    """An outlet that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.closed: int | None = None
        self._came = asyncio.Event()

    def send(self, frame: Frame) -> None:
        self.messages.append(orjson.loads(frame.payload))
        self._came.set()

    welcome = offer = send

    def close(self, code: int) -> None:
        self.closed = code

    async def until(self, count: int) -> list[Json]:
        """Wait for so many messages."""
        async with asyncio.timeout(10):
            while len(self.messages) < count:
                self._came.clear()
                await self._came.wait()
        return self.messages


class HeldUpLog(SQLiteLog):
    """A log that writes only while the test lets it."""

    def __init__(self, file: Path) -> None:
        self.free = threading.Event()
        self.free.set()
        super().__init__(file)

    def append(self, batch: Sequence[Append]) -> None:
        self.free.wait()
        super().append(batch)


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[tuple[HeldUpLog, Rooms]]:
    """Rooms on a log in this folder."""
    log, cache = HeldUpLog(folder / "kern.db"), Cache(folder / "cache.db")
    rooms = Rooms(log, cache, "epoch1", 0)
    try:
        yield log, rooms
    finally:
        log.free.set()
        await rooms.close()
        cache.close()
        log.close()


async def opened(rooms: Rooms) -> Room:
    """Open a room with one facilitator."""
    answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    room = rooms.create(ROOM)
    host = PersonKept(HOST, "Host", "facilitator", hashed("token"))
    room.record(opening(ROOM, "Workshop", "en", HOST), HOST, answered.set_result, people=[host], invites=[])
    await answered
    return room


def entered(room: Room) -> tuple[Session, Kept]:
    """Bring the facilitator in."""
    outlet = Kept()
    hello = Hello(type="hello", protocol=1, token="token")
    session = Session(outlet, room, room.people[HOST], Pace(0, lambda: 0.0), hello)
    session.enter(0, None)
    return session, outlet


def do(session: Session, action: str, **fields: Any) -> str:  # noqa: ANN401 - any fields
    command = new_id()
    session.receive(orjson.dumps({"type": "do", "id": command, "action": action, **fields}))
    return command


async def test_nothing_that_a_decision_led_to_is_said_before_it_is_durable(tmp_path: Path) -> None:
    """Rule G5."""
    async with house(tmp_path) as (log, rooms):
        session, outlet = entered(await opened(rooms))
        before = len(await outlet.until(2))
        log.free.clear()
        accepted = do(session, "lock_canvas")
        unchanged = do(session, "lock_canvas")
        rejected = do(session, "add_activity", activity=new_id(), title="Make bricks", category=None)
        again = {"type": "do", "id": accepted, "action": "lock_canvas"}
        session.receive(orjson.dumps(again))
        _, late = entered(session._room)  # noqa: SLF001 - the same room
        session.receive(b'{"type":"ping","n":1}')
        await asyncio.sleep(0)
        assert [message["type"] for message in outlet.messages[before:]] == ["pong"]
        assert late.messages[0]["canvas"]["locked"] is False
        log.free.set()
        told = (await outlet.until(before + 5))[before + 1 :]
        assert [message["type"] for message in told] == ["events", "receipt", "receipt", "receipt"]
        assert told[0]["events"][0]["command"] == accepted
        ends = [(receipt["id"], receipt["outcome"]) for receipt in told[1:]]
        assert ends == [(unchanged, "unchanged"), (rejected, "rejected"), (accepted, "duplicate")]


async def test_who_holds_what_the_log_does_not_is_told_to_drop_it_and_welcomed_anew(tmp_path: Path) -> None:
    """Rules L14, L15."""
    async with house(tmp_path) as (_, rooms):
        session, outlet = entered(await opened(rooms))
        async with house(tmp_path) as (_, others):
            stranger, seen = entered(await others.get(ROOM))
            do(stranger, "describe_workshop", goal="Written by another writer")
            await seen.until(3)
        before = len(outlet.messages)
        command = do(session, "lock_canvas")
        told = (await outlet.until(before + 3))[before:]
        assert [message["type"] for message in told] == ["resync", "welcome", "events"]
        assert told[1]["canvas"]["goal"] == "Written by another writer"
        assert told[2]["from"] == told[1]["version"] + 1
        assert told[2]["events"][0]["command"] == command


async def test_who_comes_while_the_server_stops_is_told_so(tmp_path: Path) -> None:
    """Rules L22, X7."""
    async with house(tmp_path) as (_, rooms):
        session, outlet = entered(await opened(rooms))
        await rooms.drain()
        assert outlet.closed == 4503
        before = len(outlet.messages)
        do(session, "lock_canvas")
        assert outlet.messages[before:] == []
        with pytest.raises(Closing) as refused:
            await _admitted(rooms, ROOM, Hello(type="hello", protocol=1, token="token"))
        assert refused.value.code == 4503


class Transport:
    """A transport whose other side reads nothing."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> None:
        self.written += data

    def get_write_buffer_size(self) -> int:
        return len(self.written)


class Unread:
    """A connection that nobody reads from, beneath each shell."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.codes: list[int] = []
        self.transport = Transport()
        monkeypatch.setattr(DirectSocket, "close", lambda _, code: self.codes.append(code))
        monkeypatch.setattr(Socket, "close", lambda _, code: self.codes.append(code))

    def shell(self, name: str) -> Shell:
        if name == "plain":
            scope = {"type": "websocket"}
            return Socket(WebSocket(scope, receive=None, send=None))  # type: ignore[arg-type]
        beneath: Any = DirectProtocol.__new__(DirectProtocol)
        beneath.loop, beneath.transport = asyncio.get_running_loop(), self.transport
        return DirectSocket(beneath)


@pytest.mark.parametrize("shell", ["direct", "plain"])
async def test_what_waits_for_one_who_does_not_read_is_bounded(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules X5, P6."""
    unread = Unread(monkeypatch)
    outlet, frame = unread.shell(shell), Frame(bytes(100_000))
    outlet.welcome(Frame(bytes(3 * OUTBOX_BYTES)))
    for _ in range(10):
        outlet.send(frame)
        outlet.offer(frame)
    assert unread.codes == []
    for _ in range(10):
        outlet.send(frame)
    assert set(unread.codes) == {1013}


async def test_a_rate_is_two_seconds_of_it_at_once_and_then_so_many_a_second() -> None:
    """Rules X3, X4."""
    now = 0.0
    pace = Pace(10, lambda: now)
    assert [pace.wait_ms() for _ in range(20)] == [0] * 20
    waits = [pace.wait_ms() for _ in range(5)]
    assert min(waits) >= 100
    assert waits == sorted(waits)
    assert not pace.regardless
    now = 1.0
    assert [pace.wait_ms() for _ in range(10)] == [0] * 10
    refused = [pace.wait_ms() for _ in range(396)]
    assert min(refused) > 0
    assert pace.regardless
