"""Undo takes back the sender's own last change: afterwards the canvas is as if it had not been made."""

import pytest

from domain import events as e
from domain.evolve import evolve
from domain.undo import DEPTH
from domain.workshop import initial
from tests.domain.every_action import EVERY_ACTION, Example, closed, furnished
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, Fields, Story, activity, did, given, listed, named, note

DESIGN, BUILD, BOTH, N = named("design"), named("build"), named("both"), named("n")
NOT_COVERED = {
    *("enter_step", "open_iteration", "close_iteration", "lock_canvas", "unlock_canvas"),
    *("set_phase", "define_questions", "change_role", "remove_person", "redact"),
}
COVERED = sorted(EVERY_ACTION.keys() - NOT_COVERED - {"undo", "redo"})


def rich() -> Story:
    """Furnish a room in which the activities have links, comments, judgements, details and steps.

    An iteration was closed before that.
    """
    story = furnished().given(*closed("zeroth"))
    story = story.does(ANNA, "link_activity", activity=BUILD, note=N)
    story = story.does(ANNA, "link_activity", activity=BUILD, note=named("value"))
    story = story.does(ANNA, "comment_on_activity", activity=BUILD, comment=named("c"), text="Why?")
    story = story.does(ANNA, "judge_activity", activity=DESIGN, judgement="must_do", reason="Law")
    story = story.does(FRIDA, "place_activity", activity=DESIGN, step=named("selection"))
    return story.does(ANNA, "reword_activity", activity=DESIGN, field="details", text="In steel")


@pytest.mark.parametrize("action", COVERED)
def test_after_an_undo_the_canvas_is_as_it_was_before(action: str) -> None:
    story = rich()
    before = story.canvas

    story = story.does(FRIDA, action, **EVERY_ACTION[action][1])
    assert story.canvas != before

    assert story.does(FRIDA, "undo").canvas == before


@pytest.mark.parametrize("action", COVERED)
def test_undo_undoes_the_version_that_the_change_made(action: str) -> None:
    story = rich()
    before = story.version
    story = story.does(FRIDA, action, **EVERY_ACTION[action][1])

    undone = [event.undoes for event in story.when("undo", by=FRIDA).made()]
    assert undone[0] == story.version
    assert before < min(filter(None, undone)), "it takes back this very change"
    assert undone == sorted(filter(None, undone), reverse=True)


@pytest.mark.parametrize("action", sorted(NOT_COVERED))
def test_joining_iterations_the_current_step_and_locks_are_not_undone(action: str) -> None:
    story = Example(action, by=FRIDA).asked().accepted()

    story.when("undo", by=FRIDA).rejected("nothing_to_undo")


def test_what_is_not_covered_is_passed_over_without_a_word() -> None:
    story = given(activity("design")).does(FRIDA, "judge_activity", activity=DESIGN, judgement="must_do")
    judged = story.version
    story = story.does(FRIDA, "lock_canvas").does(FRIDA, "open_iteration", iteration=named("first"), name="First")

    story.when("undo", by=FRIDA).then(e.ActivityJudged(activity=DESIGN, judgement=None, undoes=judged))


def test_who_changed_nothing_has_nothing_to_undo() -> None:
    story = given().does(PIET, "add_note", note=N, block="channels", text="Shops")

    story.when("undo", by=ANNA).rejected("nothing_to_undo")
    story.when("undo", by=ANNA, skip=True).rejected("nothing_to_undo")


def test_what_a_template_brought_is_never_undone() -> None:
    given(activity("design")).when("undo", by=FRIDA).rejected("nothing_to_undo")


def test_each_takes_back_the_own_last_change() -> None:
    story = given(activity("design"), activity("build"))
    story = story.does(PIET, "judge_activity", activity=DESIGN, judgement="must_do")
    story = story.does(ANNA, "judge_activity", activity=BUILD, judgement="must_do")

    story.when("undo", by=PIET).then(e.ActivityJudged(activity=DESIGN, judgement=None, undoes=story.version - 1))


def test_undo_follows_undo_back_to_the_first_change() -> None:
    story = rich()
    canvases = []
    for action in ("add_note", "add_activity", "judge_activity", "move_activity", "combine_activities", "remove_note"):
        canvases.append(story.canvas)
        story = story.does(PIET, action, **EVERY_ACTION[action][1])

    for before in reversed(canvases):
        assert story.does(PIET, "undo").canvas == before
    story.when("undo").rejected("nothing_to_undo")


def test_others_who_work_elsewhere_do_not_stand_in_the_way() -> None:
    story = given(activity("design"), activity("build")).does(
        PIET, "judge_activity", activity=DESIGN, judgement="must_do"
    )
    story = story.does(ANNA, "reword_activity", activity=DESIGN, field="title", text="Draw")
    story = story.does(ANNA, "move_activity", activity=DESIGN, category=None)
    story = story.does(ANNA, "link_activity", activity=DESIGN, note=named("value"))
    story = story.does(ANNA, "judge_activity", activity=BUILD, judgement="not_now")

    story = story.does(PIET, "undo")

    assert (story.activity("design")["judgement"], story.activity("design")["title"]) == (None, "Draw")


def test_the_types_are_the_ordinary_ones_where_one_fits() -> None:
    made = {}
    for action in COVERED:
        story = rich().does(FRIDA, action, **EVERY_ACTION[action][1])
        made[action] = [type(event).__name__ for event in story.when("undo", by=FRIDA).made()]

    assert made == {
        "describe_workshop": ["WorkshopDescribed"],
        "define_steps": ["StepsDefined"],
        "add_note": ["NoteRemoved"],
        "reword_note": ["NoteReworded"],
        "move_note": ["NoteMoved"],
        "remove_note": ["NoteRestored"],
        "add_activity": ["ActivityWithdrawn"],
        "reword_activity": ["ActivityReworded"],
        "move_activity": ["ActivityMoved"],
        "place_activity": ["ActivityPlaced"],
        "judge_activity": ["ActivityJudged"],
        "link_activity": ["ActivityUnlinked"],
        "unlink_activity": ["ActivityLinked"],
        "combine_activities": ["ActivityWithdrawn", "ActivityRestored", "ActivityRestored"],
        "retire_activity": ["ActivityRestored"],
        "restore_activity": ["ActivityRetired"],
        "restore_iteration": [
            *("ActivityLinked", "ActivityLinked"),
            *("ActivityPlaced", "ActivityJudged", "ActivityReworded"),
        ],
        "undo_person": ["ActivityLinked"],
        "comment_on_activity": ["CommentWithdrawn"],
    }


def test_undoing_a_removal_brings_the_note_back_with_its_author_and_its_links() -> None:
    story = given(activity("design"), activity("old"))
    story = story.does(ANNA, "add_note", note=N, block="channels", text="Shops")
    story = story.does(PIET, "link_activity", activity=DESIGN, note=N)
    story = story.does(PIET, "link_activity", activity=named("old"), note=N)
    story = story.does(PIET, "retire_activity", activity=named("old"))
    before = story.canvas

    story = story.does(PIET, "remove_note", note=N).does(PIET, "undo")

    assert story.canvas == before
    assert story.document["notes"][N]["by"] == ANNA


def test_a_restored_note_can_be_worked_with_like_any_other() -> None:
    story = given(activity("design"), note("n")).does(PIET, "remove_note", note=N).does(PIET, "undo")

    story = story.does(ANNA, "reword_note", note=N, text="Shops").does(ANNA, "link_activity", activity=DESIGN, note=N)
    before = story.canvas

    assert story.does(ANNA, "move_note", note=N, block="key_partners").does(ANNA, "undo").canvas == before
    story = story.does(ANNA, "undo").does(ANNA, "undo")
    assert story.document["notes"][N]["text"] == "The n"


def test_undoing_a_removal_leaves_out_links_to_what_was_withdrawn_meanwhile() -> None:
    story = given(note("n")).does(PIET, "add_activity", activity=DESIGN, title="Design", category=None)
    story = story.does(ANNA, "link_activity", activity=DESIGN, note=N).does(FRIDA, "remove_note", note=N)
    story = story.does(FRIDA, "undo").does(ANNA, "undo").does(FRIDA, "remove_note", note=N).does(PIET, "undo")

    story = story.does(FRIDA, "undo")

    assert N in story.document["notes"]


def test_undoing_a_combination_restores_what_was_retired_before_to_how_it_was_retired() -> None:
    story = furnished().does(ANNA, "retire_activity", activity=DESIGN, reason="Too early")
    ids = [DESIGN, BUILD, named("old")]
    before = story.canvas

    story = story.does(
        PIET, "combine_activities", activities=ids, into=BOTH, title="Both", category="problem_solving"
    ).does(PIET, "undo")

    assert story.canvas == before
    story.when("judge_activity", activity=DESIGN, judgement=None).rejected("activity_retired")


def test_undoing_a_combination_leaves_a_former_combination_as_it_was() -> None:
    story = furnished()
    first: Fields = {"activities": [DESIGN, BUILD], "into": BOTH, "title": "Both", "category": "production"}
    story = story.does(ANNA, "combine_activities", **first)
    before = story.canvas
    second = first | {"activities": [BOTH, DESIGN], "into": named("all")}

    story = story.does(PIET, "combine_activities", **second).does(PIET, "undo")

    assert story.canvas == before
    story.when("judge_activity", activity=DESIGN, judgement=None).rejected("activity_retired", into=BOTH)


def test_undoing_a_restoring_retires_it_again_for_the_reason_it_had() -> None:
    story = furnished().does(ANNA, "retire_activity", activity=DESIGN, reason="Too early")
    before = story.canvas

    story = story.does(PIET, "restore_activity", activity=DESIGN, reason="Time has come").does(PIET, "undo")

    assert story.canvas == before


def test_undoing_the_restoring_of_a_source_retires_it_into_its_combination_again() -> None:
    story = furnished().does(
        ANNA, "combine_activities", activities=[DESIGN, BUILD], into=BOTH, title="Both", category="production"
    )
    before = story.canvas

    story = story.does(PIET, "restore_activity", activity=DESIGN).does(PIET, "undo")

    assert story.canvas == before
    story.when("judge_activity", activity=DESIGN, judgement=None).rejected("activity_retired", into=BOTH)


def test_undoing_a_restoring_at_no_step_brings_back_the_step_that_it_bore() -> None:
    story = furnished().does(ANNA, "place_activity", activity=DESIGN, step=named("idea"))
    story = story.does(ANNA, "retire_activity", activity=DESIGN)
    story = story.does(FRIDA, "define_steps", steps=listed("selection"))
    before = story.canvas

    story = story.does(PIET, "restore_activity", activity=DESIGN).does(PIET, "undo")

    assert story.canvas == before


def test_several_events_of_one_command_are_one_change() -> None:
    story = furnished().does(
        PIET, "combine_activities", activities=[DESIGN, BUILD], into=BOTH, title="Both", category="production"
    )
    before = story.canvas
    story = story.does(PIET, "undo")

    story = story.does(PIET, "redo")
    assert story.canvas == before
    assert {recorded.command for recorded in story.log[-1:]} != {recorded.command for recorded in story.log[-2:-1]}


def test_the_last_value_proposition_can_not_be_undone_while_activities_stand() -> None:
    story = given().does(PIET, "add_note", note=N, block="value_propositions", text="More fun")
    story = story.does(ANNA, "remove_note", note=named("value"))
    story = story.does(ANNA, "add_activity", activity=DESIGN, title="Design", category=None)

    story.when("undo", by=PIET).rejected("value_proposition_first")


def test_a_move_that_made_the_last_value_proposition_can_not_be_undone_while_activities_stand() -> None:
    story = given(note("n")).does(PIET, "move_note", note=N, block="value_propositions")
    story = story.does(ANNA, "remove_note", note=named("value"))
    story = story.does(ANNA, "add_activity", activity=DESIGN, title="Design", category=None)

    story.when("undo", by=PIET).rejected("value_proposition_first")


def test_an_undo_that_brings_an_activity_back_needs_a_value_proposition() -> None:
    story = given(activity("design")).does(PIET, "retire_activity", activity=DESIGN)
    story = story.does(ANNA, "move_note", note=named("value"), block="channels")

    story.when("undo", by=PIET).rejected("value_proposition_first")


def test_a_step_that_is_in_use_is_not_dropped_by_an_undo_either() -> None:
    story = given(activity("design")).does(FRIDA, "define_steps", steps=listed("idea"))
    story = story.does(ANNA, "place_activity", activity=DESIGN, step=named("idea"))

    story.when("undo", by=FRIDA).rejected("step_in_use", step=named("idea"))
    story.does(ANNA, "undo").when("undo", by=FRIDA).accepted()


def test_the_current_step_is_not_dropped_by_an_undo_either() -> None:
    story = given().does(FRIDA, "define_steps", steps=listed("idea")).does(FRIDA, "enter_step", step=named("idea"))

    story.when("undo", by=FRIDA).rejected("step_in_use", step=named("idea"))


def test_only_the_parts_of_a_description_that_changed_are_taken_back() -> None:
    story = given().does(PIET, "add_note", note=N, block="channels", text="N")
    story = story.does(FRIDA, "describe_workshop", title="Toys", goal="Sell more")
    version = story.version

    story.when("undo", by=FRIDA).then(e.WorkshopDescribed(goal="", undoes=version))


def test_one_can_take_back_a_hundred_changes() -> None:
    story = given(activity("design"))
    for number in range(DEPTH + 3):
        judgement = ("must_do", "not_now")[number % 2]
        story = story.given(did(PIET, e.ActivityJudged.model_validate({"activity": DESIGN, "judgement": judgement})))

    for _ in range(DEPTH):
        story = story.does(PIET, "undo")
    story.when("undo").rejected("nothing_to_undo")


def test_a_locked_canvas_and_a_role_bar_undo_as_anything_else() -> None:
    story = given(activity("design")).does(PIET, "judge_activity", activity=DESIGN, judgement="must_do")
    story = story.given(e.CanvasLocked())

    story.when("undo", by=PIET).rejected("locked")
    story.when("undo", by=OLGA).rejected("not_allowed")


@pytest.mark.parametrize("action", COVERED)
def test_a_room_that_left_and_came_back_goes_on_as_one_that_stayed(action: str) -> None:
    """A story goes on from a snapshot after each event; folding its log at one go must make the same workshop."""
    story = rich().does(FRIDA, action, **EVERY_ACTION[action][1])
    for taking_back in ("undo", "redo", "undo"):
        story = story.does(FRIDA, taking_back)
    for note_ in list(story.state.notes):
        story = story.does(ANNA, "reword_note", note=note_, text="Other words")
    for activity_ in list(story.state.activities):
        story = story.does(ANNA, "reword_activity", activity=activity_, field="title", text="Other words")

    stayed = initial()
    for recorded in story.log:
        evolve(stayed, recorded)

    assert stayed == story.state


def test_skip_may_be_null_and_nothing_but_true_or_false() -> None:
    story = given(activity("design")).does(PIET, "judge_activity", activity=DESIGN, judgement="must_do")

    story.when("undo", skip=None).made()
    story.when("undo", skip=1).rejected("invalid", field="skip")
