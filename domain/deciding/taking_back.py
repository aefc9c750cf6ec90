"""Undo and redo: the events that take back the sender's own last change.

A change can be taken back where every field it touched still bears the stamp it left, and what it stood on is still
there. Its mirror image is made of ordinary events where one fits.
"""

from collections.abc import Iterator
from typing import Any, assert_never

from domain import events as e
from domain.deciding import checks
from domain.deciding.activities import category_of
from domain.deciding.course import keeps_steps_in_use
from domain.deciding.notes import removal
from domain.errors import ChangedSince, NothingToRedo, NothingToUndo, Rejected
from domain.events import Event
from domain.ordering import nearest, placed
from domain.things import Activity
from domain.undo import (
    Absent,
    ActivityGone,
    AtStep,
    Change,
    Defined,
    Judged,
    Linked,
    NoteGone,
    Place,
    Retired,
    Said,
    Standing,
    Touch,
    Worded,
)
from domain.vocabulary import MOST_ACTIVITIES, MOST_COMMENTS, MOST_NOTES, Step
from domain.workshop import Workshop


def undo(state: Workshop, by: str, *, skip: bool) -> tuple[Event, ...]:
    """Takes back the sender's last change; with `skip` the last that can be taken back."""
    history = state.histories.get(by)
    events = _newest(state, history.done if history else [], by, skip=skip)
    if events is None:
        raise NothingToUndo
    return events


def redo(state: Workshop, by: str, *, skip: bool) -> tuple[Event, ...]:
    """Takes back the sender's last undoing."""
    history = state.histories.get(by)
    events = _newest(state, history.undone if history else [], by, skip=skip)
    if events is None:
        raise NothingToRedo
    return events


def _newest(state: Workshop, changes: list[Change], by: str, *, skip: bool) -> tuple[Event, ...] | None:
    for change in reversed(changes):
        try:
            return _mirrored(state, change, by)
        except Rejected:
            if not skip:
                raise
    return None


def _mirrored(state: Workshop, change: Change, by: str) -> tuple[Event, ...]:
    """The events that make all that the change touched what it was before."""
    included = {key for touch in change.touches for key in _included(touch)}
    for touch in change.touches:
        goes_along = touch.kind == "activity" and touch.field in included
        if not (_link_untouched(state, touch) if goes_along else _untouched(state, touch)):
            raise ChangedSince
    if change.touches[0].kind == "workshop" and change.touches[0].field != "steps":
        given: dict[str, Any] = {t.field: t.before.text for t in change.touches if isinstance(t.before, Worded)}
        return (e.WorkshopDescribed(**given, undoes=change.version),)
    lists = dict(state.categories)  # with what comes back already, for what comes back behind it
    events: list[Event] = []
    for touch in change.touches:
        if (touch.thing, touch.field) in included or touch.field in included:
            continue
        if isinstance(touch.before, Standing):
            events.append(_unretired(state, touch.thing, touch.before, lists, change.version))
        else:
            events.append(_mirror(state, touch, by, change.version))
    return tuple(events)


def _included(touch: Touch) -> Iterator[tuple[str, str] | str]:
    """What the event that mirrors this touch does along with it: it needs no event of its own.

    A combination that comes back retires its sources; a note that goes or comes takes its links along.
    """
    if isinstance(touch.before, ActivityGone):
        yield from ((source, "life") for source in touch.before.activity.sources)
    elif touch.kind == "note" and touch.field == "life":
        yield f"link:{touch.thing}"


def _untouched(state: Workshop, touch: Touch) -> bool:
    """Whether the field still bears the stamp that the change left, on a thing that can bear it."""
    match touch.kind:
        case "workshop":
            return state.stamps.get(touch.field, 0) == touch.stamp_after
        case "note":
            note = state.notes.get(touch.thing)
            if isinstance(touch.before, NoteGone):
                return note is None
            return note is not None and _stamped(note.stamps, note.since, touch)
        case "activity":
            return _activity_untouched(state, touch)
        case _:
            assert_never(touch.kind)


def _activity_untouched(state: Workshop, touch: Touch) -> bool:
    activity = state.any_activity(touch.thing)
    if isinstance(touch.before, ActivityGone):
        return activity is None
    if activity is None:
        return False
    retired = touch.thing in state.retired
    fits = isinstance(touch.before, Retired) or retired == isinstance(touch.before, Standing)
    return fits and _stamped(activity.stamps, activity.since, touch)


def _link_untouched(state: Workshop, touch: Touch) -> bool:
    """A link that goes or comes with its note: also where the activity was retired since."""
    activity = state.any_activity(touch.thing)
    return activity is None or _stamped(activity.stamps, activity.since, touch)


def _stamped(stamps: dict[str, int], since: int, touch: Touch) -> bool:
    """A thing that came is touched as a whole: nobody may have changed any of its fields since."""
    if touch.field == "life" and isinstance(touch.before, Absent):
        return _told(stamps, since) == _told(touch.before.stamps, since)
    return stamps.get(touch.field, since) == touch.stamp_after


def _told(stamps: dict[str, int], since: int) -> dict[str, int]:
    return {field: stamp for field, stamp in stamps.items() if stamp != since}


def _mirror(state: Workshop, touch: Touch, by: str, undoes: int) -> Event:
    thing, before = touch.thing, touch.before
    match before:
        case Absent():
            return _taken_away(state, touch, undoes)
        case Worded():
            if touch.kind == "note":
                return e.NoteReworded(note=thing, text=before.text, undoes=undoes)
            field: Any = touch.field
            return e.ActivityReworded(activity=thing, field=field, text=before.text, undoes=undoes)
        case Place():
            return _moved_back(state, touch, before, undoes)
        case Judged():
            reason: dict[str, Any] = {} if before.reason is None else {"reason": before.reason}
            return e.ActivityJudged(activity=thing, judgement=_judgement(before), **reason, undoes=undoes)
        case AtStep():
            _still_there(before.step is None or before.step in state.steps)
            return e.ActivityPlaced(activity=thing, step=before.step, undoes=undoes)
        case Linked():
            note = touch.field.removeprefix("link:")
            _still_there(note in state.notes)
            after = nearest(_activity(state, thing).links, before.predecessors)
            return e.ActivityLinked(activity=thing, note=note, after=after, undoes=undoes)
        case Said():
            comments = tuple(comment.id for comment in _activity(state, thing).comments)
            checks.room_for(len(comments), MOST_COMMENTS)
            return e.ActivityCommented(
                activity=thing,
                comment=touch.field.removeprefix("comment:"),
                text=before.text,
                after=nearest(comments, before.predecessors),
                undoes=undoes,
            )
        case Retired():
            return _retired_again(thing, before, undoes)
        case NoteGone():
            return _note_back(state, before, by, undoes)
        case ActivityGone():
            return _activity_back(state, before, undoes)
        case Defined():
            keeps_steps_in_use(state, list(before.steps))
            steps = tuple(Step(id=id_, name=name) for id_, name in before.steps.items())
            return e.StepsDefined(steps=steps, undoes=undoes)
        case Standing():
            msg = "several that were retired together come back together"
            raise AssertionError(msg)
        case _:
            assert_never(before)


def _taken_away(state: Workshop, touch: Touch, undoes: int) -> Event:
    """What was not there before goes again."""
    if touch.kind == "note":
        checks.may_leave(state, state.notes[touch.thing])
        return removal(state, touch.thing, undoes=undoes)
    what, _, id_ = touch.field.partition(":")
    if what == "link":
        return e.ActivityUnlinked(activity=touch.thing, note=id_, undoes=undoes)
    if what == "comment":
        return e.CommentWithdrawn(activity=touch.thing, comment=id_, undoes=undoes)
    return e.ActivityWithdrawn(activity=touch.thing, undoes=undoes)


def _moved_back(state: Workshop, touch: Touch, before: Place, undoes: int) -> Event:
    """Behind the nearest of its former predecessors that still stands there."""
    if touch.kind == "note":
        note = state.notes[touch.thing]
        block: Any = before.list
        if block != note.block:
            checks.may_leave(state, note)
        return e.NoteMoved(
            note=note.id, block=block, after=nearest(state.blocks[block], before.predecessors), undoes=undoes
        )
    after = nearest(state.categories[before.list], before.predecessors)
    return e.ActivityMoved(activity=touch.thing, category=category_of(before.list), after=after, undoes=undoes)


def _unretired(
    state: Workshop, thing: str, before: Standing, lists: dict[str, tuple[str, ...]], undoes: int
) -> e.ActivityRestored:
    """Back on the canvas where it stood, among what came back before it."""
    checks.needs_value_proposition(state)
    place, step = before.place, before.step
    _still_there(step is None or step in state.steps)
    after = nearest(lists[place.list], place.predecessors)
    lists[place.list] = placed(lists[place.list], thing, after)
    category = category_of(place.list)
    return e.ActivityRestored(activity=thing, category=category, after=after, step=step, undoes=undoes)


def _retired_again(thing: str, before: Retired, undoes: int) -> Event:
    given: dict[str, Any] = {"step": before.step}
    if before.because is not None:
        given["reason"] = before.because
    if before.into is not None:
        given["into"] = before.into
    return e.ActivityRetired(activity=thing, **given, undoes=undoes)


def _note_back(state: Workshop, before: NoteGone, by: str, undoes: int) -> Event:
    checks.room_for(len(state.notes), MOST_NOTES)
    note, block = before.note, before.place.list
    place: dict[str, Any] = {"block": block, "after": nearest(state.blocks[block], before.place.predecessors)}
    if note.by == by and not before.links:
        return e.NoteAdded(note=note.id, text=note.text, **place, undoes=undoes)
    links = []
    for id_, predecessors in before.links:
        activity = state.any_activity(id_)
        if activity is not None:
            links.append(e.Relink(activity=id_, after=nearest(activity.links, predecessors)))
    return e.NoteRestored(note=note.id, text=note.text, **place, author=note.by, links=tuple(links), undoes=undoes)


def _activity_back(state: Workshop, before: ActivityGone, undoes: int) -> Event:
    activity, name = before.activity, before.place.list
    checks.needs_value_proposition(state)
    checks.room_for(len(state.activities) + len(state.retired), MOST_ACTIVITIES)
    _still_there(activity.step is None or activity.step in state.steps)
    _still_there(all(note in state.notes for note in activity.links))
    category: Any = category_of(name)
    after = nearest(state.categories[name], before.place.predecessors)
    if activity.sources:
        return e.ActivitiesCombined(
            activities=activity.sources,
            into=activity.id,
            title=activity.title,
            category=category,
            after=after,
            step=activity.step,
            links=tuple(dict.fromkeys((*activity.links, *_links_of(state, activity.sources)))),
            undoes=undoes,
        )
    words = {"details": activity.details, "step": activity.step, "prompt": activity.prompt}
    given: dict[str, Any] = {member: value for member, value in words.items() if value}
    return e.ActivityAdded(
        activity=activity.id, title=activity.title, category=category, after=after, **given, undoes=undoes
    )


def _links_of(state: Workshop, sources: tuple[str, ...]) -> Iterator[str]:
    """The links of what is combined once more: some may have come since the combination was taken back."""
    for source in sources:
        yield from _activity(state, source).links


def _activity(state: Workshop, id_: str) -> Activity:
    activity = state.any_activity(id_)
    if activity is None:
        raise ChangedSince
    return activity


def _judgement(before: Judged) -> Any:  # noqa: ANN401 - a Judgement or None, as the state keeps it
    return before.judgement


def _still_there(holds: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """A step or a note that the change stood on is gone: there is nothing to go back to."""
    if not holds:
        raise ChangedSince
