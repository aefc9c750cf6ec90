"""Is it a must, or not relevant now? Two judgements and no third (M11)."""

import pytest

from domain import events as e
from tests.domain.specification import activity, given, named

DESIGN = named("design")


@pytest.mark.parametrize("judgement", ["must_do", "not_now"])
def test_an_activity_is_judged(judgement: str) -> None:
    given(activity("design")).when("judge_activity", activity=DESIGN, judgement=judgement).then(
        e.ActivityJudged.model_validate({"activity": DESIGN, "judgement": judgement})
    )


def test_there_is_no_third_judgement() -> None:
    given(activity("design")).when("judge_activity", activity=DESIGN, judgement="maybe").rejected(
        "invalid", field="judgement"
    )


def test_a_judgement_may_give_its_reason() -> None:
    given(activity("design")).when("judge_activity", activity=DESIGN, judgement="not_now", reason=" Too early ").then(
        e.ActivityJudged(activity=DESIGN, judgement="not_now", reason="Too early")
    )


def test_a_judgement_is_taken_off_again() -> None:
    story = given(activity("design"), e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"))

    after = story.when("judge_activity", activity=DESIGN, judgement=None).then(
        e.ActivityJudged(activity=DESIGN, judgement=None)
    )

    assert (after.activity("design")["judgement"], after.activity("design")["reason"]) == (None, None)


@pytest.mark.parametrize("reason", [None, " "])
def test_judging_without_a_reason_clears_the_old_one(reason: str | None) -> None:
    story = given(activity("design"), e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"))

    story.when("judge_activity", activity=DESIGN, judgement="must_do", reason=reason).then(
        e.ActivityJudged(activity=DESIGN, judgement="must_do")
    )


def test_another_reason_for_the_same_judgement_is_a_change() -> None:
    story = given(activity("design"), e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"))

    story.when("judge_activity", activity=DESIGN, judgement="must_do", reason="Trend").then(
        e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Trend")
    )


def test_the_same_judgement_with_the_same_reason_changes_nothing() -> None:
    story = given(activity("design"), e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"))

    story.when("judge_activity", activity=DESIGN, judgement="must_do", reason="Law ").unchanged()


def test_an_activity_that_is_judged_stays_where_it_stands() -> None:
    story = given(activity("build"), activity("design", after="build"))
    before = story.document["categories"]

    assert (
        story.when("judge_activity", activity=DESIGN, judgement="not_now").accepted().document["categories"] == before
    )
