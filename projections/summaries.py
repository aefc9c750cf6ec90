"""What an iteration made of what the one before it had left: how many activities, in all, by category and by step.

It is told from the two canvases at the iterations' ends, so it says the same as comparing them: what happened between
two iterations belongs to the later one, and what nets out to nothing is not counted. An activity counts where it stands
in the end, or where it stood if it has gone.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from domain import events as e
from domain.events import Recorded
from domain.vocabulary import LISTS, UNSORTED
from projections.compare import Canvas
from projections.outcome import GROUPS, Group, outcome

Counts: TypeAlias = dict[Group, int]

STANDING: Final = {"must_do": "must_do", "not_now": "not_now", None: "unjudged"}


def closes(recorded: Recorded) -> bool:
    """Whether an iteration ends with this event."""
    return isinstance(recorded.event, e.IterationClosed)


def beginning(canvas: Canvas, upto: int, *, copied: bool) -> int:
    """Tell the version behind which the work began that led up to another one: at the last end of an iteration.

    What a copied room began with is nobody's work in it: it came with its second event.
    """
    ends = [one["to"] for one in canvas["iterations"] if one["to"] is not None and one["to"] <= upto]
    return max(ends, default=2 if copied else 0)


def summary(earlier: Canvas, later: Canvas) -> dict[str, Any]:
    """Summarize what lies between two canvases."""
    groups = outcome(earlier, later)
    shown = {**earlier["activities"], **later["activities"]}
    steps = [None, *(step["id"] for step in later["steps"])]
    gone = [step["id"] for step in earlier["steps"] if step["id"] not in steps]
    standing = dict.fromkeys(STANDING.values(), 0)
    for activity in later["activities"].values():
        standing[STANDING[activity["judgement"]]] += 1
    return {
        "counts": _counted((group, len(ids)) for group, ids in groups.items()),
        "categories": {name: _where(groups, shown, "category", _category(name)) for name in LISTS},
        "steps": [{"step": step, "counts": _where(groups, shown, "step", step)} for step in [*steps, *gone]],
        "standing": standing,
    }


def _category(name: str) -> str | None:
    return None if name == UNSORTED else name


def _where(groups: dict[Group, list[str]], shown: dict[str, Any], field: str, value: str | None) -> Counts:
    return _counted((group, sum(shown[id_][field] == value for id_ in ids)) for group, ids in groups.items())


def _counted(found: Iterable[tuple[Group, int]]) -> Counts:
    return {**dict.fromkeys(GROUPS, 0), **dict(found)}
