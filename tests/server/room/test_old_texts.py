"""Texts that are older than what the workshop remembers."""

from typing import Any

import pytest

from domain.things import TEXTS_KEPT
from server.live.former_texts import PAGE
from server.live.room import Room
from server.storage.log import Append, LogError
from server.wire.answers import NotStored
from tests.server.desk import Desk, add_note, ask, join
from tests.server.scribe import new_id


def test_a_rewording_of_a_text_as_it_stood_long_ago_is_merged(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = new_id()
    add_note(room, "red wall", note=note)
    desk.commit()
    base = room.version
    for number in range(200):
        ask(room, "reword_note", note=note, text=f"red wall {number}", base=room.version)
        desk.commit()
    looked: list[int] = []
    text_events = desk.log.text_events

    def spied(id_: str, thing: str, upto: int, limit: int) -> Any:  # noqa: ANN401 - as the log has it
        looked.append(upto)
        return text_events(id_, thing, upto, limit)

    monkeypatch.setattr(desk.log, "text_events", spied)
    ask(room, "reword_note", note=note, text="blue wall", base=base)
    desk.commit()
    assert room.canvas["notes"][note]["text"] == "blue wall 199"
    assert looked == [base]


def test_an_old_text_is_found_behind_much_else_that_was_said_of_the_thing(desk: Desk, room: Room) -> None:
    card = new_id()
    ask(room, "add_note", note=new_id(), block="value_propositions", text="Play")
    ask(room, "add_activity", activity=card, title="red wall", category=None)
    desk.commit()
    for number in range(3 * PAGE):
        ask(room, "judge_activity", activity=card, judgement="must_do", reason=f"Because {number}")
    desk.commit()
    base = room.version
    for number in range(2 * TEXTS_KEPT):
        ask(
            room, "reword_activity", activity=card, field="title", text=f"red wall {number}", base=room.workshop.version
        )
    desk.commit()
    ask(room, "reword_activity", activity=card, field="title", text="blue wall", base=base)
    desk.commit()
    assert room.canvas["activities"][card]["title"] == f"blue wall {2 * TEXTS_KEPT - 1}"


def test_an_old_text_that_can_not_be_looked_up_leaves_the_command_not_stored(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = new_id()
    add_note(room, note=note)
    for number in range(200):
        ask(room, "reword_note", note=note, text=f"Wall {number}", base=room.workshop.version)
    desk.commit()

    def unreadable(*_: object) -> Any:  # noqa: ANN401 - it answers nothing
        raise LogError("the disk can't be read")

    monkeypatch.setattr(desk.log, "text_events", unreadable)
    answers = ask(room, "reword_note", note=note, text="Walls", base=3)
    assert isinstance(answers[0], NotStored)


def test_a_batch_says_who_joined_with_it(desk: Desk, room: Room) -> None:
    join(room, "carl")
    desk.take()
    append: Append = desk.writer.batch[0]
    assert [one.participant for one in append.people] == ["carl"]
    assert [stored.kind for stored in append.events] == ["ParticipantJoined"]
