"""What people see is what decisions are made upon: the canvas, folded from patches, and the state, side by side."""

from typing import Any

from domain.things import Activity
from domain.vocabulary import UNSORTED
from domain.workshop import Workshop

ONLY_SHOWN = {"iterations"}
"""Members of the canvas of which the state has no more than decisions need."""


def check_agreement(state: Workshop, canvas: dict[str, Any]) -> None:
    """Check that the canvas shows the workshop in every list and field."""
    shown = canvas_of(state)
    for member in canvas.keys() - ONLY_SHOWN:
        assert shown[member] == canvas[member], f"the state and the canvas differ in {member}"
    assert shown.keys() == canvas.keys() - ONLY_SHOWN
    assert state.closed == {one["id"]: one["to"] for one in canvas["iterations"] if one["to"] is not None}


def canvas_of(state: Workshop) -> dict[str, Any]:
    """Write the canvas of a state, apart from the patches by which everybody else gets there."""
    notes = state.notes.values()
    return {
        "title": state.title,
        "language": state.language,
        "goal": state.goal,
        "subject": state.subject,
        "locked": state.locked,
        "notes": {note.id: {"id": note.id, "block": note.block, "text": note.text, "by": note.by} for note in notes},
        "blocks": {block: list(ids) for block, ids in state.blocks.items()},
        "activities": {id_: _activity(activity) for id_, activity in state.activities.items()},
        "categories": {name: list(ids) for name, ids in state.categories.items()},
        "retired": {id_: _retired(activity) for id_, activity in state.retired.items()},
        "steps": [{"id": id_, "name": name} for id_, name in state.steps.items()],
        "step": state.step,
        "iteration": state.iteration,
        "phase": None if state.phase is None else {"label": state.phase.label, "ends_at": state.phase.ends_at},
        "questions": _questions(state),
        "people": {person: {"role": role} for person, role in state.people.items()},
    }


def _questions(state: Workshop) -> list[dict[str, str]] | None:
    if state.questions is None:
        return None
    return [{"id": id_, "text": text} for id_, text in state.questions.items()]


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "category": None if activity.category == UNSORTED else activity.category,
        "title": activity.title,
        "details": activity.details,
        "judgement": activity.judgement,
        "reason": activity.reason,
        "step": activity.step,
        "links": list(activity.links),
        "comments": [{"id": comment.id, "text": comment.text, "by": comment.by} for comment in activity.comments],
        "by": activity.by,
        "origin": _origin(activity),
    }


def _origin(activity: Activity) -> dict[str, Any] | None:
    if activity.sources:
        return {"kind": "combination", "activities": list(activity.sources)}
    return None if activity.prompt is None else {"kind": "prompt", "prompt": activity.prompt}


def _retired(activity: Activity) -> dict[str, Any]:
    combined = {"kind": "combination", "into": activity.into}
    return _activity(activity) | {"retired_because": activity.because if activity.into is None else combined}
