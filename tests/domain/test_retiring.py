"""Activities leave the canvas without being lost, and come back."""

import pytest

from domain import events as e
from tests.domain.specification import Fields, Story, activity, given, named, note, steps

DESIGN, BUILD, BOTH = named("design"), named("build"), named("both")
RETIRED = e.ActivityRetired(activity=DESIGN, reason="Too early")


def combined() -> Story:
    return given(
        activity("design"),
        activity("build", after="design"),
        e.ActivitiesCombined(
            activities=(DESIGN, BUILD), into=BOTH, title="Both", category="production", after=None, step=None, links=()
        ),
    )


def test_an_activity_is_retired() -> None:
    after = given(activity("design")).when("retire_activity", activity=DESIGN).then(e.ActivityRetired(activity=DESIGN))

    assert after.document["categories"]["production"] == []
    assert after.activity("design")["retired_because"] is None


def test_retiring_may_give_its_reason() -> None:
    after = given(activity("design")).when("retire_activity", activity=DESIGN, reason=" Too early").then(RETIRED)

    assert after.activity("design")["retired_because"] == "Too early"


def test_a_retired_activity_keeps_all_that_it_had() -> None:
    story = given(
        steps("idea"),
        activity("design", step=named("idea"), details="On paper"),
        e.ActivityLinked(activity=DESIGN, note=named("value")),
        e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"),
        e.ActivityCommented(activity=DESIGN, comment=named("c"), text="Why?"),
    )
    before = story.activity("design")

    after = story.when("retire_activity", activity=DESIGN).accepted()

    assert after.activity("design") == before | {"retired_because": None}


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("move_activity", {"category": None}),
        ("reword_activity", {"field": "title", "text": "New"}),
        ("judge_activity", {"judgement": None}),
        ("link_activity", {"note": named("value")}),
        ("unlink_activity", {"note": named("value")}),
        ("retire_activity", {}),
        ("comment_on_activity", {"comment": named("c"), "text": "Why?"}),
        ("place_activity", {"step": None}),
    ],
)
def test_a_retired_activity_takes_nothing_but_restoring_and_combining(action: str, fields: Fields) -> None:
    outcome = given(activity("design"), RETIRED).when(action, activity=DESIGN, **fields)
    outcome.rejected("activity_retired", activity=DESIGN)
    assert outcome.rejection is not None
    assert "into" not in outcome.rejection.data

    combined().when(action, activity=DESIGN, **fields).rejected("activity_retired", activity=DESIGN, into=BOTH)


def test_a_retired_activity_is_restored_at_the_end_of_its_category() -> None:
    story = given(activity("design"), activity("build", after="design"), RETIRED)

    after = story.when("restore_activity", activity=DESIGN).then(
        e.ActivityRestored(activity=DESIGN, category="production", after=BUILD, step=None)
    )

    assert after.document["categories"]["production"] == [BUILD, DESIGN]
    assert after.document["retired"] == {}
    assert "retired_because" not in after.activity("design")


def test_an_unsorted_activity_comes_back_unsorted() -> None:
    given(activity("design", None), RETIRED).when("restore_activity", activity=DESIGN).then(
        e.ActivityRestored(activity=DESIGN, category=None, after=None, step=None)
    )


def test_restoring_may_give_its_reason() -> None:
    given(activity("design"), RETIRED).when("restore_activity", activity=DESIGN, reason="Time has come").then(
        e.ActivityRestored(activity=DESIGN, category="production", after=None, step=None, reason="Time has come")
    )


def test_a_restored_activity_stands_at_the_step_it_had() -> None:
    story = given(steps("idea"), activity("design", step=named("idea")), RETIRED)

    assert story.when("restore_activity", activity=DESIGN).accepted().activity("design")["step"] == named("idea")


def test_a_restored_activity_stands_at_no_step_where_its_step_is_gone() -> None:
    story = given(steps("idea"), activity("design", step=named("idea")), RETIRED, steps())

    assert story.when("restore_activity", activity=DESIGN).accepted().activity("design")["step"] is None


def test_restoring_an_activity_that_stands_changes_nothing() -> None:
    given(activity("design")).when("restore_activity", activity=DESIGN).unchanged()


def test_restoring_needs_a_value_proposition() -> None:
    story = given(activity("design"), RETIRED, e.NoteMoved(note=named("value"), block="channels", after=None))

    story.when("restore_activity", activity=DESIGN).rejected("value_proposition_first")


def test_a_source_of_a_combination_can_be_restored_while_the_combination_lives() -> None:
    after = combined().when("restore_activity", activity=DESIGN).accepted()

    assert after.document["categories"]["production"] == [BOTH, DESIGN]
    assert after.document["retired"].keys() == {BUILD}
    assert after.activity("both")["origin"] == {"kind": "combination", "activities": [DESIGN, BUILD]}


def test_a_restored_source_can_be_retired_for_a_reason_of_its_own() -> None:
    story = combined().when("restore_activity", activity=DESIGN).accepted()

    after = story.when("retire_activity", activity=DESIGN, reason="After all").accepted()

    assert after.activity("design")["retired_because"] == "After all"
    after.when("judge_activity", activity=DESIGN, judgement=None).rejected("activity_retired")


def test_a_link_to_a_note_that_went_meanwhile_does_not_come_back() -> None:
    story = given(note("n"), activity("design"), e.ActivityLinked(activity=DESIGN, note=named("n")), RETIRED)

    after = story.when("remove_note", note=named("n")).accepted().when("restore_activity", activity=DESIGN).accepted()

    assert after.activity("design")["links"] == []
