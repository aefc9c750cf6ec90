"""Restoring an iteration: the activities stand as they stood at its close, and one undo takes that back."""

import pytest

from domain import events as e
from domain.commands import RestoreIteration, UndoPerson
from domain.decide import planned
from domain.plan import Plan
from tests.domain.every_action import closed
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, Story, activity, given, listed, named, note, read, steps

A, B, C, D, N, K = named("a"), named("b"), named("c"), named("d"), named("n"), named("kick-off")


def plan(story: Story, action: str, **fields: object) -> Plan:
    """Tell what a facilitator's command would make and leave, upon the newest version."""
    command = read({"action": action, "base": story.version, **fields})
    assert isinstance(command, RestoreIteration | UndoPerson)
    return planned(command, story.state, FRIDA, story.looked_back(command))


def kick_off() -> Story:
    """Close an iteration with three activities of which one is retired."""
    story = given(
        steps("idea", "selection"), note("n"), activity("a"), activity("b", after="a"), activity("c", after="b")
    )
    story = story.does(PIET, "judge_activity", activity=A, judgement="must_do", reason="It sells")
    story = story.does(PIET, "link_activity", activity=A, note=N).does(
        PIET, "place_activity", activity=A, step=named("idea")
    )
    story = story.does(PIET, "retire_activity", activity=C, reason="Too dear")
    return story.given(*closed("kick-off"))


def restored(story: Story) -> Story:
    return story.does(FRIDA, "restore_iteration", iteration=K)


def test_what_was_changed_is_as_it_was() -> None:
    story = kick_off()
    then = story.document["activities"]
    story = story.does(ANNA, "reword_activity", activity=A, field="title", text="Otherwise")
    story = story.does(ANNA, "judge_activity", activity=A, judgement="not_now").does(
        ANNA, "unlink_activity", activity=A, note=N
    )
    story = story.does(ANNA, "move_activity", activity=A, category=None).does(
        ANNA, "place_activity", activity=B, step=named("selection")
    )

    outcome = story.when("restore_iteration", by=FRIDA, iteration=K)

    assert [type(event).__name__ for event in outcome.made()] == [
        *("IterationRestored", "ActivityReworded", "ActivityJudged", "ActivityLinked"),
        *("ActivityPlaced", "ActivityMoved"),
    ]
    assert outcome.accepted().document["activities"] == then


def test_what_came_goes_and_what_went_comes_back_in_its_place() -> None:
    story = kick_off().does(ANNA, "retire_activity", activity=A).does(ANNA, "restore_activity", activity=C)
    story = story.does(ANNA, "add_activity", activity=D, title="New", category="production")

    story = restored(story)

    assert story.document["categories"]["production"] == [A, B]
    assert set(story.document["retired"]) == {C, D}
    assert story.activity("c")["retired_because"] == "Too dear"
    assert story.activity("d")["retired_because"] is None


def test_what_was_combined_since_stands_again_and_what_was_combined_then_is_combined() -> None:
    story = kick_off().does(ANNA, "combine_activities", activities=[A, B], into=D, title="Both", category="production")
    story = story.given(*closed("second")).does(ANNA, "undo")
    assert D not in story.document["activities"]

    combined = story.does(FRIDA, "restore_iteration", iteration=named("second"))
    assert list(combined.document["activities"]) == [D]
    assert combined.activity("d")["by"] == ANNA
    assert combined.activity("a")["retired_because"] == {"kind": "combination", "into": D}

    assert restored(combined).document["categories"]["production"] == [A, B]


def test_comments_notes_and_steps_stay_as_they_are() -> None:
    story = kick_off().does(ANNA, "comment_on_activity", activity=A, comment=named("said"), text="Why?")
    story = story.does(ANNA, "reword_note", note=N, text="Else").does(
        ANNA, "judge_activity", activity=B, judgement="must_do"
    )

    story = restored(story)

    assert [said["text"] for said in story.activity("a")["comments"]] == ["Why?"]
    assert story.document["notes"][N]["text"] == "Else"


def test_what_an_activity_can_not_have_back_is_told_and_the_rest_restored() -> None:
    story = kick_off().does(ANNA, "place_activity", activity=A, step=None)
    story = story.does(FRIDA, "define_steps", steps=listed("selection")).does(ANNA, "remove_note", note=N)
    removed = story.version
    story = story.does(ANNA, "reword_activity", activity=A, field="title", text="Otherwise")

    left = plan(story, "restore_iteration", iteration=K).skipped

    assert [because for _, because in left] == ["unknown_step", "unknown_note"]
    assert left[1].version == removed
    story = restored(story)
    assert (story.activity("a")["title"], story.activity("a")["step"], story.activity("a")["links"]) == (
        "Do a",
        None,
        [],
    )


def test_it_is_one_change_that_one_undo_takes_back() -> None:
    story = kick_off().does(ANNA, "combine_activities", activities=[A, C], into=D, title="Both", category="production")
    story = story.does(ANNA, "reword_activity", activity=B, field="details", text="More")
    before = story.canvas
    story = restored(story)
    after = story.canvas

    story = story.does(FRIDA, "undo")
    assert story.canvas == before
    story = story.does(FRIDA, "redo")
    assert story.canvas == after


def test_an_undo_that_would_overwrite_somebody_takes_nothing_back() -> None:
    story = restored(kick_off().does(ANNA, "retire_activity", activity=A).does(ANNA, "retire_activity", activity=B))
    story = story.does(ANNA, "retire_activity", activity=A)

    story.when("undo", by=FRIDA).rejected("changed_since")


def test_restoring_what_is_so_already_or_is_still_open_changes_nothing() -> None:
    kick_off().when("restore_iteration", by=FRIDA, iteration=K).unchanged()
    story = (
        kick_off()
        .does(ANNA, "retire_activity", activity=A)
        .given(e.IterationOpened(iteration=named("now"), name="Now"))
    )
    story.when("restore_iteration", by=FRIDA, iteration=named("now")).unchanged()


@pytest.mark.parametrize("by", [PIET, OLGA])
def test_only_facilitators_restore(by: str) -> None:
    kick_off().when("restore_iteration", by=by, iteration=K).rejected("not_allowed")


def test_it_is_done_upon_the_newest_version_or_not_at_all() -> None:
    story = kick_off().does(ANNA, "retire_activity", activity=A)
    for base, code in ((story.version - 1, "changed_since"), (story.version + 1, "invalid"), (-1, "invalid")):
        story.when("restore_iteration", by=FRIDA, iteration=K, base=base).rejected(code)


def test_activities_come_back_only_where_a_value_proposition_stands() -> None:
    story = kick_off().does(ANNA, "retire_activity", activity=A).does(ANNA, "retire_activity", activity=B)
    story = story.does(ANNA, "remove_note", note=named("value"))

    story.when("restore_iteration", by=FRIDA, iteration=K).rejected("value_proposition_first")


def test_a_list_is_put_in_order_with_the_fewest_moves() -> None:
    story = kick_off().does(ANNA, "move_activity", activity=A, category="production", after=B)

    moved = [
        event
        for event in story.when("restore_iteration", by=FRIDA, iteration=K).made()
        if isinstance(event, e.ActivityMoved)
    ]

    assert len(moved) == 1
    assert restored(story).document["categories"]["production"] == [A, B]
