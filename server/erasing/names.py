"""Erasing while the server runs: the live rooms show at once what is gone."""

import asyncio
import logging
from functools import partial
from typing import Final

from server.erasing.eraser import Eraser
from server.live.room import Room
from server.live.rooms import Rooms
from server.storage.log import LogError

logger = logging.getLogger("kern.erasing")

LOOK: Final = 1.0
"""Seconds between two looks at whether somebody has added to the file of erasures: `kern erase` does."""


class Erasing:
    """What is erased on one server, on its event loop."""

    def __init__(self, rooms: Rooms, eraser: Eraser) -> None:
        self._rooms, self._eraser = rooms, eraser
        self._settled = True
        self._watching = asyncio.ensure_future(self._watch())

    async def name(self, room: Room, participant: str) -> None:
        """Erase somebody's name, everywhere; when this returns nothing is left of it. Raises LogError."""
        await self._rooms.write(self._eraser.name, room.id, participant)
        room.rename(participant, "")
        self._settled = False
        await self._settle()

    async def close(self) -> None:
        """Look no more."""
        self._watching.cancel()

    async def _settle(self) -> None:
        await self._rooms.write(self._eraser.settle)
        self._settled = True

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            try:
                if self._eraser.file.changed():
                    await self._take_up()
                if not self._settled:
                    await self._settle()
            except LogError as error:
                logger.warning("what is to be erased is not gone yet: %s", error)
            except Exception:
                logger.exception("what is to be erased is not gone yet")

    async def _take_up(self) -> None:
        """Erase the names that somebody has added to the file; texts are erased when the server starts."""
        self._settled = False
        for erasure in await self._rooms.write(partial(self._eraser.catch_up, names_alone=True)):
            room = self._rooms.live(erasure.room)
            if room is not None and erasure.participant in room.people:
                room.rename(erasure.participant, "")
