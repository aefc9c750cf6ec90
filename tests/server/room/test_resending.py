"""What was sent before makes nothing, wherever it is by now."""

from collections.abc import Callable

import pytest

from server.live.room import Room
from server.storage.log import LogError
from server.wire.answers import Duplicate, Refused
from tests.server.desk import Desk, add_note, ask
from tests.server.scribe import new_id

REUSED = Refused("command_reused")


def committed(desk: Desk, _: Room) -> None:
    desk.commit()


def flying(desk: Desk, _: Room) -> None:
    desk.take()


def gathering(_: Desk, __: Room) -> None:
    return


def indexed(desk: Desk, room: Room) -> None:
    """So many commands later that it is in the index, and not among those of late any more."""
    for _ in range(3):
        for _ in range(256):
            add_note(room)
        desk.commit()
    add_note(room)
    desk.commit()


@pytest.mark.parametrize("where", [gathering, flying, committed, indexed])
def test_a_command_that_was_sent_before_makes_nothing_wherever_it_is(
    desk: Desk, room: Room, where: Callable[[Desk, Room], None]
) -> None:
    command, note = new_id(), new_id()
    add_note(room, id_=command, note=note)
    where(desk, room)
    again = add_note(room, id_=command, note=note)
    changed = add_note(room, "Another text", id_=command, note=note)
    stolen = ask(room, "add_note", by="ben", id_=command, note=note, block="channels", text="A wall")
    desk.commit()
    assert again == [Duplicate((3,))]
    assert (changed, stolen) == ([REUSED], [REUSED])
    assert [event.version for event in desk.log.events("room", 2, 999) if command.encode() in event.body] == [3]


def test_commands_go_into_the_index_many_at_a_time_and_stay_known_after_a_reload(desk: Desk, room: Room) -> None:
    commands = [(new_id(), new_id()) for _ in range(300)]
    for number, (command, note) in enumerate(commands):
        add_note(room, id_=command, note=note)
        if number == 254:
            desk.commit()
            add_note(room)
            desk.commit()
            assert desk.log.indexed("room") == []
    desk.commit()
    add_note(room)
    desk.commit()
    assert len(desk.log.indexed("room")) >= 256
    again = desk.load()
    for command, note in commands:
        answers = add_note(again, id_=command, note=note)
        assert isinstance(answers[0], Duplicate)
    assert add_note(again) == []


def test_a_duplicate_of_several_events_names_them_all(desk: Desk, room: Room) -> None:
    stroke, note = new_id(), new_id()
    add_note(room, note=note)
    desk.commit()
    for text in ("A wa", "A wall o"):
        ask(room, "reword_note", note=note, text=text, base=room.version, stroke=stroke)
        desk.commit()
    command = new_id()
    ask(room, "undo", id_=command)
    desk.commit()
    made = tuple(one.version for one in desk.log.events("room", 0, 99) if command.encode() in one.body)
    assert ask(room, "undo", id_=command) == [Duplicate(made)]


def test_a_rejected_command_leaves_no_trace(desk: Desk, room: Room) -> None:
    command = new_id()
    assert ask(room, "undo", id_=command) == [Refused("nothing_to_undo")]
    assert add_note(room, id_=command) == []
    desk.commit()
    assert room.version == 3


def test_what_can_not_be_looked_up_waits_in_order_and_is_never_called_not_stored(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, note = new_id(), new_id()
    add_note(room, id_=command, note=note)
    desk.commit()

    def unreadable(*_: object) -> bytes:
        raise LogError("the disk can't be read")

    with monkeypatch.context() as patch:
        patch.setattr(desk.log, "salt", unreadable)
        again, other = add_note(room, id_=command, note=note), add_note(room, "behind it")
        assert not room.quiet
        desk.timers.pop()()
        assert (again, other) == ([], [])
    desk.timers.pop()()
    desk.commit()
    assert again == [Duplicate((3,))]
    assert room.version == 4
