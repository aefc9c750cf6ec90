"""Commits that fail, and versions that another server wrote first."""

from server.live.room import Room
from server.storage.log import ConflictError, LogError
from server.wire.answers import Duplicate, NotStored, Refused
from tests.server.desk import Desk, Listener, add_note, ask, elsewhere, join
from tests.server.scribe import new_id

FULL = LogError("no room on the disk")


def test_after_a_failure_nobody_saw_anything_and_the_senders_are_told(desk: Desk, room: Room, ben: Listener) -> None:
    flying, joining = add_note(room), join(room, "carl")
    desk.take()
    gathering, rejected = add_note(room), ask(room, "retire_activity", activity=new_id())
    desk.fail(FULL)
    told = [answers.pop() for answers in (flying, gathering, joining, rejected)]
    assert all(isinstance(answer, NotStored) for answer in told)
    assert ben.heard == []
    meanwhile = add_note(room)
    assert isinstance(meanwhile[0], NotStored)
    desk.reload()
    assert add_note(room) == []
    desk.commit()
    assert ben.versions() == [3]
    assert desk.log.head("room").version == 3


def test_a_log_that_can_not_be_read_after_a_failure_is_read_later(desk: Desk, room: Room) -> None:
    add_note(room)
    desk.fail(FULL)
    desk.reloads.clear()
    room.reloaded(None)
    assert desk.reloads == [room]
    desk.reload()
    add_note(room)
    desk.commit()
    assert room.version == 3


def test_on_a_conflict_commands_are_decided_again(desk: Desk, room: Room, ben: Listener) -> None:
    elsewhere(desk)
    answers = add_note(room, "Ours")
    desk.fail(ConflictError("version 3"))
    assert answers == []
    desk.reload()
    desk.commit()
    assert answers == []
    assert [event.words for event in desk.log.events("room", 2, 9)] == [("From elsewhere",), ("Ours",)]
    assert [message["type"] for message in ben.heard] == ["resync", "events"]
    assert ben.versions() == [4]


def test_on_a_conflict_a_command_that_went_elsewhere_too_is_a_duplicate(desk: Desk, room: Room) -> None:
    command = new_id()
    add_note(room, id_=command)
    desk.take()
    desk.log.append(desk.writer.batch)
    again = desk.load()
    assert again.version == 3
    answers = add_note(room)
    desk.fail(ConflictError("version 3"))
    desk.reload()
    desk.commit()
    assert desk.log.head("room").version == 4
    assert answers == []


def test_on_a_conflict_whatever_waits_is_decided_again_and_nothing_is_called_not_stored(desk: Desk, room: Room) -> None:
    """Also what comes while the room goes back to the log: it may be among what is decided again."""
    elsewhere(desk)
    undone = ask(room, "undo", by="ben")
    command, note = new_id(), new_id()
    made = add_note(room, id_=command, note=note)
    repeated = add_note(room, id_=command, note=note)
    rejected = add_note(room, note=note)
    desk.fail(ConflictError("version 3"))
    meanwhile = add_note(room, id_=command, note=note)
    assert (made, repeated, rejected, meanwhile) == ([], [], [], [])
    desk.reload()
    desk.commit()
    assert (made, repeated, meanwhile) == ([], [Duplicate((4,))], [Duplicate((4,))])
    assert [type(answer) for answer in (*undone, *rejected)] == [Refused, Refused]
    assert room.version == 4


def test_commands_in_conflict_keep_their_order(desk: Desk, room: Room) -> None:
    elsewhere(desk)
    for text in ("one", "two"):
        add_note(room, text)
    desk.take()
    add_note(room, "three")
    desk.fail(ConflictError("version 3"))
    desk.reload()
    desk.commit()
    assert [event.words for event in desk.log.events("room", 3, 9)] == [("one",), ("two",), ("three",)]
