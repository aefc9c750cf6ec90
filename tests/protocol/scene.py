"""A room of its own for one test, and the people and bare connections in it."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.calls import Reply, Room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server

PATIENCE = 15.0
LARGEST = 2**26


class Line:
    """A bare connection: it sends what it is told to, and keeps what comes."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, message: Json | str | bytes) -> Self:
        """Send one frame; the other side may have gone by then."""
        with suppress(ConnectionClosed):
            await self.socket.send(json.dumps(message) if isinstance(message, dict) else message)
        return self

    async def next(self) -> Json:
        """Give the next message, whatever it is."""
        async with asyncio.timeout(PATIENCE):
            raw = await self.socket.recv()
        assert isinstance(raw, str)
        return dict(json.loads(raw))

    async def hear(self, *types: str) -> Json:
        """Give the next message of these types; others are passed over."""
        while True:
            message = await self.next()
            if message["type"] in types:
                return message

    async def ended(self) -> int | None:
        """Read to the end, and give the closing code."""
        try:
            while True:
                await self.next()
        except ConnectionClosed:
            return self.socket.close_code


class Scene:
    """One room of one server. Whoever came in leaves when the test ends."""

    def __init__(self, server: Server, **opening: Any) -> None:  # noqa: ANN401 - any fields
        self.server = server
        self.room = Room.open(server.http, **opening)
        self._lives: list[Live] = []
        self._lines: list[Line] = []

    @property
    def place(self) -> Place:
        """Where the room is live."""
        return Place(self.server.port, self.room.id)

    @property
    def path(self) -> str:
        """The room's address."""
        return f"/api/rooms/{self.room.id}"

    def hello(self, **given: Any) -> Json:  # noqa: ANN401 - any fields
        """Build a facilitator's hello, with other or further members."""
        return {"type": "hello", "protocol": 1, "token": self.room.token, "since": None, "epoch": None, **given}

    async def enter(self, role: str = "facilitator", name: str = "Somebody", **hello: Any) -> Live:  # noqa: ANN401 - any fields
        """Bring somebody in: the one who opened the room, or somebody new."""
        token = self.room.token if role == "facilitator" else self.room.join(role, name)
        return await self.again(token, **hello)

    async def again(self, token: str, **hello: Any) -> Live:  # noqa: ANN401 - any fields
        """Open a connection for a token, with a fresh hello."""
        live = Live(self.place, token)
        self._lives.append(live)
        return await live.open(hello=self.hello(token=token, **hello))

    async def furnished(self) -> tuple[Live, str]:
        """Bring the facilitator in and write a value proposition; the note's id."""
        live, note = await self.enter(), new_id()
        await live.ok("add_note", note=note, block="value_propositions", text="Play")
        return live, note

    async def line(self, room: str | None = None, **options: Any) -> Line:  # noqa: ANN401 - options of `connect`
        """Open a connection that has not said hello."""
        url = Place(self.server.port, room or self.room.id).url
        line = Line(await connect(url, **{"compression": None, "max_size": LARGEST, **options}))
        self._lines.append(line)
        return line

    async def welcomed(self, **hello: Any) -> tuple[Line, Json]:  # noqa: ANN401 - any fields
        """Open a connection and say hello; the connection and its welcome."""
        line = await self.line()
        await line.say(self.hello(**hello))
        return line, await line.hear("welcome")

    def get(self, path: str, **headers: str) -> Reply:
        """Ask for something below the room, as its facilitator."""
        return self.server.http.send(
            "GET", f"{self.path}{path}", headers={"Authorization": f"Bearer {self.room.token}", **headers}
        )

    async def leave(self) -> None:
        """End all connections, and say what a client found wrong."""
        for line in self._lines:
            line.socket.transport.abort()
            await line.socket.wait_closed()
        for live in self._lives:
            await live.cut()
            assert live.wrong is None, live.wrong
