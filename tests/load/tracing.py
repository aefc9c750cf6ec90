"""What a browser's main thread did for each frame, read from a trace."""

import json
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from tests.support.patch import Json

CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
TASK = "ThreadControllerImpl::RunTask"
COMMIT = "Commit"
"""The page's main thread hands a frame on to the compositor."""


@dataclass(frozen=True)
class Frames:
    """Milliseconds of processor time that the main thread worked for a frame, sorted."""

    work: tuple[float, ...]

    def at(self, percent: float) -> float:
        """Give the value that this share of the frames stays under."""
        return self.work[min(len(self.work) - 1, int(len(self.work) * percent / 100))] if self.work else 0.0

    @property
    def over(self) -> float:
        """Give the share of frames with more than 8 ms of work."""
        return sum(work > 8 for work in self.work) / max(1, len(self.work))


def frames_of(trace: bytes) -> Frames:
    """Sum up the tasks of the page's main thread up to each frame that it handed on: scripts, layout, paint, all."""
    events = json.loads(trace)["traceEvents"]
    handed = [event for event in events if event["name"] == COMMIT]
    if not handed:
        return Frames(())
    [(thread, _)] = Counter(map(_thread, handed)).most_common(1)
    ends = sorted(event["ts"] for event in handed if _thread(event) == thread)
    work = [0.0] * len(ends)
    for event in events:
        if event["name"] == TASK and event.get("ph") == "X" and _thread(event) == thread:
            frame = bisect_left(ends, event["ts"])
            if frame < len(ends):
                work[frame] += event.get("tdur", event["dur"]) / 1000
    return Frames(tuple(sorted(work)))


def _thread(event: Json) -> tuple[int, int]:
    return event["pid"], event["tid"]
