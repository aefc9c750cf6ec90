"""Whether cursors slow edits down: edits alone, and again while everybody's cursor moves 30 times a second.

    python -m tests.load.cursors --people 100 --seconds 4 [--rate 50]

It starts a server of its own with fresh data on one core, with this driver on the others. Times are from sending an
edit to its receipt, which is on the same connection as the presence of all others.
"""

import argparse
import time
from dataclasses import dataclass

from tests.load.crowd import Person, gather
from tests.load.drive import STALLED, Readers, named, send, share
from tests.load.line import command
from tests.load.measure import apart
from tests.support.calls import Http
from tests.support.process import Server, serving

CURSORS = 30
"""Times a second that each cursor moves."""

EDITORS = 10
"""People who edit, one after another; what the others get is only read."""


@dataclass(frozen=True)
class Timed:
    """Milliseconds from sending to receipt, the presence that came meanwhile, and how busy the server was."""

    p50: float
    p95: float
    worst: float
    megabytes: float
    busy: float


def cursors(http: Http, server: Server, people: int, seconds: float, rate: float) -> tuple[Timed, Timed]:
    """Measure both in one room, and print them."""
    crowd = gather(http, 1, people)
    alone, beside = (_timed(crowd, server, seconds, rate, moves) for moves in (0, CURSORS))
    for name, timed in (("without cursors", alone), (f"{people} cursors", beside)):
        told = f"p50 {timed.p50:6.2f} ms  p95 {timed.p95:6.2f} ms  worst {timed.worst:6.1f} ms"
        print(f"  {name:<18}{told}  {timed.megabytes:6.2f} MB/s  the server busy {timed.busy:.0%}", flush=True)
    for person in crowd:
        person.line.close()
    return alone, beside


def _timed(crowd: list[Person], server: Server, seconds: float, rate: float, moves: int) -> Timed:
    readers, editors = Readers(crowd), crowd[:EDITORS]
    edits = [editors[i % len(editors)].judgement() for i in range(int(seconds * rate))]
    sent_at: dict[tuple[int, int], float] = {}
    taken: list[float] = []
    edited, moved, size, worked, begin = 0, 0, 0, server.worked(), time.monotonic()
    while len(taken) < len(edits):
        now = time.monotonic() - begin
        if now > seconds + STALLED:
            raise TimeoutError(len(edits) - len(taken))
        while edited < len(edits) and edited / rate <= now:
            person = editors[edited % len(editors)]
            send(person, edits[edited])
            sent_at[person.number, person.sent] = time.monotonic()
            edited += 1
        while moved / (moves * len(crowd) or 1) <= min(now, seconds) and moves:
            crowd[moved % len(crowd)].line.socket.send(_move(moved))
            moved += 1
        for person, data in readers.read(0.001):
            size += len(data)
            if person.number < EDITORS:
                for sender, number in named(person, data):
                    if sender == person.number:
                        taken.append(time.monotonic() - sent_at[sender, number])
    passed, busy = time.monotonic() - begin, server.worked() - worked
    readers.close()
    taken.sort()
    return Timed(share(taken, 0.5), share(taken, 0.95), share(taken, 1), size / passed / 1e6, busy / passed)


def _move(number: int) -> bytes:
    return command({"type": "presence", "focus": None, "cursor": [number % 997, number % 991], "typing": False})


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rate", type=float, default=50, help="edits a second")
    given = vars(parser.parse_args())
    with serving() as server:
        apart(server)
        cursors(server.http, server, **given)


if __name__ == "__main__":
    main()
