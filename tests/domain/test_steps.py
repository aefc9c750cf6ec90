"""The steps of the innovation process: defined, entered, and where an activity stands (M9)."""

from domain import events as e
from tests.domain.specification import ANNA, FRIDA, PIET, activity, given, listed, named, steps


def test_a_facilitator_defines_the_steps() -> None:
    given().when("define_steps", by=FRIDA, steps=listed("idea", "selection")).then(steps("idea", "selection"))


def test_steps_are_renamed_and_reordered_under_the_ids_they_have() -> None:
    renamed = [{"id": named("selection"), "name": "Choice"}, *listed("idea")]

    after = given(steps("idea", "selection")).when("define_steps", by=FRIDA, steps=renamed).accepted()

    assert after.document["steps"] == renamed


def test_the_same_steps_change_nothing() -> None:
    given(steps("idea", "selection")).when("define_steps", by=FRIDA, steps=listed("idea", "selection")).unchanged()


def test_another_order_is_a_change() -> None:
    given(steps("idea", "selection")).when("define_steps", by=FRIDA, steps=listed("selection", "idea")).then(
        steps("selection", "idea")
    )


def test_all_steps_can_be_dropped() -> None:
    given(steps("idea")).when("define_steps", by=FRIDA, steps=[]).then(e.StepsDefined(steps=()))


def test_a_step_without_a_name_is_refused() -> None:
    blank = [{"id": named("idea"), "name": " "}]

    given().when("define_steps", by=FRIDA, steps=blank).rejected("text_empty", field="name")


def test_one_id_twice_among_the_steps_is_invalid() -> None:
    given().when("define_steps", by=FRIDA, steps=listed("idea", "idea")).rejected("invalid", field="steps")


def test_an_id_of_a_step_is_a_uuid() -> None:
    wrong = [{"id": "IDEA", "name": "Idea"}]

    given().when("define_steps", by=FRIDA, steps=wrong).rejected("invalid", field="steps.0.id")


def test_a_new_step_can_not_have_the_id_of_something_else() -> None:
    given().when("define_steps", by=FRIDA, steps=[{"id": named("value"), "name": "Idea"}]).rejected("id_taken")


def test_the_id_of_a_dropped_step_is_not_free_again() -> None:
    story = given(steps("idea"), steps())

    story.when("define_steps", by=FRIDA, steps=listed("idea")).rejected("id_taken", id=named("idea"))


def test_a_dropped_step_comes_back_by_undo() -> None:
    story = given(steps("idea")).does(FRIDA, "define_steps", steps=[])

    after = story.does(FRIDA, "undo")

    assert after.document["steps"] == listed("idea")


def test_a_step_at_which_an_activity_stands_can_not_be_dropped() -> None:
    story = given(steps("idea", "selection"), activity("design", step=named("selection")))

    story.when("define_steps", by=FRIDA, steps=listed("idea")).rejected("step_in_use", step=named("selection"))


def test_the_step_that_the_workshop_is_at_can_not_be_dropped() -> None:
    story = given(steps("idea", "selection"), e.StepEntered(step=named("idea")))

    story.when("define_steps", by=FRIDA, steps=listed("selection")).rejected("step_in_use", step=named("idea"))


def test_a_step_that_only_retired_activities_bear_can_be_dropped() -> None:
    story = given(steps("idea"), activity("design", step=named("idea")), e.ActivityRetired(activity=named("design")))

    story.when("define_steps", by=FRIDA, steps=[]).then(steps())


def test_the_workshop_enters_a_step_and_leaves_it() -> None:
    story = given(steps("idea"))

    story.when("enter_step", by=FRIDA, step=named("idea")).then(e.StepEntered(step=named("idea"))).when(
        "enter_step", by=FRIDA, step=None
    ).then(e.StepEntered(step=None))


def test_entering_the_step_that_the_workshop_is_at_changes_nothing() -> None:
    story = given(steps("idea"), e.StepEntered(step=named("idea")))

    story.when("enter_step", by=FRIDA, step=named("idea")).unchanged()
    given().when("enter_step", by=FRIDA, step=None).unchanged()


def test_a_step_that_is_not_defined_can_not_be_entered() -> None:
    given().when("enter_step", by=FRIDA, step=named("idea")).rejected("unknown_step", step=named("idea"))


def test_entering_takes_a_step_or_null_and_no_silence() -> None:
    given().when("enter_step", by=FRIDA).rejected("invalid", field="step")


def test_an_activity_is_placed_at_a_step_and_back_at_the_end_product() -> None:
    story = given(steps("idea"), activity("design"))
    design = named("design")

    story.when("place_activity", activity=design, step=named("idea")).then(
        e.ActivityPlaced(activity=design, step=named("idea"))
    ).when("place_activity", by=ANNA, activity=design, step=None).then(e.ActivityPlaced(activity=design, step=None))


def test_placing_an_activity_where_it_is_changes_nothing() -> None:
    given(activity("design")).when("place_activity", by=PIET, activity=named("design"), step=None).unchanged()


def test_an_activity_can_not_be_placed_at_a_step_that_is_not_defined() -> None:
    story = given(activity("design"))

    story.when("place_activity", activity=named("design"), step=named("idea")).rejected("unknown_step")


def test_an_activity_that_does_not_exist_can_not_be_placed() -> None:
    given().when("place_activity", activity=named("design"), step=None).rejected("unknown_activity")
