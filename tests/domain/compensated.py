"""What commands that look back come to: an iteration as it was closed, somebody's work taken out of all the rest."""

import json
from typing import Any, Final

from domain.plan import Plan
from domain.undo import Change, Touch
from domain.workshop import Workshop
from tests.domain.untouched import Canvas, check_untouched_by

BECAUSE: Final = {"changed_since", "value_proposition_first", "step_in_use", "too_many", "unknown_step", "unknown_note"}
"""The codes by which something is left as it is."""
APART: Final = {"notes", "blocks", "steps", "step", "title", "goal", "subject", "iterations", "people", "questions"}
"""What restoring an iteration does not touch."""


def changes_between(state: Workshop, who: str, after: int, upto: int) -> list[Change]:
    """Give somebody's changes that are meant, as the workshop remembers them."""
    history = state.histories.get(who)
    return [change for change in history.done if after < change.version <= upto] if history else []


def touches_of(changes: list[Change]) -> list[Touch]:
    return [touch for change in changes for part in (*change.earlier, change) for touch in part.touches]


def check_restored(then: Canvas, before: Canvas, after: Canvas, plan: Plan) -> None:
    """Check that the activities are those of the close, but for what was left as it is."""
    assert {because for _, because in plan.skipped} <= BECAUSE
    assert after["categories"] == then["categories"]
    assert {id_: _told(one) for id_, one in after["activities"].items()} == {
        id_: _possible(_told(one), after) for id_, one in then["activities"].items()
    }
    missing = any(_told(one) != _possible(_told(one), after) for one in then["activities"].values())
    assert bool(plan.skipped) == missing, plan.skipped
    for id_, one in then["retired"].items():
        because = one["retired_because"]
        known = not isinstance(because, dict) or because["into"] in after["activities"] | after["retired"]
        if id_ in after["retired"] and known:
            assert after["retired"][id_]["retired_because"] == because
    for member in APART:
        assert after[member] == before[member], member
    said = _comments(before)
    assert {id_: comments for id_, comments in _comments(after).items() if id_ in said} == said


def check_swept(touches: list[Touch], before: Canvas, after: Canvas, plan: Plan) -> None:
    """Check that nothing is different but what that person had changed."""
    assert {because for _, because in plan.skipped} <= BECAUSE
    assert [version for version, _ in plan.skipped] == sorted(version for version, _ in plan.skipped)
    check_untouched_by(touches, before, json.loads(json.dumps(after)))


def _told(activity: dict[str, Any]) -> dict[str, Any]:
    return {member: value for member, value in activity.items() if member != "comments"}


def _possible(activity: dict[str, Any], canvas: Canvas) -> dict[str, Any]:
    """The activity as far as its notes and its step are still there."""
    links = [note for note in activity["links"] if note in canvas["notes"]]
    steps = {None, *(step["id"] for step in canvas["steps"])}
    now = canvas["activities"][activity["id"]]["step"]
    return activity | {"links": links, "step": activity["step"] if activity["step"] in steps else now}


def _comments(canvas: Canvas) -> dict[str, Any]:
    return {id_: one["comments"] for id_, one in (canvas["activities"] | canvas["retired"]).items()}
