"""The event log: what every log keeps, and what it promises.

An event's identity is (room, version), which also guards against a second writer at once; there is no other order.
Events are never updated and never deleted; of the texts beside them some may be, by a redaction. The index of command
ids is part of the log for ever: by it a command that is sent again is recognised, whenever that may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.vocabulary import Role
from server.storage.codec import Stored


@dataclass(slots=True)
class CommandKept:
    """A command that made events `first` to `last`. `fingerprint` tells its content without giving it away.

    Each event bears its command, and the first one the fingerprint; see Append for the index of them.
    """

    command: str
    by: str
    first: int
    last: int
    fingerprint: bytes


@dataclass(slots=True, frozen=True)
class PersonKept:
    """Who joined. The name is empty once it was erased; of the token only the SHA-256 is kept."""

    participant: str
    name: str
    role: Role
    token: bytes


@dataclass(slots=True, frozen=True)
class RoleKept:
    """The role that somebody who joined has from now on: the last one stays known when they are removed."""

    participant: str
    role: Role


@dataclass(slots=True, frozen=True)
class InviteKept:
    """An invite to a role, by its SHA-256."""

    invite: bytes
    role: Role


@dataclass(slots=True, frozen=True)
class ErasureKept:
    """Something that this log has forgotten. `entry` says what, as the file of erasures has it, without the text."""

    id: str
    entry: str


@dataclass(slots=True, frozen=True)
class Redaction:
    """Texts that the log is to forget: their versions and pointers, since which version, and what to remember of it."""

    places: dict[int, list[str]]
    since: int
    kept: ErasureKept


@dataclass(slots=True, frozen=True)
class Append:
    """What one room adds to the log in a batch: its events from `events[0].version` on, and what goes with them.

    `commands` go into the index by command id: not those of this batch, but many earlier ones at once, which is
    several times cheaper, since ids are random. Their room remembers the others, which `unindexed` tells after a start.
    """

    room: str
    events: tuple[Stored, ...]
    commands: tuple[CommandKept, ...] = ()
    people: tuple[PersonKept, ...] = ()
    invites: tuple[InviteKept, ...] = ()
    roles: tuple[RoleKept, ...] = ()
    redaction: Redaction | None = None


@dataclass(slots=True, frozen=True)
class Head:
    """The newest event of a room: version 0 and 32 zero bytes before the first."""

    version: int
    digest: bytes


NOTHING = Head(0, bytes(32))


class LogError(Exception):
    """The log could not be read or written; what was to be written may or may not be in it."""


class ConflictError(LogError):
    """Somebody else wrote these versions or command ids first: nothing of the batch was written."""


class Log(Protocol):
    """Blocking: to be called from a thread. Every method raises LogError where the log can't be reached."""

    def append(self, batch: Sequence[Append]) -> None:
        """Write all of the batch in one transaction, durable when this returns, or nothing of it."""

    def head(self, room: str) -> Head:
        """Find the newest event of a room."""

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        """Read the events behind version `after`, in order, `limit` at the most."""

    def command(self, room: str, command: str) -> CommandKept | None:
        """Look a command id up in the index. Quick: it is called for each command that comes in."""

    def events_saying(self, room: str, text: str, after: int, upto: int, limit: int) -> list[Stored]:
        """Read the events behind `after` up to a version in which somebody wrote a text that has this one within."""

    def events_typed(self, room: str, strokes: Sequence[str], after: int, upto: int, limit: int) -> list[Stored]:
        """Read the events behind `after` up to a version that belong to some stretches of typing."""

    def unindexed(self, room: str) -> list[CommandKept]:
        """List the commands in the log that are not in the index yet, in order: a few hundred at the most."""

    def indexed(self, room: str) -> list[str]:
        """List the ids of all commands in the index."""

    def salt(self, room: str, version: int) -> bytes | None:
        """Read an event's salt: empty where it has none, None where a text of it was taken out."""

    def redacted_at(self, room: str) -> int:
        """Tell the version at which the last text of a room was taken out; 0 where none was."""

    def text_events(self, room: str, thing: str, upto: int, limit: int) -> list[Stored]:
        """Read events up to a version that may have said a thing's texts, the newest first, `limit` at the most."""

    def activity_events(self, room: str, activity: str, upto: int) -> list[bytes]:
        """Read the bodies of events up to a version, in order: all that may have changed an activity, and others."""

    def rooms(self) -> list[str]:
        """List the rooms, in the order of their ids."""

    def people(self, room: str) -> list[PersonKept]:
        """List who joined a room, in that order, with the role that each had last."""

    def person_of(self, room: str, token: bytes) -> PersonKept | None:
        """Find who holds a token, by its SHA-256."""

    def rename(self, room: str, participant: str, name: str) -> None:
        """Have somebody who joined go by another name, durably when this returns."""

    def erase_name(self, room: str, participant: str, kept: ErasureKept) -> None:
        """Forget somebody's name, durably when this returns; who is not there has none."""

    def note_erasure(self, kept: ErasureKept) -> None:
        """Remember an erasure of which this log has nothing to erase."""

    def erasures(self) -> list[ErasureKept]:
        """List all that this log has forgotten, in no order."""

    def unsettled(self) -> list[ErasureKept]:
        """List the erasures of which something may be left beside the log, or in the write-ahead log."""

    def settled(self, id_: str) -> None:
        """Note that nothing is left of what was erased."""

    def purge(self) -> None:
        """Leave nothing of what was deleted in any file. Raises LogError where somebody reads for too long."""

    def invite(self, room: str, invite: bytes) -> InviteKept | None:
        """Find an invite by its SHA-256."""

    def invites(self, room: str) -> list[InviteKept]:
        """List a room's invites, in no order."""

    def add_invite(self, room: str, invite: InviteKept) -> None:
        """Keep one more invite, durably when this returns."""

    def end_invite(self, room: str, invite: bytes) -> None:
        """Forget an invite, durably when this returns."""

    def code(self, room: str) -> str | None:
        """Find a room's code."""

    def room_of_code(self, code: str) -> str | None:
        """Find the room that has a code. Quick: it is called on the way."""

    def keep_code(self, room: str, code: str) -> None:
        """Give a room a code in place of the one it has, durably. Raises ConflictError where another room has it."""

    def end_code(self, room: str) -> None:
        """Forget a room's code, durably when this returns."""

    def probe(self) -> None:
        """Write something that does not matter, to see whether writing works."""

    def close(self) -> None:
        """Let go of the files."""
