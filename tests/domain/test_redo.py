"""Redo takes back an undo."""

import pytest

from domain import events as e
from tests.domain.every_action import EVERY_ACTION, Example, furnished
from tests.domain.specification import ANNA, FRIDA, PIET, Fields, activity, given, listed, named, note
from tests.domain.test_undo import COVERED, NOT_COVERED, rich

DESIGN, BUILD, BOTH, N = named("design"), named("build"), named("both"), named("n")
COMBINING: Fields = {"activities": [DESIGN, BUILD], "into": BOTH, "title": "Both", "category": "production"}
JUDGED: Fields = {"activity": DESIGN, "judgement": "must_do"}


@pytest.mark.parametrize("action", COVERED)
def test_after_undo_and_redo_the_canvas_is_as_the_change_left_it(action: str) -> None:
    story = rich()
    before = story.canvas
    story = story.does(FRIDA, action, **EVERY_ACTION[action][1])
    changed = story.canvas

    story = story.does(FRIDA, "undo").does(FRIDA, "redo")
    assert story.canvas == changed
    story = story.does(FRIDA, "undo")
    assert story.canvas == before
    assert story.does(FRIDA, "redo").canvas == changed


@pytest.mark.parametrize("action", COVERED)
def test_a_redo_takes_back_the_version_of_the_undo(action: str) -> None:
    story = rich().does(FRIDA, action, **EVERY_ACTION[action][1])
    before = story.version
    story = story.does(FRIDA, "undo")

    redone = [event.undoes or 0 for event in story.when("redo", by=FRIDA).made()]
    assert redone[0] == story.version
    assert before < min(redone), "it takes back this very undo"


def test_without_an_undo_there_is_nothing_to_redo() -> None:
    story = given(activity("design")).does(PIET, "judge_activity", **JUDGED)

    story.when("redo").rejected("nothing_to_redo")
    story.when("redo", skip=True).rejected("nothing_to_redo")
    story.does(PIET, "undo").does(PIET, "redo").when("redo").rejected("nothing_to_redo")


def test_redo_follows_redo_up_to_the_last_change() -> None:
    story = rich()
    canvases = []
    for action in ("add_note", "judge_activity", "move_activity", "combine_activities"):
        story = story.does(PIET, action, **EVERY_ACTION[action][1])
        canvases.append(story.canvas)
    for _ in canvases:
        story = story.does(PIET, "undo")

    for after in canvases:
        assert story.does(PIET, "redo").canvas == after
    story.when("redo").rejected("nothing_to_redo")


@pytest.mark.parametrize("action", COVERED)
def test_a_change_that_undo_covers_clears_what_can_be_redone(action: str) -> None:
    story = rich().does(FRIDA, "judge_activity", activity=BUILD, judgement="must_do").does(FRIDA, "undo")

    story.does(FRIDA, action, **EVERY_ACTION[action][1]).when("redo", by=FRIDA).rejected("nothing_to_redo")


@pytest.mark.parametrize("action", sorted(NOT_COVERED))
def test_what_undo_does_not_cover_clears_nothing(action: str) -> None:
    example = Example(action, by=FRIDA)
    example.story = example.story.does(FRIDA, "judge_activity", **JUDGED).does(FRIDA, "undo")

    story = example.asked().accepted()

    assert story.does(FRIDA, "redo").activity("design")["judgement"] == "must_do"


def test_others_clear_nothing() -> None:
    story = furnished().does(PIET, "judge_activity", **JUDGED).does(PIET, "undo")

    story = story.does(ANNA, "judge_activity", activity=BUILD, judgement="must_do")

    assert story.does(PIET, "redo").activity("design")["judgement"] == "must_do"


def test_what_changes_nothing_and_what_is_refused_clear_nothing() -> None:
    story = furnished().does(PIET, "judge_activity", **JUDGED).does(PIET, "undo")
    story.when("judge_activity", activity=DESIGN, judgement=None).unchanged()
    story.when("judge_activity", activity=named("old"), judgement=None).rejected("activity_retired")

    story.when("redo").accepted()


def test_a_redo_is_refused_where_somebody_changed_the_field_since() -> None:
    story = furnished().does(PIET, "judge_activity", **JUDGED).does(PIET, "undo")
    story = story.does(ANNA, "judge_activity", activity=DESIGN, judgement="not_now")

    story.when("redo").rejected("changed_since")
    story.when("redo", skip=True).rejected("nothing_to_redo")
    assert story.does(ANNA, "undo").does(PIET, "redo").activity("design")["judgement"] == "must_do"


def test_skip_passes_over_what_can_not_be_redone() -> None:
    story = furnished().does(PIET, "judge_activity", activity=BUILD, judgement="must_do")
    story = story.does(PIET, "judge_activity", **JUDGED).does(PIET, "undo").does(PIET, "undo")
    story = story.does(ANNA, "judge_activity", activity=BUILD, judgement="not_now")
    story.when("redo").rejected("changed_since")

    story = story.does(PIET, "redo", skip=True)

    assert story.activity("design")["judgement"] == "must_do"
    assert story.activity("build")["judgement"] == "not_now"


def test_a_redone_change_can_be_undone_again() -> None:
    story = furnished().does(PIET, "judge_activity", **JUDGED).does(PIET, "undo").does(PIET, "redo")

    story.when("undo").then(e.ActivityJudged(activity=DESIGN, judgement=None, undoes=story.version))


def test_an_activity_is_not_redone_without_a_value_proposition() -> None:
    story = given().does(PIET, "add_activity", activity=DESIGN, title="Design", category=None).does(PIET, "undo")
    story = story.does(ANNA, "remove_note", note=named("value"))

    story.when("redo").rejected("value_proposition_first")


def test_a_restoring_is_not_redone_without_a_value_proposition() -> None:
    story = given(activity("design"), e.ActivityRetired(activity=DESIGN)).does(
        PIET, "restore_activity", activity=DESIGN
    )
    story = story.does(PIET, "undo").does(ANNA, "remove_note", note=named("value"))

    story.when("redo").rejected("value_proposition_first")


def test_the_removal_of_a_note_is_not_redone_where_it_became_the_last_value_proposition() -> None:
    story = given(note("n", "value_propositions"), activity("design")).does(PIET, "remove_note", note=N)
    story = story.does(PIET, "undo").does(ANNA, "remove_note", note=named("value"))

    story.when("redo").rejected("value_proposition_first")


def test_the_dropping_of_a_step_is_not_redone_while_it_is_in_use() -> None:
    story = furnished().does(FRIDA, "define_steps", steps=listed("selection")).does(FRIDA, "undo")
    story = story.does(ANNA, "place_activity", activity=DESIGN, step=named("idea"))

    story.when("redo", by=FRIDA).rejected("step_in_use", step=named("idea"))


def test_an_activity_is_not_redone_at_a_step_that_is_gone() -> None:
    story = furnished().does(PIET, "add_activity", activity=named("sell"), title="S", category=None, step=named("idea"))
    story = story.does(PIET, "undo").does(FRIDA, "define_steps", steps=[])

    story.when("redo").rejected("changed_since")


def test_a_placing_is_not_redone_at_a_step_that_is_gone() -> None:
    story = furnished().does(PIET, "place_activity", activity=DESIGN, step=named("idea")).does(PIET, "undo")

    story.does(FRIDA, "define_steps", steps=[]).when("redo").rejected("changed_since")


def test_a_link_is_not_redone_to_a_note_that_is_gone() -> None:
    story = furnished().does(PIET, "link_activity", activity=BUILD, note=N).does(PIET, "undo")

    story.does(ANNA, "remove_note", note=N).when("redo").rejected("changed_since")


def test_a_comment_is_not_redone_on_a_retired_activity() -> None:
    story = furnished().does(PIET, "comment_on_activity", activity=BUILD, comment=named("c"), text="Why?")

    story.does(PIET, "undo").does(ANNA, "retire_activity", activity=BUILD).when("redo").rejected("changed_since")


def test_a_combination_is_not_redone_where_a_source_was_retired_since() -> None:
    story = furnished().does(PIET, "combine_activities", **COMBINING).does(PIET, "undo")

    story.does(ANNA, "retire_activity", activity=DESIGN).when("redo").rejected("changed_since")


def test_a_combination_that_is_redone_keeps_what_came_to_its_sources_meanwhile() -> None:
    story = furnished().does(PIET, "combine_activities", **COMBINING).does(PIET, "undo")
    story = story.does(ANNA, "link_activity", activity=BUILD, note=named("value"))
    story = story.does(ANNA, "comment_on_activity", activity=BUILD, comment=named("c"), text="Why?")

    both = story.does(PIET, "redo").activity("both")

    assert both["links"] == [N, named("value")]
    assert [comment["id"] for comment in both["comments"]] == [named("c")]


def test_a_redone_activity_goes_on_as_the_one_it_was() -> None:
    story = given().does(PIET, "add_activity", activity=DESIGN, title="Design", category=None)
    story = story.does(PIET, "undo").does(PIET, "redo")

    story = story.does(ANNA, "judge_activity", **JUDGED)
    story.when("undo", by=PIET).rejected("changed_since")
    story = story.does(ANNA, "undo").does(PIET, "undo")

    assert story.document["activities"] == {}
