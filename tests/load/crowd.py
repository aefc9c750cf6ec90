"""The rooms and people of a run: everyone with a connection and a card of their own."""

import itertools
import json
import random
import uuid
from dataclasses import dataclass, field

from tests.load.line import Line, command
from tests.support.calls import Http, Room

RUN = f"{random.getrandbits(32):08x}"
WORDS = ("design", "the", "blocks", "and", "test", "them", "with", "children", "before", "Easter")


@dataclass
class Person:
    """One connection: its commands have ids that bear its number and count up, so receipts are found as bytes."""

    number: int
    room: Room
    line: Line
    card: str = ""
    built: int = 0
    sent: int = 0
    acknowledged: int = 0
    received: int = 0
    first: int = 0
    tails: list[bytes] = field(default_factory=lambda: [b"", b""])
    ready: list[bytes] = field(default_factory=list)

    @property
    def mine(self) -> bytes:
        """The bytes by which this person's events are known."""
        return f'"command":"{RUN}-{self.number:04x}-'.encode()

    def next_id(self) -> str:
        """Give the id of the next command."""
        self.built += 1
        return f"{RUN}-{self.number:04x}-4000-8000-{self.built:012d}"

    def judgement(self, words: int = len(WORDS)) -> bytes:
        """Build an edit that needs to know nothing: a judgement with another reason."""
        id_ = self.next_id()
        reason = f"{' '.join(itertools.islice(itertools.cycle(WORDS), words))} {self.built}"
        fields = {"activity": self.card, "judgement": "must_do", "reason": reason}
        return command({"type": "do", "id": id_, "action": "judge_activity", **fields})

    def rewording(self) -> bytes:
        """Build a rewording of one's own card, based on the newest version that was received."""
        id_ = self.next_id()
        words = list(WORDS)
        words[self.built % len(words)] = f"word{self.built}"
        fields = {"activity": self.card, "field": "title", "text": " ".join(words), "base": self.first + self.received}
        return command({"type": "do", "id": id_, "action": "reword_activity", **fields})


def gather(http: Http, rooms: int, people: int) -> list[Person]:
    """Open the rooms, let everyone join and connect, and give each a card."""
    crowd: list[Person] = []
    for number in range(rooms):
        room = Room.open(http, title=f"Load {number}")
        tokens = [room.token, *(room.join("participant", f"Person {i}") for i in range(1, people))]
        crowd += _connect(room, tokens, len(crowd))
    return crowd


def _connect(room: Room, tokens: list[str], already: int) -> list[Person]:
    lines = [Line(room.http.port, room.id, token) for token in tokens]
    here = [Person(already + i, room, line, str(uuid.uuid4())) for i, line in enumerate(lines)]
    host = here[0].line
    note = {"action": "add_note", "note": str(uuid.uuid4()), "block": "value_propositions", "text": "Play"}
    wanted = [note] + [
        {"action": "add_activity", "activity": person.card, "title": " ".join(WORDS), "category": "production"}
        for person in here
    ]
    ids = [str(uuid.uuid4()) for _ in wanted]
    for id_, fields in zip(ids, wanted, strict=True):
        host.send({"type": "do", "id": id_, **fields})
    version = host.settle(set(ids))
    for person in here:
        held = version if person.line is host else int(json.loads(person.line.welcome)["version"])
        while held < version:
            message = json.loads(person.line.receive())
            held = message["to"] if message["type"] == "events" else held
        person.first = version
    return here
