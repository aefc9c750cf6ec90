"""Who changed what, from what to what, and why: each event as changes of one field of one thing.

`revisions` reads the canvas before the event. A field is called as the canvas calls it. Adding is one revision, of the
text that people know the thing by, with nothing before it; going and coming back are revisions of `retired`, and of the
step or category too where the thing is put elsewhere; a thing that only got another place in its list is a revision of
that list (`categories`, `blocks`), told by what it stands behind. A combination is one revision of the new activity's
title, which names its sources as what was there before, and one of `retired` for each of them.
"""

from typing import Any, Final, NamedTuple, TypeAlias, assert_never

from domain import events as e
from domain.events import Event, Recorded
from domain.vocabulary import UNSORTED

Canvas: TypeAlias = dict[str, Any]

DESCRIPTION: Final = ("title", "goal", "subject")


class Revision(NamedTuple):
    """One change of one field of one thing; of the room's own fields `activity` and `note` are null."""

    version: int
    at: str
    by: str | None
    kind: str
    activity: str | None
    note: str | None
    field: str
    before: Any
    after: Any
    reason: str | None
    iteration: str | None
    undoes: int | None


class Changed(NamedTuple):
    """What of a revision the event itself does not tell."""

    field: str
    before: Any
    after: Any
    activity: str | None = None
    note: str | None = None


def revisions(canvas: Canvas, recorded: Recorded) -> list[Revision]:
    """Tell the revisions that an event makes of the canvas before it."""
    event = recorded.event
    reason = _reason(event)
    iteration = event.iteration if isinstance(event, e.IterationOpened | e.IterationClosed) else canvas["iteration"]
    return [
        Revision(
            version=recorded.version,
            at=recorded.at,
            by=recorded.by,
            kind=type(event).__name__,
            activity=changed.activity,
            note=changed.note,
            field=changed.field,
            before=changed.before,
            after=changed.after,
            reason=reason,
            iteration=iteration,
            undoes=event.undoes,
        )
        for changed in _changed(canvas, event)
    ]


def _reason(event: Event) -> str | None:
    match event:
        case e.ActivityJudged() | e.ActivityRetired() | e.ActivityRestored() | e.ActivityReturned() | e.TextRedacted():
            return event.reason
        case e.IterationClosed():
            return event.override_reason
        case _:
            return None


def _changed(canvas: Canvas, event: Event) -> list[Changed]:
    match event:
        case e.ActivityJudged(activity=id_):
            return _judged(canvas["activities"][id_], event)
        case e.ActivityReworded(activity=id_):
            before = canvas["activities"][id_][event.field]
            return [Changed(event.field, before, event.text, id_)]
        case e.ActivityAdded(activity=id_) | e.ActivityReturned(activity=id_):
            return [Changed("title", None, event.title, id_)]
        case e.ActivityMoved(activity=id_):
            return [_activity_moved(canvas, event)]
        case e.ActivityPlaced(activity=id_):
            return [Changed("step", canvas["activities"][id_]["step"], event.step, id_)]
        case e.ActivityLinked(activity=id_):
            return [Changed("links", None, event.note, id_, event.note)]
        case e.ActivityUnlinked(activity=id_):
            return [Changed("links", event.note, None, id_, event.note)]
        case e.ActivityCommented(activity=id_) | e.CommentRestored(activity=id_):
            return [Changed("comments", None, event.text, id_)]
        case e.CommentWithdrawn(activity=id_):
            comments = canvas["activities"][id_]["comments"]
            text = next(comment["text"] for comment in comments if comment["id"] == event.comment)
            return [Changed("comments", text, None, id_)]
        case e.ActivitiesCombined():
            retired = [Changed("retired", False, True, id_) for id_ in event.activities if id_ in canvas["activities"]]  # noqa: FBT003 - the field's values
            return [Changed("title", list(event.activities), event.title, event.into), *retired]
        case e.ActivityRetired(activity=id_):
            return [Changed("retired", False, True, id_), *_elsewhere(canvas["activities"].get(id_), event, "step")]  # noqa: FBT003
        case e.ActivityRestored(activity=id_):
            return [
                Changed("retired", True, False, id_),  # noqa: FBT003
                *_elsewhere(canvas["retired"][id_], event, "category", "step"),
            ]
        case e.ActivityWithdrawn(activity=id_):
            return [Changed("title", canvas["activities"][id_]["title"], None, id_)]
        case e.NoteAdded(note=id_):
            return [Changed("text", None, event.text, note=id_)]
        case e.NoteReworded(note=id_):
            return [Changed("text", canvas["notes"][id_]["text"], event.text, note=id_)]
        case e.NoteMoved():
            return [_note_moved(canvas, event)]
        case e.NoteRemoved(note=id_):
            unlinked = [Changed("links", id_, None, activity, id_) for activity in event.unlinked]
            return [Changed("text", canvas["notes"][id_]["text"], None, note=id_), *unlinked]
        case e.NoteRestored(note=id_):
            linked = [Changed("links", None, id_, link.activity, id_) for link in event.links]
            return [Changed("text", None, event.text, note=id_), *linked]
        case e.WorkshopOpened():
            return [Changed("title", None, event.title)]
        case e.WorkshopDescribed():
            return _described(canvas, event)
        case e.WorkshopCopied():
            return [Changed("room", None, event.room)]
        case _:
            return [_course(canvas, event)]


def _described(canvas: Canvas, event: e.WorkshopDescribed) -> list[Changed]:
    """What is other than before. Where all of it was taken out since, it is told that something came, and no more."""
    given = [(field, text) for field in DESCRIPTION if (text := getattr(event, field)) is not None]
    other = [(field, text) for field, text in given if text != canvas[field]]
    return [Changed(field, canvas[field], text) for field, text in other or given]


def _course(
    canvas: Canvas,
    event: e.StepsDefined
    | e.TextRedacted
    | e.StepEntered
    | e.IterationOpened
    | e.IterationClosed
    | e.IterationRestored
    | e.PersonUndone
    | e.CanvasLocked
    | e.CanvasUnlocked
    | e.PhaseSet
    | e.QuestionsDefined
    | e.ParticipantJoined
    | e.ParticipantRoleChanged
    | e.ParticipantRemoved,
) -> Changed:
    """What concerns the room as a whole: its steps, iterations, lock, phase, questions and people."""
    match event:
        case e.StepsDefined():
            return Changed("steps", canvas["steps"], [step.model_dump() for step in event.steps])
        case e.StepEntered():
            return Changed("step", canvas["step"], event.step)
        case e.IterationOpened():
            return Changed("iteration", None, event.iteration)
        case e.IterationClosed():
            return Changed("iteration", event.iteration, None)
        case e.IterationRestored():
            return Changed("restored", None, event.iteration)
        case e.PersonUndone():
            return Changed("person", None, event.participant)
        case e.CanvasLocked():
            return Changed("locked", False, True)  # noqa: FBT003
        case e.CanvasUnlocked():
            return Changed("locked", True, False)  # noqa: FBT003
        case e.PhaseSet(label=label, ends_at=ends_at):
            ended = label is None and ends_at is None
            return Changed("phase", canvas["phase"], None if ended else {"label": label, "ends_at": ends_at})
        case e.QuestionsDefined():
            return Changed("questions", canvas["questions"], [question.model_dump() for question in event.questions])
        case e.ParticipantJoined() | e.ParticipantRoleChanged():
            return Changed("people", _member(canvas, event.participant), {event.participant: {"role": event.role}})
        case e.ParticipantRemoved():
            return Changed("people", _member(canvas, event.participant), None)
        case e.TextRedacted():
            return Changed("text", None, None, event.activity, event.note)
        case _:
            assert_never(event)


def _member(canvas: Canvas, participant: str) -> dict[str, Any] | None:
    entry = canvas["people"].get(participant)
    return None if entry is None else {participant: dict(entry)}


def _judged(activity: dict[str, Any], event: e.ActivityJudged) -> list[Changed]:
    """Another judgement, or the same one for another reason."""
    if activity["judgement"] == event.judgement:
        return [Changed("reason", activity["reason"], event.reason, event.activity)]
    return [Changed("judgement", activity["judgement"], event.judgement, event.activity)]


def _elsewhere(
    former: dict[str, Any] | None, event: e.ActivityRetired | e.ActivityRestored, *fields: str
) -> list[Changed]:
    """Tell where an activity that went or came back is put, if not where it was: its step may be gone by now."""
    given = [field for field in fields if former is not None and field in event.model_fields_set]
    return [
        Changed(field, former[field], getattr(event, field), event.activity)
        for field in given
        if former is not None and former[field] != getattr(event, field)
    ]


def _activity_moved(canvas: Canvas, event: e.ActivityMoved) -> Changed:
    before = canvas["activities"][event.activity]["category"]
    if before != event.category:
        return Changed("category", before, event.category, event.activity)
    behind = _behind(canvas["categories"][before or UNSORTED], event.activity)
    return Changed("categories", behind, event.after, event.activity)


def _note_moved(canvas: Canvas, event: e.NoteMoved) -> Changed:
    before = canvas["notes"][event.note]["block"]
    if before != event.block:
        return Changed("block", before, event.block, note=event.note)
    return Changed("blocks", _behind(canvas["blocks"][before], event.note), event.after, note=event.note)


def _behind(ids: list[str], id_: str) -> str | None:
    """Answer what something stands behind in its list; None where it is first."""
    at = ids.index(id_)
    return ids[at - 1] if at else None
