"""The committer's writer: a thread that commits one batch after another, and finds out what became of a failed one."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from server.storage.committer import Written
from server.storage.log import Append, ConflictError, Log, LogError

logger = logging.getLogger("kern.writing")

ASK_AGAIN: Final = 0.2
"""Seconds between two tries to find out whether a batch is in the log after all."""

Job: TypeAlias = tuple[Sequence[Append], Written]


class ThreadWriter:
    """Writes on a thread of its own. `call` brings a callback to the thread that the rooms run on."""

    def __init__(self, log: Log, call: Callable[[Callable[[], None]], object]) -> None:
        self._log, self._call = log, call
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self.failing = self.asking = False
        self._thread = threading.Thread(target=self._run, name="kern-writer", daemon=True)
        self._thread.start()

    def write(self, batch: Sequence[Append], written: Written) -> None:
        """Write the batch; see Writer."""
        self._jobs.put((batch, written))

    def stop(self) -> None:
        """Finish what was handed over, and end. Of a batch that can't be found out about nothing is said."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch, written = job
            try:
                error = self._outcome(batch)
            except _StoppedError:
                return
            self.failing = error is not None and not isinstance(error, ConflictError)
            self._call(_calling(written, error))

    def _outcome(self, batch: Sequence[Append]) -> LogError | None:
        """Write; after an error look the batch up, since an error after the commit got through looks the same."""
        try:
            self._log.append(batch)
        except LogError as error:
            logger.warning("a batch of %d rooms was not written: %s", len(batch), error)
            return None if self._is_there(batch[0]) else error
        except Exception as error:  # a fault of ours must not end the thread: nobody would ever be answered again
            logger.exception("a batch of %d rooms was not written", len(batch))
            return None if self._is_there(batch[0]) else LogError(repr(error))
        return None

    def _is_there(self, append: Append) -> bool:
        """Ask until there is an answer: what is stored must never be called not taken. Raises _StoppedError."""
        last = append.events[-1]
        self.asking = True
        while True:
            try:
                found = self._log.events(append.room, last.version - 1, 1)
            except Exception as error:
                logger.warning("what became of the batch can't be found out yet: %r", error)
                if self._stopping.wait(ASK_AGAIN):
                    raise _StoppedError from error
            else:
                self.asking = False
                return bool(found) and found[0].digest == last.digest


class _StoppedError(Exception):
    """The server ends before it is known what became of a batch."""


def _calling(written: Written, error: LogError | None) -> Callable[[], None]:
    return lambda: written(error)
