"""The workshop says what it is about: its title, its goal, its subject."""

import pytest

from domain import events as e
from tests.domain.specification import FRIDA, given


def test_a_facilitator_describes_the_workshop() -> None:
    given().when("describe_workshop", by=FRIDA, title="Bricks", goal="Sell more", subject="A set").then(
        e.WorkshopDescribed(title="Bricks", goal="Sell more", subject="A set")
    )


@pytest.mark.parametrize("field", ["title", "goal", "subject"])
def test_any_one_of_the_three_may_be_given_alone(field: str) -> None:
    given().when("describe_workshop", by=FRIDA, **{field: "New"}).then(
        e.WorkshopDescribed.model_validate({field: "New"})
    )


def test_goal_and_subject_can_be_taken_out_again() -> None:
    story = given(e.WorkshopDescribed(goal="Sell more", subject="A set"))

    after = story.when("describe_workshop", by=FRIDA, goal="  ", subject="").then(
        e.WorkshopDescribed(goal="", subject="")
    )

    assert (after.document["goal"], after.document["subject"]) == ("", "")


@pytest.mark.parametrize("field", ["goal", "subject"])
def test_null_for_goal_or_subject_is_invalid(field: str) -> None:
    given().when("describe_workshop", by=FRIDA, **{field: None}).rejected("invalid", field=field)


def test_a_title_that_is_null_is_absent() -> None:
    given().when("describe_workshop", by=FRIDA, title=None, goal="Sell").then(e.WorkshopDescribed(goal="Sell"))


def test_a_title_can_not_be_taken_out() -> None:
    given().when("describe_workshop", by=FRIDA, title=" ").rejected("text_empty", field="title")


def test_the_same_description_changes_nothing() -> None:
    story = given(e.WorkshopDescribed(title="Bricks", goal="Sell"))

    story.when("describe_workshop", by=FRIDA, title=" Bricks ", goal="Sell").unchanged()
    story.when("describe_workshop", by=FRIDA).unchanged()


def test_a_description_is_trimmed_and_composed() -> None:
    given().when("describe_workshop", by=FRIDA, title=" Cafe\u0301 ").then(e.WorkshopDescribed(title="Café"))
