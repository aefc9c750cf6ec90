"""Who is in the workshop, and what they may do in it from now on."""

import pytest

from domain import events as e
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, activity, given, named

DESIGN = named("design")
JUDGED = {"activity": DESIGN, "judgement": "must_do"}


def changed(who: str, role: str) -> e.ParticipantRoleChanged:
    return e.ParticipantRoleChanged.model_validate({"participant": who, "role": role})


def removed(who: str) -> e.ParticipantRemoved:
    return e.ParticipantRemoved(participant=who)


# ---- roles


def test_a_facilitator_gives_somebody_another_role() -> None:
    story = given().when("change_role", by=FRIDA, participant=OLGA, role="participant")

    assert story.then(changed(OLGA, "participant")).document["people"][OLGA] == {"role": "participant"}


def test_the_new_role_counts_from_then_on() -> None:
    story = given(activity("design")).does(FRIDA, "change_role", participant=OLGA, role="participant")
    story = story.does(OLGA, "judge_activity", **JUDGED)

    story = story.does(FRIDA, "change_role", participant=OLGA, role="observer")
    story.when("undo", by=OLGA).rejected("not_allowed", role="observer")
    story = story.does(FRIDA, "change_role", participant=OLGA, role="facilitator").does(OLGA, "lock_canvas")
    story.does(OLGA, "undo")
    assert story.activity("design")["judgement"] is None


def test_the_same_role_again_changes_nothing() -> None:
    given().when("change_role", by=FRIDA, participant=PIET, role="participant").unchanged()
    given().when("change_role", by=FRIDA, participant=FRIDA, role="facilitator").unchanged()


@pytest.mark.parametrize("role", ["participant", "observer"])
def test_the_last_facilitator_stays_one(role: str) -> None:
    given().when("change_role", by=FRIDA, participant=FRIDA, role=role).rejected("last_facilitator")


def test_one_of_two_facilitators_may_step_back() -> None:
    story = given(changed(ANNA, "facilitator")).does(FRIDA, "change_role", participant=FRIDA, role="participant")

    story.when("lock_canvas", by=FRIDA).rejected("not_allowed", role="participant")
    story.when("change_role", by=ANNA, participant=ANNA, role="observer").rejected("last_facilitator")


# ---- removal


def test_who_is_removed_is_in_the_room_no_more() -> None:
    story = given().when("remove_person", by=FRIDA, participant=PIET).then(removed(PIET))

    assert PIET not in story.document["people"]


def test_who_was_removed_may_do_nothing() -> None:
    story = given(activity("design")).does(PIET, "judge_activity", **JUDGED).given(removed(PIET))

    for action, fields in (("judge_activity", {**JUDGED, "judgement": "not_now"}), ("undo", {}), ("redo", {})):
        story.when(action, by=PIET, **fields).rejected("not_allowed")


def test_what_they_did_stays_and_stays_theirs() -> None:
    story = given().does(PIET, "add_activity", activity=DESIGN, title="Design", category=None)
    story = story.does(FRIDA, "remove_person", participant=PIET)

    assert story.activity("design")["by"] == PIET
    story.when("retire_activity", by=ANNA, activity=DESIGN).accepted()


def test_what_others_can_take_back_does_not_depend_on_who_was_removed() -> None:
    story = given(activity("design")).does(ANNA, "judge_activity", **JUDGED)
    story = story.does(PIET, "judge_activity", activity=DESIGN, judgement="not_now")
    story = story.does(FRIDA, "remove_person", participant=PIET)

    story.when("undo", by=ANNA).rejected("changed_since")
    story = story.does(FRIDA, "judge_activity", **JUDGED).does(FRIDA, "undo")
    assert story.activity("design")["judgement"] == "not_now"


def test_who_is_removed_while_they_could_undo_and_redo_leaves_a_room_that_is_read_again() -> None:
    """Every story goes on from a snapshot after each of its events."""
    story = given(activity("design")).does(PIET, "judge_activity", **JUDGED).does(PIET, "undo")
    story = story.given(removed(PIET)).does(ANNA, "judge_activity", **JUDGED).does(ANNA, "undo").does(ANNA, "redo")
    assert story.activity("design")["judgement"] == "must_do"


def test_the_last_facilitator_is_not_removed() -> None:
    given().when("remove_person", by=FRIDA, participant=FRIDA).rejected("last_facilitator")

    story = given(changed(ANNA, "facilitator")).does(FRIDA, "remove_person", participant=FRIDA)
    story.when("remove_person", by=ANNA, participant=ANNA).rejected("last_facilitator")
    story.when("remove_person", by=FRIDA, participant=ANNA).rejected("not_allowed")


@pytest.mark.parametrize("who", ["somebody", "", PIET])
@pytest.mark.parametrize(("action", "fields"), [("remove_person", {}), ("change_role", {"role": "participant"})])
def test_somebody_who_is_not_there_is_unknown(action: str, fields: dict[str, str], who: str) -> None:
    story = given(removed(PIET))

    story.when(action, by=FRIDA, participant=who, **fields).rejected("unknown_participant", participant=who)


def test_neither_is_taken_back() -> None:
    story = given(changed(ANNA, "facilitator")).does(FRIDA, "change_role", participant=PIET, role="observer")
    story = story.does(FRIDA, "remove_person", participant=OLGA)

    story.when("undo", by=FRIDA).rejected("nothing_to_undo")
