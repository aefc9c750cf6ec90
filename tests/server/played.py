"""A log that three people made who did whatever came to mind, and what projections alone make of it."""

from functools import lru_cache

import orjson

from domain.events import Recorded
from server.storage import codec
from server.storage.codec import Stored
from server.storage.log import Append
from server.storage.store import SQLiteLog
from tests.domain.fuzz import Session
from tests.projections.moments import Moments
from tests.server.memory_log import MemoryLog
from tests.server.scribe import EPOCH


class Played:
    """What was played with a seed: the facts, their revisions, and what a log has of them."""

    def __init__(self, seed: int, steps: int) -> None:
        session = Session(seed)
        for _ in range(steps):
            session.step()
        self.recorded = [recorded for recorded, _ in session.room.log]
        self.moments = Moments(self.recorded)
        self.stored = sealed(self.recorded)
        self.people = sorted({one.by for one in self.recorded if one.by is not None})

    @property
    def head(self) -> int:
        return len(self.stored)

    def revisions(self) -> list[bytes]:
        """Give all revisions as they are served."""
        return [orjson.dumps(one._asdict()) for one in self.moments.revisions]

    def write(self, log: MemoryLog | SQLiteLog, upto: int | None = None, room: str = "room") -> None:
        """Write what is not in a log yet, up to a version."""
        write(log, self.stored[log.head(room).version : upto], room)


def write(log: MemoryLog | SQLiteLog, events: list[Stored], room: str = "room") -> None:
    """Write events as they are, whatever they are."""
    if events:
        log.append([Append(room, tuple(events))])


def sealed(facts: list[Recorded], epoch: str = EPOCH) -> list[Stored]:
    """Chain facts as a room does."""
    made, previous = [], codec.BEGINNING
    for recorded in facts:
        stored, body = codec.seal(recorded, epoch, previous, recorded.version.to_bytes(16, "big"))
        made.append(stored)
        previous = body["digest"]
    return made


@lru_cache(maxsize=8)
def played(seed: int, steps: int = 400) -> Played:
    """Play once, for all tests."""
    return Played(seed, steps)
