"""Commands: who may, in which order they are checked, and the rules of the method."""

from typing import Any

import pytest

from tests.protocol.scene import Scene
from tests.support.live import Live, new_id
from tests.support.patch import Json

GONE = "00000000-0000-4000-8000-000000000000"


async def activity(live: Live, title: str = "Make bricks", category: str | None = "production", **more: Any) -> str:  # noqa: ANN401 - any fields
    """Add an activity; its id."""
    id_ = new_id()
    await live.ok("add_activity", activity=id_, title=title, category=category, **more)
    return id_


async def test_checks_come_in_their_order(workshop: Scene) -> None:
    """Rules A1, A3."""
    host = await workshop.enter()
    guest = await workshop.enter("participant")
    observer = await workshop.enter("observer")
    await host.ok("lock_canvas")
    fields: Json = {"activity": GONE, "title": " ", "category": "production", "step": GONE}
    await observer.no("invalid", "add_activity", **fields, colour="red")
    await observer.no("not_allowed", "add_activity", **fields)
    await guest.no("locked", "add_activity", **fields)
    await host.no("text_empty", "add_activity", **fields)
    await host.no("text_too_long", "add_activity", **{**fields, "title": "x" * 201})
    fields["title"] = "Make bricks"
    await host.no("unknown_step", "add_activity", **fields)
    note = new_id()
    await host.ok("add_note", note=note, block="channels", text="Shop")
    del fields["step"]
    await host.no("id_taken", "add_activity", **{**fields, "activity": note})
    await host.no("value_proposition_first", "add_activity", **fields)
    await host.no("unknown_note", "reword_note", note=GONE, text="x", base=-1)
    await host.no("invalid", "reword_note", note=note, text="x", base=-1)


FOR_FACILITATORS: dict[str, Json] = {
    "describe_workshop": {"goal": "Sell"},
    "define_steps": {"steps": []},
    "enter_step": {"step": None},
    "open_iteration": {"iteration": GONE, "name": "First"},
    "close_iteration": {},
    "restore_iteration": {"iteration": GONE, "base": 1},
    "undo_person": {"participant": GONE, "from": 0, "to": 1, "base": 1},
    "lock_canvas": {},
    "unlock_canvas": {},
    "set_phase": {"label": "Writing", "ends_at": None},
    "define_questions": {"questions": []},
    "change_role": {"participant": GONE, "role": "observer"},
    "remove_person": {"participant": GONE},
}
FOR_PARTICIPANTS: dict[str, Json] = {
    "add_note": {"note": GONE, "block": "channels", "text": "Shop"},
    "reword_note": {"note": GONE, "text": "Shop", "base": 1},
    "move_note": {"note": GONE, "block": "channels"},
    "remove_note": {"note": GONE},
    "add_activity": {"activity": GONE, "title": "Make", "category": None},
    "reword_activity": {"activity": GONE, "field": "title", "text": "Make", "base": 1},
    "move_activity": {"activity": GONE, "category": None},
    "place_activity": {"activity": GONE, "step": None},
    "judge_activity": {"activity": GONE, "judgement": "must_do"},
    "link_activity": {"activity": GONE, "note": GONE},
    "unlink_activity": {"activity": GONE, "note": GONE},
    "combine_activities": {"activities": [GONE, new_id()], "into": new_id(), "title": "Make", "category": "production"},
    "retire_activity": {"activity": GONE},
    "restore_activity": {"activity": GONE},
    "comment_on_activity": {"activity": GONE, "comment": new_id(), "text": "Why?"},
    "undo": {},
    "redo": {},
}


async def test_roles_may_what_they_may(workshop: Scene) -> None:
    """Rule A2."""
    guest, observer = await workshop.enter("participant"), await workshop.enter("observer")
    for action, fields in (FOR_FACILITATORS | FOR_PARTICIPANTS).items():
        await observer.no("not_allowed", action, **fields)
    for action, fields in FOR_FACILITATORS.items():
        await guest.no("not_allowed", action, **fields)
    for action, fields in FOR_PARTICIPANTS.items():
        answer = await guest.do(action, **fields)
        assert answer.receipt.get("code") != "not_allowed", action


async def test_a_locked_canvas_is_edited_by_facilitators_only(workshop: Scene) -> None:
    """Rule A3."""
    host, guest = await workshop.enter(), await workshop.enter("participant")
    await host.ok("lock_canvas")
    for action, fields in FOR_PARTICIPANTS.items():
        await guest.no("locked", action, **fields)
    await host.ok("add_note", note=new_id(), block="channels", text="Shop")
    await host.ok("unlock_canvas")
    await guest.ok("add_note", note=new_id(), block="channels", text="Web")


async def test_an_id_is_never_free_again_but_by_undo(workshop: Scene) -> None:
    """Rule A4."""
    live, first = await workshop.furnished()
    note, step, card = new_id(), new_id(), await activity(live)
    await live.ok("add_note", note=note, block="channels", text="Shop")
    await live.ok("remove_note", note=note)
    await live.no("id_taken", "add_note", note=note, block="channels", text="Shop")
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await live.ok("define_steps", steps=[])
    await live.no("id_taken", "define_steps", steps=[{"id": step, "name": "Idea"}])
    for taken in (first, card, step):
        await live.no("id_taken", "comment_on_activity", activity=card, comment=taken, text="Why?")
        await live.no("id_taken", "open_iteration", iteration=taken, name="First")
    await live.ok("undo")
    await live.ok("undo")
    await live.ok("undo")
    assert note in live.canvas["notes"]


@pytest.mark.parametrize("wrong", ["x", GONE.upper().replace("0", "A"), "", f" {GONE}", f"{GONE}\n", f"{{{GONE}}}"])
async def test_a_new_id_that_is_no_uuid_in_lower_case_is_invalid(workshop: Scene, wrong: str) -> None:
    """Rules A4, G2."""
    live = await workshop.enter()
    receipt = await live.no("invalid", "add_note", note=wrong, block="channels", text="Shop")
    assert receipt["field"] == "note"


async def test_after_null_is_first_absent_is_last_and_unknown_is_last(workshop: Scene) -> None:
    """Rule A5."""
    live, _ = await workshop.furnished()
    one, two = await activity(live, "One"), await activity(live, "Two")
    first, behind, lost = new_id(), new_id(), new_id()
    for id_, after in ((first, None), (behind, one), (lost, GONE)):
        await live.ok("add_activity", activity=id_, title="More", category="production", after=after)
    assert live.canvas["categories"]["production"] == [first, one, behind, two, lost]
    await live.ok("move_activity", activity=first, category="production")
    await live.ok("move_activity", activity=two, category="production", after=None)
    await live.ok("move_activity", activity=one, category="production", after=lost)
    assert live.canvas["categories"]["production"] == [two, behind, lost, one, first]
    await live.no("invalid", "move_activity", activity=one, category="production", after=one)
    await live.no("invalid", "add_note", note=GONE, block="channels", text="Shop", after=GONE)


async def test_what_changes_nothing_makes_no_event(workshop: Scene) -> None:
    """Rules A6, L10."""
    live, note = await workshop.furnished()
    card, step = await activity(live), new_id()
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await live.ok("enter_step", step=step)
    await live.ok("place_activity", activity=card, step=step)
    await live.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    await live.ok("link_activity", activity=card, note=note)
    version = live.version
    same: list[tuple[str, Json]] = [
        ("describe_workshop", {"title": " A workshop "}),
        ("describe_workshop", {}),
        ("define_steps", {"steps": [{"id": step, "name": "Idea"}]}),
        ("enter_step", {"step": step}),
        ("reword_note", {"note": note, "text": "Play ", "base": version}),
        ("move_note", {"note": note, "block": "value_propositions"}),
        ("reword_activity", {"activity": card, "field": "title", "text": "Make bricks", "base": version}),
        ("move_activity", {"activity": card, "category": "production", "after": None}),
        ("place_activity", {"activity": card, "step": step}),
        ("judge_activity", {"activity": card, "judgement": "must_do", "reason": " It sells"}),
        ("link_activity", {"activity": card, "note": note}),
        ("restore_activity", {"activity": card}),
        ("unlock_canvas", {}),
        ("set_phase", {"label": " ", "ends_at": None}),
    ]
    for action, fields in same:
        answer = await live.do(action, **fields)
        assert (action, answer.outcome, answer.receipt["versions"]) == (action, "unchanged", [])
    assert workshop.room.head() == version


async def test_a_value_proposition_stands_before_activities_and_while_they_stand(workshop: Scene) -> None:
    """Rule A7."""
    live, code = await workshop.enter(), "value_proposition_first"
    await live.no(code, "add_activity", activity=new_id(), title="Make bricks", category=None)
    note, other = new_id(), new_id()
    await live.ok("add_note", note=note, block="value_propositions", text="Play")
    card = await activity(live)
    await live.no(code, "remove_note", note=note)
    await live.no(code, "move_note", note=note, block="channels")
    await live.ok("add_note", note=other, block="value_propositions", text="Learn")
    await live.ok("remove_note", note=note)
    await live.ok("retire_activity", activity=card)
    await live.ok("remove_note", note=other)
    await live.no(code, "restore_activity", activity=card)


async def test_a_note_that_goes_takes_its_links_along(workshop: Scene) -> None:
    """Rule A8."""
    live, _ = await workshop.furnished()
    note, card = new_id(), await activity(live)
    await live.ok("add_note", note=note, block="channels", text="Shop")
    await live.ok("link_activity", activity=card, note=note)
    events = await live.ok("remove_note", note=note)
    assert [(event["type"], event["data"]["unlinked"]) for event in events] == [("NoteRemoved", [card])]
    assert live.canvas["activities"][card]["links"] == []


async def test_a_step_in_use_can_not_be_dropped(workshop: Scene) -> None:
    """Rule A9."""
    live, _ = await workshop.furnished()
    here, there = ({"id": new_id(), "name": name} for name in ("Idea", "Selection"))
    await live.ok("define_steps", steps=[here, there])
    card = await activity(live, step=here["id"])
    await live.ok("enter_step", step=there["id"])
    await live.no("step_in_use", "define_steps", steps=[there])
    await live.no("step_in_use", "define_steps", steps=[here])
    await live.ok("enter_step", step=None)
    await live.ok("retire_activity", activity=card)
    await live.ok("define_steps", steps=[])
    events = await live.ok("restore_activity", activity=card)
    assert events[0]["data"]["step"] is None


async def test_judging_without_a_reason_clears_the_old_one(workshop: Scene) -> None:
    """Rule A10."""
    live, _ = await workshop.furnished()
    card = await activity(live)
    await live.ok("judge_activity", activity=card, judgement="not_now", reason="Too dear")
    await live.ok("judge_activity", activity=card, judgement="not_now")
    assert live.canvas["activities"][card]["reason"] is None


async def test_a_retired_activity_is_only_restored_or_combined(workshop: Scene) -> None:
    """Rules A11, A12, A13."""
    live, note = await workshop.furnished()
    one, two, into = await activity(live, "One"), await activity(live, "Two"), new_id()
    for card in (one, two):
        await live.ok("link_activity", activity=card, note=note)
        await live.ok("comment_on_activity", activity=card, comment=new_id(), text="Why?")
        await live.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    comments = [live.canvas["activities"][card]["comments"][0] for card in (one, two)]
    await live.ok("combine_activities", activities=[one, two], into=into, title="Both", category="problem_solving")
    combined = live.canvas["activities"][into]
    assert (combined["links"], combined["comments"]) == ([note], comments)
    assert (combined["details"], combined["judgement"], combined["reason"]) == ("", None, None)
    for action in ("retire_activity", "judge_activity", "place_activity", "comment_on_activity"):
        receipt = await live.no("activity_retired", action, **{**FOR_PARTICIPANTS[action], "activity": one})
        assert receipt["into"] == into
    await live.ok("restore_activity", activity=one)
    await live.ok("combine_activities", activities=[one, two], into=new_id(), title="Again", category="production")
    await live.ok("retire_activity", activity=into)
    receipt = await live.no("activity_retired", "retire_activity", activity=into)
    assert "into" not in receipt


async def test_a_combination_stands_at_the_step_of_its_sources_where_they_agree(workshop: Scene) -> None:
    """Rule A12."""
    live, _ = await workshop.furnished()
    step = new_id()
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    one, two, three = [await activity(live, step=at) for at in (step, step, None)]
    for sources, expected in (((one, two), step), ((one, three), None)):
        into = new_id()
        await live.ok("combine_activities", activities=sources, into=into, title="Both", category="production")
        assert live.canvas["activities"][into]["step"] == expected


async def test_what_is_restored_stands_at_the_end_of_its_category(workshop: Scene) -> None:
    """Rule A13."""
    live, _ = await workshop.furnished()
    one, two = await activity(live, "One"), await activity(live, "Two")
    await live.ok("retire_activity", activity=one)
    await live.ok("restore_activity", activity=one)
    assert live.canvas["categories"]["production"] == [two, one]


async def test_one_iteration_is_open_at_a_time(workshop: Scene) -> None:
    """Rule A14."""
    live = await workshop.enter()
    await live.no("no_iteration", "close_iteration")
    await live.ok("open_iteration", iteration=new_id(), name="First")
    await live.no("iteration_open", "open_iteration", iteration=new_id(), name="Second")
    await live.ok("close_iteration")
    await live.no("no_iteration", "close_iteration", override_reason="Again")


async def test_an_iteration_closes_when_everything_is_sorted_and_judged_and_serves_a_value(workshop: Scene) -> None:
    """Rule A15."""
    live, note = await workshop.furnished()
    shop, todo, parked, done = new_id(), *[await activity(live, name, None) for name in ("A", "B", "C")]
    await live.ok("add_note", note=shop, block="channels", text="Shop")
    await live.ok("open_iteration", iteration=new_id(), name="First")
    for card, judgement in ((parked, "not_now"), (done, "must_do")):
        await live.ok("move_activity", activity=card, category="production")
        await live.ok("judge_activity", activity=card, judgement=judgement)
    await live.ok("link_activity", activity=done, note=shop)
    receipt = await live.no("iteration_blocked", "close_iteration")
    blockers = {blocker["activity"]: blocker["needs"] for blocker in receipt["blockers"]}
    assert blockers == {todo: ["category", "judgement"], done: ["value_proposition"]}
    await live.ok("link_activity", activity=done, note=note)
    await live.ok("retire_activity", activity=todo)
    await live.ok("close_iteration")
    await live.ok("restore_activity", activity=todo)
    await live.ok("open_iteration", iteration=new_id(), name="Second")
    await live.no("iteration_blocked", "close_iteration", override_reason=" ")
    events = await live.ok("close_iteration", override_reason="Time is up")
    assert events[0]["data"]["override_reason"] == "Time is up"


async def test_describing_changes_what_is_given_and_clears_what_is_blank(workshop: Scene) -> None:
    """Rule A16."""
    live = await workshop.enter()
    await live.ok("describe_workshop", goal="Sell", subject="Bricks")
    events = await live.ok("describe_workshop", goal=" ")
    assert events[0]["data"] == {"goal": ""}
    assert (live.canvas["goal"], live.canvas["subject"], live.canvas["title"]) == ("", "Bricks", "A workshop")
    await live.no("invalid", "describe_workshop", goal=None)
    await live.no("invalid", "describe_workshop", subject=None)
    await live.no("text_empty", "describe_workshop", title=" ")
    assert (await live.do("describe_workshop", title=None)).outcome == "unchanged"


async def test_a_room_holds_so_much_and_no_more(workshop: Scene) -> None:
    """Rule A17."""
    live, _ = await workshop.furnished()
    steps = [{"id": new_id(), "name": f"Step {number}"} for number in range(201)]
    receipt = await live.no("too_many", "define_steps", steps=steps)
    assert receipt["most"] == 200
    await live.ok("define_steps", steps=steps[:200])
    card = await activity(live)
    ids = [
        await live.begin("comment_on_activity", activity=card, comment=new_id(), text=f"Comment {number}")
        for number in range(500)
    ]
    for command in ids:
        assert (await live.answer_to(command)).outcome == "accepted"
    receipt = await live.no("too_many", "comment_on_activity", activity=card, comment=new_id(), text="One more")
    assert receipt["most"] == 500


async def test_a_phase_says_what_people_are_busy_with_and_until_when(workshop: Scene) -> None:
    """Rules A18, C9, U2."""
    host, guest = await workshop.enter(), await workshop.enter("participant")
    assert workshop.room.get("/canvas")["canvas"]["phase"] is None
    events = await host.ok("set_phase", label=" Writing ", ends_at="1999-12-31T23:59:59.5Z")
    kept = {"label": "Writing", "ends_at": "1999-12-31T23:59:59.500000Z"}
    assert (events[0]["data"], events[0]["words"]) == (kept, ["/label"])
    assert (await host.do("set_phase", **kept)).outcome == "unchanged"
    assert (await host.no("invalid", "set_phase", label="Writing", ends_at="31-12-1999"))["field"] == "ends_at"
    await guest.at(host.version)
    await guest.ok("add_note", note=new_id(), block="channels", text="Long after")
    assert guest.canvas["phase"] == kept
    await host.no("nothing_to_undo", "undo")
    await host.ok("set_phase", label=None, ends_at=None)
    assert host.canvas["phase"] is None


async def test_a_room_has_questions_of_its_own_once_they_are_defined(workshop: Scene) -> None:
    """Rules A19, A4, A17, C9."""
    host, _ = await workshop.furnished()
    one, other = ({"id": new_id(), "text": text} for text in ("Who makes it?", "Who sells it?"))
    assert workshop.room.get("/canvas")["canvas"]["questions"] is None
    await host.ok("define_questions", questions=[])
    events = await host.ok("define_questions", questions=[one, other])
    assert events[0]["words"] == ["/questions/0/text", "/questions/1/text"]
    assert host.canvas["questions"] == [one, other]
    await host.ok("define_questions", questions=[other])
    await host.no("id_taken", "define_questions", questions=[one, other])
    many = [{"id": new_id(), "text": "And?"} for _ in range(51)]
    assert (await host.no("too_many", "define_questions", questions=many))["most"] == 50
    await host.ok("undo")
    assert (host.canvas["questions"], host.canvas["notes"]) == ([other], {})
