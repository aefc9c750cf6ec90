"""Undo and redo: the events that take back the sender's own last change.

A change can be taken back where every field it touched still bears the stamp it left, and what it stood on is still
there. Its mirror image is made of ordinary events where one fits; `mirror` makes each of them.
"""

from collections.abc import Container, Iterator
from typing import Any, assert_never

from domain import events as e
from domain.deciding import checks
from domain.deciding.activities import category_of
from domain.deciding.mirror import made_again, mirror, still_there
from domain.deciding.rehearsal import Rehearsal
from domain.errors import ChangedSince, NothingToRedo, NothingToUndo, Redacted, Rejected
from domain.events import Event
from domain.ordering import nearest, placed
from domain.taken_out import has_mark
from domain.undo import Absent, ActivityGone, Change, NoteGone, Part, Retired, Standing, Touch, Worded
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
            return taken_back(state, change, by)
        except Rejected:
            if not skip:
                raise
    return None


def taken_back(state: Workshop, change: Change, by: str) -> tuple[Event, ...]:
    """The events by which somebody takes a change back: all of it, or it is rejected."""
    if not change.earlier:
        return _readable(_mirrored(state, change, by))
    rehearsal = Rehearsal(state, by)
    for part in (change, *reversed(change.earlier)):
        rehearsal.add(*_readable(_mirrored(rehearsal.state, part, by, exact=True)))
    return tuple(rehearsal.events)


def _readable(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What would say again a text that was taken out of the log can't be said."""
    if any(has_mark(event.data()) for event in events):
        raise Redacted
    return events


def _mirrored(state: Workshop, change: Part, by: str, *, exact: bool = False) -> tuple[Event, ...]:
    """The events that make all that the part touched what it was before.

    Not `exact`: a combination that is made again also takes what its sources were linked to since.
    """
    again = made_again(state, change, by, exact=exact)
    included = {key for touch in change.touches for key in _included(touch, again)}
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
            events.append(mirror(state, touch, by, change.version, again))
    return tuple(events)


def _included(touch: Touch, again: Container[str]) -> Iterator[tuple[str, str] | str]:
    """What the event that mirrors this touch does along with it: it needs no event of its own.

    A combination that is made again retires its sources; a note that goes or comes takes its links along.
    """
    if isinstance(touch.before, ActivityGone) and touch.thing in again:
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


def _unretired(
    state: Workshop, thing: str, before: Standing, lists: dict[str, tuple[str, ...]], undoes: int
) -> e.ActivityRestored:
    """Back on the canvas where it stood, among what came back before it."""
    checks.needs_value_proposition(state)
    place, step = before.place, before.step
    still_there(step is None or step in state.steps)
    after = nearest(lists[place.list], place.predecessors)
    lists[place.list] = placed(lists[place.list], thing, after)
    category = category_of(place.list)
    return e.ActivityRestored(activity=thing, category=category, after=after, step=step, undoes=undoes)
