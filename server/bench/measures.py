"""The measurements, one after the other, and their figures."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.bench.crowd import Went, at_rest, flood, gather
from server.bench.installation import folder_beside, fsyncs, installation

WINDOW_EACH: Final = 8
WINDOW_IN_ONE_ROOM: Final = 4
"""Edits that each person has under way: enough to keep a server busy, few enough to stay within an outbox."""


@dataclass(frozen=True)
class Scale:
    """How many rooms of how many people edit at once, and how many people are in the one room of each fan-out."""

    rooms: int = 20
    people: int = 10
    one_room: tuple[int, ...] = (10, 50)


USUAL: Final = Scale()


@dataclass(frozen=True)
class Taken:
    """How long something took, in milliseconds: half of the times at most p50, all but one in a hundred at most p99."""

    p50: float
    p99: float
    times: int


@dataclass(frozen=True)
class Figures:
    """All that was measured."""

    fsync: Taken
    commit: Taken
    edits: Went
    fan_out: dict[int, Went]
    scale: Scale
    processors: int
    python: str


def measure(data: Path, seconds: float, progress: Callable[[str], None], scale: Scale = USUAL) -> Figures:
    """Measure this installation on the disk of a data folder. Raises BenchError where its server can't be used."""
    with folder_beside(data) as folder:
        progress("Measuring the disk …")
        disk = _taken(fsyncs(folder, min(1.0, seconds)))
        with installation(folder) as server:
            progress("Measuring one editor at rest …")
            commit = _taken(at_rest(gather(server, 1, 1)[0][0], seconds))
            progress(f"Measuring {scale.rooms} rooms of {scale.people} people …")
            edits = flood(server, gather(server, scale.rooms, scale.people), WINDOW_EACH, seconds)
            fan_out: dict[int, Went] = {}
            for people in scale.one_room:
                progress(f"Measuring one room of {people} people …")
                fan_out[people] = flood(server, gather(server, 1, people), WINDOW_IN_ONE_ROOM, seconds)
    return Figures(disk, commit, edits, fan_out, scale, os.cpu_count() or 1, platform.python_version())


def _taken(times: Sequence[float]) -> Taken:
    """Sum up times that ascend."""
    return Taken(times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)], len(times))
