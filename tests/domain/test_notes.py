"""The notes in the eight blocks around the activities, the value propositions above all (M1)."""

import pytest

from domain import events as e
from domain.vocabulary import BLOCKS
from tests.domain.specification import ANNA, activity, blank, given, named, note


@pytest.mark.parametrize("block", BLOCKS)
def test_a_note_is_added_to_each_block(block: str) -> None:
    blank().when("add_note", note=named("n"), block=block, text=" The n ").then(note("n", block))


def test_there_is_no_ninth_block() -> None:
    given().when("add_note", note=named("n"), block="key_activities", text="N").rejected("invalid", field="block")


def test_a_blank_note_is_refused() -> None:
    given().when("add_note", note=named("n"), block="channels", text=" \n").rejected("text_empty", field="text")


def test_an_id_that_is_taken_makes_no_second_note() -> None:
    given().when("add_note", note=named("value"), block="channels", text="N").rejected("id_taken", id=named("value"))


def test_the_id_of_a_removed_note_is_not_free_again() -> None:
    story = given(note("n"), e.NoteRemoved(note=named("n"), unlinked=()))

    story.when("add_note", note=named("n"), block="channels", text="N").rejected("id_taken")


def test_a_note_moves_to_another_block() -> None:
    given(note("n")).when("move_note", note=named("n"), block="key_partners", after=None).then(
        e.NoteMoved(note=named("n"), block="key_partners", after=None)
    )


def test_a_note_moves_within_its_block() -> None:
    story = given(note("n"), note("m", after="n"))

    after = story.when("move_note", note=named("n"), block="channels").accepted()

    assert after.document["blocks"]["channels"] == [named("m"), named("n")]


def test_a_note_that_moves_to_where_it_stands_changes_nothing() -> None:
    story = given(note("n"), note("m", after="n"))

    story.when("move_note", note=named("n"), block="channels", after=None).unchanged()
    story.when("move_note", note=named("m"), block="channels", after=named("n")).unchanged()
    story.when("move_note", note=named("m"), block="channels").unchanged()


@pytest.mark.parametrize(
    ("action", "fields"),
    [("move_note", {"block": "channels"}), ("remove_note", {}), ("reword_note", {"text": "New"})],
)
def test_a_note_that_is_not_there_is_unknown(action: str, fields: dict[str, str]) -> None:
    story = given(note("n"), e.NoteRemoved(note=named("n"), unlinked=()))

    story.when(action, note=named("n"), **fields).rejected("unknown_note", note=named("n"))


def test_removing_a_note_takes_its_links_along_in_the_same_event() -> None:
    story = given(
        note("n"),
        activity("design"),
        activity("build"),
        activity("sell"),
        e.ActivityLinked(activity=named("design"), note=named("n")),
        e.ActivityLinked(activity=named("sell"), note=named("value")),
        e.ActivityLinked(activity=named("sell"), note=named("n")),
        e.ActivityRetired(activity=named("sell")),
    )

    after = story.when("remove_note", note=named("n")).then(
        e.NoteRemoved(note=named("n"), unlinked=(named("design"), named("sell")))
    )

    assert [after.activity(name)["links"] for name in ("design", "sell")] == [[], [named("value")]]


def test_the_last_value_proposition_can_not_be_removed_while_activities_stand() -> None:
    given(activity("design")).when("remove_note", note=named("value")).rejected("value_proposition_first")


def test_the_last_value_proposition_can_not_be_moved_away_while_activities_stand() -> None:
    given(activity("design")).when("move_note", note=named("value"), block="channels").rejected(
        "value_proposition_first"
    )


def test_one_of_two_value_propositions_can_go() -> None:
    story = given(note("other", "value_propositions", after="value"), activity("design"))

    story.when("remove_note", note=named("value")).accepted().when("remove_note", note=named("other")).rejected(
        "value_proposition_first"
    )


def test_the_last_value_proposition_can_go_where_no_activity_stands() -> None:
    given().when("remove_note", note=named("value")).accepted()


def test_retired_activities_do_not_hold_a_value_proposition() -> None:
    story = given(activity("design"), e.ActivityRetired(activity=named("design")))

    story.when("move_note", note=named("value"), block="channels").accepted()


def test_the_last_value_proposition_may_move_within_its_block() -> None:
    given(activity("design")).when("move_note", note=named("value"), block="value_propositions").unchanged()


def test_a_note_is_shown_with_who_wrote_it() -> None:
    after = given().when("add_note", by=ANNA, note=named("n"), block="channels", text="N").accepted()

    assert after.document["notes"][named("n")] == {"id": named("n"), "block": "channels", "text": "N", "by": ANNA}
