"""Erasing in the files of one data folder. Blocking: on a thread, or where no server runs.

First the log forgets, in one transaction that also notes that it did; then whatever was made from the log is dropped,
the write-ahead log cut off, and the file of erasures told. What a crash comes between is made up for at the next start.
"""

import os
from collections.abc import Callable
from uuid import uuid4

import orjson

from domain.events import Recorded, TakenOut, TextRedacted
from server.live import borne
from server.past.history import History
from server.storage import codec
from server.storage.cache import Cache
from server.storage.erasures import Erasure, ErasuresFile, Text
from server.storage.log import NOTHING, Append, ErasureKept, Head, Log, Redaction


class Eraser:
    """What erases in a data folder; its server alone does."""

    def __init__(  # noqa: PLR0913, PLR0917 - the files of a folder, and what it takes to write an event
        self, log: Log, cache: Cache, history: History, file: ErasuresFile, epoch: str, clock: Callable[[], str]
    ) -> None:
        self._log, self._cache, self._history = log, cache, history
        self.file, self._epoch, self._clock = file, epoch, clock
        self._forgotten = set[str]()

    def begin(self) -> None:
        """Before anything is served: erase what an older backup brought back, and finish what was begun."""
        self.catch_up()
        self.settle()

    def catch_up(self, *, names_alone: bool = False) -> list[Erasure]:
        """Erase what the file has and the log lacks, and tell the file what it lacks; answer what was erased.

        Beside live rooms only names can be: their texts are in memory too.
        """
        known = {kept.id: kept for kept in self._log.erasures()}
        told = self.file.read()
        there = {erasure.id for erasure in told}
        self.file.add(_read(kept) for id_, kept in known.items() if id_ not in there)
        new = [one for one in told if one.id not in known and (one.participant is not None or not names_alone)]
        for erasure in new:
            self._erase(erasure)
        return new

    def name(self, room: str, participant: str) -> None:
        """Erase somebody's name in the log; `settle` does the rest. Raises LogError."""
        self._erase(Erasure(id=str(uuid4()), at=self._clock(), room=room, participant=participant))

    def settle(self) -> None:
        """Leave nothing of what was erased in any file. Raises LogError; then it may be tried again."""
        unsettled = [_read(kept) for kept in self._log.unsettled()]
        if not unsettled:
            return
        self.file.add(unsettled)
        for room in {erasure.room for erasure in unsettled if erasure.texts and erasure.id not in self._forgotten}:
            self.forget(room)
        self._log.purge()
        for erasure in unsettled:
            self._log.settled(erasure.id)
            self._forgotten.discard(erasure.id)

    def forget(self, room: str) -> None:
        """Drop what was made from texts of a room that are gone: it is made anew. What was before the first stays.

        `settle` does not do so again, amid the reading.
        """
        unsettled = [erasure for kept in self._log.unsettled() if (erasure := _read(kept)).room == room]
        before = min((text.version for erasure in unsettled for text in erasure.texts), default=1) - 1
        there = self._log.events(room, before - 1, 1) if before else []
        kept = Head(before, there[0].digest) if there else NOTHING
        self._cache.forget(room, kept.version)
        self._history.forget(room, kept)
        self._forgotten |= {erasure.id for erasure in unsettled}

    def _erase(self, erasure: Erasure) -> None:
        kept = ErasureKept(erasure.id, erasure.encoded())
        if erasure.participant is not None:
            self._log.erase_name(erasure.room, erasure.participant, kept)
            return
        there = borne.still_there(self._log, erasure.room, erasure.texts)
        if there:
            self._log.append([self._again(erasure, there, kept)])
        else:
            self._log.note_erasure(kept)

    def _again(self, erasure: Erasure, there: list[Text], kept: ErasureKept) -> Append:
        """Write anew that texts were taken out, in a log that has them and knows nothing of it."""
        room, first = erasure.room, there[0]
        head = self._log.head(room)
        last = orjson.loads(self._log.events(room, head.version - 1, 1)[0].body)
        by = erasure.by if erasure.by in {person.participant for person in self._log.people(room)} else None
        event = TextRedacted(
            version=first.version,
            pointer=first.pointer,
            also=tuple(TakenOut(version=text.version, pointer=text.pointer) for text in there[1:]),
        )
        recorded = Recorded(head.version + 1, max(last["at"], self._clock()), by, None, event)
        stored, _ = codec.seal(recorded, self._epoch, head.digest.hex(), os.urandom(16))
        redaction = Redaction(borne.by_version(there), recorded.version, kept)
        return Append(room, (stored,), redaction=redaction)


def _read(kept: ErasureKept) -> Erasure:
    return Erasure.model_validate_json(kept.entry)
