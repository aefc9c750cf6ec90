"""Nothing that others did is overwritten by an undo: it is refused where they came in between."""

import pytest

from domain import events as e
from tests.domain.every_action import furnished
from tests.domain.specification import ANNA, FRIDA, PIET, Fields, Story, activity, given, listed, named, note, steps

DESIGN, BUILD, BOTH, N = named("design"), named("build"), named("both"), named("n")
COMBINING: Fields = {"activities": [DESIGN, BUILD], "into": BOTH, "title": "Both", "category": "production"}
ADDED: tuple[str, Fields] = ("add_activity", {"activity": named("sell"), "title": "Sell", "category": None})
ADDED_NOTE: tuple[str, Fields] = ("add_note", {"note": named("m"), "block": "channels", "text": "Shops"})


def after(*acts: tuple[str, str, Fields]) -> Story:
    story = furnished()
    for by, action, fields in acts:
        story = story.does(by, action, **fields)
    return story


@pytest.mark.parametrize(
    ("action", "mine", "theirs"),
    [
        ("judge_activity", {"activity": DESIGN, "judgement": "must_do"}, {"activity": DESIGN, "judgement": "not_now"}),
        ("place_activity", {"activity": DESIGN, "step": named("idea")}, {"activity": DESIGN, "step": None}),
        ("move_activity", {"activity": DESIGN, "category": None}, {"activity": DESIGN, "category": "production"}),
        (
            "reword_activity",
            {"activity": DESIGN, "field": "title", "text": "Draw"},
            {"activity": DESIGN, "field": "title", "text": "Sketch"},
        ),
        (
            "reword_activity",
            {"activity": DESIGN, "field": "details", "text": "On paper"},
            {"activity": DESIGN, "field": "details", "text": "On white paper"},
        ),
        ("reword_note", {"note": N, "text": "Shops"}, {"note": N, "text": "Our shops"}),
        ("move_note", {"note": N, "block": "key_partners"}, {"note": N, "block": "channels"}),
    ],
)
def test_a_field_that_somebody_changed_since_is_left_as_it_is(action: str, mine: Fields, theirs: Fields) -> None:
    after((PIET, action, mine), (ANNA, action, theirs)).when("undo", by=PIET).rejected("changed_since")


@pytest.mark.parametrize("field", ["title", "goal", "subject"])
def test_a_description_that_another_facilitator_changed_is_left_as_it_is(field: str) -> None:
    story = given(e.ParticipantJoined(participant=ANNA, role="facilitator"))
    story = story.does(FRIDA, "describe_workshop", title="Bricks", goal="Sell", subject="A set")
    story = story.does(ANNA, "describe_workshop", **{field: "Other"})

    story.when("undo", by=FRIDA).rejected("changed_since")


def test_a_description_may_be_taken_back_where_another_changed_another_part() -> None:
    story = given(e.ParticipantJoined(participant=ANNA, role="facilitator"))
    story = story.does(FRIDA, "describe_workshop", goal="Sell").does(ANNA, "describe_workshop", subject="A set")

    assert story.does(FRIDA, "undo").document["subject"] == "A set"


def test_steps_that_another_facilitator_defined_since_are_left_as_they_are() -> None:
    story = given(e.ParticipantJoined(participant=ANNA, role="facilitator"))
    story = story.does(FRIDA, "define_steps", steps=listed("idea"))
    story = story.does(ANNA, "define_steps", steps=listed("idea", "selection"))

    story.when("undo", by=FRIDA).rejected("changed_since")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("judge_activity", {"judgement": "must_do"}),
        ("place_activity", {"step": named("idea")}),
        ("move_activity", {"category": "production"}),
        ("reword_activity", {"field": "title", "text": "Sell more"}),
        ("link_activity", {"note": N}),
        ("comment_on_activity", {"comment": named("c"), "text": "Why?"}),
        ("retire_activity", {}),
    ],
)
def test_an_activity_that_somebody_worked_on_since_is_not_withdrawn(action: str, fields: Fields) -> None:
    story = after((PIET, *ADDED), (ANNA, action, {"activity": named("sell")} | fields))

    story.when("undo", by=PIET).rejected("changed_since")
    if action != "retire_activity":
        assert story.does(ANNA, "undo").does(PIET, "undo").document["activities"].keys() == {DESIGN, BUILD}


@pytest.mark.parametrize(
    ("action", "fields"), [("reword_note", {"text": "Our shops"}), ("move_note", {"block": "key_partners"})]
)
def test_a_note_that_somebody_worked_on_since_is_not_taken_away(action: str, fields: Fields) -> None:
    story = after((PIET, *ADDED_NOTE), (ANNA, action, {"note": named("m")} | fields))

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_note_that_somebody_removed_since_can_not_be_taken_away_again() -> None:
    story = after((PIET, *ADDED_NOTE), (ANNA, "remove_note", {"note": named("m")}))

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_combination_that_somebody_worked_on_since_stays() -> None:
    story = after(
        (PIET, "combine_activities", COMBINING), (ANNA, "judge_activity", {"activity": BOTH, "judgement": "must_do"})
    )

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_combination_of_which_somebody_restored_a_source_stays() -> None:
    story = after((PIET, "combine_activities", COMBINING), (ANNA, "restore_activity", {"activity": DESIGN}))

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_combination_whose_source_somebody_combined_again_stays() -> None:
    again = COMBINING | {"activities": [DESIGN, named("old")], "into": named("other")}

    story = after((PIET, "combine_activities", COMBINING), (ANNA, "combine_activities", again))

    story.when("undo", by=PIET).rejected("changed_since")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("judge_activity", {"judgement": "must_do"}),
        ("place_activity", {"step": named("idea")}),
        ("move_activity", {"category": None}),
        ("reword_activity", {"field": "title", "text": "Draw"}),
        ("link_activity", {"note": named("value")}),
        ("unlink_activity", {"note": N}),
        ("comment_on_activity", {"comment": named("c"), "text": "Why?"}),
    ],
)
@pytest.mark.parametrize("how", ["retired", "combined"])
def test_nothing_is_undone_on_an_activity_that_was_retired_since(action: str, fields: Fields, how: str) -> None:
    away: tuple[str, Fields] = ("retire_activity", {"activity": DESIGN})
    if how == "combined":
        away = ("combine_activities", COMBINING)
    story = after((PIET, action, {"activity": DESIGN} | fields), (ANNA, *away))

    story.when("undo", by=PIET).rejected("changed_since")
    assert story.does(ANNA, "undo").does(PIET, "undo").canvas == furnished().canvas


def test_a_retiring_that_somebody_took_back_by_restoring_is_over() -> None:
    story = after((PIET, "retire_activity", {"activity": DESIGN}), (ANNA, "restore_activity", {"activity": DESIGN}))

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_restoring_after_which_somebody_retired_it_again_is_over() -> None:
    old: Fields = {"activity": named("old")}

    after((PIET, "restore_activity", old), (ANNA, "retire_activity", old)).when("undo").rejected("changed_since")


def test_a_restored_activity_is_retired_again_by_undo_although_somebody_judged_it() -> None:
    old: Fields = {"activity": named("old")}
    story = after((PIET, "restore_activity", old), (ANNA, "judge_activity", old | {"judgement": "must_do"}))

    assert story.does(PIET, "undo").activity("old")["judgement"] == "must_do"


def test_a_step_that_is_gone_can_not_be_gone_back_to() -> None:
    place: Fields = {"activity": DESIGN}
    story = given(steps("idea"), activity("design", step=named("idea")))
    story = story.does(PIET, "place_activity", step=None, **place).does(FRIDA, "define_steps", steps=[])

    story.when("undo", by=PIET).rejected("changed_since")


def test_an_activity_does_not_come_back_to_a_step_that_is_gone() -> None:
    story = given(steps("idea"), activity("design", step=named("idea")))
    story = story.does(PIET, "retire_activity", activity=DESIGN).does(FRIDA, "define_steps", steps=[])

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_link_to_a_note_that_is_gone_does_not_come_back() -> None:
    story = after((PIET, "unlink_activity", {"activity": DESIGN, "note": N}), (ANNA, "remove_note", {"note": N}))

    story.when("undo", by=PIET).rejected("changed_since")


def test_a_link_that_went_with_its_note_can_not_be_taken_away_again() -> None:
    story = given(note("n"), activity("design")).does(PIET, "link_activity", activity=DESIGN, note=N)
    story = story.does(ANNA, "remove_note", note=N)

    story.when("undo", by=PIET).rejected("changed_since")
    assert story.does(ANNA, "undo").does(PIET, "undo").activity("design")["links"] == []


def test_a_note_that_is_taken_back_takes_its_links_along_as_removing_does() -> None:
    """A link is a field of its activity: the note itself is as its author left it."""
    story = after((PIET, *ADDED_NOTE), (ANNA, "link_activity", {"activity": DESIGN, "note": named("m")}))
    before = story.canvas

    story.when("undo", by=PIET).then(e.NoteRemoved(note=named("m"), unlinked=(DESIGN,), undoes=story.version - 1))

    story.when("undo", by=ANNA).rejected("changed_since")
    assert story.does(PIET, "redo").canvas == before
    assert story.does(ANNA, "undo").activity("design")["links"] == [N]


def test_once_the_others_took_theirs_back_the_own_change_can_be_taken_back() -> None:
    judging = "judge_activity"
    story = after(
        (PIET, judging, {"activity": DESIGN, "judgement": "must_do"}),
        (ANNA, judging, {"activity": DESIGN, "judgement": "not_now"}),
    )
    story.when("undo", by=PIET).rejected("changed_since")

    story = story.does(ANNA, "undo").does(PIET, "undo")

    assert story.canvas == furnished().canvas


def test_changed_and_changed_back_by_hand_is_changed() -> None:
    judging = "judge_activity"
    story = after(
        (PIET, judging, {"activity": DESIGN, "judgement": "must_do"}),
        (ANNA, judging, {"activity": DESIGN, "judgement": None}),
        (ANNA, judging, {"activity": DESIGN, "judgement": "must_do"}),
    )

    story.when("undo", by=PIET).rejected("changed_since")


def test_own_changes_of_one_field_are_undone_one_after_the_other() -> None:
    judging = "judge_activity"
    story = after(
        (PIET, judging, {"activity": DESIGN, "judgement": "must_do"}),
        (PIET, judging, {"activity": DESIGN, "judgement": "not_now"}),
    )

    story = story.does(PIET, "undo")
    assert story.activity("design")["judgement"] == "must_do"
    assert story.does(PIET, "undo").activity("design")["judgement"] is None


def test_an_own_change_on_top_of_anothers_is_undone_down_to_it_and_no_further() -> None:
    judging = "judge_activity"
    story = after(
        (PIET, judging, {"activity": DESIGN, "judgement": "must_do"}),
        (ANNA, judging, {"activity": DESIGN, "judgement": None}),
        (PIET, judging, {"activity": DESIGN, "judgement": "not_now"}),
    )

    story = story.does(PIET, "undo")

    assert story.activity("design")["judgement"] is None
    story.when("undo", by=PIET).rejected("changed_since")


def barred() -> Story:
    """Let Piet's last change be one that Anna changed since, and the one before be his alone."""
    return after(
        (PIET, "judge_activity", {"activity": BUILD, "judgement": "must_do"}),
        (PIET, "judge_activity", {"activity": DESIGN, "judgement": "must_do"}),
        (ANNA, "judge_activity", {"activity": DESIGN, "judgement": "not_now"}),
    )


def test_skip_passes_over_what_can_not_be_taken_back() -> None:
    story = barred()

    story = story.does(PIET, "undo", skip=True)

    assert story.activity("build")["judgement"] is None
    assert story.activity("design")["judgement"] == "not_now"


def test_what_was_passed_over_is_out_of_the_way_for_good() -> None:
    story = barred().does(PIET, "undo", skip=True)

    story.when("undo", by=PIET).rejected("nothing_to_undo")


def test_skip_with_nothing_left_is_nothing_to_undo() -> None:
    story = after(
        (PIET, "judge_activity", {"activity": DESIGN, "judgement": "must_do"}),
        (ANNA, "judge_activity", {"activity": DESIGN, "judgement": "not_now"}),
    )

    story.when("undo", by=PIET, skip=True).rejected("nothing_to_undo")


def test_skip_takes_back_the_last_change_where_that_can_be() -> None:
    story = after(
        (PIET, "judge_activity", {"activity": BUILD, "judgement": "must_do"}),
        (PIET, "judge_activity", {"activity": DESIGN, "judgement": "must_do"}),
    )

    assert story.does(PIET, "undo", skip=True).activity("design")["judgement"] is None


def test_skip_passes_over_steps_in_use_and_a_last_value_proposition_too() -> None:
    story = given(activity("design")).does(FRIDA, "judge_activity", activity=DESIGN, judgement="must_do")
    story = story.does(FRIDA, "define_steps", steps=listed("idea"))
    story = story.does(ANNA, "place_activity", activity=DESIGN, step=named("idea"))
    story = story.does(FRIDA, "add_note", note=N, block="value_propositions", text="More fun")
    story = story.does(ANNA, "remove_note", note=named("value"))

    assert story.does(FRIDA, "undo", skip=True).activity("design")["judgement"] is None


def test_a_refused_undo_changes_nothing_and_may_be_tried_again() -> None:
    story = barred()
    story.when("undo", by=PIET).rejected("changed_since")

    assert story.does(ANNA, "undo").does(PIET, "undo").activity("design")["judgement"] is None
