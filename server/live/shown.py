"""A room as everybody sees it: what is durable, and who looks on.

The canvas follows the disk: it changes, and events leave, only when their batch is in the log.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

import orjson

from domain.events import Recorded
from domain.messages import former_name
from domain.workshop import Workshop, initial
from projections import canvas as canvases
from projections.patch import apply
from server.live import called
from server.live.access import hashed
from server.live.presence import Gathering
from server.storage import codec
from server.storage.cache import Snapshot
from server.storage.log import NOTHING, CommandKept, Head, PersonKept, RoleKept
from server.wire import frames, protocol
from server.wire.frames import Frame

logger = logging.getLogger("kern.shown")

EVENTS_KEPT: Final = 256
"""Encoded events that a room keeps for those who reconnect."""


class Member(Protocol):
    """Someone connected to the room, to the room."""

    participant: str

    @property
    def language(self) -> str:
        """The language of what is said to them."""

    def deliver(self, frame: Frame) -> None:
        """Take a frame that everybody gets."""

    def resync(self) -> None:
        """Drop what was sent, and begin with a fresh welcome."""

    def dismiss(self, code: int) -> None:
        """Close with this code."""


@dataclass(slots=True)
class Loaded:
    """What the log says of a room.

    Without a `workshop` a room can be seen already, and what it is asked for waits until `Room.begin`.
    `unindexed` are the commands that are not in the log's index yet; `kept` is the version of the snapshot that it was
    loaded from, `redacted_at` the one since which all texts are gone that were taken out.
    """

    canvas: dict[str, Any]
    head: Head
    at: str
    people: dict[str, PersonKept]
    workshop: Workshop | None = None
    recent: list[bytes] = field(default_factory=list)
    unindexed: list[CommandKept] = field(default_factory=list)
    kept: int = 0
    redacted_at: int = 0

    @classmethod
    def empty(cls) -> "Loaded":
        """Begin at the beginning: nothing is in the log yet."""
        return cls(canvases.initial(), NOTHING, "", {}, initial())


class Shown:
    """What a room shows. It starts with nothing; `stand_at` says where the log stands."""

    def __init__(self, id_: str, epoch: str, later: Callable[[float, Callable[[], None]], object]) -> None:
        self.id = id_
        self.epoch, self.shape = epoch, canvases.SHAPE
        self.members: set[Member] = set()
        self.damaged = False
        self.gathering = Gathering(self.describe, later)
        self.stand_at(Loaded.empty())

    def stand_at(self, loaded: Loaded) -> None:
        """Show what the log says from now on."""
        self.canvas, self.people = loaded.canvas, loaded.people
        self.version = self._durable = loaded.head.version
        self.digest = loaded.head.digest.hex()
        self.recent = deque(loaded.recent, maxlen=EVENTS_KEPT)
        self.redacted_at = loaded.redacted_at
        self._encoded: tuple[int, bytes] | None = None

    def show(self, events: Sequence[tuple[Recorded, dict[str, Any]]], people: Sequence[PersonKept]) -> None:
        """Bring the canvas to what has just become durable, and send it to everybody."""
        last = self._durable = events[-1][0].version
        for person in people:
            self.people[person.participant] = person
        try:
            encoded = [self._show(recorded, body) for recorded, body in events]
            self._fan_out(frames.events(last - len(encoded) + 1, last, encoded), last)
        except Exception:
            logger.exception("room %s: a durable event can't be shown", self.id)
            self.damage()

    def damage(self) -> None:
        """Take the room out of service: its log can't be read. Others go on."""
        self.damaged = True
        for member in list(self.members):
            member.dismiss(1011)

    def canvas_json(self) -> bytes:
        """Encode the canvas of the durable version, once for all who ask at that version."""
        if self._encoded is None or self._encoded[0] != self.version:
            self._encoded = (self.version, orjson.dumps(self.canvas))
        return self._encoded[1]

    def canvas_snapshot(self) -> Snapshot:
        """Take down the canvas of the durable version."""
        return Snapshot(self.version, bytes.fromhex(self.digest), self.canvas_json())

    def people_list(self, language: str | None = None) -> list[dict[str, Any]]:
        """List all who ever joined; of those who were removed, and of those whose name was erased, it says so."""
        names, former = self.names_now(language), called.numbers(self.people.values())
        return [
            {"participant": who, "name": names[who], "role": self.role(person)}
            | ({"former": former[who]} if who in former else {})
            | ({"removed": True} if self.removed(who) else {})
            for who, person in self.people.items()
        ]

    def names_now(self, language: str | None = None) -> dict[str, str]:
        """Tell by which name each participant goes now."""
        return called.names(self.people.values(), language or str(self.canvas["language"]))

    def describe(self, participant: str, language: str | None = None) -> dict[str, Any]:
        """Give the name and the role of somebody who joined; a number for an erased name, in the room's language."""
        person = self.people[participant]
        if person.name:
            return {"name": person.name, "role": self.role(person)}
        number = called.numbers(self.people.values())[participant]
        name = former_name(number, language or str(self.canvas["language"]))
        return {"name": name, "role": self.role(person), "former": number}

    def role(self, person: PersonKept) -> str:
        """Tell the role that a person has in the durable canvas, or had there last."""
        entry = self.canvas["people"].get(person.participant)
        return str(entry["role"]) if entry else person.role

    def person(self, token: str) -> PersonKept | None:
        """Find who holds a token."""
        kept = hashed(token)
        return next((person for person in self.people.values() if person.token == kept), None)

    def removed(self, participant: str) -> bool:
        """Tell whether somebody who joined is in the room no more."""
        return participant not in self.canvas["people"]

    def rename(self, participant: str, name: str) -> None:
        """Show somebody under the name that they have from now on; an empty one was erased."""
        self.people[participant] = replace(self.people[participant], name=name)
        self.gathering.renew(participant)
        self._announce_people()

    def people_changed(self, roles: Sequence[RoleKept]) -> None:
        """Let those go who were removed, and tell everybody else who belongs to the room."""
        for kept in roles:
            self.people[kept.participant] = replace(self.people[kept.participant], role=kept.role)
            self.gathering.renew(kept.participant)
        self.dismiss_removed()
        self._announce_people()

    def dismiss_removed(self) -> None:
        """Close the connections of those who were removed: they have had the event that says so."""
        for member in list(self.members):
            if self.removed(member.participant):
                member.dismiss(protocol.REMOVED)

    def _announce_people(self) -> None:
        """Tell everybody, in their language: once encoded for each."""
        by_language: dict[str, Frame] = {}
        for member in list(self.members):
            spoken = member.language
            if spoken not in by_language:
                by_language[spoken] = frames.message({"type": "people", "people": self.people_list(spoken)})
            member.deliver(by_language[spoken])

    def behind(self, since: int) -> list[bytes] | None:
        """Answer the encoded events behind a version, where the room still has them."""
        missing = self.version - since
        if missing > len(self.recent):
            return None
        return list(self.recent)[len(self.recent) - missing :]

    def _show(self, recorded: Recorded, body: dict[str, Any]) -> bytes:
        """Bring the canvas to a durable event, and encode the event as everybody gets it."""
        changes = canvases.changes(self.canvas, recorded)
        encoded = codec.wire(body, changes)  # before they are applied: the canvas keeps their values, and changes them
        apply(self.canvas, changes)
        self.version, self.digest = recorded.version, body["digest"]
        self.recent.append(encoded)
        return encoded

    def _fan_out(self, frame: Frame, last: int) -> None:
        if last > self._durable:
            msg = f"room {self.id}: version {last} would leave before it is durable"
            raise AssertionError(msg)
        for member in tuple(self.members):
            member.deliver(frame)
