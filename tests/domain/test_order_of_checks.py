"""What is wrong first is told first: fields, role, lock, texts, things, ids, then the rules."""

from collections.abc import Callable

import pytest

from domain import events as e
from tests.domain.specification import (
    FRIDA,
    OLGA,
    PIET,
    Fields,
    Story,
    activity,
    blank,
    given,
    listed,
    named,
    note,
    steps,
)

DESIGN = named("design")
LOCKED = e.CanvasLocked()
TOO_LONG = "x" * 4_001


def judging(**changed: object) -> Fields:
    return {"activity": DESIGN, "judgement": "must_do", "reason": TOO_LONG} | changed


@pytest.mark.parametrize(
    ("action", "fields", "field"),
    [
        ("judge_activity", judging(judgement="maybe"), "judgement"),
        ("add_note", {"note": named("m"), "block": "channels", "text": "", "after": named("m")}, "after"),
        ("move_note", {"note": named("n"), "block": "channels", "after": named("n")}, "after"),
        ("add_activity", {"activity": DESIGN, "title": "", "category": None, "after": DESIGN}, "after"),
        ("move_activity", {"activity": DESIGN, "category": None, "after": DESIGN}, "after"),
        (
            "combine_activities",
            {"activities": [DESIGN, DESIGN], "into": DESIGN, "title": "", "category": "production"},
            "activities",
        ),
        ("define_steps", {"steps": [{"id": DESIGN, "name": ""}] * 2}, "steps"),
    ],
)
@pytest.mark.parametrize("by", [OLGA, PIET, FRIDA])
def test_wrong_fields_come_before_the_role_the_lock_and_the_texts(
    action: str, fields: Fields, field: str, by: str
) -> None:
    given(LOCKED).when(action, by=by, **fields).rejected("invalid", field=field)


def test_the_role_comes_before_the_lock() -> None:
    given(LOCKED).when("judge_activity", by=OLGA, **judging()).rejected("not_allowed")
    given(LOCKED).when("unlock_canvas", by=PIET).rejected("not_allowed")


def test_the_role_comes_before_the_texts() -> None:
    given().when("open_iteration", by=PIET, iteration=named("first"), name="").rejected("not_allowed")


def test_the_lock_comes_before_the_texts() -> None:
    given(LOCKED).when("judge_activity", **judging()).rejected("locked")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("judge_activity", judging()),
        ("reword_activity", {"activity": DESIGN, "field": "title", "text": TOO_LONG, "base": -1}),
        ("retire_activity", {"activity": DESIGN, "reason": TOO_LONG}),
        ("restore_activity", {"activity": DESIGN, "reason": TOO_LONG}),
        ("comment_on_activity", {"activity": DESIGN, "comment": named("value"), "text": TOO_LONG}),
        ("reword_note", {"note": named("n"), "text": TOO_LONG, "base": -1}),
        ("add_activity", {"activity": named("value"), "title": TOO_LONG, "category": None, "step": named("idea")}),
        (
            "combine_activities",
            {"activities": [DESIGN, named("b")], "into": named("value"), "title": TOO_LONG, "category": "production"},
        ),
    ],
)
def test_texts_come_before_things_and_ids(action: str, fields: Fields) -> None:
    given().when(action, **fields).rejected("text_too_long")


def test_things_come_before_ids() -> None:
    story = given()

    story.when("comment_on_activity", activity=DESIGN, comment=named("value"), text="Why?").rejected("unknown_activity")
    story.when("add_activity", activity=named("value"), title="D", category=None, step=named("idea")).rejected(
        "unknown_step"
    )
    story.when(
        "combine_activities", activities=[DESIGN, named("b")], into=named("value"), title="B", category="production"
    ).rejected("unknown_activity")


def test_a_retired_activity_is_told_before_an_id_that_is_taken() -> None:
    story = given(activity("design"), e.ActivityRetired(activity=DESIGN))

    story.when("comment_on_activity", activity=DESIGN, comment=named("value"), text="Why?").rejected("activity_retired")


def combining_needs_value() -> Story:
    story = given(activity("design"), activity("b"))
    retired = [e.ActivityRetired(activity=named(name)) for name in ("design", "b")]
    return story.given(*retired, e.NoteRemoved(note=named("value"), unlinked=()))


@pytest.mark.parametrize(
    ("story", "action", "fields"),
    [
        (lambda: blank(note("n")), "add_activity", {"activity": named("n"), "title": "D", "category": None}),
        (
            combining_needs_value,
            "combine_activities",
            {"activities": [DESIGN, named("b")], "into": DESIGN, "title": "B", "category": "production"},
        ),
        (
            lambda: given(e.IterationOpened(iteration=named("first"), name="First")),
            "open_iteration",
            {"iteration": named("first"), "name": "Again"},
        ),
        (
            lambda: given(steps("idea"), e.StepEntered(step=named("idea"))),
            "define_steps",
            {"steps": listed("value")},
        ),
    ],
)
def test_ids_come_before_the_rules(story: Callable[[], Story], action: str, fields: Fields) -> None:
    story().when(action, by=FRIDA, **fields).rejected("id_taken")


def test_what_only_the_thing_can_tell_comes_after_it_was_found() -> None:
    retired = given(activity("design"), e.ActivityRetired(activity=DESIGN))
    rewording: Fields = {"field": "title", "text": "New", "base": -1}

    given().when("reword_activity", activity=DESIGN, **rewording).rejected("unknown_activity")
    retired.when("reword_activity", activity=DESIGN, **rewording).rejected("activity_retired")
    given(activity("design")).when("reword_activity", activity=DESIGN, **rewording).rejected("invalid", field="base")
