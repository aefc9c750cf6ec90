"""A log, event by event, against checkpoints of it: what a chain alone can't tell, an end that was cut or a new log."""

from collections.abc import Sequence

import orjson

from server.proving.chain import BrokenError, Chain
from server.proving.notes import Checkpoint
from server.storage.codec import Stored


class OtherRoomError(Exception):
    """A checkpoint is of another room than the log."""


class Attested(Chain):
    """The events of one log so far, each looked up in the checkpoints."""

    def __init__(self, checkpoints: Sequence[Checkpoint]) -> None:
        super().__init__()
        self._checkpoints = checkpoints
        self._heads = {one.version: one.head for one in checkpoints}

    def line(self, raw: bytes) -> None:
        """Take the next line of an export. Raises BrokenError, OtherRoomError."""
        super().line(raw)
        self._compare(raw)

    def stored(self, stored: Stored) -> None:
        """Take the next event of a data folder. Raises BrokenError, OtherRoomError."""
        super().stored(stored)
        self._compare(stored.body)

    def end(self) -> None:
        """Check what only the end can tell. Raises BrokenError."""
        newest = max(self._heads, default=0)
        if self.version < newest:
            raise BrokenError(self.version + 1, f"it is missing, though version {newest} was signed")
        super().end()

    def _compare(self, event: bytes) -> None:
        if self.version == 1:
            self._same_room(event)
        if self._heads.get(self.version, self.digest) != self.digest:
            why = "it, or what was before it, is not what was signed: the log was written anew"
            raise BrokenError(self.version, why)

    def _same_room(self, first: bytes) -> None:
        room = orjson.loads(first)["data"].get("room")
        for one in self._checkpoints:
            if one.room != room:
                raise OtherRoomError(
                    f"The checkpoint of version {one.version} is of room {one.room}, the log of {room}."
                )
