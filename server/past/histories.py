"""The histories of the live rooms, brought to the log when somebody asks and in quiet moments.

The work is done on the reading threads, a page at a time, so that it holds up neither the rooms nor other reading.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final
from weakref import WeakValueDictionary

from server.live.loading import DamagedError
from server.live.room import Room
from server.live.rooms import Rooms
from server.past.following import Follower
from server.past.history import History

logger = logging.getLogger("kern.histories")

PAUSE: Final = 0.02
"""Seconds between two pages where nobody waits for them, and others are at work."""

BUSY: Final = 1.0
"""Seconds after a change in which others count as being at work."""


class Histories:
    """All histories of one server, on its event loop."""

    def __init__(self, rooms: Rooms, history: History, follower: Follower | None = None) -> None:
        self._rooms, self.history = rooms, history
        self._follower = follower or Follower(rooms.log, rooms.cache, history)
        self._working: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._renewing: dict[str, asyncio.Task[None]] = {}
        self._unreadable: set[str] = set()
        self._closing, self._commits, self._busy_until = False, 0, 0.0
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
        try:
            await self._bring(room, room.version, waited_for=False)
        except DamagedError as error:
            self._unreadable.add(room.id)
            logger.warning("the history of room %s can't be followed: %s", room.id, error)

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
        lock = self._working.setdefault(room.id, asyncio.Lock())
        while not self._closing:
            async with lock:
                if await self._rooms.read(step, room.id, upto):
                    return
            await asyncio.sleep(0 if waited_for else self._pause())

    def _pause(self) -> float:
        """Seconds to leave to others: none where nobody's change was written for a while."""
        now = time.monotonic()
        before, self._commits = self._commits, self._rooms.committer.commits
        if self._commits != before:
            self._busy_until = now + BUSY
        return PAUSE if now < self._busy_until else 0
