"""How many edits this installation takes, and how soon others see them.

    python -m tests.load --rooms 50 --people 10 --seconds 5 [--rewording] [--port N]

Without --port it starts a server of its own with fresh data. An edit counts once everybody in its room has it, durable.
"""

import argparse
import contextlib
import os
from collections.abc import Iterator

from tests.load.crowd import Person, gather
from tests.load.drive import Edit, flood, paced
from tests.load.joining import joining
from tests.support.calls import Http
from tests.support.process import serving

READY = 300


@contextlib.contextmanager
def _server(port: int | None) -> Iterator[Http]:
    if port is not None:
        yield Http(port)
        return
    with serving() as server:
        if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(server.pid, set(cores[:1]))
            os.sched_setaffinity(0, set(cores[1:]))
        yield server.http


def _ready(crowd: list[Person], edit: Edit) -> None:
    for person in crowd:
        person.ready = [edit(person) for _ in range(READY)][::-1]


def _row(name: str, value: str, remark: str = "") -> None:
    print(f"  {name:<34}{value:>14}  {remark}", flush=True)


def measure(http: Http, options: argparse.Namespace) -> None:
    """Measure and print one table."""
    kind = "rewordings" if options.rewording else "judgements"
    print(f"{options.rooms} rooms × {options.people} people, {options.seconds:g} s of {kind}", flush=True)
    edit = Person.rewording if options.rewording else Person.judgement
    crowd = gather(http, options.rooms, options.people)
    if not options.rewording:
        _ready(crowd, edit)
    through = flood(crowd, edit, options.seconds, 1 if options.rewording else options.window)
    _row("edits a second", f"{through.edits:,.0f}")
    _row("deliveries a second, to others", f"{through.deliveries:,.0f}", f"this driver busy {through.busy:.0%}")
    for person in crowd:
        person.line.close()
    crowd = gather(http, options.rooms, options.people)
    rate = options.rate or 100
    latency = paced(crowd, Person.judgement, options.seconds, rate)
    _row(f"p50 at {rate:g} edits a second", f"{latency.p50:.2f} ms")
    _row(
        f"p99 at {rate:g} edits a second", f"{latency.p99:.2f} ms", f"worst {latency.worst:.1f} ms, {latency.lost} lost"
    )
    middle, worst, size = joining(crowd[0])
    _row("joining", f"{middle:.2f} ms", f"worst {worst:.1f} ms, {size / 1000:.1f} kB")


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--window", type=int, default=1, help="edits that each person has under way")
    parser.add_argument("--rate", type=float, help="edits a second, all rooms together, where latency is measured")
    parser.add_argument("--rewording", action="store_true", help="reword texts instead of judging")
    parser.add_argument("--port", type=int, help="a server that runs already, without a limit of commands")
    options = parser.parse_args()
    with _server(options.port) as http:
        measure(http, options)


if __name__ == "__main__":
    main()
