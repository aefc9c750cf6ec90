"""The course of a room in broad strokes: who did how much when, and what people remember it by. Blocking."""

from typing import Any, Final

import orjson

from server.past.history import History
from server.past.moments import time_of
from server.past.seeking import Sought
from server.storage.log import Log

KINDS: Final = ("IterationOpened", "IterationClosed", "StepEntered", "PhaseSet")
"""The events that people remember a time by."""

MOST: Final = 1_000
"""Of each kind at most so many, the first ones."""


def timeline(log: Log, history: History, room: str, upto: int, parts: int) -> dict[str, Any]:
    """Divide the versions up to one that the history has reached into so many parts at most. Raises LogError."""
    size = max(1, -(-upto // parts))
    number = -(-upto // size)
    ends = [min(upto, (part + 1) * size) for part in range(number)]
    people: dict[str, list[int]] = {}
    for participant, part, changes in history.shares(room, upto, size):
        people.setdefault(participant, [0] * number)[part] = changes
    return {
        "version": upto,
        "size": size,
        "times": [time_of(log, room, end) for end in ends],
        "people": people,
        "marks": sorted(_marks(history, room, upto), key=lambda mark: int(mark["version"])),
    }


def _marks(history: History, room: str, upto: int) -> list[dict[str, Any]]:
    told = [orjson.loads(row) for kind in KINDS for row in history.page(room, Sought(kind=kind), 0, upto, MOST)[0]]
    return [
        {
            "version": one["version"],
            "at": one["at"],
            "kind": one["kind"],
            "value": one["iteration"] if one["kind"].startswith("Iteration") else one["after"],
        }
        for one in told
    ]
