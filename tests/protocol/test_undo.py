"""Taking back, and taking that back."""

from tests.protocol.scene import Scene
from tests.protocol.test_actions import activity
from tests.support.canonical import canonical
from tests.support.live import Live, new_id
from tests.support.patch import Json


async def test_undo_takes_back_ones_own_last_change_by_new_events(workshop: Scene) -> None:
    """Rule U1."""
    host, _ = await workshop.furnished()
    guest = await workshop.enter("participant")
    await guest.at(workshop.room.head())
    before = canonical(guest.canvas)
    added = await guest.ok("add_note", note=new_id(), block="channels", text="Shop")
    undone = await guest.ok("undo")
    assert [event["data"]["undoes"] for event in undone] == [added[0]["version"]]
    assert canonical(guest.canvas) == before
    assert undone[-1]["version"] == workshop.room.head() == added[0]["version"] + 1
    await guest.no("nothing_to_undo", "undo")
    await host.at(undone[-1]["version"])
    assert (await host.ok("undo"))[0]["type"] == "NoteRemoved"


async def test_undo_covers_each_kind_of_change_and_gives_back_the_very_canvas(workshop: Scene) -> None:
    """Rules U1, U2, U5, U6."""
    live, note = await workshop.furnished()
    step, into, gone = {"id": new_id(), "name": "Idea"}, new_id(), new_id()
    one, two = await activity(live, "One"), await activity(live, "Two")
    await live.ok("add_note", note=gone, block="channels", text="Shop")
    await live.ok("link_activity", activity=one, note=gone)
    await live.ok("link_activity", activity=one, note=note)
    changes: list[tuple[str, Json]] = [
        ("describe_workshop", {"title": "Another", "goal": "Sell"}),
        ("define_steps", {"steps": [step]}),
        ("reword_note", {"note": note, "text": "Play well", "base": live.version}),
        ("move_note", {"note": gone, "block": "key_partners"}),
        ("remove_note", {"note": gone}),
        ("reword_activity", {"activity": one, "field": "details", "text": "By hand", "base": live.version}),
        ("move_activity", {"activity": one, "category": "problem_solving"}),
        ("place_activity", {"activity": two, "step": step["id"]}),
        ("judge_activity", {"activity": one, "judgement": "must_do", "reason": "It sells"}),
        ("unlink_activity", {"activity": one, "note": note}),
        ("link_activity", {"activity": two, "note": note}),
        ("comment_on_activity", {"activity": one, "comment": new_id(), "text": "Why?"}),
        ("retire_activity", {"activity": one, "reason": "Too dear"}),
        ("restore_activity", {"activity": one}),
        ("combine_activities", {"activities": [one, two], "into": into, "title": "Both", "category": "production"}),
    ]
    seen = [canonical(live.canvas)]
    for action, fields in changes:
        await live.ok(action, **fields)
        seen.append(canonical(live.canvas))
    for expected in seen[-2::-1]:
        await live.ok("undo")
        assert canonical(live.canvas) == expected
    for expected in seen[1:]:
        await live.ok("redo")
        assert canonical(live.canvas) == expected
    await live.no("nothing_to_redo", "redo")


async def test_joining_iterations_the_current_step_and_the_lock_are_not_covered(workshop: Scene) -> None:
    """Rules U2, U5."""
    live, step = await workshop.enter(), new_id()
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await live.ok("undo")
    await live.ok("redo")
    await live.ok("undo")
    await live.ok("open_iteration", iteration=new_id(), name="First")
    await live.ok("close_iteration")
    await live.ok("lock_canvas")
    await live.ok("unlock_canvas")
    await live.no("nothing_to_undo", "undo")
    assert (await live.ok("redo"))[0]["type"] == "StepsDefined"
    await live.ok("enter_step", step=step)
    await live.no("step_in_use", "undo")


async def _both(scene: Scene) -> tuple[Live, Live, str, str]:
    host, _ = await scene.furnished()
    guest = await scene.enter("participant")
    one, two = await activity(host, "One"), await activity(host, "Two")
    await guest.at(host.version)
    return host, guest, one, two


async def test_what_somebody_changed_since_is_not_overwritten_and_other_fields_do_not_matter(workshop: Scene) -> None:
    """Rule U3."""
    host, guest, one, _ = await _both(workshop)
    await guest.ok("judge_activity", activity=one, judgement="must_do")
    await host.ok("move_activity", activity=one, category="problem_solving")
    await guest.ok("undo")
    assert guest.canvas["activities"][one]["judgement"] is None
    await guest.ok("judge_activity", activity=one, judgement="must_do")
    await host.ok("judge_activity", activity=one, judgement="not_now")
    version = workshop.room.head()
    await guest.no("changed_since", "undo")
    assert workshop.room.head() == version


async def test_what_a_change_stood_on_must_still_be_there(workshop: Scene) -> None:
    """Rule U3."""
    host, guest, one, _ = await _both(workshop)
    step = new_id()
    await host.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await host.ok("place_activity", activity=one, step=step)
    await guest.ok("place_activity", activity=one, step=None)
    await host.ok("define_steps", steps=[])
    await guest.no("changed_since", "undo")


async def test_skip_passes_over_what_can_not_be_taken_back(workshop: Scene) -> None:
    """Rule U4."""
    host, guest, one, two = await _both(workshop)
    await guest.ok("judge_activity", activity=one, judgement="must_do")
    await guest.ok("judge_activity", activity=two, judgement="must_do")
    await host.ok("judge_activity", activity=two, judgement="not_now")
    await guest.no("changed_since", "undo", skip=False)
    events = await guest.ok("undo", skip=True)
    assert [event["data"]["activity"] for event in events] == [one]
    await host.ok("undo")
    await guest.no("nothing_to_undo", "undo")
    await guest.no("nothing_to_undo", "undo", skip=True)


async def test_another_change_ends_what_can_be_redone(workshop: Scene) -> None:
    """Rule U5."""
    host, guest, one, two = await _both(workshop)
    await guest.ok("judge_activity", activity=one, judgement="must_do")
    undone = await guest.ok("undo")
    redone = await guest.ok("redo")
    assert [event["data"]["undoes"] for event in redone] == [undone[-1]["version"]]
    await guest.ok("undo")
    await host.ok("judge_activity", activity=two, judgement="must_do")
    await guest.ok("judge_activity", activity=one, judgement="not_now")
    await guest.no("nothing_to_redo", "redo")


async def test_a_thing_comes_back_behind_the_nearest_of_its_former_predecessors(workshop: Scene) -> None:
    """Rule U6."""
    host, _ = await workshop.furnished()
    guest = await workshop.enter("participant")
    first, second, third = [await activity(host, name) for name in ("First", "Second", "Third")]
    await guest.at(host.version)
    await guest.ok("move_activity", activity=third, category="platform_network")
    await host.ok("move_activity", activity=second, category="problem_solving")
    last = await activity(host, "Last")
    await guest.ok("undo")
    assert guest.canvas["categories"]["production"] == [first, third, last]


async def test_a_hundred_changes_can_be_taken_back_from_another_connection_too(workshop: Scene) -> None:
    """Rule U8."""
    live, _ = await workshop.furnished()
    await live.ok("describe_workshop", goal="Zeroth")
    for number in range(100):
        await live.ok("add_note", note=new_id(), block="channels", text=f"Shop {number}")
    await live.cut()
    tab = await workshop.again(live.token)
    for _ in range(100):
        await tab.ok("undo")
    assert tab.canvas["blocks"]["channels"] == []
    await tab.no("nothing_to_undo", "undo")
    assert tab.canvas["goal"] == "Zeroth"


async def test_the_rules_hold_for_undo_too(workshop: Scene) -> None:
    """Rules U9, A7, A9."""
    live = await workshop.enter()
    note, step = new_id(), new_id()
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await live.ok("add_note", note=note, block="value_propositions", text="Play")
    guest = await workshop.enter("participant")
    await activity(guest, step=step)
    await live.no("value_proposition_first", "undo")
    await guest.ok("add_note", note=new_id(), block="value_propositions", text="Learn")
    await live.ok("undo")
    await live.no("step_in_use", "undo")
