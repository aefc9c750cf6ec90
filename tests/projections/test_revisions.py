"""Each event as the changes that people speak of: which field of which thing, from what to what, by whom and why."""

from typing import Any

import pytest

from domain import events as e
from domain.events import EVENTS
from projections.revisions import Revision
from tests.domain.specification import ANNA, FRIDA, PIET, Story, activity, blank, given, listed, named, note, steps
from tests.domain.stored import AS_WRITTEN, stored
from tests.projections.moments import Moments


def last(story: Story) -> list[Revision]:
    """Answer the revisions of the newest command."""
    made = Moments(story.log).revisions
    command = story.log[-1].command
    versions = [one.version for one in story.log if one.command == command]
    return [one for one in made if one.version in versions]


def told(story: Story) -> list[tuple[Any, ...]]:
    """Answer which field of which thing they changed, from what to what."""
    return [(one.field, one.activity, one.note, one.before, one.after) for one in last(story)]


def test_adding_is_one_revision_of_the_words_that_people_know_the_thing_by() -> None:
    story = given().does(PIET, "add_activity", activity=named("a"), title="Saw", category="production", details="Fast")
    assert told(story) == [("title", named("a"), None, None, "Saw")]
    story = story.does(ANNA, "add_note", note=named("n"), block="channels", text="Shops")
    assert told(story) == [("text", None, named("n"), None, "Shops")]


def test_a_revision_says_when_who_why_and_in_which_iteration() -> None:
    story = given(activity("a"), e.IterationOpened(iteration=named("first"), name="First"))
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="not_now", reason="Too early")
    (one,) = last(story)
    assert (one.version, one.by, one.kind, one.reason) == (story.version, PIET, "ActivityJudged", "Too early")
    assert (one.iteration, one.undoes, one.at) == (named("first"), None, story.log[-1].at)


def test_an_undo_names_what_it_takes_back() -> None:
    story = given(activity("a")).does(PIET, "judge_activity", activity=named("a"), judgement="must_do")
    judged = story.version
    (one,) = last(story.does(PIET, "undo"))
    assert (one.field, one.before, one.after, one.undoes) == ("judgement", "must_do", None, judged)


def test_another_reason_for_the_same_judgement_is_a_revision_of_the_reason() -> None:
    story = given(activity("a")).does(PIET, "judge_activity", activity=named("a"), judgement="must_do", reason="Old")
    story = story.does(ANNA, "judge_activity", activity=named("a"), judgement="must_do", reason="New")
    assert told(story) == [("reason", named("a"), None, "Old", "New")]


def test_a_move_is_one_of_the_category_and_within_it_one_of_the_order() -> None:
    story = given(activity("a"), activity("b", after="a"))
    story = story.does(PIET, "move_activity", activity=named("a"), category="problem_solving", after=None)
    assert told(story) == [("category", named("a"), None, "production", "problem_solving")]
    story = story.does(PIET, "move_activity", activity=named("a"), category="production", after=named("b"))
    story = story.does(PIET, "move_activity", activity=named("a"), category="production", after=None)
    assert told(story) == [("categories", named("a"), None, named("b"), None)]


def test_a_note_that_goes_takes_links_along_and_each_is_a_revision_of_its_activity() -> None:
    story = given(activity("a"), note("n")).does(PIET, "link_activity", activity=named("a"), note=named("n"))
    assert told(story) == [("links", named("a"), named("n"), None, named("n"))]
    story = story.does(PIET, "remove_note", note=named("n"))
    gone = [
        ("text", None, named("n"), "The n", None),
        ("links", named("a"), named("n"), named("n"), None),
    ]
    assert told(story) == gone
    back = [(field, card, about, after, before) for field, card, about, before, after in gone]
    assert told(story.does(PIET, "undo")) == back


def test_what_comes_back_where_its_step_is_gone_is_put_elsewhere_too() -> None:
    story = given(steps("idea"), activity("a", step=named("idea"))).does(PIET, "retire_activity", activity=named("a"))
    assert told(story) == [("retired", named("a"), None, False, True)]
    story = story.does(FRIDA, "define_steps", steps=listed("plan"))
    story = story.does(PIET, "restore_activity", activity=named("a"))
    back = [("retired", named("a"), None, True, False), ("step", named("a"), None, named("idea"), None)]
    assert told(story) == back
    gone = [(field, card, about, after, before) for field, card, about, before, after in back]
    assert told(story.does(PIET, "undo")) == gone


def test_a_combination_names_its_sources_and_retires_those_that_stood() -> None:
    story = given(activity("a"), activity("b"), e.ActivityRetired(activity=named("b")))
    both = {"activities": [named("a"), named("b")], "into": named("ab"), "category": "production"}
    story = story.does(PIET, "combine_activities", title="Both", **both)
    assert told(story) == [
        ("title", named("ab"), None, [named("a"), named("b")], "Both"),
        ("retired", named("a"), None, False, True),
    ]
    assert told(story.does(PIET, "undo"))[0] == ("title", named("ab"), None, "Both", None)


def test_what_concerns_the_room_has_neither_activity_nor_note() -> None:
    story = blank().does(FRIDA, "describe_workshop", goal="Sell more", title="Toys")
    assert told(story) == [("goal", None, None, "", "Sell more")]
    story = story.does(FRIDA, "define_steps", steps=listed("idea"))
    assert told(story) == [("steps", None, None, [], listed("idea"))]
    story = story.does(FRIDA, "change_role", participant=ANNA, role="observer")
    assert told(story) == [("people", None, None, {ANNA: {"role": "participant"}}, {ANNA: {"role": "observer"}})]
    story = story.does(FRIDA, "open_iteration", iteration=named("first"), name="First")
    assert told(story) == [("iteration", None, None, None, named("first"))]
    assert last(story)[0].iteration == named("first")
    story = story.does(FRIDA, "close_iteration", override_reason="Time is up")
    assert told(story) == [("iteration", None, None, named("first"), None)]
    assert (last(story)[0].iteration, last(story)[0].reason) == (named("first"), "Time is up")


def test_a_goal_of_which_the_text_was_taken_out_is_a_revision_still() -> None:
    """Rule R4: it is as if nothing had been written, but it is seen that something was."""
    made = Moments(given(e.WorkshopDescribed(goal="")).log).revisions
    assert [(one.field, one.before, one.after) for one in made if one.kind == "WorkshopDescribed"] == [("goal", "", "")]
    made = Moments(given(e.WorkshopDescribed(goal="", title="Chairs")).log).revisions
    assert [(one.field, one.after) for one in made if one.kind == "WorkshopDescribed"] == [("title", "Chairs")]


def test_a_step_that_is_entered_is_the_rooms_and_one_that_a_card_gets_is_the_cards() -> None:
    story = given(activity("a"), steps("idea")).does(FRIDA, "enter_step", step=named("idea"))
    assert told(story) == [("step", None, None, None, named("idea"))]
    story = story.does(PIET, "place_activity", activity=named("a"), step=named("idea"))
    assert told(story) == [("step", named("a"), None, None, named("idea"))]


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_every_type_of_event_makes_revisions_in_the_order_of_the_log(name: str) -> None:
    log = [one.recorded() for one in stored(name)]
    made = Moments(log).revisions
    assert [one.version for one in made] == sorted(one.version for one in made)
    assert {one.version for one in made} == {one.version for one in log}
    assert {one.kind for one in made} <= EVENTS.keys()
