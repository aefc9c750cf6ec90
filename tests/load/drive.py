"""The measured loops: one thread, epoll, nothing parsed; deliveries are counted as bytes that each event has once.

An event's digest stands in it once, under a name that nobody can write into a text (its quotes would be escaped), so
counting it counts events, in whatever frames and reads they come.
"""

import re
import select
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tests.load.crowd import RUN, Person
from tests.load.line import READ, GoneError

EVENT = b'"digest":"'
COMMAND = re.compile(rb'"command":"' + RUN.encode() + rb"-([0-9a-f]{4})-4000-8000-(\d{12})")
NAMED = 80
STALLED = 10.0
POLL = 0.05

Edit: TypeAlias = Callable[[Person], bytes]


@dataclass(frozen=True)
class Flood:
    """What went through while everyone sent as fast as receipts came back."""

    edits: float
    deliveries: float
    busy: float


@dataclass(frozen=True)
class Paced:
    """Milliseconds from sending to receipt, over all others in the room."""

    p50: float
    p99: float
    worst: float
    lost: int


class Readers:
    """All sockets of a crowd, non-blocking, behind one epoll."""

    def __init__(self, crowd: list[Person]) -> None:
        self._people = {person.line.socket.fileno(): person for person in crowd}
        self._poll = select.epoll()
        self._room = bytearray(READ)
        for number, person in self._people.items():
            person.line.socket.setblocking(False)  # noqa: FBT003 - the standard library's own signature
            self._poll.register(number, select.EPOLLIN)

    def close(self) -> None:
        """Watch no longer."""
        self._poll.close()

    def read(self, timeout: float) -> Iterator[tuple[Person, bytes]]:
        """Give what came in, person by person."""
        for number, _ in self._poll.poll(timeout):
            person = self._people[number]
            size = person.line.socket.recv_into(self._room)
            if not size:
                raise GoneError(person.number)
            yield person, bytes(memoryview(self._room)[:size])


def send(person: Person, data: bytes) -> None:
    """Send a frame whole; a full socket means that the server has stopped reading."""
    if person.line.socket.send(data) != len(data):
        raise GoneError
    person.sent += 1


def count(person: Person, data: bytes) -> int:
    """Count the events in what came in, and those that are this person's own."""
    found = [0, 0]
    for i, pattern in enumerate((EVENT, person.mine)):
        whole = person.tails[i] + data
        found[i] = whole.count(pattern)
        person.tails[i] = whole[-(len(pattern) - 1) :]
    person.received += found[0]
    person.acknowledged += found[1]
    return found[0]


def flood(crowd: list[Person], edit: Edit, seconds: float, window: int, warm: float = 0.5) -> Flood:
    """Let everyone have `window` edits under way, always; count while `seconds` pass, then wait for the rest."""
    readers = Readers(crowd)
    start = time.monotonic() + warm
    end, began, delivered, cpu = start + seconds, 0.0, 0, 0.0
    _fill(crowd, edit, window)
    while (now := time.monotonic()) < end:
        if not began and now >= start:
            began, delivered, cpu = now, 0, time.process_time()
        for person, data in readers.read(POLL):
            delivered += count(person, data)
            _fill([person], edit, window)
    passed, busy = time.monotonic() - began, time.process_time() - cpu
    _drain(readers, crowd)
    readers.close()
    people = len(crowd) / len({person.room.id for person in crowd})
    others = (people - 1) / people
    return Flood(delivered / people / passed, delivered * others / passed, busy / passed)


def _fill(crowd: list[Person], edit: Edit, window: int) -> None:
    for person in crowd:
        while person.sent - person.acknowledged < window:
            send(person, person.ready.pop() if person.ready else edit(person))


def _drain(readers: Readers, crowd: list[Person]) -> None:
    """Wait until everyone got everything; who does not is an error, not a figure."""
    sent: dict[str, int] = {}
    for person in crowd:
        sent[person.room.id] = sent.get(person.room.id, 0) + person.sent
    last = time.monotonic()
    while any(person.received < sent[person.room.id] for person in crowd):
        for person, data in readers.read(POLL):
            if count(person, data):
                last = time.monotonic()
        if time.monotonic() - last > STALLED:
            missing = sum(sent[person.room.id] - person.received for person in crowd)
            raise GoneError(missing)


def paced(crowd: list[Person], edit: Edit, seconds: float, rate: float) -> Paced:
    """Send `rate` edits a second, evenly, one person after another; time each delivery to each other person."""
    readers = Readers(crowd)
    total = int(seconds * rate)
    frames = [edit(crowd[i % len(crowd)]) for i in range(total)]
    sent_at: dict[tuple[int, int], float] = {}
    taken: list[float] = []
    sent, begin = 0, time.monotonic()
    people = len(crowd) // len({person.room.id for person in crowd})
    wanted, deadline = total * people, begin + seconds + STALLED
    while wanted > 0 and time.monotonic() < deadline:
        while sent < total and begin + sent / rate <= time.monotonic():
            person = crowd[sent % len(crowd)]
            send(person, frames[sent])
            sent_at[person.number, person.sent] = time.monotonic()
            sent += 1
        pause = max(0.0, begin + sent / rate - time.monotonic()) if sent < total else POLL
        for person, data in readers.read(pause):
            for sender, number in named(person, data):
                wanted -= 1
                if sender != person.number:
                    taken.append(time.monotonic() - sent_at[sender, number])
    readers.close()
    taken.sort()
    return Paced(share(taken, 0.5), share(taken, 0.99), share(taken, 1), wanted)


def share(taken: list[float], part: float) -> float:
    """Give the milliseconds within which so large a part of the times, in order, lies."""
    return 1000 * taken[min(len(taken) - 1, int(len(taken) * part))]


def named(person: Person, data: bytes) -> Iterator[tuple[int, int]]:
    """Give the sender and number of each event of this run in what came in."""
    whole, end = person.tails[0] + data, 0
    for match in COMMAND.finditer(whole):
        end = match.end()
        yield int(match[1], 16), int(match[2])
    person.tails[0] = whole[max(end, len(whole) - NAMED) :]
