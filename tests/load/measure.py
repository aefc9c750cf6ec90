"""What is measured, one row a figure."""

import os
from dataclasses import dataclass

from tests.load.crowd import Person, gather
from tests.load.drive import Flood, Paced, flood, paced
from tests.load.joining import joining
from tests.support.calls import Http
from tests.support.process import Server

READY = 300


@dataclass(frozen=True)
class Plan:
    """Who does what for how long: `rate` is in edits a second, all rooms together."""

    rooms: int
    people: int
    seconds: float
    window: int = 1
    rate: float = 100
    rewording: bool = False

    def edit(self, person: Person) -> bytes:
        """Build the edit that this plan is about."""
        return person.rewording() if self.rewording else person.judgement()


def apart(server: Server) -> None:
    """Give the server a core of its own, where there are several."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(server.pid, set(cores[:1]))
        os.sched_setaffinity(0, set(cores[1:]))


def _row(name: str, value: str, remark: str = "") -> None:
    print(f"  {name:<34}{value:>14}  {remark}", flush=True)


def through(http: Http, plan: Plan, server: Server | None) -> Flood:
    """Measure and print how much goes through while everyone sends as fast as receipts come back."""
    crowd = gather(http, plan.rooms, plan.people)
    for person in crowd if not plan.rewording else ():
        person.ready = [plan.edit(person) for _ in range(READY)][::-1]
    worked = server.worked() if server else 0.0
    measured = flood(crowd, plan.edit, plan.seconds, 1 if plan.rewording else plan.window)
    edits = sum(person.sent for person in crowd)
    for person in crowd:
        person.line.close()
    _row("edits a second", f"{measured.edits:,.0f}")
    _row("deliveries a second, to others", f"{measured.deliveries:,.0f}", f"this driver busy {measured.busy:.0%}")
    if server:
        _row("the server's work for an edit", f"{1e6 * (server.worked() - worked) / edits:.0f} µs")
    return measured


def soon(http: Http, plan: Plan) -> Paced:
    """Measure and print how soon others see an edit, and how quickly one stands in the room."""
    crowd = gather(http, plan.rooms, plan.people)
    measured = paced(crowd, Person.judgement, plan.seconds, plan.rate)
    _row(f"p50 at {plan.rate:g} edits a second", f"{measured.p50:.2f} ms")
    remark = f"worst {measured.worst:.1f} ms, {measured.lost} lost"
    _row(f"p99 at {plan.rate:g} edits a second", f"{measured.p99:.2f} ms", remark)
    middle, worst, size = joining(crowd[0])
    _row("joining", f"{middle:.2f} ms", f"worst {worst:.1f} ms, {size / 1000:.1f} kB")
    for person in crowd:
        person.line.close()
    return measured


def measure(http: Http, plan: Plan, server: Server | None = None) -> tuple[Flood, Paced]:
    """Measure and print one table; `server` where it is ours, to see what it works."""
    kind = "rewordings" if plan.rewording else "judgements"
    print(f"{plan.rooms} rooms × {plan.people} people, {plan.seconds:g} s of {kind}", flush=True)
    return through(http, plan, server), soon(http, plan)
