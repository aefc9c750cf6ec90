"""The mirror image of a touch: the event that makes one field of one thing what it was before.

It is of the ordinary type where one fits; a thing that comes back to somebody else, or with more than it was made with,
has a type of its own.
"""

from collections.abc import Container, Iterator
from typing import Any, Final, assert_never

from domain import events as e
from domain.deciding import checks
from domain.deciding.activities import category_of
from domain.deciding.course import keeps_steps_in_use
from domain.deciding.notes import removal
from domain.errors import ChangedSince
from domain.events import Event
from domain.ordering import nearest
from domain.things import Activity
from domain.undo import (
    Absent,
    ActivityGone,
    AtStep,
    Defined,
    Judged,
    Linked,
    NoteGone,
    Part,
    Place,
    Retired,
    Said,
    Standing,
    Touch,
    Worded,
)
from domain.vocabulary import MOST_ACTIVITIES, MOST_COMMENTS, MOST_NOTES, UNSORTED, Step
from domain.workshop import Workshop

RETURNING: Final = ("details", "judgement", "reason", "step", "links", "prompt", "sources")
"""What an activity may have beside its title, and comes back with."""


def mirror(state: Workshop, touch: Touch, by: str, undoes: int, again: Container[str]) -> Event:
    """The event by which somebody makes one field of one thing what it was before. `again`: see `made_again`."""
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
            still_there(before.step is None or before.step in state.steps)
            return e.ActivityPlaced(activity=thing, step=before.step, undoes=undoes)
        case Linked():
            note = touch.field.removeprefix("link:")
            still_there(note in state.notes)
            after = nearest(_activity(state, thing).links, before.predecessors)
            return e.ActivityLinked(activity=thing, note=note, after=after, undoes=undoes)
        case Said():
            return _said_again(state, touch, before, by, undoes)
        case Retired():
            return _retired_again(thing, before, undoes)
        case NoteGone():
            return _note_back(state, before, by, undoes)
        case ActivityGone():
            return _activity_back(state, before, undoes, again)
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


def _said_again(state: Workshop, touch: Touch, before: Said, by: str, undoes: int) -> Event:
    comments = tuple(comment.id for comment in _activity(state, touch.thing).comments)
    checks.room_for(len(comments), MOST_COMMENTS)
    said: dict[str, Any] = {"comment": touch.field.removeprefix("comment:"), "text": before.text}
    said["after"] = nearest(comments, before.predecessors)
    if before.author != by:
        return e.CommentRestored(activity=touch.thing, **said, author=before.author, undoes=undoes)
    return e.ActivityCommented(activity=touch.thing, **said, undoes=undoes)


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


def _activity_back(state: Workshop, before: ActivityGone, undoes: int, again: Container[str]) -> Event:
    activity, name = before.activity, before.place.list
    checks.needs_value_proposition(state)
    checks.room_for(len(state.activities) + len(state.retired), MOST_ACTIVITIES)
    still_there(activity.step is None or activity.step in state.steps)
    still_there(all(note in state.notes for note in activity.links))
    category: Any = category_of(name)
    after = nearest(state.categories[name], before.place.predecessors)
    if activity.id not in again:
        return returned(activity, name, after, undoes=undoes)
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


def made_again(state: Workshop, part: Part, by: str, *, exact: bool) -> set[str]:
    """The activities that come back by what made them: once more it makes all of them, and if `exact` nothing more."""
    retired = {touch.thing for touch in part.touches if touch.field == "life"}
    gone = (touch.before.activity for touch in part.touches if isinstance(touch.before, ActivityGone))
    return {
        activity.id
        for activity in gone
        if _plain(activity, by, retired) and not (exact and activity.sources and not _is_sum(state, activity))
    }


def _plain(activity: Activity, by: str, retired: set[str]) -> bool:
    if activity.by != by or activity.judgement is not None or activity.reason is not None:
        return False
    if activity.sources:
        return not activity.details and activity.category != UNSORTED and retired.issuperset(activity.sources)
    return not activity.links and not activity.comments


def _is_sum(state: Workshop, activity: Activity) -> bool:
    """Whether a combination has what its sources have now."""
    sources = [source for id_ in activity.sources if (source := state.any_activity(id_)) is not None]
    comments = {comment.id: comment for source in sources for comment in source.comments}
    links = dict.fromkeys(link for source in sources for link in source.links)
    return tuple(comments.values()) == activity.comments and tuple(links) == activity.links


def returned(activity: Activity, category: str, after: str | None, **changed: Any) -> e.ActivityReturned:  # noqa: ANN401 - members of the event
    """The return of an activity that had been withdrawn, as it stood but for what has changed."""
    members = {name: getattr(activity, name) for name in RETURNING} | changed
    given: dict[str, Any] = {name: value for name, value in members.items() if value}
    if activity.comments:
        given["comments"] = tuple(e.ReturnedComment(id=c.id, text=c.text, author=c.by) for c in activity.comments)
    return e.ActivityReturned(
        activity=activity.id,
        category=category_of(category),
        after=after,
        title=activity.title,
        author=activity.by,
        **given,
    )


def still_there(holds: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """A step or a note that the change stood on is gone: there is nothing to go back to."""
    if not holds:
        raise ChangedSince
