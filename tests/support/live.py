"""A live client over `websockets`: a replica, a ledger, and a task that reads."""

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.expect import Wrong, expect
from tests.support.ledger import Entry, Ledger
from tests.support.patch import Json
from tests.support.replica import Replica, Wire

PATIENCE = 20.0
LARGEST_FRAME = 2**27


def new_id() -> str:
    """Give a fresh UUID in lower case."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Place:
    """Where a client connects to: a room at a port, the server's own or a proxy's."""

    port: int
    room: str

    @property
    def url(self) -> str:
        """The live address of the room."""
        return f"ws://127.0.0.1:{self.port}/api/rooms/{self.room}/live"


@dataclass(frozen=True)
class Answer:
    """How one sending of a command ended."""

    outcome: str
    events: list[Json] = field(default_factory=list)
    receipt: Json = field(default_factory=dict)


OPEN: set["Live"] = set()
"""The clients that are connected now."""


class Live:
    """One connection of one participant, reopened as often as it is lost."""

    def __init__(self, place: Place, token: str, wire: Wire | None = None) -> None:
        self.place, self.token = place, token
        self.replica, self.ledger = Replica(wire or Wire()), Ledger()
        self.messages: list[Json] = []
        self.welcomed: Json = {}
        self.closed: tuple[int, str] | None = None
        self.wrong: BaseException | None = None
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: dict[str, asyncio.Future[Answer]] = {}
        self._changed = asyncio.Event()
        self._pings = 0

    @property
    def version(self) -> int:
        """The version that this client holds."""
        return self.replica.version or 0

    @property
    def canvas(self) -> Json:
        """The canvas that this client holds."""
        return dict(self.replica.canvas)

    @property
    def me(self) -> str:
        """This participant's id, by the server's word."""
        return str(self.replica.you["participant"])

    @property
    def connected(self) -> bool:
        """Whether the reading task still reads."""
        return self._reader is not None and not self._reader.done()

    async def open(self, *, fresh: bool = False, hello: Json | None = None) -> Self:
        """Connect, say hello, take the welcome, send again what has no answer yet."""
        self.closed = None
        self._socket = await connect(self.place.url, max_size=LARGEST_FRAME, compression=None, open_timeout=PATIENCE)
        OPEN.add(self)
        await self.send(hello or self.replica.hello(self.token, fresh=fresh))
        async with asyncio.timeout(PATIENCE):
            self._welcome(self.replica.wire.parse(_text(await self._socket.recv())))
        self._reader = asyncio.create_task(self._read(self._socket))
        for command in self.ledger.pending():
            await self._do(command)
        return self

    async def send(self, message: Json | str | bytes) -> None:
        """One frame; text that is no JSON and binary as they are."""
        assert self._socket is not None
        await self._socket.send(json.dumps(message) if isinstance(message, dict) else message)

    async def do(self, action: str, command: str | None = None, **fields: Any) -> Answer:  # noqa: ANN401 - any fields
        """One command, and its end."""
        return await self.answer_to(await self.begin(action, command, **fields))

    async def begin(self, action: str, command: str | None = None, **fields: Any) -> str:  # noqa: ANN401 - any fields
        """Send one command; its id."""
        message = {"type": "do", "id": command or new_id(), "action": action, **fields}
        await self._do(message)
        return str(message["id"])

    async def again(self, command: str) -> None:
        """Send a command once more as it was."""
        await self._do(self.ledger.entries[command].command)

    async def reuse(self, command: str, action: str, **fields: Any) -> Entry:  # noqa: ANN401 - any fields
        """Send other content under an id that made events; its entry, where `reused` counts what has no answer yet."""
        entry = self.ledger.reuse(command)
        await self.send({"type": "do", "id": command, "action": action, **fields})
        return entry

    async def answer_to(self, command: str) -> Answer:
        """Give the end of a command that was just sent."""
        future = self._waiting[command]
        await self.until(lambda: future.done() or not self.connected)
        expect(future.done(), f"the connection ended with {self.closed} before {self.ledger.entries[command].command}")
        return future.result()

    async def ok(self, action: str, command: str | None = None, **fields: Any) -> list[Json]:  # noqa: ANN401 - any fields
        """Give the events of a command that must be accepted."""
        answer = await self.do(action, command, **fields)
        expect(answer.outcome == "accepted", f"{action} {fields}: {answer.outcome} {answer.receipt}")
        return answer.events

    async def no(self, code: str, action: str, command: str | None = None, **fields: Any) -> Json:  # noqa: ANN401 - any fields
        """Give the receipt of a command that must be rejected with `code`."""
        answer = await self.do(action, command, **fields)
        expect(answer.receipt.get("code") == code, f"{action} {fields}: {answer.outcome} {answer.receipt}, not {code}")
        return answer.receipt

    async def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait for a condition on what this client holds; raise what it found wrong."""
        async with asyncio.timeout(patience):
            while not holds():
                if self.wrong:
                    raise self.wrong
                self._changed.clear()
                await self._changed.wait()
        if self.wrong:
            raise self.wrong

    async def at(self, version: int) -> None:
        """Wait until this client holds at least `version`, or has lost its connection, which is an error."""
        await self.until(lambda: self.version >= version or not self.connected)
        expect(self.version >= version, f"the connection ended with {self.closed} at {self.version}, before {version}")

    async def ping(self) -> None:
        """Wait until the server gave a sign of life, or the connection turned out to be lost."""
        self._pings += 1
        sign = {"type": "pong", "n": self._pings}
        await self.send({"type": "ping", "n": self._pings})
        await self.until(lambda: sign in self.messages or not self.connected)

    async def cut(self) -> None:
        """Lose the connection as a network does: no closing handshake."""
        if self._socket is not None:
            self._socket.transport.abort()
        await self.gone()

    async def close(self) -> None:
        """Leave in order, and raise what was found wrong."""
        if self._socket is not None:
            await self._socket.close()
        await self.gone()
        if self.wrong:
            raise self.wrong

    async def gone(self) -> None:
        """Wait until the connection has ended, whoever ended it."""
        if self._reader is not None:
            async with asyncio.timeout(PATIENCE):
                await asyncio.wait({self._reader})
        if self._socket is not None:
            self._socket.transport.abort()
        OPEN.discard(self)

    async def _do(self, command: Json) -> None:
        self.ledger.sent(command)
        future = self._waiting.get(command["id"])
        if future is None or future.done():
            self._waiting[command["id"]] = asyncio.get_running_loop().create_future()
        await self.send(command)

    def _welcome(self, message: Json) -> None:
        self.welcomed = message
        self._events(self.replica.welcome(message))
        self._changed.set()

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                self._message(self.replica.wire.parse(_text(raw)))
                self._changed.set()
        except ConnectionClosed:
            pass
        except Exception as error:  # noqa: BLE001 - whatever is wrong is raised where somebody waits
            self.wrong = error
        finally:
            self.closed = (socket.close_code or 1006, socket.close_reason or "")
            self.ledger.cut()
            self._changed.set()

    def _message(self, message: Json) -> None:
        match message["type"]:
            case "events":
                self._events(self.replica.frame(message))
            case "receipt":
                entry = self.ledger.receipt(message)
                self._end(message["id"], Answer(message["outcome"], receipt={**message, "code": entry.code}))
            case "people":
                self.replica.people = message["people"]
            case "not_stored" | "slow_down":
                self.messages.append(message)
                command = self.ledger.put_off(message["id"])
                asyncio.get_running_loop().call_later(message["retry_after_ms"] / 1000, self._retry, command)
            case "welcome":
                self._welcome(message)
            case "resync" | "error" | "presence" | "pong" | "summon" | "round":
                self.messages.append(message)
            case other:
                expect(False, f"a message that the contract does not know: {other}")  # noqa: FBT003 - a verdict

    def _events(self, events: list[Json]) -> None:
        for command in self.ledger.events(events, str(self.replica.you["participant"])):
            versions = self.ledger.entries[command].versions
            self._end(command, Answer("accepted", [self.replica.events[version] for version in versions]))

    def _end(self, command: str, answer: Answer) -> None:
        future = self._waiting.get(command)
        if future is not None and not future.done():
            future.set_result(answer)

    def _retry(self, command: Json) -> None:
        if self.connected and not self.ledger.entries[command["id"]].answered:
            self._later = asyncio.ensure_future(self._do(command))


def _text(raw: str | bytes) -> str:
    if not isinstance(raw, str):
        message = f"a binary frame: {raw[:100]!r}"
        raise Wrong(message)
    return raw
