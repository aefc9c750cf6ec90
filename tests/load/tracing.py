"""What a browser's main thread did for each frame, read from a trace."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

CATEGORIES = ["-*", "toplevel", "devtools.timeline", "devtools.timeline.frame", "disabled-by-default-devtools.timeline"]
TASK = "ThreadControllerImpl::RunTask"
FRAME = "BeginMainThreadFrame"
FIFTH_OF_A_SECOND = 200_000


@dataclass(frozen=True)
class Frames:
    """Milliseconds of processor time that the main thread worked for a frame, sorted; and what share waited."""

    work: tuple[float, ...]

    def at(self, percent: float) -> float:
        """Give the value that this share of the frames stays under."""
        return self.work[min(len(self.work) - 1, int(len(self.work) * percent / 100))] if self.work else 0.0

    @property
    def over(self) -> float:
        """Give the share of frames with more than 8 ms of work."""
        return sum(work > 8 for work in self.work) / max(1, len(self.work))


def frames_of(trace: bytes) -> Frames:
    """Sum up the tasks of the page's main thread between one frame and the next: scripts, layout, paint, all."""
    events = json.loads(trace)["traceEvents"]
    begun = [event for event in events if event["name"] == FRAME]
    if not begun:
        return Frames(())
    thread = max({(event["pid"], event["tid"]) for event in begun}, key=lambda one: _count(begun, one))
    starts = sorted(event["ts"] for event in begun if (event["pid"], event["tid"]) == thread)
    work = [0.0] * len(starts)
    for event in events:
        if event["name"] == TASK and event.get("ph") == "X" and (event["pid"], event["tid"]) == thread:
            frame = bisect_right(starts, event["ts"]) - 1
            if frame >= 0:
                work[frame] += event.get("tdur", event["dur"]) / 1000
    within = [after - before < FIFTH_OF_A_SECOND for before, after in pairwise(starts)]
    return Frames(tuple(sorted(one for one, fits in zip(work, within, strict=False) if fits)))


def _count(begun: list[dict[str, int]], thread: tuple[int, int]) -> int:
    return sum((event["pid"], event["tid"]) == thread for event in begun)
