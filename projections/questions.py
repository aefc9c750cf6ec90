"""Which question led to which activities, and what became of them.

A question goes by the name that the activity which answers it has for it: the key of a prompt, or the text of a
question of the room's own.
"""

from collections.abc import Iterator
from typing import Any

from projections.compare import Canvas
from projections.lifeline import into_of, state_of


def questions(canvas: Canvas) -> list[dict[str, Any]]:
    """Tell it for each question that anything came of, the most fruitful first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for activity in _all(canvas):
        origin = activity["origin"]
        if origin is not None and origin["kind"] == "prompt":
            found.setdefault(origin["prompt"], []).append(_became(activity, canvas))
    fruitful = sorted(found, key=lambda prompt: (-len(found[prompt]), prompt))
    return [{"prompt": prompt, "activities": found[prompt], "counts": _counts(found[prompt])} for prompt in fruitful]


def _became(activity: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """Tell of one activity how it stands; where it was combined, how that stands which it is a part of in the end."""
    last, into = activity["id"], into_of(activity["id"], canvas)
    while into is not None:
        last, into = into, into_of(into, canvas)
    whole = canvas["activities"].get(last) or canvas["retired"].get(last)
    return {
        "activity": activity["id"],
        "title": activity["title"],
        "state": state_of(activity["id"], canvas),
        "into": None
        if last == activity["id"] or whole is None
        else {"activity": last, "title": whole["title"], "state": state_of(last, canvas)},
    }


def _counts(activities: list[dict[str, Any]]) -> dict[str, int]:
    states = [one["state"] for one in activities]
    return {state: states.count(state) for state in ("must_do", "not_now", "unjudged", "combined", "retired")}


def _all(canvas: Canvas) -> Iterator[dict[str, Any]]:
    yield from canvas["activities"].values()
    yield from canvas["retired"].values()
