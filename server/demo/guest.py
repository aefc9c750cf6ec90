"""One person in the room: sends commands, takes every event, and comes back with the same ids when cut off."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from server.demo.calls import PATIENCE, Calls, WrongError, wrong
from server.demo.held import Held
from server.wire.protocol import NO_HELLO, TOO_MANY

COMES_BACK = 0.2
"""Seconds until somebody who lost the connection tries again."""

WORTH_A_RETRY = frozenset({NO_HELLO, TOO_MANY})
OWN_CLOSE_CODES = range(4400, 4500)


def new_id() -> str:
    """Make an id, for a command or for a new thing."""
    return str(uuid4())


@dataclass(frozen=True)
class Ending:
    """How a command ended: accepted with these versions, unchanged, or rejected with a code and what goes with it."""

    outcome: str
    versions: tuple[int, ...] = ()
    code: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Guest:
    """A participant with one connection, which is reopened as often as it is lost."""

    def __init__(self, calls: Calls, room: str, joined: dict[str, Any], name: str) -> None:
        self.name, self.participant = name, str(joined["participant"])
        self.held = Held()
        self.endings: dict[str, Ending] = {}
        self.seen: Counter[str] = Counter()
        self.fault: str | None = None
        self.welcomes = self.asked_to_wait = 0
        self._address, self._token = calls.live(room), str(joined["token"])
        self._commands: dict[str, dict[str, Any]] = {}
        self._waiting: dict[str, asyncio.Future[Ending]] = {}
        self._socket: ClientConnection | None = None
        self._arrived, self._moved = asyncio.Event(), asyncio.Event()
        self._later: set[asyncio.Task[None]] = set()
        self._stay: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        """Connect and wait for the welcome; from then on the connection keeps itself."""
        self._stay = asyncio.create_task(self._staying())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._arrived.wait()
        except TimeoutError:
            wrong(f"{self.name} was not welcomed within {PATIENCE:.0f} seconds.")
        self.check()

    async def leave(self) -> None:
        """Close the connection for good."""
        if self._stay is not None:
            self._stay.cancel()
            with suppress(asyncio.CancelledError):
                await self._stay

    def check(self) -> None:
        """Raise WrongError if anything was wrong with what the server sent."""
        if self.fault is not None:
            wrong(f"{self.name}: {self.fault}")

    async def do(self, action: str, **fields: object) -> Ending:
        """Send one command and wait for its end, over as many connections as it takes."""
        command = new_id()
        self._commands[command] = {"type": "do", "id": command, "action": action, **fields}
        self._waiting[command] = asyncio.get_running_loop().create_future()
        await self._send(command)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._waiting[command]
        except TimeoutError:
            wrong(f"{self.name}: {action} had no answer within {PATIENCE:.0f} seconds.")

    async def reach(self, version: int) -> None:
        """Wait until this client holds a version."""
        try:
            async with asyncio.timeout(PATIENCE):
                while self.held.now < version:
                    self.check()
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            wrong(f"{self.name} did not get beyond version {self.held.now}, and others hold {version}.")

    def cut(self) -> None:
        """Lose the connection as a bad line does, without a goodbye."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def _staying(self) -> None:
        while self.fault is None:
            try:
                async with connect(self._address, max_size=None, compression=None, open_timeout=PATIENCE) as socket:
                    await self._attend(socket)
            except WrongError as error:
                self._fail(str(error))
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                if code in OWN_CLOSE_CODES and code not in WORTH_A_RETRY:
                    self._fail(f"the server closed the connection with {code}.")
            except (OSError, WebSocketException, TimeoutError):
                pass  # no connection: the server may be restarting
            self._socket = None
            await asyncio.sleep(COMES_BACK)

    def _fail(self, fault: str) -> None:
        self.fault = fault
        self._arrived.set()
        self._moved.set()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(WrongError(f"{self.name}: {fault}"))

    async def _attend(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps(self.held.hello(self._token)))
        while True:
            message = json.loads(await socket.recv())
            self._take(message)
            if message["type"] == "welcome":
                self._socket = socket
                for command in [command for command, waiting in self._waiting.items() if not waiting.done()]:
                    await self._send(command)
                self._arrived.set()

    def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                self.welcomes += 1
                self.held.welcome(message)
                self._receipts(message.get("events", ()))
            case "events":
                self.held.take(message["events"])
                self._receipts(message["events"])
            case "receipt":
                self._receipt(message)
            case "slow_down" | "not_stored":
                self.asked_to_wait += 1
                task = asyncio.create_task(self._send(message["id"], message["retry_after_ms"] / 1000))
                self._later.add(task)
                task.add_done_callback(self._later.discard)
            case "error":
                wrong(f"the server could not read a message: {message['message']}")
            case _:
                pass  # presence and people are for eyes; a client ignores what it does not know

    def _receipts(self, events: Any) -> None:  # noqa: ANN401 - events as they came
        made: dict[str, list[int]] = {}
        for event in events:
            if event["by"] == self.participant and event["command"] in self._waiting:
                made.setdefault(event["command"], []).append(event["version"])
        for command, versions in made.items():
            self.seen[command] += 1
            self._end(command, Ending("accepted", tuple(versions)))
        self._moved.set()

    def _receipt(self, message: dict[str, Any]) -> None:
        outcome = "accepted" if message["outcome"] == "duplicate" else message["outcome"]
        self._end(message["id"], Ending(outcome, tuple(message["versions"]), message.get("code"), message))

    def _end(self, command: str, ending: Ending) -> None:
        known = self.endings.setdefault(command, ending)
        if known.outcome == "accepted" and (ending.outcome, ending.versions) != (known.outcome, known.versions):
            wrong(f"a command was answered {known.versions} and then {ending.outcome} {ending.versions}.")
        if not self._waiting[command].done():
            self._waiting[command].set_result(ending)

    async def _send(self, command: str, after: float = 0) -> None:
        """Send a command if there is a connection; whatever has no answer is sent again after the next welcome."""
        await asyncio.sleep(after)
        if self._socket is not None and not self._waiting[command].done():
            with suppress(ConnectionClosed):
                await self._socket.send(json.dumps(self._commands[command]))
