"""Rewording: upon which version it was made, and what becomes of it when others were there first."""

import pytest

from domain import events as e
from domain.former import TextAt, needed
from domain.things import TEXTS_KEPT
from tests.domain.specification import ANNA, FRIDA, PIET, Fields, Story, activity, given, named, note, read

DESIGN, N = named("design"), named("n")


def titled(title: str) -> Story:
    return given().does(PIET, "add_activity", activity=DESIGN, title=title, category="production")


def retitled(story: Story, by: str, text: str, base: int | None = None) -> Story:
    base = story.version if base is None else base
    return story.does(by, "reword_activity", activity=DESIGN, field="title", text=text, base=base)


def test_an_activity_gets_another_title() -> None:
    story = given(activity("design"))

    story.when("reword_activity", activity=DESIGN, field="title", text=" Draw ").then(
        e.ActivityReworded(activity=DESIGN, field="title", text="Draw", base=story.version)
    )


def test_an_activity_gets_details_and_loses_them_again() -> None:
    story = given(activity("design"))

    story.when("reword_activity", activity=DESIGN, field="details", text="On paper").accepted().when(
        "reword_activity", activity=DESIGN, field="details", text=" "
    ).accepted()

    assert story.activity("design")["details"] == ""


def test_a_note_is_reworded() -> None:
    story = given(note("n"))

    story.when("reword_note", note=N, text="Shops").then(e.NoteReworded(note=N, text="Shops", base=story.version))


def test_a_title_and_a_note_can_not_be_emptied() -> None:
    story = given(activity("design"), note("n"))

    story.when("reword_activity", activity=DESIGN, field="title", text=" ").rejected("text_empty", field="text")
    story.when("reword_note", note=N, text="").rejected("text_empty", field="text")


def test_only_title_and_details_are_worded() -> None:
    given(activity("design")).when("reword_activity", activity=DESIGN, field="reason", text="Law").rejected(
        "invalid", field="field"
    )


def test_the_same_words_change_nothing() -> None:
    story = given(activity("design"), note("n"))

    story.when("reword_activity", activity=DESIGN, field="title", text="Do design ").unchanged()
    story.when("reword_activity", activity=DESIGN, field="details", text="").unchanged()
    story.when("reword_note", note=N, text="The n").unchanged()


def test_a_stroke_of_typing_is_named_in_the_event() -> None:
    story = given(activity("design"))

    story.when("reword_activity", activity=DESIGN, field="title", text="Draw", stroke=named("s")).then(
        e.ActivityReworded(activity=DESIGN, field="title", text="Draw", base=story.version, stroke=named("s"))
    )


def test_a_stroke_is_a_uuid() -> None:
    given(note("n")).when("reword_note", note=N, text="Shops", stroke="s").rejected("invalid", field="stroke")


def test_changes_in_different_places_both_survive() -> None:
    story = titled("design the blocks")
    seen = story.version
    story = retitled(story, ANNA, "design all the blocks", seen)

    story.when(
        "reword_activity", by=FRIDA, activity=DESIGN, field="title", text="design the blocks of wood", base=seen
    ).then(e.ActivityReworded(activity=DESIGN, field="title", text="design all the blocks of wood", base=seen))


def test_where_changes_overlap_both_inputs_are_in_the_history() -> None:
    story = titled("design the blocks")
    seen = story.version
    story = retitled(story, ANNA, "design the stones", seen)

    outcome = story.when("reword_activity", activity=DESIGN, field="title", text="design the bricks", base=seen)

    outcome.then(
        e.ActivityReworded(
            activity=DESIGN,
            field="title",
            text="design the stones bricks",
            base=seen,
            merged=True,
            ours="design the bricks",
            theirs="design the stones",
        )
    )


def test_of_two_insertions_at_one_place_both_stay_the_earlier_first_and_are_no_overlap() -> None:
    story = given(note("n"))
    seen = story.version
    story = story.does(ANNA, "reword_note", note=N, text="The big n", base=seen)

    story.when("reword_note", note=N, text="The red n", base=seen).then(
        e.NoteReworded(note=N, text="The big red n", base=seen)
    )


def test_a_change_that_is_there_already_changes_nothing() -> None:
    story = titled("design the blocks")
    seen = story.version
    story = retitled(story, ANNA, "design the bricks", seen)

    story.when("reword_activity", activity=DESIGN, field="title", text="design the bricks", base=seen).unchanged()


def test_sending_the_text_as_it_was_seen_changes_nothing() -> None:
    story = titled("design the blocks")
    seen = story.version
    story = retitled(story, ANNA, "draw", seen)

    story.when("reword_activity", activity=DESIGN, field="title", text="design the blocks", base=seen).unchanged()


def test_two_who_empty_a_title_between_them_leave_it_standing() -> None:
    story = titled("ab cd")
    seen = story.version
    story = retitled(story, ANNA, "ab", seen)

    story.when("reword_activity", activity=DESIGN, field="title", text="cd", base=seen).rejected("text_empty")


def test_title_and_details_are_two_texts() -> None:
    story = titled("design")
    seen = story.version
    story = retitled(story, ANNA, "draw", seen)

    story.when("reword_activity", activity=DESIGN, field="details", text="On paper", base=seen).then(
        e.ActivityReworded(activity=DESIGN, field="details", text="On paper", base=seen)
    )


@pytest.mark.parametrize("away", [-1, 0, 1])
def test_a_base_lies_between_the_things_first_version_and_the_head(away: int) -> None:
    story = given()
    before = story.version
    story = retitled(titled("design"), ANNA, "draw")

    story.when("reword_activity", activity=DESIGN, field="title", text="New", base=before).rejected(
        "invalid", field="base"
    )
    outcome = story.when("reword_activity", activity=DESIGN, field="title", text="New", base=story.version + away)
    if away > 0:
        outcome.rejected("invalid", field="base")
    else:
        outcome.accepted()


@pytest.mark.parametrize("base", [True, 5.5, "7", None])
def test_a_base_is_a_whole_number(base: object) -> None:
    given(note("n")).when("reword_note", note=N, text="New", base=base).rejected("invalid", field="base")


def test_a_note_has_its_first_version_still_after_it_came_back() -> None:
    story = given(note("n"))
    first = story.version
    story = story.does(ANNA, "reword_note", note=N, text="Shops").does(ANNA, "remove_note", note=N).does(ANNA, "undo")

    story.when("reword_note", note=N, text="The small n", base=first).accepted()
    story.when("reword_note", note=N, text="The small n", base=first - 1).rejected("invalid", field="base")


def test_at_a_version_where_the_thing_was_away_its_text_is_the_last_before() -> None:
    story = given(note("n")).does(ANNA, "reword_note", note=N, text="The big n")
    story = story.does(ANNA, "remove_note", note=N)
    away = story.version
    story = story.does(ANNA, "undo").does(FRIDA, "reword_note", note=N, text="The big n of ours")

    story.when("reword_note", note=N, text="The big and red n", base=away).then(
        e.NoteReworded(note=N, text="The big and red n of ours", base=away)
    )


def test_the_same_holds_for_an_activity_that_was_withdrawn_and_came_back() -> None:
    story = titled("design the blocks").does(PIET, "undo")
    away = story.version
    story = retitled(story.does(PIET, "redo"), ANNA, "design all the blocks")

    story.when("reword_activity", activity=DESIGN, field="title", text="design the blocks of wood", base=away).then(
        e.ActivityReworded(activity=DESIGN, field="title", text="design all the blocks of wood", base=away)
    )


def test_the_text_that_an_undo_brought_back_is_the_text_to_merge_onto() -> None:
    story = retitled(titled("design the blocks"), PIET, "draw the blocks")
    seen = story.version
    story = story.does(PIET, "undo")

    after = retitled(story, ANNA, "draw the blocks of wood", seen)

    assert after.activity("design")["title"] == "design the blocks of wood"


def test_a_text_that_is_older_than_what_is_remembered_is_looked_up() -> None:
    story = titled("design the blocks")
    seen = story.version
    for number in range(TEXTS_KEPT + 3):
        story = retitled(story, ANNA, f"design the blocks {number}")
    fields: Fields = {"activity": DESIGN, "field": "title", "text": "design all the blocks", "base": seen}

    assert needed(read({"action": "reword_activity", **fields}), story.state) == TextAt(DESIGN, "title", seen)
    outcome = story.when("reword_activity", past="design the blocks", **fields)

    assert outcome.accepted().activity("design")["title"] == f"design all the blocks {TEXTS_KEPT + 2}"


def test_nothing_is_looked_up_for_what_is_remembered_or_rejected_anyway() -> None:
    story = retitled(titled("design"), ANNA, "draw")

    for base in (0, story.version, story.version + 1):
        fields = {"activity": DESIGN, "field": "title", "text": "New", "base": base}
        assert needed(read({"action": "reword_activity", **fields}), story.state) is None
    for id_ in (named("value"), named("nothing")):
        fields = {"note": id_, "text": "New", "base": story.version}
        assert needed(read({"action": "reword_note", **fields}), story.state) is None
    assert needed(read({"action": "undo"}), story.state) is None
