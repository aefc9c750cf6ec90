"""The people of a measurement: each has a connection, a card of their own, and edits that are ready to be sent."""

import selectors
import time
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from server.bench.installation import BenchError, Installation
from server.bench.line import Line, frame

EVENT: Final = b'"digest":"'
"""Stands in each event once: quotes that people write are escaped, so nobody can write it into a text."""

READ: Final = 262_144
PATIENCE: Final = 10.0
WARM_UP: Final = 0.3


@dataclass(frozen=True)
class Went:
    """What went through in a while: events that were stored, events that reached somebody, and who was busy.

    Rates are a second; busy is the share of one processor, None where the system does not say.
    """

    edits: float
    deliveries: float
    server_busy: float | None
    bench_busy: float


class Person:
    """One connection and its edits: judgements of one card, each with another reason.

    Command ids bear the person's own beginning and count up, so that receipts are found by counting bytes.
    """

    def __init__(self, line: Line) -> None:
        self.line, self.card = line, str(uuid4())
        begin = self.card[:8]
        fields = f'"action":"judge_activity","activity":"{self.card}","judgement":"must_do"'
        text = f'{{"type":"do","id":"{begin}-0000-4000-8000-%012d",{fields},"reason":"Measured for the %012dth time"}}'
        # A frame's length does not change when both numbers, of twelve digits each, are written into it.
        self._pattern = frame((text % (0, 0)).encode()).replace(b"%", b"%%").replace(b"0" * 12, b"%012d")
        self._mine = f'"command":"{begin}-0000-4000-8000-'.encode()
        self._tails = [b"", b""]
        self.sent = self.own = self.received = 0

    def edit(self) -> None:
        """Send the next edit. Raises BenchError where the server has stopped reading."""
        self.sent += 1
        data = self._pattern % (self.sent, self.sent)
        if self.line.socket.send(data) != len(data):
            raise BenchError("The server stopped reading.")

    def take(self) -> None:
        """Read what there is, and count the events in it and those that are this person's own."""
        data = self.line.socket.recv(READ)
        if not data:
            raise BenchError("The server ended a connection that was being measured.")
        self.received += self._count(0, EVENT, data)
        self.own += self._count(1, self._mine, data)

    def _count(self, which: int, pattern: bytes, data: bytes) -> int:
        whole = self._tails[which] + data
        self._tails[which] = whole[-(len(pattern) - 1) :]
        return whole.count(pattern)


def gather(server: Installation, rooms: int, people: int) -> list[list[Person]]:
    """Open rooms, and let so many people into each; everyone has a card that is theirs."""
    return [_open(server, f"Measured {number}", people) for number in range(rooms)]


def _open(server: Installation, title: str, people: int) -> list[Person]:
    room = server.post("/api/rooms", {"title": title, "language": "en"})
    invite = room["links"]["participant"].partition("#")[2]
    join = f"/api/rooms/{room['room']}/join"
    tokens = [server.post(join, {"invite": invite, "name": f"Person {i}"})["token"] for i in range(1, people)]
    host = Line(server.port, room["room"], room["token"])
    host.do(str(uuid4()), "add_note", note=str(uuid4()), block="value_propositions", text="To measure is to know")
    crowd = [Person(host), *(Person(Line(server.port, room["room"], token)) for token in tokens)]
    for person in crowd:
        host.do(str(uuid4()), "add_activity", activity=person.card, title="Measure", category="production")
    return crowd


def flood(server: Installation, rooms: list[list[Person]], window: int, seconds: float) -> Went:
    """Let everyone have so many edits under way, always, and count what goes through in so many seconds."""
    crowd = [person for room in rooms for person in room]
    with selectors.DefaultSelector() as selector:
        for person in crowd:
            person.line.socket.setblocking(False)  # noqa: FBT003 - the standard library's own signature
            selector.register(person.line.socket, selectors.EVENT_READ, person)
        _run(selector, crowd, window, time.monotonic() + WARM_UP)
        own, received = sum(person.own for person in crowd), sum(person.received for person in crowd)
        used, busy, begin = server.processor_seconds(), time.process_time(), time.monotonic()
        _run(selector, crowd, window, begin + seconds)
        passed, after = time.monotonic() - begin, server.processor_seconds()
        edits = (sum(person.own for person in crowd) - own) / passed
        deliveries = (sum(person.received for person in crowd) - received) / passed
        bench = (time.process_time() - busy) / passed
        _drain(selector, crowd)
    for person in crowd:
        person.line.socket.close()
    return Went(edits, deliveries, None if used is None or after is None else (after - used) / passed, bench)


def _run(selector: selectors.BaseSelector, crowd: list[Person], window: int, end: float) -> None:
    for person in crowd:
        while person.sent - person.own < window:
            person.edit()
    while time.monotonic() < end:
        for key, _ in selector.select(0.05):
            person = key.data
            person.take()
            while person.sent - person.own < window:
                person.edit()


def _drain(selector: selectors.BaseSelector, crowd: list[Person]) -> None:
    """Wait until everyone's own edits are stored: what does not arrive is an error and no figure."""
    end = time.monotonic() + PATIENCE
    while any(person.own < person.sent for person in crowd):
        if time.monotonic() > end:
            missing = sum(person.sent - person.own for person in crowd)
            raise BenchError(f"{missing} edits had no answer.")
        for key, _ in selector.select(0.05):
            key.data.take()


def at_rest(person: Person, seconds: float, most: int = 400) -> list[float]:
    """Edit alone, each edit once the one before it is stored; milliseconds from sending to receipt, ascending."""
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while len(taken) < most and (not taken or time.perf_counter() < end):
        begin = time.perf_counter()
        person.edit()
        while person.own < person.sent:
            person.take()
        taken.append(1000 * (time.perf_counter() - begin))
    person.line.socket.close()
    return sorted(taken)
