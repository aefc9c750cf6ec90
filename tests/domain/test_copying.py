"""A room that begins with what stands in another one."""

import json
from typing import Any

import pytest

from domain import events as e
from projections.copying import written
from tests.domain.every_action import EVERY_ACTION, furnished
from tests.domain.specification import ANNA, FRIDA, PIET, Story, activity, blank, named, steps

DESIGN, BUILD, BOTH, VALUE = named("design"), named("build"), named("both"), named("value")
LEFT_BEHIND = {"title", "language", "locked", "iterations", "iteration", "phase", "people"}


def lively() -> Story:
    """A room with something of everything in it."""
    story = furnished().does(FRIDA, "describe_workshop", goal="Sell more", subject="A set")
    story.does(FRIDA, "enter_step", step=named("selection"))
    story.does(FRIDA, "define_questions", questions=[{"id": named("who"), "text": "Who makes it?"}])
    story.does(FRIDA, "set_phase", label="Writing", ends_at=None).does(FRIDA, "lock_canvas")
    story.does(FRIDA, "open_iteration", iteration=named("first"), name="First")
    story.does(FRIDA, "add_activity", **EVERY_ACTION["add_activity"][1])
    story.does(FRIDA, "judge_activity", activity=DESIGN, judgement="must_do", reason="It sells")
    for text in ("Why?", "Because"):
        story.does(FRIDA, "comment_on_activity", activity=DESIGN, comment=named(text), text=text)
    story.does(FRIDA, "link_activity", activity=BUILD, note=VALUE)
    story.does(
        FRIDA, "combine_activities", activities=[DESIGN, BUILD], into=BOTH, title="Both", category="problem_solving"
    )
    story.does(FRIDA, "add_activity", activity=named("late"), title="Late", category="production", after=None)
    return story.does(FRIDA, "retire_activity", activity=named("sell"), reason="Too dear")


def copy_of(story: Story) -> Story:
    """Open a room with what stands in this one; Frida leads it, Piet and Anna take part."""
    copied = written(story.document, "other", story.version)
    joined = [e.ParticipantJoined.model_validate({"participant": who, "role": role}) for who, role in ROLES.items()]
    return Story().given(e.WorkshopOpened(room="new", title="Again", language="nl"), copied, *joined)


ROLES = {FRIDA: "facilitator", PIET: "participant", ANNA: "participant"}


def without_authors(value: Any) -> Any:  # noqa: ANN401 - walks any JSON
    if isinstance(value, dict):
        return {name: None if name == "by" else without_authors(part) for name, part in value.items()}
    return [without_authors(part) for part in value] if isinstance(value, list) else value


def test_a_copy_has_all_that_stands_and_all_that_was_retired_under_the_same_ids() -> None:
    story = lively()
    copied = copy_of(story)

    for member in story.document.keys() - LEFT_BEHIND:
        assert copied.document[member] == without_authors(story.document[member]), member
    assert copied.document["retired"][DESIGN]["comments"][1]["text"] == "Because"


def test_what_belongs_to_the_other_room_stays_there() -> None:
    document = copy_of(lively()).document

    assert (document["title"], document["language"], document["locked"]) == ("Again", "nl", False)
    assert (document["iterations"], document["iteration"], document["phase"]) == ([], None, None)
    assert document["people"] == {who: {"role": role} for who, role in ROLES.items()}


def test_the_event_names_the_other_room_and_is_readable_alone() -> None:
    story = lively()
    data = written(story.document, "other", story.version).data()

    assert (data["room"], data["version"], data["goal"]) == ("other", story.version, "Sell more")
    assert data["comments"][0] == {"activity": BOTH, "id": named("Why?"), "text": "Why?"}
    assert data["activities"][0] == {"id": named("late"), "category": "production", "title": "Late"}
    sell = next(kept for kept in data["activities"] if kept["id"] == named("sell"))
    assert (sell["prompt"], sell["retired"], sell["because"]) == ("production.1", True, "Too dear")


def test_nobody_can_take_the_copying_back() -> None:
    copied = copy_of(lively())

    for who in ROLES:
        copied.when("undo", by=who).rejected("nothing_to_undo")


def test_a_copy_of_an_empty_room_is_empty() -> None:
    copied = copy_of(blank())

    assert (copied.document["notes"], copied.document["questions"], copied.document["goal"]) == ({}, None, "")
    copied.when("add_activity", activity=DESIGN, title="D", category=None).rejected("value_proposition_first")


@pytest.mark.parametrize("taken", ["value", "n", "design", "both", "sell", "idea", "who", "Why?"])
def test_the_ids_in_a_copy_are_taken(taken: str) -> None:
    copied = copy_of(lively())

    copied.when("add_note", note=named(taken), block="channels", text="N").rejected("id_taken")


def test_what_was_never_used_here_is_free_whatever_happened_there() -> None:
    story = lively().given(steps("idea", "selection", "dropped"), steps("idea", "selection"))

    copy_of(story).when("add_note", note=named("dropped"), block="channels", text="N").accepted()


def test_two_who_change_a_copied_text_are_merged() -> None:
    copied = copy_of(furnished())
    base = copied.version
    copied.does(PIET, "reword_activity", activity=DESIGN, field="title", text="Do the design")
    copied.does(ANNA, "reword_activity", activity=DESIGN, field="title", text="Do design now", base=base)

    assert copied.activity("design")["title"] == "Do the design now"
    copied.when("reword_activity", activity=DESIGN, field="title", text="X", base=2).accepted()
    copied.when("reword_activity", activity=DESIGN, field="title", text="X", base=1).rejected("invalid", field="base")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("reword_activity", {"activity": named("late"), "field": "details", "text": "At night"}),
        ("move_activity", {"activity": BOTH, "category": "production", "after": named("late")}),
        ("restore_activity", {"activity": DESIGN}),
        ("retire_activity", {"activity": BOTH}),
        ("combine_activities", {"activities": [BOTH, named("sell")], "into": named("all"), "title": "All"}),
        ("remove_note", {"note": named("n")}),
        ("move_note", {"note": named("n"), "block": "key_partners"}),
        ("unlink_activity", {"activity": BOTH, "note": VALUE}),
        ("judge_activity", {"activity": BOTH, "judgement": "not_now"}),
        ("comment_on_activity", {"activity": BOTH, "comment": named("new"), "text": "And?"}),
        ("describe_workshop", {"goal": ""}),
        ("define_steps", {"steps": [{"id": named("selection"), "name": "Choosing"}]}),
    ],
)
def test_what_is_done_in_a_copy_can_be_taken_back_and_done_again(action: str, fields: dict[str, Any]) -> None:
    copied = copy_of(lively().given(activity("free"), e.ActivityRetired(activity=named("free"))))
    before = copied.canvas
    more = {"category": "production"} if action == "combine_activities" else {}
    after = copied.does(FRIDA, action, **fields, **more).canvas

    assert copied.does(FRIDA, "undo").canvas == before
    assert copied.does(FRIDA, "redo").canvas == after != before


def test_a_copy_of_a_copy_is_the_same_but_for_where_it_came_from() -> None:
    first = copy_of(lively())
    again = written(first.document, "other", lively().version)

    assert json.dumps(again.data()) == json.dumps(written(lively().document, "other", lively().version).data())
