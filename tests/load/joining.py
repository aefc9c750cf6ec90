"""How long it takes to stand in a room: from connecting to the last byte of the welcome."""

import time

from tests.load.crowd import Person
from tests.load.line import Line

TRIES = 20


def joining(person: Person) -> tuple[float, float, int]:
    """Give the median and the worst of some joinings in milliseconds, and the welcome's size in bytes."""
    taken, size = [], 0
    for _ in range(TRIES):
        began = time.monotonic()
        line = Line(person.room.http.port, person.room.id, person.room.token)
        taken.append(1000 * (time.monotonic() - began))
        size = len(line.welcome)
        line.close()
    taken.sort()
    return taken[len(taken) // 2], taken[-1], size
