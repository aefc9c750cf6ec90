"""Decisions about activities."""

from typing import Any

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.deciding.wording import rewording
from domain.errors import UnknownActivity
from domain.ordering import last, placed, without
from domain.vocabulary import (
    DETAILS_LENGTH,
    MOST_ACTIVITIES,
    MOST_COMMENTS,
    PROSE_LENGTH,
    TITLE_LENGTH,
    UNSORTED,
)
from domain.workshop import Workshop


def add(command: c.AddActivity, state: Workshop) -> tuple[e.Event, ...]:
    title = checks.required("title", command.title, TITLE_LENGTH)
    words = {
        "details": checks.optional("details", command.details, DETAILS_LENGTH),
        "prompt": checks.optional("prompt", command.prompt, PROSE_LENGTH),
    }
    checks.known_step(state, command.step)
    checks.free(state, command.activity)
    checks.needs_value_proposition(state)
    checks.room_for(len(state.activities) + len(state.retired), MOST_ACTIVITIES)
    after = checks.place(command, state.categories[command.category or UNSORTED])
    given: dict[str, Any] = {member: text for member, text in (*words.items(), ("step", command.step)) if text}
    return (e.ActivityAdded(activity=command.activity, title=title, category=command.category, after=after, **given),)


def reword(command: c.RewordActivity, state: Workshop, past: str | None) -> tuple[e.Event, ...]:
    field = command.field
    limit = TITLE_LENGTH if field == "title" else DETAILS_LENGTH
    is_title = field == "title"
    sent = checks.required("text", command.text, limit) if is_title else checks.optional("text", command.text, limit)
    activity = checks.the_activity(state, command.activity)
    base = checks.text_at(activity.texts[field], command.base, activity.since, state.version, past)
    current = activity.title if is_title else activity.details
    wording = rewording("text", base, sent or "", current, limit, required=is_title)
    if wording is None:
        return ()
    members = wording.members(command.stroke)
    return (e.ActivityReworded(activity=activity.id, field=field, base=command.base, **members),)


def move(command: c.MoveActivity, state: Workshop) -> tuple[e.Event, ...]:
    activity = checks.the_activity(state, command.activity)
    category = command.category or UNSORTED
    ids = state.categories[category]
    others = without(ids, activity.id) if activity.category == category else ids
    after = checks.place(command, others)
    if activity.category == category and placed(others, activity.id, after) == ids:
        return ()
    return (e.ActivityMoved(activity=activity.id, category=command.category, after=after),)


def place(command: c.PlaceActivity, state: Workshop) -> tuple[e.Event, ...]:
    activity = checks.the_activity(state, command.activity)
    checks.known_step(state, command.step)
    if activity.step == command.step:
        return ()
    return (e.ActivityPlaced(activity=activity.id, step=command.step),)


def judge(command: c.JudgeActivity, state: Workshop) -> tuple[e.Event, ...]:
    reason = checks.optional("reason", command.reason, PROSE_LENGTH)
    activity = checks.the_activity(state, command.activity)
    if activity.judgement == command.judgement and activity.reason == reason:
        return ()
    if reason is None:
        return (e.ActivityJudged(activity=activity.id, judgement=command.judgement),)
    return (e.ActivityJudged(activity=activity.id, judgement=command.judgement, reason=reason),)


def link(command: c.LinkActivity, state: Workshop) -> tuple[e.Event, ...]:
    activity = checks.the_activity(state, command.activity)
    note = checks.the_note(state, command.note)
    return () if note.id in activity.links else (e.ActivityLinked(activity=activity.id, note=note.id),)


def unlink(command: c.UnlinkActivity, state: Workshop) -> tuple[e.Event, ...]:
    activity = checks.the_activity(state, command.activity)
    note = checks.the_note(state, command.note)
    return (e.ActivityUnlinked(activity=activity.id, note=note.id),) if note.id in activity.links else ()


def combine(command: c.CombineActivities, state: Workshop) -> tuple[e.Event, ...]:
    title = checks.required("title", command.title, TITLE_LENGTH)
    sources = []
    for id_ in command.activities:
        source = state.any_activity(id_)
        if source is None:
            raise UnknownActivity(activity=id_)
        sources.append(source)
    checks.free(state, command.into)
    checks.needs_value_proposition(state)
    checks.room_for(len(state.activities) + len(state.retired), MOST_ACTIVITIES)
    checks.room_for(len({comment.id for s in sources for comment in s.comments}) - 1, MOST_COMMENTS)
    steps = {source.step for source in sources}
    agreed = steps.pop() if len(steps) == 1 else None
    gone = set(command.activities)
    return (
        e.ActivitiesCombined(
            activities=command.activities,
            into=command.into,
            title=title,
            category=command.category,
            after=last([id_ for id_ in state.categories[command.category] if id_ not in gone]),
            step=agreed if agreed in state.steps else None,
            links=tuple(dict.fromkeys(link for source in sources for link in source.links)),
        ),
    )


def retire(command: c.RetireActivity, state: Workshop) -> tuple[e.Event, ...]:
    reason = checks.optional("reason", command.reason, PROSE_LENGTH)
    activity = checks.the_activity(state, command.activity)
    return (e.ActivityRetired(activity=activity.id, **_given(reason)),)


def restore(command: c.RestoreActivity, state: Workshop) -> tuple[e.Event, ...]:
    reason = checks.optional("reason", command.reason, PROSE_LENGTH)
    if command.activity in state.activities:
        return ()
    activity = state.retired.get(command.activity)
    if activity is None:
        raise UnknownActivity(activity=command.activity)
    checks.needs_value_proposition(state)
    return (
        e.ActivityRestored(
            activity=activity.id,
            category=category_of(activity.category),
            after=last(state.categories[activity.category]),
            step=activity.step if activity.step in state.steps else None,
            **_given(reason),
        ),
    )


def comment(command: c.CommentOnActivity, state: Workshop) -> tuple[e.Event, ...]:
    text = checks.required("text", command.text, PROSE_LENGTH)
    activity = checks.the_activity(state, command.activity)
    checks.free(state, command.comment)
    checks.room_for(len(activity.comments), MOST_COMMENTS)
    return (e.ActivityCommented(activity=activity.id, comment=command.comment, text=text),)


def category_of(name: str) -> Any:  # noqa: ANN401 - a Category or None; the state keeps the list's name
    """The category as events have it: null for what is not sorted."""
    return None if name == UNSORTED else name


def _given(reason: str | None) -> dict[str, Any]:
    return {} if reason is None else {"reason": reason}
