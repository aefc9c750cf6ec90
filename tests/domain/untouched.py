"""What a taking back must leave alone: everything that the change did not touch, in its value and in its order."""

from collections.abc import Sequence
from typing import Any, Final

from domain.undo import Change, Touch
from domain.workshop import Workshop

Canvas = dict[str, Any]
SHOWN_AS: Final = {
    "place": {"category", "block"},
    "judgement": {"judgement", "reason"},
    "life": {"category", "step", "retired_because"},
}
"""The members of a thing in which the canvas shows a field; any other field goes by its own name."""


def change_of(state: Workshop, by: str, version: int) -> Change:
    """Find the change of somebody that made this version."""
    history = state.histories[by]
    return next(change for change in (*history.done, *history.undone) if change.version == version)


def check_untouched(change: Change, before: Canvas, after: Canvas) -> None:
    """Check that taking back the change left alone what it had not touched."""
    check_untouched_by([touch for part in (*change.earlier, change) for touch in part.touches], before, after)


def check_untouched_by(touches: Sequence[Touch], before: Canvas, after: Canvas) -> None:
    """Check that nothing is different but what these touched."""
    touched: dict[str, set[str]] = {}
    for touch in touches:
        name = touch.field.partition(":")[0]
        members = {"links"} if name == "link" else {"comments"} if name == "comment" else SHOWN_AS.get(name, {name})
        touched.setdefault(touch.thing, set()).update(members)
    _check_things(touched, _without_links_to_nothing(before, after), after)
    _check_orders(touched, before, after)
    for member in ("title", "goal", "subject", "steps"):
        assert member in touched.get("", ()) or before[member] == after[member], member
    for member in ("language", "locked", "step", "iterations", "iteration", "phase", "questions", "people"):
        assert before[member] == after[member], member


def _things(canvas: Canvas) -> dict[str, dict[str, Any]]:
    return {**canvas["notes"], **canvas["activities"], **canvas["retired"]}


def _without_links_to_nothing(before: Canvas, after: Canvas) -> Canvas:
    """A note that goes takes along all links to it, whoever made them."""
    gone = before["notes"].keys() - after["notes"].keys()
    kept = {
        id_: thing | {"links": [note for note in thing["links"] if note not in gone]}
        for id_, thing in (before["activities"] | before["retired"]).items()
    }
    return {"notes": before["notes"], "activities": kept, "retired": {}}


def _check_things(touched: dict[str, set[str]], before: Canvas, after: Canvas) -> None:
    one, other = _things(before), _things(after)
    for id_ in one.keys() | other.keys():
        if id_ in one and id_ in other:
            names = one[id_].keys() | other[id_].keys()
            members = {member for member in names if one[id_].get(member) != other[id_].get(member)}
            assert members <= touched.get(id_, set()), f"{id_} differs in {members}"
        else:
            assert id_ in touched, f"{id_} came or went"


def _check_orders(touched: dict[str, set[str]], before: Canvas, after: Canvas) -> None:
    for lists in ("blocks", "categories"):
        for name in before[lists]:
            orders = [[id_ for id_ in canvas[lists][name] if id_ not in touched] for canvas in (before, after)]
            assert orders[0] == orders[1], f"others stand in another order in {name}"
