"""One client that never reads, among thirty busy ones.

    python -m tests.adversary.slow_reader [--people 30] [--rate 300] [--seconds 10] [--pairs 3]

Measures how soon the others see each edit, without and with it, and how the server's memory grows.
"""

import argparse
import contextlib
import statistics
from dataclasses import dataclass

from tests.load.crowd import Person, gather
from tests.load.drive import Paced, flood, paced
from tests.load.line import GoneError, Line
from tests.support.expect import expect
from tests.support.process import Server, serving

LONG = 130
"""Words of an edit, so that what waits for the slow one soon fills every buffer on the way."""

ENOUGH = 5_000
"""Edits by which every buffer on the way must be full: some 12 MB."""

WINDOW = 2**12
TOO_SLOW = 1013


@dataclass(frozen=True)
class Ending:
    """How the slow one was ended: the close code where it could still be read, and what it had received by then."""

    code: int | None
    frames: int


def long_edit(person: Person) -> bytes:
    """Build an edit of nearly a thousand characters."""
    return person.judgement(LONG)


def never_reading(person: Person) -> Line:
    """Enter a person's room once more, with a small window, and read nothing but the welcome."""
    return Line(person.room.http.port, person.room.id, person.room.join("observer", "Never reads"), WINDOW)


def drained(line: Line) -> Ending:
    """Read at last what there is, to the end."""
    frames = 0
    try:
        while True:
            line.receive()
            frames += 1
    except GoneError as error:
        return Ending(error.args[0] if error.args else None, frames)
    except ConnectionResetError:
        return Ending(None, frames)


def crowd_beside(server: Server, people: int, edits: int, window: int) -> tuple[Ending, int, int]:
    """Flood a room that the slow one is in: its ending, the bytes by which memory grew, the edits that went through."""
    crowd = gather(server.http, 1, people)
    slow = never_reading(crowd[0])
    before = server.resident()
    while (sent := sum(person.sent for person in crowd)) < edits:
        flood(crowd, long_edit, 0.5, window)
    grown = server.resident() - before
    for person in crowd:
        person.line.close()
    with contextlib.closing(slow):
        return drained(slow), grown, sent


def latency(server: Server, people: int, seconds: float, rate: float, *, slow: bool) -> tuple[Paced, Ending | None]:
    """Measure one paced run, and how the slow one ended if it was there."""
    crowd = gather(server.http, 1, people)
    line = never_reading(crowd[0]) if slow else None
    measured = paced(crowd, long_edit, seconds, rate)
    for person in crowd:
        person.line.close()
    if line is None:
        return measured, None
    with contextlib.closing(line):
        return measured, drained(line)


def compare(server: Server, options: argparse.Namespace) -> None:
    """Measure and print pairs of runs, without the slow one and beside it, in turn, and compare their medians."""
    p99: dict[bool, list[float]] = {False: [], True: []}
    for slow in [False, True] * options.pairs:
        run, ending = latency(server, options.people, options.seconds, options.rate, slow=slow)
        name = f"beside it (ended: {ending.code})" if ending else "without it"
        print(f"  {name:<26} p50 {run.p50:6.2f} ms   p99 {run.p99:6.2f} ms   {run.lost} lost", flush=True)
        expect(ending is None or ending.frames < options.seconds * options.rate, "never ended: run for longer")
        p99[slow].append(run.p99)
    without, beside = statistics.median(p99[False]), statistics.median(p99[True])
    print(
        f"  median p99 {without:.2f} ms without it, {beside:.2f} ms beside it: {beside / without:.2f} times", flush=True
    )


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--pairs", type=int, default=3, help="how often each run is measured, in turn")
    options = parser.parse_args()
    with serving() as server:
        compare(server, options)
        ending, grown, edits = crowd_beside(server, options.people, ENOUGH, 4)
        print(f"  in a flood of {edits} edits it was ended ({ending.code}); memory grew by {grown / 1e6:.1f} MB")
        expect(ending.frames < edits, "the slow one was never ended")


if __name__ == "__main__":
    main()
