"""People talk about an activity beside it."""

from domain import events as e
from tests.domain.specification import ANNA, PIET, activity, given, named

DESIGN = named("design")


def test_people_comment_on_an_activity_one_after_the_other() -> None:
    story = given(activity("design"))

    story = story.when("comment_on_activity", activity=DESIGN, comment=named("c"), text=" Why? ").then(
        e.ActivityCommented(activity=DESIGN, comment=named("c"), text="Why?")
    )
    story = story.does(ANNA, "comment_on_activity", activity=DESIGN, comment=named("d"), text="The law")

    assert story.activity("design")["comments"] == [
        {"id": named("c"), "text": "Why?", "by": PIET},
        {"id": named("d"), "text": "The law", "by": ANNA},
    ]


def test_a_blank_comment_is_refused() -> None:
    given(activity("design")).when("comment_on_activity", activity=DESIGN, comment=named("c"), text="").rejected(
        "text_empty", field="text"
    )


def test_the_id_of_a_comment_must_be_free() -> None:
    story = given(activity("design"), e.ActivityCommented(activity=DESIGN, comment=named("c"), text="Why?"))

    story.when("comment_on_activity", activity=DESIGN, comment=named("c"), text="Who?").rejected("id_taken")
    story.when("comment_on_activity", activity=DESIGN, comment=DESIGN, text="Who?").rejected("id_taken", id=DESIGN)


def test_the_id_of_a_comment_that_was_taken_back_is_not_free_again() -> None:
    story = given(activity("design"))
    story = story.does(PIET, "comment_on_activity", activity=DESIGN, comment=named("c"), text="Why?").does(PIET, "undo")

    story.when("comment_on_activity", activity=DESIGN, comment=named("c"), text="Who?").rejected("id_taken")
