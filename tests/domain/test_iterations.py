"""Iterations are cuts in the history, and one closes only when its work is done (M12)."""

import pytest

from domain import events as e
from tests.domain.specification import FRIDA, Story, activity, given, named, note

DESIGN, FIRST = named("design"), named("first")
OPENED = e.IterationOpened(iteration=FIRST, name="Kick-off")
JUDGED = e.ActivityJudged(activity=DESIGN, judgement="must_do")
LINKED = e.ActivityLinked(activity=DESIGN, note=named("value"))


def opened(*facts: e.Event) -> Story:
    return given(OPENED, *facts)


def test_a_facilitator_opens_an_iteration() -> None:
    story = given()

    after = story.when("open_iteration", by=FRIDA, iteration=FIRST, name=" Kick-off ", goal="Begin").then(
        e.IterationOpened(iteration=FIRST, name="Kick-off", goal="Begin")
    )

    assert after.document["iteration"] == FIRST
    assert after.document["iterations"] == [
        {"id": FIRST, "name": "Kick-off", "goal": "Begin", "from": after.version, "to": None}
    ]


@pytest.mark.parametrize("goal", [None, " "])
def test_an_iteration_needs_no_goal(goal: str | None) -> None:
    given().when("open_iteration", by=FRIDA, iteration=FIRST, name="Kick-off", goal=goal).then(OPENED)


def test_an_iteration_needs_a_name() -> None:
    given().when("open_iteration", by=FRIDA, iteration=FIRST, name="").rejected("text_empty", field="name")


def test_one_iteration_is_open_at_a_time() -> None:
    opened().when("open_iteration", by=FRIDA, iteration=named("second"), name="Next").rejected(
        "iteration_open", iteration=FIRST
    )


def test_the_id_of_an_iteration_must_be_free() -> None:
    story = opened(e.IterationClosed(iteration=FIRST))

    story.when("open_iteration", by=FRIDA, iteration=FIRST, name="Again").rejected("id_taken", id=FIRST)
    story.when("open_iteration", by=FRIDA, iteration=named("value"), name="Again").rejected("id_taken")


def test_without_an_open_iteration_there_is_none_to_close() -> None:
    given().when("close_iteration", by=FRIDA).rejected("no_iteration")
    given().when("close_iteration", by=FRIDA, override_reason="Late").rejected("no_iteration")


def test_an_iteration_closes_when_everything_is_sorted_judged_and_linked() -> None:
    after = (
        opened(activity("design"), JUDGED, LINKED)
        .when("close_iteration", by=FRIDA)
        .then(e.IterationClosed(iteration=FIRST))
    )

    assert after.document["iteration"] is None
    assert after.document["iterations"][0]["to"] == after.version


def test_an_iteration_without_activities_closes() -> None:
    opened().when("close_iteration", by=FRIDA).then(e.IterationClosed(iteration=FIRST))


def test_an_unsorted_activity_blocks_closing() -> None:
    opened(activity("design", None), JUDGED, LINKED).when("close_iteration", by=FRIDA).rejected(
        "iteration_blocked", blockers=[{"activity": DESIGN, "needs": ["category"]}]
    )


def test_an_unjudged_activity_blocks_closing() -> None:
    opened(activity("design"), LINKED).when("close_iteration", by=FRIDA).rejected(
        "iteration_blocked", blockers=[{"activity": DESIGN, "needs": ["judgement"]}]
    )


def test_a_must_do_activity_that_serves_no_value_proposition_blocks_closing() -> None:
    elsewhere = e.ActivityLinked(activity=DESIGN, note=named("n"))

    opened(activity("design"), JUDGED, note("n"), elsewhere).when("close_iteration", by=FRIDA).rejected(
        "iteration_blocked", blockers=[{"activity": DESIGN, "needs": ["value_proposition"]}]
    )


def test_a_parked_activity_needs_no_value_proposition() -> None:
    parked = e.ActivityJudged(activity=DESIGN, judgement="not_now")

    opened(activity("design"), parked).when("close_iteration", by=FRIDA).accepted()


def test_everything_that_is_missing_is_listed_in_the_order_of_the_canvas() -> None:
    story = opened(
        activity("a", None),
        activity("b", None),
        e.ActivityJudged(activity=named("a"), judgement="must_do"),
        activity("c", "problem_solving"),
    )

    story.when("close_iteration", by=FRIDA).rejected(
        "iteration_blocked",
        blockers=[
            {"activity": named("c"), "needs": ["judgement"]},
            {"activity": named("b"), "needs": ["category", "judgement"]},
            {"activity": named("a"), "needs": ["category", "value_proposition"]},
        ],
    )


def test_retired_activities_block_nothing() -> None:
    opened(activity("design", None), e.ActivityRetired(activity=DESIGN)).when("close_iteration", by=FRIDA).accepted()


def test_a_facilitator_may_override_with_a_reason_that_is_recorded() -> None:
    opened(activity("design", None)).when("close_iteration", by=FRIDA, override_reason=" No time ").then(
        e.IterationClosed(iteration=FIRST, override_reason="No time")
    )


def test_a_blank_reason_overrides_nothing() -> None:
    opened(activity("design", None)).when("close_iteration", by=FRIDA, override_reason="  ").rejected(
        "iteration_blocked"
    )


def test_between_iterations_everything_can_be_edited() -> None:
    story = opened(activity("design"), e.IterationClosed(iteration=FIRST, override_reason="No time"))

    story.when("judge_activity", activity=DESIGN, judgement="must_do").accepted()


def test_the_next_iteration_starts_from_the_one_before() -> None:
    story = opened(activity("design"), JUDGED, LINKED, e.IterationClosed(iteration=FIRST))
    before = story.document["activities"]

    after = story.when("open_iteration", by=FRIDA, iteration=named("second"), name="Next").accepted()

    assert after.document["activities"] == before
    assert [iteration["id"] for iteration in after.document["iterations"]] == [FIRST, named("second")]
