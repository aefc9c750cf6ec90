"""The threads that read, and whose turn it is: what is read of one room can be let wait, that of the others goes on."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final, TypeVar

T = TypeVar("T")

PAUSE: Final = 0.002
"""Seconds between two looks at whether reading has come to an end: that is rare, and a moment away."""

ANY: Final = ""
"""In place of a room where a call names none: it may be of any."""


class Readers:
    """Some threads, on one event loop."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="kern-reader")
        self._reading: Counter[str] = Counter()
        self._closed: dict[str, asyncio.Event] = {}

    async def read(self, call: Callable[..., T], *arguments: object, of: str = ANY) -> T:
        """Call something that reads. It is of the room whose id is among its arguments, unless `of` says which."""
        named = [of] if of else [each for each in arguments if isinstance(each, str)] or [ANY]
        await self.turn(*named)
        self._reading.update(named)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)
        finally:
            self._reading.subtract(named)

    async def turn(self, *named: str) -> None:
        """Wait until a room can be read; what names no room waits for all of them."""
        while waiting := [opened for room, opened in self._closed.items() if room in named or ANY in named]:
            await waiting[0].wait()

    @asynccontextmanager
    async def kept_from(self, room: str) -> AsyncIterator[None]:
        """Let nothing be read of a room meanwhile: so that nothing is made of what is being taken out of it."""
        opened = self._closed[room] = asyncio.Event()
        try:
            while self._reading[room] or self._reading[ANY]:  # noqa: ASYNC110 - see PAUSE
                await asyncio.sleep(PAUSE)
            yield
        finally:
            del self._closed[room]
            opened.set()

    def close(self) -> None:
        """Finish what is being read."""
        self._threads.shutdown()
