"""The simulated writer: each write is a few steps, between which anything may happen, and each may go wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from server.storage.committer import Written
from server.storage.log import Append, ConflictError, LogError
from tests.server.simulation.disk import Disk
from tests.server.simulation.judge import Judge


@dataclass
class Weather:
    """How often things go wrong in one world."""

    fails: float
    reads_fail: float
    crashes: float
    rivals: float
    disk: float


class SlowWriter:
    """Writes when the scheduler says so; see Writer."""

    def __init__(self, disk: Disk, judge: Judge, random: Random, weather: Weather) -> None:
        self._disk, self._judge, self._random, self._weather = disk, judge, random, weather
        self.job: tuple[Sequence[Append], Written] | None = None
        self._error: LogError | None = None
        self._tried = False

    def write(self, batch: Sequence[Append], written: Written) -> None:
        """Take the batch."""
        if self.job is not None:
            self._judge.fail("two batches at once")
        self.job, self._tried = (batch, written), False

    def step(self) -> None:
        """Go one step further: try to write, or report what became of it."""
        if self.job is None:
            return
        batch, written = self.job
        if not self._tried:
            self._tried, self._error = True, self._try(batch)
        elif self._error is None or self._known(batch):
            self.job = None
            written(self._error)

    def crash(self) -> None:
        """End in the middle: what was on its way is durable, or never will be."""
        if self.job is not None and not self._tried and self._random.random() < 0.5:
            self._put(self.job[0])
        self.job = None

    def _try(self, batch: Sequence[Append]) -> LogError | None:
        chance = self._random.random() if self._weather.fails else 1.0
        if chance < self._weather.fails:
            return LogError("no room on the disk")
        error = self._put(batch)
        if chance < 2 * self._weather.fails:
            return error or LogError("an error after the commit got through")
        return error

    def _put(self, batch: Sequence[Append]) -> LogError | None:
        try:
            self._disk.append(batch)
        except ConflictError as error:
            return error
        self._judge.wrote(batch)
        return None

    def _known(self, batch: Sequence[Append]) -> bool:
        """Whether it can be found out what became of the batch; after that `_error` says it."""
        last = batch[0].events[-1]
        try:
            found = self._disk.events(batch[0].room, last.version - 1, 1)
        except LogError:
            return False
        if found and found[0].digest == last.digest:
            self._error = None
        return True
