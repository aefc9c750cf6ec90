"""Taking a text out of a live room: what it is made of is looked up, written, and everything made from it dropped.

The room decides nothing meanwhile; what is asked for waits, in order. Nothing is read either while the log forgets, so
that no canvas is being made of what is just going. Only then does anybody hear of it.
"""

import asyncio
import logging
from typing import Final

from domain.commands import Redact
from domain.errors import Rejected
from server import borne, loading
from server.answers import Answer, NotStored, Refused, Unchanged
from server.batch import Asked
from server.eraser import Eraser
from server.loading import DamagedError
from server.log import LogError
from server.room import RETRY_MS, Room
from server.rooms import Rooms

logger = logging.getLogger("kern.redacting")

AGAIN: Final = 0.5
"""Seconds between two tries to do what must not be left undone."""

PAUSE: Final = 0.005


class Redacting:
    """What is taken out on one server, one text after another, on its event loop."""

    def __init__(self, rooms: Rooms, eraser: Eraser) -> None:
        self._rooms, self._eraser = rooms, eraser
        self._one = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        rooms.redact = self.redact

    def redact(self, room: Room, asked: Asked, command: Redact) -> None:
        """Begin to take a text out of a room, which holds what it is asked for until this is done."""
        task = asyncio.ensure_future(self._redact(room, asked, command))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Finish what is under way."""
        for task in list(self._tasks):
            await task

    async def _redact(self, room: Room, asked: Asked, command: Redact) -> None:
        try:
            async with self._one:
                while not room.still:  # noqa: ASYNC110 - a commit is some milliseconds away, and this is rare
                    await asyncio.sleep(PAUSE)
                if room.deciding:  # the log had to be read anew meanwhile, and with it everything was taken up again
                    room.do(asked)
                    return
                await self._taken_out(room, asked, command)
        except Exception:
            logger.exception("room %s: a text could not be taken out", room.id)
            room.damage()

    async def _taken_out(self, room: Room, asked: Asked, command: Redact) -> None:
        rooms, log = self._rooms, self._rooms.log
        try:
            found = await rooms.read(borne.find, log, room.id, command.version, command.pointer, room.version)
        except Rejected as rejection:
            room.go_on(asked, Refused(rejection.code, rejection.data))
            return
        except LogError:
            room.go_on(asked, NotStored(RETRY_MS))
            return
        if found is None:
            room.go_on(asked, Unchanged())
            return
        async with rooms.alone() as alone:
            answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            room.take_out(asked, command, found, answered.set_result)
            if isinstance(await answered, NotStored):
                return  # the room reads the log anew, and goes on from there
            while True:
                try:
                    await alone(self._eraser.forget, room.id)
                    break
                except LogError as error:
                    logger.warning("room %s: what was made from a text is not gone yet: %s", room.id, error)
                    await asyncio.sleep(AGAIN)
        await self._shown(room)

    async def _shown(self, room: Room) -> None:
        while True:
            try:
                await self._rooms.write(self._eraser.settle)
                room.redacted(await self._rooms.read(loading.load, self._rooms.log, self._rooms.cache, room.id))
            except DamagedError:
                logger.exception("room %s can't be read and is out of service", room.id)
                room.damage()
            except LogError as error:
                logger.warning("room %s: a text that was taken out is not gone yet: %s", room.id, error)
                await asyncio.sleep(AGAIN)
                continue
            return
