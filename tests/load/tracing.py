"""What a browser's main thread did for each frame, read from a trace."""

import json
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from tests.support.patch import Json

CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
TASK = "ThreadControllerImpl::RunTask"
PAGE = {
    *("EvaluateScript", "FunctionCall", "EventDispatch", "FireAnimationFrame", "TimerFire", "RunMicrotasks"),
    *("BlinkScheduler_PerformMicrotaskCheckpoint", "V8.GC_SCAVENGER", "MinorGC", "MajorGC", "HitTest"),
    *("UpdateLayoutTree", "Layout", "IntersectionObserverController::computeIntersections"),
    *("PrePaint", "Paint", "Layerize", "Commit"),
}
"""Scripting, layout and paint: what a page makes the main thread do. The rest is the browser's own passing around."""
COMMIT = "Commit"
"""The page's main thread hands a frame on to the compositor."""


@dataclass(frozen=True)
class Frames:
    """Milliseconds of processor time that the main thread worked for a frame, sorted."""

    work: tuple[float, ...]
    """Everything."""
    page: tuple[float, ...]
    """Of it: scripting, layout and paint."""

    @property
    def over(self) -> float:
        """Give the share of frames with more than 8 ms of work."""
        return sum(work > 8 for work in self.work) / max(1, len(self.work))


def frames_of(trace: bytes) -> Frames:
    """Sum up the tasks of the page's main thread up to each frame that it handed on."""
    events = json.loads(trace)["traceEvents"]
    handed = [event for event in events if event["name"] == COMMIT]
    if not handed:
        return Frames((), ())
    [(thread, _)] = Counter(map(_thread, handed)).most_common(1)
    ends = sorted(event["ts"] for event in handed if _thread(event) == thread)
    timed = [event for event in events if event.get("ph") == "X" and _thread(event) == thread]
    tasks = [event for event in timed if event["name"] == TASK]
    return Frames(_summed(tasks, ends), _summed(_outermost([event for event in timed if event["name"] in PAGE]), ends))


def _outermost(events: list[Json]) -> list[Json]:
    """Leave out what lies within another of them: its time is in that one's."""
    kept: list[Json] = []
    for event in sorted(events, key=lambda one: (one["ts"], -one["dur"])):
        if not kept or event["ts"] >= kept[-1]["ts"] + kept[-1]["dur"]:
            kept.append(event)
    return kept


def _summed(events: list[Json], ends: list[float]) -> tuple[float, ...]:
    work = [0.0] * len(ends)
    for event in events:
        frame = bisect_left(ends, event["ts"])
        if frame < len(ends):
            work[frame] += (event["tdur"] if "tdur" in event else event["dur"]) / 1000
    return tuple(sorted(work))


def _thread(event: Json) -> tuple[int, int]:
    return event["pid"], event["tid"]
