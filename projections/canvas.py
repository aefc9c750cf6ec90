"""The canvas as people see it: each event as the JSON Patch that turns the canvas before it into the canvas after it.

`changes` reads the canvas before the event and answers the patch; `patch.apply` is the only thing that changes it, here
and in every client, so folding the patches gives what is served, at every version.
"""

from typing import Any, Final, TypeAlias, assert_never

from domain import events as e
from domain.events import Recorded
from domain.vocabulary import BLOCKS, LISTS, UNSORTED
from projections import copying
from projections.patch import Operation, add, apply, remove, replace

Canvas: TypeAlias = dict[str, Any]

SHAPE: Final = "2"
"""The name of the canvas's form: it changes when its members do."""


def initial() -> Canvas:
    """Make the canvas of version 0: before the room was opened."""
    return {
        "title": "",
        "language": "en",
        "goal": "",
        "subject": "",
        "locked": False,
        "notes": {},
        "blocks": {block: [] for block in BLOCKS},
        "activities": {},
        "categories": {name: [] for name in LISTS},
        "retired": {},
        "steps": [],
        "step": None,
        "iterations": [],
        "iteration": None,
        "phase": None,
        "questions": None,
        "people": {},
    }


def advance(canvas: Canvas, recorded: Recorded) -> list[Operation]:
    """Bring the canvas to the event's version, and answer the patch that did."""
    operations = changes(canvas, recorded)
    apply(canvas, operations)
    return operations


def changes(canvas: Canvas, recorded: Recorded) -> list[Operation]:
    """Answer the patch from the canvas before the event to the canvas after it."""
    event, by = recorded.event, recorded.by
    match event:
        case e.ActivityJudged(activity=id_):
            path = f"/activities/{id_}"
            return [replace(f"{path}/judgement", event.judgement), replace(f"{path}/reason", event.reason)]
        case e.ActivityReworded(activity=id_):
            return [replace(f"/activities/{id_}/{event.field}", event.text)]
        case e.ActivityAdded(activity=id_):
            origin = None if event.prompt is None else {"kind": "prompt", "prompt": event.prompt}
            activity = _activity(event, by, origin) | {"details": event.details or ""}
            return [add(f"/activities/{id_}", activity), _put(canvas, event.category, id_, event.after)]
        case e.ActivityMoved(activity=id_):
            return _moved(canvas, event)
        case e.ActivityPlaced(activity=id_):
            return [replace(f"/activities/{id_}/step", event.step)]
        case e.ActivityLinked(activity=id_):
            links = canvas["activities"][id_]["links"]
            at = _behind(links, event.after) if "after" in event.model_fields_set else len(links)
            return [add(f"/activities/{id_}/links/{at}", event.note)]
        case e.ActivityUnlinked(activity=id_):
            at = canvas["activities"][id_]["links"].index(event.note)
            return [remove(f"/activities/{id_}/links/{at}")]
        case e.ActivityCommented(activity=id_):
            comments = [comment["id"] for comment in canvas["activities"][id_]["comments"]]
            at = _behind(comments, event.after) if "after" in event.model_fields_set else len(comments)
            comment = {"id": event.comment, "text": event.text, "by": by}
            return [add(f"/activities/{id_}/comments/{at}", comment)]
        case e.CommentRestored(activity=id_):
            comments = [comment["id"] for comment in canvas["activities"][id_]["comments"]]
            comment = {"id": event.comment, "text": event.text, "by": event.author}
            return [add(f"/activities/{id_}/comments/{_behind(comments, event.after)}", comment)]
        case e.CommentWithdrawn(activity=id_):
            comments = [comment["id"] for comment in canvas["activities"][id_]["comments"]]
            return [remove(f"/activities/{id_}/comments/{comments.index(event.comment)}")]
        case e.ActivitiesCombined():
            return _combined(canvas, event, by)
        case e.ActivityRetired():
            return _retired(canvas, event)
        case e.ActivityRestored(activity=id_):
            former = canvas["retired"][id_]
            activity = {member: former[member] for member in former if member != "retired_because"}
            activity |= {"category": event.category, "step": event.step}
            back = _put(canvas, event.category, id_, event.after)
            return [remove(f"/retired/{id_}"), add(f"/activities/{id_}", activity), back]
        case e.ActivityReturned(activity=id_):
            return [add(f"/activities/{id_}", _returned(event)), _put(canvas, event.category, id_, event.after)]
        case e.ActivityWithdrawn(activity=id_):
            return [_lift(canvas, id_), remove(f"/activities/{id_}")]
        case e.NoteAdded(note=id_):
            at = _behind(canvas["blocks"][event.block], event.after)
            note = {"id": id_, "block": event.block, "text": event.text, "by": by}
            return [add(f"/notes/{id_}", note), add(f"/blocks/{event.block}/{at}", id_)]
        case e.NoteReworded(note=id_):
            return [replace(f"/notes/{id_}/text", event.text)]
        case e.NoteMoved(note=id_):
            return _note_moved(canvas, event)
        case e.NoteRemoved(note=id_):
            return _note_removed(canvas, event)
        case e.NoteRestored(note=id_):
            return _note_restored(canvas, event)
        case e.WorkshopOpened():
            return [replace("/title", event.title), replace("/language", event.language)]
        case e.ParticipantJoined():
            return [add(f"/people/{event.participant}", {"role": event.role})]
        case e.WorkshopDescribed():
            given = (("title", event.title), ("goal", event.goal), ("subject", event.subject))
            return [replace(f"/{member}", text) for member, text in given if text is not None]
        case e.StepsDefined():
            return [replace("/steps", [step.model_dump() for step in event.steps])]
        case e.StepEntered():
            return [replace("/step", event.step)]
        case e.IterationOpened(iteration=id_):
            opened = {"id": id_, "name": event.name, "goal": event.goal, "from": recorded.version, "to": None}
            return [add("/iterations/-", opened), replace("/iteration", id_)]
        case e.IterationClosed(iteration=id_):
            at = [iteration["id"] for iteration in canvas["iterations"]].index(id_)
            return [replace(f"/iterations/{at}/to", recorded.version), replace("/iteration", None)]
        case e.CanvasLocked():
            return [replace("/locked", True)]  # noqa: FBT003 - the value it gets
        case e.CanvasUnlocked():
            return [replace("/locked", False)]  # noqa: FBT003 - the value it gets
        case e.PhaseSet(label=label, ends_at=ends_at):
            ended = label is None and ends_at is None
            return [replace("/phase", None if ended else {"label": label, "ends_at": ends_at})]
        case e.QuestionsDefined():
            return [replace("/questions", [question.model_dump() for question in event.questions])]
        case e.ParticipantRoleChanged():
            return [replace(f"/people/{event.participant}/role", event.role)]
        case e.ParticipantRemoved():
            return [remove(f"/people/{event.participant}")]
        case e.IterationRestored() | e.PersonUndone():
            return []
        case e.WorkshopCopied():
            return copying.changes(event)
        case e.TextRedacted():
            return []  # the text was empty all along, in every version
        case _:
            assert_never(event)


def _activity(event: e.ActivityAdded | e.ActivitiesCombined, by: str | None, origin: Any) -> dict[str, Any]:  # noqa: ANN401 - plain JSON
    return {
        "id": event.activity if isinstance(event, e.ActivityAdded) else event.into,
        "category": event.category,
        "title": event.title,
        "details": "",
        "judgement": None,
        "reason": None,
        "step": event.step,
        "links": [],
        "comments": [],
        "by": by,
        "origin": origin,
    }


def _returned(event: e.ActivityReturned) -> dict[str, Any]:
    origin: dict[str, Any] | None = None
    if event.sources:
        origin = {"kind": "combination", "activities": list(event.sources)}
    elif event.prompt is not None:
        origin = {"kind": "prompt", "prompt": event.prompt}
    return {
        "id": event.activity,
        "category": event.category,
        "title": event.title,
        "details": event.details or "",
        "judgement": event.judgement,
        "reason": event.reason,
        "step": event.step,
        "links": list(event.links or ()),
        "comments": [{"id": said.id, "text": said.text, "by": said.author} for said in event.comments or ()],
        "by": event.author,
        "origin": origin,
    }


def _behind(ids: list[str], after: str | None) -> int:
    """Answer the index behind `after`: 0 where that is null, the end where it does not stand in the list."""
    if after is None:
        return 0
    return ids.index(after) + 1 if after in ids else len(ids)


def _put(canvas: Canvas, category: str | None, id_: str, after: str | None) -> Operation:
    name = category or UNSORTED
    return add(f"/categories/{name}/{_behind(canvas['categories'][name], after)}", id_)


def _lift(canvas: Canvas, id_: str) -> Operation:
    name = canvas["activities"][id_]["category"] or UNSORTED
    return remove(f"/categories/{name}/{canvas['categories'][name].index(id_)}")


def _moved(canvas: Canvas, event: e.ActivityMoved) -> list[Operation]:
    id_, name = event.activity, event.category or UNSORTED
    former = canvas["activities"][id_]["category"]
    others = [other for other in canvas["categories"][name] if other != id_]
    moved = [_lift(canvas, id_), add(f"/categories/{name}/{_behind(others, event.after)}", id_)]
    if former == event.category:
        return moved
    return [*moved, replace(f"/activities/{id_}/category", event.category)]


def _combined(canvas: Canvas, event: e.ActivitiesCombined, by: str | None) -> list[Operation]:
    operations: list[Operation] = []
    left = {name: list(ids) for name, ids in canvas["categories"].items()}
    comments: dict[str, Any] = {}
    because = {"kind": "combination", "into": event.into}
    for id_ in event.activities:
        if id_ in canvas["activities"]:
            source = canvas["activities"][id_]
            name = source["category"] or UNSORTED
            operations += [remove(f"/categories/{name}/{left[name].index(id_)}"), remove(f"/activities/{id_}")]
            left[name].remove(id_)
            operations.append(add(f"/retired/{id_}", source | {"retired_because": because}))
        else:
            source = canvas["retired"][id_]
            operations.append(replace(f"/retired/{id_}/retired_because", dict(because)))
        comments |= {comment["id"]: dict(comment) for comment in source["comments"]}
    origin = {"kind": "combination", "activities": list(event.activities)}
    activity = _activity(event, by, origin) | {"links": list(event.links), "comments": list(comments.values())}
    at = _behind(left[event.category], event.after)
    return [
        *operations,
        add(f"/activities/{event.into}", activity),
        add(f"/categories/{event.category}/{at}", event.into),
    ]


def _retired(canvas: Canvas, event: e.ActivityRetired) -> list[Operation]:
    id_ = event.activity
    because: Any = event.reason if event.into is None else {"kind": "combination", "into": event.into}
    if id_ in canvas["retired"]:
        return [replace(f"/retired/{id_}/retired_because", because)]
    activity = canvas["activities"][id_] | {"retired_because": because}
    if "step" in event.model_fields_set:
        activity["step"] = event.step
    return [_lift(canvas, id_), remove(f"/activities/{id_}"), add(f"/retired/{id_}", activity)]


def _note_moved(canvas: Canvas, event: e.NoteMoved) -> list[Operation]:
    id_, former = event.note, canvas["notes"][event.note]["block"]
    others = [other for other in canvas["blocks"][event.block] if other != id_]
    moved = [
        remove(f"/blocks/{former}/{canvas['blocks'][former].index(id_)}"),
        add(f"/blocks/{event.block}/{_behind(others, event.after)}", id_),
    ]
    if former == event.block:
        return moved
    return [*moved, replace(f"/notes/{id_}/block", event.block)]


def _note_removed(canvas: Canvas, event: e.NoteRemoved) -> list[Operation]:
    id_, operations = event.note, []
    for activity in event.unlinked:
        path, links = _links(canvas, activity)
        operations.append(remove(f"{path}/{links.index(id_)}"))
    block = canvas["notes"][id_]["block"]
    at = canvas["blocks"][block].index(id_)
    return [*operations, remove(f"/blocks/{block}/{at}"), remove(f"/notes/{id_}")]


def _note_restored(canvas: Canvas, event: e.NoteRestored) -> list[Operation]:
    id_ = event.note
    at = _behind(canvas["blocks"][event.block], event.after)
    note = {"id": id_, "block": event.block, "text": event.text, "by": event.author}
    operations = [add(f"/notes/{id_}", note), add(f"/blocks/{event.block}/{at}", id_)]
    for link in event.links:
        path, links = _links(canvas, link.activity)
        operations.append(add(f"{path}/{_behind(links, link.after)}", id_))
    return operations


def _links(canvas: Canvas, activity: str) -> tuple[str, list[str]]:
    """Answer the path and the links of an activity, on the canvas or retired."""
    where = "activities" if activity in canvas["activities"] else "retired"
    return f"/{where}/{activity}/links", canvas[where][activity]["links"]
