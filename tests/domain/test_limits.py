"""How long a text may be, and how many things a room holds."""

from collections.abc import Callable

import pytest

from domain import events as e
from domain.things import Activity, Comment, Note
from domain.vocabulary import MOST_ACTIVITIES, MOST_COMMENTS, MOST_NOTES, MOST_STEPS
from tests.domain.every_action import Example
from tests.domain.specification import FRIDA, PIET, Story, activity, given, named, note

DESIGN = named("design")
LENGTHS = [
    ("describe_workshop", "title", 200),
    ("describe_workshop", "goal", 1_000),
    ("describe_workshop", "subject", 1_000),
    ("add_activity", "title", 200),
    ("add_activity", "details", 4_000),
    ("add_activity", "prompt", 1_000),
    ("reword_activity", "text", 4_000),
    ("combine_activities", "title", 200),
    ("judge_activity", "reason", 1_000),
    ("retire_activity", "reason", 1_000),
    ("restore_activity", "reason", 1_000),
    ("comment_on_activity", "text", 1_000),
    ("add_note", "text", 1_000),
    ("reword_note", "text", 1_000),
    ("open_iteration", "name", 200),
    ("open_iteration", "goal", 1_000),
    ("close_iteration", "override_reason", 1_000),
]
LETTER, CLEF, ACCENTED = "x", "\N{MUSICAL SYMBOL G CLEF}", "e\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize(("action", "field", "limit"), LENGTHS)
@pytest.mark.parametrize("letter", [LETTER, CLEF, ACCENTED])
def test_a_text_may_be_so_many_code_points_long_once_it_is_composed(
    action: str, field: str, limit: int, letter: str
) -> None:
    Example(action, by=FRIDA).asked(**{field: f"  {letter * limit}\n"}).made()


@pytest.mark.parametrize(("action", "field", "limit"), LENGTHS)
def test_a_text_that_is_longer_is_refused(action: str, field: str, limit: int) -> None:
    Example(action, by=FRIDA).asked(**{field: LETTER * (limit + 1)}).rejected(
        "text_too_long", field=field, limit=limit, length=limit + 1
    )


def test_the_name_of_a_step_is_no_longer_than_a_title() -> None:
    given().when("define_steps", by=FRIDA, steps=[{"id": DESIGN, "name": LETTER * 201}]).rejected(
        "text_too_long", field="name", limit=200
    )


def test_a_reworded_title_is_no_longer_than_a_title() -> None:
    given(activity("design")).when("reword_activity", activity=DESIGN, field="title", text=LETTER * 201).rejected(
        "text_too_long", field="text", limit=200
    )


def test_a_merge_that_grows_too_long_is_refused_with_the_text_as_it_stands() -> None:
    story = given(note("n"))
    seen = story.version
    longer = f"The n {LETTER * 600}"
    story = story.does(PIET, "reword_note", note=named("n"), text=longer, base=seen)

    story.when("reword_note", by=FRIDA, note=named("n"), text=f"{LETTER * 600} The n", base=seen).rejected(
        "text_too_long", field="text", limit=1_000, current=longer
    )


def filled(*, activities: int = 0, notes: int = 0, comments: int = 0) -> Story:
    """Furnish a room so full that to get there event by event would take minutes."""
    story = given(activity("design"))
    for number in range(activities - 1):
        id_ = named(f"activity {number}")
        things = story.state.retired if number % 2 else story.state.activities
        things[id_] = Activity(id=id_, category="production", title="A", by=None, since=1)
    for number in range(notes - 1):
        id_ = named(f"note {number}")
        story.state.notes[id_] = Note(id=id_, block="channels", text="N", by=None, since=1)
    said = tuple(Comment(named(f"comment {number}"), "Why?", None) for number in range(comments))
    story.state.activities[DESIGN].comments = said
    return story


ONE_MORE: dict[str, tuple[int, Callable[[int], Story], dict[str, object]]] = {
    "add_activity": (
        MOST_ACTIVITIES,
        lambda count: filled(activities=count),
        {"activity": named("a"), "title": "A", "category": None},
    ),
    "add_note": (
        MOST_NOTES,
        lambda count: filled(notes=count),
        {"note": named("n"), "block": "channels", "text": "N"},
    ),
    "comment_on_activity": (
        MOST_COMMENTS,
        lambda count: filled(comments=count),
        {"activity": DESIGN, "comment": named("c"), "text": "Why?"},
    ),
}


def test_the_counts_are_those_of_the_contract() -> None:
    assert (MOST_ACTIVITIES, MOST_NOTES, MOST_STEPS, MOST_COMMENTS) == (10_000, 2_000, 200, 500)


@pytest.mark.parametrize("action", ONE_MORE)
def test_a_room_takes_the_last_that_it_has_room_for_and_no_more(action: str) -> None:
    most, story, fields = ONE_MORE[action]

    story(most - 1).when(action, by=PIET, past=None, **fields).made()
    story(most).when(action, by=PIET, past=None, **fields).rejected("too_many", most=most)


def test_a_workshop_has_two_hundred_steps_at_most() -> None:
    steps = [{"id": named(f"step {number}"), "name": "Step"} for number in range(201)]

    given().when("define_steps", by=FRIDA, steps=steps[:200]).made()
    given().when("define_steps", by=FRIDA, steps=steps).rejected("too_many", most=200)


@pytest.mark.parametrize(("count", "code"), [(9_999, None), (10_000, "too_many")])
def test_a_combination_counts_beside_those_it_retires(count: int, code: str | None) -> None:
    story = filled(activities=count)

    outcome = story.when(
        "combine_activities",
        activities=[DESIGN, named("activity 0")],
        into=named("both"),
        title="Both",
        category="production",
    )

    if code:
        outcome.rejected(code, most=10_000)
    else:
        outcome.made()


@pytest.mark.parametrize(("count", "code"), [(499, None), (500, "too_many")])
def test_a_combination_has_no_more_comments_than_any_other(count: int, code: str | None) -> None:
    story = filled(activities=2, comments=count)
    story.state.activities[named("activity 0")].comments = (Comment(named("one more"), "Who?", None),)

    outcome = story.when(
        "combine_activities",
        activities=[DESIGN, named("activity 0")],
        into=named("both"),
        title="Both",
        category="production",
    )

    if code:
        outcome.rejected(code, most=500)
    else:
        outcome.made()


def test_a_note_that_was_removed_makes_room_for_another() -> None:
    story = filled(notes=MOST_NOTES)
    del story.state.notes[named("note 0")]

    story.when("add_note", note=named("n"), block="channels", text="N").made()


def test_a_note_does_not_come_back_into_a_full_room() -> None:
    story = given(note("n")).does(PIET, "remove_note", note=named("n"))
    for number in range(MOST_NOTES - 1):
        id_ = named(f"note {number}")
        story.state.notes[id_] = Note(id=id_, block="channels", text="N", by=None, since=1)

    story.when("undo").rejected("too_many", most=MOST_NOTES)


def test_a_withdrawn_activity_does_not_come_back_into_a_full_room() -> None:
    story = given().does(PIET, "add_activity", activity=DESIGN, title="D", category=None).does(PIET, "undo")
    for number in range(MOST_ACTIVITIES):
        id_ = named(f"activity {number}")
        story.state.activities[id_] = Activity(id=id_, category="production", title="A", by=None, since=1)

    story.when("redo").rejected("too_many", most=MOST_ACTIVITIES)


def test_a_comment_does_not_come_back_to_an_activity_that_has_all_it_can_bear() -> None:
    story = given(activity("design"))
    story = story.does(PIET, "comment_on_activity", activity=DESIGN, comment=named("c"), text="Why?").does(PIET, "undo")
    said = tuple(Comment(named(f"comment {number}"), "Why?", None) for number in range(MOST_COMMENTS))
    story.state.activities[DESIGN].comments = said

    story.when("redo").rejected("too_many", most=MOST_COMMENTS)


def test_restoring_needs_no_room_since_retired_activities_count_already() -> None:
    story = given(activity("old"), e.ActivityRetired(activity=named("old")))
    for number in range(MOST_ACTIVITIES - 1):
        id_ = named(f"activity {number}")
        story.state.activities[id_] = Activity(id=id_, category="production", title="A", by=None, since=1)

    story.when("restore_activity", activity=named("old")).made()
