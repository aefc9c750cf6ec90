"""A room with a committer whose writing happens when the test says so, and fails when the test says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson

from domain import events as e
from domain.events import Event
from domain.former import DoneBy, StoodAt
from server.live import loading
from server.live.batch import Asked
from server.live.looking_back import looked_back
from server.live.openings import opening
from server.live.room import Room
from server.live.shown import Loaded
from server.storage.cache import Cache
from server.storage.committer import Committer, Written
from server.storage.log import Append, LogError
from server.wire.answers import Answer
from server.wire.frames import Frame
from tests.server.memory_log import MemoryLog
from tests.server.scribe import EPOCH, Scribe, new_id, person


def not_here(*_: object) -> None:
    """Taking texts out needs a whole server."""
    raise AssertionError


class NoCache(Cache):
    """A cache that keeps nothing."""

    def __init__(self) -> None:
        """Open no file."""

    def newest(self, _: str, __: int = 0) -> None:
        """Find nothing."""

    def nearest(self, _: str, __: int) -> None:
        """Find nothing."""

    def version_of_workshop(self, _: str) -> int:
        """Find nothing."""
        return 0


class HeldWriter:
    """A writer that holds its batch until the test lets it go; see Writer."""

    def __init__(self) -> None:
        self.batch: Sequence[Append] = ()
        self._written: Written | None = None

    def write(self, batch: Sequence[Append], written: Written) -> None:
        """Hold the batch."""
        assert self._written is None
        self.batch, self._written = batch, written

    def report(self, error: LogError | None) -> None:
        """Say what became of the batch."""
        assert self._written is not None
        written, self._written = self._written, None
        written(error)

    @property
    def holds(self) -> bool:
        """Whether a batch waits."""
        return self._written is not None


@dataclass(eq=False)
class Listener:
    """A member of a room who keeps what they hear."""

    room: Room
    participant: str = "anna"
    language: str = "en"
    heard: list[dict[str, Any]] = field(default_factory=list)
    dismissed: int | None = None

    def deliver(self, frame: Frame) -> None:
        """Hear a frame."""
        self.heard.append(orjson.loads(frame.payload))

    def resync(self) -> None:
        """Hear that all begins anew."""
        self.heard.append({"type": "resync"})

    def dismiss(self, code: int) -> None:
        """Be sent away, and leave the room."""
        self.dismissed = code
        self.room.members.discard(self)

    def versions(self) -> list[int]:
        """List the versions heard of, in order."""
        return [e["version"] for message in self.heard if message["type"] == "events" for e in message["events"]]


class Desk:
    """A server's rooms, turned by hand."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.writer = HeldWriter()
        self.turns: list[Callable[[], None]] = []
        self.timers: list[Callable[[], None]] = []
        self.reloads: list[Room] = []
        self.lookups: list[tuple[str, StoodAt | DoneBy, Asked, Callable[[Asked], None]]] = []
        self.ponders, self.thoughts = False, list[Any]()
        self.committer = Committer(self.writer, self.turns.append)
        self._seconds, self._salts = count(), count(1)

    def open(self, id_: str = "room") -> Room:
        """Open a room; anna is its facilitator."""
        room = self.new(id_, Loaded.empty())
        answers: list[Answer] = []
        anna = [person("anna", "facilitator")]
        room.record(opening(id_, "A castle", "en", "anna"), "anna", answers.append, people=anna, invites=[])
        self.commit()
        assert len(answers) == 1
        return room

    def load(self, id_: str = "room") -> Room:
        """Load a room from the log."""
        return self.new(id_, loading.load(self.log, NoCache(), id_))

    def new(self, id_: str, loaded: Loaded) -> Room:
        """Put a room together."""
        return Room(
            id_,
            loaded,
            epoch=EPOCH,
            log=self.log,
            committer=self.committer,
            clock=lambda: f"2026-01-02T03:04:05.{next(self._seconds):06d}Z",
            entropy=lambda size: next(self._salts).to_bytes(size, "big"),
            later=lambda _, call: self.timers.append(call),
            reload=self.reloads.append,
            look_back=self._look_back,
            aside=self._aside,
            redact=not_here,
            closed=lambda _: None,
        )

    def _look_back(self, room: str, wanted: StoodAt | DoneBy, asked: Asked, then: Callable[[Asked], None]) -> None:
        self.lookups.append((room, wanted, asked, then))

    def look_back(self) -> None:
        """Look up in the log what was asked for, and let the rooms go on with it."""
        lookups, self.lookups[:] = list(self.lookups), ()
        for room, wanted, asked, then in lookups:
            asked.past = looked_back(self.log, NoCache(), room, wanted)
            then(asked)

    def _aside(self, *thought: Any) -> None:  # noqa: ANN401 - see room.Aside
        self.thoughts.append(thought)
        if not self.ponders:
            self.think()

    def think(self) -> None:
        """Think through what a room has to, and let it go on."""
        thoughts, self.thoughts[:] = list(self.thoughts), ()
        for work, then in thoughts:
            then(work())

    def take(self) -> None:
        """Hand over to the writer what has gathered."""
        while self.turns:
            self.turns.pop(0)()

    def commit(self) -> None:
        """Write and report until nothing is left."""
        self.take()
        while self.writer.holds:
            self.log.append(self.writer.batch)
            self.writer.report(None)
            self.take()

    def fail(self, error: LogError) -> None:
        """Let the write fail, nothing of it being in the log."""
        self.take()
        self.writer.report(error)

    def reload(self) -> None:
        """Reload what asked for it."""
        reloads, self.reloads[:] = list(self.reloads), ()
        for room in reloads:
            room.reloaded(loading.load(self.log, NoCache(), room.id))


def listener(room: Room, participant: str = "anna") -> Listener:
    """Have somebody listen to a room."""
    somebody = Listener(room, participant)
    room.members.add(somebody)
    return somebody


def ask(room: Room, action: str, *, by: str = "anna", id_: str | None = None, **fields: Any) -> list[Answer]:  # noqa: ANN401 - fields of any type
    """Ask a room for something; the list takes the answer when it comes."""
    answers: list[Answer] = []
    room.do(Asked(id_ or new_id(), {"action": action, **fields}, by, answers.append))
    return answers


def add_note(room: Room, text: str = "A wall", *, id_: str | None = None, note: str | None = None) -> list[Answer]:
    """Ask for a note."""
    return ask(room, "add_note", id_=id_, note=note or new_id(), block="channels", text=text)


def join(room: Room, who: str) -> list[Answer]:
    """Have somebody join."""
    answers: list[Answer] = []
    joined = e.ParticipantJoined(participant=who, role="participant")
    room.record((joined,), who, answers.append, people=[person(who)], invites=[])
    return answers


def elsewhere(desk: Desk, event: Event | None = None, *, command: str | None = None) -> Scribe:
    """Have another server write to the room: a note, unless told."""
    head = desk.log.head("room")
    scribe = Scribe()
    scribe.version, scribe.digest = head.version, head.digest.hex()
    stored = scribe.note("From elsewhere", command=command) if event is None else scribe.seal(event, command=command)
    desk.log.append([scribe.append(stored)])
    return scribe
