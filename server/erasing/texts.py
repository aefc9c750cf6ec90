"""Taking a text out of a live room: what it is made of is looked up, written, and everything made from it dropped.

The room decides nothing meanwhile; what is asked for waits, in order. Nothing is read of it either while the log
forgets, so that no canvas is being made of what is just going. Only then does anybody hear of it. Other rooms go on:
the work is done on threads of its own.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from domain.commands import Redact
from domain.errors import Rejected
from server.erasing.eraser import Eraser
from server.live import borne
from server.live.batch import Asked
from server.live.loading import DamagedError
from server.live.refolding import refolded
from server.live.room import Room
from server.live.rooms import Rooms
from server.live.shown import Loaded
from server.live.withholding import RETRY_MS
from server.storage.log import LogError
from server.wire.answers import Answer, NotStored, Refused, Unchanged

T = TypeVar("T")

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
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="kern-redacting")
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
        self._threads.shutdown()

    async def _redact(self, room: Room, asked: Asked, command: Redact) -> None:
        try:
            async with self._one:
                while not room.still:  # noqa: ASYNC110 - a commit is some milliseconds away, and this is rare
                    await asyncio.sleep(PAUSE)
                if room.deciding:  # the log had to be read anew meanwhile, and with it everything was taken up again
                    room.do(asked)
                    return
                await self._taken_out(room, asked, command)
        except DamagedError:
            logger.exception("room %s can't be read and is out of service", room.id)
            room.damage()
        except Exception:
            logger.exception("room %s: a text could not be taken out", room.id)
            room.damage()

    async def _taken_out(self, room: Room, asked: Asked, command: Redact) -> None:
        try:
            found = await self._on_thread(
                borne.find, self._rooms.log, room.id, command.version, command.pointer, room.version
            )
        except Rejected as rejection:
            room.go_on(asked, Refused(rejection.code, rejection.data))
            return
        except LogError:
            room.go_on(asked, NotStored(RETRY_MS))
            return
        if found is None:
            room.go_on(asked, Unchanged())
            return
        async with self._rooms.readers.kept_from(room.id):
            if not await self._written(room, asked, command, found):
                return  # the room reads the log anew, and goes on from there
            anew = asyncio.ensure_future(self._anew(room, before=min(found.places)))
            await _insisting(room, self._on_thread, self._eraser.forget, room.id)
        await _insisting(room, self._rooms.write, self._eraser.settle)
        room.redacted(await anew)

    async def _written(self, room: Room, asked: Asked, command: Redact, found: borne.Found) -> bool:
        """Have the log forget the text; False where that could not be written."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        room.take_out(asked, command, found, answered.set_result)
        return not isinstance(await answered, NotStored)

    async def _anew(self, room: Room, before: int) -> Loaded:
        rooms = self._rooms
        return await _insisting(room, self._on_thread, refolded, rooms.log, rooms.cache, room.id, before)

    async def _on_thread(self, call: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)


async def _insisting(room: Room, do: Callable[..., Awaitable[T]], *arguments: object) -> T:
    """Do what must not be left undone, again and again until it is done."""
    while True:
        try:
            return await do(*arguments)
        except LogError as error:
            logger.warning("room %s: a text that was taken out is not gone yet: %s", room.id, error)
            await asyncio.sleep(AGAIN)
