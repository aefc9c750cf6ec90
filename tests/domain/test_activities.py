"""Activities come onto the canvas and are sorted (M1, M6)."""

import pytest

from domain import events as e
from tests.domain.specification import PIET, Fields, activity, blank, given, named, note, steps

DESIGN = named("design")


@pytest.mark.parametrize("category", ["production", "problem_solving", "platform_network", None])
def test_an_activity_is_added_to_each_category_or_unsorted(category: str | None) -> None:
    given().when("add_activity", activity=DESIGN, title=" Do design ", category=category).then(
        activity("design", category)
    )


def test_no_activity_before_a_value_proposition_stands() -> None:
    blank(note("n")).when("add_activity", activity=DESIGN, title="Design", category=None).rejected(
        "value_proposition_first"
    )


def test_an_activity_is_added_with_all_that_may_go_with_it() -> None:
    words: Fields = {"title": "Design", "details": "On paper", "prompt": "production.1", "step": named("idea")}

    after = (
        given(steps("idea"), activity("build"))
        .when("add_activity", activity=DESIGN, category="production", after=named("build"), **words)
        .then(
            e.ActivityAdded(activity=DESIGN, category="production", after=named("build"), **words),
        )
    )

    assert after.activity("design") == {
        "id": DESIGN,
        "category": "production",
        "title": "Design",
        "details": "On paper",
        "judgement": None,
        "reason": None,
        "step": named("idea"),
        "links": [],
        "comments": [],
        "by": PIET,
        "origin": {"kind": "prompt", "prompt": "production.1"},
    }


def test_an_optional_text_that_is_blank_and_a_field_that_is_null_count_as_absent() -> None:
    given().when(
        "add_activity", activity=DESIGN, title="Do design", category="production", details=" ", prompt="", step=None
    ).then(activity("design"))


def test_a_category_may_be_null_but_must_be_said() -> None:
    given().when("add_activity", activity=DESIGN, title="Design").rejected("invalid", field="category")


def test_a_fourth_category_is_invalid() -> None:
    given().when("add_activity", activity=DESIGN, title="Design", category="sales").rejected(
        "invalid", field="category"
    )


def test_an_activity_needs_a_title() -> None:
    given().when("add_activity", activity=DESIGN, title=" ", category=None).rejected("text_empty", field="title")


def test_an_activity_can_not_come_at_a_step_that_is_not_defined() -> None:
    given().when("add_activity", activity=DESIGN, title="Design", category=None, step=named("idea")).rejected(
        "unknown_step", step=named("idea")
    )


def test_an_id_that_is_taken_makes_no_second_activity() -> None:
    story = given(activity("design"))

    story.when("add_activity", activity=DESIGN, title="Design", category=None).rejected("id_taken", id=DESIGN)
    story.when("add_activity", activity=named("value"), title="Design", category=None).rejected("id_taken")


def test_the_id_of_a_retired_activity_is_not_free_again() -> None:
    story = given(activity("design"), e.ActivityRetired(activity=DESIGN))

    story.when("add_activity", activity=DESIGN, title="Design", category=None).rejected("id_taken")


def test_the_id_of_an_activity_whose_adding_was_taken_back_is_not_free_again() -> None:
    story = given().does(PIET, "add_activity", activity=DESIGN, title="Design", category=None).does(PIET, "undo")

    story.when("add_activity", activity=DESIGN, title="Design", category=None).rejected("id_taken")


@pytest.mark.parametrize("wrong", ["design", named("design").upper(), f"{named('design')}\n", 7])
def test_a_new_id_is_a_uuid_in_lower_case(wrong: object) -> None:
    given().when("add_activity", activity=wrong, title="Design", category=None).rejected("invalid", field="activity")


def test_an_activity_is_sorted() -> None:
    given(activity("design", None)).when("move_activity", activity=DESIGN, category="production", after=None).then(
        e.ActivityMoved(activity=DESIGN, category="production", after=None)
    )


def test_an_activity_can_be_unsorted_again() -> None:
    given(activity("design")).when("move_activity", activity=DESIGN, category=None, after=None).then(
        e.ActivityMoved(activity=DESIGN, category=None, after=None)
    )


def test_an_activity_that_moves_to_where_it_stands_changes_nothing() -> None:
    story = given(activity("design"), activity("build", after="design"))

    story.when("move_activity", activity=DESIGN, category="production", after=None).unchanged()
    story.when("move_activity", activity=named("build"), category="production", after=DESIGN).unchanged()
    story.when("move_activity", activity=named("build"), category="production").unchanged()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("move_activity", {"category": None}),
        ("reword_activity", {"field": "title", "text": "New"}),
        ("judge_activity", {"judgement": None}),
        ("link_activity", {"note": named("value")}),
        ("unlink_activity", {"note": named("value")}),
        ("retire_activity", {}),
        ("restore_activity", {}),
        ("comment_on_activity", {"comment": named("c"), "text": "Why?"}),
        ("place_activity", {"step": None}),
        ("combine_activities", {"activities": [DESIGN, named("b")], "into": named("x"), "title": "X"}),
    ],
)
def test_an_activity_that_does_not_exist_is_unknown(action: str, fields: Fields) -> None:
    about = {"category": "production"} if action == "combine_activities" else {"activity": DESIGN}

    given().when(action, **(about | fields)).rejected("unknown_activity", activity=DESIGN)
