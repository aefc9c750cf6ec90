"""Writes logs for tests: seals events one behind the other, as a room would."""

from itertools import count

from domain import events as e
from domain.events import Event, Recorded
from server.storage import codec
from server.storage.codec import Stored
from server.storage.log import Append, CommandKept, Log, PersonKept

EPOCH = "epoch"
AT = "2026-01-02T03:04:05.{:06d}Z"

_numbers = count(1)


def new_id() -> str:
    """Give a UUID that no other call has given."""
    return f"00000000-0000-4000-8000-{next(_numbers):012x}"


def person(participant: str, role: str = "participant") -> PersonKept:
    """Give somebody whose name and token follow from their id."""
    return PersonKept(participant, participant.title(), role, participant.encode().rjust(32, b"\0"))  # type: ignore[arg-type]


class Scribe:
    """One room's log as it grows."""

    def __init__(self, room: str = "room") -> None:
        self.room, self.version, self.digest = room, 0, codec.BEGINNING

    def seal(self, event: Event, *, by: str | None = "anna", command: str | None = None) -> Stored:
        """Seal the next event."""
        self.version += 1
        recorded = Recorded(self.version, AT.format(self.version), by, command, event)
        stored, body = codec.seal(recorded, EPOCH, self.digest, self.version.to_bytes(16, "big"))
        self.digest = body["digest"]
        if command is not None:
            stored.fingerprint = command[-16:].encode()
        return stored

    def opening(self) -> Append:
        """Give a room's first two events, and who opened it."""
        opened = e.WorkshopOpened(room=self.room, title="A castle", language="en")
        joined = e.ParticipantJoined(participant="anna", role="facilitator")
        return Append(self.room, (self.seal(opened), self.seal(joined)), people=(person("anna", "facilitator"),))

    def note(self, text: str = "A wall", *, note: str | None = None, command: str | None = None) -> Stored:
        """Give a note that somebody adds."""
        id_ = note or new_id()
        return self.seal(e.NoteAdded(note=id_, block="channels", text=text, after=None), command=command)

    def append(self, *stored: Stored, commands: tuple[CommandKept, ...] = ()) -> Append:
        """Put events into what a room adds to a batch."""
        return Append(self.room, stored, commands)


def opened(log: Log, room: str = "room") -> Scribe:
    """Begin a room in a log."""
    scribe = Scribe(room)
    log.append([scribe.opening()])
    return scribe
