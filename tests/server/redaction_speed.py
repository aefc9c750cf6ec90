"""What taking a text out of a long room costs, and whom: `python -m tests.server.redaction_speed --keep FOLDER`.

A room of 100,000 events lies beside rooms in which people edit. Measured from outside, as clients see it: from the
command to its receipt, how long commands in the long room wait and joining it is refused, and what edits and signs of
life (`ping`) in the other rooms take, at rest and meanwhile. Then the same for a name, by a facilitator and by `kern
erase`.
FOLDER is as tests.server.history_speed keeps it, and stays as it is: all is done in a copy.
"""

import argparse
import asyncio
import contextlib
import io
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from websockets.asyncio.client import ClientConnection, connect

from server.commands.rebuilding import rebuild
from tests.server.history_speed import ROOM, TOKEN, filled
from tests.support.calls import Http, Room
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import KERN, Server

OTHERS: Final = 3
PAUSE: Final = 0.02
"""Seconds between two edits of the same person."""

LOOKING: Final = 0.2
"""Seconds between two times that somebody looks or joins."""

REST: Final = 4.0
TOO_LONG: Final = 60.0


class Hand:
    """One connection that asks and waits for the answer."""

    def __init__(self, socket: ClientConnection, canvas: Json) -> None:
        self._socket, self.canvas, self._pings = socket, canvas, 0

    @classmethod
    @contextlib.asynccontextmanager
    async def opened(cls, port: int, room: str, token: str) -> AsyncIterator["Hand"]:
        """Enter a room."""
        url = f"ws://127.0.0.1:{port}/api/rooms/{room}/live"
        async with connect(url, compression=None, max_size=2**27, open_timeout=TOO_LONG) as socket:
            await socket.send(
                json.dumps({"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None})
            )
            yield cls(socket, json.loads(await socket.recv())["canvas"])

    async def do(self, action: str, **fields: Any) -> Json:  # noqa: ANN401 - any fields
        """Send a command, and give the message that answers it; it is sent again where nothing was stored."""
        id_ = new_id()
        while True:
            await self._say({"type": "do", "id": id_, "action": action, **fields})
            message = await self._hear(lambda m: id_ in (m.get("id"), *(e["command"] for e in m.get("events", ()))))
            if message["type"] != "not_stored":
                return message
            await asyncio.sleep(message["retry_after_ms"] / 1_000)

    async def ping(self) -> None:
        """Wait for a sign of life."""
        self._pings += 1
        await self._say({"type": "ping", "n": self._pings})
        await self._hear(lambda m: m["type"] == "pong" and m["n"] == self._pings)

    async def note(self, text: str, id_: str = "") -> int:
        """Add a note; the version."""
        message = await self.do("add_note", note=id_ or new_id(), block="channels", text=text)
        assert message["type"] == "events", message
        return int(message["to"])

    async def _say(self, message: Json) -> None:
        await self._socket.send(json.dumps(message))

    async def _hear(self, wanted: Callable[[Json], bool]) -> Json:
        while True:
            message = json.loads(await self._socket.recv())
            if wanted(message):
                return dict(message)


@dataclass
class Times:
    """When something was asked, and after how many milliseconds it was there; `refused` counts what came to nothing."""

    taken: list[tuple[float, float]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    async def again_and_again(self, do: Callable[[], Awaitable[object]], pause: float) -> None:
        """Do something until this is cancelled."""
        while True:
            begun = time.perf_counter()
            answer = await do()
            if answer is False:
                self.refused.append(begun)
            else:
                self.taken.append((begun, (time.perf_counter() - begun) * 1_000))
            await asyncio.sleep(pause)

    def told(self, begin: float, end: float) -> str:
        """Say what was asked for while something was going on."""
        found = sorted(took for at, took in self.taken if at < end and at + took / 1_000 > begin)
        refused = [at for at in self.refused if begin <= at <= end]
        during = f", refused {len(refused)} times for {refused[-1] - refused[0]:.2f} s" if refused else ""
        if not found:
            return f"never{during}"
        p50, p95, worst = found[len(found) // 2], found[len(found) * 95 // 100], found[-1]
        return f"p50 {p50:>7.1f}  p95 {p95:>7.1f}  worst {worst:>7.1f} ms  ({len(found)}{during})"


class Beside:
    """What goes on beside: edits and signs of life in other rooms; commands, joining and looking in the long one."""

    def __init__(self) -> None:
        self.watched: dict[str, Times] = {}

    def watch(self, one: "Done") -> Coroutine[None, None, None]:
        """Time something until the end."""
        return self.watched.setdefault(one.what, Times()).again_and_again(one.do, one.pause)

    def told(self, what: str, begin: float, end: float) -> None:
        """Print what it was like meanwhile."""
        print(what, flush=True)
        for name, times in self.watched.items():
            print(f"    {name:42}{times.told(begin, end)}", flush=True)


class Done(NamedTuple):
    """Something that somebody does again and again."""

    what: str
    do: Callable[[], Awaitable[object]]
    pause: float = PAUSE


class Place(NamedTuple):
    """A text of the long room."""

    what: str
    version: int
    pointer: str


class Doing:
    """What people do while something is taken out."""

    def __init__(self, server: Server, stack: contextlib.AsyncExitStack) -> None:
        self._server, self._http, self._stack = server, server.http, stack
        self._invite, self._joined = "", 0

    async def enter(self, room: str, token: str) -> Hand:
        """Bring somebody into a room."""
        return await self._stack.enter_async_context(Hand.opened(self._server.port, room, token))

    async def in_the_long_room(self, guest: Hand) -> list[Done]:
        """Say what is done there."""
        made = self._http.call("POST", f"/api/rooms/{ROOM}/invites", {"role": "participant"}, f"{TOKEN}0")
        self._invite = str(made.json["invite"])
        return [
            Done("commands in the long room", lambda: guest.note("Meanwhile")),
            Done("joining it", self._join, LOOKING),
            Done("its canvas", lambda: self._look(ROOM, f"{TOKEN}1", "canvas"), LOOKING),
        ]

    async def in_another(self) -> list[Done]:
        """Open a room, and say what is done there."""
        room = Room.open(self._http)
        editor, other = await self.enter(room.id, room.token), await self.enter(room.id, room.token)
        return [
            Done("edits in other rooms", await typing(editor)),
            Done("signs of life there", other.ping),
            Done("an earlier canvas there", lambda: self._look(room.id, room.token, "canvas?version=2"), LOOKING),
            Done("revisions there", lambda: self._look(room.id, room.token, "revisions?limit=10"), LOOKING),
        ]

    async def _join(self) -> bool:
        self._joined += 1
        body = {"invite": self._invite, "name": f"Guest {self._joined}"}
        return await self._call("POST", f"{ROOM}/join", body)

    async def _look(self, room: str, token: str, path: str) -> bool:
        return await self._call("GET", f"{room}/{path}", None, token)

    async def _call(self, method: str, path: str, body: Json | None = None, token: str | None = None) -> bool:
        reply = await asyncio.to_thread(self._http.call, method, f"/api/rooms/{path}", body, token)
        return reply.status == 200


async def measure(server: Server, places: list[Place]) -> None:
    """Take texts out, and names, while others go on."""
    beside = Beside()
    async with contextlib.AsyncExitStack() as stack, asyncio.TaskGroup() as going:
        doing = Doing(server, stack)
        host, guest = await doing.enter(ROOM, f"{TOKEN}0"), await doing.enter(ROOM, f"{TOKEN}1")
        await host.note("Everything is loaded")
        done = await doing.in_the_long_room(guest)
        for _ in range(OTHERS):
            done += await doing.in_another()
        tasks = [going.create_task(beside.watch(one)) for one in done]
        await asyncio.sleep(REST)
        now = time.perf_counter()
        beside.told("at rest", now - REST + 1, now)
        for place in places:
            what = f"a text, {place.what} (version {place.version})"
            await timed(beside, what, lambda place=place: _redacted(host, place))  # type: ignore[misc]
            await asyncio.to_thread(server.http.get, f"/api/rooms/{ROOM}/revisions?limit=1", f"{TOKEN}0")
        await timed(beside, "a name, by its facilitator", lambda: asyncio.to_thread(_erased, server.http, "p5"))
        await timed(beside, "a name, by `kern erase`", lambda: asyncio.to_thread(_kern_erase, server, "p6"))
        for task in tasks:
            task.cancel()


def _erased(http: Http, participant: str) -> None:
    reply = http.call("DELETE", f"/api/rooms/{ROOM}/people/{participant}/name", token=f"{TOKEN}0")
    assert reply.status == 204, reply.content


def _kern_erase(server: Server, participant: str) -> None:
    command = [str(KERN), "erase", ROOM, participant, "--data", str(server.data)]
    subprocess.run(command, check=True, capture_output=True, timeout=TOO_LONG)


async def _redacted(hand: Hand, place: Place) -> None:
    message = await hand.do("redact", version=place.version, pointer=place.pointer, reason="A name")
    assert message["type"] == "events", message


async def typing(hand: Hand) -> Callable[[], Awaitable[object]]:
    """Write a note, and answer what writes on it."""
    note = new_id()
    base, number = await hand.note("Mine", note), 0

    async def edit() -> None:
        nonlocal base, number
        number += 1
        message = await hand.do("reword_note", note=note, text=f"Mine, for the {number}th time", base=base)
        assert message["type"] == "events", message
        base = message["to"]

    return edit


async def timed(beside: Beside, what: str, do: Callable[[], Awaitable[object]]) -> None:
    begin = time.perf_counter()
    await do()
    end = time.perf_counter()
    await asyncio.sleep(2)  # what waited comes through, and is counted
    beside.told(f"{what}: {end - begin:.2f} s", begin, end)


def somewhere(http: Http) -> list[Place]:
    """Find a late rewording, one in the middle, and an early one: each takes along what is kept of later versions."""
    head = int(http.get(f"/api/rooms/{ROOM}/canvas", f"{TOKEN}0")["version"])
    found = []
    for what, after in (("late", head - 1_000), ("in the middle", head // 2), ("early", 600)):
        page = http.get(f"/api/rooms/{ROOM}/events?after={after}&limit=100", f"{TOKEN}0")["events"]
        one = next(event for event in page if event["type"] == "ActivityReworded")
        found.append(Place(what, one["version"], one["words"][0]))
    return found


def main() -> None:
    """Copy the folder, start a server on it, and ask it."""
    parser = argparse.ArgumentParser(description="Taking a text, or a name, out of a long room while others go on.")
    parser.add_argument("--events", type=int, default=100_000, help="(%(default)s)")
    parser.add_argument("--cards", type=int, default=500, help="(%(default)s)")
    parser.add_argument("--keep", type=Path, help="a folder in which the room is, or will be")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kern-") as temporary:
        data = Path(temporary) / "data"
        if given.keep:
            filled(given.keep, given.events, given.cards)
            shutil.copytree(given.keep, data)
        else:
            filled(data, given.events, given.cards)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            assert rebuild(data) == 0
        server = Server(data, "--commands-per-second", "0").start()
        try:
            server.http.get(f"/api/rooms/{ROOM}/revisions?limit=1", f"{TOKEN}0")
            asyncio.run(measure(server, somewhere(server.http)))
        finally:
            server.terminate()
            print(server.complaints())


if __name__ == "__main__":
    main()
