"""The simulation's own disk. It alone says what is durable, and what a durable event looks like to a client."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from projections import canvas as canvases
from projections.patch import apply
from server.storage import codec
from server.storage.codec import BEGINNING, Stored
from server.storage.log import Append, CommandKept, LogError
from tests.server.memory_log import MemoryLog


class BrokenPromiseError(AssertionError):
    """An invariant does not hold."""


@dataclass
class Durable:
    """What is durable of one room: lists by version, whose first member is version 0."""

    canvas: dict[str, Any] = field(default_factory=canvases.initial)
    canvases: list[bytes] = field(default_factory=lambda: [orjson.dumps(canvases.initial())])
    digests: list[str] = field(default_factory=lambda: [BEGINNING])
    events: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    commands: list[str | None] = field(default_factory=lambda: [None])
    made: dict[str, list[int]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The head."""
        return len(self.digests) - 1

    def take(self, stored: Stored) -> None:
        """Fold one more event."""
        if stored.version != self.version + 1:
            raise BrokenPromiseError(f"version {stored.version} is written behind version {self.version}")
        body = codec.unseal(stored)
        changes = canvases.changes(self.canvas, codec.recorded(body))
        self.events.append(orjson.loads(codec.wire(body, changes)))
        apply(self.canvas, changes)
        self.canvases.append(orjson.dumps(self.canvas))
        self.digests.append(body["digest"])
        self.commands.append(body["command"])
        if body["command"] is not None:
            self.made.setdefault(body["command"], []).append(stored.version)
            self.authors[body["command"]] = body["by"]


class Disk(MemoryLog):
    """A log whose reading can be made to fail; what is durable is kept beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.durable: dict[str, Durable] = {}
        self.readable = True

    def append(self, batch: Sequence[Append]) -> None:
        """Write; what this returns from is durable."""
        super().append(batch)
        for append in batch:
            durable = self.durable.setdefault(append.room, Durable())
            for stored in append.events:
                durable.take(stored)
            durable.people.update({person.participant: (person.name, person.role) for person in append.people})

    def of(self, room: str) -> Durable:
        """What is durable of a room."""
        return self.durable.get(room) or Durable()

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        """Read events, if that works now."""
        self._read()
        return super().events(room, after, limit)

    def command(self, room: str, command: str) -> CommandKept | None:
        """Look a command up, if that works now."""
        self._read()
        return super().command(room, command)

    def salt(self, room: str, version: int) -> bytes | None:
        """Read a salt, if that works now."""
        self._read()
        return super().salt(room, version)

    def text_events(self, room: str, thing: str, upto: int, limit: int) -> list[Stored]:
        """Read what was said of a text, if that works now."""
        self._read()
        return super().text_events(room, thing, upto, limit)

    def _read(self) -> None:
        if not self.readable:
            raise LogError("the disk can't be read")
