"""Group commit: what all rooms have decided is written in one transaction, and only then sent.

While one batch is being written the next one gathers, so batches grow under load by themselves, and at rest a command
waits for one fsync. No timers. The committer does no I/O and knows no clock: a Writer writes, and calls back on the
thread that everything else here runs on.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from server.storage.log import Append, LogError

logger = logging.getLogger("kern.committer")

Written: TypeAlias = Callable[[LogError | None], None]
"""Called once the batch is durable (None), or once it is known that nothing of it is in the log (why)."""


class Writer(Protocol):
    """Writes one batch at a time."""

    def write(self, batch: Sequence[Append], written: Written) -> None:
        """Write the batch, and call back when it is known what became of it."""


class Source(Protocol):
    """A room, to the committer."""

    def take(self) -> Append:
        """Give what has gathered since the last time; there is something."""

    def committed(self) -> None:
        """Learn that what was taken is durable."""

    def failed(self, error: LogError) -> None:
        """Learn that nothing of what was taken is in the log."""

    def damage(self) -> None:
        """Go out of service, after a fault of ours."""


class Committer:
    """Takes what the rooms have gathered, one batch at a time."""

    def __init__(self, writer: Writer, defer: Callable[[Callable[[], None]], object]) -> None:
        """`defer` calls something in the next turn, when what came in together has been decided together."""
        self._writer = writer
        self._defer = defer
        self._gathering: dict[Source, None] = {}
        self._flying: list[Source] = []
        self._deferred = False
        self.commits = self.events = self.failures = self._size = 0

    @property
    def idle(self) -> bool:
        """Whether nothing gathers and nothing is being written."""
        return not self._gathering and not self._flying

    def ready(self, room: Source) -> None:
        """Put a room down for the next batch."""
        self._gathering[room] = None
        if not self._flying:
            self._soon()

    def withdraw(self, room: Source) -> None:
        """Take a room off the next batch: what it had gathered is void."""
        self._gathering.pop(room, None)

    def _soon(self) -> None:
        """Begin the next batch in the next turn: whatever has come in by then goes along with it."""
        if not self._deferred:
            self._deferred = True
            self._defer(self._start)

    def _start(self) -> None:
        self._deferred = False
        if self._flying or not self._gathering:
            return
        self._flying = list(self._gathering)
        self._gathering.clear()
        batch = [room.take() for room in self._flying]
        self._size = sum(len(append.events) for append in batch)
        self._writer.write(batch, self._written)

    def _written(self, error: LogError | None) -> None:
        rooms, self._flying = self._flying, []
        if error is None:
            self.commits += 1
            self.events += self._size
        else:
            self.failures += 1
        for room in rooms:
            try:
                if error is None:
                    room.committed()
                else:
                    room.failed(error)
            except Exception:  # one room's fault must not keep the others waiting for ever
                logger.exception("a room could not take what became of its batch, and is out of service")
                room.damage()
        if self._gathering:
            self._soon()
