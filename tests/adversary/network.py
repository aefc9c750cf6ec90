"""A network that the test controls: one line for each client, which splits, holds back and cuts by its seed."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

CHUNK = 2**16
MOST_TURNS = 4


@dataclass(frozen=True)
class Weather:
    """How rough a line is: mean bytes until it is cut, share of reads that are split, share of cuts left half-open."""

    life: float = 300_000.0
    split: float = 0.3
    half_open: float = 0.2


class CutError(ConnectionError):
    """The line was cut after a number of bytes that its seed decided."""


class Line:
    """A TCP proxy to the server's port for one client.

    What it decides follows from its seed and the bytes that passed, never from a clock: after how many bytes a
    connection is cut, where a chunk is split, for how many turns of the loop a piece is held back.
    """

    def __init__(self, port: int, seed: str, weather: Weather) -> None:
        self._upstream, self._random = port, random.Random(seed)
        self.weather: Weather | None = weather
        self.port = 0
        self.cuts = 0
        self._left = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._carrying: set[asyncio.Task[None]] = set()

    async def open(self) -> Self:
        """Listen for the client."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def calm(self) -> None:
        """From now on everything passes at once and whole; what was left half-open ends."""
        self.weather = None

    async def close(self) -> None:
        """Stop listening and end what is still open."""
        if self._server is not None:
            self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._carrying)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._left = self._random.expovariate(1 / self.weather.life) if self.weather else 0.0
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, up_writer}
        tasks = [asyncio.create_task(self._pump(*way)) for way in ((reader, up_writer), (up_reader, writer))]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        cut = any(isinstance(task.exception(), CutError) for task in tasks if task.done())
        self.cuts += cut
        half_open = cut and self.weather is not None and self._random.random() < self.weather.half_open
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        writer.transport.abort()
        if not half_open:
            up_writer.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            for piece in self._pieces(data):
                await self._pass(piece, writer)

    async def _pass(self, piece: bytes, writer: asyncio.StreamWriter) -> None:
        if self.weather is not None:
            for _ in range(self._random.randrange(MOST_TURNS)):
                await asyncio.sleep(0)
        if self.weather is not None:  # a piece that was held back when it grew calm comes whole
            self._left -= len(piece)
            if self._left <= 0:
                writer.write(piece[: int(self._left)])
                raise CutError
        writer.write(piece)
        await writer.drain()

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        if self.weather is None or self._random.random() > self.weather.split or len(data) == 1:
            yield data
            return
        places = sorted(self._random.randrange(1, len(data)) for _ in range(self._random.randrange(1, MOST_TURNS)))
        for start, end in zip([0, *places], [*places, len(data)], strict=True):
            if end > start:
                yield data[start:end]
