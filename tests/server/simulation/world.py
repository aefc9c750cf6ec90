"""One world: a server, its disk, and the people in its rooms. `step` lets one thing happen, chosen by the seed."""

import types
from collections.abc import Callable, Coroutine, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from typing import Any, Final, cast
from unittest.mock import patch

import orjson

from domain import events as e
from domain.events import Recorded
from domain.former import DoneBy, StoodAt
from domain.vocabulary import Role
from domain.workshop import Workshop
from server.live import loading
from server.live.batch import Asked
from server.live.loading import DamagedError, UnknownRoomError
from server.live.looking_back import looked_back
from server.live.openings import opening
from server.live.planning import Outcome
from server.live.receipts import Receipts, filter_of
from server.live.room import Room
from server.live.rooms import Rooms
from server.live.seen import Seen
from server.live.shown import Loaded
from server.sockets.connection import _missing
from server.storage import codec
from server.storage.cache import MOST_VERSIONS, Cache, Snapshot
from server.storage.committer import Committer
from server.storage.log import Append, LogError, PersonKept
from server.wire.answers import Accepted, Answer, NotStored
from server.wire.protocol import Hello
from tests.server.desk import not_here
from tests.server.simulation.disk import Disk
from tests.server.simulation.judge import Judge
from tests.server.simulation.people import Person
from tests.server.simulation.writer import SlowWriter, Weather

EPOCH: Final = "epoch"
STEPS: Final = 2_000
"""Steps of one world: its rooms stay small, so that its end is checked quickly."""

ROLES: Final[Sequence[Role]] = ("facilitator", "participant", "participant", "participant", "observer")


class WatchedRoom(Room):
    """A room whose commands the judge sees."""

    judge: Judge

    def do(self, asked: Asked) -> None:
        """Have the judge note it, then decide."""
        self.judge.asking(self, asked)
        super().do(asked)


@dataclass
class Parts:
    """What a server is made of here; the mutants change one of them."""

    room: type[WatchedRoom] = WatchedRoom
    committer: type[Committer] = Committer
    writer: type[SlowWriter] = SlowWriter


class Shelf(Cache):
    """Snapshots in memory."""

    def __init__(self) -> None:
        self._canvases: dict[str, list[Snapshot]] = {}
        self._workshops: dict[str, Snapshot] = {}

    def put(self, room: str, snapshot: Snapshot) -> None:
        """Keep a snapshot."""
        self._canvases.setdefault(room, []).append(snapshot)
        if snapshot.workshop is not None:
            self._workshops[room] = snapshot

    def newest(self, room: str, upto: int = MOST_VERSIONS) -> Snapshot | None:
        """Find the newest one that has the workshop too."""
        found = self._workshops.get(room)
        return found if found is not None and found.version <= upto else None

    def version_of_workshop(self, room: str) -> int:
        """Tell its version."""
        return self._workshops[room].version if room in self._workshops else 0

    def nearest(self, room: str, version: int) -> Snapshot | None:
        """Find the newest canvas that is not beyond a version."""
        fitting = [kept for kept in self._canvases.get(room, ()) if kept.version <= version]
        return max(fitting, key=lambda kept: kept.version, default=None)


@types.coroutine
def _pause() -> Generator[None, None, None]:
    yield


class World:
    """A server and all around it."""

    def __init__(self, seed: str, parts: Parts | None = None) -> None:
        self.random = Random(seed)
        self.weather = self._weather()
        self.disk = Disk()
        self.judge = Judge(self.disk)
        self.cache = Shelf()
        self.people: list[Person] = []
        self._parts = parts or Parts()
        self._ids = [f"room{n}" for n in range(self.random.choice((1, 1, 2, 4)))]
        self.rivals: dict[str, set[int]] = {}
        self._seconds = 0
        self._start()

    def _weather(self) -> Weather:
        """Some worlds are calm, in some everything goes wrong; some disks are slow."""
        chance = self.random.choice
        return Weather(
            fails=chance((0, 0, 0.02, 0.2)),
            reads_fail=chance((0, 0, 0.003, 0.03)),
            crashes=chance((0, 0.001, 0.01)),
            rivals=chance((0, 0, 0.0005, 0.003)),
            disk=chance((0.03, 0.15, 0.4)),
        )

    def _start(self) -> None:
        """Start the server."""
        self.turns: list[Callable[[], None]] = []
        self.timers: list[Callable[[], None]] = []
        self.reloads: list[tuple[Room, Loaded | None]] = []
        self.filters: list[tuple[Receipts, Seen]] = []
        self.thoughts: list[tuple[Callable[[], Outcome], Callable[[Outcome | None], None]]] = []
        self.beginnings: list[tuple[Room, Workshop | None]] = []
        self.rooms: dict[str, Room] = {}
        self.writer = self._parts.writer(self.disk, self.judge, self.random, self.weather)
        self.committer = self._parts.committer(self.writer, self.turns.append)

    # ---- the scheduler

    def step(self) -> None:
        """Let one thing happen."""
        chance = self.random.random()
        if chance < 0.1 and self.turns:
            self.turns.pop(0)()
        elif chance < 0.1 + self.weather.disk and self.writer.job is not None:
            self.writer.step()
        elif self.reloads and chance < 0.7:
            self._reload_further()
        elif self.beginnings and chance < 0.75:
            self._begin_further()
        elif self.thoughts and chance < 0.8:
            self._think_further()
        elif chance < 0.97 and self.people:
            self.random.choice(self.people).step()
        else:
            self._something_rarer()
        if self.judge.broken is not None:
            raise self.judge.broken

    def _something_rarer(self) -> None:
        self.disk.readable = self.random.random() > 30 * self.weather.reads_fail
        chance = self.random.random()
        if chance < 0.3:
            self._look()
        elif chance < 0.4:
            due, self.timers[:] = list(self.timers), ()
            for call in due:
                call()
        elif chance < 0.5:
            while self.filters:
                receipts, seen = self.filters.pop()
                receipts.use_filter(seen)
        elif chance < 0.6:
            self._join()
        elif chance < 0.8:
            self._rest()
        elif chance < 0.8 + 30 * self.weather.crashes:
            self._crash()
        elif chance > 1 - 30 * self.weather.rivals:
            self._rival()
        elif self.people:
            self.random.choice(self.people).leave_ghosts()

    def settle(self) -> None:
        """Let everything come to its end, and check that all agree."""
        self.weather.fails = 0
        self.disk.readable = True
        for _ in range(100_000):
            waiting = [p for p in self.people if p.connection is not None and p.connection.entering is not None]
            if self.turns:
                self.turns.pop(0)()
            elif self.writer.job is not None:
                self.writer.step()
            elif self.reloads:
                self._reload_further()
            elif self.beginnings:
                self._begin_further()
            elif self.thoughts:
                self._think_further()
            elif self.timers:
                self.timers.pop(0)()
            elif waiting:
                waiting[0].step()
            else:
                break
        if self.judge.broken is not None:
            raise self.judge.broken
        self._agree()

    def end(self) -> None:
        """Leave nobody at the door: a world in which a promise was broken ends in the middle of everything."""
        for person in self.people:
            if person.connection is not None and person.connection.entering is not None:
                person.connection.entering.close()

    def _agree(self) -> None:
        fail = self.judge.fail
        if not self.committer.idle:
            fail("the committer has something left, and nothing is going on")
        self.judge.settled()
        for room in self.rooms.values():
            self._agrees(room)
        for person in self.people:
            connection = person.connection
            if connection is not None and connection.ear.closed is None:
                version = connection.room.version
                if connection.ear.version != version or connection.room is not self.rooms.get(person.room):
                    fail(f"{person.participant} was sent {connection.ear.version} of {version} events")

    def _agrees(self, room: Room) -> None:
        """Check that a room is what its log says, however it is loaded; of what a rival wrote last it can't know."""
        fail, durable = self.judge.fail, self.disk.of(room.id)
        unknown = set(range(room.version + 1, durable.version + 1))
        if not room.quiet or room.damaged or not unknown <= self.rivals.get(room.id, set()):
            fail(f"{room.id} stands at {room.version}, its log at {durable.version}; quiet {room.quiet}")
        if room.canvas != orjson.loads(durable.canvases[room.version]):
            fail(f"the canvas of {room.id} is not the fold of its log")
        for cache in (Shelf(), self.cache) if room.version and not unknown else ():
            loaded = loading.load(self.disk, cache, room.id)
            if (loaded.workshop, loaded.canvas, loaded.head.digest.hex()) != (room.workshop, room.canvas, room.digest):
                fail(f"{room.id} is not what its log says")

    # ---- the server's side

    def find(self, id_: str) -> Room | None:
        """Find a room, or load it."""
        if id_ not in self.rooms:
            try:
                loaded = loading.load_canvas(self.disk, self.cache, id_)
            except (LogError, UnknownRoomError):
                return None
            self.beginnings.append((self._new(id_, loaded), None))
        return self.rooms[id_]

    def missing(self, room: Room, hello: Hello) -> Coroutine[None, None, list[bytes] | None]:
        """Begin to find what a client missed: the program's own code, which the scheduler resumes."""
        return cast("Coroutine[None, None, list[bytes] | None]", _missing(cast("Rooms", self), room, hello))

    @property
    def log(self) -> Disk:
        """The log, as `Rooms` has it."""
        return self.disk

    async def read(self, call: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - what the call answers
        """Read on a thread, as `Rooms` does: anything may happen before, and after."""
        await _pause()
        answer = call(*arguments)
        await _pause()
        return answer

    async def events_after(self, room: Room, after: int, upto: int) -> list[bytes]:
        """Read events, as `Rooms` does."""
        return cast("list[bytes]", await self.read(loading.events_after, self.disk, Shelf(), room.id, after, upto))

    def _new(self, id_: str, loaded: Loaded) -> Room:
        room = self.rooms[id_] = self._parts.room(
            id_,
            loaded,
            epoch=EPOCH,
            log=self.disk,
            committer=self.committer,
            clock=self._clock,
            entropy=self.random.randbytes,
            later=lambda _, call: self.timers.append(call),
            reload=lambda room: self.reloads.append((room, None)),
            look_back=self._look_back,
            aside=lambda work, then: self.thoughts.append((work, then)),
            redact=not_here,
            closed=lambda _: None,
        )
        room.judge = self.judge
        return room

    def _look_back(self, room: str, wanted: StoodAt | DoneBy, asked: Asked, then: Callable[[Asked], None]) -> None:
        try:
            asked.past = looked_back(self.disk, Shelf(), room, wanted)
        except (LogError, DamagedError):
            asked.reply(NotStored(500))
        else:
            then(asked)

    def _think_further(self) -> None:
        work, then = self.thoughts.pop(self.random.randrange(len(self.thoughts)))
        then(work())

    def _clock(self) -> str:
        self._seconds += 1
        return f"2026-01-02T03:{self._seconds // 60 % 60:02d}:{self._seconds % 60:02d}.000000Z"

    def _reload_further(self) -> None:
        """Read the log, or bring a room what was read: two steps, between which anything may happen."""
        room, loaded = self.reloads.pop(self.random.randrange(len(self.reloads)))
        if loaded is not None:
            room.reloaded(loaded)
            return
        try:
            self.reloads.append((room, loading.load(self.disk, self.cache, room.id)))
        except LogError:
            room.reloaded(None)
        except UnknownRoomError:
            self.rooms.pop(room.id, None)

    def _begin_further(self) -> None:
        """Read what a room's decisions are made upon, or bring it there."""
        room, workshop = self.beginnings.pop(self.random.randrange(len(self.beginnings)))
        try:
            if workshop is not None:
                room.begin(workshop, self.disk.unindexed(room.id))
                return
            workshop = loading.load_workshop(self.disk, self.cache, room.id, room.version)
        except LogError:
            pass
        self.beginnings.append((room, workshop))

    def _begin_filter(self, room: Room) -> None:
        """Begin to make a filter, one at a time, as `Rooms` does."""
        if all(receipts is not room.receipts for receipts, _ in self.filters):
            room.receipts.begin_filter()
            self.filters.append((room.receipts, filter_of(self.disk, room.id)))

    # ---- what happens

    def _join(self) -> None:
        """Somebody joins; the first of a room opens it."""
        id_ = self.random.choice(self._ids)
        durable = self.disk.of(id_)
        if len(durable.people) > 5:
            return
        who = f"p{self.random.randrange(10**9)}"
        room = self.find(id_)
        if room is None and durable.version == 0 and id_ not in self.rooms:
            room = self._new(id_, Loaded.empty())
            role: Role = "facilitator"
            facts = opening(id_, "A castle", "en", who)
        elif room is not None and durable.version and all(room is not other for other, _ in self.beginnings):
            role = self.random.choice(ROLES)
            facts = (e.ParticipantJoined(participant=who, role=role),)
        else:
            return

        def joined(answer: Answer) -> None:
            self.judge.recorded(id_, answer)
            if isinstance(answer, Accepted):
                self.people.append(Person(self, id_, who, role))

        person = PersonKept(who, who.title(), role, who.encode())
        room.record(facts, who, joined, people=[person], invites=[])

    def _look(self) -> None:
        """Somebody reads a page: it shows what is durable."""
        for room in self.rooms.values():
            durable = self.disk.of(room.id)
            if room.version > durable.version or room.canvas_json() != durable.canvases[room.version]:
                self.judge.fail(f"the page of {room.id} at version {room.version} is not what is durable")
            if not {one["participant"] for one in room.people_list()} <= set(durable.people):
                self.judge.fail(f"the people of {room.id} have not all joined")

    def _rest(self) -> None:
        """Use a quiet moment: keep a snapshot, or let an empty room go."""
        for room in list(self.rooms.values()):
            if not room.quiet or not room.version:
                continue
            if self.random.random() < 0.5:
                self.cache.put(room.id, room.snapshot())
            elif self.random.random() < 0.5:
                self._begin_filter(room)
            if self.random.random() < 0.5 and not any(
                p.connection is not None and p.connection.room is room for p in self.people
            ):
                for person in self.people:
                    person.ghosts = [ghost for ghost in person.ghosts if ghost.room is not room]
                if not room.members:
                    del self.rooms[room.id]

    def _crash(self) -> None:
        """The server dies and starts again; what was on its way to the disk is there, or not."""
        self.writer.crash()
        self.judge.crashed()
        for person in self.people:
            person.cut()
            person.ghosts.clear()
        self._start()

    def _rival(self) -> None:
        """Another server writes to a room: what somebody has sent, or something of its own."""
        id_ = self.random.choice(self._ids)
        durable = self.disk.of(id_)
        if not durable.version or not self.disk.readable:
            return
        said = e.WorkshopDescribed(title=f"Rival {self.random.random()}")
        facilitator = next(iter(durable.people))
        recorded = Recorded(durable.version + 1, self._clock(), facilitator, None, said)
        stored, _ = codec.seal(recorded, EPOCH, durable.digests[-1], self.random.randbytes(16))
        index = self.disk.unindexed(id_) if self.random.random() < 0.3 else ()
        self.disk.append([Append(id_, (stored,), tuple(index))])
        self.rivals.setdefault(id_, set()).add(stored.version)


SMALL: Final = {
    "server.live.receipts.INDEX_EVERY": 6,
    "server.live.shown.EVENTS_KEPT": 20,
    "server.live.loading.EVENTS_KEPT": 20,
    "domain.evolving.moment.TEXTS_KEPT": 3,
}
"""Limits that small rooms reach too, so that what lies behind them is lived through."""


def run(seed: str, steps: int, parts: Parts | None = None) -> World:
    """Live through one world to its end. Raises BrokenPromiseError."""
    with ExitStack() as limits:
        for name, value in SMALL.items():
            limits.enter_context(patch(name, value))
        world = World(seed, parts)
        try:
            for _ in range(steps):
                world.step()
            world.settle()
        finally:
            world.end()
    return world
