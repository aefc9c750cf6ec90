"""The measurements, one after the other, and their figures."""

import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.bench.crowd import Went, at_rest, flood, gather
from server.bench.installation import folder_beside, fsyncs, installation

ROOMS, PEOPLE_EACH, WINDOW_EACH = 20, 10, 8
SIZES: Final = (10, 50)
WINDOW_IN_ONE_ROOM: Final = 4


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
    processors: int
    python: str


def measure(data: Path, seconds: float, progress: Callable[[str], None]) -> Figures:
    """Measure this installation on the disk of a data folder. Raises BenchError where its server can't be used."""
    with folder_beside(data) as folder:
        progress("Measuring the disk …")
        disk = _taken(fsyncs(folder, min(1.0, seconds)))
        with installation(folder) as server:
            progress("Measuring one editor at rest …")
            commit = _taken(at_rest(gather(server, 1, 1)[0][0], seconds))
            progress(f"Measuring {ROOMS} rooms of {PEOPLE_EACH} people …")
            edits = flood(server, gather(server, ROOMS, PEOPLE_EACH), WINDOW_EACH, seconds)
            fan_out: dict[int, Went] = {}
            for people in SIZES:
                progress(f"Measuring one room of {people} people …")
                fan_out[people] = flood(server, gather(server, 1, people), WINDOW_IN_ONE_ROOM, seconds)
    return Figures(disk, commit, edits, fan_out, os.cpu_count() or 1, platform.python_version())


def _taken(times: Sequence[float]) -> Taken:
    """Sum up times that ascend."""
    return Taken(times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)], len(times))
