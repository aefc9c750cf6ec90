"""A stretch of typing is sent while it goes on, and is one change all the same."""

import pytest

from domain import events as e
from tests.domain.specification import ANNA, PIET, Story, activity, given, named, note

DESIGN, N, STROKE = named("design"), named("n"), named("stroke")


def typed(story: Story, by: str, *texts: str, stroke: str | None = STROKE) -> Story:
    for text in texts:
        story = story.does(by, "reword_activity", activity=DESIGN, field="title", text=text, stroke=stroke)
    return story


def title(story: Story) -> str:
    return str(story.activity("design")["title"])


def test_a_stroke_is_undone_at_once_and_undoes_its_last_version() -> None:
    story = typed(given(activity("design")), PIET, "D", "Dr", "Draw")

    story.when("undo").then(
        e.ActivityReworded(activity=DESIGN, field="title", text="Do design", undoes=story.version)
    ).when("undo").rejected("nothing_to_undo")


def test_a_stroke_is_redone_at_once() -> None:
    story = typed(given(activity("design")), PIET, "D", "Dr", "Draw").does(PIET, "undo").does(PIET, "redo")

    assert title(story) == "Draw"
    assert title(story.does(PIET, "undo")) == "Do design"


def test_a_stroke_in_a_note_is_one_change_too() -> None:
    story = given(note("n"))
    for text in ("S", "Sh", "Shops"):
        story = story.does(PIET, "reword_note", note=N, text=text, stroke=STROKE)

    assert story.does(PIET, "undo").document["notes"][N]["text"] == "The n"
    story.when("undo").rejected("nothing_to_undo")


def test_without_a_stroke_each_rewording_is_a_change() -> None:
    story = typed(given(activity("design")), PIET, "D", "Draw", stroke=None)

    assert title(story.does(PIET, "undo")) == "D"


def test_two_strokes_are_two_changes() -> None:
    story = typed(given(activity("design")), PIET, "D", "Draw")
    story = typed(story, PIET, "Draw t", "Draw them", stroke=named("other"))

    story = story.does(PIET, "undo")
    assert title(story) == "Draw"
    assert title(story.does(PIET, "undo")) == "Do design"


def test_a_stroke_goes_on_after_something_else_was_done() -> None:
    story = typed(given(activity("design")), PIET, "D")
    story = typed(story.does(PIET, "judge_activity", activity=DESIGN, judgement="must_do"), PIET, "Draw")

    story = story.does(PIET, "undo")

    assert (title(story), story.activity("design")["judgement"]) == ("Do design", "must_do")
    assert story.does(PIET, "undo").activity("design")["judgement"] is None


def test_one_stroke_in_two_fields_is_two_changes() -> None:
    story = typed(given(activity("design")), PIET, "Draw")
    story = story.does(PIET, "reword_activity", activity=DESIGN, field="details", text="On paper", stroke=STROKE)

    story = story.does(PIET, "undo")

    assert (title(story), story.activity("design")["details"]) == ("Draw", "")


def test_strokes_of_two_people_by_one_name_are_apart() -> None:
    story = given(activity("design"), note("n"))
    story = typed(story, PIET, "Draw").does(ANNA, "reword_note", note=N, text="Shops", stroke=STROKE)

    assert title(story.does(PIET, "undo")) == "Do design"
    assert story.document["notes"][N]["text"] == "Shops"


def interrupted() -> Story:
    """Let Anna write into the text while Piet's stroke is under way."""
    story = typed(given(activity("design")), PIET, "Do draw")
    return typed(typed(story, ANNA, "We do draw", stroke=None), PIET, "We do draw it")


@pytest.mark.parametrize("by", [PIET, ANNA])
def test_a_stroke_that_somebody_else_wrote_into_is_not_taken_back(by: str) -> None:
    interrupted().when("undo", by=by).rejected("changed_since")


def test_a_stroke_stays_barred_however_long_it_goes_on() -> None:
    typed(interrupted(), PIET, "We do draw it well").when("undo").rejected("changed_since")


def test_skip_passes_over_an_interrupted_stroke() -> None:
    story = given(activity("design")).does(PIET, "judge_activity", activity=DESIGN, judgement="must_do")
    story = typed(typed(typed(story, PIET, "Do draw"), ANNA, "We do draw", stroke=None), PIET, "We do draw it")

    story = story.does(PIET, "undo", skip=True)

    assert (title(story), story.activity("design")["judgement"]) == ("We do draw it", None)


def test_the_next_stroke_after_an_interrupted_one_is_undone_as_usual() -> None:
    story = typed(interrupted(), PIET, "We do draw it by hand", stroke=named("other"))

    assert title(story.does(PIET, "undo")) == "We do draw it"


def test_who_wrote_in_between_and_took_it_back_has_not_been_there() -> None:
    story = typed(given(activity("design")), PIET, "Do draw")
    story = typed(typed(story, ANNA, "We do draw", stroke=None).does(ANNA, "undo"), PIET, "Do draw it")

    assert title(story.does(PIET, "undo")) == "Do design"


def test_a_stroke_that_went_on_after_its_undo_is_a_change_of_its_own() -> None:
    story = typed(typed(given(activity("design")), PIET, "D", "Draw").does(PIET, "undo"), PIET, "Do design it")

    assert title(story.does(PIET, "undo")) == "Do design"
    story.when("undo").rejected("nothing_to_undo")


def test_an_own_rewording_between_two_halves_of_a_stroke_is_no_interruption() -> None:
    story = typed(given(activity("design")), PIET, "D")
    story = typed(typed(story, PIET, "Draw", stroke=None), PIET, "Draw it")

    story = story.does(PIET, "undo")
    assert title(story) == "Draw"
    assert title(story.does(PIET, "undo")) == "D"
    assert title(story.does(PIET, "undo")) == "Do design"
