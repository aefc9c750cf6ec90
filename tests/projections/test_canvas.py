"""The canvas as people see it, in the form that the contract gives it."""

import pytest

from domain import events as e
from domain.vocabulary import BLOCKS
from projections import canvas as canvases
from tests.domain.specification import ANNA, FRIDA, PIET, activity, given, named

MEMBERS = {
    "title",
    "language",
    "goal",
    "subject",
    "locked",
    "notes",
    "blocks",
    "activities",
    "categories",
    "retired",
    "steps",
    "step",
    "iterations",
    "iteration",
    "phase",
    "questions",
    "people",
}


def test_before_the_first_event_the_canvas_is_empty_and_has_all_its_members() -> None:
    canvas = canvases.initial()

    assert canvas.keys() == MEMBERS
    assert canvas["blocks"] == {block: [] for block in BLOCKS}
    assert canvas["categories"] == {"production": [], "problem_solving": [], "platform_network": [], "unsorted": []}
    assert (canvas["goal"], canvas["subject"], canvas["step"], canvas["iteration"]) == ("", "", None, None)


def test_two_canvases_share_nothing() -> None:
    one, other = canvases.initial(), canvases.initial()
    one["blocks"]["channels"].append("n")

    assert other == canvases.initial()


def test_a_room_shows_its_title_its_language_and_who_joined() -> None:
    canvas = given().document

    assert (canvas["title"], canvas["language"]) == ("Toys", "en")
    assert canvas["people"][ANNA] == {"role": "participant"}
    assert canvas["people"][FRIDA] == {"role": "facilitator"}


def test_unsorted_activities_stand_in_a_list_of_their_own_and_have_no_category() -> None:
    story = given(activity("design", None))

    assert story.document["categories"]["unsorted"] == [named("design")]
    assert story.activity("design")["category"] is None


def test_who_made_an_activity_a_note_or_a_comment_stays_its_author_whoever_works_on_it() -> None:
    story = given().does(PIET, "add_activity", activity=named("design"), title="Design", category=None)
    story = story.does(ANNA, "reword_activity", activity=named("design"), field="title", text="Draw")
    story = story.does(ANNA, "retire_activity", activity=named("design"))
    story = story.does(FRIDA, "restore_activity", activity=named("design"))

    assert story.activity("design")["by"] == PIET
    assert given().document["notes"][named("value")]["by"] is None


def test_an_iteration_shows_the_versions_at_which_it_was_opened_and_closed() -> None:
    story = given(e.IterationOpened(iteration=named("first"), name="First"))
    opened = story.version
    story = story.given(activity("design", None), e.IterationClosed(iteration=named("first"), override_reason="Late"))

    assert story.document["iterations"] == [
        {"id": named("first"), "name": "First", "goal": None, "from": opened, "to": story.version}
    ]


def test_an_event_that_does_not_fit_the_canvas_is_an_error_and_no_guess() -> None:
    canvas = canvases.initial()
    recorded = given(activity("design")).log[-1]._replace(event=e.ActivityRetired(activity=named("nothing")))

    with pytest.raises(LookupError):
        canvases.advance(canvas, recorded)
    assert canvas == canvases.initial()
