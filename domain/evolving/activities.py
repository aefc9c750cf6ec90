"""What the events of activities make of the workshop."""

from typing import TypeAlias

from domain import events as e
from domain.evolving.moment import Moment, remembered
from domain.ordering import placed, without
from domain.things import Activity, Comment, Text
from domain.undo import ABSENT, ActivityGone, AtStep, Judged, Linked, Place, Retired, Said, Standing, Touch, Worded
from domain.vocabulary import UNSORTED
from domain.workshop import Workshop

Why: TypeAlias = tuple[str | None, str | None]
"""Why an activity is retired: for a reason, or because it was combined into another."""


def added(state: Workshop, event: e.ActivityAdded, moment: Moment) -> tuple[Touch, ...]:
    activity = Activity(
        id=event.activity,
        category=event.category or UNSORTED,
        title=event.title,
        by=moment.by,
        since=moment.version,
        details=event.details or "",
        step=event.step,
        prompt=event.prompt,
    )
    _put_new(state, activity, event.after, moment)
    return (moment.came(activity),)


def reworded(state: Workshop, event: e.ActivityReworded, moment: Moment) -> tuple[Touch, ...]:
    activity, field = state.activities[event.activity], event.field
    before = activity.title if field == "title" else activity.details
    touch = moment.touch(activity, field, Worded(before))
    if field == "title":
        activity.title = event.text
    else:
        activity.details = event.text
    activity.texts[field] = remembered(activity.texts[field], moment.version, event.text)
    return (touch,)


def judged(state: Workshop, event: e.ActivityJudged, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities[event.activity]
    before = Judged(activity.judgement, activity.reason)
    activity.judgement, activity.reason = event.judgement, event.reason
    return (moment.touch(activity, "judgement", before),)


def moved(state: Workshop, event: e.ActivityMoved, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities[event.activity]
    touch = moment.touch(activity, "place", _lift(state, activity))
    _put(state, activity, event.category, event.after)
    return (touch,)


def placed_at_step(state: Workshop, event: e.ActivityPlaced, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities[event.activity]
    before = AtStep(activity.step)
    activity.step = event.step
    return (moment.touch(activity, "step", before),)


def linked(state: Workshop, event: e.ActivityLinked, moment: Moment) -> tuple[Touch, ...]:
    activity, field = state.activities[event.activity], f"link:{event.note}"
    after = event.after if "after" in event.model_fields_set else event.note  # not in the list, so it goes last
    activity.links = placed(activity.links, event.note, after)
    return (moment.touch(activity, field, ABSENT),)


def unlinked(state: Workshop, event: e.ActivityUnlinked, moment: Moment) -> tuple[Touch, ...]:
    activity, field = state.activities[event.activity], f"link:{event.note}"
    before = Linked(activity.links[: activity.links.index(event.note)])
    activity.links = without(activity.links, event.note)
    return (moment.touch(activity, field, before),)


def commented(state: Workshop, event: e.ActivityCommented, moment: Moment) -> tuple[Touch, ...]:
    after = event.after if "after" in event.model_fields_set else event.comment  # not in the list, so it goes last
    return _say(state, event.activity, Comment(event.comment, event.text, moment.by), after, moment)


def comment_restored(state: Workshop, event: e.CommentRestored, moment: Moment) -> tuple[Touch, ...]:
    comment = Comment(event.comment, event.text, event.author)
    return _say(state, event.activity, comment, event.after, moment)


def uncommented(state: Workshop, event: e.CommentWithdrawn, moment: Moment) -> tuple[Touch, ...]:
    activity, field = state.activities[event.activity], f"comment:{event.comment}"
    ids = tuple(comment.id for comment in activity.comments)
    at = ids.index(event.comment)
    before = Said(activity.comments[at].text, activity.comments[at].by, ids[:at])
    activity.comments = (*activity.comments[:at], *activity.comments[at + 1 :])
    return (moment.touch(activity, field, before),)


def combined(state: Workshop, event: e.ActivitiesCombined, moment: Moment) -> tuple[Touch, ...]:
    sources = [state.activities.get(id_) or state.retired[id_] for id_ in event.activities]
    comments = {comment.id: comment for source in sources for comment in source.comments}
    places = [_place(state, source) for source in sources]  # as they stood together, before any of them is lifted
    touches = [
        _retire(state, source, place, moment, (None, event.into)) for source, place in zip(sources, places, strict=True)
    ]
    activity = Activity(
        id=event.into,
        category=event.category,
        title=event.title,
        by=moment.by,
        since=moment.version,
        step=event.step,
        links=event.links,
        comments=tuple(comments.values()),
        sources=event.activities,
    )
    _put_new(state, activity, event.after, moment)
    life = moment.came(activity)
    return (life, *touches)


def retired(state: Workshop, event: e.ActivityRetired, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities.get(event.activity) or state.retired[event.activity]
    touch = _retire(state, activity, _place(state, activity), moment, (event.reason, event.into))
    if "step" in event.model_fields_set:
        activity.step = event.step
    return (touch,)


def restored(state: Workshop, event: e.ActivityRestored, moment: Moment) -> tuple[Touch, ...]:
    activity = state.retired.pop(event.activity)
    before = Retired(activity.because, activity.into, activity.step)
    activity.because = activity.into = None
    activity.step = event.step
    state.activities[activity.id] = activity
    _put(state, activity, event.category, event.after)
    return (moment.touch(activity, "life", before),)


def withdrawn(state: Workshop, event: e.ActivityWithdrawn, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities.pop(event.activity)
    before = ActivityGone(_lift(state, activity), activity)
    return (moment.touch(activity, "life", before),)


def returned(state: Workshop, event: e.ActivityReturned, moment: Moment) -> tuple[Touch, ...]:
    activity = Activity(
        id=event.activity,
        category=event.category or UNSORTED,
        title=event.title,
        by=event.author,
        since=moment.version,
        details=event.details or "",
        judgement=event.judgement,
        reason=event.reason,
        step=event.step,
        links=event.links or (),
        comments=tuple(Comment(said.id, said.text, said.author) for said in event.comments or ()),
        prompt=event.prompt,
        sources=event.sources or (),
    )
    state.ids.update(comment.id for comment in activity.comments)
    _put_new(state, activity, event.after, moment)
    return (moment.came(activity),)


def _say(state: Workshop, id_: str, comment: Comment, after: str | None, moment: Moment) -> tuple[Touch, ...]:
    activity = state.activities[id_]
    ids = tuple(said.id for said in activity.comments)
    at = placed(ids, comment.id, after).index(comment.id)
    activity.comments = (*activity.comments[:at], comment, *activity.comments[at:])
    state.ids.add(comment.id)
    return (moment.touch(activity, f"comment:{comment.id}", ABSENT),)


def _retire(state: Workshop, activity: Activity, place: Place, moment: Moment, why: Why) -> Touch:
    """Off the canvas; one that is retired already is retired anew, for another reason."""
    if activity.id in state.activities:
        _lift(state, activity)
        before: Standing | Retired = Standing(place, activity.step)
        state.retired[activity.id] = state.activities.pop(activity.id)
    else:
        before = Retired(activity.because, activity.into, activity.step)
    activity.because, activity.into = why
    return moment.touch(activity, "life", before)


def _put_new(state: Workshop, activity: Activity, after: str | None, moment: Moment) -> None:
    """On the canvas; one that was withdrawn has the first version, texts and stamps that it had."""
    activity.texts = {
        "title": (Text(moment.version, activity.title),),
        "details": (Text(moment.version, activity.details),),
    }
    for touch in moment.taken.touches if moment.taken else ():
        if touch.thing == activity.id and isinstance(touch.before, ActivityGone):
            gone = touch.before.activity
            activity.since, activity.texts, activity.stamps = gone.since, dict(gone.texts), dict(gone.stamps)
    state.ids.add(activity.id)
    state.activities[activity.id] = activity
    _put(state, activity, None if activity.category == UNSORTED else activity.category, after)


def _place(state: Workshop, activity: Activity) -> Place:
    """Where the activity stands; a retired one stands nowhere."""
    ids = state.categories[activity.category]
    return Place(activity.category, ids[: ids.index(activity.id)] if activity.id in ids else ())


def _lift(state: Workshop, activity: Activity) -> Place:
    """Takes the activity out of its category, and answers where it stood."""
    place = _place(state, activity)
    state.categories[activity.category] = without(state.categories[activity.category], activity.id)
    return place


def _put(state: Workshop, activity: Activity, category: str | None, after: str | None) -> None:
    activity.category = category or UNSORTED
    state.categories[activity.category] = placed(state.categories[activity.category], activity.id, after)
