"""Commands that need the room's past: others go on while it is looked up, and then they are decided as any other."""

from typing import Any

import pytest

from domain.undo import DEPTH
from server.live.batch import Asked
from server.live.room import Room
from server.storage.log import LogError
from server.wire.answers import Answer, Duplicate, NotStored, Planned, Refused, Unchanged
from tests.server.desk import Desk, add_note, ask, join
from tests.server.scribe import new_id

CARD, ITERATION = new_id(), new_id()


@pytest.fixture
def closed(desk: Desk, room: Room) -> Room:
    """Close an iteration with an activity, which is retired afterwards."""
    join(room, "ben")
    ask(room, "add_note", note=new_id(), block="value_propositions", text="Play")
    ask(room, "add_activity", activity=CARD, title="Build", category="production")
    ask(room, "open_iteration", iteration=ITERATION, name="Kick-off")
    ask(room, "close_iteration", override_reason="No time")
    ask(room, "retire_activity", activity=CARD)
    desk.commit()
    return room


def restore(room: Room, **fields: Any) -> list[Answer]:  # noqa: ANN401 - fields of any type
    return ask(room, "restore_iteration", **{"iteration": ITERATION, "base": room.workshop.version, **fields})


def preview(room: Room, **fields: Any) -> list[Answer]:  # noqa: ANN401 - fields of any type
    answers: list[Answer] = []
    asked = {"action": "restore_iteration", "iteration": ITERATION, "base": room.workshop.version, **fields}
    room.preview(Asked("", asked, "anna", answers.append))
    return answers


def test_it_is_decided_once_the_past_was_found(desk: Desk, closed: Room) -> None:
    assert restore(closed) == []
    desk.commit()
    assert CARD in closed.canvas["retired"]
    desk.look_back()
    desk.commit()
    assert CARD in closed.canvas["activities"]


def test_what_others_did_meanwhile_is_not_overwritten(desk: Desk, closed: Room) -> None:
    answers = restore(closed)
    assert add_note(closed) == []
    desk.commit()
    desk.look_back()
    assert answers == [Refused("changed_since")]


def test_one_that_is_sent_twice_meanwhile_is_done_once(desk: Desk, closed: Room) -> None:
    command = new_id()
    first, second = restore(closed, id_=command), restore(closed, id_=command)
    head = closed.version
    desk.look_back()
    desk.commit()
    assert (first, second) == ([], [Duplicate((head + 1, head + 2))])


def test_what_is_wrong_anyway_is_told_without_looking(desk: Desk, closed: Room) -> None:
    assert restore(closed, by="ben") == [Refused("not_allowed", {"role": "participant"})]
    assert restore(closed, base=1) == [Refused("changed_since")]
    assert restore(closed, iteration="x") == [Refused("unknown_iteration", {"iteration": "x"})]
    assert desk.lookups == []


def test_the_log_is_asked_only_for_what_is_not_remembered(desk: Desk, closed: Room) -> None:
    ask(closed, "restore_activity", activity=CARD)
    desk.commit()
    start = closed.version
    for number in range(2 * DEPTH):
        ask(closed, "judge_activity", by="ben", activity=CARD, judgement="must_do", reason=f"{number}")
    desk.commit()
    head = closed.version
    for since, asked in ((start, True), (head - 10, False)):
        desk.lookups.clear()
        answers: list[Answer] = []
        fields = {"action": "undo_person", "participant": "ben", "from": since, "to": head, "base": head}
        closed.preview(Asked("", fields, "anna", answers.append))
        assert bool(desk.lookups) == asked
        desk.look_back()
        [planned] = answers
        assert isinstance(planned, Planned)
        assert len(planned.events) == 1 + head - since


def test_a_preview_speaks_of_what_is_durable_and_changes_nothing(desk: Desk, closed: Room) -> None:
    add_note(closed)
    answers = preview(closed)
    desk.look_back()
    assert answers == [], "what it was decided upon is not durable yet"
    desk.commit()
    [planned] = answers
    assert isinstance(planned, Planned)
    assert (planned.version, [type(event).__name__ for event in planned.events]) == (
        closed.version,
        ["IterationRestored", "ActivityRestored"],
    )
    assert CARD in closed.canvas["retired"]
    assert closed.quiet


def test_other_commands_have_no_preview(closed: Room) -> None:
    answers: list[Answer] = []
    closed.preview(Asked("", {"action": "lock_canvas"}, "anna", answers.append))
    assert answers == [Refused("invalid", {"field": "action", "problem": "has no preview"})]


def test_a_room_that_goes_back_to_its_log_previews_nothing(
    desk: Desk, closed: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed, "_reloading", True)
    assert isinstance(preview(closed)[0], NotStored)
    assert desk.lookups == []


def test_restoring_what_is_so_already_is_unchanged(desk: Desk, closed: Room) -> None:
    ask(closed, "restore_activity", activity=CARD)
    desk.commit()
    answers = restore(closed)
    desk.look_back()
    assert answers == [Unchanged()]


@pytest.fixture
def pondering(desk: Desk, closed: Room) -> Room:
    """Have the room take its time over what takes a while to decide."""
    desk.ponders = True
    return closed


def test_while_it_is_decided_what_others_ask_for_waits_and_then_comes_in_order(desk: Desk, pondering: Room) -> None:
    command = new_id()
    answers, head = restore(pondering, id_=command), pondering.version
    desk.look_back()
    others = [add_note(pondering, "First"), restore(pondering, id_=command), add_note(pondering, "Second")]
    desk.commit()
    assert (pondering.version, pondering.deciding, pondering.quiet) == (head, False, False)
    desk.think()
    desk.commit()
    assert (answers, others) == ([], [[], [Duplicate((head + 1, head + 2))], []])
    kinds = [event.kind for event in desk.log.events("room", head, 9)]
    assert kinds == ["IterationRestored", "ActivityRestored", "NoteAdded", "NoteAdded"]
    assert pondering.quiet


def test_what_is_refused_in_the_end_lets_the_others_go_on(desk: Desk, pondering: Room) -> None:
    answers = restore(pondering, base=1)
    meanwhile = add_note(pondering)
    desk.think()
    desk.commit()
    assert (answers, meanwhile, pondering.quiet) == ([Refused("changed_since")], [], True)


def test_a_preview_lets_the_others_go_on(desk: Desk, pondering: Room) -> None:
    answers = preview(pondering)
    desk.look_back()
    meanwhile = add_note(pondering)
    assert isinstance(preview(pondering)[0], NotStored)
    desk.think()
    [planned] = answers
    desk.commit()
    assert isinstance(planned, Planned)
    assert (meanwhile, pondering.canvas["retired"].keys(), pondering.version) == ([], {CARD}, planned.version + 1)


def test_after_a_fault_of_ours_it_is_to_be_sent_again_and_the_others_go_on(desk: Desk, pondering: Room) -> None:
    answers = restore(pondering)
    desk.look_back()
    meanwhile = add_note(pondering)
    (_, then) = desk.thoughts.pop()
    then(None)
    desk.commit()
    assert isinstance(answers[0], NotStored)
    assert (meanwhile, pondering.quiet) == ([], True)


@pytest.mark.parametrize("first", ["the log", "the thought"])
def test_where_the_log_is_read_anew_meanwhile_it_is_to_be_sent_again(desk: Desk, pondering: Room, first: str) -> None:
    head = pondering.version
    lost = add_note(pondering)
    answers = restore(pondering)
    desk.look_back()
    meanwhile = add_note(pondering, "Meanwhile")
    desk.fail(LogError("no room on the disk"))
    assert isinstance(lost[0], NotStored)
    for step in (desk.reload, desk.think) if first == "the log" else (desk.think, desk.reload):
        step()
    desk.commit()
    assert isinstance(answers[0], NotStored)
    assert [event.words for event in desk.log.events("room", head, 9)] == ([("Meanwhile",)] if not meanwhile else [])
    assert bool(meanwhile) == (first == "the thought")
    assert pondering.quiet


def test_a_room_that_is_being_closed_does_not_do_what_it_was_thinking_of(desk: Desk, pondering: Room) -> None:
    head, answers = pondering.version, restore(pondering)
    desk.look_back()
    pondering.closing = True
    desk.think()
    desk.commit()
    assert (answers, pondering.version) == ([], head)
