"""The histories of the live rooms, brought to the log when somebody asks and in quiet moments.

The work is done on the reading threads, a page at a time, so that it holds up neither the rooms nor other reading.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from weakref import WeakValueDictionary

from server.live.loading import DamagedError
from server.live.room import Room
from server.live.rooms import Rooms
from server.past.following import Follower
from server.past.history import History
from server.past.leisure import Leisure

logger = logging.getLogger("kern.histories")


class Histories:
    """All histories of one server, on its event loop."""

    def __init__(
        self, rooms: Rooms, history: History, follower: Follower | None = None, leisure: Leisure | None = None
    ) -> None:
        self._rooms, self.history = rooms, history
        self._follower = follower or Follower(rooms.log, rooms.cache, history)
        self._working: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._renewing: dict[str, asyncio.Task[None]] = {}
        self._following: dict[str, bool] = {}
        self._unreadable: set[str] = set()
        self._turn = asyncio.Lock()
        self._leisure = leisure or Leisure(lambda: rooms.committer.commits, time.monotonic)
        self._closing = False
        rooms.follow = self.follow

    async def reach(self, room: Room) -> int:
        """Bring a room's history to what is durable now; that version. Raises DamagedError, LogError."""
        upto = room.version
        await self._bring(room, upto, waited_for=True)
        return upto

    async def follow(self, room: Room) -> None:
        """Use a quiet moment. What can't be read of a room is told to who asks for it, and said once here."""
        if room.damaged or room.id in self._unreadable:
            return
        under_way = room.id in self._following
        self._following[room.id] = True
        if under_way:
            return
        try:
            while self._following[room.id] and not self._closing:
                self._following[room.id] = False  # until it is asked for again meanwhile
                await self._bring(room, room.version, waited_for=False)
        except DamagedError as error:
            self._unreadable.add(room.id)
            logger.warning("the history of room %s can't be followed: %s", room.id, error)
        finally:
            del self._following[room.id]

    async def close(self) -> None:
        """Leave what is under way: it is taken up again some other time."""
        self._closing = True
        for task in list(self._renewing.values()):
            await task

    async def _bring(self, room: Room, upto: int, *, waited_for: bool) -> None:
        await self._paged(room, self._follower.follow, upto, waited_for=waited_for)
        outdated = await self._rooms.read(self._follower.outdated, room.id)
        if outdated and room.id not in self._renewing and not self._closing:
            self._renewing[room.id] = asyncio.ensure_future(self._renew(room))

    async def _renew(self, room: Room) -> None:
        """Make a large history anew, while the one that other code made is read."""
        try:
            await self._paged(room, self._follower.renew, room.version, waited_for=False)
        except Exception:
            logger.warning("the history of room %s could not be made anew", room.id, exc_info=True)
        finally:
            del self._renewing[room.id]

    async def _paged(self, room: Room, step: Callable[[str, int], bool], upto: int, *, waited_for: bool) -> None:
        """Take steps until it is there; between two of them others have their turn."""
        there = False
        while not there and not self._closing:
            if waited_for:
                there = await self._taken(room, step, upto)
                await asyncio.sleep(0)
                continue
            async with self._turn:
                start = time.monotonic()
                there = await self._taken(room, step, upto)
                await self._rest(time.monotonic() - start)

    async def _taken(self, room: Room, step: Callable[[str, int], bool], upto: int) -> bool:
        """Take a step on a thread, one at a time in a room; none where the server stops, and the rest is left."""
        if self._closing:
            return True
        async with self._working.setdefault(room.id, asyncio.Lock()):
            return await self._rooms.read(step, room.id, upto)

    async def _rest(self, spent: float) -> None:
        """Leave time to people, unless the server stops."""
        if not self._closing:
            await asyncio.sleep(self._leisure.pause(spent))
