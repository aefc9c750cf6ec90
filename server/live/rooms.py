"""The live rooms: loaded when somebody comes, let go when nobody has been there for a while."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, TypeVar

from domain.commands import Redact
from domain.former import DoneBy, StoodAt
from domain.workshop import Workshop
from server.live import loading
from server.live.batch import Asked
from server.live.loading import DamagedError, UnknownRoomError
from server.live.looking_back import looked_back
from server.live.pace import Pace
from server.live.planning import Outcome
from server.live.readers import ANY, Readers
from server.live.receipts import filter_of
from server.live.room import Room
from server.live.shown import Loaded
from server.live.withholding import RETRY_MS
from server.storage.cache import EVERY, Cache, Snapshot
from server.storage.committer import Committer
from server.storage.log import CommandKept, Log, LogError
from server.storage.writing import ThreadWriter
from server.wire.answers import NotStored

logger = logging.getLogger("kern.rooms")

T = TypeVar("T")

TICK: Final = 1.0
"""Seconds between two looks at what is at rest."""

IDLE: Final = 120
"""Looks after which a room that nobody is in is let go."""

WELCOME_FIRST: Final = 0.02
"""Seconds that a room which is being loaded leaves to the welcome: loading the rest holds up everything else."""

PATIENCE: Final = 5.0
"""Seconds that a server which is to stop waits for a log that can't be read."""

REDACTING: Final = 10.0
"""Seconds for which a joining waits while a text is being taken out; who comes later is to come again."""

PAUSE: Final = 0.02

TAIL: Final = 400
"""Events since the last snapshot after which a quiet moment is used for the next one, even in a busy room."""


def utc_now() -> str:
    """Tell the time as events have it: RFC 3339 in UTC, always six digits behind the second."""
    seconds, rest = divmod(time.time_ns() // 1_000, 1_000_000)
    return f"{_second(seconds)}.{rest:06d}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class Entropy:
    """Random bytes from the system, asked for many at a time: each asking costs as much as the rest of a salt."""

    def __init__(self) -> None:
        self._bytes, self._at = b"", 0

    def take(self, count: int) -> bytes:
        """Give bytes that nobody was given before."""
        at, self._at = self._at, self._at + count
        if self._at > len(self._bytes):
            self._bytes, at, self._at = os.urandom(4_096), 0, count
        return self._bytes[at : self._at]


class Keeping:
    """What is known of a live room beside itself: how long it rests, and what was kept of it."""

    def __init__(self, room: Room, kept: int) -> None:
        self.room, self.kept, self.seen, self.resting = room, kept, room.version, 0
        self.canvas_kept, self.followed = kept, 0
        self.paces: dict[str, Pace] = {}
        self.beginning: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Rooms:
    """All live rooms of one server, on one event loop."""

    def __init__(self, log: Log, cache: Cache, epoch: str, commands_per_second: int) -> None:
        self.log, self.cache, self.epoch = log, cache, epoch
        self.commands_per_second = commands_per_second
        self._loop = asyncio.get_running_loop()
        self.writer = ThreadWriter(log, self._loop.call_soon_threadsafe)
        self.committer = Committer(self.writer, self._loop.call_soon)
        self.redact: Callable[[Room, Asked, Redact], None] | None = None
        self.readers = Readers()
        self._live: dict[str, Keeping] = {}
        self._loading: dict[str, asyncio.Future[Room]] = {}
        self._beside = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self.draining = False
        self._entropy = Entropy().take
        self.follow: Callable[[Room], Coroutine[None, None, None]] | None = None
        self.closed: Callable[[Room], Coroutine[None, None, None]] | None = None
        self._ticking = self._loop.create_task(self._tick())

    def __len__(self) -> int:
        return len(self._live)

    @property
    def people(self) -> int:
        """How many people are connected, in all rooms."""
        return sum(keeping.room.gathering.size for keeping in self._live.values())

    async def read(self, call: Callable[..., T], *arguments: object, of: str = ANY) -> T:
        """Call something that reads, on a thread for it; see Readers."""
        return await self.readers.read(call, *arguments, of=of)

    async def write(self, call: Callable[..., T], *arguments: object) -> T:
        """Call something that writes beside the events, one after another, on a thread."""
        await self.readers.turn(*(each for each in arguments if isinstance(each, str)))
        async with self._beside:
            return await self.read(call, *arguments)

    async def get(self, id_: str) -> Room:
        """Find a room that can be seen; what it is asked for may have to wait. Raises as `loading.load` does."""
        keeping = self._live.get(id_)
        if keeping is not None:
            keeping.resting = 0
            if keeping.room.damaged:
                raise DamagedError(id_)
            return keeping.room
        if id_ not in self._loading:
            self._loading[id_] = asyncio.ensure_future(self._load(id_))
        return await asyncio.shield(self._loading[id_])

    async def begun(self, room: Room) -> None:
        """Wait until a room decides: something is to be recorded in it."""
        await asyncio.shield(self._live[room.id].beginning)
        patience = REDACTING
        while not (room.deciding or room.damaged) and patience > 0:
            await asyncio.sleep(PAUSE)
            patience -= PAUSE

    def create(self, id_: str) -> Room:
        """Begin a room that is not in the log yet."""
        room = self._new(id_, Loaded.empty())
        self._live[id_].beginning.set_result(None)
        return room

    def forget(self, room: Room) -> None:
        """Drop a room that could not be begun."""
        self._live.pop(room.id, None)

    def live(self, id_: str) -> Room | None:
        """Give a room if it is live."""
        keeping = self._live.get(id_)
        return None if keeping is None else keeping.room

    def pace(self, room: Room, participant: str) -> Pace:
        """Find a participant's pace, which all their connections share."""
        paces = self._live[room.id].paces
        if participant not in paces:
            paces[participant] = Pace(self.commands_per_second, time.monotonic)
        return paces[participant]

    async def canvas_at(self, room: Room, version: int) -> dict[str, object]:
        """Fold the canvas of an earlier version."""
        return await self.read(loading.canvas_at, self.log, self.cache, room.id, version)

    async def events_after(self, room: Room, after: int, upto: int) -> list[bytes]:
        """Encode the events behind a version, up to another."""
        kept = room.behind(after)
        if kept is not None:
            return kept[: upto - after]
        return await self.read(loading.events_after, self.log, self.cache, room.id, after, upto)

    async def drain(self) -> None:
        """Commit all that was taken, then close every connection; nothing new is taken."""
        self.draining = True
        for keeping in self._live.values():
            keeping.room.closing = True
        await self._committed()
        for keeping in self._live.values():
            for member in list(keeping.room.members):
                member.dismiss(4503)

    async def close(self) -> None:
        """Keep snapshots of what changed, and let go of everything."""
        self._ticking.cancel()
        await self._committed()
        await self._loop.run_in_executor(None, self.writer.stop)
        for keeping in self._live.values():
            if keeping.room.quiet and keeping.kept < keeping.room.version:
                await self._tidy(self._keep(keeping))
        self.readers.close()

    async def _committed(self) -> None:
        """Wait until nothing gathers and nothing is being written; while the log can't be read, not for ever."""
        patience = PATIENCE
        while not self.committer.idle and patience > 0:
            await asyncio.sleep(0.01)
            patience -= 0.01 if self.writer.asking else 0
        if not self.committer.idle:
            logger.error("the log can't be read: what became of the last batch will show when the server starts again")

    async def _load(self, id_: str) -> Room:
        try:
            loaded = await self.read(loading.load_canvas, self.log, self.cache, id_)
        except DamagedError:
            logger.exception("room %s can't be read and is out of service", id_)
            raise
        finally:
            del self._loading[id_]
        room = self._new(id_, loaded)
        self._do_beside(self._begin(self._live[id_]))
        return room

    async def _begin(self, keeping: Keeping) -> None:
        """Load what a room's decisions are made upon: first of all who came gets the welcome."""
        room = keeping.room
        try:
            await asyncio.sleep(WELCOME_FIRST)
            room.begin(*await self._decisive(room))
        except Exception:
            logger.exception("room %s can't be read and is out of service", room.id)
            room.damage()
        finally:
            keeping.beginning.set_result(None)
        if not room.damaged:
            await self._tidy(self._filter(room))

    async def _decisive(self, room: Room) -> tuple[Workshop, list[CommandKept]]:
        while True:
            try:
                workshop = await self.read(loading.load_workshop, self.log, self.cache, room.id, room.version)
                return workshop, await self.read(self.log.unindexed, room.id)
            except LogError as error:
                logger.warning("room %s can't be loaded yet: %s", room.id, error)
                await asyncio.sleep(TICK / 2)

    def _new(self, id_: str, loaded: Loaded) -> Room:
        room = Room(
            id_,
            loaded,
            epoch=self.epoch,
            log=self.log,
            committer=self.committer,
            clock=utc_now,
            entropy=self._entropy,
            later=self._loop.call_later,
            reload=self._reload,
            look_back=self._look_back,
            aside=self._aside,
            redact=self._redact,
            closed=self._closed,
        )
        self._live[id_] = Keeping(room, loaded.kept)
        return room

    def _reload(self, room: Room) -> None:
        self._do_beside(self._reloaded(room))

    def _look_back(self, room: str, wanted: StoodAt | DoneBy, asked: Asked, then: Callable[[Asked], None]) -> None:
        self._do_beside(self._looked_back(room, wanted, asked, then))

    async def _looked_back(
        self, room: str, wanted: StoodAt | DoneBy, asked: Asked, then: Callable[[Asked], None]
    ) -> None:
        """Find what a decision needs of the past, and let the room go on with it."""
        try:
            asked.past = await self.read(looked_back, self.log, self.cache, room, wanted)
            then(asked)
        except (DamagedError, LogError) as error:
            logger.warning("room %s: its past can't be read: %s", room, error)
            asked.reply(NotStored(RETRY_MS))
        except Exception:
            logger.exception("room %s: a command that had waited brought up a fault of ours", room)
            asked.reply(NotStored(RETRY_MS))

    def _aside(self, work: Callable[[], Outcome], then: Callable[[Outcome | None], None]) -> None:
        self._do_beside(self._thought(work, then))

    async def _thought(self, work: Callable[[], Outcome], then: Callable[[Outcome | None], None]) -> None:
        """Think something through on a thread of its own: a room waits for it, so it waits for no reading."""
        plan: Outcome | None = None
        try:
            plan = await asyncio.to_thread(work)
        except Exception:
            logger.exception("a command brought up a fault of ours")
        try:
            then(plan)
        except Exception:
            logger.exception("a command that had been decided brought up a fault of ours")

    def _redact(self, room: Room, asked: Asked, command: Redact) -> None:
        if self.redact is None:
            raise RuntimeError("this server was put together without what takes texts out")
        self.redact(room, asked, command)

    def _closed(self, room: Room) -> None:
        """An iteration was closed, and that is durable."""
        if self.closed:
            self._do_beside(self._tidy(self.closed(room)))

    def _do_beside(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _reloaded(self, room: Room) -> None:
        try:
            loaded = await self.read(loading.load, self.log, self.cache, room.id)
        except UnknownRoomError:
            self.forget(room)
        except LogError:
            await asyncio.sleep(TICK / 2)
            room.reloaded(None)
        except Exception:
            logger.exception("room %s can't be read and is out of service", room.id)
            room.damage()
        else:
            room.reloaded(loaded)

    async def _tick(self) -> None:
        """Use quiet moments for snapshots, and let go of rooms that nobody is in."""
        while True:
            await asyncio.sleep(TICK)
            for keeping in list(self._live.values()):
                await self._tidy(self._rest(keeping))

    async def _tidy(self, work: Coroutine[None, None, None]) -> None:
        """Do what may as well be done another time: whatever goes wrong with it, the server goes on."""
        try:
            await work
        except Exception:
            logger.warning("a room could not be tidied up", exc_info=True)

    async def _rest(self, keeping: Keeping) -> None:
        room = keeping.room
        at_rest = room.version == keeping.seen
        tail = room.version - keeping.kept
        keeping.seen = room.version
        if room.quiet and tail and (at_rest or tail >= TAIL):
            await self._keep(keeping)
        elif room.deciding and room.version // EVERY > keeping.canvas_kept // EVERY:
            await self._keep_canvas(keeping)
        if room.receipts.wants_filter:
            await self._filter(room)
        if self.follow and (at_rest or room.version - keeping.followed >= TAIL) and room.version > keeping.followed:
            keeping.followed = room.version
            self._do_beside(self._tidy(self.follow(room)))
        keeping.resting = 0 if room.members or not at_rest else keeping.resting + 1
        if keeping.resting > IDLE and room.quiet and self._live.get(room.id) is keeping and not room.members:
            del self._live[room.id]

    async def _filter(self, room: Room) -> None:
        """Make the filter that saves a room nearly all looks into the index of commands."""
        receipts = room.receipts
        receipts.begin_filter()
        receipts.use_filter(await self.read(filter_of, self.log, room.id))

    async def _keep(self, keeping: Keeping) -> None:
        snapshot = keeping.room.snapshot()
        await self._put(keeping.room, snapshot)
        keeping.kept = keeping.canvas_kept = snapshot.version

    async def _keep_canvas(self, keeping: Keeping) -> None:
        """In a room that is never quiet the canvas at least is kept."""
        snapshot = keeping.room.canvas_snapshot()
        await self._put(keeping.room, snapshot)
        keeping.canvas_kept = snapshot.version

    async def _put(self, room: Room, snapshot: Snapshot) -> None:
        """Keep a snapshot, unless a text of it may have been taken out before its turn comes."""
        withheld = room.withheld

        def put() -> None:
            if room.withheld == withheld:
                self.cache.put(room.id, snapshot)

        await self.read(put, of=room.id)
