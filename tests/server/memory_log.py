"""A log in memory, on eventsourcing's recorder: for tests, and to show that the contract does not lean on SQLite."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import orjson
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.popo import POPOAggregateRecorder

from server.storage.codec import Stored, Taken
from server.storage.log import (
    NOTHING,
    Append,
    CommandKept,
    ConflictError,
    ErasureKept,
    Head,
    InviteKept,
    PersonKept,
    Redaction,
)
from server.storage.taking_out import without


@dataclass
class Shelf:
    """What several logs of one place share, as several connections share one file."""

    recorder: POPOAggregateRecorder = field(default_factory=POPOAggregateRecorder)
    words: dict[tuple[str, int], tuple[bytes | None, tuple[str | None, ...]]] = field(default_factory=dict)
    taken: dict[tuple[str, int], Taken] = field(default_factory=dict)
    commands: dict[tuple[str, str], CommandKept] = field(default_factory=dict)
    indexed: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], PersonKept] = field(default_factory=dict)
    tokens: dict[tuple[str, bytes], PersonKept] = field(default_factory=dict)
    invites: dict[tuple[str, bytes], InviteKept] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    erasures: dict[str, tuple[ErasureKept, bool]] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)


class MemoryLog:
    """A log whose disk is a few dictionaries; see Log. The events of a room come in the order of their versions."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = Shelf() if shelf is None else shelf
        self.at_commit: Callable[[], None] = lambda: None

    def append(self, batch: Sequence[Append]) -> None:
        """Write all of the batch or nothing; `at_commit` is called before, and may raise."""
        with self.shelf.lock, _translated():
            events = [StoredEvent(a.room, s.version, s.kind, _state(s)) for a in batch for s in a.events]
            self._refuse_what_is_there(batch)
            self.shelf.recorder._assert_uniqueness(events)  # noqa: SLF001 - the recorder's check without its writing
            self.at_commit()
            self.shelf.recorder.insert_events(events)
            for append in batch:
                self._put(append)

    def _refuse_what_is_there(self, batch: Sequence[Append]) -> None:
        shelf = self.shelf
        taken = [
            *(key for a in batch for k in a.commands if (key := (a.room, k.command)) in shelf.commands),
            *(key for a in batch for p in a.people if (key := (a.room, p.participant)) in shelf.people),
            *(a.room for a in batch for p in a.people if (a.room, p.token) in shelf.tokens),
            *(a.room for a in batch for i in a.invites if (a.room, i.invite) in shelf.invites),
        ]
        if taken:
            raise ConflictError(f"already there: {taken}")

    def _put(self, append: Append) -> None:
        shelf, room = self.shelf, append.room
        for stored in append.events:
            shelf.heads[room] = max(shelf.heads.get(room, NOTHING), _head(stored), key=lambda head: head.version)
            if stored.words is not None:
                shelf.words[room, stored.version] = (stored.salt or b"", stored.words)
        for kept in append.commands:
            shelf.commands[room, kept.command] = kept
        if append.commands:
            shelf.indexed[room] = max(kept.last for kept in append.commands)
        for person in append.people:
            shelf.people[room, person.participant] = shelf.tokens[room, person.token] = person
        for kept_role in append.roles:
            former = shelf.people[room, kept_role.participant]
            person = replace(former, role=kept_role.role)
            shelf.people[room, person.participant] = shelf.tokens[room, person.token] = person
        if append.redaction is not None:
            self._take_out(room, append.redaction)
        for invite in append.invites:
            shelf.invites[room, invite.invite] = invite

    def _take_out(self, room: str, redaction: Redaction) -> None:
        for version, pointers in redaction.places.items():
            stored = self.events(room, version - 1, 1)[0]
            _, taken = without(stored, orjson.dumps(stored.words), pointers, redaction.since)
            gone = set(taken.since)
            listed = orjson.loads(stored.body)["words"]
            left = [None if p in gone else text for p, text in zip(listed, stored.words or (), strict=True)]
            self.shelf.words[room, version] = (None, tuple(left))
            self.shelf.taken[room, version] = taken
        self.shelf.erasures[redaction.kept.id] = (redaction.kept, False)

    def head(self, room: str) -> Head:
        """Find the newest event of a room."""
        return self.shelf.heads.get(room, NOTHING)

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        """Read the events behind version `after`, in order."""
        return [self._stored(event) for event in self.shelf.recorder.select_events(room, gt=after, limit=limit)]

    def text_events(self, room: str, thing: str, upto: int, limit: int) -> list[Stored]:
        """Read events up to a version that may have said a thing's texts, the newest first."""
        found = [self._stored(event) for event in self.shelf.recorder.select_events(room, lte=upto, desc=True)]
        said = [stored for stored in found if stored.words is not None and thing.encode() in stored.body]
        return said[:limit]

    def activity_events(self, room: str, activity: str, upto: int) -> list[bytes]:
        """Read the bodies of the events that may have changed an activity, in order."""
        found = self.shelf.recorder.select_events(room, lte=upto)
        return [event.state[48:] for event in found if activity.encode() in event.state]

    def events_saying(self, room: str, text: str, after: int, upto: int, limit: int) -> list[Stored]:
        """Read events that have a text within one of theirs."""
        found = [self._stored(event) for event in self.shelf.recorder.select_events(room, gt=after, lte=upto)]
        return [one for one in found if any(text in said for said in one.words or () if said is not None)][:limit]

    def events_typed(self, room: str, strokes: Sequence[str], after: int, upto: int, limit: int) -> list[Stored]:
        """Read events of some strokes."""
        found = [self._stored(event) for event in self.shelf.recorder.select_events(room, gt=after, lte=upto)]
        return [one for one in found if orjson.loads(one.body)["data"].get("stroke") in strokes][:limit]

    def unindexed(self, room: str) -> list[CommandKept]:
        """List the commands that are not in the index yet, in order."""
        kept: dict[str, CommandKept] = {}
        for stored in self.events(room, self.shelf.indexed.get(room, 0), limit=1_000_000):
            body = orjson.loads(stored.body)
            command, version = body["command"], stored.version
            if command in kept:
                kept[command] = replace(kept[command], last=version)
            elif command is not None:
                kept[command] = CommandKept(command, body["by"], version, version, stored.fingerprint)
        return list(kept.values())

    def indexed(self, room: str) -> list[str]:
        """List the ids of all commands in the index."""
        return [command for where, command in self.shelf.commands if where == room]

    def command(self, room: str, command: str) -> CommandKept | None:
        """Look a command id up in the index."""
        return self.shelf.commands.get((room, command))

    def salt(self, room: str, version: int) -> bytes | None:
        """Read an event's salt: empty where it has none, None where a text of it was taken out."""
        return self.shelf.words.get((room, version), (b"", ()))[0]

    def redacted_at(self, room: str) -> int:
        """Tell the version at which the last text of a room was taken out."""
        since = [taken.since.values() for (where, _), taken in self.shelf.taken.items() if where == room]
        return max((version for versions in since for version in versions), default=0)

    def rooms(self) -> list[str]:
        """List the rooms, in the order of their ids."""
        return sorted(self.shelf.heads)

    def people(self, room: str) -> list[PersonKept]:
        """List who joined a room, in that order."""
        return [person for (where, _), person in list(self.shelf.people.items()) if where == room]

    def person_of(self, room: str, token: bytes) -> PersonKept | None:
        """Find who holds a token."""
        return self.shelf.tokens.get((room, token))

    def rename(self, room: str, participant: str, name: str) -> None:
        """Have somebody go by another name."""
        with self.shelf.lock:
            person = replace(self.shelf.people[room, participant], name=name)
            self.at_commit()
            self.shelf.people[room, participant] = self.shelf.tokens[room, person.token] = person

    def erase_name(self, room: str, participant: str, kept: ErasureKept) -> None:
        """Forget somebody's name."""
        if (room, participant) in self.shelf.people:
            self.rename(room, participant, "")
        self.shelf.erasures.setdefault(kept.id, (kept, False))

    def note_erasure(self, kept: ErasureKept) -> None:
        """Remember an erasure of which this log has nothing to erase."""
        self.shelf.erasures.setdefault(kept.id, (kept, False))

    def erasures(self) -> list[ErasureKept]:
        """List all that this log has forgotten."""
        return [kept for kept, _ in self.shelf.erasures.values()]

    def unsettled(self) -> list[ErasureKept]:
        """List the erasures of which something may be left."""
        return [kept for kept, settled in self.shelf.erasures.values() if not settled]

    def settled(self, id_: str) -> None:
        """Note that nothing is left of what was erased."""
        self.shelf.erasures[id_] = (self.shelf.erasures[id_][0], True)

    def purge(self) -> None:
        """Leave nothing of what was deleted: nothing is."""

    def invite(self, room: str, invite: bytes) -> InviteKept | None:
        """Find an invite."""
        return self.shelf.invites.get((room, invite))

    def invites(self, room: str) -> list[InviteKept]:
        """List a room's invites."""
        return [invite for (where, _), invite in list(self.shelf.invites.items()) if where == room]

    def add_invite(self, room: str, invite: InviteKept) -> None:
        """Keep one more invite."""
        self.at_commit()
        self.shelf.invites[room, invite.invite] = invite

    def end_invite(self, room: str, invite: bytes) -> None:
        """Forget an invite."""
        self.at_commit()
        self.shelf.invites.pop((room, invite), None)

    def code(self, room: str) -> str | None:
        """Find a room's code."""
        return self.shelf.codes.get(room)

    def room_of_code(self, code: str) -> str | None:
        """Find the room that has a code."""
        return next((room for room, kept in list(self.shelf.codes.items()) if kept == code), None)

    def keep_code(self, room: str, code: str) -> None:
        """Give a room a code in place of the one it has."""
        with self.shelf.lock:
            if self.room_of_code(code) not in {room, None}:
                raise ConflictError(f"another room has {code}")
            self.at_commit()
            self.shelf.codes[room] = code

    def end_code(self, room: str) -> None:
        """Forget a room's code."""
        self.at_commit()
        self.shelf.codes.pop(room, None)

    def probe(self) -> None:
        """Write something that does not matter."""
        self.at_commit()

    def close(self) -> None:
        """Let go of nothing: the shelf stays."""

    def _stored(self, event: StoredEvent) -> Stored:
        version, state = event.originator_version, event.state
        salt, words = self.shelf.words.get((str(event.originator_id), version), (None, None))
        taken = self.shelf.taken.get((str(event.originator_id), version))
        return Stored(version, event.topic, state[48:], state[:32], salt, words, state[32:48], taken)


def _state(stored: Stored) -> bytes:
    return stored.digest + stored.fingerprint.rjust(16, b"\0") + stored.body


def _head(stored: Stored) -> Head:
    return Head(stored.version, stored.digest)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(str(error)) from error
